"""Rechtsbehelfsbelehrung by day: the form of the Widerspruch has changed more than once.

The sentences are the product's own; the forms they name follow § 84 Abs. 1 SGG in the version of
the day. A Belehrung that leaves out a form opens one year instead of one month
(§ 66 Abs. 2 SGG, BSG 27.09.2023 - B 7 AS 10/22 R), so a day without wording is an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.models import Behoerde
from cases.states.tafel import SchrittUnzulaessig

_FRIST = (
    "Gegen diesen Bescheid können Sie innerhalb eines Monats nach seiner Bekanntgabe Widerspruch "
    "erheben."
)


@dataclass(frozen=True)
class Belehrung:
    """One wording with the days on which it holds, both included.

    `formen` names the ways of the Widerspruch as § 84 Abs. 1 SGG lists them; `elektronisch` tells
    whether the address for electronic documents is printed.
    """

    gueltig_ab: date
    gueltig_bis: date
    formen: str
    elektronisch: bool
    norm: str


BELEHRUNGEN: tuple[Belehrung, ...] = (
    Belehrung(
        date(2004, 1, 1),
        date(2017, 12, 31),
        "schriftlich oder zur Niederschrift",
        elektronisch=False,
        norm="§ 84 Abs. 1 SGG",
    ),
    Belehrung(
        date(2018, 1, 1),
        date(2024, 7, 23),
        "schriftlich, in elektronischer Form nach § 36a Abs. 2 SGB I oder zur Niederschrift",
        elektronisch=True,
        norm="§ 84 Abs. 1 SGG",
    ),
    Belehrung(
        date(2024, 7, 24),
        date(2027, 12, 31),
        "schriftlich, in elektronischer Form nach § 36a Abs. 2 SGB I, schriftformersetzend nach "
        "§ 36a Abs. 2a SGB I und § 9a Abs. 5 OZG oder zur Niederschrift",
        elektronisch=True,
        norm="§ 84 Abs. 1 SGG",
    ),
)
DECKUNG: tuple[tuple[date, date], ...] = tuple((b.gueltig_ab, b.gueltig_bis) for b in BELEHRUNGEN)


def belehrung_am(stichtag: date) -> Belehrung:
    """Return the wording of the day; raises SchrittUnzulaessig where none is held."""
    for belehrung in BELEHRUNGEN:
        if belehrung.gueltig_ab <= stichtag <= belehrung.gueltig_bis:
            return belehrung
    raise SchrittUnzulaessig(
        f"Für den {stichtag:%d.%m.%Y} ist keine Rechtsbehelfsbelehrung hinterlegt.",
        "§ 36 SGB X, § 66 SGG",
    )


def rechtsbehelfsbelehrung(stichtag: date, behoerde: Behoerde) -> list[str]:
    """Return the Belehrung as paragraphs: Rechtsbehelf, Frist, Form, authority and its seat."""
    belehrung = belehrung_am(stichtag)
    absaetze = [
        f"{_FRIST} Der Widerspruch ist {belehrung.formen} einzulegen bei: {behoerde.name}, "
        f"{behoerde.amt}, {behoerde.strasse}, {behoerde.plz} {behoerde.ort}.",
    ]
    if belehrung.elektronisch:
        absaetze.append(
            "Für den Widerspruch auf elektronischem Weg erreichen Sie die Behörde unter: "
            f"{behoerde.elektronischer_zugang}. Eine einfache E-Mail genügt nicht."
        )
    return absaetze
