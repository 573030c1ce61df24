"""What must hold before the Kasse orders a payment: citation first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from budget.models.zahlung import Zahlanordnung
from cases.models import User
from cases.registry.schritt import Hindernis
from cases.states.rolle import Rolle
from recht.geld import format_euro


def kasse_weist_an(by: User) -> Hindernis | None:
    """§ 47 SGB I: money is paid by the Kasse; who decides about it does not order it."""
    if by.has_rolle(Rolle.KASSE):
        return None
    return Hindernis("Auszahlungen weist nur die Kasse an.", "§ 47 SGB I")


def noch_faellig(jetzt: Decimal | None, gezeigt: Decimal, monat: date) -> Hindernis | None:
    """§ 41 SGB I: ordered is what is due. `jetzt` is the amount now, `gezeigt` the one shown."""
    if jetzt == gezeigt:
        return None
    wann = f"{monat:%m/%Y}"
    if jetzt is None:
        return Hindernis(f"Für {wann} ist nichts mehr fällig. Bitte laden Sie die Liste neu.")
    return Hindernis(
        f"Für {wann} sind jetzt {format_euro(jetzt)} fällig, nicht {format_euro(gezeigt)}. Bitte "
        "laden Sie die Liste neu.",
        "§ 41 SGB I",
    )


def noch_nicht_angewiesen(anweisung: Zahlanordnung | None) -> Hindernis | None:
    """§ 41 SGB I: a month is paid once."""
    if anweisung is None:
        return None
    return Hindernis(
        f"{anweisung.monat:%m/%Y} ist schon am {anweisung.angewiesen_am:%d.%m.%Y} angewiesen "
        f"({anweisung.angewiesen_von.get_full_name()}, {format_euro(anweisung.betrag)}).",
        "§ 41 SGB I",
    )


def noch_angewiesen(anweisung: Zahlanordnung) -> Hindernis | None:
    """§ 47 SGB I: taken back is what still stands."""
    if anweisung.zurueckgenommen_am is None:
        return None
    return Hindernis(
        f"Diese Anweisung ist schon am {anweisung.zurueckgenommen_am:%d.%m.%Y} zurückgenommen.",
        "§ 47 SGB I",
    )


def geld_nicht_ausgezahlt(
    anweisung: Zahlanordnung, bestaetigt: bool, stichtag: date
) -> Hindernis | None:
    """§ 50 Abs. 1 SGB X: what was paid comes back by a decision, not by taking its order back.

    `bestaetigt` tells that the Kasse vouches for it: the money never left, or it came back.
    """
    if bestaetigt or anweisung.zahltag > stichtag:
        return None
    return Hindernis(
        f"Der Zahltag war am {anweisung.zahltag:%d.%m.%Y}. Ausgezahltes Geld wird nur mit einem "
        "Erstattungsbescheid zurückgefordert. Zurückzunehmen ist die Anweisung nur, wenn das Geld "
        "nicht ausgezahlt wurde oder zurückgekommen ist; bitte bestätigen Sie das.",
        "§ 50 Abs. 1 SGB X",
    )
