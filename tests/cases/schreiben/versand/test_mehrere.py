"""Several people get one letter: who is the addressee, who a copy, and whose Bekanntgabe counts.

§ 37 Abs. 1 SGB X, § 13 Abs. 3 S. 1 SGB X, § 1823 BGB (before 2023 § 1902 BGB), § 1825 BGB.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import Frist, Versand, Vertretungsverhaeltnis
from cases.person.guards.adressat import zustellung_am
from cases.schreiben.queries.versand import first_bekanntgabe
from cases.schreiben.satz.brief import kopf_daten
from cases.schreiben.services.abdruck import hand_copy
from cases.schreiben.services.schreiben import empfaenger_of
from cases.schreiben.services.versand import hand_over, record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.schreiben.versand.proben import BRIEFTAG, make_schreiben
from tests.fabriken import make_fall, make_person

pytestmark = pytest.mark.django_db
PERSON = "Emil Muster"


@pytest.fixture
def case(fallmanager):
    return make_fall(fallmanager, person=make_person("Muster"))


def betreut(case, **felder) -> Vertretungsverhaeltnis:
    werte = {
        "art": "betreuung",
        "vorname": "Beate",
        "nachname": "Sommer",
        "anrede": "frau",
        "strasse": "Platz 7",
        "plz": "70999",
        "ort": "Musterau",
        "aufgabenkreise": ["behoerden"],
        "gueltig_ab": date(2024, 1, 1),
    }
    return Vertretungsverhaeltnis.objects.create(
        leistungsberechtigte_person=case.leistungsberechtigte_person, **(werte | felder)
    )


def kopf(case, fallmanager, empfaenger=None):
    return kopf_daten(
        case=case,
        empfaenger=empfaenger or empfaenger_of(case, BRIEFTAG),
        datum=BRIEFTAG,
        ansprechpartner=fallmanager,
        betreff="Bescheid",
    )


@pytest.mark.parametrize(
    ("felder", "adressat", "abdrucke"),
    [
        ({}, "Beate Sommer", [PERSON]),
        ({"einwilligungsvorbehalt": True}, "Beate Sommer", [PERSON]),
        ({"aufgabenkreise": ["alle"]}, "Beate Sommer", [PERSON]),
        # A Betreuung for something else changes nothing, nor does one that is over.
        ({"aufgabenkreise": ["gesundheit"]}, PERSON, []),
        ({"aufgabenkreise": ["gesundheit"], "einwilligungsvorbehalt": True}, PERSON, []),
        ({"gueltig_bis": BRIEFTAG - timedelta(days=1)}, PERSON, []),
    ],
)
def test_addressee_and_copy_are_on_the_letter(case, fallmanager, felder, adressat, abdrucke):
    betreut(case, **felder)
    daten = kopf(case, fallmanager)
    assert daten["anschrift"][0] == adressat
    assert daten["abdrucke"] == abdrucke


def test_of_two_betreuungen_one_is_the_addressee_and_the_other_gets_a_copy(case, fallmanager):
    betreut(case)
    betreut(case, vorname="Carla", nachname="Winter", gueltig_ab=date(2025, 1, 1))
    assert kopf(case, fallmanager)["abdrucke"] == [PERSON, "Carla Winter"]


def test_a_letter_to_somebody_else_has_no_copies(case, fallmanager):
    betreut(case)
    fremd = ["AOK Probe", "Hauptstraße 5", "70999 Musterau"]
    assert kopf(case, fallmanager, fremd)["abdrucke"] == []


def _fristen(case):
    rows = Frist.objects.filter(case=case, regel__in=("F51", "F52"), state="offen")
    return [(f.regel, f.ausloeser_datum) for f in rows]


def test_bekanntgabe_to_the_betreuung_counts_and_a_later_copy_starts_nothing(case, fallmanager):
    betreut(case)
    schreiben = make_schreiben_to_addressee(case, fallmanager)
    versand = send(schreiben=schreiben, weg="post", by=fallmanager, tag=BRIEFTAG)
    assert versand.an[0] == "Beate Sommer"
    record_aufgabe(versand=versand, aufgabe_am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)
    versand.refresh_from_db()
    einzige = _fristen(case)
    assert einzige == [("F51", versand.bekanntgabe)]
    spaeter = BRIEFTAG + timedelta(days=20)
    try:
        hand_over(schreiben=schreiben, am=spaeter, by=fallmanager, tag=spaeter)
    except SchrittUnzulaessig:
        assert Versand.objects.count() == 1
    assert _fristen(case) == einzige


def make_schreiben_to_addressee(case, fallmanager):
    """Return a letter that is frozen for its addressee of the day."""
    person = case.leistungsberechtigte_person
    zustellung = zustellung_am(person, BRIEFTAG)
    return make_schreiben(case, fallmanager, empfaenger=list(zustellung.zeilen))


def test_person_below_eighteen_who_acts_herself_is_the_addressee_and_her_parent_gets_a_copy(
    case, fallmanager
):
    person = case.leistungsberechtigte_person
    person.geburtsdatum = date(2010, 6, 1)
    person.save()
    leer = {"aufgabenkreise": [], "strasse": "", "plz": "", "ort": ""}
    betreut(case, art="eltern", **leer)
    daten = kopf(case, fallmanager)
    assert daten["anschrift"][0] == PERSON
    assert daten["abdrucke"] == ["Beate Sommer"]


def test_a_copy_handed_before_the_addressee_got_the_letter_starts_nothing(case, fallmanager):
    betreut(case)
    schreiben = make_schreiben_to_addressee(case, fallmanager)
    abdruck = hand_copy(schreiben=schreiben, an=PERSON, am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)
    assert (abdruck.state, abdruck.bekanntgabe, abdruck.an) == ("abdruck", None, [PERSON])
    assert _fristen(case) == []
    assert first_bekanntgabe(schreiben) is None
    spaeter = BRIEFTAG + timedelta(days=7)
    # The letter itself still leaves, also by the same way, and only that counts.
    versand = hand_over(schreiben=schreiben, am=spaeter, by=fallmanager, tag=spaeter)
    assert (versand.bekanntgabe, versand.weitere_ausfertigung) == (spaeter, False)
    assert _fristen(case) == [("F51", spaeter)]
    text = case.ereignisse.filter(art="versand").order_by("id").first().text
    assert "Abdruck, übergeben an Emil Muster" in text
    assert "allein Beate Sommer" in text


@pytest.mark.parametrize("an", ["Beate Sommer", "Klara Fremd", ""])
def test_a_copy_is_for_the_person_and_who_acts_with_her_only(case, fallmanager, an):
    betreut(case)
    schreiben = make_schreiben_to_addressee(case, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="Einen Abdruck bekommt"):
        hand_copy(schreiben=schreiben, an=an, am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)


def test_a_letter_to_the_person_is_not_handed_to_her_once_a_betreuung_is_the_addressee(
    case, fallmanager
):
    schreiben = make_schreiben_to_addressee(case, fallmanager)
    assert schreiben.empfaenger[0] == "Herrn Emil Muster" or PERSON in schreiben.empfaenger[0]
    betreut(case, gueltig_ab=BRIEFTAG + timedelta(days=1))
    danach = BRIEFTAG + timedelta(days=3)
    with pytest.raises(SchrittUnzulaessig, match="gehen Schreiben an Beate Sommer"):
        hand_over(schreiben=schreiben, am=danach, by=fallmanager, tag=danach)
    # On the day before that it was right.
    versand = hand_over(schreiben=schreiben, am=BRIEFTAG, by=fallmanager, tag=danach)
    assert versand.bekanntgabe == BRIEFTAG


def test_the_database_lets_no_copy_make_anything_known(case, fallmanager):
    betreut(case)
    schreiben = make_schreiben_to_addressee(case, fallmanager)
    abdruck = hand_copy(schreiben=schreiben, an=PERSON, am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)
    with pytest.raises(IntegrityError, match="abdruck_ohne_folge"), transaction.atomic():
        Versand.objects.filter(pk=abdruck.pk).update(bekanntgabe=BRIEFTAG)


def test_the_page_asks_to_whom_and_says_what_a_copy_is(client, case, fallmanager):
    betreut(case)
    schreiben = make_schreiben_to_addressee(case, fallmanager)
    client.force_login(fallmanager)
    url = reverse("versand_neu", args=[case.pk, schreiben.pk])
    assert "Emil Muster (Abdruck)" in client.get(url).content.decode()
    eingabe = {
        "weg": "post",
        "uebergeben_am": f"{BRIEFTAG:%d.%m.%Y}",
        "uebergeben_an": PERSON,
    }
    falsch = client.post(url, eingabe)
    assert falsch.status_code == 422
    assert "übergeben Sie persönlich" in falsch.content.decode()
    with time_machine.travel(BRIEFTAG + timedelta(days=1)):
        client.force_login(fallmanager)
        response = client.post(url, eingabe | {"weg": "uebergabe"}, follow=True)
    text = response.content.decode()
    assert "Abdruck, nicht an den Empfänger des Schreibens" in text
    assert "Neu versenden" in text
    assert Versand.objects.get().state == "abdruck"
