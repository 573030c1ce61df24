"""A Leistung of the plan may serve several goals (§ 121 Abs. 4 Nr. 3 SGB IX)."""

from __future__ import annotations

from dataclasses import fields
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Leistung
from gesamtplan.models.angaben import Leistungsangaben
from gesamtplan.models.doppelung import doppelte_paare
from gesamtplan.models.stand import werte_of_leistung
from gesamtplan.models.zielbezug import nummern_in_worten
from gesamtplan.models.zielhinweis import budgetfolge
from gesamtplan.plan import guards
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.queries.vergleich import compare_versions
from gesamtplan.plan.queries.zeitbild import zeitbild_of
from gesamtplan.plan.schreiben.gesamtplan import gesamtplan_daten
from gesamtplan.plan.schreiben.kurzfassung import leicht_daten
from gesamtplan.plan.services import freigabe, gesamtplan, leistung, teilhabeziel
from gesamtplan.states import Leistungsform
from gesamtplan.teilhabeplan.queries import _leistungen, find_plan
from tests.fabriken import HEUTE
from tests.gesamtplan.bausteine import add_leistung_zu, add_ziel, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(fallmanager):
    """Three goals; the Leistung of the first serves the third too."""
    plan = make_plan(fallmanager)
    add_ziel(plan, fallmanager, "Ich wasche.")
    drei = add_ziel(plan, fallmanager, "Ich reise.")
    Leistung.objects.filter(gesamtplan=plan).update(weitere_ziele=[drei.kennung])
    return get_plan(plan.pk)


def _row(plan):
    return plan.leistungen.all()[0]


def _change(plan, by, **anders):
    row = plan.leistungen.get()
    werte = {f.name: getattr(row, f.name) for f in fields(Leistungsangaben)}
    angaben = Leistungsangaben(**werte | anders)
    return leistung.update_leistung(leistung=row, angaben=angaben, by=by, tag=HEUTE)


def test_goals_are_kept_in_the_order_of_the_plan_and_the_main_one_is_none_of_them(
    plan, fallmanager
):
    eins, zwei, drei = plan.teilhabeziele.all()
    gewaehlt = {drei.kennung, zwei.kennung, eins.kennung}
    row = _change(plan, fallmanager, weitere_ziele=gewaehlt)
    assert row.weitere_ziele == [zwei.kennung, drei.kennung]
    assert _change(plan, fallmanager, weitere_ziele=()).weitere_ziele == []


def test_a_goal_of_no_or_another_version_is_refused(plan, fallmanager):
    for fremd in (uuid4(), make_plan(fallmanager).teilhabeziele.get().kennung):
        with pytest.raises(SchrittUnzulaessig, match="gehört zu einer anderen Fassung"):
            _change(plan, fallmanager, weitere_ziele={fremd})


@pytest.mark.parametrize(
    ("anzahl", "worte"), [(0, ""), (1, "1"), (2, "1 und 2"), (3, "1, 2 und 3")]
)
def test_numbers_are_listed_as_a_sentence_does(plan, anzahl, worte):
    assert nummern_in_worten(reversed(plan.teilhabeziele.all()[:anzahl])) == worte


def test_page_and_papers_name_all_its_goals(client, plan, fallmanager):
    client.force_login(fallmanager)
    seite = client.get(reverse("gesamtplan_version", args=[plan.case_id, 1])).text
    assert ">1 und 3<" in seite
    assert ">1 und 3<" in client.get(reverse("gesamtplan_zeitbild", args=[plan.case_id, 1])).text
    eintrag = gesamtplan_daten(plan)["leistungen"][0]["eintraege"][0]
    assert eintrag["ziel"] == "1 und 3"
    gelesen = find_plan(plan.case, {"version": 1})
    assert _leistungen(gelesen)[0]["eintraege"][0]["ziel"] == "1 und 3"
    leicht = [bool(ziel["leistungen"]) for ziel in leicht_daten(plan)["ziele"]]
    assert leicht == [True, False, True]


def test_versions_are_compared_with_it(plan, fallmanager, leitung):
    neu = _continued(plan, fallmanager, leitung)
    alt = get_plan(neu.vorgaenger_id)
    assert compare_versions(alt=alt, neu=neu).leistungen[0].unveraendert
    _change(neu, fallmanager, weitere_ziele=())
    teil = compare_versions(alt=alt, neu=get_plan(neu.pk)).leistungen[0]
    assert [f.bezeichnung for f in teil.felder if f.geaendert] == ["Dient dem Ziel"]


def _continued(plan, fallmanager, leitung):
    freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    alt = freigabe.release_gesamtplan(gesamtplan=get_plan(plan.pk), by=leitung, tag=HEUTE)
    return gesamtplan.continue_gesamtplan(
        gesamtplan=alt, anlass="Umzug", datum=HEUTE, by=fallmanager, tag=HEUTE
    )


