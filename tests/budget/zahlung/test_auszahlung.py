"""The page of the Kasse: amounts and payees, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.models import PersoenlichesBudget
from budget.zahlung.views import next_first
from tests.budget import fabriken
from tests.fabriken import make_leitung, make_team, make_user

pytestmark = pytest.mark.django_db
HEUTE = datetime(2026, 6, 15, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(HEUTE, tick=False):
        yield


def _running(kennung: str = ""):
    akte = fabriken.insert_vorgelegt(fabriken.make_akte(fabriken.B, kennung=kennung))
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="laeuft")
    return akte


def _text(client, user) -> str:
    client.force_login(user)
    response = client.get(reverse("auszahlungen"))
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_kasse_sees_amount_payee_and_masked_account(client):
    akte = _running()
    text = _text(client, make_user("kasse", "Kasse"))
    assert akte.case.aktenzeichen in text
    assert "1.793,00 €" in text
    assert "DE89 … 3000" in text
    assert "01.07.2026" in text


@pytest.mark.parametrize(
    "wort", ["DE89370400440532013000", "Haushalt", "Assistenz", "körperlich", "Pflege"]
)
def test_kasse_sees_nothing_of_need_and_goals(client, wort):
    _running()
    assert wort not in _text(client, make_user("kasse", "Kasse"))


def test_list_adds_up_over_all_budgets(client):
    _running()
    _running("zwei")
    assert "3.586,00 €" in _text(client, make_user("kasse", "Kasse"))


def test_leitung_sees_the_payments_of_her_teams_only(client):
    akte = _running()
    assert akte.case.aktenzeichen in _text(client, akte.leitung)
    andere = make_leitung("andere", make_team("Team Süd"))
    assert "Derzeit läuft keine Auszahlung." in _text(client, andere)


def test_fallmanagement_has_no_such_page(client):
    akte = _running()
    client.force_login(akte.fallmanager)
    assert client.get(reverse("auszahlungen")).status_code == 403


@pytest.mark.parametrize("state", ["vereinbart", "bewilligt", "beendet"])
def test_only_running_budgets_are_listed(client, state):
    akte = _running()
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state=state)
    assert akte.case.aktenzeichen not in _text(client, make_user("kasse", "Kasse"))


@pytest.mark.parametrize("anzahl", [1, 3])
def test_list_asks_the_same_queries_for_every_number_of_rows(
    client, anzahl, django_assert_num_queries
):
    for nummer in range(anzahl):
        _running(str(nummer))
    kasse = make_user("kasse", "Kasse")
    client.force_login(kasse)
    client.get(reverse("auszahlungen"))
    with django_assert_num_queries(7):
        client.get(reverse("auszahlungen"))


@pytest.mark.parametrize(
    ("tag", "erster"),
    [
        (date(2026, 6, 1), date(2026, 7, 1)),
        (date(2026, 6, 30), date(2026, 7, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2026, 1, 31), date(2026, 2, 1)),
    ],
)
def test_next_first(tag, erster):
    assert next_first(tag) == erster
