"""What the forms of a plan show and store: the values that their mark covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.models.stand import werte_of

if TYPE_CHECKING:
    from gesamtplan.models.bedarf import Bedarfsermittlung
    from gesamtplan.models.gesamtplan import Gesamtplan, Leistung, Teilhabeziel

_BEDARF = ("beeintraechtigung", "ressourcen", "wunsch", "bedarf")
_ZIEL = ("lebensbereich", "text", "kriterium", "bis", "status")
_LEISTUNG = (
    "teilhabeziel",
    "leistungstraeger",
    "bezeichnung",
    "norm",
    "leistungsform",
    "umfang",
    "beginn",
    "ende",
    "ergaenzend",
)


def werte_of_bedarfsermittlung(row: Bedarfsermittlung) -> dict[str, Any]:
    """Return the talk, the summary and four texts for each of the nine Lebensbereiche."""
    werte = werte_of(row, ("datum", "instrument", "beteiligte", "ergebnis"))
    for bedarf in row.bedarfe.all():
        werte |= {f"{bedarf.lebensbereich}_{name}": getattr(bedarf, name) for name in _BEDARF}
    return werte


def werte_of_inhalte(row: Gesamtplan) -> dict[str, Any]:
    """Return the dates and texts of a version, without goals and Leistungen."""
    werte = werte_of(row, ("anlass", "datum", "ueberpruefung_am"))
    return werte | {f"inhalt_{i.schluessel}": i.text for i in row.planinhalte.all()}


def werte_of_teilhabeziel(row: Teilhabeziel) -> dict[str, Any]:
    """Return one goal."""
    return werte_of(row, _ZIEL)


def werte_of_leistung(row: Leistung) -> dict[str, Any]:
    """Return one Leistung."""
    return werte_of(row, _LEISTUNG)
