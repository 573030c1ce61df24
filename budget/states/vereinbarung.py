"""How a signed Zielvereinbarung came back; the proofs of somebody who employs helpers herself."""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from budget.states import Budgetzustand
from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


class Ruecklaufweg(TextChoices):
    """On which way the agreement that the person has signed came back."""

    PAPIER = "papier", "auf Papier, mit Unterschrift von Hand"
    SIGNATUR = "signatur", "elektronisch, mit qualifizierter Signatur"
    KONTO = "konto", "elektronisch, über ein Konto mit Ausweis"
    ABBILD = "abbild", "als Scan oder Foto einer Unterschrift von Hand"


# What is not a paper: then the file itself is the proof and has to be in the Akte.
ELEKTRONISCH = (Ruecklaufweg.SIGNATUR, Ruecklaufweg.KONTO, Ruecklaufweg.ABBILD)


class Arbeitgebernachweisart(TextChoices):
    """What somebody shows who employs her helpers herself."""

    BETRIEBSNUMMER = "betriebsnummer", "Betriebsnummer"
    ARBEITSVERTRAG = "arbeitsvertrag", "Arbeitsvertrag"
    ANMELDUNG = "anmeldung", "Anmeldung bei der Minijob-Zentrale oder der Krankenkasse"
    UNFALLVERSICHERUNG = "unfallversicherung", "Unfallversicherung"


class Arbeitgeberstand(TextChoices):
    """A proof of an employer: asked for, there."""

    VERLANGT = "verlangt", "verlangt"
    EINGEGANGEN = "eingegangen", "eingegangen"


_NORM = Normfolge("§ 4 Abs. 1 Nr. 2 BudgetV", "§ 29 Abs. 4 S. 2 Nr. 2 SGB IX")


def arbeitgebernorm_of(beginn: date) -> str:
    """Return the norm of the proofs under the law of the first day of a budget."""
    return _NORM.am(beginn)


ARBEITGEBERBEGINN = Zustandstafel(
    "Nachweise im Arbeitgebermodell",
    Budgetzustand,
    (
        Uebergang(
            "arbeitgeber_verlangen",
            "Nachweise als Arbeitgeber verlangen",
            (Budgetzustand.VEREINBART, Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT),
            "",
            SCHREIBENDE,
            _NORM,
        ),
    ),
)

ARBEITGEBERNACHWEIS = Zustandstafel(
    "Nachweis als Arbeitgeber",
    Arbeitgeberstand,
    (
        Uebergang(
            "annehmen",
            "Eingang festhalten",
            (Arbeitgeberstand.VERLANGT,),
            Arbeitgeberstand.EINGEGANGEN,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "erinnern",
            "Erinnerung festhalten",
            (Arbeitgeberstand.VERLANGT,),
            "",
            SCHREIBENDE,
            _NORM,
        ),
    ),
    {Arbeitgeberstand.VERLANGT: "warning", Arbeitgeberstand.EINGEGANGEN: "success"},
)
