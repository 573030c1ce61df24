"""Where a value that the authority sets for itself stands."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import WERTROLLEN
from cases.states.tafel import Uebergang, Zustandstafel


class Wertzustand(TextChoices):
    """Where a value that the authority sets for itself stands."""

    ENTWURF = "entwurf", "wartet auf Freigabe"
    FREIGEGEBEN = "freigegeben", "freigegeben"
    VERWORFEN = "verworfen", "verworfen"


W = Wertzustand


EIGENER_WERT = Zustandstafel(
    "Eigener Wert",
    Wertzustand,
    (
        Uebergang("freigeben", "Freigeben", (W.ENTWURF,), W.FREIGEGEBEN, WERTROLLEN),
        Uebergang("verwerfen", "Verwerfen", (W.ENTWURF,), W.VERWORFEN, WERTROLLEN),
        Uebergang("zuruecknehmen", "Zurücknehmen", (W.FREIGEGEBEN,), W.VERWORFEN, WERTROLLEN),
    ),
    {W.ENTWURF: "warning", W.FREIGEGEBEN: "success", W.VERWORFEN: "neutral"},
)
