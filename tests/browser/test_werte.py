"""Own values with two people, and the calculators, in a browser and on paper."""

from __future__ import annotations

import pytest

from cases.models import EigenerWert
from cases.states.rolle import Rolle
from tests.fabriken import make_fallmanager, make_user

pytestmark = pytest.mark.django_db(transaction=True)

RECHNUNG = "/fristenrechner/?frist=F51&ausloeser=06.12.2025&land=BW"
BEKANNTGABE = "/fristenrechner/bekanntgabe/?aufgabe=01.04.2026&weg=post&rbb=richtig&land=BW"


@pytest.fixture
def leute(behoerde):
    make_fallmanager()
    for name in ("erste", "zweite"):
        make_user(name, Rolle.FACHADMINISTRATION)


def check(seite, pfad: str, status: int = 200) -> None:
    assert seite.offen(pfad) == status, pfad
    seite.ohne_barrieren()
    seite.passt_in(320)


def test_value_needs_two_people(neue_seite, leute):
    seite = neue_seite()
    seite.anmelden("erste")
    check(seite, "/werte/neu/")
    seite.page.select_option("[name=schluessel]", "vorlauf.F01")
    seite.klick("Weiter")
    seite.page.fill("[name=wert]", "6")
    seite.page.fill("[name=gueltig_ab]", "01.01.2020")
    seite.page.fill("[name=begruendung]", "Dienstanweisung")
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.klick("Zur Freigabe vorschlagen")
    assert "Sie haben diesen Wert selbst vorgeschlagen." in seite.text()
    check(seite, "/werte/")
    zweite = neue_seite()
    zweite.anmelden("zweite")
    check(zweite, "/werte/")
    zweite.klick("Freigeben")
    zweite.ohne_barrieren()
    zweite.klick("Wert freigeben")
    assert "Der Wert ist freigegeben." in zweite.text()
    assert EigenerWert.objects.get().state == "freigegeben"
    assert seite.meldungen == zweite.meldungen == []


def test_values_open_by_their_jump_links(neue_seite, leute):
    seite = neue_seite()
    seite.anmelden("erste")
    check(seite, "/werte/?stichtag=01.06.2010")
    assert "1.120,00 €" not in seite.text()
    seite.page.get_by_role("link", name="KVJS-Richtwerte").click()
    assert "1.120,00 €" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)


def test_refused_day_and_refused_key_are_accessible(neue_seite, leute):
    seite = neue_seite()
    seite.anmelden("erste")
    check(seite, "/werte/?stichtag=31.12.2003", 422)
    check(seite, "/werte/neu/bekanntgabe_tage/", 422)
    assert "§ 37 Abs. 2 SGB X" in seite.text()


def test_calculators_answer_and_refuse_accessibly(neue_seite, leute):
    seite = neue_seite()
    seite.anmelden("fallmanager")
    check(seite, "/fristenrechner/")
    seite.page.select_option("[name=frist]", "F51")
    seite.page.fill("[name=ausloeser]", "06.12.2025")
    seite.klick("Berechnen")
    assert "Mittwoch, 07.01.2026" in seite.text()
    check(seite, RECHNUNG)
    check(seite, BEKANNTGABE)
    assert "Sonntag, 05.04.2026" in seite.text()
    check(seite, RECHNUNG + "&pause1_von=01.12.2025", 422)
    assert seite.page.evaluate("document.activeElement.textContent").count("letzter Tag") == 1


@pytest.mark.parametrize("script", [True, False])
def test_paper_shows_what_the_screen_folds_away(neue_seite, leute, script):
    seite = neue_seite(java_script_enabled=script)
    seite.anmelden("erste")
    for path, text in (
        ("/werte/?stichtag=01.06.2010", "910,00 €"),
        (RECHNUNG, "kein Werktag, das Ende"),
    ):
        seite.offen(path)
        if path == RECHNUNG:
            seite.page.locator("details.fw-warum summary").click()
        row = seite.page.get_by_text(text).first
        assert not row.is_visible()
        seite.page.emulate_media(media="print")
        assert row.is_visible()
        seite.page.emulate_media(media="screen")


def test_older_browsers_unfold_before_printing_and_fold_again(neue_seite, leute):
    seite = neue_seite()
    seite.anmelden("erste")
    seite.offen("/werte/?stichtag=01.06.2010")
    offen = seite.page.locator("details[open]")
    seite.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert offen.count() == 6
    seite.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert offen.count() == 0
