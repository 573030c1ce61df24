"""Pages of the budget in a real browser: accessible, and readable on a small screen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from budget.arbeitgeber.services import add_arbeitgebernachweise
from budget.models import PersoenlichesBudget
from budget.zielvereinbarung.services import Nebenabreden, update_zielvereinbarung
from tests.budget import fabriken
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def _seen(seite, akte, names):
    for name, *mehr in (n if isinstance(n, tuple) else (n,) for n in names):
        path = reverse(name, args=[akte.case.pk, *mehr])
        assert seite.offen(path) == 200, path
        seite.ohne_barrieren()
        seite.passt_in(320)


def test_pages_of_the_bemessung_are_accessible(neue_seite, transactional_db):
    akte = fabriken.make_akte()
    fabriken.start(akte)
    seite = neue_seite()
    seite.anmelden(akte.fallmanager.username)
    _seen(seite, akte, ["budget", "budget_bearbeiten"])
    fabriken.tell("entwurf", akte=akte)
    teil = ("teilbudget", akte.leistungen["teilhabe"].pk)
    _seen(
        seite,
        akte,
        ["budget", teil, "zielvereinbarung", "zielvereinbarung_bearbeiten"],
    )
    assert len(seite.gesehen) == 6
    assert seite.meldungen == []


def test_pages_of_the_bescheid_are_accessible(neue_seite, transactional_db):
    akte = fabriken.insert_vorgelegt()
    seite = neue_seite()
    seite.anmelden(akte.leitung.username)
    _seen(seite, akte, ["budget", "bescheid", "bescheid_freigabe", "bescheid_zurueckgeben"])
    assert len(seite.gesehen) == 4
    assert seite.meldungen == []


def test_page_of_the_kasse_is_accessible(neue_seite, transactional_db):
    akte = fabriken.insert_vorgelegt(tage=fabriken.B)
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="laeuft")
    kasse = make_user("kasse", "Kasse")
    seite = neue_seite()
    seite.anmelden(kasse.username)
    assert seite.offen(reverse("auszahlungen")) == 200
    assert akte.case.aktenzeichen in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)


def test_pages_of_what_is_agreed_beside_are_accessible(neue_seite, transactional_db):
    akte = fabriken.tell("entwurf", fabriken.B)
    akte.zielvereinbarung = update_zielvereinbarung(
        zielvereinbarung=akte.zielvereinbarung,
        texte={},
        nebenabreden=Nebenabreden(arbeitgebermodell=True),
        by=akte.fallmanager,
        tag=akte.tage.ausgefertigt,
    )
    fabriken.insert_ausfertigung(akte)
    seite = neue_seite()
    seite.anmelden(akte.fallmanager.username)
    _seen(seite, akte, ["zielvereinbarung_unterschriften", "budget_sachleistung", "budget"])
    fabriken._sign(akte)
    [row] = add_arbeitgebernachweise(
        budget=akte.budget,
        faellig={"anmeldung": akte.tage.beginn},
        by=akte.fallmanager,
        tag=akte.tage.unterschrift,
    )
    eingang, erinnern = ("arbeitgeber_eingang", row.pk), ("arbeitgeber_erinnern", row.pk)
    _seen(seite, akte, ["arbeitgeber", "arbeitgeber_verlangen", eingang, erinnern])
    assert seite.meldungen == []
