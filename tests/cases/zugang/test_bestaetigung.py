"""Identity confirmed again before steps of weight; sessions end by the clock."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Entwurf, Kontoaenderung, User
from cases.registry.routen import ROUTES
from cases.services.entwurf import new_vorgang
from tests.cases.zugang.conftest import JETZT
from tests.fabriken import make_fallmanager

pytestmark = pytest.mark.django_db
PASSWORT = "Teilhabe-Probe-2026"


def age(client, sekunden):
    """Make the last proof of identity this old."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - sekunden}
    ]
    session.save()


@pytest.fixture
def konto(behoerde) -> User:
    return make_fallmanager("jemand")


def url_of(konto) -> str:
    return reverse("konto_aendern", args=[konto.pk, "sperren"])


@pytest.mark.parametrize(("sekunden", "gesperrt"), [(0, True), (599, True), (600, False)])
def test_confirmation_counts_for_ten_minutes(client, erste, konto, uhr, sekunden, gesperrt):
    client.force_login(erste)
    age(client, sekunden)
    client.post(url_of(konto), {"begruendung": "ausgeschieden"})
    assert User.objects.get(pk=konto.pk).is_active is not gesperrt


def test_old_login_leads_to_confirmation_and_back_with_what_was_typed(client, erste, konto, uhr):
    client.force_login(erste)
    age(client, 601)
    url = url_of(konto)
    form = {"begruendung": "ausgeschieden", "vorgang": new_vorgang(erste.pk)}
    response = client.post(url, form, headers={"referer": f"http://testserver{url}"})
    weg = f"{reverse('account_reauthenticate')}?next={url.replace('/', '%2F')}"
    assert response["Location"] == weg
    assert Kontoaenderung.objects.count() == 0
    assert "Noch ist nichts geschehen" in client.get(weg).text
    assert client.post(weg, {"password": "falsch", "next": url}).status_code == 200
    response = client.post(weg, {"password": PASSWORT, "next": url})
    assert response["Location"] == url
    page = client.get(url)
    assert "ausgeschieden" in page.text
    form["vorgang"] = page.context["form"]["vorgang"].value()
    assert client.post(url, form).status_code == 302
    assert User.objects.get(pk=konto.pk).is_active is False
    assert Entwurf.objects.count() == 0


def test_button_without_a_page_of_its_own_leads_back_to_the_page_before(client, erste, konto):
    client.force_login(erste)
    age(client, 601)
    vorher = reverse("konto", args=[konto.pk])
    response = client.post(
        reverse("kontoaenderung_zurueckziehen", args=[1]),
        headers={"referer": f"http://testserver{vorher}"},
    )
    assert response["Location"].endswith(f"?next={vorher.replace('/', '%2F')}")


def test_foreign_referer_is_not_followed(client, erste, konto):
    client.force_login(erste)
    age(client, 601)
    url = url_of(konto)
    response = client.post(url, {}, headers={"referer": "https://boese.example/x"})
    assert "boese" not in response["Location"]


def test_looking_at_the_form_needs_no_confirmation(client, erste, konto):
    client.force_login(erste)
    age(client, 601)
    assert client.get(url_of(konto)).status_code == 200


def test_releases_and_accounts_ask_for_it():
    names = {row.name for row in ROUTES.values() if row.bestaetigt}
    assert len(names) >= 12
    assert {
        "gesamtplan_freigeben",
        "bescheid_freigabe",
        "eigener_wert_freigeben",
        "textbaustein_freigeben",
        "instrument_freigeben",
        "konto_neu",
        "konto_aendern",
        "kontoaenderung",
        "serie_freigeben",
        "folge_freigabe",
        "eigener_wert_abloesen",
        "forderung_anerkennen",
        "forderung_konto",
        "traegerwechsel_abgeben",
        # What stands on every letter, and who signs it.
        "behoerde_aendern",
        "behoerde_unterschrift",
        "team_dienststelle",
    } <= names


def test_login_by_the_form_counts_as_confirmed(client, erste, konto, uhr):
    client.post(reverse("account_login"), {"login": "erste", "password": PASSWORT})
    client.post(url_of(konto), {"begruendung": "ausgeschieden"})
    assert User.objects.get(pk=konto.pk).is_active is False


@pytest.mark.parametrize(("sekunden", "status"), [(1799, 200), (1800, 200), (1801, 302)])
def test_idle_session_ends_after_thirty_minutes(client, fallmanager, uhr, sekunden, status):
    client.force_login(fallmanager)
    assert client.get("/").status_code == 200
    uhr.move_to(JETZT + timedelta(seconds=sekunden))
    assert client.get("/").status_code == status
    assert bool(client.session.get("_auth_user_id")) is (status == 200)


@pytest.mark.parametrize(("sekunden", "status"), [(0, 200), (1, 302)])
def test_session_ends_after_ten_hours_of_work(client, fallmanager, uhr, sekunden, status):
    client.force_login(fallmanager)
    client.get("/")
    for minute in range(25, 600, 25):
        uhr.move_to(JETZT + timedelta(minutes=minute))
        assert client.get("/").status_code == 200
    uhr.move_to(JETZT + timedelta(hours=10, seconds=sekunden))
    assert client.get("/").status_code == status


def test_logout_ends_the_session_on_the_server(client, fallmanager):
    client.force_login(fallmanager)
    alt = client.cookies["fallwerk_session"].value
    client.post(reverse("account_logout"))
    client.cookies["fallwerk_session"] = alt
    assert client.get("/").status_code == 302


def test_login_gives_a_new_session_id(client, fallmanager):
    client.get(reverse("account_login"))
    client.cookies["fallwerk_session"] = "vorgegeben-vom-angreifer-0123456"
    client.post(reverse("account_login"), {"login": "fallmanager", "password": PASSWORT})
    assert client.cookies["fallwerk_session"].value != "vorgegeben-vom-angreifer-0123456"
    assert client.get("/").status_code == 200


def test_list_of_devices_ends_the_others(fallmanager):
    from django.test import Client

    here, there = Client(HTTP_USER_AGENT="Firefox Linux"), Client(HTTP_USER_AGENT="Edg Windows")
    for browser in (here, there):
        browser.post(reverse("account_login"), {"login": "fallmanager", "password": PASSWORT})
    page = here.get(reverse("usersessions_list")).text
    assert "Edge unter Windows" in page
    here.post(reverse("usersessions_list"))
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
