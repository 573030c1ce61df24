"""When the months of a Persönliches Budget fall due, and how much of each.

Money is paid for each month on its first day (§ 3 Abs. 5 BudgetV: in advance), not before the first
payment that the Bescheid names and not before it takes effect with its Bekanntgabe (§ 39 Abs. 1
SGB X). Months that lie before that day fall due on it, together (§ 41 SGB I). A month that is not
full is divided as the authority has agreed. What the person contributes herself each month is not
paid (§ 137 Abs. 3 SGB IX, § 19 Abs. 3 SGB XII). Where it is set anew, months that fell due before
the new decision was made known stay as they were paid; what they paid too little comes with the
first month after it (§ 41 SGB I). During an interruption, such as a stay in hospital, the part that
rests is not paid, day by day, as the agreement has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType

from recht.bemessung import Betrag
from recht.fehler import EingabeUngueltig
from recht.geld import format_euro
from recht.laenge import monatsende, plus_monate
from recht.teilmonat import teilmonat, unterbrechung
from recht.zeitraum import Zeitraum

# So far ahead months are counted; who has more assets than that needs no money of the budget.
_JAHRE = 10


@dataclass(frozen=True, slots=True)
class Neufestsetzung:
    """What is kept back from another month on.

    ``ab`` is the first day of that month, ``wirksam`` the day of the Bekanntgabe of the decision,
    ``verbrauch`` what assets have to pay first from ``ab`` on.
    """

    ab: date
    wirksam: date
    abzug: Decimal
    verbrauch: Mapping[date, Decimal] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Ruhezeit:
    """Days on which a part of the monthly amount rests; ``bis`` is None while they last."""

    von: date
    bis: date | None
    betrag: Decimal


@dataclass(frozen=True, slots=True)
class Zahlungsplan:
    """What a Bescheid grants in money: a monthly amount from when to when.

    ``erste`` is the day of the first payment in the Bescheid, ``wirksam`` the day of its
    Bekanntgabe (None where it is not known), ``modus`` how a part of a month is counted. ``abzug``
    is what is kept back each month, a Beitrag or the Einsatz of income; ``betrag`` is before it.
    ``verbrauch`` is what assets have to pay first, by the first day of each month. ``neu`` are the
    decisions that set both anew, the earliest Bekanntgabe first. ``ruhend`` are the interruptions
    in which a part of it rests by decision.
    """

    betrag: Decimal
    beginn: date
    ende: date | None
    erste: date
    wirksam: date | None
    modus: str
    abzug: Decimal = Decimal("0.00")
    verbrauch: Mapping[date, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    neu: tuple[Neufestsetzung, ...] = ()
    ruhend: tuple[Ruhezeit, ...] = ()

    def __post_init__(self) -> None:
        for abzug in (self.abzug, *(n.abzug for n in self.neu)):
            if not 0 <= abzug <= self.betrag:
                raise EingabeUngueltig(
                    f"Der Abzug von {format_euro(abzug)} muss zwischen 0 € und dem Betrag von"
                    f" {format_euro(self.betrag)} liegen."
                )

    @property
    def auszahlung(self) -> Decimal:
        """What is paid for a full month as the first decision has it."""
        return self.betrag - self.abzug

    def abzug_am(self, monat: date) -> Decimal:
        """What is kept back of a month, as it is known on the day on which it falls due."""
        neu = _last(self, monat, max(monat, self.erster_tag))
        return neu.abzug if neu else self.abzug

    @property
    def erster_tag(self) -> date:
        """The first day on which anything is due."""
        return max(self.beginn, self.erste, self.wirksam or self.erste)


@dataclass(frozen=True, slots=True)
class Rate:
    """The money for one month: ``monat`` is its first day, ``faellig`` the day of payment.

    ``anteil`` names the paid days of a month that is not full, else it is empty. ``vermoegen`` is
    what the assets have to pay of the month; ``betrag`` is after it. ``nachzahlung`` is what
    earlier months have paid too little; it is part of ``betrag``. ``ruht`` is what is not paid of
    the month because of an interruption; ``betrag`` is after it too.
    """

    monat: date
    faellig: date
    betrag: Decimal
    anteil: str = ""
    vermoegen: Decimal = Decimal("0.00")
    nachzahlung: Decimal = Decimal("0.00")
    ruht: Decimal = Decimal("0.00")

    @property
    def nachtraeglich(self) -> bool:
        """Whether the month was over or had begun when its money fell due."""
        return self.faellig > self.monat


def _last(plan: Zahlungsplan, monat: date, tag: date) -> Neufestsetzung | None:
    """The decision that counts for a month among those that are made known on a day."""
    bekannt = [n for n in plan.neu if n.ab <= monat and n.wirksam <= tag]
    return bekannt[-1] if bekannt else None


def _month(plan: Zahlungsplan, monat: date, tag: date) -> Rate:
    """What a month amounts to as it is known on a day."""
    von = max(monat, plan.beginn)
    letzter = monatsende(monat)
    bis = letzter if plan.ende is None else min(plan.ende, letzter)
    faellig = max(monat, plan.erster_tag)
    neu = _last(plan, monat, tag)
    auszahlung = plan.betrag - (neu or plan).abzug
    anteil = ""
    if (von, bis) != (monat, letzter):
        teil = teilmonat(Betrag(auszahlung, ()), von, plan.modus, bis=bis)
        auszahlung, anteil = teil.betrag, teil.rechenweg[-1].text
    ruht = min(_resting(plan, von, bis), auszahlung)
    # An end that was set later makes a month smaller than what assets were to pay of it.
    selbst = min((neu or plan).verbrauch.get(monat, Decimal("0.00")), auszahlung - ruht)
    return Rate(monat, faellig, auszahlung - ruht - selbst, anteil, selbst, ruht=ruht)


def _resting(plan: Zahlungsplan, von: date, bis: date) -> Decimal:
    """What rests of a month between two days of it that are paid for."""
    summe = Decimal("0.00")
    for zeit in plan.ruhend:
        erster = max(zeit.von, von)
        letzter = bis if zeit.bis is None else min(zeit.bis, bis)
        if erster <= letzter:
            voll = Betrag(zeit.betrag, ())
            rest = unterbrechung(voll, von, Zeitraum(erster, letzter), 0, plan.modus)
            summe += zeit.betrag - rest.betrag
    return summe


def _rate(plan: Zahlungsplan, monat: date) -> Rate:
    faellig = max(monat, plan.erster_tag)
    rate = _month(plan, monat, faellig)
    nach = _arrears(plan, monat, faellig)
    return replace(rate, betrag=rate.betrag + nach, nachzahlung=nach) if nach else rate


def _arrears(plan: Zahlungsplan, monat: date, tag: date) -> Decimal:
    """What earlier months paid too little, as decisions since the month before have shown.

    A decision that takes something away is never paid back here (§ 50 SGB X asks for its own).
    """
    davor = plus_monate(monat, -1)
    if davor < plan.beginn.replace(day=1):
        return Decimal("0.00")
    return _missing(plan, monat, max(davor, plan.erster_tag), tag)


def _missing(plan: Zahlungsplan, bis: date, zuletzt: date, tag: date) -> Decimal:
    """What months before ``bis`` lack by decisions made known after ``zuletzt`` up to a day."""
    neue = [n for n in plan.neu if zuletzt < n.wirksam <= tag]
    if not neue:
        return Decimal("0.00")
    start = max(plan.beginn.replace(day=1), min(n.ab for n in neue))
    frueher = (plus_monate(start, i) for i in range(_span(start, bis)))
    mehr = (_month(plan, m, tag).betrag - _month(plan, m, zuletzt).betrag for m in frueher)
    return max(sum(mehr, Decimal("0.00")), Decimal("0.00"))


def _late(plan: Zahlungsplan) -> Iterator[Rate]:
    """What is still to be paid where decisions are made known after the last month was due.

    Each brings what it gives beyond those before it, in a month of its own: a row that was ordered
    stays as it is when the next decision comes.
    """
    if plan.ende is None:
        return
    letzter = plan.ende.replace(day=1)
    zuletzt = max(letzter, plan.erster_tag)
    danach = frei = plus_monate(letzter, 1)
    spaete = sorted(n.wirksam for n in plan.neu if n.wirksam > zuletzt)
    # What is known before anything of it is due is paid together, all else each by itself.
    for _, gruppe in groupby(spaete, lambda tag: max(tag, danach)):
        tag = max(gruppe)
        betrag = _missing(plan, danach, zuletzt, tag)
        zuletzt = tag
        if betrag:
            monat = max(frei, tag.replace(day=1))
            frei = plus_monate(monat, 1)
            yield Rate(monat, max(monat, tag), betrag, nachzahlung=betrag)


def _span(von: date, bis: date) -> int:
    return (bis.year - von.year) * 12 + bis.month - von.month


def _months(plan: Zahlungsplan, von: date, bis: date) -> Iterator[date]:
    """The months whose money falls due between two days, the oldest first."""
    erster = plan.erster_tag
    start = plan.beginn.replace(day=1)
    # What was due together on the first day, or the months as they come.
    monat = start if von <= erster <= bis else max(start, von.replace(day=1))
    grenze = bis if plan.ende is None else min(bis, plan.ende)
    while monat <= grenze:
        yield monat
        monat = plus_monate(monat, 1)


def raten(plan: Zahlungsplan, von: date, bis: date) -> tuple[Rate, ...]:
    """All money that falls due from ``von`` to ``bis``, both included."""
    monate = (_rate(plan, monat) for monat in _months(plan, von, bis))
    return tuple(rate for rate in (*monate, *_late(plan)) if von <= rate.faellig <= bis)


def angebrochene(plan: Zahlungsplan) -> tuple[Rate, ...]:
    """The first and the last month where they are not full, with the money for them."""
    erster = plan.beginn.replace(day=1)
    monate = {erster} if plan.ende is None else {erster, plan.ende.replace(day=1)}
    rates = (_rate(plan, monat) for monat in sorted(monate))
    return tuple(rate for rate in rates if rate.anteil)


@dataclass(frozen=True, slots=True)
class Vermoegensteil:
    """Money of a month for which assets go before it, and how much of them is above the limit."""

    geld: Decimal
    einzusetzen: Decimal


def verbrauch(
    teile: Sequence[Vermoegensteil], beginn: date, ende: date | None, modus: str
) -> dict[date, Decimal]:
    """What the person pays out of her assets, by the first day of the month, until they are used.

    Before benefits are taken the assets above the limit pay what is needed (§ 140 Abs. 1 SGB IX,
    § 90 SGB XII). One Euro is used once: what one part has used, the other finds gone. Benefits of
    different law have different limits, so each part says its own sum. A month that is not full
    counts by its days.
    """
    gebraucht, monate = Decimal("0.00"), {}
    monat = beginn.replace(day=1)
    while ende is None or monat <= ende:
        betrag = Decimal("0.00")
        for teil in teile:
            noch = max(teil.einzusetzen - gebraucht - betrag, Decimal("0.00"))
            betrag += min(noch, _of_month(teil.geld, monat, beginn, ende, modus))
        if not betrag:
            break
        monate[monat] = betrag
        gebraucht += betrag
        if monat.year >= beginn.year + _JAHRE:
            break
        monat = plus_monate(monat, 1)
    return monate


def _of_month(geld: Decimal, monat: date, beginn: date, ende: date | None, modus: str) -> Decimal:
    von, letzter = max(monat, beginn), monatsende(monat)
    bis = letzter if ende is None else min(ende, letzter)
    if not geld or (von, bis) == (monat, letzter):
        return geld
    return teilmonat(Betrag(geld, ()), von, modus, bis=bis).betrag
