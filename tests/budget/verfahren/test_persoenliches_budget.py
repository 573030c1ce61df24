"""Beginning, changing, measuring and ending a budget."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from budget.models import PersoenlichesBudget
from budget.verfahren.services import end_budget, update_budget
from cases.fall.services.case import end_case
from cases.frist.services.frist import start_frist
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db


def test_start_budget_binds_from_its_beginning(akte):
    budget = fabriken.start(akte)
    assert (budget.state, budget.bindung_ab) == ("beantragt", date(2005, 12, 1))
    assert akte.case.ereignisse.filter(art="budget").get().text == (
        "Persönliches Budget angelegt ab 01.12.2005 bis 30.11.2007 auf den Antrag, eingegangen am "
        "12.09.2005"
    )


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        ({"beginn": date(2005, 8, 31)}, "liegt vor dem Tag der Kenntnis"),
        ({"befristungsgrund": ""}, "der Grund fehlt"),
        ({"ende": date(2005, 11, 30)}, "Das Ende liegt vor dem Beginn"),
    ],
)
def test_start_budget_refuses(akte, felder, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        fabriken.start(akte, **felder)
    assert PersoenlichesBudget.objects.count() == 0


def test_start_budget_refuses_a_second_one(akte):
    fabriken.start(akte)
    with pytest.raises(SchrittUnzulaessig, match="schon ein Persönliches Budget"):
        fabriken.start(akte)


def test_start_budget_refuses_the_plan_of_another_case(akte):
    fremd = fabriken.make_akte(kennung="zwei")
    akte.plan = fremd.plan
    with pytest.raises(SchrittUnzulaessig, match="gehört zu einem anderen Fall"):
        fabriken.start(akte)


def test_start_budget_is_no_step_of_the_fachdienst(akte):
    akte.fallmanager = make_user("dienst", "Fachdienst")
    with pytest.raises(SchrittUnzulaessig, match="der Rolle Fallmanagement oder"):
        fabriken.start(akte)


def test_update_budget_keeps_the_amounts_with_their_day(akte):
    fabriken.bemiss(akte)
    with pytest.raises(SchrittUnzulaessig, match="Mit dem Beginn ändert sich der Richtwert"):
        update_budget(
            budget=akte.budget,
            antrag=akte.budget.antrag,
            beginn=date(2006, 1, 1),
            by=akte.fallmanager,
            tag=akte.tage.plan,
        )
    budget = update_budget(
        budget=akte.budget,
        antrag=akte.budget.antrag,
        beginn=akte.tage.beginn,
        vergleichssumme=Decimal("3000"),
        by=akte.fallmanager,
        tag=akte.tage.plan,
    )
    assert (budget.ende, budget.befristungsgrund) == (None, "")
    assert budget.vergleichssumme == Decimal("3000")


def _running(akte):
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="laeuft")
    for regel in ("F30", "F31"):
        start_frist(
            case=akte.case,
            regel=regel,
            gegenstand=akte.budget,
            ausloeser=akte.budget.bindung_ab,
            by=akte.leitung,
        )


def test_end_budget_after_its_time_lifts_its_fristen(akte):
    fabriken.start(akte)
    _running(akte)
    budget = end_budget(
        budget=akte.budget, grund="Zeitablauf", by=akte.leitung, tag=date(2007, 12, 1)
    )
    assert budget.state == "beendet"
    # The binding of six months had run out long before; the sweep says so.
    assert dict(
        akte.case.fristen.filter(regel__in=["F30", "F31"]).values_list("regel", "state")
    ) == {
        "F30": "offen",
        "F31": "aufgehoben",
    }


def test_end_budget_before_its_time_needs_an_aufhebung(akte):
    fabriken.start(akte)
    _running(akte)
    with pytest.raises(SchrittUnzulaessig, match=r"gilt bis 30\.11\.2007"):
        end_budget(budget=akte.budget, grund="x", by=akte.leitung, tag=date(2007, 11, 30))


def test_case_with_a_running_budget_cannot_be_closed(akte):
    fabriken.start(akte)
    _running(akte)
    with pytest.raises(SchrittUnzulaessig, match="heben Sie den Bescheid auf"):
        end_case(case=akte.case, grund="x", by=akte.leitung, tag=akte.tage.plan)


@pytest.mark.parametrize("feld", ["beginn", "bindung_ab", "vergleichssumme", "befristungsgrund"])
def test_agreed_budget_is_fixed_in_the_database(vorgelegt, feld):
    wert = {"vergleichssumme": Decimal("1"), "befristungsgrund": "anders"}.get(
        feld, date(2005, 12, 2)
    )
    rows = PersoenlichesBudget.objects.filter(pk=vorgelegt.budget.pk)
    with pytest.raises(ProgrammingError, match="pgtrigger_vereinbart_fest"), transaction.atomic():
        rows.update(**{feld: wert})


@pytest.mark.parametrize(
    ("werte", "name"),
    [
        ({"befristungsgrund": ""}, "persoenliches_budget_befristung_begruendet"),
        ({"ende": date(2005, 11, 30)}, "persoenliches_budget_ende_nach_beginn"),
        ({"state": "irgendwie"}, "persoenliches_budget_state_gueltig"),
        ({"verfahrensart": "kurz"}, "persoenliches_budget_verfahrensart_gueltig"),
    ],
)
def test_database_refuses_a_wrong_frame(akte, werte, name):
    budget = fabriken.start(akte)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PersoenlichesBudget.objects.filter(pk=budget.pk).update(**werte)
