"""A fault says what is known, takes a step that collided again, and loses nothing."""

from __future__ import annotations

import json
import logging
from datetime import date

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from lxml import html

from cases import middleware
from cases.fall.services import vermerk as vermerk_views
from cases.models import Formularvorgang, Vermerk, Vermerkart
from cases.rechte import work_for
from cases.registry.routen import ROUTES
from cases.services.entwurf import new_vorgang
from cases.states.rolle import Rolle
from cases.views import stoerung
from config.logs import JsonFormatter
from tests.architektur.schreibwege import writing_views
from tests.fabriken import make_fall, make_user
from tests.oberflaeche.gleichzeitig import Fenster
from tests.oberflaeche.szenen import SZENEN

pytestmark = pytest.mark.django_db


class Ursache(Exception):
    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


def collision(sqlstate: str = "40P01") -> OperationalError:
    """Return what Django raises when PostgreSQL ends one of two transactions."""
    error = OperationalError("deadlock detected")
    error.__cause__ = Ursache(sqlstate)
    return error


@pytest.fixture
def formular(client, fallmanager):
    """The form of a note with all that a browser would send."""
    client.raise_request_exception = False
    client.force_login(fallmanager)
    case = make_fall(fallmanager)
    url = reverse("vermerk_neu", args=[case.pk])
    fenster = Fenster(client, url)
    felder = fenster.read()
    felder["art"] = [Vermerkart.values[0]]
    felder["text"] = ["Die Mutter hat angerufen; <b>Rückruf</b> morgen."]
    return fenster, felder


def numbers(caplog) -> list[str]:
    rows = [json.loads(JsonFormatter().format(r)) for r in caplog.records]
    return [r["nummer"] for r in rows if r["logger"] == "fallwerk.stoerung" and "nummer" in r]


def again(fenster: Fenster, answer) -> object:
    """Press „Noch einmal senden“ on the page of the fault."""
    (form,) = html.fromstring(answer.content).xpath("//main//form")
    felder: dict[str, list[str]] = {}
    for feld in form.iter("input"):
        felder.setdefault(feld.get("name"), []).append(feld.get("value"))
    assert form.get("action") == fenster.url
    return fenster.send(felder)


def test_fault_before_the_step_says_so_and_keeps_what_was_typed(formular, monkeypatch, caplog):
    fenster, felder = formular
    with monkeypatch.context() as patch:
        patch.setattr(vermerk_views, "record_vermerk", lambda **_: 1 / 0)
        answer = fenster.send(felder)
    text = html.fromstring(answer.content).text_content()
    assert answer.status_code == 500
    assert "Ihr Schritt ist nicht gespeichert." in text
    (nummer,) = numbers(caplog)
    assert nummer in text
    assert "Rückruf" not in caplog.text
    assert again(fenster, answer).status_code == 302
    assert Vermerk.objects.get().text == felder["text"][0]


def test_fault_after_the_commit_says_that_it_is_stored(formular, monkeypatch):
    fenster, felder = formular
    plain = middleware.AccessMiddleware.__call__
    with monkeypatch.context() as patch:
        patch.setattr(middleware.AccessMiddleware, "__call__", lambda s, r: (plain(s, r), 1 / 0)[0])
        answer = fenster.send(felder)
    page = html.fromstring(answer.content)
    assert Vermerk.objects.count() == 1
    assert "Ihr Schritt ist gespeichert." in page.text_content()
    assert "nicht ausgeführt" not in page.text_content()
    assert page.xpath("//main//form") == []
    (ziel,) = page.xpath("//a[contains(., 'Ergebnis ansehen')]/@href")
    assert fenster.client.get(ziel).status_code == 200


def test_session_that_cannot_be_stored_is_no_bad_request(formular, monkeypatch):
    fenster, felder = formular

    def fail(self, must_create=False):
        from django.contrib.sessions.backends.base import UpdateError

        raise UpdateError

    with monkeypatch.context() as patch:
        patch.setattr(SessionStore, "save", fail)
        answer = fenster.send(felder)
    text = html.fromstring(answer.content).text_content()
    assert (answer.status_code, Vermerk.objects.count()) == (503, 1)
    assert "Ihr Schritt ist gespeichert." in text
    assert "nichts gespeichert" not in text


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_database_that_is_gone_is_503_and_nothing_is_claimed(formular, monkeypatch, kind, caplog):
    fenster, felder = formular

    def gone(*_, **__):
        raise kind("server closed the connection")

    with monkeypatch.context() as patch:
        patch.setattr(vermerk_views, "record_vermerk", gone)
        patch.setattr(stoerung, "first_result", gone)
        patch.setattr(middleware.stoerung, "first_result", lambda r: "")
        patch.setattr(stoerung, "_known", lambda r, real=stoerung._known: _gone(r, gone, real))
        answer = fenster.send(felder)
    text = html.fromstring(answer.content).text_content()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Ob Ihr Schritt gespeichert ist, lässt sich gerade nicht sagen." in text
    assert numbers(caplog)
    assert again(fenster, answer).status_code == 302
    assert Vermerk.objects.count() == 1


def _gone(request, gone, real):
    before, stoerung.first_result = stoerung.first_result, gone
    try:
        return real(request)
    finally:
        stoerung.first_result = before


