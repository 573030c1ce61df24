"""A series of letters in a real browser: chosen, looked at by a second person, sent, printed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Serie, User, Versand
from cases.schreiben import tasks
from tests.cases.schreiben.serie.proben import open_sample
from tests.fabriken import make_fall, make_fallmanager, make_leitung

pytestmark = pytest.mark.django_db(transaction=True)


def look(seite) -> None:
    seite.ohne_barrieren()
    seite.passt_in(320)


def test_series_goes_from_the_list_to_the_printer(neue_seite, behoerde, monkeypatch):
    monkeypatch.setattr(tasks, "SOFORT_SEKUNDEN", 60.0)
    ich = make_fallmanager()
    for _ in range(3):
        make_fall(ich)
    make_leitung("zweite")
    seite = neue_seite()
    seite.anmelden("fallmanager")
    assert seite.offen(reverse("postausgang")) == 200
    seite.page.click("text=Serienbriefe")
    seite.page.wait_for_url("**/serienbriefe/")
    look(seite)
    seite.klick("Schreiben mit eigenem Text")
    seite.klick("Liste anzeigen")
    look(seite)
    seite.page.fill("input[name=betreff]", "Neuer Betrag")
    seite.page.fill("textarea[name=text]", "Ihr Zeichen ist [[Aktenzeichen]].")
    seite.page.locator("input[name=posten]").nth(2).uncheck()
    seite.klick("Schreiben setzen lassen")
    assert "2 Schreiben: 2 gesetzt" in seite.text()
    assert "selbst angelegt" in seite.text()
    look(seite)
    serie = Serie.objects.get()
    zweite = neue_seite()
    zweite.anmelden("zweite")
    assert zweite.offen(reverse("start")) == 200
    assert "gesetzt, wartet auf Freigabe" in zweite.text()
    assert zweite.offen(reverse("serie", args=[serie.pk])) == 200
    assert "noch nicht angesehen" in zweite.text()
    zweite.ohne_barrieren()
    assert open_sample(serie, User.objects.get(username="zweite")) == 2
    zweite.page.reload()
    zweite.klick("Freigeben und versenden")
    assert "2 auf den Weg gegeben" in zweite.text()
    look(zweite)
    zweite.klick("Druckstapel erstellen")
    assert Versand.objects.filter(druckstapel_liste__isnull=False).count() == 2
    assert seite.meldungen == zweite.meldungen == []
