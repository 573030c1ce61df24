"""The page of the Kasse: what is due in a month, for whom, on which account, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.models import Bescheid, PersoenlichesBudget
from cases.models import Bankverbindung, Schreiben, Versand
from tests.budget import fabriken
from tests.fabriken import make_leitung, make_team, make_user

pytestmark = pytest.mark.django_db
HEUTE = datetime(2026, 6, 15, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
IBAN = "DE89 3704 0044 0532 0130 00"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(HEUTE, tick=False):
        yield


def _running(kennung: str = "", *, tage: fabriken.Tage = fabriken.B):
    akte = fabriken.insert_vorgelegt(fabriken.make_akte(tage, kennung=kennung), tage)
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="laeuft")
    return akte


BIS_MAI = replace(fabriken.B, ende=date(2026, 5, 31))
AB_AUGUST = replace(fabriken.B, beginn=date(2026, 8, 1))


def _announce(akte, bekanntgabe: date) -> None:
    """Let the Bescheid be made known on a day."""
    schreiben: Schreiben = fabriken.make_schreiben(akte.case, akte.leitung, "bescheid")
    Versand.objects.create(
        schreiben=schreiben,
        weg="post",
        state="aufgegeben",
        an=["Emil Muster"],
        aufgabe_am=bekanntgabe,
        widerspruch_bis=bekanntgabe,
        bekanntgabe=bekanntgabe,
    )
    Bescheid.objects.filter(pk=akte.bescheid.pk).update(schreiben=schreiben)


def _text(client, user, monat: str = "") -> str:
    client.force_login(user)
    response = client.get(reverse("auszahlungen"), {"monat": monat} if monat else {})
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def _kasse():
    return make_user("kasse", "Kasse")


def test_kasse_sees_amount_payee_and_the_whole_account(client):
    akte = _running()
    text = _text(client, _kasse())
    assert akte.case.aktenzeichen in text
    assert "Fällig im Juni 2026" in text
    assert "1.793,00 €" in text
    assert IBAN in text
    assert "01.06.2026" in text


def test_account_of_somebody_else_is_named(client):
    akte = _running()
    konto = Bankverbindung.objects.get(
        leistungsberechtigte_person=akte.case.leistungsberechtigte_person
    )
    konto.kontoinhaber = "Ines Muster"
    konto.save()
    assert "Konto: Ines Muster" in _text(client, _kasse())


def test_leitung_and_revision_see_the_account_masked(client):
    akte = _running()
    for user in (akte.leitung, make_user("revision", "Revision")):
        text = _text(client, user)
        assert akte.case.aktenzeichen in text
        assert IBAN not in text
        assert "DE89 … 3000" in text


@pytest.mark.parametrize("wort", ["Haushalt", "Assistenz", "körperlich", "Pflege"])
def test_kasse_sees_nothing_of_need_and_goals(client, wort):
    _running()
    assert wort not in _text(client, _kasse())


def test_payment_of_the_day_itself_is_due_today(client):
    akte = _running()
    with time_machine.travel(HEUTE.replace(month=7, day=1), tick=False):
        text = _text(client, _kasse())
    assert akte.case.aktenzeichen in text
    assert "01.07.2026, heute" in text
    assert 'davon fällig bis heute</dt><dd class="fw-zahlen">1.793,00 €' in text


def test_first_month_decided_late_is_due_with_the_bekanntgabe(client):
    akte = _running()
    _announce(akte, date(2026, 6, 18))
    kasse = _kasse()
    assert "wird keine Auszahlung fällig" in _text(client, kasse, "2026-05")
    text = _text(client, kasse, "2026-06")
    # May is paid behindhand, June has begun: both on the day of the Bekanntgabe.
    assert text.count("18.06.2026") == 2
    assert text.count("nach der Entscheidung nachzuzahlen") == 2
    assert "<strong>3.586,00 €</strong>" in text
    # Today, on the 15th, nothing of it is due.
    assert 'davon fällig bis heute</dt><dd class="fw-zahlen">0,00 €' in text


def test_sum_is_what_is_due_and_others_stand_apart(client):
    _running("laeuft")
    endet = _running("endet", tage=BIS_MAI)
    beginnt = _running("beginnt", tage=AB_AUGUST)
    text = _text(client, _kasse())
    assert "<strong>1.793,00 €</strong>" in text
    _, kuenftig, beendet = text.split("<caption", 3)[1:]
    assert "Noch nicht begonnen" in kuenftig
    assert beginnt.case.aktenzeichen in kuenftig
    assert "01.08.2026" in kuenftig
    assert "Beendet: keine Zahlung mehr" in beendet
    assert endet.case.aktenzeichen in beendet


def test_past_month_of_an_ended_budget_can_be_looked_up(client):
    akte = _running(tage=BIS_MAI)
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="beendet")
    text = _text(client, _kasse(), "2026-05")
    assert "letzte Zahlung, Ende am 31.05.2026" in text
    assert "<strong>1.793,00 €</strong>" in text


def test_month_that_is_none_is_told_and_this_month_shown(client):
    _running()
    text = _text(client, _kasse(), "2026-13")
    assert "Diesen Monat gibt es hier nicht." in text
    assert "Fällig im Juni 2026" in text


def test_list_adds_up_over_all_budgets(client):
    _running()
    _running("zwei")
    assert "3.586,00 €" in _text(client, _kasse())


def test_leitung_sees_the_payments_of_her_teams_only(client):
    akte = _running()
    assert akte.case.aktenzeichen in _text(client, akte.leitung)
    andere = make_leitung("andere", make_team("Team Süd"))
    assert "wird keine Auszahlung fällig" in _text(client, andere)


def test_fallmanagement_has_no_such_page(client):
    akte = _running()
    client.force_login(akte.fallmanager)
    assert client.get(reverse("auszahlungen")).status_code == 403


@pytest.mark.parametrize("state", ["vereinbart", "bewilligt"])
def test_only_running_budgets_are_listed(client, state):
    akte = _running()
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state=state)
    assert akte.case.aktenzeichen not in _text(client, _kasse())


@pytest.mark.parametrize("anzahl", [1, 3])
def test_list_asks_the_same_queries_for_every_number_of_rows(
    client, anzahl, django_assert_num_queries
):
    for nummer in range(anzahl):
        _running(str(nummer))
    kasse = _kasse()
    client.force_login(kasse)
    client.get(reverse("auszahlungen"))
    # One of them for what is refunded to other carriers.
    with django_assert_num_queries(14):
        client.get(reverse("auszahlungen"))
