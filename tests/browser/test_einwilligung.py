"""A consent in the browser: entered, used for a copy, withdrawn before the letter leaves."""

from __future__ import annotations

import pytest

from cases.models import Versand
from gesamtplan.plan.services.freigabe import release_gesamtplan, submit_gesamtplan
from tests import uhr
from tests.fabriken import make_fallmanager, make_leitung
from tests.gesamtplan.bausteine import make_plan
from vorfuehrung.behoerde import create_behoerde

pytestmark = pytest.mark.django_db(transaction=True)


def druecke(seite, name: str) -> None:
    """Press and wait until the answer is there."""
    with seite.page.expect_navigation():
        seite.klick(name)


def test_withdrawn_consent_stops_the_letter(neue_seite):
    create_behoerde()
    fm, leitung, heute = make_fallmanager(), make_leitung(), uhr.HEUTE
    plan = make_plan(fm, heute)
    submit_gesamtplan(gesamtplan=plan, by=fm, tag=heute)
    release_gesamtplan(gesamtplan=plan, by=leitung, tag=heute)
    seite = neue_seite()
    seite.anmelden(fm.username)
    ort = f"/faelle/{plan.case_id}/einwilligungen/"
    seite.offen(ort)
    seite.ohne_barrieren()
    druecke(seite, "Einwilligung eintragen")
    druecke(seite, "Einwilligung eintragen")
    assert "Bitte wählen Sie aus, oder tragen Sie einen Namen ein." in seite.text()
    seite.ohne_barrieren()
    seite.page.locator("main [name='empfaenger']").select_option(
        label="AOK Musterland – Pflegekasse, Musterau"
    )
    seite.page.locator("main [value='gesamtplan']").check()
    seite.page.fill("main [name='zweck']", "Abstimmung mit der Pflege")
    seite.passt_in(320)
    druecke(seite, "Einwilligung eintragen")
    assert "wirksam" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
    druecke(seite, "Abdruck weitergeben")
    seite.page.locator("main [name='abdruck']").select_option(index=1)
    seite.ohne_barrieren()
    druecke(seite, "Abdruck erstellen")
    seite.page.locator("main [value='post']").check()
    druecke(seite, "Versand veranlassen")
    assert Versand.objects.get().state == "vorgesehen"
    seite.offen(ort)
    druecke(seite, "Widerruf eintragen")
    seite.page.fill("main [name='weg']", "Anruf")
    seite.ohne_barrieren()
    druecke(seite, "Widerruf eintragen")
    assert Versand.objects.get().state == "angehalten"
    seite.offen("/")
    assert "Einwilligung fehlt" in seite.text()
