"""Preconditions of a picture that all letters of the authority will print."""

from __future__ import annotations

from cases.guards import konten_der_person
from cases.models import Behoerdenbild, User
from cases.registry.schritt import Hindernis


def bild_durch_zweite_person(bild: Behoerdenbild, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who uploaded a logo or seal does not put it on every letter."""
    if bild.hochgeladen_von_id not in konten_der_person(by):
        return None
    return Hindernis(
        "Sie haben dieses Bild selbst hochgeladen. Freigeben muss es eine zweite Person der "
        "Fachadministration oder der Sachgebietsleitung.",
        "Vier-Augen-Grundsatz",
    )
