"""Preconditions of blackened copies: pages, areas, four eyes before a copy leaves."""

from __future__ import annotations

from collections.abc import Sequence

from cases.dateien.aufruf import Bereich
from cases.guards import konten_der_person
from cases.models import Dateiart, Schwaerzung, Unterlage, User
from cases.registry.schritt import Hindernis
from cases.states.schwaerzung import Schwaerzungszustand

_BILDLICH = (Dateiart.PDF, Dateiart.JPEG, Dateiart.PNG, Dateiart.TIFF)
_NORM = "§ 25 Abs. 3 SGB X"


def nur_seiten(unterlage: Unterlage) -> Hindernis | None:
    """§ 25 Abs. 3 SGB X: what is secret is blackened on pages; other files have none."""
    if unterlage.dateiart in _BILDLICH and not unterlage.gesperrt:
        return None
    if unterlage.gesperrt:
        return Hindernis("Diese Unterlage ist gesperrt.", _NORM)
    return Hindernis(
        "Geschwärzt werden PDF-Dateien und Bilder. Bitte legen Sie die Unterlage als PDF ab.", _NORM
    )


def kein_abbild(unterlage: Unterlage, schwaerzung: Schwaerzung | None) -> Hindernis | None:
    """§ 25 Abs. 3 SGB X: a copy is made from the original, so that nothing is blackened twice."""
    if schwaerzung is None:
        return None
    return Hindernis(
        "Dies ist schon eine geschwärzte Kopie. Bitte schwärzen Sie das Original neu.", _NORM
    )


def bereiche_auf_den_seiten(bereiche: Sequence[Bereich], seiten: int) -> Hindernis | None:
    """§ 25 Abs. 3 SGB X: at least one area, and each on a page that there is."""
    if not bereiche:
        return Hindernis("Bitte nennen Sie mindestens einen Bereich.", _NORM)
    fremd = sorted({seite for seite, *_ in bereiche if not 1 <= seite <= seiten})
    if not fremd:
        return None
    return Hindernis(
        f"Seite {fremd[0]} gibt es nicht: Die Unterlage hat {seiten} "
        f"{'Seite' if seiten == 1 else 'Seiten'}.",
        _NORM,
    )


def schwaerzung_durch_zweite_person(schwaerzung: Schwaerzung, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz zu § 35 Abs. 1 SGB I: who has blackened does not release the copy."""
    if schwaerzung.erstellt_von_id not in konten_der_person(by):
        return None
    return Hindernis(
        "Sie haben diese Kopie selbst geschwärzt. Eine zweite Person sieht jede Seite an und gibt "
        "sie frei.",
        "Vier-Augen-Grundsatz",
    )


def kopie_freigegeben(schwaerzung: Schwaerzung | None) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: a copy leaves once a second person has seen that nothing shows through."""
    if schwaerzung is None or schwaerzung.state == Schwaerzungszustand.FREIGEGEBEN:
        return None
    return Hindernis(
        "Die geschwärzte Kopie ist noch nicht von einer zweiten Person freigegeben.",
        "§ 35 Abs. 1 SGB I",
    )
