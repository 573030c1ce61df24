"""The page of the yearly review: old beside new, one step after the other, and the letter."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from budget.folge.schreiben.daten import folge_daten
from budget.models import Beitragspruefung, Folgebescheid
from budget.pruefung import services
from cases.schreiben.satz.brief import render_html
from tests.budget.pruefung import geschichte
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db
MITTAG = datetime(2026, 1, 20, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
EINGABE = {
    "ab": "01.02.2026",
    "nachweis": "Einkommensteuerbescheid 2024",
    "nachweis_vom": "12.01.2026",
    "einkommen": "60.000,00",
    "einkommensart": "sv",
    "partner": "keiner",
}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(MITTAG, tick=False):
        yield


def _text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def _url(akte, name: str) -> str:
    return reverse(name, args=[akte.case.pk])


def test_the_review_goes_from_the_budget_to_the_draft_of_the_bescheid(client, monkeypatch):
    akte = geschichte.running(monkeypatch)
    client.force_login(akte.fallmanager)
    assert _url(akte, "beitrag") in _text(client.get(_url(akte, "budget")))
    seite = _text(client.get(_url(akte, "beitrag")))
    assert "Neue Werte ab" in seite
    assert "01.01.2026" in seite
    form = client.get(_url(akte, "beitrag_pruefen"))
    assert form.context["form"].initial["ab"] == date(2026, 1, 1)
    assert form.context["form"].initial["einkommensart"] == "sv"
    assert "einkommen" not in form.context["form"].initial

    response = client.post(_url(akte, "beitrag_pruefen"), EINGABE, follow=True)
    text = _text(response)
    for teil in ("270,00 €", "390,00 €", "2.130,00 €", "2.010,00 €", "Die Auszahlung sinkt"):
        assert teil in text
    assert "Es bleibt dabei" not in text
    response = client.post(_url(akte, "beitrag_bescheid"), follow=True)
    bescheid = Folgebescheid.objects.get()
    assert response.redirect_chain[-1][0] == reverse(
        "folgebescheid", args=[akte.case.pk, bescheid.pk]
    )
    assert (bescheid.wirkt_ab, bescheid.anhoerung_verzicht) == (date(2026, 2, 1), "5")


def test_the_kind_is_begun_with_its_review_only(client, monkeypatch):
    akte = geschichte.running(monkeypatch)
    client.force_login(akte.fallmanager)
    response = client.get(reverse("folge_neu", args=[akte.case.pk, "beitrag"]))
    assert response.url == _url(akte, "beitrag")
    assert _url(akte, "beitrag") in _text(client.get(_url(akte, "folgebescheide")))


def test_a_stale_form_is_told_and_nothing_is_overwritten(client, monkeypatch):
    akte = geschichte.running(monkeypatch)
    row = geschichte.review(akte, **geschichte.MEHR)
    client.force_login(akte.fallmanager)
    form = client.get(_url(akte, "beitrag_pruefen")).context["form"]
    services.update_pruefung(
        row=row,
        by=akte.fallmanager,
        tag=geschichte.HEUTE,
        angaben=services.shown_of(row) | geschichte.WENIGER,
    )
    stand = {"gesehen": form["gesehen"].value(), "basis": form["basis"].value()}
    response = client.post(_url(akte, "beitrag_pruefen"), EINGABE | stand)
    assert response.status_code == 422
    assert "inzwischen geändert" in _text(response)
    assert Beitragspruefung.objects.get().abzug == 90


def test_revision_reads_and_takes_no_step(client, monkeypatch):
    akte = geschichte.running(monkeypatch)
    geschichte.review(akte, **geschichte.MEHR)
    client.force_login(make_user("revision", "Revision"))
    text = _text(client.get(_url(akte, "beitrag")))
    assert "390,00 €" in text
    assert "Bescheid darüber entwerfen" not in text
    assert client.post(_url(akte, "beitrag_bescheid")).status_code == 403


@pytest.mark.parametrize(
    ("angaben", "ab", "saetze"),
    [
        (
            geschichte.MEHR,
            date(2026, 2, 1),
            (
                "mit Wirkung ab dem 1. Februar 2026 (§ 48 Abs. 1 S. 1 SGB X)",
                "390,00 € statt 270,00 € ab (§ 137 Abs. 3 SGB IX)",
                "Von 2.400,00 € in Geld überweisen wir im Monat 2.010,00 €",
                "Einkommensteuerbescheid 2024 vom 12.01.2026",
                "Das Einkommen des Jahres 2024 beträgt 60.000,00 €",
                "60.000,00 € − 40.341,00 € = 19.659,00 €; davon 2 % = 393,18 €",
                "Eine Anhörung war entbehrlich (Nr. 5",
            ),
        ),
        (
            geschichte.WENIGER,
            date(2026, 1, 1),
            (
                "mit Wirkung ab dem 1. Januar 2026 (§ 48 Abs. 1 S. 2 Nr. 1 SGB X)",
                "90,00 € statt 270,00 €",
                "zahlen wir den Unterschied mit der nächsten Überweisung nach",
                "günstig für Sie",
            ),
        ),
    ],
)
def test_the_letter_says_old_and_new_sum_and_how_it_was_computed(monkeypatch, angaben, ab, saetze):
    akte = geschichte.running(monkeypatch)
    row = geschichte.review(akte, ab, **angaben)
    bescheid = services.decide_pruefung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    daten = folge_daten(row=bescheid, datum=geschichte.HEUTE, empfaenger=["Emil Muster"])
    html = render_html(art="folgebescheid", titel="Bescheid", daten=daten)
    text = " ".join(strip_tags(html).replace("\u00a0", " ").replace("\u2060", "").split())
    for satz in saetze:
        assert satz in text
