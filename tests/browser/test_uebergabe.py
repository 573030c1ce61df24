"""Handover as a story: choose, preview, hand over, take note, undo; absence; authority."""

from __future__ import annotations

import pytest

from cases.models import Case, Team
from cases.states import Rolle
from tests.fabriken import make_fall, make_fallmanager, make_person, make_team, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_handover_is_previewed_told_and_undone(neue_seite, fallmanager, leitung):
    neu = make_fallmanager("neue", make_team("Team Süd"))
    for name in ("Albers", "Kühn", "Freifrau von und zu Hohenlohe-Waldenburg-Schillingsfürst"):
        make_fall(fallmanager, person=make_person(name))
    chef = neue_seite()
    chef.anmelden("leitung")
    chef.offen("/uebergaben/")
    chef.ohne_barrieren()
    chef.klick("Fälle übergeben")
    chef.klick("Vorschau zeigen")
    assert "Bitte wählen Sie mindestens eine Person." in chef.text()
    chef.ohne_barrieren()
    chef.page.select_option("select[name=von]", str(fallmanager.pk))
    chef.page.get_by_label("Neue Beispiel (Team Süd)").check()
    chef.page.fill("input[name=grund]", "Ausgleich")
    chef.klick("Vorschau zeigen")
    assert "3 Fälle wechseln die Zuständigkeit." in chef.text()
    chef.ohne_barrieren()
    chef.passt_in(320)
    chef.klick("3 Fälle jetzt übergeben")
    assert "Die Fälle sind übergeben." in chef.text()
    chef.ohne_barrieren()
    chef.passt_in(320)

    empfang = neue_seite()
    empfang.anmelden("neue")
    assert "3 Fälle übernommen" in empfang.text()
    empfang.page.get_by_role("link", name="3 Fälle übernommen").click()
    empfang.klick("Zur Kenntnis genommen")
    assert "3 Fälle übernommen" not in empfang.text()

    chef.klick("Übergabe rückgängig machen")
    assert "Die Übergabe ist rückgängig gemacht." in chef.text()
    assert set(Case.objects.values_list("caseworker", flat=True)) == {fallmanager.pk}
    assert neu.pk != fallmanager.pk


def test_absence_opens_the_cases_to_the_deputy(neue_seite, fallmanager):
    kollege = make_fallmanager("kollege", make_team("Team Süd"))
    case = make_fall(fallmanager)
    seite = neue_seite()
    seite.anmelden("fallmanager")
    seite.offen("/abwesenheiten/")
    seite.ohne_barrieren()
    seite.klick("Abwesenheit eintragen")
    seite.page.fill("input[name=bis]", "31.12.2099")
    seite.klick("Abwesenheit eintragen")
    seite.ohne_barrieren()
    seite.page.select_option("select[name=vertretung]", str(kollege.pk))
    seite.klick("Abwesenheit eintragen")
    assert "Die Abwesenheit ist eingetragen." in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
    vertretung = neue_seite()
    vertretung.anmelden("kollege")
    assert vertretung.offen(f"/faelle/{case.pk}/") == 200
    assert vertretung.offen(f"/faelle/{case.pk}/zustaendige/") == 200
    assert "Vertretung: Kollege Beispiel" in vertretung.text()
    vertretung.ohne_barrieren()
    vertretung.passt_in(320)


def test_end_names_what_is_open_and_the_case_goes_on(neue_seite, fallmanager, leitung):
    case = make_fall(fallmanager)
    seite = neue_seite()
    seite.anmelden("leitung")
    seite.offen(f"/faelle/{case.pk}/beenden/")
    seite.ohne_barrieren()
    seite.page.select_option("select[name=art]", "abgelehnt")
    seite.page.fill("textarea[name=text]", "Antrag abgelehnt")
    seite.klick("Fall beenden")
    assert "bleiben Fristen der Behörde offen" in seite.text()
    seite.ohne_barrieren()
    seite.page.select_option("select[name=art]", "antrag_zurueckgenommen")
    seite.klick("Fall beenden")
    assert "Der Fall ist beendet." in seite.text()
    seite.klick("Fall wieder aufnehmen")
    assert "läuft weiter" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.page.fill("textarea[name=text]", "Rücknahme widerrufen")
    seite.klick("Fall wieder aufnehmen")
    assert "Der Fall ist wieder aufgenommen." in seite.text()


def test_scheme_of_the_authority_shows_its_example(neue_seite, fallmanager):
    Team.objects.update(kuerzel="NORD")
    make_user("admin", Rolle.FACHADMINISTRATION)
    seite = neue_seite()
    seite.anmelden("admin")
    seite.offen("/behoerde/")
    seite.ohne_barrieren()
    seite.klick("Angaben ändern")
    feld = seite.page.locator("input[name=aktenzeichen_schema]")
    feld.fill("{jahr2}/{team}/{nummer:4}")
    beispiel = seite.page.locator("[data-fw-beispiel-text]")
    seite.page.wait_for_function(
        "e => e.textContent.includes('/NORD/0042')", arg=beispiel.element_handle()
    )
    feld.fill("{jahr}")
    seite.klick("Speichern")
    assert "Im Schema fehlt {nummer}" in seite.text()
    seite.ohne_barrieren()
    feld.fill("{jahr2}/{team}/{nummer:4}")
    seite.klick("Speichern")
    assert "Die Angaben der Behörde sind gespeichert." in seite.text()
    assert "Admin Beispiel" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
