"""What is rendered provisionally until an Antrag is decided, and what is counted against it.

Such money is credited to what is due in the end; what is more is asked back (§ 42 Abs. 2 SGB I).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, QuerySet, Subquery, Sum

from budget.bescheid.queries import bewilligt_fuer
from budget.models import (
    Folgebescheid,
    PersoenlichesBudget,
    VorlaeufigeAnweisung,
    Widerspruch,
)
from budget.models.folge import erster_tag_weniger
from budget.models.widerspruch import UNZULAESSIG
from budget.states import BESCHEID_FREI, BEWILLIGTE, Budgetzustand
from budget.states.folge import Folgeart, Folgezustand
from budget.states.widerspruch import SCHWEBEND
from cases.models import Antrag, Case
from recht.laenge import monatsende

_NULL = Decimal("0.00")
_TAG = timedelta(days=1)
# Paid out under the grant itself; before that the provisional decision still carries the payment.
_LAUFEND = (Budgetzustand.LAEUFT, Budgetzustand.BEENDET)


@dataclass(frozen=True)
class Vorlaeufiges:
    """A provisional decision in effect as the Kasse needs it: `betrag` is euro a month.

    `aendert` tells that it takes the place of an earlier one and ends no later than that; nothing
    is paid under one that ends it.
    """

    bescheid: int
    fall: int
    antrag: int
    betrag: Decimal
    von: date
    bis: date
    wirksam: date
    endgueltig: bool
    aendert: bool = False

    @property
    def wird_gezahlt(self) -> bool:
        """Tell whether the Antrag still waits for its decision and a day is left to pay for."""
        return not self.endgueltig and self.bis >= self.von


def _in_kraft(*arten: Folgeart) -> QuerySet[Folgebescheid]:
    """Return the decisions of these kinds that are made known and not successfully attacked."""
    rows = Folgebescheid.objects.filter(art__in=arten, wirksam_am__isnull=False)
    return rows.exclude(state=Folgezustand.ANGEFOCHTEN)


def _endgueltige(antrag: OuterRef) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Return the paid grants and the refusals of the Antrag asked about."""
    budgets = PersoenlichesBudget.objects.filter(antrag=antrag, state__in=_LAUFEND)
    return budgets, _in_kraft(Folgeart.ABLEHNUNG).filter(antrag=antrag)


def wirksame_vorlaeufige(
    faelle: QuerySet[Case] | None = None, *, ohne: int | None = None
) -> list[Vorlaeufiges]:
    """Return provisional decisions in effect, of these cases or of all, the oldest first.

    One query. It ends with its last day, with the month of a death (§ 59 S. 1 SGB I), when a
    refusal for want of cooperation is made known, and when the Antrag goes on to another carrier or
    its case is closed. A later decision takes the place of an earlier one from its first day on;
    one that gives less or nothing waits while it is attacked (§ 86a Abs. 1 S. 1 SGG). `ohne` is a
    decision that is left out.
    """
    budgets, ablehnungen = _endgueltige(OuterRef("antrag"))
    versagt: QuerySet[Any] = _in_kraft(Folgeart.VERSAGUNG).filter(antrag=OuterRef("antrag"))
    versagt = versagt.order_by().values("antrag").annotate(tag=Min("wirksam_am"))
    angegriffen = Widerspruch.objects.filter(schreiben=OuterRef("schreiben"))
    schwebend = angegriffen.filter(state__in=SCHWEBEND).exclude(UNZULAESSIG)
    rows = _in_kraft(Folgeart.VORLAEUFIG, Folgeart.VORLAEUFIG_AENDERUNG)
    rows = rows.exclude(Exists(schwebend), sofort_vollziehbar=False, nachteilig=True).annotate(
        bewilligt=Exists(budgets),
        abgelehnt=Exists(ablehnungen),
        versagt=Subquery(versagt.values("tag")),
    )
    if faelle is not None:
        rows = rows.filter(case__in=faelle)
    if ohne is not None:
        rows = rows.exclude(pk=ohne)
    spalten = (
        *("pk", "case_id", "antrag_id", "betrag", "zeitraum_von", "zeitraum_bis", "wirksam_am"),
        *("art", "wirkt_ab", "bewilligt", "abgelehnt", "versagt"),
        *("antrag__weiterleitung__am", "case__beendet_am"),
        "case__leistungsberechtigte_person__verstorben_am",
    )
    found = [_vorlaeufiges(*werte) for werte in rows.order_by("pk").values_list(*spalten)]
    return _ended_by_the_next(sorted(found, key=lambda row: (row.von, row.bescheid)))


