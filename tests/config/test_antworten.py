"""What every answer carries and what a hostile request gets: tried against all addresses."""

from __future__ import annotations

import re

import pytest
from django.urls import get_resolver, reverse

from tests.architektur.test_adressen import own_patterns
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _adressen():
    assert get_resolver().url_patterns


@pytest.mark.parametrize(
    "host", ["angreifer.example", "testserver.angreifer.example", "testserver@angreifer.example"]
)
def test_forged_host_is_refused(client, behoerde, host):
    assert client.get(reverse("account_login"), headers={"host": host}).status_code == 400


def test_forwarded_host_changes_nothing(client, fallmanager):
    client.force_login(fallmanager)
    gefaelscht = {
        "x-forwarded-host": "angreifer.example",
        "x-forwarded-proto": "https",
        "x-original-url": "/konten/",
        "x-rewrite-url": "/konten/",
        "x-http-method-override": "DELETE",
    }
    antwort = client.get(reverse("kalender"), headers=gefaelscht)
    assert antwort.status_code == 200
    assert "angreifer.example" not in antwort.text
    assert not antwort.wsgi_request.is_secure()


ZIELE = [
    "https://angreifer.example",
    "//angreifer.example",
    "/\\angreifer.example",
    "\\\\angreifer.example",
    "https:angreifer.example",
    "///angreifer.example",
    "/%0d%0aLocation:https://angreifer.example",
    "javascript:alert(1)",
    "\x01//angreifer.example",
    "https://testserver@angreifer.example/",
    "\thttps://angreifer.example",
]


@pytest.mark.parametrize("ziel", ZIELE)
def test_login_leads_nowhere_else(client, fallmanager, ziel):
    antwort = client.post(
        reverse("account_login"),
        {"login": fallmanager.username, "password": "Teilhabe-Probe-2026", "next": ziel},
    )
    assert antwort.status_code == 302
    assert re.match(r"/(?![/\\])", antwort["Location"])
    assert "\n" not in antwort["Location"]


@pytest.mark.parametrize("ziel", ZIELE)
def test_confirmation_leads_nowhere_else(client, fallmanager, ziel):
    client.force_login(fallmanager)
    antwort = client.post(
        reverse("account_reauthenticate"), {"password": "Teilhabe-Probe-2026", "next": ziel}
    )
    assert antwort.status_code == 302
    assert re.match(r"/(?![/\\])", antwort["Location"])


@pytest.mark.parametrize("anhang", ["x.css", "/x.css", ";x.css", "%2fx.css", "%00.png", "..;/x.js"])
def test_no_address_answers_under_a_second_name(client, fallmanager, anhang):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    for name in ("fall", "fall_person"):
        assert client.get(reverse(name, args=[case.pk]) + anhang).status_code == 404


@pytest.mark.parametrize(
    "pfad",
    [
        "/.git/config",
        "/.env",
        "/admin/",
        "/static/../config/settings.py",
        "/static/%2e%2e/manage.py",
        "/static/",
        "/media/",
        "/debug/",
        "/__debug__/",
        "/metrics",
        "/server-status",
        "/requirements/base.txt",
    ],
)
def test_nothing_beside_the_addresses_is_served(client, fallmanager, pfad):
    client.force_login(fallmanager)
    assert client.get(pfad).status_code == 404


@pytest.mark.parametrize("zahl", [2**31, 2**63])
def test_no_number_in_an_address_breaks_a_page(client, fallmanager, zahl):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    for pattern in own_patterns():
        arten = {n: type(c).__name__ for n, c in pattern.pattern.converters.items()}
        if "IntConverter" not in arten.values():
            continue
        werte = {
            n: "x" if a != "IntConverter" else case.pk if n == "fall" else zahl
            for n, a in arten.items()
        }
        assert client.get(reverse(pattern.name, kwargs=werte)).status_code < 500, pattern.name
        if "fall" in werte:
            werte["fall"] = zahl
            antwort = client.get(reverse(pattern.name, kwargs=werte))
            assert antwort.status_code in {403, 404}, pattern.name


def test_refusal_that_no_view_shows_is_told_with_its_sentence(client, fallmanager, behoerde):
    type(behoerde).objects.update(name="Landkreis-" + "W" * 90)
    client.force_login(fallmanager)
    antwort = client.get(reverse("antrag_formular_leer"))
    assert antwort.status_code == 409
    assert "breiter als die Seite" in antwort.text