def test_next_version_keeps_them(plan, fallmanager, leitung):
    neu = _continued(plan, fallmanager, leitung)
    row = _row(neu)
    assert row.zielnummern == "1 und 3"
    assert {ziel.gesamtplan_id for ziel in row.ziele} == {neu.pk}


def test_leistung_stays_for_its_other_goal_and_forgets_a_removed_one(client, plan, fallmanager):
    eins, zwei, drei = plan.teilhabeziele.all()
    client.force_login(fallmanager)
    seite = client.get(reverse("teilhabeziel_entfernen", args=[plan.case_id, 1, 1])).text
    assert "Für ihre übrigen Ziele bleiben: Leistung 1" in seite
    assert "entfallen diese Leistungen" not in seite
    assert teilhabeziel.remove_teilhabeziel(ziel=eins, by=fallmanager, tag=HEUTE) == 0
    row = plan.leistungen.get()
    assert (row.teilhabeziel_id, row.weitere_ziele) == (drei.pk, [])
    _change(plan, fallmanager, weitere_ziele={zwei.kennung})
    assert teilhabeziel.remove_teilhabeziel(ziel=zwei, by=fallmanager, tag=HEUTE) == 0
    assert plan.leistungen.get().weitere_ziele == []
    assert teilhabeziel.remove_teilhabeziel(ziel=drei, by=fallmanager, tag=HEUTE) == 1


def test_same_leistung_twice_is_found_by_any_goal_they_share(plan, fallmanager):
    drei = plan.teilhabeziele.all()[2]
    add_leistung_zu(drei, fallmanager)
    neu = get_plan(plan.pk)
    assert len(list(doppelte_paare(neu.leistungen.all()))) == 1
    hindernis = guards.leistungen_ueberschneiden_sich_nicht(neu)
    assert "für Ziel 3 und" in hindernis.text
    add_leistung_zu(plan.teilhabeziele.all()[1], fallmanager, "Assistenz")
    # That for the second goal shares none with the others.
    assert len(list(doppelte_paare(get_plan(plan.pk).leistungen.all()))) == 1


def test_gap_is_told_for_each_goal(plan):
    Leistung.objects.filter(gesamtplan=plan).update(ende=HEUTE)
    luecken = zeitbild_of(get_plan(plan.pk)).luecken
    assert [luecke.worum for luecke in luecken] == ["Ziel 1", "Ziel 3"]


def test_end_of_one_goal_does_not_end_what_serves_others(plan, fallmanager):
    eins = plan.teilhabeziele.all()[0]
    eins.bedarf_endet = True
    Leistung.objects.filter(gesamtplan=plan).update(
        leistungsform=Leistungsform.PERSOENLICHES_BUDGET
    )
    text = budgetfolge(eins, get_plan(plan.pk).leistungen.all())
    assert "bleibt „Leistung 1“ für die übrigen Ziele" in text
    assert "endet das Persönliche Budget" not in text


def test_form_offers_the_goals_and_keeps_what_was_ticked(client, plan, fallmanager):
    row = _row(plan)
    client.force_login(fallmanager)
    url = reverse("leistung_bearbeiten", args=[plan.case_id, 1, row.pk])
    antwort = client.get(url)
    assert "Dient auch diesen Zielen" in antwort.text
    _, zwei, drei = plan.teilhabeziele.all()
    form = antwort.context["form"]
    daten = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() not in (None, "", [], False)
    }
    daten |= {
        "beginn": f"{row.beginn:%d.%m.%Y}",
        "weitere_ziele": [str(zwei.kennung), str(drei.kennung)],
    }
    falsch = client.post(url, daten | {"beginn": "gestern"})
    assert falsch.text.count("checked") == 2
    assert client.post(url, daten).status_code == 302
    assert plan.leistungen.get().zielnummern == "1, 2 und 3"
    # A goal of another plan cannot be ticked.
    del daten["vorgang"]
    fremd = client.post(url, daten | {"weitere_ziele": [str(uuid4())]})
    assert fremd.status_code == 422


def test_plan_with_one_goal_asks_for_no_other(client, fallmanager):
    plan = make_plan(fallmanager)
    client.force_login(fallmanager)
    text = client.get(reverse("leistung_neu", args=[plan.case_id, 1])).text
    assert "Dient auch diesen Zielen" not in text


def test_mark_of_the_form_covers_them(plan):
    assert werte_of_leistung(_row(plan))["weitere_ziele"] == _row(plan).weitere_ziele


def test_plan_read_with_its_parts_asks_nothing_for_them(plan, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [row.zielnummern for row in plan.leistungen.all()] == ["1 und 3"]
