"""Legal preconditions of the end by notice, by wish, and with another budget: citation first."""

from __future__ import annotations

from datetime import date

from budget.models import Folgebescheid
from budget.states.folge import Folgezeile
from cases.registry.schritt import Hindernis
from recht.rechtsstand import Normfolge, norm_am

KUENDIGUNG = Normfolge("§ 4 Abs. 2 S. 1 BudgetV", "§ 29 Abs. 4 S. 4 SGB IX")
BINDUNG = Normfolge("§ 17 Abs. 2 S. 5 SGB IX a.F.", "§ 29 Abs. 1 S. 6 SGB IX")


def kuendigung_zugegangen(
    row: Folgebescheid, zeile: Folgezeile, stichtag: date
) -> Hindernis | None:
    """§ 29 Abs. 4 S. 4 SGB IX: notice is given in writing, before the grant is lifted for it."""
    if not zeile.kuendigung:
        return None
    norm = KUENDIGUNG.am(row.gekuendigt_am)
    if row.gekuendigt_am is None:
        return Hindernis("Es fehlt, wann die schriftliche Kündigung zugegangen ist.", norm)
    if row.gekuendigt_am > stichtag:
        return Hindernis("Die Kündigung ist noch nicht zugegangen.", norm)
    return None


def bindung_abgelaufen(
    row: Folgebescheid, zeile: Folgezeile, bindung_bis: date | None
) -> Hindernis | None:
    """§ 29 Abs. 1 S. 6 SGB IX: the person is bound for six months; the authority is not.

    `bindung_bis` is the last day of the Bindung.
    """
    if not zeile.auf_antrag or row.wirkt_ab is None or bindung_bis is None:
        return None
    if row.wirkt_ab > bindung_bis:
        return None
    return Hindernis(
        f"Die Person ist bis zum {bindung_bis:%d.%m.%Y} an ihre Entscheidung gebunden. Vorher "
        "endet das Persönliche Budget auf ihren Wunsch nur, wenn sie die Zielvereinbarung aus "
        "wichtigem Grund kündigt („Aufhebung nach Kündigung der Zielvereinbarung“).",
        BINDUNG.am(row.wirkt_ab),
    )


def kein_widerruf_wegen_verwendung(stichtag: date) -> Hindernis:
    """§ 47 Abs. 2 S. 1 Nr. 1 SGB X: misuse lifts no grant for the past (BSG B 8 SO 3/21 R)."""
    abschliessend = norm_am(stichtag, "§ 4 Abs. 2 BudgetV", "§ 29 Abs. 4 SGB IX")
    kuendigung = norm_am(stichtag, "§ 4 Abs. 2 S. 3 BudgetV", "§ 29 Abs. 4 S. 6 SGB IX")
    return Hindernis(
        "Für die Vergangenheit wird ein Persönliches Budget nicht widerrufen, weil das Geld anders "
        f"verwendet wurde: {abschliessend} regelt das abschließend. Der Leistungsträger kann die "
        "Zielvereinbarung kündigen; dann wird der Bescheid für die Zukunft aufgehoben.",
        f"{kuendigung}, BSG 11.08.2022 - B 8 SO 3/21 R",
    )


def geht_allein_hinaus(zeile: Folgezeile) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: a change is decided with the new grant, in one letter."""
    if not zeile.mit_nachfolger:
        return None
    return Hindernis(
        "Diese Änderung wird mit dem Bescheid über das neue Persönliche Budget freigegeben.",
        "§ 33 Abs. 1 SGB X",
    )


def anspruch_bestimmt(row: Folgebescheid, zeile: Folgezeile) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: who loses the budget is told whether the services stay.

    Said without a decision it could be read as a promise.
    """
    if not zeile.anspruch or row.anspruch:
        return None
    return Hindernis(
        "Es fehlt, was aus dem Anspruch auf die Leistungen wird: Bleibt er als Sachleistung, "
        "richtet er sich gegen einen anderen Träger, oder entfällt auch er?",
        "§ 33 Abs. 1 SGB X",
    )
