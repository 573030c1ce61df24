"""Roundings, each with a name and its reason. Money is Decimal, never a binary fraction."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
_EINS = Decimal(1)


def auf_cent(betrag: Decimal) -> Decimal:
    """Commercial rounding to the cent at the end of each Teilbudget; no statute rules it."""
    return betrag.quantize(CENT, rounding=ROUND_HALF_UP)


def auf_volle_euro_aufgerundet(betrag: Decimal) -> Decimal:
    """Familienzuschlag and Grundbetrag (§ 85 Abs. 1 SGB XII)."""
    return betrag.quantize(_EINS, rounding=ROUND_CEILING)


def auf_volle_euro_abgerundet(betrag: Decimal) -> Decimal:
    """Amount that bears interest: full Euro only (§ 44 Abs. 3 SGB I)."""
    return betrag.quantize(_EINS, rounding=ROUND_FLOOR)


def auf_stufe_abgerundet(betrag: Decimal, stufe: Decimal) -> Decimal:
    """Beitrag: down to the full step, ten Euro in the law (§ 137 Abs. 2 S. 2 SGB IX)."""
    return (betrag / stufe).quantize(_EINS, rounding=ROUND_FLOOR) * stufe
