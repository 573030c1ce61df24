"""Pages of the budget in a real browser: accessible, and readable on a small screen."""

from __future__ import annotations

import os

import pytest
from django.urls import reverse

from budget.models import PersoenlichesBudget
from tests.budget import fabriken
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def _seen(seite, akte, names, kennung):
    for name in names:
        name, *mehr = name if isinstance(name, tuple) else (name,)
        path = reverse(name, args=[akte.case.pk, *mehr])
        assert seite.offen(path) == 200, path
        if os.environ.get("BILD"):
            seite.page.screenshot(path=f"/tmp/s_{kennung}_{name}.png", full_page=True)
        seite.ohne_barrieren()
        seite.passt_in(320)


def test_pages_of_the_bemessung_are_accessible(neue_seite, transactional_db):
    akte = fabriken.make_akte()
    fabriken.start(akte)
    seite = neue_seite()
    seite.anmelden(akte.fallmanager.username)
    _seen(seite, akte, ["budget", "budget_bearbeiten"], "leer")
    fabriken.tell("entwurf", akte=akte)
    teil = ("teilbudget", akte.leistungen["teilhabe"].pk)
    _seen(
        seite,
        akte,
        ["budget", teil, "zielvereinbarung", "zielvereinbarung_bearbeiten"],
        "bemessen",
    )
    assert len(seite.gesehen) == 6
    assert seite.meldungen == []


def test_pages_of_the_bescheid_are_accessible(neue_seite, transactional_db):
    akte = fabriken.insert_vorgelegt()
    seite = neue_seite()
    seite.anmelden(akte.leitung.username)
    _seen(seite, akte, ["budget", "bescheid", "bescheid_freigabe", "bescheid_zurueckgeben"], "vor")
    assert len(seite.gesehen) == 4
    assert seite.meldungen == []


def test_page_of_the_kasse_is_accessible(neue_seite, transactional_db):
    akte = fabriken.insert_vorgelegt(tage=fabriken.B)
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="laeuft")
    kasse = make_user("kasse", "Kasse")
    seite = neue_seite()
    seite.anmelden(kasse.username)
    assert seite.offen(reverse("auszahlungen")) == 200
    if os.environ.get("BILD"):
        seite.page.screenshot(path="/tmp/s_kasse.png", full_page=True)
    assert akte.case.aktenzeichen in seite.text()
    seite.ohne_barrieren()
    seite.passt_in(320)
