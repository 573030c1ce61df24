"""What the told Bescheide do with the wishes of the person."""

from __future__ import annotations

from budget.bescheid.schreiben.wunsch import wuensche_of
from budget.models import PersoenlichesBudget
from budget.states import Wunschantwort


def answers_of(budget: PersoenlichesBudget) -> list[dict[str, str]]:
    """Return an answer to each wish: the told cases follow them all, each with its reason."""
    erste = budget.teilbudgets.order_by("pk")[0].leistung
    umfang = erste.umfang.strip().rstrip(".")
    zeilen = []
    for wunsch in wuensche_of(budget):
        if wunsch.bewilligt:
            grund = ""
        elif wunsch.schluessel.startswith("inhalt_"):
            grund = "Alle diese Leistungen werden als Persönliches Budget ausgeführt."
        else:
            grund = f"Der Umfang von „{erste.bezeichnung}“ ({umfang}) schließt das ein."
        zeilen.append(
            {
                "schluessel": wunsch.schluessel,
                "wunsch": wunsch.text,
                "antwort": Wunschantwort.GEFOLGT.value,
                "grund": grund,
            }
        )
    return zeilen
