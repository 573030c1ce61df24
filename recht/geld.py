"""Reading and writing of amounts in Euro."""

from __future__ import annotations

import re
from decimal import Decimal

from recht.fehler import EingabeUngueltig
from recht.rundung import CENT, auf_cent

_DEUTSCH = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,\d{1,2})?", re.ASCII)
_SCHLICHT = re.compile(r"-?\d{1,12}(?:\.\d{1,2})?", re.ASCII)
HOECHSTBETRAG = Decimal("999999999999.99")
# What one typed or computed amount may be: as much as is stored, and what an hour may cost.
BETRAG_HOECHSTENS, STUNDENSATZ_HOECHSTENS = Decimal("99999999.99"), Decimal("9999.99")


def _fehler(text: object) -> EingabeUngueltig:
    return EingabeUngueltig(
        f"„{text}“ ist kein Betrag in Euro; erwartet wird zum Beispiel „2.714,00“ oder „2714.00“."
    )


def euro(text: str) -> Decimal:
    """Read ``2.714,00``, ``2714,5``, ``2714.00`` or ``2.714,00 €`` as Decimal with two places."""
    if not isinstance(text, str):
        raise _fehler(text)
    kern = text.strip().removesuffix("€").removesuffix("EUR").strip()
    if _SCHLICHT.fullmatch(kern) and not _DEUTSCH.fullmatch(kern):
        return Decimal(kern).quantize(CENT)
    if _DEUTSCH.fullmatch(kern):
        return Decimal(kern.replace(".", "").replace(",", ".")).quantize(CENT)
    raise _fehler(text)


def format_euro(betrag: Decimal) -> str:
    """Write an amount as ``2.714,00 €``."""
    ganz = f"{auf_cent(betrag):,.2f}"
    return f"{ganz.translate(_TAUSCH)} €"


_TAUSCH = str.maketrans({",": ".", ".": ","})


def format_schlicht(betrag: Decimal) -> str:
    """Write an amount for machines: two decimals with a point, ``2714.00``."""
    return f"{auf_cent(betrag):.2f}"


def check_betrag(betrag: object, feld: str) -> Decimal:
    """Return a Decimal amount that is not negative and fits a payment."""
    if not isinstance(betrag, Decimal) or not betrag.is_finite():
        raise EingabeUngueltig(
            f"{feld}: „{betrag}“ ist kein Betrag; erwartet wird eine Dezimalzahl."
        )
    if betrag < 0 or betrag > HOECHSTBETRAG:
        raise EingabeUngueltig(
            f"{feld}: {betrag} ist nicht zulässig; erlaubt sind 0,00 € bis"
            f" {format_euro(HOECHSTBETRAG)}."
        )
    return betrag
