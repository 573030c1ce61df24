"""The Zuständigkeit in the browser: guided, left, continued, split; the letters prepared."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.models import Schreiben, Zustaendigkeitspruefung
from tests import uhr
from tests.fabriken import make_fall, make_fallmanager
from vorfuehrung.behoerde import create_behoerde

pytestmark = pytest.mark.django_db(transaction=True)


def druecke(seite, name: str) -> None:
    """Press and wait until the answer is there."""
    with seite.page.expect_navigation():
        seite.klick(name)


def waehle(seite, **antworten: str) -> None:
    for name, wert in antworten.items():
        seite.page.locator(f"main [name='{name}'][value='{wert}']").check()
    seite.ohne_barrieren()
    druecke(seite, "Antworten speichern")


def test_guided_check_is_left_continued_and_splits_the_application(neue_seite):
    create_behoerde()
    fm = make_fallmanager()
    heute = uhr.HEUTE
    case = make_fall(fm, eingang=heute - timedelta(days=2), tag=heute)
    seite = neue_seite()
    seite.anmelden(fm.username)
    ort = f"/faelle/{case.pk}/zustaendigkeit/"
    seite.offen(ort)
    seite.ohne_barrieren()
    seite.passt_in(320)
    druecke(seite, "Geführte Prüfung beginnen")
    waehle(seite, herkunft="erster", eilfall="nein", gruppen="b_soziale_teilhabe")
    seite.offen(f"/faelle/{case.pk}/")
    assert Zustaendigkeitspruefung.objects.get().antworten["herkunft"] == "erster"
    seite.offen(ort)
    druecke(seite, "Prüfung fortsetzen")
    seite.page.locator("main [value='b_unterhaltssichernde']").check()
    waehle(seite, vorrang="nein", bezug="nein")
    waehle(seite, wohnform="ambulant")
    waehle(seite, aufenthalt="hier")
    assert "Einen Teil weiterleiten, über den Rest entscheiden" in seite.text()
    assert "§ 15 Abs. 1 S. 1 SGB IX" in seite.text()
    druecke(seite, "Teil des Antrags weiterleiten")
    seite.page.locator("main [name='an']").select_option(label="Agentur für Arbeit Musterau")
    seite.page.fill("main [name='inhalt']", "Übergangsgeld während der Ausbildung")
    seite.ohne_barrieren()
    druecke(seite, "Teil weiterleiten")
    assert "Unterrichtung über die teilweise Weiterleitung" in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
    druecke(seite, "Festschreiben und versenden")
    assert Schreiben.objects.get().art == "teilweiterleitung_traeger"
    assert "Agentur für Arbeit Musterau" in seite.text()


def test_missed_check_closes_forwarding_and_names_the_law(neue_seite):
    create_behoerde()
    fm = make_fallmanager()
    heute = uhr.HEUTE
    case = make_fall(fm, eingang=heute - timedelta(days=30), tag=heute)
    seite = neue_seite()
    seite.anmelden(fm.username)
    seite.offen(f"/faelle/{case.pk}/zustaendigkeit/")
    assert "kraft Gesetzes leistender Träger" in seite.text()
    assert "noch nicht möglich" in seite.text()
    seite.ohne_barrieren()
    druecke(seite, "Zuständigkeit feststellen")
    assert "Bitte ausfüllen" in seite.text()
    seite.ohne_barrieren()
