"""Dated absence: who sees what, who may stand in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases import access
from cases.models import Abwesenheit, Case
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.zugang.queries.abwesenheit import arbeitszeilen, list_abwesenheiten, vertretene_users
from cases.zugang.services.abwesenheit import (
    confirm_abwesenheit,
    create_abwesenheit,
    end_abwesenheit,
)
from tests.fabriken import make_fall, make_fallmanager, make_leitung, make_team, make_user

pytestmark = pytest.mark.django_db
VON, BIS = date(2026, 11, 23), date(2026, 11, 27)


@pytest.fixture
def kollege(fallmanager):
    return make_fallmanager("kollege", make_team("Team Süd"))


def noon(tag: date) -> datetime:
    return datetime.combine(tag, time(12), tzinfo=UTC)


def absent(user, vertretung, by=None, **angaben):
    tag = angaben.pop("tag", VON)
    werte = {"von": VON, "bis": BIS, "zeitpunkt": noon(tag)} | angaben
    return create_abwesenheit(user=user, vertretung=vertretung, by=by or user, **werte)


@pytest.mark.parametrize(
    ("tag", "sieht"),
    [(VON - timedelta(days=1), 0), (VON, 1), (BIS, 1), (BIS + timedelta(days=1), 0)],
)
def test_deputy_sees_the_cases_on_these_days_only(fallmanager, kollege, tag, sieht):
    make_fall(fallmanager)
    absent(fallmanager, kollege)
    assert access.visible_to(kollege, tag).count() == sieht
    assert vertretene_users(kollege, tag).count() == sieht


@pytest.mark.parametrize(("geschuetzte", "sieht"), [(False, 0), (True, 1)])
def test_protected_cases_only_when_the_leitung_says_so(
    fallmanager, kollege, leitung, geschuetzte, sieht
):
    Case.objects.filter(pk=make_fall(fallmanager).pk).update(geschuetzt=True)
    row = absent(fallmanager, kollege, leitung, geschuetzte=geschuetzte)
    confirm_abwesenheit(abwesenheit=row, by=fallmanager, zeitpunkt=noon(VON))
    assert access.visible_to(kollege, VON).count() == sieht


def test_protected_cases_cannot_be_opened_by_the_person(fallmanager, kollege):
    with pytest.raises(SchrittUnzulaessig, match="nur die Leitung"):
        absent(fallmanager, kollege, geschuetzte=True)


def test_a_deputy_of_a_deputy_sees_nothing(fallmanager, kollege):
    make_fall(fallmanager)
    dritte = make_fallmanager("dritte", make_team("Team West"))
    absent(fallmanager, kollege)
    absent(kollege, dritte)
    assert access.visible_to(dritte, VON).count() == 0


def test_abwesenheit_ohne_ueberschneidung(fallmanager, kollege):
    absent(fallmanager, kollege)
    with pytest.raises(SchrittUnzulaessig, match="schon eine Abwesenheit vom 23"):
        absent(fallmanager, kollege, von=BIS, bis=BIS)
    absent(fallmanager, kollege, von=BIS + timedelta(days=1), bis=BIS + timedelta(days=2))
    with (
        pytest.raises(IntegrityError, match="abwesenheit_ohne_ueberschneidung"),
        transaction.atomic(),
    ):
        Abwesenheit.objects.create(
            user=fallmanager, von=BIS, bis=BIS, vertretung=kollege, eingetragen_von=fallmanager
        )


def test_vertretung_ist_eine_andere_person(fallmanager):
    with pytest.raises(SchrittUnzulaessig, match="Niemand vertritt sich selbst"):
        absent(fallmanager, fallmanager)


def test_vertretung_anwesend_explains_a_cycle(fallmanager, kollege):
    absent(fallmanager, kollege)
    with pytest.raises(SchrittUnzulaessig, match="Das wäre ein Kreis"):
        absent(kollege, fallmanager)


def test_vertretung_anwesend_explains_a_chain(fallmanager, kollege):
    absent(kollege, make_fallmanager("dritte"))
    with pytest.raises(SchrittUnzulaessig, match="nicht weiter an die nächste"):
        absent(fallmanager, kollege)


def test_vertretung_darf_vertreten(fallmanager, kollege):
    kasse = make_user("kasse", Rolle.KASSE)
    with pytest.raises(SchrittUnzulaessig, match="braucht dieselbe Rolle"):
        absent(fallmanager, kasse)


def test_abwesenheit_beginnt_nicht_in_der_vergangenheit(fallmanager, kollege):
    with pytest.raises(SchrittUnzulaessig, match="beginnt frühestens heute"):
        absent(fallmanager, kollege, tag=VON + timedelta(days=1))


def test_only_the_person_or_their_leitung_enters(fallmanager, kollege, leitung):
    with pytest.raises(SchrittUnzulaessig, match="die Person selbst oder ihre Leitung"):
        absent(fallmanager, kollege, kollege)
    fremd = make_leitung("fremd", make_team("Team West"))
    with pytest.raises(SchrittUnzulaessig, match="die Person selbst oder ihre Leitung"):
        absent(fallmanager, kollege, fremd)
    assert absent(fallmanager, kollege, leitung).eingetragen_von == leitung


@pytest.mark.parametrize(
    ("tag", "bis", "aufgehoben"),
    [(VON, BIS, VON), (VON + timedelta(days=2), VON + timedelta(days=1), None)],
)
def test_ending_early_closes_the_cases_at_once(fallmanager, kollege, tag, bis, aufgehoben):
    make_fall(fallmanager)
    row = end_abwesenheit(abwesenheit=absent(fallmanager, kollege), by=fallmanager, tag=tag)
    assert (row.bis, row.aufgehoben_am) == (bis, aufgehoben)
    assert access.visible_to(kollege, tag).count() == 0


def test_leitung_is_told_when_the_deputy_is_away_too(fallmanager, kollege, leitung):
    absent(fallmanager, kollege)
    absent(kollege, make_fallmanager("dritte"))
    rows = [(r.titel, r.name) for r in arbeitszeilen(leitung, VON)]
    assert rows == [("Vertretung ist selbst abwesend", "für Fallmanager Beispiel")]
    assert [r.ohne_vertretung for r in list_abwesenheiten(leitung, VON)] == [True, False]


def test_deputy_of_a_leitung_sees_the_led_teams(fallmanager, leitung):
    make_fall(fallmanager)
    andere = make_leitung("andere", make_team("Team Süd"))
    assert access.visible_to(andere, VON).count() == 0
    absent(leitung, andere)
    assert access.visible_to(andere, VON).count() == 1
