"""Handover as a story: choose, preview, hand over, take note, undo; absence; authority."""

from __future__ import annotations

import pytest

from cases.models import Case, Team
from cases.states.rolle import Rolle
from tests.browser.conftest import Seite
from tests.fabriken import make_fall, make_fallmanager, make_person, make_team, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def shows(seite: Seite, text: str) -> None:
    """Wait for a text in the main part of the page that a step leads to."""
    seite.page.locator("main").get_by_text(text).first.wait_for()
    seite.page.wait_for_load_state()


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
    shows(chef, "Bitte wählen Sie mindestens eine Person.")
    chef.ohne_barrieren()
    chef.page.select_option("select[name=von]", str(fallmanager.pk))
    chef.page.get_by_label("Neue Beispiel (Team Süd)").check()
    chef.page.fill("input[name=grund]", "Ausgleich")
    chef.klick("Vorschau zeigen")
    shows(chef, "3 Fälle wechseln die Zuständigkeit.")
    chef.ohne_barrieren()
    chef.passt_in(320)
    chef.klick("3 Fälle jetzt übergeben")
    shows(chef, "Die Fälle sind übergeben.")
    chef.ohne_barrieren()
    chef.passt_in(320)

    empfang = neue_seite()
    empfang.anmelden("neue")
    shows(empfang, "3 Fälle übernommen")
    empfang.page.get_by_role("link", name="3 Fälle übernommen").click()
    empfang.klick("Zur Kenntnis genommen")
    shows(empfang, "Die Übergabe ist zur Kenntnis genommen.")
    assert "3 Fälle übernommen" not in empfang.text()

    chef.klick("Übergabe rückgängig machen")
    shows(chef, "Die Übergabe ist rückgängig gemacht.")
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
    shows(seite, "Erster Tag")
    seite.page.fill("input[name=bis]", "31.12.2099")
    seite.klick("Abwesenheit eintragen")
    shows(seite, "Bitte auswählen.")
    seite.ohne_barrieren()
    seite.page.select_option("select[name=vertretung]", str(kollege.pk))
    seite.klick("Abwesenheit eintragen")
    shows(seite, "Die Abwesenheit ist eingetragen.")
    seite.ohne_barrieren()
    seite.passt_in(320)
    vertretung = neue_seite()
    vertretung.anmelden("kollege")
    assert vertretung.offen(f"/faelle/{case.pk}/") == 200
    assert vertretung.offen(f"/faelle/{case.pk}/zustaendige/") == 200
    shows(vertretung, "Vertretung: Kollege Beispiel")
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
    shows(seite, "bleiben Fristen der Behörde offen")
    seite.ohne_barrieren()
    seite.page.select_option("select[name=art]", "antrag_zurueckgenommen")
    seite.klick("Fall beenden")
    shows(seite, "Der Fall ist beendet.")
    seite.page.get_by_role("link", name="Fall wieder aufnehmen").click()
    shows(seite, "läuft weiter")
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.page.fill("textarea[name=text]", "Rücknahme widerrufen")
    seite.klick("Fall wieder aufnehmen")
    shows(seite, "Der Fall ist wieder aufgenommen.")


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
    shows(seite, "Im Schema fehlt {nummer}")
    seite.ohne_barrieren()
    feld.fill("{jahr2}/{team}/{nummer:4}")
    seite.klick("Speichern")
    shows(seite, "Die Angaben der Behörde sind gespeichert.")
    shows(seite, "Admin Beispiel")
    seite.ohne_barrieren()
    seite.passt_in(320)
