"""The short papers for the person."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import time_machine
from django.urls import reverse

from cases.models import Schreiben
from gesamtplan.models.angaben import Zielangaben
from gesamtplan.plan.schreiben.kurzfassung import ZEILEN, kurz_daten
from gesamtplan.plan.services import freigabe, teilhabeziel
from tests.cases.schreiben.pruefer import text_of
from tests.fabriken import HEUTE
from tests.gesamtplan import bausteine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


def post(client, name, plan):
    client.get(reverse(f"{name}_pdf", args=[plan.case_id, 1]))
    return client.post(reverse(name, args=[plan.case_id, 1]), {"vorgang": ""}, follow=True)


@pytest.mark.parametrize("ziele", [1, ZEILEN, ZEILEN + 3])
def test_short_version_has_two_pages_at_most(client, fallmanager, leitung, ziele):
    plan = bausteine.make_freigegebenen_plan(fallmanager, leitung, ziele=ziele)
    client.force_login(fallmanager)
    pdf = client.get(reverse("gesamtplan_kurz_pdf", args=[plan.case_id, 1])).content
    with pypdfium2.PdfDocument(pdf) as datei:
        assert len(datei) <= 2
    text = text_of(pdf)
    assert "ersetzen ihn nicht" in text
    assert ("weitere Ziele im Gesamtplan: 3" in text) == (ziele > ZEILEN)
    assert kurz_daten(plan)["weitere_leistungen"] == max(0, ziele - ZEILEN)
    post(client, "gesamtplan_kurz", plan)
    assert Schreiben.objects.filter(art="gesamtplan_kurz").exists()


def test_leichte_sprache_waits_for_the_words_of_every_goal(client, fallmanager, leitung):
    plan = bausteine.make_freigegebenen_plan(fallmanager, leitung)
    client.force_login(fallmanager)
    text = post(client, "gesamtplan_leicht", plan).content.decode()
    assert "Der Text in Leichter Sprache fehlt" in text
    assert not Schreiben.objects.filter(art="gesamtplan_leicht").exists()


def test_leichte_sprache_says_the_goals_in_their_own_words(client, fallmanager, leitung):
    plan = bausteine.make_plan(fallmanager)
    ziel = plan.teilhabeziele.get()
    angaben = Zielangaben(
        "d6", ziel.text, ziel.kriterium, ziel.bis, leichte_sprache="Ich koche selbst."
    )
    teilhabeziel.update_teilhabeziel(ziel=ziel, angaben=angaben, by=fallmanager, tag=HEUTE)
    freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    client.force_login(fallmanager)
    post(client, "gesamtplan_leicht", plan)
    brief = Schreiben.objects.get(art="gesamtplan_leicht")
    text = text_of(bytes(brief.datei.pdf))
    assert "Ich koche selbst." in text
    assert "Der Plan ist keine Entscheidung." in text


def test_draft_is_shown_but_not_frozen(client, fallmanager):
    plan = bausteine.make_plan(fallmanager)
    client.force_login(fallmanager)
    text = post(client, "gesamtplan_kurz", plan).content.decode()
    assert "Festgeschrieben wird, was freigegeben ist" in text
    assert not Schreiben.objects.filter(art="gesamtplan_kurz").exists()
