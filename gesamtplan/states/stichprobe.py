"""The random sample of released plans: drawn, then looked at by another person."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import NUR_LEITUNG
from cases.states.tafel import Uebergang, Zustandstafel


class Stichprobenstand(TextChoices):
    """A drawn version waits, then it was looked at."""

    OFFEN = "offen", "gezogen"
    GEPRUEFT = "geprueft", "angesehen"


class Stichprobenergebnis(TextChoices):
    """What the second look has found."""

    IN_ORDNUNG = "in_ordnung", "in Ordnung"
    MANGEL = "mangel", "mit Mangel"


STICHPROBE = Zustandstafel(
    "Stichprobe freigegebener Pläne",
    Stichprobenstand,
    (
        Uebergang(
            "pruefen",
            "Ergebnis festhalten",
            (Stichprobenstand.OFFEN,),
            Stichprobenstand.GEPRUEFT,
            NUR_LEITUNG,
            "Vier-Augen-Grundsatz",
            zweite_person=True,
        ),
    ),
    {Stichprobenstand.OFFEN: "warning", Stichprobenstand.GEPRUEFT: "success"},
)
