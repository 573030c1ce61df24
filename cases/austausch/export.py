"""Workbooks around an import: the empty template, and the rows that have to be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cases.export.tabelle import Blatt, write_xlsx
from cases.states.austausch import FELDER


def template_workbook(zuordnung: dict[str, str], vorgaben: dict[str, str]) -> bytes:
    """Return an empty table with the headings of a profile, and a sheet that explains them."""
    felder = [FELDER[name] for name in FELDER if name in zuordnung]
    kopf = [zuordnung[feld.schluessel] for feld in felder]
    erklaerung = [
        (
            zuordnung[feld.schluessel],
            "ja" if feld.pflicht and feld.schluessel not in vorgaben else "nein",
            feld.erklaerung,
            feld.beispiel,
            vorgaben.get(feld.schluessel, ""),
        )
        for feld in felder
    ]
    return write_xlsx(
        Blatt("Fälle", kopf, [], [max(14, len(name)) for name in kopf]),
        Blatt(
            "Erklärung",
            ("Spalte", "Pflicht", "Bedeutung", "Beispiel", "Vorgabe, wenn leer"),
            erklaerung,
        ),
    )


def error_workbook(kopf: Sequence[str], zeilen: Iterable[tuple[int, list[str], str]]) -> bytes:
    """Return the rows with errors as they stood in the file, with number and messages.

    Both further columns are not part of any profile, so the corrected table can be uploaded again.
    """
    weitere = [name for name in ("Zeile", "Fehler") if name not in kopf]
    rows = []
    for nummer, zellen, fehler in zeilen:
        stellen = dict(zip(kopf, zellen, strict=True))
        stellen |= {"Zeile": str(nummer), "Fehler": fehler}
        rows.append([stellen[name] for name in (*kopf, *weitere)])
    return write_xlsx(Blatt("Zu berichtigen", (*kopf, *weitere), rows))
