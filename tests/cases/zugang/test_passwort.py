"""Which passwords are taken, and what a wrong one tells."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.urls import reverse

from cases.models import Anmeldeereignis
from config.produktion import refuse_missing_list
from tests import uhr
from tests.fabriken import make_behoerde

pytestmark = pytest.mark.django_db
ALT, NEU = "Teilhabe-Probe-2026", "Zwetschgen-Anorak 77 lila"


@pytest.mark.parametrize(
    ("passwort", "satz"),
    [
        ("kurz-Zaun-42", ""),
        ("elf-Zeichen", "mindestens 12"),
        ("123456789012", "numerisch|üblich|Wörtern"),
        ("qwertyuiop123", "üblich"),
        ("Eingliederungshilfe2026", "Wörtern Ihrer Behörde"),
        ("Fallwerk-Sozialamt-1", "Wörtern Ihrer Behörde"),
        ("Landkreis Musterau 2026!", "Wörtern Ihrer Behörde"),
        ("FallmanagerBeispiel99", "Wörtern Ihrer Behörde"),
        ("Frühling2026Frühling", "Wörtern Ihrer Behörde"),
    ],
)
def test_password_is_taken_or_refused_with_its_reason(fallmanager, passwort, satz):
    make_behoerde()
    if not satz:
        validate_password(passwort, fallmanager)
        return
    with pytest.raises(ValidationError, match=satz):
        validate_password(passwort, fallmanager)


def test_password_does_not_grow_old(client, fallmanager):
    """Only the one that somebody else has set ends (`startpasswort_bis`)."""
    with time_machine.travel(uhr.JETZT + timedelta(days=3650), tick=True):
        client.post(reverse("account_login"), {"login": fallmanager.username, "password": ALT})
        assert client.get(reverse("faelle")).status_code == 200


@pytest.mark.parametrize(
    "passwort",
    [
        "zwetschgenanorakundgartenzaun",
        "  vorn und hinten leer  ",
        "日本語のとても長い合言葉です",
        "x7Zaun" * 22,
    ],
)
def test_password_is_taken_as_it_was_typed(client, fallmanager, passwort):
    client.force_login(fallmanager)
    antwort = client.post(
        reverse("account_change_password"),
        {"oldpassword": ALT, "password1": passwort, "password2": passwort},
    )
    assert antwort.status_code == 302
    fallmanager.refresh_from_db()
    assert fallmanager.check_password(passwort)
    assert not fallmanager.check_password(passwort.strip().upper()[:-1])


def test_new_password_needs_the_old_one(client, fallmanager):
    client.force_login(fallmanager)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": "falsch-Zaun-42", "password1": NEU, "password2": NEU},
    )
    fallmanager.refresh_from_db()
    assert fallmanager.check_password(ALT)


def test_fields_of_passwords_hide_and_let_managers_help(client, fallmanager):
    seite = client.get(reverse("account_login")).text
    assert 'autocomplete="current-password"' in seite
    assert 'type="password"' in seite
    client.force_login(fallmanager)
    seite = client.get(reverse("account_change_password")).text
    assert seite.count('type="password"') == 3
    assert 'autocomplete="new-password"' in seite
    assert "onpaste" not in seite


def test_unknown_name_costs_the_same_and_says_the_same(client, fallmanager):
    antworten, kosten = [], []
    for name in (fallmanager.username, "gibt-es-nicht", "", "x" * 150):
        with mock.patch.object(
            MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
        ) as zaehlt:
            antwort = client.post(
                reverse("account_login"), {"login": name or "y", "password": "falsch-Zaun-42"}
            )
        kosten.append(zaehlt.call_count)
        antworten.append((antwort.status_code, "falsch" in antwort.text))
    assert len(set(antworten)) == 1
    assert len(set(kosten)) == 1
    assert kosten[0] >= 1


def test_there_is_no_account_but_those_that_somebody_made(django_user_model):
    assert django_user_model.objects.count() == 0
    assert not get_adapter().is_open_for_signup(None)


def test_a_planted_session_is_worth_nothing_after_the_login(client, fallmanager, settings):
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    client.post(reverse("account_login"), {"login": fallmanager.username, "password": ALT})
    eigene = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert eigene != "a" * 32
    fremd = type(client)()
    fremd.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert fremd.get(reverse("start")).status_code == 302


def test_the_cookie_of_an_ended_session_opens_nothing(client, fallmanager, settings):
    client.force_login(fallmanager)
    alt = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("account_logout"))
    dieb = type(client)()
    for wert in (alt, alt[:-1] + "x", "../../etc/passwd", "x" * 5000):
        dieb.cookies[settings.SESSION_COOKIE_NAME] = wert
        assert dieb.get(reverse("start")).status_code == 302


def test_second_factor_is_changed_only_after_a_fresh_confirmation(client, fallmanager):
    client.force_login(fallmanager)
    sitzung = client.session
    sitzung["account_authentication_methods"] = [{"method": "password", "at": 1}]
    sitzung.save()
    for name in ("mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn"):
        antwort = client.get(reverse(name))
        assert antwort.status_code in {302, 404}, name
        if antwort.status_code == 302:
            assert antwort["Location"].startswith(reverse("account_reauthenticate")), name


def test_what_a_browser_says_of_itself_stays_on_one_line(client, fallmanager, capfd):
    client.post(
        reverse("account_login"),
        {"login": "a\r\nINFO gefälscht\x1b[2J", "password": "falsch\x00"},
        headers={"user-agent": "x\x1b[31m", "x-forwarded-for": "1.2.3.4\t5"},
    )
    assert Anmeldeereignis.objects.count() <= 1
    assert "gefälscht" not in capfd.readouterr().err


def put_list(ordner, settings, *passwoerter: str):
    """Write a sorted list as it is published, and name it."""
    werte = sorted(
        hashlib.sha1(p.encode(), usedforsecurity=False).hexdigest().upper() for p in passwoerter
    )
    liste = ordner / "liste.txt"
    liste.write_text("".join(f"{wert}:{n}\r\n" for n, wert in enumerate(werte)))
    settings.PASSWORTLISTE = str(liste)
    return liste


@pytest.mark.parametrize("anzahl", [1, 2, 3, 50])
def test_password_that_became_known_elsewhere_is_refused(tmp_path, settings, anzahl):
    bekannt = [f"Zwetschgen-Anorak {n} lila" for n in range(anzahl)]
    put_list(tmp_path, settings, *bekannt)
    for passwort in bekannt:
        with pytest.raises(ValidationError, match="bekannt geworden"):
            validate_password(passwort)
    validate_password("Zwetschgen-Anorak gelb und neu")


def test_list_that_is_gone_lets_nothing_through_and_stops_the_start(tmp_path, settings):
    liste = put_list(tmp_path, settings, NEU)
    refuse_missing_list()
    liste.write_text("kein Wert\n")
    with pytest.raises(ImproperlyConfigured, match="beginnt nicht mit"):
        refuse_missing_list()
    liste.unlink()
    with pytest.raises(ImproperlyConfigured, match="FALLWERK_PASSWORTLISTE"):
        refuse_missing_list()
    with pytest.raises(ImproperlyConfigured, match="lässt sich nicht lesen"):
        validate_password(NEU)
    settings.PASSWORTLISTE = ""
    refuse_missing_list()
