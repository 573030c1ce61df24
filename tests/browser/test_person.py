"""Somebody enters a Betreuung: the page says who gets letters from now on, and why."""

from __future__ import annotations

import pytest

from tests.fabriken import make_fall, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_betreuung_is_entered_and_becomes_the_addressee(neue_seite, fallmanager):
    case = make_fall(fallmanager, person=make_person("Muster"))
    seite = neue_seite()
    seite.anmelden("fallmanager")
    assert seite.offen(f"/faelle/{case.pk}/person/") == 200
    assert "die Person selbst" in seite.text()
    seite.ohne_barrieren()
    seite.klick("Neue Vertretung")
    seite.ohne_barrieren()
    seite.page.select_option("select[name=art]", "betreuung")
    seite.page.fill("input[name=nachname]", "Sommer")
    seite.page.fill("input[name=gueltig_ab]", "01.03.2024")
    seite.page.fill("input[name=gueltig_bis]", "01.02.2024")
    seite.klick("Speichern")
    seite.page.get_by_text("Das Ende liegt vor dem Beginn am 01.03.2024.").first.wait_for()
    assert seite.page.input_value("input[name=nachname]") == "Sommer"
    seite.ohne_barrieren()
    for name, wert in (("strasse", "Platz 7"), ("plz", "70999"), ("ort", "Musterau")):
        seite.page.fill(f"input[name={name}]", wert)
    seite.page.fill("input[name=gueltig_bis]", "")
    seite.page.get_by_label("Vertretung gegenüber Behörden").check()
    seite.klick("Speichern")
    seite.page.wait_for_url("**/person/#vertretungen")
    seite.page.locator("#post summary").click()
    assert "Sommer rechtliche Betreuung" in seite.text()
    assert "§ 1823 BGB" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
