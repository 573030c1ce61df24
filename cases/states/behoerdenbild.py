"""Where a picture of the authority stands: its logo, its seal."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import WERTROLLEN
from cases.states.tafel import Uebergang, Zustandstafel


class Bildzustand(TextChoices):
    """A picture waits for its release, is printed, or is kept because letters name it."""

    ENTWURF = "entwurf", "wartet auf Freigabe"
    GUELTIG = "gueltig", "wird gedruckt"
    ABGELEGT = "abgelegt", "wird nicht mehr gedruckt"
    VERWORFEN = "verworfen", "verworfen"


BEHOERDENBILD = Zustandstafel(
    "Bild der Behörde",
    Bildzustand,
    (
        Uebergang(
            "freigeben",
            "Freigeben",
            (Bildzustand.ENTWURF,),
            Bildzustand.GUELTIG,
            WERTROLLEN,
            zweite_person=True,
        ),
        Uebergang(
            "verwerfen", "Verwerfen", (Bildzustand.ENTWURF,), Bildzustand.VERWORFEN, WERTROLLEN
        ),
        Uebergang(
            "ablegen",
            "Nicht mehr drucken",
            (Bildzustand.GUELTIG,),
            Bildzustand.ABGELEGT,
            WERTROLLEN,
        ),
    ),
    {
        Bildzustand.ENTWURF: "warning",
        Bildzustand.GUELTIG: "success",
        Bildzustand.ABGELEGT: "neutral",
        Bildzustand.VERWORFEN: "neutral",
    },
)
