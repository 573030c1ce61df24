"""States and steps of the review of a running budget and of the proof how its money was used."""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from budget.states import Budgetzustand
from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


class Budgetpruefanlass(TextChoices):
    """Why the budget is talked about; each names the Frist that the talk meets."""

    ERSTE = "erste", "erste gemeinsame Überprüfung nach der ersten Auszahlung"
    VERLAUF = "verlauf", "vereinbartes Gespräch"
    ERPROBUNG = "erprobung", "Ende einer Erprobung"
    ANLASS = "anlass", "neue Umstände oder Wunsch der Person"


class Budgetpruefstand(TextChoices):
    """A review of a budget."""

    OFFEN = "offen", "in Arbeit"
    ABGESCHLOSSEN = "abgeschlossen", "abgeschlossen"
    ENTFALLEN = "entfallen", "entfallen"


class Budgetpruefergebnis(TextChoices):
    """Where a review of a budget leads."""

    FORTSETZEN = "fortsetzen", "Das Budget läuft unverändert weiter"
    AENDERN = "aendern", "Das Budget wird geändert"
    BEENDEN = "beenden", "Das Budget endet"


class Nachweisstand(TextChoices):
    """A Verwendungsnachweis: due, there, looked at."""

    VERLANGT = "verlangt", "verlangt"
    EINGEGANGEN = "eingegangen", "eingegangen"
    GEPRUEFT = "geprueft", "geprüft"
    ZURUECKGENOMMEN = "zurueckgenommen", "nicht mehr verlangt"


_UEBERPRUEFUNG = Normfolge("KVJS-Leitfaden 2010 Nr. 3.6", "§ 29 Abs. 4 S. 2 Nr. 3 SGB IX")
_NACHWEIS = Normfolge("§ 4 Abs. 1 Nr. 2 BudgetV", "§ 29 Abs. 4 S. 2 Nr. 2 SGB IX")
# Proof is also asked for after the end: of the last months.
_MIT_AUSZAHLUNG = (Budgetzustand.LAEUFT, Budgetzustand.BEENDET)

PROTOKOLL = (
    ("verwendung", "Verwendung der Mittel"),
    ("wirkung", "Wirkung"),
    ("zufriedenheit", "Zufriedenheit"),
    ("umfeld", "Umfeld"),
    ("zielerreichung", "Erreichen der Ziele"),
    ("stabilitaet", "Stabilität"),
)


def pruefnorm_of(beginn: date) -> str:
    """Return the norm of the review under the law of the first day of a budget."""
    return _UEBERPRUEFUNG.am(beginn)


def nachweisnorm_of(beginn: date) -> str:
    """Return the norm of the proof under the law of the first day of a budget."""
    return _NACHWEIS.am(beginn)


BUDGETPRUEFBEGINN = Zustandstafel(
    "Überprüfung und Nachweis eines Budgets",
    Budgetzustand,
    (
        Uebergang(
            "ueberpruefen",
            "Budget überprüfen",
            (Budgetzustand.LAEUFT,),
            "",
            SCHREIBENDE,
            _UEBERPRUEFUNG,
        ),
        Uebergang(
            "nachweis_verlangen",
            "Verwendungsnachweis verlangen",
            _MIT_AUSZAHLUNG,
            "",
            SCHREIBENDE,
            _NACHWEIS,
        ),
    ),
)

BUDGETPRUEFUNG = Zustandstafel(
    "Überprüfung eines Budgets",
    Budgetpruefstand,
    (
        Uebergang(
            "bearbeiten",
            "Protokoll schreiben",
            (Budgetpruefstand.OFFEN,),
            "",
            SCHREIBENDE,
            _UEBERPRUEFUNG,
        ),
        Uebergang(
            "abschliessen",
            "Überprüfung abschließen",
            (Budgetpruefstand.OFFEN,),
            Budgetpruefstand.ABGESCHLOSSEN,
            SCHREIBENDE,
            _UEBERPRUEFUNG,
        ),
        Uebergang(
            "entfallen",
            "Überprüfung entfällt",
            (Budgetpruefstand.OFFEN,),
            Budgetpruefstand.ENTFALLEN,
            SCHREIBENDE,
            _UEBERPRUEFUNG,
        ),
    ),
    {
        Budgetpruefstand.OFFEN: "warning",
        Budgetpruefstand.ABGESCHLOSSEN: "success",
        Budgetpruefstand.ENTFALLEN: "neutral",
    },
)

NACHWEIS = Zustandstafel(
    "Verwendungsnachweis",
    Nachweisstand,
    (
        Uebergang(
            "annehmen",
            "Eingang festhalten",
            (Nachweisstand.VERLANGT,),
            Nachweisstand.EINGEGANGEN,
            SCHREIBENDE,
            _NACHWEIS,
        ),
        Uebergang(
            "pruefen",
            "Nachweis prüfen",
            (Nachweisstand.EINGEGANGEN,),
            Nachweisstand.GEPRUEFT,
            SCHREIBENDE,
            _NACHWEIS,
        ),
        Uebergang(
            "eingang_streichen",
            "Eingang war falsch vermerkt",
            (Nachweisstand.EINGEGANGEN,),
            Nachweisstand.VERLANGT,
            SCHREIBENDE,
            _NACHWEIS,
        ),
        Uebergang(
            "zuruecknehmen",
            "Nicht mehr verlangen",
            (Nachweisstand.VERLANGT, Nachweisstand.EINGEGANGEN),
            Nachweisstand.ZURUECKGENOMMEN,
            SCHREIBENDE,
            _NACHWEIS,
        ),
    ),
    {
        Nachweisstand.VERLANGT: "warning",
        Nachweisstand.EINGEGANGEN: "info",
        Nachweisstand.GEPRUEFT: "success",
        Nachweisstand.ZURUECKGENOMMEN: "neutral",
    },
)
