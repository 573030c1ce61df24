"""What the letters say of money paid before the Antrag is decided, and of what was too much."""

from __future__ import annotations

from datetime import date
from typing import Any

from budget.bescheid.queries.vorlaeufig import (
    bewilligung_of,
    letzter_tag,
    vorab_angewiesen,
    vorlaeufige_of,
    vorlaeufiges_am,
    zuletzt_vorlaeufig,
)
from budget.folge.queries import zeile_of
from budget.models import Folgebescheid
from budget.states.faelle import RECHTSWIDRIG, VERZICHT
from budget.states.folge import Folgeart
from cases.models import Antrag
from recht.geld import format_schlicht
from recht.rechtsstand import norm_am


def vorlaeufig_daten(row: Folgebescheid, datum: date) -> dict[str, Any]:
    """Return the data of a provisional decision or of its settlement; nothing where there is none.

    A refusal names what was paid until then: it is not due any more. `datum` is the day of the
    letter; what had ended before it does not end with it.
    """
    antrag, zeile = row.antrag, zeile_of(row)
    if antrag is None:
        return {}
    if zeile.mindert:
        return _minderung(row, antrag)
    if zeile.vorlaeufig:
        return {"bindet_nicht": norm_am(antrag.eingang, "", "§ 24 S. 2 SGB IX")}
    fruehere = vorlaeufige_of(antrag)
    if not fruehere and not zeile.abrechnung:
        return {}
    von, bis = (row.zeitraum_von, row.zeitraum_bis) if zeile.abrechnung else (None, None)
    budget, zuletzt, letzter = (
        bewilligung_of(antrag),
        zuletzt_vorlaeufig(antrag),
        letzter_tag(antrag),
    )
    return {
        "vom": zuletzt.isoformat() if zuletzt else "",
        "beendet": letzter.isoformat() if letzter is not None and letzter < datum else "",
        "angewiesen": format_schlicht(vorab_angewiesen(antrag, von, bis)),
        "bewilligt": budget is not None,
    }


def _minderung(row: Folgebescheid, antrag: Antrag) -> dict[str, Any]:
    """Return what is lowered or ended: by which Bescheid it is paid, how much, and how long."""
    gilt = vorlaeufiges_am(antrag, row.wirkt_ab, ohne=row.pk) if row.wirkt_ab else None
    alt = Folgebescheid.objects.filter(pk=gilt.bescheid).first() if gilt else None
    return {
        "vom": alt.datum.isoformat() if alt else "",
        "geaendert": alt is not None and alt.art == Folgeart.VORLAEUFIG_AENDERUNG,
        "bisher": format_schlicht(gilt.betrag) if gilt else "",
        "bis": gilt.bis.isoformat() if gilt else "",
        "verzicht": row.fall_des_gesetzes == VERZICHT,
        "verzicht_vom": row.verzicht_vom.isoformat() if row.verzicht_vom else "",
        "verzicht_eingang": row.verzicht_eingang.isoformat() if row.verzicht_eingang else "",
        "zurueck": row.fall_des_gesetzes in RECHTSWIDRIG,
    }
