"""Persons as they are: part birth dates, one name, titles, addresses abroad, a body as Betreuer."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Anschrift, LeistungsberechtigtePerson, Vertretungsverhaeltnis
from cases.person.forms.personenangabe import BankverbindungForm
from cases.person.guards.adressat import zustellung_am
from cases.schreiben.services.schreiben import empfaenger_of
from recht.adressat import adressat_am
from tests import uhr
from tests.fabriken import make_fall, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def fall(fallmanager, client):
    client.force_login(fallmanager)
    return make_fall(fallmanager, person=make_person("Muster", vorname="Emil"))


def person_post(client, fall, **felder):
    grund = {
        "anrede": "herr",
        "vorname": "Emil",
        "nachname": "Muster",
        "geburtsdatum": "17.04.1985",
        "barrierefreies_format": "kein",
        "sprache": "Deutsch",
        "verstaendigung": "ohne",
        "behinderungsart": "koerperlich",
        "soziale_entschaedigung": "unbekannt",
    }
    return client.post(reverse("person", args=[fall.pk]), {**grund, **felder})


def angabe_post(client, fall, gruppe, **felder):
    seite = reverse("angabe_neu", args=[fall.pk, gruppe])
    return client.post(seite, {"gueltig_ab": f"{uhr.HEUTE:%d.%m.%Y}", **felder})


@pytest.mark.parametrize(
    ("getippt", "tag", "genau", "gezeigt"),
    [
        ("1960", date(1960, 1, 1), "jahr", "1960"),
        ("00.00.1960", date(1960, 1, 1), "jahr", "1960"),
        ("05.1960", date(1960, 5, 1), "monat", "05.1960"),
        ("00.05.1960", date(1960, 5, 1), "monat", "05.1960"),
        ("01.01.1960", date(1960, 1, 1), "tag", "01.01.1960"),
    ],
)
def test_part_of_a_birth_date_is_kept_as_such(client, fall, getippt, tag, genau, gezeigt):
    assert person_post(client, fall, geburtsdatum=getippt).status_code == 302
    person = LeistungsberechtigtePerson.objects.get()
    assert (person.geburtsdatum, person.geburt_genau) == (tag, genau)
    assert f"{gezeigt} (" in client.get(reverse("fall_person", args=[fall.pk])).text


@pytest.mark.parametrize(
    ("geboren", "spaetestens", "fragt"),
    [
        (date(2011, 1, 1), date(2011, 12, 31), True),
        (date(2008, 1, 1), date(2008, 12, 31), True),
        (date(1960, 1, 1), date(1960, 12, 31), False),
        (date(2011, 4, 1), date(2011, 4, 1), False),
    ],
)
def test_age_limits_ask_for_the_day(geboren, spaetestens, fragt):
    wer = adressat_am(geboren, [], date(2026, 6, 1), geburt_spaetestens=spaetestens)
    gefragt = any("Der Tag der Geburt ist nicht bekannt" in s.text for s in wer.schritte)
    assert gefragt is fragt
    assert not (fragt and wer.adressat)


def test_one_name_and_a_title_stand_in_letters(client, fall):
    antwort = person_post(client, fall, vorname="", nachname="Sukarno", titel="Dr.")
    assert antwort.status_code == 302
    fall.refresh_from_db()
    person = LeistungsberechtigtePerson.objects.get()
    assert str(person) == "Sukarno"
    assert person.briefanrede == "Sehr geehrter Herr Dr. Sukarno"
    assert empfaenger_of(fall, uhr.HEUTE)[0] == "Dr. Sukarno"


@pytest.mark.parametrize(
    ("felder", "zeilen"),
    [
        (
            {"strasse": "Bahnhofstrasse 1", "plz": "CH-8001", "ort": "Zürich", "land": "CH"},
            ["Emil Muster", "Bahnhofstrasse 1", "8001 ZÜRICH", "SCHWEIZ"],
        ),
        (
            {
                "anschriftart": "ohne_wohnsitz",
                "zusatz": "c/o Fachberatungsstelle",
                "strasse": "Weg 3",
                "plz": "70173",
                "ort": "Stuttgart",
            },
            ["Emil Muster", "c/o Fachberatungsstelle", "Weg 3", "70173 Stuttgart"],
        ),
    ],
)
def test_address_goes_from_form_to_window(client, fall, felder, zeilen):
    antwort = angabe_post(client, fall, "anschriften", **felder)
    assert antwort.status_code == 302, antwort.context["form"].errors
    assert empfaenger_of(fall, uhr.HEUTE) == zeilen


def test_post_goes_elsewhere_and_the_home_stays(client, fall):
    felder = {"verwendung": "post", "anschriftart": "postfach", "strasse": "1234"}
    antwort = angabe_post(client, fall, "anschriften", plz="70001", ort="Stuttgart", **felder)
    assert antwort.status_code == 302
    assert empfaenger_of(fall, uhr.HEUTE)[1:] == ["Postfach 1234", "70001 Stuttgart"]
    person = fall.leistungsberechtigte_person
    assert str(person.anschrift_am(uhr.HEUTE)) == "Lindenweg 12, 70999 Musterau"
    assert Anschrift.objects.filter(gueltig_bis__isnull=True).count() == 2


@pytest.mark.parametrize(
    ("felder", "feld", "text"),
    [
        ({"plz": "1067"}, "plz", "Fehlt die Null"),
        ({"plz": "8001"}, "plz", "wählen Sie das Land aus"),
        ({"strasse": ""}, "strasse", "ohne festen Wohnsitz"),
        ({"anschriftart": "ohne_wohnsitz"}, "zusatz", "wo Post die Person erreicht"),
        ({"land": "CH"}, "plz", "Sie sieht dort so aus: 8001."),
        ({"gemeindeschluessel": "123"}, "gemeindeschluessel", "acht Ziffern"),
    ],
)
def test_message_says_what_to_do_and_keeps_what_was_typed(client, fall, felder, feld, text):
    gut = {"strasse": "Weg 1", "plz": "70173", "ort": "Stuttgart"}
    antwort = angabe_post(client, fall, "anschriften", **{**gut, **felder})
    assert antwort.status_code == 422
    assert text in " ".join(antwort.context["form"].errors[feld])
    assert 'value="Stuttgart"' in antwort.text


def test_body_as_betreuung_needs_no_invented_name(client, fall):
    antwort = angabe_post(
        client,
        fall,
        "vertretungen",
        art="betreuung",
        organisation="Betreuungsverein Musterau e. V.",
        anschriftart="postfach",
        strasse="77",
        plz="70999",
        ort="Musterau",
        aufgabenkreise=["behoerden"],
        gemeinschaftlich="on",
    )
    assert antwort.status_code == 302, antwort.context["form"].errors
    wer = zustellung_am(fall.leistungsberechtigte_person, uhr.HEUTE)
    assert wer.zeilen == ("Betreuungsverein Musterau e. V.", "Postfach 77", "70999 Musterau")
    assert wer.anrede == "Sehr geehrte Damen und Herren"
    assert Vertretungsverhaeltnis.objects.get().gemeinschaftlich


def test_private_insurance_and_none_need_no_kasse(client, fall):
    privat = angabe_post(client, fall, "krankenversicherungen", art="privat", krankenkasse="Debeka")
    assert privat.status_code == 302
    ohne = angabe_post(client, fall, "krankenversicherungen", art="ohne", gueltig_ab="01.12.2030")
    assert ohne.status_code == 302, ohne.context["form"].errors


@pytest.mark.parametrize("art", ["weiblich", "maennlich", "divers", "ohne"])
def test_statistics_has_a_place_of_its_own(client, fall, art):
    felder = {"geschlecht": art, "zusammenleben": "nein", "gleichzeitige_leistungen": ["keine"]}
    assert angabe_post(client, fall, "statistikangaben", **felder).status_code == 302
    seite = client.get(reverse("fall_person", args=[fall.pk])).text
    assert "Nur für die Bundesstatistik" in seite


@pytest.mark.parametrize(
    "iban",
    [
        "IBAN DE89 3704 0044 0532 0130 00",
        "IBAN: DE89-3704-0044-0532-0130-00",
        "DE89\u00a03704\u200b0044\u00a00532 0130 00",
    ],
)
def test_pasted_iban_is_read(client, fall, iban):
    felder = {"iban": iban, "kontoinhaber": "Emil Muster", "gueltig_ab": "01.01.2026"}
    form = BankverbindungForm(felder)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["iban"] == "DE89370400440532013000"


def test_vertretung_of_the_antrag_is_offered_until_it_is_entered(client, fall):
    fall.antraege.update(vertreten_durch="Rosa Berg")
    seite = reverse("fall_person", args=[fall.pk])
    assert "„Rosa Berg“ als Vertretung genannt" in client.get(seite).text
    formular = client.get(reverse("angabe_neu", args=[fall.pk, "vertretungen"])).text
    assert 'value="Rosa"' in formular
    assert 'value="Berg"' in formular
    angabe_post(client, fall, "vertretungen", art="beistand", vorname="Rosa", nachname="Berg")
    assert "als Vertretung genannt" not in client.get(seite).text
