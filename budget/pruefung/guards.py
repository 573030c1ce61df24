"""What must hold before a review of Beitrag and assets begins or is settled: citation first."""

from __future__ import annotations

from datetime import date

from budget.models import Beitragspruefung, PersoenlichesBudget
from budget.states import Bescheidzustand
from cases.registry.schritt import Hindernis
from recht.rechtsstand import rechtsstand_am


def keine_offene_pruefung(offen: Beitragspruefung | None) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: one question gets one answer; a second review would make it two."""
    if offen is None:
        return None
    return Hindernis(
        f"Die Prüfung ab {offen.ab:%d.%m.%Y} ist noch nicht erledigt.", "§ 33 Abs. 1 SGB X"
    )


def recht_des_budgets(budget: PersoenlichesBudget, ab: date) -> Hindernis | None:
    """§ 48 Abs. 1 S. 1 SGB X: under another law the whole budget is decided anew."""
    if rechtsstand_am(ab) is budget.rechtsstand:
        return None
    return Hindernis(
        f"Am {ab:%d.%m.%Y} gilt anderes Recht als am Beginn des Budgets "
        f"({budget.beginn:%d.%m.%Y}). Darüber ist im Ganzen neu zu entscheiden.",
        "§ 48 Abs. 1 S. 1 SGB X",
    )


def im_zeitraum(budget: PersoenlichesBudget, ab: date) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: changed is only what is granted for that time."""
    letzter = budget.letzter_tag
    if ab >= budget.beginn.replace(day=1) and (letzter is None or ab <= letzter):
        return None
    bis = f" bis {letzter:%d.%m.%Y}" if letzter else ""
    return Hindernis(
        f"Der Tag liegt außerhalb der Bewilligung ab {budget.beginn:%d.%m.%Y}{bis}.",
        "§ 39 Abs. 2 SGB X",
    )


def nichts_geaendert(row: Beitragspruefung) -> Hindernis | None:
    """§ 48 Abs. 1 S. 1 SGB X: where the sum changes a Bescheid has to say it."""
    if not row.geaendert:
        return None
    return Hindernis(
        "Die Prüfung ergibt einen anderen Betrag. Darüber ist mit Bescheid zu entscheiden.",
        "§ 48 Abs. 1 S. 1 SGB X",
    )


def etwas_geaendert(row: Beitragspruefung) -> Hindernis | None:
    """§ 31 S. 1 SGB X: where nothing changes there is nothing to settle by a Bescheid."""
    if row.geaendert:
        return None
    return Hindernis("Der Betrag bleibt gleich.", "§ 31 S. 1 SGB X")


def bescheid_noch_entwurf(row: Beitragspruefung) -> Hindernis | None:
    """§ 39 Abs. 1 SGB X: a decision that is submitted or made rests on what was reviewed."""
    bescheid = row.folgebescheid
    if bescheid is None or bescheid.state == Bescheidzustand.ENTWURF:
        return None
    return Hindernis(
        f"Der Bescheid darüber ist im Zustand „{bescheid.get_state_display()}“.",
        "§ 39 Abs. 1 SGB X",
    )
