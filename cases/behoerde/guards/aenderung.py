"""Preconditions of a new address that all letters will print."""

from __future__ import annotations

from cases.guards import konten_der_person
from cases.models import Behoerde, Behoerdenaenderung, Team, User
from cases.registry.schritt import Hindernis


def aenderung_durch_zweite_person(row: Behoerdenaenderung, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who turns the mail of the authority would get what people answer."""
    if row.vorgeschlagen_von_id not in konten_der_person(by):
        return None
    return Hindernis(
        "Sie haben diese Änderung selbst vorgeschlagen. Freigeben muss sie eine zweite Person der "
        "Fachadministration oder der Sachgebietsleitung.",
        "Vier-Augen-Grundsatz",
    )


def aenderung_von_anderen_wartet(wartet: Behoerdenaenderung, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: values of two persons in one change could be released by either."""
    if wartet.vorgeschlagen_von_id in konten_der_person(by):
        return None
    return Hindernis(
        f"Eine Änderung von {wartet.vorgeschlagen_von.get_full_name()} wartet auf Freigabe. Geben "
        "Sie sie auf der Seite „Behörde“ frei oder verwerfen Sie sie; danach können Sie eine "
        "andere Anschrift vorschlagen.",
        "Vier-Augen-Grundsatz",
    )


def aenderung_noch_aktuell(row: Behoerdenaenderung, ziel: Behoerde | Team) -> Hindernis | None:
    """§ 67c Abs. 1 SGB X: what was changed meanwhile is not written over unseen."""
    if all(getattr(ziel, name) == wert for name, wert in row.bisher.items()):
        return None
    return Hindernis(
        "Die Angaben haben sich geändert, seit diese Änderung vorgeschlagen wurde. Bitte verwerfen "
        "Sie sie und schlagen Sie sie neu vor.",
        "§ 67c Abs. 1 SGB X",
    )
