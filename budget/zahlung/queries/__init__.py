"""What is due in a month, what of it is ordered, what has ended, and what has not begun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from budget.bescheid.queries import aufgehoben_ab, neufestsetzungen, ruhezeiten
from budget.bescheid.queries.vorlaeufig import (
    Vorlaeufiges,
    wirksame_rueckforderungen,
    wirksame_vorlaeufige,
)
from budget.models import (
    Anweisung,
    Bescheid,
    PersoenlichesBudget,
    VorlaeufigeAnweisung,
)
from budget.models.zahlung import Zahlanordnung, Zahlungsgrund
from budget.states import (
    Auszahlungsform,
    Budgetzustand,
)
from budget.zahlung.queries.rechnung import (
    Monatsliste,
    Posten,
    Rechnung,
    Rest,
    Rueckforderung,
    Ueberzahlung,
    Zahlung,
    find_posten,
    month_of,
)
from cases import access
from cases.behoerde.queries.eigener_wert import Wertetafel
from cases.models import Case, User
from cases.states.rolle import Rolle
from recht.auszahlung import Neufestsetzung, Ruhezeit, Zahlungsplan
from recht.laenge import monatsende

__all__ = [
    "Monatsliste",
    "Posten",
    "Rechnung",
    "Rest",
    "Rueckforderung",
    "Ueberzahlung",
    "Zahlung",
    "anweisung_or_none",
    "cases_of",
    "find_posten",
    "list_zahlungen",
    "month_of",
    "orders_of",
    "rueckforderungen_of",
]

# As the first wording of the Zielvereinbarung has it.
_MODUS = "dreissigstel"


def list_zahlungen(user: User, stichtag: date) -> list[Zahlung]:
    """Return the budgets with money that this user may see, ended ones too; five queries.

    Beside them what is paid provisionally, until the Antrag is decided. The Kasse pays for
    everybody; Sachgebietsleitung and Revision see the cases they may open.
    """
    # As agreed and decided: by the rule of the first day, not by that of today.
    modus = Wertetafel("teilmonat_modus")
    budgets = _budgets(user, stichtag)
    neu, ruhend = neufestsetzungen(budgets), ruhezeiten(budgets)
    vorlaeufige = _by_antrag(wirksame_vorlaeufige(_sichtbare(user, stichtag)))
    rows = list(budgets.values_list(*_SPALTEN))
    erste: dict[int, int] = {}
    for pk, _, antrag, *_ in rows:
        erste[antrag] = min(pk, erste.get(antrag, pk))
    found: list[Zahlung] = []
    for pk, fall, antrag, zuvor, *werte in rows:
        plan = _plan(werte, modus, neu.get(pk, ()), ruhend.get(pk, ()))
        if plan is None:
            continue
        # What was rendered provisionally is counted against the first grant of the Antrag.
        vorab = vorlaeufige.get(antrag, ()) if erste[antrag] == pk else ()
        davor = [(zuvor, False)] if zuvor is not None else []
        davor += [(row.bescheid, True) for row in vorab]
        found.append(Zahlung((pk, False), fall, plan, tuple(davor)))
    return [*found, *_before_decision(vorlaeufige.values(), modus)]


_SPALTEN = (
    *("pk", "case_id", "antrag_id", "vorgaenger", "geld", "abzug", "beginn", "erste", "wirksam"),
    *("verbrauch", "ende", "gilt_bis", "aufgehoben"),
    "case__leistungsberechtigte_person__verstorben_am",
)


def _plan(
    werte: Sequence[Any],
    modus: Wertetafel,
    neu: tuple[Neufestsetzung, ...],
    ruhend: tuple[Ruhezeit, ...],
) -> Zahlungsplan | None:
    """Return what a grant gives, None where all is kept back or it is lifted from the start."""
    geld, abzug, beginn, erste, wirksam, verbrauch, *tage = werte
    ende = _last_day(*tage)
    if geld <= min([abzug, *(n.abzug for n in neu)]) or (ende is not None and ende < beginn):
        return None
    return Zahlungsplan(
        geld,
        beginn,
        ende,
        erste or beginn,
        wirksam,
        _modus(modus, beginn),
        abzug,
        _monate(verbrauch),
        neu,
        ruhend,
    )


def _before_decision(
    je_antrag: Iterable[Sequence[Vorlaeufiges]], modus: Wertetafel
) -> Iterator[Zahlung]:
    """Return what is paid provisionally; a later decision counts what the one before it paid."""
    for rows in je_antrag:
        zuvor: tuple[Zahlungsgrund, ...] = ()
        for row in rows:
            grund = (row.bescheid, True)
            if row.wird_gezahlt:
                weise = _modus(modus, row.von)
                plan = Zahlungsplan(row.betrag, row.von, row.bis, row.von, row.wirksam, weise)
                yield Zahlung(grund, row.fall, plan, zuvor)
            zuvor = (grund,)


def _sichtbare(user: User, stichtag: date) -> QuerySet[Case] | None:
    """Return the cases that the user may see, None where it is all of them."""
    return None if user.has_rolle(Rolle.KASSE) else access.visible_to(user, stichtag)


def _by_antrag(rows: Iterable[Vorlaeufiges]) -> dict[int, list[Vorlaeufiges]]:
    found: dict[int, list[Vorlaeufiges]] = {}
    for row in rows:
        found.setdefault(row.antrag, []).append(row)
    return found


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
    sichtbar = _sichtbare(user, stichtag)
    if sichtbar is not None:
        rows = rows.filter(case__in=sichtbar)
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


def orders_of(user: User, stichtag: date) -> list[Zahlanordnung]:
    """Return the orders to pay that stand and that `user` may see, the oldest first; two queries.

    Also those of a grant under which nothing is due any more, and those before any grant.
    """
    sichtbar = _sichtbare(user, stichtag)
    fest = Anweisung.objects.select_related("angewiesen_von", "persoenliches_budget")
    vorab = VorlaeufigeAnweisung.objects.select_related("angewiesen_von", "bescheid")
    if sichtbar is not None:
        fest = fest.filter(persoenliches_budget__case__in=sichtbar)
        vorab = vorab.filter(bescheid__case__in=sichtbar)
    found: list[Zahlanordnung] = list(fest.filter(zurueckgenommen_am=None))
    # The grounds of a decision are nothing that the Kasse reads.
    vorab = vorab.defer("bescheid__sachverhalt", "bescheid__gruende", "bescheid__ermessen")
    found += vorab.filter(zurueckgenommen_am=None)
    return sorted(found, key=lambda row: row.monat)


def rueckforderungen_of(
    user: User,
    stichtag: date,
    zahlungen: Sequence[Zahlung],
    anweisungen: Sequence[Zahlanordnung],
) -> Mapping[Zahlungsgrund, Sequence[Rueckforderung]]:
    """Return what decisions in effect ask back, by what it was paid under; at most two queries.

    What was rendered provisionally is settled with the grant that it is counted against; where
    nothing was granted, with the provisional decisions in the order of their days.
    """
    if not anweisungen:
        return {}
    sichtbar = _sichtbare(user, stichtag)
    gefordert = wirksame_rueckforderungen(sichtbar)
    vorab = any(budget is None for budget, *_ in gefordert)
    vorlaeufige = _by_antrag(wirksame_vorlaeufige(sichtbar) if vorab else ())
    ersetzt = {grund: z.grund for z in zahlungen for grund in z.davor}
    found: dict[Zahlungsgrund, list[Rueckforderung]] = {}
    for budget, antrag, von, bis, betrag in gefordert:
        if budget is not None:
            found.setdefault((budget, False), []).append(Rueckforderung(von, bis, betrag))
            continue
        rest = betrag
        for row in vorlaeufige.get(antrag or 0, ()):
            grund = (row.bescheid, True)
            if grund in ersetzt:
                found.setdefault(ersetzt[grund], []).append(Rueckforderung(von, bis, rest))
                break
            anteil = min(rest, _ordered(anweisungen, grund, von, bis))
            found.setdefault(grund, []).append(Rueckforderung(von, bis, anteil))
            rest -= anteil
    return found


def _ordered(
    anweisungen: Iterable[Zahlanordnung], grund: Zahlungsgrund, von: date, bis: date
) -> Decimal:
    monate = (a for a in anweisungen if a.grund == grund and von.replace(day=1) <= a.monat <= bis)
    return sum((a.betrag for a in monate), Decimal("0.00"))


def anweisung_or_none(pk: int, *, vorlaeufig: bool = False) -> Zahlanordnung | None:
    """Return an order with its case, None where there is none or it is taken back."""
    if vorlaeufig:
        vorab = VorlaeufigeAnweisung.objects.filter(pk=pk, zurueckgenommen_am=None)
        return vorab.select_related("bescheid__case").first()
    rows = Anweisung.objects.filter(pk=pk, zurueckgenommen_am=None)
    return rows.select_related("persoenliches_budget__case").first()


def cases_of(faelle: Iterable[int]) -> dict[int, Case]:
    """Return the cases with the person and her accounts; three queries for any number."""
    rows = Case.objects.filter(pk__in=set(faelle)).select_related("leistungsberechtigte_person")
    rows = rows.prefetch_related("leistungsberechtigte_person__bankverbindungen")
    return {case.pk: case for case in rows}