def _ended_by_the_next(rows: list[Vorlaeufiges]) -> list[Vorlaeufiges]:
    """Let each decision end before the first day of the next one about the same Antrag.

    What changes another one takes its last day; where none runs any more it changes nothing.
    """
    je_antrag: dict[int, list[Vorlaeufiges]] = {}
    for row in rows:
        bisher = je_antrag.setdefault(row.antrag, [])
        gilt = bisher[-1] if bisher else None
        if row.aendert and (gilt is None or row.von > gilt.bis):
            continue
        if gilt is not None:
            bisher[-1] = replace(gilt, bis=min(gilt.bis, row.von - _TAG))
        if not row.aendert:
            bisher.append(row)
        elif row.betrag and gilt is not None:
            bisher.append(replace(row, bis=min(row.bis, gilt.bis)))
    alle = (row for found in je_antrag.values() for row in found)
    return sorted(alle, key=lambda row: (row.von, row.bescheid))


def _vorlaeufiges(*werte: Any) -> Vorlaeufiges:
    bescheid, fall, antrag, betrag, von, bis, wirksam, art, ab, *mehr = werte
    bewilligt, abgelehnt, versagt_am, fort, zu, tod = mehr
    aendert = art == Folgeart.VORLAEUFIG_AENDERUNG
    if aendert:
        von, bis = erster_tag_weniger(ab, wirksam, betrag), date.max
    letzte = [tag - _TAG for tag in (versagt_am, fort, zu) if tag is not None]
    if tod is not None:
        letzte.append(monatsende(tod))
    endgueltig = bewilligt or abgelehnt
    return Vorlaeufiges(
        bescheid,
        fall,
        antrag,
        betrag or _NULL,
        von,
        min([bis, *letzte]),
        wirksam,
        endgueltig,
        aendert,
    )


def vorlaeufiges_am(antrag: Antrag, tag: date, *, ohne: int | None = None) -> Vorlaeufiges | None:
    """Return what is rendered provisionally about an Antrag on a day, None where nothing is."""
    rows = wirksame_vorlaeufige(Case.objects.filter(pk=antrag.case_id), ohne=ohne)
    gilt = (row for row in rows if row.antrag == antrag.pk and row.von <= tag <= row.bis)
    return next(gilt, None)


def letzter_tag(antrag: Antrag) -> date | None:
    """Return the last day of what is rendered provisionally about an Antrag, None without any."""
    rows = wirksame_vorlaeufige(Case.objects.filter(pk=antrag.case_id))
    return max((row.bis for row in rows if row.antrag == antrag.pk), default=None)


def wirksame_rueckforderungen(
    faelle: QuerySet[Case] | None = None,
) -> list[tuple[int | None, int | None, date, date, Decimal]]:
    """Return budget, Antrag, first and last day and amount of what is asked back; one query.

    By decisions that are made known and not successfully attacked (§ 50 SGB X, § 42 Abs. 2 SGB I).
    """
    rows = _in_kraft(Folgeart.ERSTATTUNG, Folgeart.VORLAEUFIG_ZURUECK)
    if faelle is not None:
        rows = rows.filter(case__in=faelle)
    spalten = ("budget_id", "antrag_id", "zeitraum_von", "zeitraum_bis", "betrag")
    return list(rows.order_by("wirksam_am", "pk").values_list(*spalten))


def vorlaeufige_of(antrag: Antrag) -> list[Folgebescheid]:
    """Return the provisional decisions about an Antrag that are released, the first day first."""
    rows = Folgebescheid.objects.filter(
        antrag=antrag, art=Folgeart.VORLAEUFIG, state__in=BESCHEID_FREI
    )
    return list(rows.order_by("zeitraum_von", "pk"))


