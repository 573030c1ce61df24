"""Which law applies on a Stichtag.

Three states, not two: until 2017 the old law (A), 2018 and 2019 the transition in which
§ 29 SGB IX already applied while the Gesamtplan still followed §§ 141-145 SGB XII (UE), since
2020 the Eingliederungshilfe of SGB IX Part 2 (B). Single rules change on days of their own;
those days stand with the rule (catalogue of Fristen, parameters), not here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from recht.eingabe import check_tag, write_datum
from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig


class Rechtsstand(StrEnum):
    """State of the law: old law, transition, present law."""

    A = "A"
    UE = "UE"
    B = "B"


DECKUNG_VON = date(2004, 1, 1)
BEGINN_UEBERGANG = date(2018, 1, 1)
BEGINN_B = date(2020, 1, 1)
# The law in force has no end of its own; this is the last day for which holidays are known.
DECKUNG_BIS = date(2099, 12, 31)
# When the text of the law was last read as a whole.
GEPRUEFT_AM = date(2026, 8, 19)

BEZEICHNUNG = {
    Rechtsstand.A: "Rechtsstand A: bis 31.12.2017 (§ 17 SGB IX a.F., BudgetV, § 58 SGB XII)",
    Rechtsstand.UE: "Übergang: 01.01.2018 bis 31.12.2019 (§ 29 SGB IX, §§ 141-145 SGB XII)",
    Rechtsstand.B: "Rechtsstand B: seit 01.01.2020 (§ 29 und §§ 90-150 SGB IX)",
}


FunktionT = TypeVar("FunktionT", bound=Callable[..., object])


def gilt_in(*staende: Rechtsstand) -> Callable[[FunktionT], FunktionT]:
    """Say that a function is only called for these Rechtsstände and cites their law only."""

    def markiert(funktion: FunktionT) -> FunktionT:
        funktion.__dict__["rechtsstaende"] = staende
        return funktion

    return markiert


def rechtsstand_am(stichtag: date) -> Rechtsstand:
    """Return the Rechtsstand of a day; raise ``AusserhalbDerDeckung`` where none is known."""
    check_tag(stichtag, "Stichtag")
    if stichtag < DECKUNG_VON or stichtag > DECKUNG_BIS:
        raise AusserhalbDerDeckung(
            f"Für den {write_datum(stichtag)} ist kein Rechtsstand hinterlegt; zulässig sind"
            f" Tage vom {write_datum(DECKUNG_VON)} bis {write_datum(DECKUNG_BIS)}."
        )
    if stichtag < BEGINN_UEBERGANG:
        return Rechtsstand.A
    if stichtag < BEGINN_B:
        return Rechtsstand.UE
    return Rechtsstand.B


def read_rechtsstand(text: object) -> Rechtsstand:
    """Read ``A``, ``UE`` or ``B``."""
    if isinstance(text, str) and text in Rechtsstand.__members__:
        return Rechtsstand[text]
    raise EingabeUngueltig(f"Den Rechtsstand „{text}“ gibt es nicht; zulässig sind A, UE und B.")


@dataclass(frozen=True, slots=True)
class Normfolge:
    """One citation per Rechtsstand; `ue` where 2018 and 2019 differ from today."""

    a: str
    b: str
    ue: str = ""

    def am(self, stichtag: date | None) -> str:
        """The citation of the day, without a day that of the present law."""
        return self.b if stichtag is None else norm_am(stichtag, self.a, self.b, self.ue)


def norm_am(stichtag: date, a: str, b: str, ue: str = "") -> str:
    """Which of these citations holds on the day; `ue` where 2018 and 2019 differ from today."""
    return norm_im(rechtsstand_am(stichtag), a, b, ue)


def norm_im(stand: Rechtsstand, a: str, b: str, ue: str = "") -> str:
    """Which of these citations holds under a Rechtsstand; see `norm_am`."""
    if stand is Rechtsstand.A:
        return a
    return ue if ue and stand is Rechtsstand.UE else b
