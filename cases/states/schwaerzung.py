"""Where the blackened copy of a document stands."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel


class Schwaerzungszustand(TextChoices):
    """A copy is made, then released by a second person or dropped."""

    VORGELEGT = "vorgelegt", "wartet auf eine zweite Person"
    FREIGEGEBEN = "freigegeben", "freigegeben"
    VERWORFEN = "verworfen", "verworfen"


SCHWAERZUNG = Zustandstafel(
    "Geschwärzte Kopie",
    Schwaerzungszustand,
    (
        Uebergang(
            "freigeben",
            "Freigeben",
            (Schwaerzungszustand.VORGELEGT,),
            Schwaerzungszustand.FREIGEGEBEN,
            SCHREIBENDE,
            zweite_person=True,
        ),
        Uebergang(
            "verwerfen",
            "Verwerfen",
            (Schwaerzungszustand.VORGELEGT, Schwaerzungszustand.FREIGEGEBEN),
            Schwaerzungszustand.VERWORFEN,
            SCHREIBENDE,
        ),
    ),
    {
        Schwaerzungszustand.VORGELEGT: "warning",
        Schwaerzungszustand.FREIGEGEBEN: "success",
        Schwaerzungszustand.VERWORFEN: "neutral",
    },
)
