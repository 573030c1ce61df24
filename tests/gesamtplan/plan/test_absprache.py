"""F38: until 2017 what is done is agreed on in writing, four weeks after it begins."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.models import Frist
from gesamtplan.models import Gesamtplan, Leistung
from gesamtplan.plan.services import freigabe, gesamtplan, uebergabe
from gesamtplan.vereinbarung import services as vereinbarung
from recht.fristkennung import Regel
from tests.gesamtplan import bausteine

pytestmark = pytest.mark.django_db
IN_A, BEGINN = date(2017, 3, 1), date(2017, 4, 1)


def stand(case):
    rows = Frist.objects.filter(case=case, regel=Regel.LEISTUNGSABSPRACHE).order_by("pk")
    return list(rows.values_list("gegenstand", "state"))


def release(plan, leitung, tag=IN_A, beginn=None):
    if beginn is not None:
        Leistung.objects.filter(gesamtplan=plan).update(beginn=beginn)
    plan = freigabe.submit_gesamtplan(gesamtplan=plan, by=plan.erstellt_von, tag=tag)
    return freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=tag)


@pytest.fixture
def plan(fallmanager, leitung):
    return release(bausteine.make_plan(fallmanager, IN_A), leitung, beginn=BEGINN)


def prepare(plan, by):
    return vereinbarung.create_planvereinbarung(
        gesamtplan=plan,
        beitrag_person="Ich übe.",
        beitrag_traeger="Wir fragen nach.",
        gilt_bis=date(2017, 12, 31),
        by=by,
        tag=IN_A,
    )


def hand(plan, by, *, unterschrieben, am=IN_A):
    uebergabe.hand_gesamtplan(
        gesamtplan=plan,
        an="Emil Muster",
        am=am,
        weg="persoenlich",
        unterschrieben=unterschrieben,
        by=by,
        tag=am,
    )


def test_it_runs_four_weeks_from_the_first_day_of_the_leistungen(plan):
    frist = Frist.objects.get(case=plan.case, regel=Regel.LEISTUNGSABSPRACHE)
    assert (frist.norm, frist.ausloeser_datum) == ("§ 12 SGB XII a.F.", BEGINN)
    assert frist.ende == BEGINN + timedelta(weeks=4)


def test_leistungen_that_began_before_the_plan_count_from_its_date(fallmanager, leitung):
    entwurf = bausteine.make_plan(fallmanager, IN_A)
    release(entwurf, leitung, beginn=date(2016, 5, 1))
    assert Frist.objects.get(regel=Regel.LEISTUNGSABSPRACHE).ausloeser_datum == IN_A


@pytest.mark.parametrize("tag", [date(2018, 3, 1), date(2026, 3, 2)])
def test_later_law_has_none(fallmanager, leitung, tag):
    plan = bausteine.make_freigegebenen_plan(fallmanager, leitung, tag)
    assert stand(plan.case) == []


def test_signed_absprache_meets_it(plan, fallmanager):
    row = prepare(plan, fallmanager)
    vereinbarung.complete_planvereinbarung(
        planvereinbarung=row, person_am=IN_A, traeger_am=IN_A, by=fallmanager, tag=IN_A
    )
    assert stand(plan.case) == [(f"gesamtplan:{plan.pk}", "gewahrt")]


@pytest.mark.parametrize(("unterschrieben", "danach"), [(True, "gewahrt"), (False, "offen")])
def test_signed_plan_stands_in_its_place(plan, fallmanager, unterschrieben, danach):
    hand(plan, fallmanager, unterschrieben=unterschrieben)
    assert stand(plan.case) == [(f"gesamtplan:{plan.pk}", danach)]


def test_plan_signed_too_late_has_missed_it(plan, fallmanager):
    hand(plan, fallmanager, unterschrieben=True, am=BEGINN + timedelta(weeks=5))
    assert stand(plan.case) == [(f"gesamtplan:{plan.pk}", "versaeumt")]


def test_absprache_that_is_given_up_lifts_it_until_another_is_prepared(plan, fallmanager):
    row = prepare(plan, fallmanager)
    vereinbarung.discard_planvereinbarung(
        planvereinbarung=row, grund="möchte nicht", by=fallmanager, tag=IN_A
    )
    assert stand(plan.case) == [(f"gesamtplan:{plan.pk}", "aufgehoben")]
    prepare(plan, fallmanager)
    assert stand(plan.case) == [(f"gesamtplan:{plan.pk}", "offen")]


@pytest.mark.parametrize("neue", [False, True])
def test_next_version_starts_it_again_with_leistungen_that_begin(plan, fallmanager, leitung, neue):
    spaeter = date(2017, 9, 1)
    neu = gesamtplan.continue_gesamtplan(
        gesamtplan=plan, anlass="Umzug", datum=spaeter, by=fallmanager, tag=spaeter
    )
    if neue:
        bausteine.add_leistung_zu(bausteine.add_ziel(neu, fallmanager), fallmanager)
    gesamtplan.update_planinhalte(
        gesamtplan=neu,
        texte={},
        ueberpruefung_am=date(2018, 9, 1),
        by=fallmanager,
        tag=spaeter,
    )
    neu = release(Gesamtplan.objects.get(pk=neu.pk), leitung, spaeter)
    erwartet = [(f"gesamtplan:{plan.pk}", "aufgehoben")]
    assert stand(plan.case) == erwartet + ([(f"gesamtplan:{neu.pk}", "offen")] if neue else [])