@pytest.mark.parametrize("sqlstate", ["40P01", "40001", "55P03"])
def test_collision_is_taken_again_up_to_three_times(formular, monkeypatch, sqlstate, caplog):
    fenster, felder = formular
    plain, calls = vermerk_views.record_vermerk, []

    def collide(**werte):
        calls.append(1)
        if len(calls) <= 3:
            raise collision(sqlstate)
        return plain(**werte)

    monkeypatch.setattr(vermerk_views, "record_vermerk", collide)
    assert fenster.send(felder).status_code == 302
    assert (len(calls), Vermerk.objects.count()) == (4, 1)
    assert caplog.text.count("Schritt wird wiederholt") == 3


def test_collision_that_goes_on_is_a_503_that_keeps_the_input(formular, monkeypatch):
    fenster, felder = formular
    calls: list[int] = []

    def collide(**_):
        calls.append(1)
        raise collision()

    with monkeypatch.context() as patch:
        patch.setattr(vermerk_views, "record_vermerk", collide)
        answer = fenster.send(felder)
    assert (answer.status_code, len(calls), Vermerk.objects.count()) == (503, 4, 0)
    assert "Ihr Schritt ist nicht gespeichert." in html.fromstring(answer.content).text_content()
    assert again(fenster, answer).status_code == 302


def test_other_faults_are_not_repeated(formular, monkeypatch):
    fenster, felder = formular
    calls: list[int] = []

    def fail(**_):
        calls.append(1)
        raise OperationalError("canceling statement")

    monkeypatch.setattr(vermerk_views, "record_vermerk", fail)
    assert fenster.send(felder).status_code == 503
    assert len(calls) == 1


def _url(name: str) -> str:
    muster = ROUTES[name].muster
    werte = {}
    for teil in str(muster).split("<")[1:]:
        art, _, feld = teil.partition(">")[0].rpartition(":")
        werte[feld] = {
            "int": 1,
            "": "x",
            "str": "x",
            "slug": "x",
            "uuid": "00000000-0000-0000-0000-000000000000",
        }.get(art)
        if werte[feld] is None:
            werte[feld] = date(2026, 1, 1)
    return reverse(name, kwargs=werte)


def writing_routes() -> list[str]:
    return sorted(
        name
        for name in writing_views()
        if not ROUTES[name].oeffentlich and not name.startswith("entwurf_")
    )


def test_repetition_leads_to_the_first_result_on_every_writing_route(behoerde):
    """Whatever a guard, a form or a missing row would say today: the key is asked first."""
    tried, falsch = 0, {}
    for name in writing_routes():
        rollen = ROUTES[name].rollen or {Rolle.FALLMANAGEMENT}
        user = make_user(f"u{tried}", min(rollen))
        client = Client()
        client.force_login(user)
        token = new_vorgang(user.pk)
        key = stoerung_key(token)
        work_for(user.pk)
        Formularvorgang.objects.create(
            schluessel=key, user=user, route=name, ergebnis_url="/erstes/ergebnis/"
        )
        try:
            url = _url(name)
        except NoReverseMatch as error:
            falsch[name] = str(error)
            continue
        answer = client.post(url, {"vorgang": token})
        tried += 1
        if (answer.status_code, answer.headers.get("Location")) != (302, "/erstes/ergebnis/"):
            falsch[name] = f"{answer.status_code} {answer.headers.get('Location')}"
    assert falsch == {}
    assert tried > 100


def stoerung_key(token: str):
    from cases.services.entwurf import read_vorgang

    return read_vorgang(token)[0]


@pytest.mark.parametrize("name", sorted(SZENEN)[::4])
def test_same_submission_twice_has_one_effect_and_one_result(name):
    s = SZENEN[name]()
    eine = Fenster.open(s.eine, s.url)
    felder = eine.read() | {n: [w] for n, w in s.dazu} | {s.feld: [s.werte[0]]}
    erste = eine.send(felder)
    assert erste.status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_ereignis")
        before = cursor.fetchone()
    zweite = eine.send(felder)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_ereignis")
        assert cursor.fetchone() == before
    assert (zweite.status_code, zweite["Location"]) == (302, erste["Location"])


def test_race_that_a_guard_has_lost_leads_to_the_first_result(formular, monkeypatch):
    """The first answer is committed between the question for the key and the guard."""
    fenster, felder = formular
    assert fenster.send(felder).status_code == 302
    plain, asked = stoerung.first_result, []

    def late(request):
        asked.append(1)
        return "" if len(asked) == 1 else plain(request)

    monkeypatch.setattr(stoerung, "first_result", late)
    answer = fenster.send(felder | {"text": [""]})
    assert answer.status_code == 302
    assert len(asked) == 2
    assert Vermerk.objects.count() == 1


def test_reading_shows_no_sentence_about_a_step(client, fallmanager, caplog):
    client.raise_request_exception = False
    client.force_login(fallmanager)
    request = client.get("/").wsgi_request
    answer = stoerung.tell(request, ValueError("x"), status=500)
    text = html.fromstring(answer.content).text_content()
    assert "Schritt" not in text
    assert logging.ERROR in {r.levelno for r in caplog.records}
