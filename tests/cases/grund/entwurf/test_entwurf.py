"""Drafts: kept while somebody types, shown again, thrown away, never seen by others."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from cases.models import Entwurf, Formularvorgang
from cases.services import entwurf
from tests import uhr
from tests.fabriken import make_fall, make_fallmanager, make_team

JETZT = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
TEXT = "Frau O. möchte wieder allein einkaufen."


@pytest.fixture
def pfad(fallmanager):
    return reverse("zustaendigkeit", args=[make_fall(fallmanager).pk])


@pytest.fixture
def drin(client, fallmanager):
    client.force_login(fallmanager)
    return client


def send(client, pfad, **felder):
    daten = {"entwurf_pfad": pfad, "entwurf_titel": "Zuständigkeit feststellen", **felder}
    return client.post(reverse("entwurf_sichern"), daten)


@pytest.mark.django_db
def test_draft_is_kept_encrypted_and_comes_back(drin, fallmanager, pfad):
    with time_machine.travel(JETZT, tick=False):
        drin.force_login(fallmanager)
        answer = send(drin, pfad, begruendung=TEXT)
        page = drin.get(pfad)
    assert answer.json() == {"um": "09:00"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT daten::text FROM cases_entwurf")
        assert "einkaufen" not in cursor.fetchone()[0]
    assert TEXT in page.text
    assert "Ihr Entwurf vom 20.11.2026, 09:00 Uhr" in page.text
    row = Entwurf.objects.get()
    assert (row.titel, row.case.antraege.count()) == ("Zuständigkeit feststellen", 1)


@pytest.mark.django_db
def test_half_filled_draft_shows_no_errors(drin, pfad):
    send(drin, pfad, begruendung="")
    page = drin.get(pfad)
    assert page.context["form"].errors == {}
    assert "Bitte ausfüllen" not in page.text


@pytest.mark.django_db
def test_saving_deletes_the_draft(drin, pfad):
    send(drin, pfad, begruendung=TEXT)
    assert drin.post(pfad, {"begruendung": TEXT}).status_code == 302
    assert Entwurf.objects.count() == 0


@pytest.mark.django_db
def test_thrown_away_draft_is_gone(drin, pfad):
    send(drin, pfad, begruendung=TEXT)
    answer = drin.post(reverse("entwurf_verwerfen"), {"entwurf_pfad": pfad})
    assert (answer.status_code, answer["Location"]) == (302, pfad)
    assert Entwurf.objects.count() == 0
    assert TEXT not in drin.get(pfad).text


@pytest.mark.django_db
@pytest.mark.parametrize("ziel", ["https://anderswo.example/", "/gibt-es-nicht/", "/hilfe/", ""])
def test_draft_only_for_pages_that_take_input(drin, ziel):
    assert send(drin, ziel, begruendung=TEXT).status_code == 404
    assert Entwurf.objects.count() == 0


@pytest.mark.django_db
def test_draft_for_a_foreign_case_is_refused(client, pfad):
    client.force_login(make_fallmanager("fremd", make_team("Team Süd")))
    assert send(client, pfad, begruendung=TEXT).status_code == 404
    assert client.post(reverse("entwurf_verwerfen"), {"entwurf_pfad": pfad}).status_code == 404


@pytest.mark.django_db
def test_draft_of_a_colleague_is_not_shown(drin, client, pfad):
    send(drin, pfad, begruendung=TEXT)
    client.force_login(make_fallmanager("zweite"))
    assert TEXT not in client.get(pfad).text


@pytest.mark.django_db
def test_passwords_and_keys_are_never_kept(drin, pfad, fallmanager):
    send(drin, pfad, begruendung=TEXT, password="geheim", password1="geheim", vorgang="x")
    felder, _ = entwurf.take_entwurf(user=fallmanager, pfad=pfad)
    assert felder == {"begruendung": [TEXT]}


@pytest.mark.django_db
def test_too_long_a_draft_says_so_and_keeps_the_older_one(drin, pfad, fallmanager):
    send(drin, pfad, begruendung=TEXT)
    answer = send(drin, pfad, begruendung="x" * 400_001)
    assert (answer.status_code, "zu lang" in answer.json()["fehler"]) == (413, True)
    felder, _ = entwurf.take_entwurf(user=fallmanager, pfad=pfad)
    assert felder == {"begruendung": [TEXT]}


@pytest.mark.django_db
def test_old_drafts_and_keys_are_cleaned_up(drin, pfad, fallmanager):
    with time_machine.travel(JETZT, tick=False):
        entwurf.save_entwurf(user_id=fallmanager.pk, pfad=pfad, felder={"a": ["b"]})
        token = entwurf.new_vorgang(fallmanager.pk)
        entwurf.claim_vorgang(token=token, user=fallmanager, route="x")
    assert entwurf.clean_up(now=JETZT + timedelta(days=30)) == (0, 0)
    assert entwurf.clean_up(now=JETZT + timedelta(days=30, seconds=1)) == (1, 1)
    assert Formularvorgang.objects.count() == 0


@pytest.mark.django_db
def test_nobody_fills_the_house_with_drafts(fallmanager, monkeypatch):
    """The oldest goes; the drafts of others stay."""
    monkeypatch.setattr(entwurf, "ENTWUERFE_HOECHSTENS", 3)
    andere = make_fallmanager("andere")
    entwurf.save_entwurf(user_id=andere.pk, pfad="/a/", felder={"text": ["fremd"]})
    for n in range(5):
        with time_machine.travel(JETZT + timedelta(minutes=n), tick=False):
            entwurf.save_entwurf(user_id=fallmanager.pk, pfad=f"/{n}/", felder={"text": ["x"]})
    with time_machine.travel(JETZT + timedelta(minutes=9), tick=False):
        entwurf.save_entwurf(user_id=fallmanager.pk, pfad="/3/", felder={"text": ["y"]})
    eigene = Entwurf.objects.filter(user=fallmanager).order_by("pfad")
    assert list(eigene.values_list("pfad", flat=True)) == ["/2/", "/3/", "/4/"]
    assert Entwurf.objects.filter(user=andere).count() == 1


@pytest.mark.django_db
def test_sessions_that_are_over_go_in_the_night(drin, fallmanager):
    """With what was searched in them; those that run stay, and whoever is in stays in."""
    laufend = drin.session.session_key
    ablauf = uhr.JETZT - timedelta(minutes=1)
    for name, bis in (("vorbei", ablauf), ("noch", ablauf + timedelta(hours=1))):
        Session.objects.create(session_key=name, session_data="x", expire_date=bis)
        UserSession.objects.create(
            user=fallmanager, session_key=name, ip="127.0.0.1", last_seen_at=ablauf
        )
    entwurf.clean_up(now=uhr.JETZT)
    assert set(Session.objects.values_list("session_key", flat=True)) == {"noch", laufend}
    assert "vorbei" not in set(UserSession.objects.values_list("session_key", flat=True))
    assert UserSession.objects.filter(session_key="noch").exists()
    assert drin.get("/").status_code == 200
