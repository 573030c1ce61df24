"""The second factor: asked of every role in production, secrets encrypted, codes used once."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import caches
from django.db import connection
from django.urls import reverse

from cases.states.rolle import Rolle
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
PASSWORT = "Teilhabe-Probe-2026"


def code(schritte=0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + schritte))


@pytest.fixture(autouse=True)
def _leer():
    name = caches["prozess"].get("behoerde")
    caches["prozess"].clear()
    caches["prozess"].set("behoerde", name, None)


@pytest.fixture
def mit_app(fallmanager):
    TOTP.activate(fallmanager, SECRET)
    return fallmanager


def anmelden(client):
    return client.post(reverse("account_login"), {"login": "fallmanager", "password": PASSWORT})


@pytest.mark.parametrize("rolle", list(Rolle))
def test_every_role_sets_up_a_factor_first_where_it_is_required(client, settings, behoerde, rolle):
    settings.MFA_REQUIRED = True
    client.force_login(make_user("x", rolle))
    assert client.get(reverse("hilfe"))["Location"] == reverse("mfa_activate_totp")


def test_demo_asks_for_none(client, fallmanager):
    client.force_login(fallmanager)
    assert client.get(reverse("hilfe")).status_code == 200


def test_password_alone_does_not_log_in(client, mit_app):
    assert anmelden(client)["Location"] == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": code()})["Location"] == "/"
    assert client.get("/").status_code == 200


def test_code_of_the_app_is_good_once(client, mit_app):
    from django.test import Client

    benutzt = code()
    for browser, status in ((client, 302), (Client(), 200)):
        anmelden(browser)
        answer = browser.post(reverse("mfa_authenticate"), {"code": benutzt})
        assert answer.status_code == status


def test_recovery_code_is_good_once(client, mit_app):
    from django.test import Client

    ersatz = RecoveryCodes.activate(mit_app).get_unused_codes()[0]
    for browser, status in ((client, 302), (Client(), 200)):
        anmelden(browser)
        answer = browser.post(reverse("mfa_authenticate"), {"code": ersatz})
        assert answer.status_code == status


def test_secrets_are_not_readable_in_the_database(mit_app):
    RecoveryCodes.activate(mit_app)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator ORDER BY id")
        rows = [row[0] for row in cursor.fetchall()]
    assert len(rows) == 2
    assert [row for row in rows if SECRET in row] == []
    assert Authenticator.objects.filter(user=mit_app).count() == 2


def test_confirmation_works_with_the_app(client, mit_app):
    client.force_login(mit_app)
    url = reverse("mfa_reauthenticate")
    ziel = reverse("faelle")
    assert client.post(url, {"code": code(), "next": ziel})["Location"] == ziel