def erste_bekanntgabe(antrag: Antrag) -> date | None:
    """Return when provisional money about an Antrag was first made known, None before that."""
    rows = _in_kraft(Folgeart.VORLAEUFIG).filter(antrag=antrag)
    return rows.aggregate(tag=Min("wirksam_am"))["tag"]


def zuletzt_vorlaeufig(antrag: Antrag) -> date | None:
    """Return the day of the last released decision about provisional money, None without any."""
    rows = Folgebescheid.objects.filter(
        antrag=antrag,
        art__in=(Folgeart.VORLAEUFIG, Folgeart.VORLAEUFIG_AENDERUNG),
        state__in=BESCHEID_FREI,
    )
    return rows.aggregate(tag=Max("datum"))["tag"]


def vorlaeufig_am(case: Case, tag: date) -> Folgebescheid | None:
    """Return the provisional decision that was in force on a day, None where there was none.

    For the days that the Kasse pays for; a refusal ends it with the day on which it is made known.
    """
    gilt = [
        row.bescheid
        for row in wirksame_vorlaeufige(Case.objects.filter(pk=case.pk))
        if row.von <= tag <= row.bis
    ]
    abgelehnt = _in_kraft(Folgeart.ABLEHNUNG).filter(antrag=OuterRef("antrag"), wirksam_am__lte=tag)
    rows = Folgebescheid.objects.filter(pk__in=gilt).exclude(Exists(abgelehnt)).order_by("pk")
    return rows.select_related("schreiben").defer("schreiben__daten").first()


def vorab_angewiesen(antrag: Antrag, von: date | None = None, bis: date | None = None) -> Decimal:
    """Return what was ordered provisionally about an Antrag for months of a stretch, in euro."""
    rows = _anweisungen(antrag, von, bis)
    return rows.aggregate(s=Sum("betrag"))["s"] or _NULL


def _anweisungen(
    antrag: Antrag, von: date | None, bis: date | None
) -> QuerySet[VorlaeufigeAnweisung]:
    rows = VorlaeufigeAnweisung.objects.filter(bescheid__antrag=antrag, zurueckgenommen_am=None)
    if von is not None:
        rows = rows.filter(monat__gte=von.replace(day=1))
    return rows if bis is None else rows.filter(monat__lte=bis)


def bewilligung_of(antrag: Antrag) -> PersoenlichesBudget | None:
    """Return the first budget that was granted about an Antrag, None before that."""
    rows = PersoenlichesBudget.objects.filter(antrag=antrag, state__in=BEWILLIGTE)
    return rows.select_related("case").order_by("pk").first()


def ablehnung_wirksam(antrag: Antrag) -> bool:
    """Tell whether a refusal of the Antrag is made known and not successfully attacked."""
    return _in_kraft(Folgeart.ABLEHNUNG).filter(antrag=antrag).exists()


def zu_viel_geleistet(antrag: Antrag, von: date, bis: date) -> Decimal:
    """Return what was ordered provisionally for months of a stretch beyond what was due, in euro.

    Month by month, all that was ordered for one together: nothing is set off against another one.
    What the grant gives stays as if nothing had ended it; without a grant it is all of it.
    """
    budget = bewilligung_of(antrag)
    summe = _NULL
    je_monat = _anweisungen(antrag, von, bis).order_by().values_list("monat")
    for monat, betrag in je_monat.annotate(s=Sum("betrag")):
        zusteht = bewilligt_fuer(budget, monat, monatsende(monat)) if budget else _NULL
        summe += max(betrag - zusteht, _NULL)
    return summe


def abzurechnende(antraege: Sequence[Antrag]) -> list[Antrag]:
    """Return those Anträge about which money was rendered provisionally and that are decided."""
    return [
        antrag
        for antrag in antraege
        if vorab_angewiesen(antrag) and (bewilligung_of(antrag) or ablehnung_wirksam(antrag))
    ]
