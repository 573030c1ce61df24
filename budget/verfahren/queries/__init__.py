"""Reads of a Persönliches Budget and of what it rests on, with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects

from budget.models import (
    Bescheid,
    Folgebescheid,
    PersoenlichesBudget,
    Teilbudget,
    Widerspruch,
    Zielvereinbarung,
)
from budget.states import (
    ABGESCHLOSSEN,
    IN_ARBEIT,
    Bescheidzustand,
    Budgetzustand,
)
from budget.states.folge import Folgeart
from budget.states.widerspruch import Verfahrensausgang
from cases.models import Antrag, Case, Pruefkatalog, Traegerbeteiligung
from cases.models.pruefkatalog import Pruefergebnis
from cases.registry.textstelle import Platzhalter
from cases.vordruck import attach, rows_of
from gesamtplan.models import Gesamtplan, Konferenz, Leistung
from gesamtplan.states import Leistungsform, Planzustand
from gesamtplan.states.konferenz import Konferenzstand
from recht.pruefkatalog import Pruefkriterium, pruefkriterien

_IN_KRAFT = (Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT)


def get_budget(case: Case) -> PersoenlichesBudget | None:
    """Return the budget that the case works with: the open one, else the last one that ended.

    Five queries at most, whatever the number of Teilbudgets.
    """
    for budget in rows_of(_budget, fall=case.pk):
        budget.case = case
        bescheide = rows_of(_bescheide, budget=budget.pk)
        attach(budget, "teilbudgets", rows_of(_teilbudgets, budget=budget.pk))
        attach(budget, "zielvereinbarungen", rows_of(_vereinbarungen, budget=budget.pk))
        attach(budget, "bescheide", bescheide)
        prefetch_related_objects(bescheide, "schreiben__versand_liste")
        return budget
    return None


def _budget(fall: int) -> QuerySet[PersoenlichesBudget]:
    beendet = models.Case(models.When(state__in=ABGESCHLOSSEN, then=1), default=0)
    rows = PersoenlichesBudget.objects.filter(case_id=fall)
    rows = rows.select_related("gesamtplan__bedarfsermittlung", "antrag")
    return rows.order_by(beendet, "-beginn", "-id")[:1]


def _teilbudgets(budget: int) -> QuerySet[Teilbudget]:
    rows = Teilbudget.objects.filter(persoenliches_budget_id=budget)
    beteiligt = Traegerbeteiligung.objects.filter(
        antrag=OuterRef("persoenliches_budget__antrag"), traeger=OuterRef("leistungstraeger")
    )
    # The names of cached properties: the annotation fills what they would ask for one by one.
    gefuellt = {
        "stellungnahme_vom": Subquery(beteiligt.values("eingegangen_am")),
        "selbst_festgestellt_am": Subquery(beteiligt.values("selbst_festgestellt_am")),
    }
    return rows.select_related("leistung__teilhabeziel", "leistungstraeger").annotate(**gefuellt)


def _vereinbarungen(budget: int) -> QuerySet[Zielvereinbarung]:
    rows = Zielvereinbarung.objects.filter(persoenliches_budget_id=budget)
    rows = rows.select_related("unterzeichnet_traeger_von", "schreiben").order_by("-version")
    return rows.defer("schreiben__daten", "schreiben__empfaenger")


def _bescheide(budget: int) -> QuerySet[Bescheid]:
    rows = Bescheid.objects.filter(persoenliches_budget_id=budget)
    rows = rows.select_related("erstellt_von", "bearbeitet_von", "freigegeben_von", "schreiben")
    return rows.defer("schreiben__daten", "schreiben__empfaenger")


def antraege_for_budget(case: Case, budget: PersoenlichesBudget | None = None) -> list[Antrag]:
    """Return the Anträge that a budget may decide about, the oldest first.

    Those that were handed on are not among them, nor those that an earlier budget has decided
    about. When none is left, the earlier ones are: a running need goes on without a new Antrag.
    """
    hier = list(case.antraege.filter(weiterleitung__isnull=True).order_by("eingang", "id"))
    andere = PersoenlichesBudget.objects.filter(case=case)
    if budget is not None:
        andere = andere.exclude(pk=budget.pk)
    entschieden = set(andere.values_list("antrag_id", flat=True))
    return [antrag for antrag in hier if antrag.pk not in entschieden] or hier


def ablehnung_of(antrag: Antrag) -> Folgebescheid | None:
    """Return the refusal of an Antrag that is released and not successfully attacked."""
    return _decided(antrag, Folgeart.ABLEHNUNG)


def versagung_of(antrag: Antrag) -> Folgebescheid | None:
    """Return the refusal for want of cooperation, which may be made up for (§ 67 SGB I)."""
    return _decided(antrag, Folgeart.VERSAGUNG)


def _decided(antrag: Antrag, art: Folgeart) -> Folgebescheid | None:
    entwurf = (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT)
    rows = Folgebescheid.objects.filter(antrag=antrag, art=art).exclude(state__in=entwurf)
    gewonnen = Widerspruch.objects.filter(
        schreiben=OuterRef("schreiben"),
        ausgang__in=(Verfahrensausgang.ERFOLG, Verfahrensausgang.TEILERFOLG),
    )
    return rows.exclude(Exists(gewonnen)).order_by("-datum", "-id").first()


def fitting_antrag(antraege: Sequence[Antrag]) -> Antrag | None:
    """Return the only one, or the only one that asks for a Persönliches Budget; else None."""
    if len(antraege) == 1:
        return antraege[0]
    gewuenscht = [antrag for antrag in antraege if antrag.persoenliches_budget]
    return gewuenscht[0] if len(gewuenscht) == 1 else None


def released_gesamtplan(case: Case) -> Gesamtplan | None:
    """Return the newest released version of the plan."""
    return next(iter(rows_of(_released, fall=case.pk)), None)


def _released(fall: int) -> QuerySet[Gesamtplan]:
    rows = Gesamtplan.objects.filter(case_id=fall, state=Planzustand.FREIGEGEBEN)
    return rows.order_by("-version")[:1]


def list_leistungen(gesamtplan: Gesamtplan) -> Sequence[Leistung]:
    """Return the Leistungen of a plan that a Teilbudget may be set for, with carrier and goal."""
    return rows_of(_leistungen, plan=gesamtplan.pk)


def _leistungen(plan: int) -> QuerySet[Leistung]:
    return (
        Leistung.objects.filter(gesamtplan_id=plan)
        .filter(Q(leistungsform=Leistungsform.PERSOENLICHES_BUDGET) | Q(ergaenzend=True))
        .select_related("leistungstraeger", "teilhabeziel")
    )


def abweichungen_of(budget: PersoenlichesBudget, plan: Gesamtplan | None) -> list[str]:
    """Return how the plan in force differs from the one that the budget in force rests on.

    Leistungen of two versions meet by their `kennung`; two queries, none while it is the same plan.
    """
    if plan is None or plan.pk == budget.gesamtplan_id or budget.state not in _IN_KRAFT:
        return []
    alt = {leistung.kennung: leistung for leistung in list_leistungen(budget.gesamtplan)}
    neu = {leistung.kennung: leistung for leistung in list_leistungen(plan)}
    saetze = []
    for kennung, leistung in neu.items():
        bisher = alt.get(kennung)
        if bisher is None:
            saetze.append(f"„{leistung.bezeichnung}“ steht im Plan, aber nicht im Budget.")
        elif bisher.umfang != leistung.umfang:
            saetze.append(
                f"„{leistung.bezeichnung}“: im Plan {leistung.umfang}, im Budget {bisher.umfang}."
            )
    weg = (leistung for kennung, leistung in alt.items() if kennung not in neu)
    return saetze + [
        f"„{eine.bezeichnung}“ wird gezahlt, steht aber nicht im Plan." for eine in weg
    ]


def has_konferenz(case: Case, seit: date) -> bool:
    """Tell whether a conference of the case was held since this day, with closed minutes."""
    return Konferenz.objects.filter(
        case=case, state=Konferenzstand.DURCHGEFUEHRT, termin__gte=seit
    ).exists()


def open_budget(case: Case) -> PersoenlichesBudget | None:
    """Return the budget of the case that has not ended, the one in preparation before others."""
    rows = PersoenlichesBudget.objects.filter(case=case).exclude(state__in=ABGESCHLOSSEN)
    return rows.order_by("-beginn", "-id").first()


def budget_in_arbeit(case: Case) -> PersoenlichesBudget | None:
    """Return the budget of the case that is being prepared and not granted yet."""
    return PersoenlichesBudget.objects.filter(case=case, state__in=IN_ARBEIT).first()


def daneben_of(budget: PersoenlichesBudget) -> list[PersoenlichesBudget]:
    """Return the other budgets of the case that are granted or paid, the oldest first."""
    rows = PersoenlichesBudget.objects.filter(case=budget.case_id, state__in=_IN_KRAFT)
    return list(rows.exclude(pk=budget.pk).order_by("beginn", "id"))


def running_budget(case: Case) -> PersoenlichesBudget | None:
    """Return the budget that another one can follow: the running one, else the last that ended."""
    beendet = models.Case(models.When(state=Budgetzustand.BEENDET, then=1), default=0)
    rows = PersoenlichesBudget.objects.filter(
        case=case, state__in=(Budgetzustand.LAEUFT, Budgetzustand.BEENDET)
    )
    return rows.select_related("case", "antrag").order_by(beendet, "-beginn", "-id").first()


def has_laufende_auszahlung(case: Case) -> bool:
    """Tell whether money still flows or is about to: a Bescheid on its way will start it."""
    laufend = models.Q(state__in=[Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT])
    unterwegs = models.Q(
        state=Budgetzustand.VEREINBART,
        bescheide__state__in=[Bescheidzustand.FREIGEGEBEN, Bescheidzustand.VERSANDT],
    )
    return PersoenlichesBudget.objects.filter(laufend | unterwegs, case=case).exists()


_PHASE = {
    Budgetzustand.BEANTRAGT: "Bemessung",
    Budgetzustand.BEMESSEN: "Zielvereinbarung",
    Budgetzustand.ZIELVEREINBARUNG: "Zielvereinbarung",
    Budgetzustand.VEREINBART: "Bescheid",
}


def budgetphase(case: Case, stichtag: date) -> str:
    """Return the phase of the stepper in which the open budget of the case stands; one query."""
    budget = next(iter(rows_of(_budget, fall=case.pk)), None)
    return _PHASE.get(Budgetzustand(budget.state), "") if budget is not None else ""


def first_day_of(plan: Gesamtplan) -> date | None:
    """Return the day on which the first Leistung of a plan begins that can be a budget."""
    tage = [row.beginn for row in plan.leistungen.all() if not row.ergaenzend]
    return min(tage, default=None)


def last_day_of(plan: Gesamtplan) -> date | None:
    """Return the day on which the first of these Leistungen ends, None when none has an end.

    A budget that went on longer would pay for what the plan no longer provides.
    """
    enden = [row.ende for row in plan.leistungen.all() if row.ende and not row.ergaenzend]
    return min(enden, default=None)


@dataclass(frozen=True)
class Pruefstand:
    """What the newest check of an Antrag has shown: what is open and what is not there."""

    antrag: Antrag
    katalog: Pruefkatalog | None
    offen: tuple[Pruefkriterium, ...]
    nicht_erfuellt: tuple[Pruefkriterium, ...]


def pruefstand_of(antrag: Antrag) -> Pruefstand:
    """Return the newest check of an Antrag against the list of its day; two queries at most."""
    katalog = antrag.pruefkataloge.select_related("geprueft_von").order_by("-datum").first()
    rows = katalog.pruefpunkte.values_list("voraussetzung", "ergebnis") if katalog else ()
    ergebnis = dict(rows)
    kriterien = pruefkriterien("voraussetzung", antrag.eingang)
    offen = Pruefergebnis.OFFEN.value
    return Pruefstand(
        antrag,
        katalog,
        tuple(k for k in kriterien if ergebnis.get(k.schluessel, offen) == offen),
        tuple(k for k in kriterien if ergebnis.get(k.schluessel) == Pruefergebnis.NICHT_ERFUELLT),
    )


def pruefstaende_of(case: Case) -> list[Pruefstand]:
    """Return the checks of the Anträge that wish a Persönliches Budget, the newest first."""
    rows = case.antraege.filter(persoenliches_budget=True).order_by("-eingang", "-id")
    return [pruefstand_of(antrag) for antrag in rows]


def _beginn(case: Case, tag: date) -> str:
    budget = get_budget(case)
    return f"{budget.beginn:%d.%m.%Y}" if budget else ""


def _ende(case: Case, tag: date) -> str:
    budget = get_budget(case)
    return f"{budget.ende:%d.%m.%Y}" if budget and budget.ende else ""


PLATZHALTER = (
    Platzhalter("Beginn des Budgets", "erster Tag", _beginn, proben=("29.02.2028", "01.01.2026")),
    Platzhalter("Ende des Budgets", "letzter Tag", _ende, proben=("28.02.2030",)),
)
