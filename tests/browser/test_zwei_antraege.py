"""A case with two Anträge: deciding about one leaves the Fristen of the other running."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.antrag.services.antrag import record_antrag
from cases.models import Schreiben
from recht.fristkatalog import katalog
from tests import uhr
from tests.browser.test_geschichte import step
from tests.budget import fabriken
from tests.fabriken import EINGANGSFRISTEN

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def akte(transactional_db) -> fabriken.Akte:
    """A submitted Bescheid about an Antrag of some weeks ago; another one came in today."""
    heute = uhr.HEUTE
    akte = fabriken.insert_vorgelegt(tage=_tage(heute))
    record_antrag(
        case=akte.case,
        eingang=heute,
        weg="schriftlich",
        begehren="Ein Hilfsmittel für den Weg zur Arbeit",
        persoenliches_budget=False,
        by=akte.fallmanager,
        tag=heute,
    )
    return akte


def _tage(heute: date) -> fabriken.Tage:
    """The days of a story that ends today, within six months of its Antrag."""
    vor = [heute - timedelta(days=tage) for tage in (40, 30, 25, 20)]
    beginn = (heute.replace(day=1) + timedelta(days=32)).replace(day=1)
    return fabriken.Tage(*vor, bescheid=heute, beginn=beginn, ende=None)


def _logged_in(neue_seite, name: str):
    seite = neue_seite()
    seite.anmelden(name)
    return seite


def _karte(seite, fall: int, titel: str) -> str:
    assert seite.offen(reverse("fall_antrag", args=[fall])) == 200
    return seite.page.locator("main section", has_text=titel).first.inner_text()


def test_one_antrag_is_decided_and_the_other_runs_on(neue_seite, akte):
    fall, heute = akte.case.pk, uhr.HEUTE
    titel = str(akte.case.antraege.earliest("eingang"))
    leitung = _logged_in(neue_seite, akte.leitung.username)
    step(leitung, reverse("bescheid_freigabe", args=[fall]))
    leitung.offen(reverse("budget", args=[fall]))
    assert titel in leitung.text()
    assert "Noch nicht wirksam" in leitung.text()
    # Released, but not known to the person: she still waits for a decision.
    erster = _karte(leitung, fall, titel)
    assert "Untätigkeitsklage wegen eines Antrags (offen)" in erster

    fm = _logged_in(neue_seite, akte.fallmanager.username)
    schreiben = Schreiben.objects.get(case=fall, art="bescheid")
    step(
        fm,
        reverse("versand_neu", args=[fall, schreiben.pk]),
        {"weg": "uebergabe", "uebergeben_am": f"{heute:%d.%m.%Y}"},
    )
    fm.offen(reverse("bescheid", args=[fall]))
    assert f"Wirksam mit Bekanntgabe am {heute:%d.%m.%Y}" in fm.text()
    fm.ohne_barrieren()
    erster = _karte(fm, fall, titel)
    zweiter = _karte(fm, fall, f"Antrag, eingegangen am {heute:%d.%m.%Y}")
    assert "Untätigkeitsklage wegen eines Antrags (aufgehoben)" in erster
    for regel in EINGANGSFRISTEN:
        assert f"{katalog()[regel].bezeichnung} (offen)" in zweiter
    assert "aufgehoben" not in zweiter
    assert leitung.meldungen + fm.meldungen == []


def test_the_form_of_the_budget_asks_for_the_antrag_where_there_are_two(neue_seite, akte_offen):
    fall = akte_offen.case.pk
    erster, zweiter = akte_offen.case.antraege.order_by("eingang")
    seite = _logged_in(neue_seite, akte_offen.fallmanager.username)
    assert seite.offen(reverse("budget_neu", args=[fall])) == 200
    assert "Über welchen Antrag wird entschieden?" in seite.text()
    # Only the first one asks for a Persönliches Budget.
    assert seite.page.locator(f"main [name=antrag][value='{erster.pk}']").is_checked()
    seite.ohne_barrieren()
    seite.passt_in(320)
    step(
        seite,
        reverse("budget_neu", args=[fall]),
        {"antrag": zweiter.pk, "beginn": "01.05.2026", "vergleichssumme": "2.400,00"},
    )
    assert akte_offen.case.persoenliche_budgets.get().antrag == zweiter
    assert str(zweiter) in seite.text()


@pytest.fixture
def akte_offen(transactional_db) -> fabriken.Akte:
    """A released plan and two Anträge, no budget yet."""
    akte = fabriken.make_akte(fabriken.B)
    record_antrag(
        case=akte.case,
        eingang=date(2026, 4, 13),
        weg="schriftlich",
        begehren="Assistenz am Arbeitsplatz",
        persoenliches_budget=False,
        by=akte.fallmanager,
        tag=date(2026, 4, 13),
    )
    return akte
