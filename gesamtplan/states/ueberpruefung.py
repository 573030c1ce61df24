"""States and steps of a review, its occasions, voices and outcomes."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.fall import Fallzustand
from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


class Stimme(TextChoices):
    """Who rates a goal or says something about the need; no voice speaks for another."""

    PERSON = "person", "die Person"
    LEISTUNGSERBRINGER = "leistungserbringer", "Leistungserbringer"
    FALLMANAGEMENT = "fallmanagement", "Fallmanagement"


def named_provider(name: str) -> str:
    """Return how a provider is called among the voices; empty stands for one without a name."""
    wort = str(Stimme.LEISTUNGSERBRINGER.label)
    return f"{name} ({wort})" if name else wort


class Pruefstand(TextChoices):
    """A review of the plan in force."""

    OFFEN = "offen", "in Arbeit"
    ABGESCHLOSSEN = "abgeschlossen", "abgeschlossen"


class Pruefanlass(TextChoices):
    """Why the plan is looked at; each names the Frist that it meets."""

    PLANMAESSIG = "planmaessig", "Tag, den der Plan nennt"
    ERSTE = "erste", "erste gemeinsame Überprüfung nach der ersten Auszahlung"
    VERLAUF = "verlauf", "Gespräch zum Verlauf"
    AENDERUNG = "aenderung", "neue Umstände oder Wunsch der Person"


class Pruefergebnis(TextChoices):
    """Where a review leads."""

    FORTSCHREIBEN = "fortschreiben", "Der Plan wird fortgeschrieben"
    BESTAETIGEN = "bestaetigen", "Der Plan gilt unverändert weiter"
    BEENDEN = "beenden", "Die Hilfe endet"


_PRUEFUNG = Normfolge("§ 58 SGB XII", "§ 121 Abs. 2 SGB IX", ue="§ 144 Abs. 2 SGB XII")
PRUEFBEGINN = Zustandstafel(
    "Beginn einer Überprüfung",
    Fallzustand,
    (
        Uebergang(
            "ueberpruefen",
            "Ziele überprüfen",
            (Fallzustand.BEWILLIGT, Fallzustand.LEISTUNG_LAEUFT, Fallzustand.UEBERPRUEFUNG),
            "",
            SCHREIBENDE,
            _PRUEFUNG,
        ),
    ),
)
UEBERPRUEFUNG = Zustandstafel(
    "Überprüfung",
    Pruefstand,
    (
        Uebergang(
            "bearbeiten",
            "Überprüfung eintragen",
            (Pruefstand.OFFEN,),
            Pruefstand.OFFEN,
            SCHREIBENDE,
            _PRUEFUNG,
        ),
        Uebergang(
            "bericht_anfordern",
            "Bericht anfordern",
            (Pruefstand.OFFEN,),
            Pruefstand.OFFEN,
            SCHREIBENDE,
            _PRUEFUNG,
        ),
        Uebergang(
            "abschliessen",
            "Überprüfung abschließen",
            (Pruefstand.OFFEN,),
            Pruefstand.ABGESCHLOSSEN,
            SCHREIBENDE,
            _PRUEFUNG,
        ),
    ),
    {Pruefstand.OFFEN: "warning", Pruefstand.ABGESCHLOSSEN: "success"},
)
