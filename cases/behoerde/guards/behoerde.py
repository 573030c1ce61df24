"""What the authority must have told of itself before a letter names it: citation first."""

from __future__ import annotations

from cases.models import Behoerde
from cases.models.basis import label_of
from cases.registry.schritt import Hindernis

DATENSCHUTZ = ("datenschutzbeauftragte", "aufsichtsbehoerde")


def stellen_genannt(behoerde: Behoerde, norm: str) -> Hindernis | None:
    """Art. 13 Abs. 1 DSGVO: who writes about data names the officer and whom to complain to."""
    fehlt = [
        label_of(Behoerde, feld) for feld in DATENSCHUTZ if not getattr(behoerde, feld).strip()
    ]
    if not fehlt:
        return None
    return Hindernis(
        f"In den Angaben der Behörde fehlt: {', '.join(fehlt)}. Die Fachadministration trägt "
        "das unter „Behörde“ ein.",
        norm,
    )
