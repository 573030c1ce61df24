"""A whole Teilbudget in one go: positions, ceiling, Beitrag, Teilmonat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from recht.bemessung import NULL, Betrag, abzug_beitrag, deckel, sachkosten, stunden, summe
from recht.rechenweg import Schritt
from recht.teilmonat import teilmonat


@dataclass(frozen=True, slots=True)
class Position:
    """One part of a Bedarf and what its price follows from.

    ``stunden`` has hours per ``je`` (woche, monat) at the rate ``satz``; weekly hours take the
    ``wochenfaktor`` of the authority or, without one, 52/12. ``sachkosten`` has the ``betrag`` of a
    month.
    """

    art: Literal["stunden", "sachkosten"]
    bezeichnung: str = ""
    anzahl: Decimal = NULL
    je: str = ""
    satz: Decimal = NULL
    wochenfaktor: Decimal | None = None
    betrag: Decimal = NULL


def price_position(position: Position, stichtag: date) -> Betrag:
    """The exact amount of one position with its step; the sum is rounded."""
    if position.art == "sachkosten":
        ergebnis = sachkosten(position.betrag, stichtag)
    else:
        ergebnis = stunden(
            position.anzahl,
            position.satz,
            position.je,
            stichtag,
            wochenfaktor=position.wochenfaktor if position.je == "woche" else None,
        )
    if not position.bezeichnung:
        return ergebnis
    schritte = (
        replace(schritt, text=f"{position.bezeichnung}: {schritt.text}")
        for schritt in ergebnis.rechenweg
    )
    return replace(ergebnis, rechenweg=tuple(schritte))


@dataclass(frozen=True, slots=True)
class Teilmonat:
    """A month that is not full and how it is divided."""

    von: date
    modus: str
    bis: date | None = None


@dataclass(frozen=True, slots=True)
class Teilbudget:
    """Monthly amount of a Teilbudget after all steps."""

    betrag: Decimal
    gedeckelt: bool
    rechenweg: tuple[Schritt, ...]


def compute_teilbudget(
    positionen: Sequence[Betrag],
    stichtag: date,
    *,
    sachleistung_vergleich: Decimal | None = None,
    daneben: Decimal = NULL,
    ausnahme: str = "",
    beitrag: Decimal | None = None,
    anteil: Teilmonat | None = None,
) -> Teilbudget:
    """Add the positions, compare with the cost without budget, deduct the Beitrag, take the share.

    The comparison comes before the Beitrag: both sides of it are costs before any Beitrag.
    """
    ergebnis = summe(positionen)
    gedeckelt = False
    if sachleistung_vergleich is not None:
        vergleich = deckel(
            ergebnis, sachleistung_vergleich, stichtag, daneben=daneben, ausnahme=ausnahme
        )
        ergebnis, gedeckelt = vergleich, vergleich.gedeckelt
    if beitrag is not None:
        ergebnis = abzug_beitrag(ergebnis, beitrag)
    if anteil is not None:
        ergebnis = teilmonat(ergebnis, anteil.von, anteil.modus, bis=anteil.bis)
    return Teilbudget(ergebnis.betrag, gedeckelt, ergebnis.rechenweg)
