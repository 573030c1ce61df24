"""The budget names the Antrag that it decides about."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from budget.bescheid.schreiben.bescheid import bescheid_daten
from budget.models import PersoenlichesBudget
from budget.verfahren.forms import BudgetForm
from budget.verfahren.queries import antraege_for_budget, fitting_antrag
from budget.verfahren.services import update_budget
from cases.antrag.services.antrag import record_antrag
from cases.fall.services.case import begin_ueberpruefung
from cases.frist.services.frist import start_frist
from cases.models import Antrag, Case, Weiterleitung
from cases.services.ereignis import gegenstand_of
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.fabriken import antrag_of, make_fall, make_traeger

pytestmark = pytest.mark.django_db


def _antrag(akte: fabriken.Akte, eingang: date, *, budget: bool = False) -> Antrag:
    return record_antrag(
        case=akte.case,
        eingang=eingang,
        weg="schriftlich",
        begehren="Weiteres",
        persoenliches_budget=budget,
        by=akte.fallmanager,
        tag=eingang,
    )


@pytest.fixture
def akte_b(db) -> fabriken.Akte:
    """Antrag of 02.03.2026, plan of 01.04.2026, no budget yet."""
    return fabriken.make_akte(fabriken.B)


def test_the_day_of_the_named_antrag_bounds_the_begin(akte_b):
    # § 108 Abs. 1 S. 2 SGB IX: not before the first of the month of that Antrag.
    spaet = _antrag(akte_b, date(2026, 5, 4))
    with pytest.raises(SchrittUnzulaessig, match=r"Frühester Beginn ist der 01.05.2026"):
        fabriken.start(akte_b, antrag=spaet, beginn=date(2026, 4, 1))
    assert fabriken.start(akte_b, antrag=spaet, beginn=date(2026, 5, 1)).antrag == spaet


def test_an_antrag_of_another_case_is_refused(akte_b):
    fremd = antrag_of(make_fall(akte_b.fallmanager, eingang=date(2026, 3, 2)))
    with pytest.raises(SchrittUnzulaessig, match="gehört zu einem anderen Fall"):
        fabriken.start(akte_b, antrag=fremd)
    budget = fabriken.start(akte_b)
    with pytest.raises(ProgrammingError, match="anderen Fall"), transaction.atomic():
        PersoenlichesBudget.objects.filter(pk=budget.pk).update(antrag=fremd)


def test_a_forwarded_antrag_is_refused(akte_b):
    antrag = antrag_of(akte_b.case)
    Weiterleitung.objects.create(
        antrag=antrag,
        an=make_traeger("rentenversicherung", "Rentenversicherung"),
        am=date(2026, 3, 9),
        grund="Reha",
    )
    with pytest.raises(SchrittUnzulaessig, match="ein anderer Träger"):
        fabriken.start(akte_b, antrag=antrag)


def test_the_antrag_may_be_changed_until_the_agreement_and_not_after(akte_b):
    budget = fabriken.start(akte_b)
    anderer = _antrag(akte_b, date(2026, 4, 13))
    rahmen = {"by": akte_b.fallmanager, "tag": date(2026, 4, 13)}
    budget = update_budget(budget=budget, antrag=anderer, beginn=budget.beginn, **rahmen)
    assert budget.antrag == anderer
    PersoenlichesBudget.objects.filter(pk=budget.pk).update(state="vereinbart")
    with (
        pytest.raises(ProgrammingError, match=r"Cannot update|permission denied"),
        transaction.atomic(),
    ):
        PersoenlichesBudget.objects.filter(pk=budget.pk).update(antrag=antrag_first(akte_b))


def antrag_first(akte: fabriken.Akte) -> Antrag:
    return akte.case.antraege.earliest("eingang")


@pytest.mark.parametrize(
    ("weitere", "erwartet"),
    [
        ((), 0),
        ((False,), 0),
        ((False, False), 0),
        ((True,), None),
    ],
)
def test_which_antrag_is_proposed(akte_b, weitere, erwartet):
    # The first one asks for a Persönliches Budget; `weitere` tells whether the others do, too.
    for n, budget in enumerate(weitere):
        _antrag(akte_b, date(2026, 4, 13 + n), budget=budget)
    rows = antraege_for_budget(akte_b.case)
    assert len(rows) == 1 + len(weitere)
    assert fitting_antrag(rows) == (None if erwartet is None else rows[erwartet])


def test_decided_antraege_are_not_offered_again_while_another_is_open(akte_b):
    budget = fabriken.start(akte_b)
    assert antraege_for_budget(akte_b.case) == [antrag_first(akte_b)]
    offen = _antrag(akte_b, date(2026, 4, 13))
    assert antraege_for_budget(akte_b.case) == [offen]
    assert antraege_for_budget(akte_b.case, budget) == [antrag_first(akte_b), offen]


def test_the_bescheid_prints_the_day_of_its_antrag(akte_b):
    zweiter = _antrag(akte_b, date(2026, 4, 13))
    fabriken.start(akte_b, antrag=zweiter)
    fabriken.insert_vorgelegt(akte_b)
    daten = bescheid_daten(
        bescheid=akte_b.bescheid, datum=akte_b.tage.bescheid, empfaenger=["Emil Muster"]
    )
    assert daten["antrag"]["eingang"] == "2026-04-13"


def test_a_review_of_the_case_meets_the_first_review_of_the_running_budget(akte_b):
    fabriken.start(akte_b)
    ueberpruefung = {"case": akte_b.case, "regel": "F31", "by": akte_b.leitung}
    tag = date(2026, 11, 2)
    start_frist(gegenstand=akte_b.budget, ausloeser=date(2026, 5, 1), **ueberpruefung)
    start_frist(gegenstand="persoenlichesbudget:0", ausloeser=date(2026, 5, 1), **ueberpruefung)
    PersoenlichesBudget.objects.filter(pk=akte_b.budget.pk).update(state="laeuft")
    Case.objects.filter(pk=akte_b.case.pk).update(state="leistung_laeuft")
    begin_ueberpruefung(case=akte_b.case, anlass="halbes Jahr", by=akte_b.fallmanager, tag=tag)
    assert dict(akte_b.case.fristen.filter(regel="F31").values_list("gegenstand", "state")) == {
        gegenstand_of(akte_b.budget): "gewahrt",
        "persoenlichesbudget:0": "offen",
    }


def test_form_asks_only_where_there_is_a_choice(akte_b):
    erster = antrag_first(akte_b)
    werte = {"beginn": "01.05.2026", "verfahrensart": "vereinfacht"}
    einer = BudgetForm(werte, antraege=[erster])
    assert "antrag" not in einer.fields
    assert einer.is_valid(), einer.errors
    assert einer.antrag == erster
    zweiter = _antrag(akte_b, date(2026, 4, 13))
    offen = BudgetForm(werte, antraege=[erster, zweiter])
    assert offen.errors["antrag"] == ["Bitte wählen Sie den Antrag."]
    gewaehlt = BudgetForm(werte | {"antrag": str(zweiter.pk)}, antraege=[erster, zweiter])
    assert gewaehlt.is_valid(), gewaehlt.errors
    assert gewaehlt.antrag == zweiter
    keiner = BudgetForm(werte, antraege=[])
    assert keiner.non_field_errors() == ["Für diesen Fall ist kein Antrag erfasst."]
