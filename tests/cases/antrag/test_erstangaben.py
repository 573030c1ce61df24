"""What is known on the day of intake stands on the same page as person and Antrag."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cases.models import Case
from tests.cases.antrag.bausteine import EINGABE

pytestmark = pytest.mark.django_db
ERSTANGABEN = {
    "behinderungsart": "koerperlich",
    "pflegegrad": "grad_2",
    "wohnform": "eigene",
    "krankenkasse": "Muster-BKK",
    "iban": "DE89 3704 0044 0532 0130 00",
}


@pytest.fixture
def drin(client, fallmanager):
    client.force_login(fallmanager)
    with time_machine.travel("2026-11-20 09:00:00+01:00", tick=False):
        yield client


def test_one_page_records_person_and_facts_from_the_receipt_on(drin, fallmanager):
    daten = {**EINGABE, **ERSTANGABEN, "caseworker": fallmanager.pk}
    response = drin.post(reverse("antrag_aufnehmen"), daten)
    case, eingang = Case.objects.get(), date(2026, 11, 16)
    person = case.leistungsberechtigte_person
    assert response["Location"] == reverse("zustaendigkeit", args=[case.pk])
    assert person.behinderungsart == "koerperlich"
    assert person.iban_am(eingang) == "DE89370400440532013000"
    assert person.bankverbindungen.get().kontoinhaber == person.voller_name
    for reihe, feld, wert in (
        ("pflegeeinstufungen", "stand", "grad_2"),
        ("wohnsituationen", "wohnform", "eigene"),
        ("krankenversicherungen", "krankenkasse", "Muster-BKK"),
    ):
        row = getattr(person, reihe).get()
        assert (getattr(row, feld), row.gueltig_ab) == (wert, eingang)


def test_nothing_is_recorded_that_nobody_has_typed(drin, fallmanager):
    drin.post(reverse("antrag_aufnehmen"), {**EINGABE, "caseworker": fallmanager.pk})
    person = Case.objects.get().leistungsberechtigte_person
    assert person.behinderungsart == "unbekannt"
    reihen = ("bankverbindungen", "pflegeeinstufungen", "wohnsituationen", "krankenversicherungen")
    assert not any(getattr(person, reihe).exists() for reihe in reihen)


@pytest.mark.parametrize(
    ("feld", "wert", "satz"),
    [
        ("iban", "DE12 3456", "IBAN"),
        ("eingang", "01.02.2016", "Pflegegrade gibt es erst seit dem 01.01.2017."),
    ],
)
def test_doubtful_facts_are_named_and_nothing_is_lost(drin, fallmanager, feld, wert, satz):
    daten = {**EINGABE, **ERSTANGABEN, "caseworker": fallmanager.pk, feld: wert}
    response = drin.post(reverse("antrag_aufnehmen"), daten)
    assert response.status_code == 422
    texte = [text for texts in response.context["form"].errors.values() for text in texts]
    assert [text for text in texte if satz in text] == texte
    assert "Muster-BKK" in response.text
    assert Case.objects.count() == 0
