"""Reads of the moves of a person whose budget is paid: found from her addresses, never entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Left, Lower

from budget.models import PersoenlichesBudget, Umzug
from budget.states import BEWILLIGTE, Budgetzustand
from budget.states.umzug import Gebiet
from budget.unterbrechung.queries import pausen_of
from budget.verfahren.queries.gebiet import KREIS, area_of, ort_of
from cases.behoerde.queries.gebiet import Gebiete, muster_am
from cases.behoerde.queries.sitz import sitz
from cases.models import Anschrift, Anschriftzweck, Case, User, Wohnform, Wohnsituation
from cases.reihe import keys_of
from recht.laender import DEUTSCHLAND
from recht.umzug import Umzugsfolge, folge_des_umzugs

# What the law until 2019 tells apart; a form that is not here has to be looked at first.
_WOHNFORMEN: Mapping[str, str] = {
    Wohnform.EIGENE: "ambulant",
    Wohnform.ANGEHOERIGE: "ambulant",
    Wohnform.ASSISTENZ: "abw",
    Wohnform.GEMEINSCHAFT: "abw",
    Wohnform.BESONDERE: "tag_und_nacht",
    Wohnform.PFLEGEHEIM: "tag_und_nacht",
}


@dataclass(frozen=True)
class Umzugsfall:
    """One move: the new address, in whose area it lies as far as known, and what was decided."""

    anschrift: Anschrift
    bisher: Anschrift
    gebiet: str
    row: Umzug


def laufendes_budget(case: Case) -> PersoenlichesBudget | None:
    """Return the budget that is paid, None where none is."""
    rows = PersoenlichesBudget.objects.filter(case=case, state=Budgetzustand.LAEUFT)
    return rows.select_related("case__leistungsberechtigte_person").first()


def umzuege_of(budget: PersoenlichesBudget) -> list[Umzugsfall]:
    """Return the moves since a budget began, the newest first; two queries, one more with a move.

    Not those within the area of the authority, unless it was decided about them.
    """
    case = budget.case
    rows = Anschrift.objects.filter(
        leistungsberechtigte_person=case.leistungsberechtigte_person_id,
        verwendung=Anschriftzweck.WOHNUNG,
    ).order_by("gueltig_ab")
    bisherige = Umzug.objects.filter(case=case).select_related("entschieden_von")
    entschieden = {row.anschrift_id: row for row in bisherige}
    gebiete = Gebiete()
    found = []
    for bisher, neu in pairwise(rows):
        if neu.gueltig_ab <= budget.beginn:
            continue
        gebiet = area_of(ort_of(bisher), ort_of(neu), gebiete.am(neu.gueltig_ab))
        row = entschieden.get(neu.pk)
        if row is None and gebiet == Gebiet.INNERHALB:
            continue
        row = row or Umzug(case=case, persoenliches_budget=budget, anschrift=neu, am=neu.gueltig_ab)
        found.append(Umzugsfall(neu, bisher, row.gebiet or gebiet, row))
    return found[::-1]


def umzug_or_none(budget: PersoenlichesBudget, anschrift: int) -> Umzugsfall | None:
    """Return one move of the person since the budget began, None when there is none."""
    return next((u for u in umzuege_of(budget) if u.anschrift.pk == anschrift), None)


def first_open(budget: PersoenlichesBudget) -> Umzugsfall | None:
    """Return the oldest move about which nothing is decided, None where there is none."""
    return next((u for u in reversed(umzuege_of(budget)) if not u.row.entscheidung), None)


def consequence_of(lage: Umzugsfall, stichtag: date) -> Umzugsfolge:
    """Return what the law says about a move to another area; four queries and more for pauses."""
    budget = lage.row.persoenliches_budget
    return folge_des_umzugs(
        lage.anschrift.gueltig_ab,
        _wohnform(budget.case, lage.anschrift.gueltig_ab),
        bezug_seit=_since(budget),
        stichtag=max(stichtag, lage.anschrift.gueltig_ab),
        land=sitz(),
        pausen=pausen_of(budget.case),
        ins_ausland=lage.anschrift.land != DEUTSCHLAND,
    )


def _since(budget: PersoenlichesBudget) -> date:
    rows = PersoenlichesBudget.objects.filter(case=budget.case_id, state__in=BEWILLIGTE)
    erster: date | None = rows.aggregate(am=Min("beginn"))["am"]
    return erster or budget.beginn


def _wohnform(case: Case, am: date) -> str:
    rows = Wohnsituation.objects.filter(
        Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=am),
        leistungsberechtigte_person=case.leistungsberechtigte_person_id,
        gueltig_ab__lte=am,
    )
    row = rows.first()
    return _WOHNFORMEN.get(row.wohnform, "") if row else ""


def offene_umzuege(user: User) -> QuerySet[Any]:
    """Return the budgets of the own cases with a move to another area, one row for each.

    `neu_pk` and `neu_ab` name the new address; `area_of` tells the same of two rows.
    """
    person = "case__leistungsberechtigte_person"
    davor = Anschrift.objects.filter(
        leistungsberechtigte_person=OuterRef(person),
        verwendung=Anschriftzweck.WOHNUNG,
        gueltig_ab__lt=OuterRef("neu_ab"),
    ).order_by("-gueltig_ab")
    entschieden = Umzug.objects.filter(case=OuterRef("case"), anschrift=OuterRef("neu_pk"))
    wohnung = FilteredRelation(
        f"{person}__anschriften",
        condition=Q(**{f"{person}__anschriften__verwendung": Anschriftzweck.WOHNUNG}),
    )
    # Only columns that are named once: a condition on the relation would join it a second time.
    mit_ags = ~Q(alt_ags="") & ~Q(neu_ags="")
    mit_liste = Q(gebiet__isnull=False) & ~Q(neu_ags="")
    ohne_liste = Q(gebiet__isnull=True) | Q(neu_ags="")
    return (
        PersoenlichesBudget.objects.filter(
            state=Budgetzustand.LAEUFT,
            case__in_reihe=keys_of(Case.objects.filter(caseworker=user)),
        )
        .annotate(wohnung=wohnung)
        .filter(wohnung__gueltig_ab__gt=F("beginn"))
        .annotate(
            neu_pk=F("wohnung__pk"),
            neu_ab=F("wohnung__gueltig_ab"),
            neu_land=F("wohnung__land"),
            neu_ags=F("wohnung__gemeindeschluessel"),
            kreis=Left("wohnung__gemeindeschluessel", KREIS),
            ort=Lower("wohnung__ort"),
        )
        .annotate(
            alt_land=Subquery(davor.values("land")[:1]),
            alt_ort=Subquery(davor.values(klein=Lower("ort"))[:1]),
            alt_ags=Subquery(davor.values("gemeindeschluessel")[:1]),
        )
        .annotate(
            alt_kreis=Left("alt_ags", KREIS),
            gebiet=Subquery(muster_am(OuterRef("neu_ab")), output_field=CharField()),
        )
        .filter(
            ~Q(alt_land=F("neu_land"))
            | mit_liste & ~Q(neu_ags__regex=F("gebiet"))
            | ohne_liste & mit_ags & ~Q(alt_kreis=F("kreis"))
            | ohne_liste & ~mit_ags & ~Q(alt_ort=F("ort")),
            ~Exists(entschieden),
            alt_land__isnull=False,
        )
        .order_by("neu_ab", "pk")
    )
