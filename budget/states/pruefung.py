"""The yearly review of Beitrag, Einsatz and assets: when it may begin, and what comes of it."""

from __future__ import annotations

from django.db.models import TextChoices

from budget.states import Budgetzustand
from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel


class Pruefzustand(TextChoices):
    """A review is computed; then it stays as it was, or a Bescheid follows."""

    GEPRUEFT = "geprueft", "berechnet"
    BLEIBT = "bleibt", "bleibt unverändert"
    ENTSCHIEDEN = "entschieden", "mit Bescheid"


# What the person has to show, and what changes with it.
_NACHWEIS = "§ 60 Abs. 1 SGB I"
_AENDERUNG = "§ 48 Abs. 1 S. 1 SGB X"

PRUEFUNGSBEGINN = Zustandstafel(
    "Beginn einer Prüfung von Beitrag und Vermögen",
    Budgetzustand,
    (
        Uebergang(
            "pruefen",
            "Beitrag und Vermögen neu prüfen",
            (Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT),
            "",
            SCHREIBENDE,
            _NACHWEIS,
        ),
    ),
)

PRUEFUNG = Zustandstafel(
    "Prüfung von Beitrag und Vermögen",
    Pruefzustand,
    (
        Uebergang(
            "bearbeiten",
            "Angaben ändern",
            (Pruefzustand.GEPRUEFT, Pruefzustand.ENTSCHIEDEN),
            "",
            SCHREIBENDE,
            _NACHWEIS,
        ),
        Uebergang(
            "beibehalten",
            "Es bleibt dabei",
            (Pruefzustand.GEPRUEFT,),
            Pruefzustand.BLEIBT,
            SCHREIBENDE,
            _AENDERUNG,
        ),
        Uebergang(
            "entscheiden",
            "Bescheid darüber entwerfen",
            (Pruefzustand.GEPRUEFT,),
            Pruefzustand.ENTSCHIEDEN,
            SCHREIBENDE,
            _AENDERUNG,
        ),
        Uebergang(
            "verwerfen",
            "Prüfung verwerfen",
            (Pruefzustand.GEPRUEFT,),
            "",
            SCHREIBENDE,
        ),
        # Taken by the program when the draft of the Bescheid is thrown away.
        Uebergang(
            "zurueckfallen",
            "Entwurf des Bescheids verworfen",
            (Pruefzustand.ENTSCHIEDEN,),
            Pruefzustand.GEPRUEFT,
            frozenset(),
        ),
    ),
    {
        Pruefzustand.GEPRUEFT: "info",
        Pruefzustand.BLEIBT: "success",
        Pruefzustand.ENTSCHIEDEN: "success",
    },
)
