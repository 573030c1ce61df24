"""A day of the Fachdienst and a day of the Leitung, as they begin and end it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.models import Vermerk
from cases.states.rolle import Rolle
from tests import uhr
from tests.fabriken import make_behoerde, make_fall, make_fallmanager, make_leitung, make_user
from tests.gesamtplan.bausteine import make_vorgelegten_plan

pytestmark = pytest.mark.django_db(transaction=True)


def test_day_of_the_fachdienst(neue_seite):
    make_behoerde()
    fallmanager = make_fallmanager()
    fall = make_fall(fallmanager, eingang=uhr.HEUTE - timedelta(days=3))
    fachdienst = make_user("fachdienst", Rolle.FACHDIENST)
    fall.zuweisungen.create(
        user=fachdienst,
        rolle=Rolle.FACHDIENST,
        art="fachdienst",
        von=uhr.HEUTE,
        grund="Hilfebedarfsgruppe einschätzen",
    )
    seite = neue_seite()
    seite.anmelden("fachdienst")
    assert "Stellungnahme: Hilfebedarfsgruppe einschätzen" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.klick("Stellungnahme: Hilfebedarfsgruppe einschätzen")
    seite.page.select_option("main [name=art]", "stellungnahme")
    seite.page.fill("main [name=text]", "Aus fachlicher Sicht Gruppe 3.")
    seite.ohne_barrieren()
    seite.weiter(seite.page.locator("main form button.kern-btn--primary[type=submit]").first)
    assert Vermerk.objects.get().verfasst_von == fachdienst
    seite.offen("/")
    assert "Stellungnahme:" not in seite.text()
    seite.offen(f"/faelle/{fall.pk}/")
    assert seite.page.locator("nav.fw-reiter").get_by_text("Budget").count() == 0
    seite.ohne_barrieren()
    assert seite.offen(f"/faelle/{fall.pk}/person/aendern/") == 403
    seite.offen("/hilfe/")
    assert "Alles Übrige ändert das Fallmanagement" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)


def test_day_of_the_leitung(neue_seite):
    make_behoerde()
    fallmanager = make_fallmanager()
    make_leitung()
    plan = make_vorgelegten_plan(fallmanager, uhr.HEUTE)
    make_fall(fallmanager, eingang=uhr.HEUTE - timedelta(days=40))
    seite = neue_seite()
    seite.anmelden("leitung")
    assert seite.page.locator("main caption").first.inner_text() == "Wartet auf Ihre Freigabe"
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.klick("Überfällig (")
    assert "Wartet auf Ihre Freigabe" not in seite.page.locator("main table").first.inner_text()
    seite.ohne_barrieren()
    seite.klick("alles")
    seite.klick(f"{plan} prüfen und freigeben")
    seite.ohne_barrieren()
    seite.offen("/kalender/")
    assert "nur mein Schreibtisch" in seite.text()
    seite.offen("/team/")
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.weiter(seite.page.locator("main a[href$='?was=ueberfaellig']").first)
    assert "Überfällige Fristen" in seite.page.inner_text("h1")
    seite.ohne_barrieren()
    seite.offen("/faelle/?frist=ueberfaellig&ordnung=-eroeffnet")
    seite.ohne_barrieren()
    seite.passt_in(320)
    # On a phone no list scrolls sideways in its own frame either.
    seite.page.set_viewport_size({"width": 320, "height": 900})
    breit = (
        "[...document.querySelectorAll('.fw-tabelle')].filter(t => t.scrollWidth > t.clientWidth)"
    )
    assert seite.page.evaluate(f"{breit}.length") == 0
