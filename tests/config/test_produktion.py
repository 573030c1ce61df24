"""Accounts: second factor, encrypted secrets, no demonstration in production."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from cases.crypto import decrypt, encrypt
from config.produktion import refuse_demo_accounts
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
    from django.db import connection

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
