"""What stands in the rows of a file, added up: to be held against the sums of the old records."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cases.austausch.queries.lesart import amount_as_meant
from cases.person.namensform import eng
from cases.states.fall import Fallzustand
from recht.fehler import EingabeUngueltig
from recht.geld import euro

_LABELS = {zustand.label.casefold(): zustand.value for zustand in Fallzustand}


class Summe:
    """Counts rows as they come: cells of a faulty row count as far as they can be read.

    An amount that cannot be read for sure is not added but counted in `unlesbar`.
    Persons are counted by name and birth date in their one form, running cases are those that have
    not ended.
    """

    def __init__(self) -> None:
        self.zeilen = self.ohne_tag = self.unlesbar = 0
        self.betrag = Decimal(0)
        self._zustaende: Counter[str] = Counter()
        self._personen: set[bytes] = set()

    def add(self, werte: Mapping[str, Any]) -> None:
        """Add one row."""
        self.zeilen += 1
        zustand = str(werte.get("zustand") or "")
        zustand = _LABELS.get(zustand.casefold(), zustand)
        self._zustaende[zustand if zustand in Fallzustand.values else ""] += 1
        laeuft = zustand == Fallzustand.LEISTUNG_LAEUFT
        self.ohne_tag += bool(laeuft and not werte.get("wiedervorlage_am"))
        betrag = _amount(str(werte.get("betrag") or ""))
        self.betrag += betrag or 0
        self.unlesbar += betrag is None
        name = (str(werte.get("vorname") or ""), str(werte.get("nachname") or ""))
        wer = "|".join((eng(name[0]), eng(name[1]), _day(str(werte.get("geburtsdatum") or ""))))
        # A digest instead of the name: of 20,000 persons nothing grows beyond a few megabytes.
        self._personen.add(hashlib.blake2b(wer.encode(), digest_size=12).digest())

    def as_dict(self) -> dict[str, Any]:
        """Return the sums as a batch keeps them."""
        return {
            "zeilen": self.zeilen,
            "personen": len(self._personen),
            "laufend": self.zeilen - self._zustaende[Fallzustand.BEENDET],
            "betrag": str(self.betrag),
            "ohne_tag": self.ohne_tag,
            "unlesbar": self.unlesbar,
            "zustaende": dict(self._zustaende),
        }


def _amount(text: str) -> Decimal | None:
    """Return an amount as a file or a read value writes it, None where it is none for sure."""
    roh = amount_as_meant(text).replace("€", "").replace("EUR", "")
    roh = re.sub(r",-{1,2}$", "", re.sub(r"\s+", "", roh))
    try:
        return euro(roh) if roh else Decimal(0)
    except EingabeUngueltig:
        return None


def _day(text: str) -> str:
    """Return a day of a file in the form of a read value, so that one person counts once."""
    teile = text.split(".")
    return "-".join(reversed(teile)) if len(teile) == 3 else text
