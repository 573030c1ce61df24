"""Legal preconditions of noting a Widerspruch and what becomes of it: citation first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from budget.models import Widerspruch
from cases.models import Schreiben
from cases.registry.schritt import Hindernis


def anfechtbarer_bescheid(schreiben: Sequence[Schreiben]) -> Hindernis | None:
    """§ 83 SGG: the Vorverfahren begins with a Widerspruch against a Verwaltungsakt."""
    if schreiben:
        return None
    return Hindernis(
        "In diesem Fall hat noch kein Bescheid das Haus verlassen.",
        "§ 83 SGG",
    )


def eingang_moeglich(schreiben: Schreiben, eingang: date, stichtag: date) -> Hindernis | None:
    """§ 83 SGG: a Widerspruch answers a decision, so it comes after it and not in the future."""
    if eingang > stichtag:
        return Hindernis("Der Eingang liegt in der Zukunft.")
    if eingang < schreiben.datum:
        return Hindernis(
            f"Der Eingang liegt vor dem Tag des Bescheids ({schreiben.datum:%d.%m.%Y}).", "§ 83 SGG"
        )
    return None


def wiedereinsetzung_noetig(widerspruch: Widerspruch, wahl: str) -> Hindernis | None:
    """§ 67 Abs. 1 SGG: reinstated is who has missed a Frist, and only who has."""
    if not wahl or widerspruch.verspaetet:
        return None
    return Hindernis(
        "Der Widerspruch ist rechtzeitig; eine Wiedereinsetzung braucht es nicht.",
        "§ 67 Abs. 1 SGG",
    )


def klage_nach_bescheid(widerspruch: Widerspruch, am: date, stichtag: date) -> Hindernis | None:
    """§ 78 Abs. 1 S. 1 SGG, § 87 Abs. 2 SGG: the Klage follows the Widerspruchsbescheid."""
    if am > stichtag:
        return Hindernis("Der Tag der Klage liegt in der Zukunft.")
    if widerspruch.erledigt_am is None or am >= widerspruch.erledigt_am:
        return None
    return Hindernis(
        "Die Klage liegt vor der Bekanntgabe des Widerspruchsbescheids am "
        f"{widerspruch.erledigt_am:%d.%m.%Y}.",
        "§ 87 Abs. 2 SGG",
    )


def keine_entscheidung_in_arbeit(offene: int) -> Hindernis | None:
    """§ 85 SGG: while a decision about it is being written or sent, it is not closed otherwise."""
    if not offene:
        return None
    return Hindernis(
        "Zu diesem Widerspruch ist ein Bescheid in Arbeit. Verwerfen Sie zuerst den Entwurf.",
        "§ 85 SGG",
    )
