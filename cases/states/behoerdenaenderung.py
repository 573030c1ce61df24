"""Where a change of the address of the authority or of a team stands."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import WERTROLLEN
from cases.states.tafel import Uebergang, Zustandstafel


class Aenderungsstand(TextChoices):
    """A change waits for its release, holds, or was dropped."""

    WARTET = "wartet", "wartet auf Freigabe"
    GILT = "gilt", "freigegeben"
    VERWORFEN = "verworfen", "verworfen"


BEHOERDENAENDERUNG = Zustandstafel(
    "Anschrift der Behörde",
    Aenderungsstand,
    (
        Uebergang(
            "freigeben",
            "Freigeben",
            (Aenderungsstand.WARTET,),
            Aenderungsstand.GILT,
            WERTROLLEN,
            zweite_person=True,
        ),
        Uebergang(
            "verwerfen",
            "Verwerfen",
            (Aenderungsstand.WARTET,),
            Aenderungsstand.VERWORFEN,
            WERTROLLEN,
        ),
    ),
    {
        Aenderungsstand.WARTET: "warning",
        Aenderungsstand.GILT: "success",
        Aenderungsstand.VERWORFEN: "neutral",
    },
)
