"""What is agreed beside the plan: where such an agreement stands and which steps it has."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from gesamtplan.states import Planzustand
from recht.rechtsstand import Normfolge


class Vereinbarungsart(TextChoices):
    """Which agreement the law of the plan's date knows."""

    TEILHABEZIEL = "teilhabeziel", "Teilhabezielvereinbarung"
    ABSPRACHE = "absprache", "Leistungsabsprache"


class Vereinbarungsstand(TextChoices):
    """An agreement is prepared, then signed by both or given up; a later one may replace it."""

    VORBEREITET = "vorbereitet", "vorbereitet"
    GESCHLOSSEN = "geschlossen", "geschlossen"
    AUFGEGEBEN = "aufgegeben", "nicht zustande gekommen"
    ANGEPASST = "angepasst", "durch eine angepasste ersetzt"


_NORM = Normfolge("§ 12 SGB XII", "§ 122 SGB IX", ue="§ 145 SGB XII")
_ANPASSUNG = Normfolge("§ 12 SGB XII", "§ 122 S. 3 SGB IX", ue="§ 145 SGB XII")
VEREINBARUNGSBEGINN = Zustandstafel(
    "Beginn einer Vereinbarung zum Plan",
    Planzustand,
    (
        Uebergang(
            "vereinbaren",
            "Vereinbarung vorbereiten",
            (Planzustand.FREIGEGEBEN,),
            "",
            SCHREIBENDE,
            _NORM,
        ),
    ),
)
PLANVEREINBARUNG = Zustandstafel(
    "Vereinbarung zum Plan",
    Vereinbarungsstand,
    (
        Uebergang(
            "bearbeiten",
            "Vereinbarung bearbeiten",
            (Vereinbarungsstand.VORBEREITET,),
            Vereinbarungsstand.VORBEREITET,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "schliessen",
            "Unterschriften vermerken",
            (Vereinbarungsstand.VORBEREITET,),
            Vereinbarungsstand.GESCHLOSSEN,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "aufgeben",
            "Kommt nicht zustande",
            (Vereinbarungsstand.VORBEREITET,),
            Vereinbarungsstand.AUFGEGEBEN,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "anpassen",
            "Vereinbarung anpassen",
            (Vereinbarungsstand.GESCHLOSSEN,),
            "",
            SCHREIBENDE,
            _ANPASSUNG,
        ),
        # Taken by the program: the adapted one is signed.
        Uebergang(
            "ersetzen",
            "Die angepasste Vereinbarung ist geschlossen",
            (Vereinbarungsstand.GESCHLOSSEN,),
            Vereinbarungsstand.ANGEPASST,
            frozenset(),
            _ANPASSUNG,
        ),
    ),
    {
        Vereinbarungsstand.VORBEREITET: "warning",
        Vereinbarungsstand.GESCHLOSSEN: "success",
        Vereinbarungsstand.AUFGEGEBEN: "neutral",
        Vereinbarungsstand.ANGEPASST: "neutral",
    },
)
