"""What the edge of the program refuses and clears: methods, logout, cookies, foreign numbers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Druckstapel
from cases.schreiben.queries.postausgang import visible_druckstapel
from cases.states.rolle import Rolle
from tests.fabriken import HEUTE, make_fall, make_fallmanager, make_user

pytestmark = pytest.mark.django_db


def test_logout_clears_what_the_browser_holds(client, fallmanager):
    client.force_login(fallmanager)
    assert "Clear-Site-Data" not in client.get(reverse("faelle"))
    antwort = client.post(reverse("account_logout"))
    assert antwort["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get(reverse("account_login"))


def test_expired_session_clears_it_too(client, fallmanager, settings):
    client.force_login(fallmanager)
    client.get(reverse("faelle"))
    settings.SESSION_IDLE_SECONDS = -1
    assert "Clear-Site-Data" in client.get(reverse("faelle"))


@pytest.mark.parametrize("methode", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "UNFUG"])
@pytest.mark.parametrize("angemeldet", [False, True])
def test_other_methods_are_refused(client, fallmanager, methode, angemeldet):
    if angemeldet:
        client.force_login(fallmanager)
    for adresse in ("/", reverse("gesund"), reverse("account_login"), "/gibt/es/nicht/"):
        assert client.generic(methode, adresse).status_code == 405


def test_csrf_cookie_goes_with_the_browser(client, behoerde, settings):
    antwort = client.get(reverse("account_login"))
    keks = antwort.cookies[settings.CSRF_COOKIE_NAME]
    assert (keks["max-age"], keks["expires"]) == ("", "")


@pytest.mark.parametrize("rolle", [Rolle.FACHADMINISTRATION, Rolle.DATENSCHUTZ])
def test_no_real_aktenzeichen_for_those_without_cases(client, fallmanager, rolle):
    case = make_fall(fallmanager)
    client.force_login(make_user("ohne", rolle))
    antwort = client.get(reverse("behoerde"))
    assert antwort.status_code in {200, 403}
    assert case.aktenzeichen not in antwort.text
    if rolle == Rolle.FACHADMINISTRATION:
        assert "•" in antwort.text


def test_batch_without_letters_is_seen_by_whoever_made_it(fallmanager):
    leer = Druckstapel.objects.create(
        datum=HEUTE, erstellt_von=fallmanager, pdf=b"", pdf_sha256="0" * 64, seiten=0
    )
    assert list(visible_druckstapel(fallmanager, HEUTE)) == [leer]
    assert list(visible_druckstapel(make_fallmanager("kollegin"), HEUTE)) == []
