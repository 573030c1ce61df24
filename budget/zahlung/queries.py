"""What is due in a month, what of it is ordered, what has ended, and what has not begun."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from budget.bescheid.queries import aufgehoben_ab, erstattet, neufestsetzungen, ruhezeiten
from budget.models import (
    Anweisung,
    Bescheid,
    PersoenlichesBudget,
)
from budget.states import (
    Auszahlungsform,
    Budgetzustand,
)
from cases import access
from cases.behoerde.queries.eigener_wert import Wertetafel
from cases.models import Case, User
from cases.states.rolle import Rolle
from recht.auszahlung import Rate, Zahlungsplan, raten
from recht.laenge import monatsende, plus_monate

# As the first wording of the Zielvereinbarung has it.
_MODUS = "dreissigstel"
_NULL = Decimal("0.00")
# How long an ended budget stays in sight of the Kasse.
_MONATE_BEENDET = 3


@dataclass(frozen=True)
class Zahlung:
    """One budget with its plan of payments, as far as the Kasse needs it."""

    budget: int
    fall: int
    plan: Zahlungsplan
    vorgaenger: int | None = None


@dataclass(frozen=True)
class Ueberzahlung:
    """More was ordered for a month than both grants of it amount to together."""

    budget: int
    fall: int
    monat: date
    betrag: Decimal


@dataclass(frozen=True)
class Posten:
    """One payment that is due: for which case, which month, how much, on which day.

    `abzug` is what is kept back of a full month before it, `anweisung` the order to pay it, None
    while it is open. `angerechnet` is what was ordered for the month under the grant whose place
    this one takes; the rate is after it.
    """

    budget: int
    fall: int
    rate: Rate
    ende: date | None
    abzug: Decimal
    anweisung: Anweisung | None = None
    angerechnet: Decimal = _NULL

    @property
    def offen(self) -> bool:
        """Tell whether the Kasse still has to order it."""
        return self.anweisung is None

    @property
    def weicht_ab(self) -> bool:
        """Tell whether another amount was ordered than is due now."""
        return self.anweisung is not None and self.anweisung.betrag != self.rate.betrag

    @property
    def schluessel(self) -> str:
        """Return what a tick of the page sends: budget, month and the amount as it was shown."""
        return f"{self.budget}:{self.rate.monat.isoformat()}:{self.rate.betrag}"


@dataclass(frozen=True)
class Monatsliste:
    """The payments of a month; apart what has ended and what begins later.

    `summe` is what is due in the whole month, `bis_heute` the part of it that is due already,
    `angewiesen` what of it is ordered and `offen` what is not. `vorher` fell due in an earlier
    month and is open, `entfallen` was ordered and is not due any more. `ueberzahlt` was ordered
    under a former grant and is more than the new one gives; only an Erstattung brings it back.
    Of what stands in `ruhend` nothing is paid in the month.
    """

    posten: Sequence[Posten]
    summe: Decimal
    bis_heute: Decimal
    empfaenger: int
    beendet: Sequence[Zahlung]
    kuenftig: Sequence[Zahlung]
    angewiesen: Decimal = Decimal("0.00")
    offen: Decimal = Decimal("0.00")
    vorher: Sequence[Posten] = ()
    entfallen: Sequence[Anweisung] = ()
    ueberzahlt: Sequence[Ueberzahlung] = ()
    ruhend: Sequence[Zahlung] = ()


def list_zahlungen(user: User, stichtag: date) -> list[Zahlung]:
    """Return the budgets with money that this user may see, ended ones too; four queries.

    The Kasse pays for everybody; Sachgebietsleitung and Revision see the cases they may open.
    """
    # As agreed and decided: by the rule of the first day, not by that of today.
    modus = Wertetafel("teilmonat_modus")
    budgets = _budgets(user, stichtag)
    neu, ruhend = neufestsetzungen(budgets), ruhezeiten(budgets)
    rows = budgets.values_list(
        "pk",
        "case_id",
        "geld",
        "abzug",
        "beginn",
        "erste",
        "wirksam",
        "verbrauch",
        "vorgaenger",
        "ende",
        "gilt_bis",
        "aufgehoben",
        "case__leistungsberechtigte_person__verstorben_am",
    )
    # Where all the money is kept back, or the grant is lifted from its first day, nothing is paid.
    return [
        Zahlung(
            pk,
            fall,
            Zahlungsplan(
                geld,
                beginn,
                ende,
                erste or beginn,
                wirksam,
                _modus(modus, beginn),
                abzug,
                _monate(verbrauch),
                neu.get(pk, ()),
                ruhend.get(pk, ()),
            ),
            vorgaenger,
        )
        for pk, fall, geld, abzug, beginn, erste, wirksam, verbrauch, vorgaenger, *tage in rows
        if geld > min([abzug, *(n.abzug for n in neu.get(pk, ()))])
        if (ende := _last_day(*tage)) is None or ende >= beginn
    ]


def _modus(tafel: Wertetafel, beginn: date) -> str:
    wert = tafel.get("teilmonat_modus", beginn)
    return (wert.auswahl if wert else None) or _MODUS


def _monate(zeilen: Iterable[tuple[str, str]] | None) -> dict[date, Decimal]:
    """Return what the assets pay first, as the Bescheid has it."""
    return {date.fromisoformat(monat): Decimal(betrag) for monat, betrag in zeilen or ()}


def _last_day(
    bewilligt: date | None, gilt_bis: date | None, aufgehoben: date | None, tod: date | None
) -> date | None:
    """Return the last day that is paid for: of the grant, before it is lifted, of the life.

    Nothing is paid for a time after the month of the death (§ 59 S. 1 SGB I).
    """
    davor = aufgehoben - timedelta(days=1) if aufgehoben else None
    monat = monatsende(tod) if tod else None
    return min(
        (tag for tag in (bewilligt, gilt_bis, davor, monat) if tag is not None), default=None
    )


def _budgets(user: User, stichtag: date) -> QuerySet[Any]:
    rows = PersoenlichesBudget.objects.filter(
        Q(state__in=[Budgetzustand.LAEUFT, Budgetzustand.BEENDET])
        | Q(state=Budgetzustand.BEWILLIGT, vorgaenger__isnull=False)
    )
    if not user.has_rolle(Rolle.KASSE):
        rows = rows.filter(case__in=access.visible_to(user, stichtag))
    bar = Q(teilbudgets__auszahlungsform=Auszahlungsform.GELD)
    bescheid = Bescheid.objects.filter(persoenliches_budget=OuterRef("pk")).order_by()
    wirksam = bescheid.values("persoenliches_budget").annotate(
        tag=Min("schreiben__versand_liste__bekanntgabe")
    )
    return (
        rows.annotate(
            geld=Sum("teilbudgets__betrag", filter=bar),
            abzug=Coalesce(Subquery(bescheid.values("abzug")[:1]), Decimal("0.00")),
            verbrauch=Subquery(bescheid.values("vermoegensverbrauch")[:1]),
            erste=Subquery(bescheid.values("erste_auszahlung")[:1]),
            wirksam=Subquery(wirksam.values("tag")[:1]),
            aufgehoben=Subquery(aufgehoben_ab().values("tag")[:1]),
        )
        .filter(geld__gt=0)
        .order_by("case__aktenzeichen", "pk")
    )


def orders_of(user: User, stichtag: date) -> list[Anweisung]:
    """Return the orders to pay that stand and that `user` may see, the oldest first; one query.

    Also those of a grant under which nothing is due any more.
    """
    rows = Anweisung.objects.filter(zurueckgenommen_am=None).annotate(erstattet=erstattet())
    if not user.has_rolle(Rolle.KASSE):
        sichtbar = access.visible_to(user, stichtag)
        rows = rows.filter(persoenliches_budget__case__in=sichtbar)
    return list(rows.select_related("angewiesen_von", "persoenliches_budget").order_by("monat"))


class Rechnung:
    """What is due, with what was ordered for the same month under a former grant."""

    def __init__(
        self, zahlungen: Iterable[Zahlung], angewiesen: Mapping[tuple[int, date], Anweisung]
    ) -> None:
        self.zahlungen = {zahlung.budget: zahlung for zahlung in zahlungen}
        self.angewiesen = angewiesen

    def posten(self, zahlung: Zahlung, von: date, bis: date) -> list[Posten]:
        """Return the payments of a budget that fall due between two days; nothing is no payment."""
        found = (self._posten(zahlung, rate) for rate in raten(zahlung.plan, von, bis))
        return [posten for posten in found if posten.rate.betrag > 0]

    def _posten(self, zahlung: Zahlung, rate: Rate) -> Posten:
        plan = zahlung.plan
        voll = max(rate.betrag, _NULL)
        schon = min(self.zu_viel(zahlung.vorgaenger, rate.monat), voll)
        return Posten(
            zahlung.budget,
            zahlung.fall,
            replace(rate, betrag=rate.betrag - schon),
            plan.ende,
            plan.abzug_am(rate.monat),
            self.angewiesen.get((zahlung.budget, rate.monat)),
            schon,
        )

    def zu_viel(self, budget: int | None, monat: date) -> Decimal:
        """Return what was ordered for a month under this grant and those before, beyond its due.

        Nothing of it is set off against another month (§ 50 SGB X asks for a decision).
        """
        if budget is None:
            return _NULL
        zahlung = self.zahlungen.get(budget)
        anweisung = self.angewiesen.get((budget, monat))
        gezahlt = anweisung.betrag if anweisung else _NULL
        davor = self.zu_viel(zahlung.vorgaenger, monat) if zahlung else _NULL
        return max(gezahlt + davor - self._due(zahlung, monat), _NULL)

    @staticmethod
    def _due(zahlung: Zahlung | None, monat: date) -> Decimal:
        if zahlung is None:
            return _NULL
        plan = zahlung.plan
        bis = monatsende(max(monat, plan.erster_tag))
        faellig = (r.betrag for r in raten(plan, plan.erster_tag, bis) if r.monat == monat)
        return max(next(faellig, _NULL), _NULL)

    def ueberzahlt(self, monat: date) -> list[Ueberzahlung]:
        """Return where more was ordered for the month than the last grant of it gives."""
        ersetzt = {z.vorgaenger for z in self.zahlungen.values() if z.vorgaenger is not None}
        rows = []
        for zahlung in self.zahlungen.values():
            if zahlung.vorgaenger is None or zahlung.budget in ersetzt:
                continue
            betrag = self.zu_viel(zahlung.budget, monat)
            if betrag:
                rows.append(Ueberzahlung(zahlung.budget, zahlung.fall, monat, betrag))
        return rows


def find_posten(
    zahlungen: Iterable[Zahlung],
    budget: int,
    monat: date,
    anweisungen: Iterable[Anweisung] = (),
) -> Posten | None:
    """Return what one month of one budget amounts to now, None where nothing is due for it."""
    rechnung = Rechnung(zahlungen, _by_month(anweisungen))
    zahlung = rechnung.zahlungen.get(budget)
    if zahlung is None:
        return None
    erster = zahlung.plan.erster_tag
    posten = rechnung.posten(zahlung, erster, monatsende(max(monat, erster)))
    return next((p for p in posten if p.rate.monat == monat), None)


def _by_month(anweisungen: Iterable[Anweisung]) -> dict[tuple[int, date], Anweisung]:
    return {(a.persoenliches_budget_id, a.monat): a for a in anweisungen}


def _open_before(rechnung: Rechnung, monat: date) -> list[Posten]:
    """Return what fell due before the month and is open or was ordered with another amount.

    It begins with the first order of the Kasse: what was paid before is nobody's arrears.
    """
    if not rechnung.angewiesen:
        return []
    seit = min(a.faellig for a in rechnung.angewiesen.values()).replace(day=1)
    vortag = monat - timedelta(days=1)
    posten = (p for z in rechnung.zahlungen.values() for p in rechnung.posten(z, seit, vortag))
    return [p for p in posten if p.offen or p.weicht_ab]


def month_of(
    zahlungen: Sequence[Zahlung],
    monat: date,
    stichtag: date,
    anweisungen: Iterable[Anweisung] = (),
) -> Monatsliste:
    """Return what is due in the month that begins with `monat`; no query."""
    letzter = monatsende(monat)
    angewiesen = _by_month(anweisungen)
    rechnung = Rechnung(zahlungen, angewiesen)
    posten: list[Posten] = []
    beendet: list[Zahlung] = []
    kuenftig: list[Zahlung] = []
    ruhend: list[Zahlung] = []
    for zahlung in zahlungen:
        plan = zahlung.plan
        # A month that the assets pay in full is no payment.
        faellig = rechnung.posten(zahlung, monat, letzter)
        posten += faellig
        if faellig or rechnung.zu_viel(zahlung.vorgaenger, monat):
            continue
        if plan.erster_tag > letzter:
            kuenftig.append(zahlung)
        elif plan.ende is not None and plan.ende >= plus_monate(monat, -_MONATE_BEENDET):
            beendet.append(zahlung)
        elif plan.ruhend and (plan.ende is None or plan.ende >= monat):
            ruhend.append(zahlung)
    return Monatsliste(
        posten=posten,
        summe=sum((p.rate.betrag for p in posten), Decimal("0.00")),
        bis_heute=sum((p.rate.betrag for p in posten if p.rate.faellig <= stichtag), Decimal(0)),
        empfaenger=len({p.fall for p in posten}),
        beendet=beendet,
        kuenftig=kuenftig,
        ruhend=ruhend,
        angewiesen=sum((p.anweisung.betrag for p in posten if p.anweisung), Decimal("0.00")),
        offen=sum((p.rate.betrag for p in posten if p.offen), Decimal("0.00")),
        vorher=_open_before(rechnung, monat),
        entfallen=_dropped(rechnung, posten, monat),
        ueberzahlt=rechnung.ueberzahlt(monat),
    )


def _dropped(rechnung: Rechnung, posten: Iterable[Posten], monat: date) -> list[Anweisung]:
    """Return orders up to the month for which nothing is due any more, under no grant.

    They stand here until the Kasse takes them back, or an Erstattung asks for what was paid.
    """
    letzter = monatsende(monat)
    da = {(p.budget, p.rate.monat) for p in posten}
    frueher = {z.budget: z for z in rechnung.zahlungen.values()}
    for (budget, vormonat), a in rechnung.angewiesen.items():
        if a.faellig < monat and (zahlung := frueher.get(budget)):
            erster = zahlung.plan.erster_tag
            bis = monatsende(max(vormonat, erster))
            if any(r.monat == vormonat and r.betrag > 0 for r in raten(zahlung.plan, erster, bis)):
                da.add((budget, vormonat))
    ersetzt = {z.vorgaenger for z in rechnung.zahlungen.values()}
    return [
        a
        for key, a in rechnung.angewiesen.items()
        if key not in da and key[0] not in ersetzt and a.faellig <= letzter
        if not getattr(a, "erstattet", False)
    ]


def anweisung_or_none(pk: int) -> Anweisung | None:
    """Return an order with its case, None where there is none or it is taken back."""
    rows = Anweisung.objects.filter(pk=pk, zurueckgenommen_am=None)
    return rows.select_related("persoenliches_budget__case").first()


def cases_of(faelle: Iterable[int]) -> dict[int, Case]:
    """Return the cases with the person and her accounts; three queries for any number."""
    rows = Case.objects.filter(pk__in=set(faelle)).select_related("leistungsberechtigte_person")
    rows = rows.prefetch_related("leistungsberechtigte_person__bankverbindungen")
    return {case.pk: case for case in rows}
