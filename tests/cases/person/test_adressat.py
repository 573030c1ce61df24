"""Letters go to the addressee of the day, name whom they concern, and wait when that changes."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Schreiben, Vertretungsverhaeltnis
from cases.person.guards.adressat import (
    adressat_vorhanden,
    anschrift_unveraendert,
    email_an_den_adressaten,
    zustellung_am,
)
from cases.schreiben.satz.brief import kopf_daten
from cases.schreiben.services.schreiben import empfaenger_of, wohnanschrift_of
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import HEUTE, make_fall, make_person

pytestmark = pytest.mark.django_db
WOHNT = ["Lindenweg 12", "70999 Musterau"]
BETREUT = ["Betreuungsverein", "Beate Sommer", "Platz 7", "70999 Musterau"]


def make_vertretung(person, art="betreuung", **felder) -> Vertretungsverhaeltnis:
    werte = {
        "vorname": "Beate",
        "nachname": "Sommer",
        "anrede": "frau",
        "organisation": "Betreuungsverein",
        "strasse": "Platz 7",
        "plz": "70999",
        "ort": "Musterau",
        "aufgabenkreise": ["behoerden"],
        "gueltig_ab": date(2024, 1, 1),
    }
    return Vertretungsverhaeltnis.objects.create(
        leistungsberechtigte_person=person, art=art, **(werte | felder)
    )


@pytest.fixture
def case(fallmanager):
    return make_fall(fallmanager, person=make_person("Muster"))


def test_letter_goes_to_betreuung_and_names_the_person(case, fallmanager):
    make_vertretung(case.leistungsberechtigte_person)
    empfaenger = empfaenger_of(case, HEUTE)
    kopf = kopf_daten(
        case=case,
        empfaenger=empfaenger,
        datum=HEUTE,
        ansprechpartner=fallmanager,
        betreff="Ihr Antrag",
    )
    assert empfaenger == BETREUT
    assert wohnanschrift_of(case, HEUTE) == WOHNT
    assert kopf["vertretung"] == {
        "fuer": "Emil Muster",
        "geburtsdatum": "1985-04-17",
        "als": "rechtliche Betreuung",
    }
    assert zustellung_am(case.leistungsberechtigte_person, HEUTE).anrede == (
        "Sehr geehrte Frau Sommer"
    )


def test_parent_without_own_address_lives_with_the_child(case):
    person = case.leistungsberechtigte_person
    person.geburtsdatum = date(2015, 1, 1)
    leer = {"organisation": "", "strasse": "", "plz": "", "ort": "", "aufgabenkreise": []}
    make_vertretung(person, "eltern", **leer)
    assert empfaenger_of(case, HEUTE) == ["Beate Sommer", *WOHNT]


def test_child_without_parents_has_no_addressee(case):
    case.leistungsberechtigte_person.geburtsdatum = date(2015, 1, 1)
    with pytest.raises(SchrittUnzulaessig, match="keine gesetzliche Vertretung"):
        empfaenger_of(case, HEUTE)


def test_adressat_vorhanden(case):
    zustellung = zustellung_am(case.leistungsberechtigte_person, HEUTE)
    assert adressat_vorhanden(zustellung, HEUTE) is None


def test_anschrift_unveraendert(case):
    person = case.leistungsberechtigte_person
    schreiben = Schreiben(case=case, datum=HEUTE, empfaenger=["Emil Muster", *WOHNT], nummer="S1")
    assert anschrift_unveraendert(schreiben, HEUTE) is None
    row = make_vertretung(person)
    assert "Wer das Schreiben bekommt" in anschrift_unveraendert(schreiben, HEUTE).text
    schreiben.empfaenger = BETREUT
    assert anschrift_unveraendert(schreiben, HEUTE) is None
    row.gueltig_bis = HEUTE
    row.save()
    morgen = anschrift_unveraendert(schreiben, date(2026, 11, 21))
    assert morgen.norm == "§ 37 Abs. 1 S. 1 SGB X"
    schreiben.empfaenger = ["Pflegekasse", "Hauptstraße 5", "70999 Musterau"]
    assert anschrift_unveraendert(schreiben, HEUTE) is None


def test_email_an_den_adressaten(case):
    person = case.leistungsberechtigte_person
    assert email_an_den_adressaten(person, HEUTE) is None
    make_vertretung(person)
    assert email_an_den_adressaten(person, HEUTE).norm == "§ 13 Abs. 3 S. 1 SGB X"
