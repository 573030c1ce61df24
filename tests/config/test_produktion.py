"""Accounts: second factor, encrypted secrets, no demonstration in production."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.urls import reverse

from cases.crypto import decrypt, encrypt
from config.produktion import refuse_data_of_production, refuse_demo_accounts
from vorfuehrung.behoerde import create_behoerde, create_users

pytestmark = pytest.mark.django_db


def test_production_refuses_accounts_of_the_demonstration(settings):
    create_behoerde()
    users = create_users("Teilhabe-Probe-2026")
    refuse_demo_accounts()
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="fallmanager"):
        refuse_demo_accounts()
    for user in users.values():
        # Renaming hides nothing.
        user.email, user.username = f"{user.pk}@amt.example", f"amt{user.pk}"
        user.save()
    with pytest.raises(ImproperlyConfigured, match="amt"):
        refuse_demo_accounts()
    for user in users.values():
        user.is_active = False
        user.save()
    refuse_demo_accounts()


def test_without_second_factor_only_its_setup_is_reachable(client, fallmanager, settings):
    settings.MFA_REQUIRED = True
    client.force_login(fallmanager)
    for name in ("start", "faelle", "antrag_neu"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))


def test_with_second_factor_the_work_begins(client, fallmanager, settings):
    settings.MFA_REQUIRED = True
    TOTP.activate(fallmanager, generate_totp_secret())
    client.force_login(fallmanager)
    assert client.get(reverse("start")).status_code == 200


def test_secret_of_the_second_factor_is_stored_encrypted(fallmanager):
    secret = generate_totp_secret()
    TOTP.activate(fallmanager, secret)
    stored = Authenticator.objects.get(user=fallmanager).data["secret"]
    assert secret not in stored
    assert decrypt(stored, "mfa.geheimnis") == secret


def test_encrypted_value_is_bound_to_its_purpose_and_cannot_be_changed():
    sealed = encrypt("DE89370400440532013000", "person.iban")
    assert sealed != encrypt("DE89370400440532013000", "person.iban")
    with pytest.raises(ValueError, match="verändert"):
        decrypt(sealed, "mfa.geheimnis")
    with pytest.raises(ValueError, match="„weg“ fehlt"):
        decrypt("weg:" + sealed.partition(":")[2], "person.iban")


def test_iban_is_not_readable_in_the_database(fallmanager):
    from tests.fabriken import make_person

    make_person(iban="DE89370400440532013000")
    tables = ("cases_bankverbindung", "cases_bankverbindungevent")
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT iban FROM {table}")
            stored = [row[0] for row in cursor.fetchall()]
        assert stored
        assert [v for v in stored if "0532013" in v] == []


def test_a_disabled_account_is_out_with_the_next_request(client, fallmanager):
    client.force_login(fallmanager)
    assert client.get(reverse("start")).status_code == 200
    fallmanager.is_active = False
    fallmanager.save()
    assert client.get(reverse("start")).status_code == 302


def test_nobody_signs_up_alone(client, behoerde):
    answer = client.post(
        reverse("account_signup"), {"username": "neu", "password1": "x" * 20, "password2": "x" * 20}
    )
    assert answer.status_code == 200
    from cases.models import User

    assert User.objects.filter(username="neu").count() == 0


def test_a_copy_of_real_data_starts_no_test_system(settings):
    """The mark of a production travels with the database, whatever is set on the other machine."""
    refuse_data_of_production()
    settings.PRODUCTION = True
    refuse_data_of_production()
    refuse_data_of_production()
    settings.PRODUCTION = False
    for mode in ("entwicklung", "demo"):
        settings.MODE = mode
        with pytest.raises(ImproperlyConfigured, match="Merkzeichen einer Produktion"):
            refuse_data_of_production()


def test_one_statement_of_a_page_has_an_end(monkeypatch):
    """Served pages set the limit; the value of the operator stands above it."""
    frage = "from config import settings as s; print(s.DATABASES['default']['OPTIONS']['options'])"

    def options(**env: str) -> str:
        run = subprocess.run(
            [sys.executable, "-c", frage],
            env={"PATH": os.environ["PATH"], **env},
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout.strip()

    assert options() == "-c lock_timeout=20s"
    assert options(FALLWERK_ANWEISUNG_SEKUNDEN="30").endswith("-c statement_timeout=30s")
    wsgi = Path("config/wsgi.py").read_text()
    vorher = wsgi.index('os.environ.setdefault("FALLWERK_ANWEISUNG_SEKUNDEN", "30")')
    assert vorher < wsgi.index("get_wsgi_application()\n")


def test_page_whose_question_takes_too_long_is_a_503_that_claims_nothing(client, fallmanager):
    client.raise_request_exception = False
    client.force_login(fallmanager)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '100ms'")

    def slow(execute, sql, params, many, context):
        if "cases_case" in sql and not sql.startswith("SELECT pg_sleep"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(5)")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(slow):
        antwort = client.get(reverse("faelle"))
    assert antwort.status_code == 503
    assert antwort["Retry-After"]
