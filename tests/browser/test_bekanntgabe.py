"""Bekanntgabe in a real browser: post abroad, a returned letter, a second dispatch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from budget.bescheid.services.bescheid import draft_bescheid, release_bescheid, submit_bescheid
from budget.bescheid.services.wirksamkeit import begin_wirkungen
from cases.models import Frist
from recht.laenge import plus_monate
from tests import uhr
from tests.budget import fabriken

pytestmark = pytest.mark.django_db(transaction=True)


def _released(*, ausland: bool = False) -> fabriken.Akte:
    akte = fabriken.tell("vereinbart", fabriken.B)
    tag = akte.tage.bescheid
    row = draft_bescheid(
        budget=akte.budget,
        erste_auszahlung=akte.tage.beginn,
        begruendung="Der Bedarf ist festgestellt.",
        ausland=ausland,
        by=akte.fallmanager,
        tag=tag,
    )
    submit_bescheid(bescheid=row, by=akte.fallmanager, tag=tag)
    akte.bescheid = release_bescheid(bescheid=row, by=akte.leitung, tag=tag)
    return akte


def _look(seite):
    seite.ohne_barrieren()
    seite.passt_in(320)


def _send(seite, akte, weg):
    neu = reverse("versand_neu", args=[akte.case.pk, akte.bescheid.schreiben_id])
    assert seite.offen(neu) == 200
    _look(seite)
    seite.page.check(f"input[name=weg][value={weg}]")
    if weg == "uebergabe":
        seite.page.fill("input[name=uebergeben_am]", f"{uhr.HEUTE:%d.%m.%Y}")
    seite.klick("Versand veranlassen")
    if weg == "post":
        seite.page.click("text=Aufgabe zur Post vermerken")
        seite.page.fill("input[name=aufgabe_am]", f"{uhr.HEUTE:%d.%m.%Y}")
        seite.klick("Tag vermerken")


def test_post_abroad_is_made_known_with_the_proof_of_receipt(neue_seite, transactional_db):
    akte = _released(ausland=True)
    seite = neue_seite()
    seite.anmelden(akte.fallmanager.username)
    _send(seite, akte, "post")
    assert "noch nicht: der Zugang ist nachzuweisen" in seite.text()
    _look(seite)
    seite.page.click("text=Zugang oder Belehrung berichtigen")
    _look(seite)
    seite.page.fill("input[name=zugang_am]", f"{uhr.HEUTE:%d.%m.%Y}")
    seite.page.fill("textarea[name=feststellung]", "Rückschein, Blatt 41")
    seite.klick("Berichtigen und neu rechnen")
    frist = Frist.objects.get(case=akte.case, regel="F51")
    assert frist.ausloeser_datum == uhr.HEUTE
    assert frist.ende >= plus_monate(uhr.HEUTE, 3)
    assert f"{frist.ende:%d.%m.%Y}" in seite.text()
    _look(seite)
    akte.case.refresh_from_db()
    assert akte.case.state == "leistung_laeuft"
    assert seite.meldungen == []


def test_returned_bescheid_loses_its_effect_and_is_released_anew(neue_seite, transactional_db):
    akte = _released()
    seite = neue_seite()
    seite.anmelden(akte.fallmanager.username)
    _send(seite, akte, "post")
    begin_wirkungen(tag=uhr.HEUTE + timedelta(days=4))
    akte.case.refresh_from_db()
    assert akte.case.state == "leistung_laeuft"
    seite.page.reload()
    seite.page.click("text=Brief kam zurück oder ging nicht zu")
    _look(seite)
    seite.page.fill("textarea[name=feststellung]", "unbekannt verzogen")
    seite.klick("Als nicht zugegangen vermerken")
    assert "durch diese Sendung ist nichts bekannt gegeben" in seite.text()
    akte.case.refresh_from_db()
    assert akte.case.state == "geplant"
    assert seite.offen(reverse("bescheid", args=[akte.case.pk])) == 200
    _look(seite)
    seite.page.click("text=Zur neuen Freigabe zurückgeben")
    _look(seite)
    seite.page.fill("textarea[name=text]", "neue Anschrift")
    seite.klick("Zur neuen Freigabe zurückgeben")
    assert "neue Anschrift" in seite.text()
    akte.bescheid.refresh_from_db()
    assert (akte.bescheid.state, akte.bescheid.schreiben) == ("entwurf", None)
    assert seite.meldungen == []


def test_second_dispatch_is_a_further_copy(neue_seite, transactional_db):
    akte = _released()
    seite = neue_seite()
    seite.anmelden(akte.fallmanager.username)
    _send(seite, akte, "uebergabe")
    _send(seite, akte, "post")
    assert "weitere Ausfertigung, ohne Folge für Fristen" in seite.text()
    _look(seite)
    assert [f.ausloeser_datum for f in Frist.objects.filter(case=akte.case, regel="F51")] == [
        uhr.HEUTE
    ]
    assert seite.offen(reverse("bescheid", args=[akte.case.pk])) == 200
    _look(seite)
    assert seite.meldungen == []
