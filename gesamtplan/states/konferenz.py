"""States and steps of a conference, and who takes part for what."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.fall import Fallzustand
from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from gesamtplan.states import LAUFEND
from recht.rechtsstand import Normfolge


class Konferenzart(TextChoices):
    """Which talk of several it is; the law of the day decides which there are."""

    GESPRAECH = "gespraech", "Gesamtplangespräch"
    GESAMTPLAN = "gesamtplan", "Gesamtplankonferenz"
    TEILHABEPLAN = "teilhabeplan", "Teilhabeplankonferenz"
    BUDGET = "budget", "Budgetkonferenz"


class Konferenzstand(TextChoices):
    """Proposed, called or refused, held."""

    VORGESCHLAGEN = "vorgeschlagen", "vorgeschlagen"
    ANBERAUMT = "anberaumt", "anberaumt"
    ABGELEHNT = "abgelehnt", "abgelehnt"
    DURCHGEFUEHRT = "durchgefuehrt", "durchgeführt"


class Ablehnungsgrund(TextChoices):
    """The lawful reasons not to hold a conference."""

    SCHRIFTLICH = "schriftlich", "Der Sachverhalt lässt sich schriftlich ermitteln"
    AUFWAND = "aufwand", "Der Aufwand steht in keinem Verhältnis zum Umfang der Leistung"
    OHNE_ZUSTIMMUNG = "ohne_zustimmung", "Die Person stimmt nicht zu"


class Teilnahmerolle(TextChoices):
    """Who takes part; some only with the consent of the person."""

    PERSON = "person", "die Person"
    VERTRETUNG = "vertretung", "rechtliche Vertretung"
    VERTRAUENSPERSON = "vertrauensperson", "Vertrauensperson"
    LEISTUNGSTRAEGER = "leistungstraeger", "anderer Rehabilitationsträger"
    PFLEGEKASSE = "pflegekasse", "Pflegekasse"
    HILFE_ZUR_PFLEGE = "hilfe_zur_pflege", "Träger der Hilfe zur Pflege"
    LEBENSUNTERHALT = "lebensunterhalt", "Träger der Hilfe zum Lebensunterhalt"
    BETREUUNGSBEHOERDE = "betreuungsbehoerde", "Betreuungsbehörde"
    JUGENDAMT = "jugendamt", "Jugendamt"
    LEISTUNGSERBRINGER = "leistungserbringer", "Leistungserbringer"
    FACHDIENST = "fachdienst", "Fachdienst"
    BEHOERDE = "behoerde", "Fallmanagement"


_KONFERENZ = Normfolge("§ 58 SGB XII", "§ 119 SGB IX", ue="§ 143 SGB XII")
KONFERENZBEGINN = Zustandstafel(
    "Beginn einer Konferenz",
    Fallzustand,
    (Uebergang("vorschlagen", "Konferenz vorschlagen", LAUFEND, "", SCHREIBENDE, _KONFERENZ),),
)
_VOR_DER_KONFERENZ = (Konferenzstand.VORGESCHLAGEN, Konferenzstand.ANBERAUMT)
KONFERENZ = Zustandstafel(
    "Konferenz",
    Konferenzstand,
    (
        Uebergang(
            "bearbeiten", "Konferenz bearbeiten", _VOR_DER_KONFERENZ, "", SCHREIBENDE, _KONFERENZ
        ),
        Uebergang("einladen", "Teilnehmende", _VOR_DER_KONFERENZ, "", SCHREIBENDE, _KONFERENZ),
        Uebergang(
            "anberaumen",
            "Konferenz anberaumen",
            (Konferenzstand.VORGESCHLAGEN,),
            Konferenzstand.ANBERAUMT,
            SCHREIBENDE,
            _KONFERENZ,
        ),
        Uebergang(
            "ablehnen",
            "Konferenz ablehnen",
            (Konferenzstand.VORGESCHLAGEN,),
            Konferenzstand.ABGELEHNT,
            SCHREIBENDE,
            _KONFERENZ,
        ),
        Uebergang(
            "abschliessen",
            "Niederschrift abschließen",
            (Konferenzstand.ANBERAUMT,),
            Konferenzstand.DURCHGEFUEHRT,
            SCHREIBENDE,
            _KONFERENZ,
        ),
    ),
    {
        Konferenzstand.VORGESCHLAGEN: "neutral",
        Konferenzstand.ANBERAUMT: "warning",
        Konferenzstand.ABGELEHNT: "danger",
        Konferenzstand.DURCHGEFUEHRT: "success",
    },
)
