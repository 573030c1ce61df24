"""Rechtsbehelfsbelehrung by day: the form of the Widerspruch has changed more than once.

The sentences are the product's own; the forms they name follow § 84 Abs. 1 SGG in the version of
the day. A Belehrung that leaves out a form opens one year instead of one month
(§ 66 Abs. 2 SGG, BSG 27.09.2023 - B 7 AS 10/22 R), so a day without wording is an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.models import Behoerde, Schreiben
from cases.registry.schritt import Hindernis
from cases.states.tafel import SchrittUnzulaessig
from recht.parameter import OFFEN

_FRIST = "Gegen diesen Bescheid können Sie innerhalb {} nach seiner {} Widerspruch erheben."
# A Bescheid that is served says so: else the Belehrung is wrong (BSG - B 8/9b SO 13/07 R).
EREIGNIS = {False: "Bekanntgabe", True: "Zustellung"}
# § 84 Abs. 1 S. 1 and 2 SGG: one month, three where it is made known abroad.
_DAUER = {False: "eines Monats", True: "von drei Monaten"}


GEPRUEFT_AM = date(2026, 8, 19)


@dataclass(frozen=True)
class Belehrung:
    """One wording with the days on which it holds, both included.

    The last one holds until a law changes it; § 84 Abs. 1 SGG was last read on `GEPRUEFT_AM`.
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
        OFFEN,
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


def rechtsbehelfsbelehrung(
    stichtag: date, behoerde: Behoerde, *, ausland: bool = False, zustellung: bool = False
) -> list[str]:
    """Return the Belehrung as paragraphs: Rechtsbehelf, Frist, Form, authority and its seat.

    `ausland` tells that the Bescheid is made known abroad (§ 84 Abs. 1 S. 2 SGG), `zustellung`
    that it is served (§ 65 SGB X).
    """
    belehrung = belehrung_am(stichtag)
    frist = _FRIST.format(_DAUER[ausland], EREIGNIS[zustellung])
    absaetze = [
        f"{frist} Der Widerspruch ist {belehrung.formen} einzulegen bei: "
        f"{behoerde.name}, {behoerde.amt}, {behoerde.strasse}, {behoerde.plz} {behoerde.ort}.",
    ]
    if belehrung.elektronisch:
        absaetze.append(
            "Für den Widerspruch auf elektronischem Weg erreichen Sie die Behörde unter: "
            f"{behoerde.elektronischer_zugang}. Eine einfache E-Mail genügt nicht."
        )
    return absaetze


def belehrung_mangel(
    schreiben: Schreiben, am: date, ausland: bool, zustellung: bool
) -> Hindernis | None:
    """§ 66 Abs. 2 SGG: the Belehrung of a released letter must still be right when it leaves.

    It was written for the day of the letter, for home or abroad, and for being served or not.
    """
    damals, jetzt = belehrung_am(schreiben.datum), belehrung_am(am)
    if damals != jetzt:
        return Hindernis(
            f"Die Rechtsbehelfsbelehrung des Schreibens ist die vom {schreiben.datum:%d.%m.%Y}; "
            f"seit dem {jetzt.gueltig_ab:%d.%m.%Y} muss sie anders lauten ({jetzt.norm}). Geht sie "
            f"am {am:%d.%m.%Y} so hinaus, ist der Widerspruch ein Jahr lang möglich.",
            "§ 66 Abs. 2 SGG",
        )
    if bool(schreiben.daten.get("ausland")) != ausland:
        nennt, gilt = (
            ("drei Monate", "einen Monat") if not ausland else ("einen Monat", "drei Monate")
        )
        wohin = "ins Ausland" if ausland else "im Inland"
        return Hindernis(
            f"Die Rechtsbehelfsbelehrung des Schreibens nennt {nennt}; bei einer Sendung {wohin} "
            f"gilt {gilt} (§ 84 Abs. 1 SGG).",
            "§ 66 Abs. 2 SGG",
        )
    if bool(schreiben.daten.get("zustellung")) != zustellung:
        return Hindernis(
            f"Die Rechtsbehelfsbelehrung des Schreibens spricht von der "
            f"{EREIGNIS[not zustellung]}; auf diesem Weg muss sie von der {EREIGNIS[zustellung]} "
            "sprechen.",
            "§ 66 Abs. 2 SGG",
        )
    return None
