"""Calendar pages and the secret address of the calendar."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse
from icalendar import Calendar

from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import Kalenderzugang
from cases.services.kalenderzugang import end_kalenderzugang
from cases.tisch.queries.kalender import calendar_days, weeks_of_month
from cases.tisch.services.kalenderzugang import read_kalenderzugang, renew_kalenderzugang
from cases.zugang.services.sitzung import end_sessions
from tests.fabriken import make_fall, make_fallmanager, make_leitung

pytestmark = pytest.mark.django_db

HEUTE = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _now():
    caches["prozess"].clear()
    caches["prozess"].set("behoerde", "Landkreis Musterau", None)
    with time_machine.travel("2026-03-03 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def case(fallmanager):
    case = make_fall(fallmanager, eingang=date(2026, 3, 2))
    create_wiedervorlage(
        case=case,
        user=fallmanager,
        am=date(2026, 3, 10),
        anlass="Emil anrufen",
        by=fallmanager,
        tag=HEUTE,
    )
    return case


def test_month_holds_fristen_wiedervorlagen_and_holidays(case, fallmanager):
    tage = [t for woche in weeks_of_month(date(2026, 4, 1)) for t in woche]
    found = calendar_days(fallmanager, tage, HEUTE, monat=4)
    assert found[date(2026, 4, 3)].feiertag == "Karfreitag"
    assert found[date(2026, 3, 31)].im_monat is False
    tage = [t for woche in weeks_of_month(HEUTE) for t in woche]
    found = calendar_days(fallmanager, tage, HEUTE, monat=3)
    assert [e.titel for e in found[date(2026, 3, 16)].eintraege] == ["Zuständigkeitsprüfung"]
    assert [e.art for e in found[date(2026, 3, 10)].eintraege] == ["Wiedervorlage"]
    assert found[HEUTE].heute is True


def test_colleague_sees_nothing_and_leitung_the_team(case, leitung):
    tage = [t for woche in weeks_of_month(HEUTE) for t in woche]
    fremd = calendar_days(make_fallmanager("zweite"), tage, HEUTE)
    assert [e for t in fremd.values() for e in t.eintraege] == []
    team = calendar_days(leitung, tage, HEUTE, team=True)
    assert len(team[date(2026, 3, 16)].eintraege) == 1


@pytest.mark.parametrize("seite", ["kalender", "kalender_woche"])
def test_pages_keep_their_queries(client, case, fallmanager, seite, django_assert_max_num_queries):
    client.force_login(fallmanager)
    client.get(reverse(seite))
    with django_assert_max_num_queries(12):
        assert client.get(reverse(seite), {"tag": "2026-03-16"}).status_code == 200


@pytest.mark.parametrize("tag", ["", "unsinn", "9999-12-31", "0001-01-01", "2026-02-30"])
def test_wrong_day_shows_today(client, case, fallmanager, tag):
    client.force_login(fallmanager)
    text = client.get(reverse("kalender"), {"tag": tag}).content.decode()
    assert "März" in text


def feed(client, schluessel):
    return client.get(reverse("kalender_feed", args=[schluessel]))


def test_feed_has_kinds_and_days_and_no_name(client, case, fallmanager):
    schluessel = renew_kalenderzugang(user=fallmanager, tag=HEUTE)
    antwort = feed(client, schluessel)
    events = Calendar.from_ical(antwort.content).walk("VEVENT")
    assert [(str(e["SUMMARY"]), e.decoded("DTSTART")) for e in events] == [
        ("Frist F01: Zuständigkeitsprüfung", date(2026, 3, 16)),
        ("Frist F04: Entscheidung ohne Gutachten", date(2026, 3, 23)),
        ("Wiedervorlage", date(2026, 3, 10)),
    ]
    frist = case.fristen.get(regel="F01")
    assert str(events[0]["UID"]).startswith(f"frist-{frist.pk}@")
    person = case.leistungsberechtigte_person
    text = antwort.content.decode()
    verraeter = (person.vorname, person.nachname, case.aktenzeichen, "anrufen")
    assert [wort for wort in verraeter if wort in text] == []


def test_secret_is_not_stored_and_long_enough(fallmanager):
    schluessel = renew_kalenderzugang(user=fallmanager, tag=HEUTE)
    row = Kalenderzugang.objects.get()
    assert len(schluessel) >= 43
    assert schluessel not in {row.schluessel_sha256, str(row.pk)}


def test_renewed_ended_and_deactivated_addresses_are_the_same_404(client, fallmanager):
    alt = renew_kalenderzugang(user=fallmanager, tag=HEUTE)
    neu = renew_kalenderzugang(user=fallmanager, tag=HEUTE)
    assert [feed(client, s).status_code for s in (alt, neu, "geraten")] == [404, 200, 404]
    fallmanager.is_active = False
    fallmanager.save()
    assert feed(client, neu).status_code == 404
    fallmanager.is_active = True
    fallmanager.save()
    end_kalenderzugang(user=fallmanager)
    assert feed(client, neu).status_code == 404


def test_address_ends_with_the_credentials_it_was_made_with(client, fallmanager):
    """It opens without password and second factor: who has stolen one must not keep the other."""
    schluessel = renew_kalenderzugang(user=fallmanager, tag=HEUTE)
    client.force_login(fallmanager)
    alt, neu = "Teilhabe-Probe-2026", "Zwetschgen-Anorak 77 lila"
    felder = {"oldpassword": alt, "password1": neu, "password2": neu}
    assert client.post(reverse("account_change_password"), felder).status_code == 302
    assert feed(client, schluessel).status_code == 404
    schluessel = renew_kalenderzugang(user=fallmanager, tag=HEUTE)
    end_sessions(fallmanager)
    assert feed(client, schluessel).status_code == 404


def test_new_address_asks_who_it_is(client, fallmanager):
    client.force_login(fallmanager)
    session = client.session
    del session["account_authentication_methods"]
    session.save()
    antwort = client.post(reverse("kalender_abo"))
    assert antwort["Location"].startswith(reverse("account_reauthenticate"))
    assert not Kalenderzugang.objects.exists()


def test_reading_is_noted(client, fallmanager):
    schluessel = renew_kalenderzugang(user=fallmanager, tag=HEUTE)
    feed(client, schluessel)
    feed(client, schluessel)
    row = Kalenderzugang.objects.get()
    assert (row.abrufe, row.zuletzt_gelesen is not None) == (2, True)


@pytest.mark.parametrize("schluessel", ["richtig", "falsch"])
def test_right_and_wrong_secret_cost_the_same_lookup(
    fallmanager, schluessel, django_assert_num_queries
):
    richtig = renew_kalenderzugang(user=fallmanager, tag=HEUTE)
    wert = richtig if schluessel == "richtig" else "x" * 43
    with django_assert_num_queries(2 if schluessel == "richtig" else 1):
        read_kalenderzugang(schluessel=wert, now=fallmanager.date_joined)


def test_too_many_readings_are_refused(client, fallmanager):
    status = [feed(client, "geraten").status_code for _ in range(62)]
    assert (status.count(404), status.count(429)) == (60, 2)


def test_page_shows_the_address_once(client, fallmanager):
    client.force_login(fallmanager)
    assert "Noch gibt es keine Adresse" in client.get(reverse("kalender_abo")).content.decode()
    text = client.post(reverse("kalender_abo")).content.decode()
    assert "fristen.ics" in text
    assert "fristen.ics" not in client.get(reverse("kalender_abo")).content.decode()
    client.post(reverse("kalender_abo_beenden"))
    assert not Kalenderzugang.objects.exists()


def test_leitung_without_team_has_an_empty_calendar(client, behoerde):
    client.force_login(make_leitung())
    assert client.get(reverse("kalender"), {"team": "1"}).status_code == 200
