"""The page of the choice between two editors, looked at in a browser."""

from __future__ import annotations

import pytest

from tests.oberflaeche.szenen import SZENEN

pytestmark = pytest.mark.django_db(transaction=True)


def _clash(neue_seite, name, **options):
    """Let the first person save while the second has the form open; return the second window."""
    s = SZENEN[name]()
    eine, andere = neue_seite(**options), neue_seite(**options)
    for fenster, wer in ((eine, s.eine), (andere, s.andere)):
        fenster.anmelden(wer.username)
        fenster.offen(s.url)
    for fenster, wert in ((eine, s.werte[0]), (andere, s.werte[1])):
        fenster.page.locator(f"[name={s.feld}]").fill(wert)
        fenster.weiter(fenster.page.locator("form.fw-formular button[type=submit]").first)
    return s, andere


@pytest.mark.parametrize("name", ["budget_bearbeiten", "angabe[bankverbindungen]"])
def test_choice_is_accessible_and_fits_a_narrow_window(neue_seite, name):
    s, seite = _clash(neue_seite, name)
    assert f"{s.eine.get_full_name()} hat diese Angaben inzwischen geändert." in seite.text()
    gruppe = seite.page.locator(f"#konflikt_{s.feld}")
    assert s.werte[0] in gruppe.inner_text()
    assert s.werte[1] in gruppe.inner_text()
    seite.ohne_barrieren()
    seite.passt_in(320)


def test_choice_works_without_javascript(neue_seite):
    s, seite = _clash(neue_seite, "budget_bearbeiten", java_script_enabled=False)
    absenden = seite.page.locator("form.fw-formular button[type=submit]").first
    seite.weiter(absenden)
    assert "Bitte wählen Sie je Feld, was gelten soll." in seite.text()
    seite.page.get_by_label(f"Gespeichert von {s.eine.get_full_name()}").check()
    seite.weiter(absenden)
    assert "Die Angaben sind gespeichert." in seite.text()
    seite.offen(s.url)
    assert seite.page.input_value(f"[name={s.feld}]") == s.werte[0]
