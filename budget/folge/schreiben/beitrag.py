"""What the letter says of a new Beitrag or Einsatz: old and new sum, steps, assets, payment."""

from __future__ import annotations

from typing import Any

from budget.bescheid.schreiben.abzug import (
    NORM_EINSATZ,
    compute_abzug,
    vermoegen_daten,
)
from budget.folge.queries import pruefung_of, zeile_of
from budget.models import Folgebescheid
from budget.states import Auszahlungsform
from recht.beitrag import NORM_ABZUG
from recht.geld import format_schlicht

_KUENFTIG = "§ 48 Abs. 1 S. 1 SGB X"
_GUENSTIG = "§ 48 Abs. 1 S. 2 Nr. 1 SGB X"


def beitrag_daten(row: Folgebescheid) -> dict[str, Any]:
    """Return the data of the review on which the decision rests; nothing for another kind."""
    pruefung = pruefung_of(row) if zeile_of(row).berechnet else None
    if pruefung is None:
        return {}
    neu = compute_abzug(pruefung.fakten, pruefung.ab)
    normen = [n for n, b in ((NORM_ABZUG, neu.beitrag), (NORM_EINSATZ, neu.einsatz)) if b]
    geld = pruefung.persoenliches_budget.summe(form=Auszahlungsform.GELD)
    rueckwirkend = not pruefung.belastet and pruefung.ab <= row.datum
    return {
        "bisher": format_schlicht(pruefung.bisher),
        "neu": format_schlicht(pruefung.abzug),
        "norm": ", ".join(normen),
        "geld": format_schlicht(geld),
        "ausgezahlt": format_schlicht(geld - pruefung.abzug),
        "aenderung": _GUENSTIG if rueckwirkend else _KUENFTIG,
        "nachzahlung": rueckwirkend,
        "vermoegen": vermoegen_daten(pruefung.fakten, neu),
        "rechenweg": [{"text": s.text, "norm": s.norm} for s in neu.schritte],
        "nachweis": {"was": pruefung.nachweis, "vom": pruefung.nachweis_vom.isoformat()},
    }
