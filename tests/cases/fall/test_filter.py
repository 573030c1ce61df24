"""Filters of the list of cases, and that they stay as their person left them."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import Case, Frist
from tests.fabriken import make_fall, make_traeger
from tests.gesamtplan import bausteine

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 11, 20)


@pytest.fixture
def drin(client, fallmanager):
    client.force_login(fallmanager)
    with time_machine.travel("2026-11-20 09:00:00+01:00", tick=False):
        yield client


def listed(client, **angaben) -> set[int]:
    response = client.get(reverse("faelle"), {"ordnung": "-eroeffnet", **angaben})
    return {case.pk for case, _farbe, _url in response.context["zeilen"]}


@pytest.mark.parametrize(
    ("wahl", "erwartet"),
    [
        ({"frist": "ueberfaellig"}, {"alt"}),
        ({"frist": "woche"}, {"bald"}),
        ({"frist": "monat"}, {"bald", "neu"}),
        ({"frist": "irgendwann"}, {"alt", "bald", "neu", "still"}),
    ],
)
def test_frist_restricts_to_what_ends_when(drin, fallmanager, wahl, erwartet):
    faelle = {
        "alt": make_fall(fallmanager, eingang=date(2026, 10, 1)),
        "bald": make_fall(fallmanager, eingang=date(2026, 11, 11)),
        "neu": make_fall(fallmanager, eingang=date(2026, 11, 19)),
        "still": make_fall(fallmanager, eingang=date(2026, 11, 19)),
    }
    Frist.objects.filter(case=faelle["still"]).update(state="aufgehoben")
    # One Frist each: what a case has besides would only blur the days.
    Frist.objects.exclude(regel="F01").update(state="aufgehoben")
    assert listed(drin, **wahl) == {faelle[name].pk for name in erwartet}


@pytest.mark.parametrize(
    ("stand", "tag"),
    [("A", "2017-12-31"), ("UE", "2018-01-01"), ("UE", "2019-12-31"), ("B", "2020-01-01")],
)
def test_rechtsstand_follows_the_first_day_of_the_case(drin, fallmanager, stand, tag):
    case = make_fall(fallmanager)
    Case.objects.filter(pk=case.pk).update(eroeffnet_am=tag)
    gefunden = {wahl for wahl in ("A", "UE", "B") if case.pk in listed(drin, recht=wahl)}
    assert gefunden == {stand}


def test_need_of_action_is_new_late_or_due(drin, fallmanager):
    neu = make_fall(fallmanager, eingang=date(2026, 11, 19))
    ruhig, faellig = make_fall(fallmanager), make_fall(fallmanager)
    for case in (ruhig, faellig):
        Frist.objects.filter(case=case).update(state="aufgehoben")
        Case.objects.filter(pk=case.pk).update(state="leistung_laeuft")
    create_wiedervorlage(
        case=faellig, user=fallmanager, am=HEUTE, anlass="x", by=fallmanager, tag=HEUTE
    )
    assert listed(drin, handlung="1") == {neu.pk, faellig.pk}


def test_leistungstraeger_of_the_plan_finds_its_cases(drin, fallmanager):
    plan = bausteine.make_leeren_plan(fallmanager)
    row = bausteine.add_leistung_zu(bausteine.add_ziel(plan, fallmanager), fallmanager)
    make_fall(fallmanager)
    andere = make_traeger("rentenversicherung", "DRV")
    assert listed(drin, traeger=row.leistungstraeger_id) == {plan.case_id}
    assert listed(drin, traeger=andere.pk) == set()


def test_choice_stays_for_its_person_until_it_is_lifted(drin, fallmanager, leitung):
    make_fall(fallmanager)
    listed(drin, frist="monat", recht="B")
    response = drin.get(reverse("faelle"))
    assert response["Location"] == f"{reverse('faelle')}?frist=monat&recht=B"
    fallmanager.refresh_from_db()
    assert fallmanager.listenfilter == {"faelle": {"frist": "monat", "recht": "B"}}
    drin.get(reverse("faelle"), {"alle": "1"})
    assert drin.get(reverse("faelle")).status_code == 200
    leitung.refresh_from_db()
    assert leitung.listenfilter == {}


def test_part_of_the_day_stays_chosen_and_hides_nothing_when_empty(drin, fallmanager):
    make_fall(fallmanager, eingang=date(2026, 10, 1))
    drin.get(reverse("start"), {"was": "ueberfaellig"})
    response = drin.get(reverse("start"))
    assert [a.schluessel for a in response.context["abschnitte"]] == ["ueberfaellig"]
    assert response.context["arten"] == []
    Frist.objects.update(state="aufgehoben")
    response = drin.get(reverse("start"))
    assert (response.context["was"], bool(response.context["arten"])) == ("", True)
