"""What the Prüfkatalog of the Antrag has shown leads to grant, refusal or Sachleistung."""

from __future__ import annotations

import pytest
from django.urls import reverse

from budget.bescheid.schritte import BESCHEIDSCHRITTE
from budget.bescheid.schritte.tore import lage_of_bescheid
from budget.verfahren import guards
from budget.verfahren.queries import pruefstand_of
from cases.models import Antrag, Pruefkatalog, Pruefpunkt
from recht.pruefkatalog import pruefkriterien
from tests.budget import fabriken

pytestmark = pytest.mark.django_db


def check(akte, ergebnis="erfuellt", **anders):
    """Write a Prüfkatalog in which every Voraussetzung has the same result but those named."""
    antrag = akte.budget.antrag
    Antrag.objects.filter(pk=antrag.pk).update(persoenliches_budget=True)
    katalog = Pruefkatalog.objects.create(
        antrag=antrag,
        datum=akte.tage.plan,
        geprueft_von=akte.fallmanager,
        abwaegung="Sie hat klare Vorstellungen.",
    )
    for kriterium in pruefkriterien("voraussetzung", antrag.eingang):
        Pruefpunkt.objects.create(
            pruefkatalog=katalog,
            voraussetzung=kriterium.schluessel,
            ergebnis=anders.get(kriterium.schluessel, ergebnis),
        )
    return katalog


def seite(client, akte) -> str:
    client.force_login(akte.fallmanager)
    response = client.get(reverse("budget", args=[akte.case.pk]))
    return " ".join(response.content.decode().split())


def test_voraussetzungen_erfuellt(akte):
    fabriken.bemiss(akte)
    check(akte, hilfebedarf="nicht_erfuellt")
    stand = pruefstand_of(akte.budget.antrag)
    assert [k.schluessel for k in stand.nicht_erfuellt] == ["hilfebedarf"]
    hindernis = guards.voraussetzungen_erfuellt(stand.nicht_erfuellt)
    assert hindernis.norm == stand.nicht_erfuellt[0].norm
    assert "lehnen Sie den Antrag ab" in hindernis.text
    assert guards.voraussetzungen_erfuellt(()) is None


def test_without_a_check_everything_is_open_and_nothing_closed(akte):
    fabriken.bemiss(akte)
    stand = pruefstand_of(akte.budget.antrag)
    assert stand.katalog is None
    assert len(stand.offen) == len(pruefkriterien("voraussetzung", akte.budget.antrag.eingang))
    assert stand.nicht_erfuellt == ()


def test_gate_of_the_grant_leads_to_the_pruefkatalog(vorgelegt):
    check(vorgelegt, hilfebedarf="nicht_erfuellt")
    lage = lage_of_bescheid(vorgelegt.bescheid, vorgelegt.leitung, vorgelegt.tage.bescheid)
    tore = {tor.titel: tor for tor in BESCHEIDSCHRITTE.tore(lage, "freigeben")}
    tor = tore["Der Prüfkatalog steht der Bewilligung nicht entgegen"]
    assert not tor.offen
    ziel = [vorgelegt.case.pk, vorgelegt.budget.antrag_id]
    assert tor.url == reverse("pruefkatalog", args=ziel)


def test_page_leads_to_refusal_and_sachleistung(client, akte):
    fabriken.bemiss(akte)
    check(akte, hilfebedarf="nicht_erfuellt")
    text = seite(client, akte)
    assert reverse("folge_neu", args=[akte.case.pk, "ablehnung"]) in text
    assert reverse("budget_sachleistung", args=[akte.case.pk]) in text
    assert "Sie hat klare Vorstellungen." in text


def test_page_says_that_nothing_stands_against_the_grant(client, akte):
    fabriken.bemiss(akte)
    check(akte)
    text = seite(client, akte)
    assert "nichts steht der Bewilligung entgegen" in text
    assert reverse("folge_neu", args=[akte.case.pk, "ablehnung"]) not in text
