"""The wording of a consent to hand data on, by the day on which it is asked for.

§ 67b Abs. 2 SGB X asks for hints on purpose, consequences of a refusal and, since 25.05.2018, on
the right to withdraw (Art. 7 Abs. 3 DSGVO). Until then only the written form was enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recht.eingabe import check_tag, write_datum
from recht.fehler import AusserhalbDerDeckung
from recht.rechtsstand import DECKUNG_BIS, DECKUNG_VON


@dataclass(frozen=True, slots=True)
class Hinweis:
    """One hint that the law asks for."""

    titel: str
    text: str
    norm: str


@dataclass(frozen=True, slots=True)
class Einwilligungstext:
    """One version of the wording; ``formen`` are the forms that its law accepts."""

    fassung: str
    gueltig_ab: date
    gueltig_bis: date
    hinweise: tuple[Hinweis, ...]
    formen: frozenset[str]
    norm: str


_ZWECK = (
    "Die Angaben werden nur für den genannten Zweck und nur in den genannten Teilen weitergegeben."
)
_FOLGEN = (
    "Die Einwilligung ist freiwillig. Wird sie verweigert, geben wir nichts weiter; das Verfahren "
    "geht ohne diese Stelle weiter. Es kann sein, dass etwas länger dauert oder dass Sie selbst "
    "etwas vorlegen müssen."
)
_WIDERRUF = (
    "Die Einwilligung kann jederzeit ohne Angabe von Gründen widerrufen werden. Der Widerruf wirkt "
    "für die Zukunft; was bis dahin weitergegeben wurde, bleibt rechtmäßig."
)
FASSUNGEN = (
    Einwilligungstext(
        "2004-1",
        DECKUNG_VON,
        date(2018, 5, 24),
        (
            Hinweis("Zweck", _ZWECK, "§ 67b Abs. 2 S. 1 SGB X a.F."),
            Hinweis("Folgen der Verweigerung", _FOLGEN, "§ 67b Abs. 2 S. 1 SGB X a.F."),
            Hinweis("Widerruf", _WIDERRUF, "§ 67b Abs. 2 S. 2 SGB X a.F."),
        ),
        frozenset({"schriftlich"}),
        "§ 67b Abs. 2 S. 3 SGB X a.F.",
    ),
    Einwilligungstext(
        "2018-1",
        date(2018, 5, 25),
        DECKUNG_BIS,
        (
            Hinweis("Zweck", _ZWECK, "§ 67b Abs. 2 S. 3 SGB X"),
            Hinweis("Folgen der Verweigerung", _FOLGEN, "§ 67b Abs. 2 S. 3 SGB X"),
            Hinweis("Widerruf", _WIDERRUF, "§ 67b Abs. 2 S. 3 SGB X, Art. 7 Abs. 3 DSGVO"),
        ),
        frozenset({"schriftlich", "elektronisch"}),
        "§ 67b Abs. 2 S. 2 SGB X",
    ),
)


def einwilligungstext(stichtag: date) -> Einwilligungstext:
    """Return the wording of a day; raise ``AusserhalbDerDeckung`` where none is known."""
    check_tag(stichtag, "Stichtag")
    for fassung in FASSUNGEN:
        if fassung.gueltig_ab <= stichtag <= fassung.gueltig_bis:
            return fassung
    raise AusserhalbDerDeckung(
        f"Für den {write_datum(stichtag)} ist kein Wortlaut einer Einwilligung hinterlegt."
    )
