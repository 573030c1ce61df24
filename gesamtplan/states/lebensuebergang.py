"""Why a plan is made, and where a change in the life of a person stands."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.fall import Fallzustand
from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from gesamtplan.states import LAUFEND
from recht.lebensuebergaenge import uebergangsarten
from recht.rechtsstand import Normfolge


class Planungsanlass(TextChoices):
    """Why a plan is made or adapted: the nine reasons of the guide, a transition, the law."""

    PFLICHT = "pflicht", "Der Gesamtplan ist in jedem Fall aufzustellen"
    WUNSCH = "wunsch", "Ein Beteiligter wünscht es ausdrücklich"
    LAENGERFRISTIG = "laengerfristig", "Der Bedarf ist längerfristig"
    UEBER_UNTER = "ueber_unter", "Über- oder Unterversorgung"
    ENTWICKLUNG = "entwicklung", "Hohes Entwicklungspotential"
    MEHRERE = "mehrere", "Mehrere Leistungen nach- oder nebeneinander, verschiedene Träger"
    KOORDINIERUNG = "koordinierung", "Mehrere Leistungsträger müssen sich abstimmen"
    WIRKUNG = "wirkung", "Wirkungskontrolle"
    GRUPPE = "gruppe", "Erstmalige oder geänderte Zuordnung zu einer Hilfebedarfsgruppe"
    WOHNFORM = "wohnform", "Eine andere Wohnform ist möglich"
    UEBERGANG = "uebergang", "Biographischer Übergang"


class Uebergangsstand(TextChoices):
    """A transition waits, is taken up in the plan, or does not concern the person."""

    OFFEN = "offen", "vorgemerkt"
    BERUECKSICHTIGT = "beruecksichtigt", "im Plan berücksichtigt"
    ENTFALLEN = "entfallen", "trifft nicht zu"


UEBERGANGSWAHL = [(art.schluessel, art.bezeichnung) for art in uebergangsarten()]
_NORM = Normfolge("BAGüS-Empfehlung 2007 Nr. 3.5", "§ 121 Abs. 2 SGB IX", ue="§ 144 Abs. 2 SGB XII")
UEBERGANGSBEGINN = Zustandstafel(
    "Beginn eines biographischen Übergangs",
    Fallzustand,
    (Uebergang("vormerken", "Übergang vormerken", LAUFEND, "", SCHREIBENDE, _NORM),),
)
LEBENSUEBERGANG = Zustandstafel(
    "Biographischer Übergang",
    Uebergangsstand,
    (
        Uebergang(
            "festlegen",
            "Tag festlegen",
            (Uebergangsstand.OFFEN,),
            Uebergangsstand.OFFEN,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "beruecksichtigen",
            "Im Plan berücksichtigt",
            (Uebergangsstand.OFFEN,),
            Uebergangsstand.BERUECKSICHTIGT,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "entfallen",
            "Trifft nicht zu",
            (Uebergangsstand.OFFEN,),
            Uebergangsstand.ENTFALLEN,
            SCHREIBENDE,
            _NORM,
        ),
    ),
    {
        Uebergangsstand.OFFEN: "warning",
        Uebergangsstand.BERUECKSICHTIGT: "success",
        Uebergangsstand.ENTFALLEN: "neutral",
    },
)
