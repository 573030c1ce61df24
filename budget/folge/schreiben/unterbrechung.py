"""What the letter says of an interruption: its days, what rests, what goes on being paid."""

from __future__ import annotations

from typing import Any

from budget.bescheid.queries import unterbrechung_of
from budget.folge.queries import zeile_of
from budget.models import Folgebescheid
from budget.states import Auszahlungsform
from budget.states.unterbrechung import ruhenorm_of
from recht.geld import format_schlicht


def unterbrechung_daten(row: Folgebescheid) -> dict[str, Any]:
    """Return the data of the interruption on which a decision rests; nothing for another kind."""
    unterbrechung = unterbrechung_of(row) if zeile_of(row).ruht else None
    if unterbrechung is None:
        return {}
    budget = unterbrechung.persoenliches_budget
    teile = budget.teilbudgets.select_related("leistung").filter(pk__in=unterbrechung.teile)
    geld = budget.summe(form=Auszahlungsform.GELD)
    return {
        "anlass": unterbrechung.get_anlass_display(),
        "von": unterbrechung.von.isoformat(),
        "bis": unterbrechung.bis.isoformat() if unterbrechung.bis else "",
        "weiter_tage": unterbrechung.weiter_tage,
        "teile": [
            {"name": teil.leistung.bezeichnung, "betrag": format_schlicht(teil.betrag)}
            for teil in teile.order_by("pk")
        ],
        "kosten": format_schlicht(unterbrechung.kosten) if unterbrechung.kosten else "",
        "ruht": format_schlicht(unterbrechung.ruht_betrag),
        "geld": format_schlicht(geld),
        "bleibt": format_schlicht(geld - unterbrechung.ruht_betrag),
        "norm": ruhenorm_of(budget.beginn),
    }
