"""Nothing typed is lost: drafts, a session that ends mid-form, two editors."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from cases.models import Entwurf, Ereignis
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Wohnt seit 2011 im Gartenweg 3 in Musterau."


def test_session_that_ends_mid_form_is_renewed_in_place(neue_seite, fallmanager):
    case = make_fall(fallmanager)
    seite = neue_seite()
    seite.anmelden(fallmanager.username)
    pfad = reverse("zustaendigkeit", args=[case.pk])
    seite.offen(pfad)
    seite.page.fill("textarea[name=begruendung]", TEXT)
    Session.objects.all().delete()
    seite.page.get_by_role("button", name="Zuständigkeit feststellen").click()
    dialog = seite.page.get_by_role("dialog", name="Bitte melden Sie sich neu an")
    dialog.wait_for()
    assert seite.page.input_value("textarea[name=begruendung]") == TEXT
    seite.ohne_barrieren()
    seite.page.fill("#fw-anmelden-kennwort", "falsch")
    dialog.get_by_role("button").click()
    dialog.get_by_text("Das Passwort stimmt nicht").wait_for()
    seite.page.fill("#fw-anmelden-kennwort", "Teilhabe-Probe-2026")
    dialog.get_by_role("button").click()
    seite.page.wait_for_url("**" + reverse("fall", args=[case.pk]))
    assert TEXT in Ereignis.objects.get(case=case, art="zustaendigkeit").text


def test_draft_is_kept_by_the_clock_and_offered_again(neue_seite, fallmanager):
    case = make_fall(fallmanager)
    seite = neue_seite()
    seite.page.clock.install()
    seite.anmelden(fallmanager.username)
    pfad = reverse("zustaendigkeit", args=[case.pk])
    seite.offen(pfad)
    seite.page.fill("textarea[name=begruendung]", TEXT)
    seite.page.clock.fast_forward(20_000)
    seite.page.get_by_text("Entwurf gesichert um").wait_for()
    assert Entwurf.objects.get().case == case
    seite.offen(pfad)
    assert seite.page.input_value("textarea[name=begruendung]") == TEXT
    assert "Diese Eingaben sind noch nicht gespeichert." in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.klick("Entwurf verwerfen")
    assert seite.page.input_value("textarea[name=begruendung]") == ""
    assert Entwurf.objects.count() == 0
