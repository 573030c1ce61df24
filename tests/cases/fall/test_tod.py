"""The death of a person is a fact of the person: all cases, letters, Fristen, payments see it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.fall.schritte import FALLSCHRITTE, Falllage
from cases.fall.services.case import begin_ueberpruefung
from cases.fall.services.tod import record_death, withdraw_death
from cases.frist.services.frist import start_frist
from cases.models import Vertretungsverhaeltnis, Wiedervorlage
from cases.person.guards.adressat import email_an_den_adressaten, zustellung_am
from cases.schreiben.services.schreiben import empfaenger_of
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkennung import Regel
from tests import uhr
from tests.fabriken import make_fall, make_fallmanager, make_person, make_team, norm_of

pytestmark = pytest.mark.django_db
GESTERN = uhr.HEUTE - timedelta(days=1)


@pytest.fixture
def faelle(fallmanager):
    """Return two running cases of one person in two teams."""
    person = make_person("Sommer", vorname="Ida")
    andere = make_fallmanager("andere", make_team("Team Süd"))
    return make_fall(fallmanager, person=person), make_fall(andere, person=person)


def die(case, by, am: date = GESTERN):
    record_death(case=case, am=am, quelle="sterbeurkunde", by=by, tag=uhr.HEUTE)
    case.refresh_from_db()
    return case.leistungsberechtigte_person


def heir(person, **felder):
    return Vertretungsverhaeltnis.objects.create(
        leistungsberechtigte_person=person,
        **{
            "gueltig_ab": GESTERN,
            "art": "erbe",
            "vorname": "Eva",
            "nachname": "Erbin",
            "strasse": "Hauptstraße 1",
            "plz": "70173",
            "ort": "Stuttgart",
            **felder,
        },
    )


def test_every_case_is_told_and_reminded(faelle, fallmanager):
    die(faelle[0], fallmanager)
    for case in faelle:
        assert case.ereignisse.filter(text__startswith="Person verstorben am").count() == 1
        erinnert = Wiedervorlage.objects.get(case=case)
        assert (erinnert.user, erinnert.am) == (case.caseworker, uhr.HEUTE)


def test_no_letter_goes_to_the_dead_and_heirs_get_them(faelle, fallmanager):
    person = die(faelle[0], fallmanager)
    for case in faelle:
        case.refresh_from_db()
        with pytest.raises(SchrittUnzulaessig, match="keine Erben erfasst"):
            empfaenger_of(case, uhr.HEUTE)
    assert norm_of(email_an_den_adressaten(person, uhr.HEUTE)) == "§ 13 Abs. 3 S. 1 SGB X"
    heir(person)
    faelle[1].refresh_from_db()
    assert empfaenger_of(faelle[1], uhr.HEUTE)[0] == "Eva Erbin"
    assert zustellung_am(person, GESTERN - timedelta(days=1)).an_die_person


@pytest.mark.parametrize(("art", "bekommt"), [("betreuung", False), ("vollmacht", True)])
def test_vollmacht_outlives_the_person_a_betreuung_does_not(faelle, fallmanager, art, bekommt):
    person = die(faelle[0], fallmanager)
    heir(person, art=art, aufgabenkreise=["alle"])
    assert bool(zustellung_am(person, uhr.HEUTE).zeilen) is bekommt


def test_steps_for_the_living_are_closed_with_the_norm(faelle, fallmanager):
    case = faelle[0]
    case.state = "leistung_laeuft"
    case.save()
    die(case, fallmanager)
    lage = Falllage(fallmanager, uhr.HEUTE, case)
    knopf = FALLSCHRITTE.schritt(lage, "ueberpruefen")
    assert [h.norm for h in knopf.hindernisse] == ["§ 59 S. 1 SGB I"]
    with pytest.raises(SchrittUnzulaessig, match="verstorben"):
        begin_ueberpruefung(case=case, anlass="x", by=fallmanager, tag=uhr.HEUTE)


def test_fristen_of_the_running_help_end_and_run_again(faelle, fallmanager):
    def frist(case):
        regel = Regel.UEBERPRUEFUNG_GESAMTPLAN
        return start_frist(
            case=case, regel=regel, ausloeser=GESTERN, gegenstand=case, by=fallmanager
        )

    rows = [frist(case) for case in faelle]
    die(faelle[0], fallmanager)
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.erledigt_durch) == ("aufgehoben", "Person verstorben")
    withdraw_death(case=faelle[1], grund="Verwechslung", by=fallmanager, tag=uhr.HEUTE)
    for row in rows:
        row.refresh_from_db()
        assert row.state == "offen"


def test_no_reminder_of_a_death_stays_when_it_was_an_error(faelle, fallmanager):
    die(faelle[0], fallmanager)
    withdraw_death(case=faelle[1], grund="Verwechslung", by=fallmanager, tag=uhr.HEUTE)
    assert Wiedervorlage.objects.filter(erledigt_am__isnull=True).count() == 0
    die(faelle[1], fallmanager)
    assert Wiedervorlage.objects.filter(erledigt_am__isnull=True).count() == 2


@pytest.mark.parametrize("am", [uhr.HEUTE + timedelta(days=1), date(1900, 1, 1)])
def test_impossible_day_is_refused(faelle, fallmanager, am):
    with pytest.raises(SchrittUnzulaessig, match="liegt"):
        die(faelle[0], fallmanager, am)


def test_case_ends_by_death_only_after_the_fact(client, faelle, leitung):
    client.force_login(leitung)
    seite = reverse("beenden", args=[faelle[0].pk])
    antwort = client.post(seite, {"art": "verstorben", "text": "Tod"})
    fehler = antwort.context["form"].errors["art"][0]
    assert "tragen Sie den Tod zuerst bei der Person ein" in fehler


@pytest.mark.parametrize(
    ("felder", "feld", "text"),
    [
        ({"verstorben_am": "01.11.2026"}, "verstorben_quelle", "wodurch"),
        ({"verstorben_quelle": "gericht"}, "verstorben_am", "An welchem Tag"),
        ({}, "verstorben_am", "Bitte ausfüllen."),
    ],
)
def test_page_asks_for_day_and_source(client, faelle, fallmanager, felder, feld, text):
    client.force_login(fallmanager)
    antwort = client.post(reverse("tod", args=[faelle[0].pk]), felder)
    assert text in antwort.context["form"].errors[feld][0]


def test_page_records_and_the_head_of_every_case_warns(client, faelle, fallmanager):
    client.force_login(fallmanager)
    daten = {"verstorben_am": f"{GESTERN:%d.%m.%Y}", "verstorben_quelle": "gericht"}
    assert client.post(reverse("tod", args=[faelle[0].pk]), daten).status_code == 302
    assert "Die Person ist verstorben" in client.get(reverse("fall", args=[faelle[0].pk])).text
