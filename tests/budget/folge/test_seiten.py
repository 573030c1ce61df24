"""The pages of further decisions and Widersprüche, through the browser's eyes without a browser."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.models import Folgebescheid, Widerspruch
from budget.states.folge import FOLGEARTEN
from tests.budget import fabriken
from tests.budget.folge import geschichte
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db
JETZT = datetime(2026, 6, 1, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(JETZT, tick=False):
        yield


def _text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_every_kind_is_offered_or_closed_with_its_norm(client):
    akte = fabriken.make_akte(fabriken.B)
    client.force_login(akte.fallmanager)
    text = _text(client.get(reverse("folgebescheide", args=[akte.case.pk])))
    for zeile in FOLGEARTEN.values():
        # A change begins with the budget that takes the place of the running one.
        assert (zeile.titel in text) != zeile.mit_nachfolger
    assert "BSG 11.08.2022 - B 8 SO 3/21 R" in text
    assert "kein bewilligtes Persönliches Budget" in text
    assert "§ 85 SGG" in text
    neu = reverse("folge_neu", args=[akte.case.pk, "aufhebung"])
    assert client.get(neu, follow=True).redirect_chain[-1][0] == reverse(
        "folgebescheide", args=[akte.case.pk]
    )
    assert client.get(reverse("folge_neu", args=[akte.case.pk, "gibtesnicht"])).status_code == 404


# What rests on another fact begins with it, see tests/budget/pruefung and unterbrechung; what is
# settled or lowered needs money that is paid provisionally, see tests/budget/zahlung.
EIGENE = sorted(
    art
    for art, zeile in FOLGEARTEN.items()
    if not (zeile.mit_nachfolger or zeile.eigene_seite or zeile.abrechnung or zeile.mindert)
)


@pytest.mark.parametrize("art", EIGENE)
def test_the_form_of_a_kind_asks_for_what_its_gates_ask(client, art):
    akte = geschichte.running()
    if FOLGEARTEN[art].bezug == "widerspruch":
        geschichte.attack(akte, akte.bescheid.schreiben, geschichte.HEUTE.replace(day=1))
    if FOLGEARTEN[art].bezug == "antrag":
        akte = fabriken.make_akte(fabriken.B, kennung="2")
    client.force_login(akte.fallmanager)
    url = reverse("folge_neu", args=[akte.case.pk, art])
    assert client.get(url).status_code == 200
    leer = client.post(url, {})
    assert leer.status_code == 422
    assert "Bitte ausfüllen" in _text(leer)
    gut = client.post(url, {"sachverhalt": "Am 1.6. geschah es.", "gruende": "Deshalb."})
    row = Folgebescheid.objects.get(art=art)
    assert gut.url == reverse("folgebescheid", args=[akte.case.pk, row.pk])
    assert "Am 1.6. geschah es." in _text(client.get(gut.url))
    zurueck = client.post(
        reverse("folge_bearbeiten", args=[akte.case.pk, row.pk]),
        {"sachverhalt": "Anders.", "gruende": ""},
    )
    assert zurueck.status_code == 422
    assert "Anders." in _text(zurueck)


def test_an_amount_of_nothing_is_refused_at_its_field(client):
    akte = geschichte.running()
    client.force_login(akte.fallmanager)
    url = reverse("folge_neu", args=[akte.case.pk, "erstattung"])
    for betrag in ("0", "-5,00", "zehn"):
        felder = {"sachverhalt": "a", "gruende": "b", "betrag": betrag}
        assert client.post(url, felder).status_code == 422
    felder = {
        "sachverhalt": "a",
        "gruende": "b",
        "zeitraum_von": "01.06.2026",
        "zeitraum_bis": "31.05.2026",
    }
    assert "Das Ende liegt vor dem Anfang" in _text(client.post(url, felder))
    assert not Folgebescheid.objects.exists()


def test_a_widerspruch_is_judged_and_shown_with_its_fristen(client):
    akte = geschichte.running()
    client.force_login(akte.fallmanager)
    url = reverse("widerspruch_neu", args=[akte.case.pk])
    assert client.get(url).status_code == 200
    vorher = client.post(url, {"eingang_am": "01.07.2026", "form": "schriftlich"})
    assert "nicht in der Zukunft" in _text(vorher)
    antwort = client.post(url, {"eingang_am": "27.05.2026", "form": "schriftlich"})
    row = Widerspruch.objects.get()
    assert antwort.url == reverse("widerspruch", args=[akte.case.pk, row.pk])
    text = _text(client.get(antwort.url))
    assert "verspätet" in text
    assert "Untätigkeitsklage wegen eines Widerspruchs" in text
    assert "Widerspruchsbescheid entwerfen" in text


def test_others_do_not_see_it_and_revision_reads_only(client):
    akte = geschichte.running()
    row = geschichte.draft(akte, "unveraendert", akte.budget)
    seite = reverse("folgebescheid", args=[akte.case.pk, row.pk])
    fremd = fabriken.make_akte(fabriken.B, kennung="3")
    client.force_login(fremd.fallmanager)
    assert client.get(seite).status_code == 404
    andere = reverse("folgebescheid", args=[fremd.case.pk, row.pk])
    assert client.get(andere).status_code == 404
    client.force_login(make_user("rev", "Revision"))
    assert client.get(seite).status_code == 200
    assert client.post(seite.replace(f"/{row.pk}/", f"/{row.pk}/vorlegen/")).status_code == 403


def test_the_leitung_finds_it_on_mein_tag_and_releases_what_was_seen(client):
    akte = geschichte.running()
    row = geschichte.draft(akte, "unveraendert", akte.budget)
    client.force_login(akte.fallmanager)
    client.post(reverse("folge_vorlegen", args=[akte.case.pk, row.pk]))
    client.force_login(akte.leitung)
    assert "Mitteilung: unverändert freigeben" in _text(client.get(reverse("start")))
    seite = reverse("folge_freigabe", args=[akte.case.pk, row.pk])
    assert "Voraussetzungen erfüllt" in _text(client.get(seite))
    client.post(seite)
    row.refresh_from_db()
    assert row.state == "vorgelegt"  # without a look at the letter nothing is released
    pdf = client.get(reverse("folge_pdf", args=[akte.case.pk, row.pk, "folgemitteilung"]))
    assert pdf.content.startswith(b"%PDF")
    client.post(seite)
    row.refresh_from_db()
    assert row.state == "freigegeben"
