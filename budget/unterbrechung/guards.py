"""What must hold before an interruption is recorded, ended or decided about: citation first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from budget.models import PersoenlichesBudget, Unterbrechung
from budget.states import Bescheidzustand
from budget.states.unterbrechung import Ruheregel, ruhenorm_of
from cases.registry.schritt import Hindernis
from recht.geld import format_euro
from recht.zeitraum import Zeitraum

_OFFEN = (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT)


def unterbrechung_im_zeitraum(
    budget: PersoenlichesBudget, von: date, bis: date | None
) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: interrupted is only what is granted for that time."""
    letzter = budget.letzter_tag
    if von >= budget.beginn and (letzter is None or von <= letzter):
        if bis is None or bis >= von:
            return None
        return Hindernis("Der letzte Tag liegt vor dem ersten.", "§ 39 Abs. 2 SGB X")
    ende = f" bis {letzter:%d.%m.%Y}" if letzter else ""
    return Hindernis(
        f"Der erste Tag liegt außerhalb der Bewilligung ab {budget.beginn:%d.%m.%Y}{ende}.",
        "§ 39 Abs. 2 SGB X",
    )


def keine_andere_zur_selben_zeit(
    andere: Iterable[Unterbrechung], von: date, bis: date | None
) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: what rests on a day is said once. `andere` are those of the budget."""
    zeit = Zeitraum(von, bis)
    for row in andere:
        if zeit.ueberschneidet(Zeitraum(row.von, row.bis)):
            return Hindernis(
                f"Für diese Zeit ist schon vermerkt: {row}. Vermerken Sie dort zuerst das Ende.",
                "§ 33 Abs. 1 SGB X",
            )
    return None


def regel_bestimmt(
    regel: str, ruht: Decimal, kosten: Decimal, nachweis: str, beginn: date
) -> Hindernis | None:
    """§ 29 Abs. 4 SGB IX, KVJS 3.5: by the agreement; costs that go on are proved.

    `ruht` is the monthly sum of the Teilbudgets that rest, before `kosten`; both in euro.
    """
    norm = ruhenorm_of(beginn)
    if regel == Ruheregel.LAEUFT_WEITER:
        if not ruht and not kosten:
            return None
        return Hindernis("Das Budget läuft weiter; dann ruht kein Teilbudget.", norm)
    if not ruht:
        return Hindernis("Bitte wählen Sie, welche Teilbudgets ruhen.", norm)
    if kosten > ruht:
        return Hindernis(
            f"Die Kosten, die weiterlaufen ({format_euro(kosten)}), sind höher als das, was ruht "
            f"({format_euro(ruht)}).",
            norm,
        )
    if kosten and not nachweis.strip():
        return Hindernis("Bitte schreiben Sie, womit die Kosten nachgewiesen sind.", norm)
    return None


def unterbrechung_noch_frei(row: Unterbrechung) -> Hindernis | None:
    """§ 39 Abs. 1 SGB X: a decision that is submitted or made rests on what was recorded."""
    bescheid = row.folgebescheid
    if bescheid is None or bescheid.state == Bescheidzustand.ENTWURF:
        return None
    return Hindernis(
        f"Der Bescheid darüber ist im Zustand „{bescheid.get_state_display()}“.",
        "§ 39 Abs. 1 SGB X",
    )


def ohne_bescheid(row: Unterbrechung) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: one interruption gets one Bescheid."""
    if row.folgebescheid is None:
        return None
    return Hindernis(f"Es gibt einen Bescheid darüber: {row.folgebescheid}.", "§ 33 Abs. 1 SGB X")


def etwas_ruht(row: Unterbrechung) -> Hindernis | None:
    """§ 31 S. 1 SGB X: where all is paid on there is nothing to settle by a Bescheid."""
    if row.ruht_ab is not None:
        return None
    if not row.ruht_betrag:
        text = "Das Budget läuft weiter; darüber ist nichts zu entscheiden."
    else:
        tag = row.von + timedelta(days=row.weiter_tage)
        text = (
            f"Die Unterbrechung endet, bevor etwas ruht (das wäre ab dem {tag:%d.%m.%Y}); es wird "
            "alles weitergezahlt."
        )
    return Hindernis(text, "§ 31 S. 1 SGB X")


def ende_nicht_verlaengert(row: Unterbrechung, bis: date) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: beyond the last day that a Bescheid names nothing rests by it."""
    bescheid = row.folgebescheid
    frei = bescheid is not None and bescheid.state not in _OFFEN
    if not frei or row.bis is None or bis <= row.bis:
        return None
    return Hindernis(
        f"Der Bescheid nennt als letzten Tag den {row.bis:%d.%m.%Y}. Dauert die Unterbrechung "
        "länger, vermerken Sie die weitere Zeit als neue Unterbrechung mit eigenem Bescheid.",
        "§ 33 Abs. 1 SGB X",
    )


def ende_moeglich(row: Unterbrechung, bis: date) -> Hindernis | None:
    """§ 60 Abs. 1 S. 1 Nr. 2 SGB I: an interruption ends on its first day or later."""
    if bis >= row.von:
        return None
    return Hindernis(
        f"Die Unterbrechung hat erst am {row.von:%d.%m.%Y} begonnen.",
        "§ 60 Abs. 1 S. 1 Nr. 2 SGB I",
    )
