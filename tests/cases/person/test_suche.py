"""The one search box."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from cases.models import (
    Anschrift,
    Auskunftssperre,
    Bankverbindung,
    Case,
    Krankenversicherung,
    Suchzeile,
    Vertretungsverhaeltnis,
)
from cases.person.queries.suche import (
    explain,
    find_aktenzeichen,
    read_suchtext,
    search_cases,
)
from tests.fabriken import (
    HEUTE,
    make_fall,
    make_fallmanager,
    make_person,
    make_team,
    make_traeger,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mueller(fallmanager) -> Case:
    person = make_person("Müller", vorname="Jürgen", geburtsdatum="1971-08-09")
    Anschrift.objects.filter(leistungsberechtigte_person=person).delete()
    Anschrift.objects.create(
        leistungsberechtigte_person=person,
        strasse="Große Gasse 7",
        plz="70998",
        ort="Nürtingen",
        gueltig_ab=date(2019, 5, 1),
    )
    Bankverbindung.objects.filter(leistungsberechtigte_person=person).delete()
    Bankverbindung.objects.create(
        leistungsberechtigte_person=person,
        iban="DE02120300000000202051",
        iban_ende="2051",
        kontoinhaber="Jürgen Müller",
        gueltig_ab=date(2019, 5, 1),
    )
    return make_fall(fallmanager, person=person)


@pytest.mark.parametrize(
    ("text", "ueber"),
    [
        ("Müller", "Name"),
        ("mueller", "Name"),
        ("muller", "Name in anderer Umschrift"),
        ("Müler", "Name in anderer Umschrift"),
        ("Мюллер", "ähnlicher Name"),
        ("Miller", "ähnlicher Name"),
        ("Mu\u0308ller", "Name"),
        ("jürgen müller", "Name"),
        ("Müller, Jürgen", "Name"),
        ("juergen", "Name"),
        ("09.08.1971", "Geburtsdatum"),
        ("9.8.71", "Geburtsdatum"),
        ("1971-08-09", "Geburtsdatum"),
        ("9.8.1971 Müller", "Name, Geburtsdatum"),
        ("EH-2026-00001", "Aktenzeichen"),
        ("eh-2026-00001", "Aktenzeichen"),
        ("2026-00001", "Aktenzeichen"),
        ("  Müller   ", "Name"),
        ("Grosse Gasse", "Anschrift"),
        ("Gasse 7 Nuertingen", "Anschrift"),
        ("70998", "Anschrift"),
        ("Müller Nürtingen", "Name, Anschrift"),
        ("2051", "Ende der IBAN"),
        ("DE02 1203 0000 0000 2020 51", "IBAN"),
        ("de02120300000000202051", "IBAN"),
        ("Müller DE02 1203 0000 0000 2020 51", "Name, IBAN"),
        ("Müller 2051", "Name, Ende der IBAN"),
    ],
)
def test_search_finds_and_says_by_what(fallmanager, mueller, text, ueber):
    found = search_cases(fallmanager, text, HEUTE)
    assert found == [mueller]
    assert [row.ueber for row in explain(fallmanager, found, text, HEUTE)] == [ueber]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Schmidt",
        "31.02.1971",
        "08.09.1971",
        "Müller 01.01.2000",
        "EH-2026-00002",
        "%",
        "_",
        "'; DROP TABLE cases_case; --",
        "2052",
        "Müller Schmidt",
        "x" * 500,
        "DE02 1203 0000 0000 2020 52",
    ],
)
def test_search_finds_nothing(fallmanager, mueller, text):
    assert search_cases(fallmanager, text, HEUTE) == []


def test_closest_name_comes_first(fallmanager):
    for nachname in ("Meyerhoff", "Maier", "Meyer"):
        make_fall(fallmanager, person=make_person(nachname, vorname="Ina"))
    found = search_cases(fallmanager, "Ina Meyer", HEUTE)
    names = [case.leistungsberechtigte_person.nachname for case in found]
    assert names == ["Meyer", "Meyerhoff", "Maier"]


def test_earlier_name_is_found_and_named(fallmanager, mueller):
    person = mueller.leistungsberechtigte_person
    person.nachname = "Özdemir"
    person.save()
    found = search_cases(fallmanager, "Müller", HEUTE)
    assert [row.ueber for row in explain(fallmanager, found, "Müller", HEUTE)] == ["früherer Name"]
    assert search_cases(fallmanager, "ozdemir", HEUTE) == [mueller]


def test_blocked_address_finds_nobody(fallmanager, mueller):
    person = mueller.leistungsberechtigte_person
    sperre = Auskunftssperre.objects.create(
        leistungsberechtigte_person=person,
        art="auskunftssperre",
        grund="Bedrohung",
        gueltig_ab=date(2026, 1, 1),
    )
    assert search_cases(fallmanager, "Große Gasse", HEUTE) == []
    assert search_cases(fallmanager, "Müller", HEUTE) == [mueller]
    sperre.delete()
    assert search_cases(fallmanager, "Große Gasse", HEUTE) == [mueller]


def test_search_does_not_see_foreign_or_protected_cases(mueller):
    other = make_fallmanager("andere", make_team("Team Süd"))
    colleague = make_fallmanager("kollegin")
    assert search_cases(other, "Müller", HEUTE) == []
    assert search_cases(colleague, "Müller", HEUTE) == [mueller]
    Case.objects.filter(pk=mueller.pk).update(geschuetzt=True)
    assert search_cases(colleague, "Müller", HEUTE) == []
    assert find_aktenzeichen(colleague, mueller.aktenzeichen, HEUTE) is None


@pytest.mark.parametrize(
    ("text", "tage"),
    [
        ("1.2.26", [date(2026, 2, 1)]),
        ("1.12.26", [date(1926, 12, 1)]),
        ("1.2.1990", [date(1990, 2, 1)]),
    ],
)
def test_year_of_two_digits_is_never_in_the_future(text, tage):
    assert list(read_suchtext(text, HEUTE).geburtstage) == tage


def test_rows_written_past_the_program_are_found(fallmanager, mueller):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_anschrift SET ort = 'Esslingen'")
    assert search_cases(fallmanager, "Esslingen", HEUTE) == [mueller]
    assert Suchzeile.objects.count() == 1


def test_words_of_the_search_never_stand_in_an_address(client, fallmanager, mueller):
    client.force_login(fallmanager)
    answer = client.post(reverse("suche"), {"suchtext": "Müller"})
    assert answer.status_code == 302
    assert "ller" not in answer["Location"].lower()
    assert "Müller, Jürgen" in client.get(answer["Location"]).text
    assert "Müller, Jürgen" not in client.get(reverse("suche"), {"suchtext": "Müller"}).text
    assert "Müller" not in str(dict(client.session))


def test_token_of_a_search_is_worth_nothing_to_somebody_else(client, fallmanager, mueller):
    client.force_login(fallmanager)
    adresse = client.post(reverse("suche"), {"suchtext": "Müller"})["Location"]
    client.force_login(make_fallmanager("kollegin"))
    assert "Müller" not in client.get(adresse).text


def test_whole_aktenzeichen_leads_straight_to_the_case(client, fallmanager, mueller):
    client.force_login(fallmanager)
    answer = client.post(reverse("suche"), {"suchtext": f" {mueller.aktenzeichen.lower()} "})
    assert answer["Location"] == reverse("fall", args=[mueller.pk])


def test_search_with_a_control_character_answers(client, fallmanager, mueller):
    client.force_login(fallmanager)
    answer = client.post(reverse("suche"), {"suchtext": "Müller\x00"}, follow=True)
    assert "Müller, Jürgen" in answer.text


def test_number_of_queries_does_not_grow(client, fallmanager, django_assert_max_num_queries):
    for n in range(30):
        make_fall(fallmanager, person=make_person("Müller", vorname=f"Ida {n}"))
    client.force_login(fallmanager)
    adresse = client.post(reverse("suche"), {"suchtext": "Müller"})["Location"]
    with django_assert_max_num_queries(14):
        assert client.get(adresse).text.count("Müller, Ida") == 30


@pytest.mark.parametrize("text", ["DE02 1203 0000 0000 2099 2051", "DE88 1203 0000 0000 2020 51"])
def test_whole_iban_finds_only_itself(fallmanager, mueller, text):
    """The last four characters fit one in many persons; the whole number fits one."""
    assert search_cases(fallmanager, text, HEUTE) == []


@pytest.mark.parametrize("text", ["15 070649 C 103", "15070649C103", "A123456780", "a123456780"])
def test_numbers_of_other_authorities_find_their_person(fallmanager, mueller, text):
    person = mueller.leistungsberechtigte_person
    person.rentenversicherungsnummer = "15070649C103"
    person.save(update_fields=["rentenversicherungsnummer"])
    Krankenversicherung.objects.create(
        leistungsberechtigte_person=person,
        krankenkasse="AOK",
        versichertennummer="A123456780",
        gueltig_ab=date(2019, 5, 1),
    )
    fremd = make_fall(fallmanager, person=make_person("Anders", vorname="Ida"))
    found = search_cases(fallmanager, text, HEUTE)
    assert found == [mueller]
    assert fremd not in found
    assert explain(fallmanager, found, text, HEUTE)[0].ueber == "Versicherungsnummer"


def test_a_representative_and_a_body_lead_to_the_case(client, fallmanager, mueller):
    """Somebody calls and says whose Betreuerin she is: her name is what there is to search for."""
    person = mueller.leistungsberechtigte_person
    grund = {"leistungsberechtigte_person": person, "gueltig_ab": HEUTE}
    Vertretungsverhaeltnis.objects.create(
        art="betreuung", vorname="Zdenka", nachname="Růžičková", **grund
    )
    Vertretungsverhaeltnis.objects.create(
        art="vertrauensperson", organisation="Betreuungsverein Oberland", **grund
    )
    for text in ("ruzickova", "Zdenka Růžičková", "Betreuungsverein"):
        found = search_cases(fallmanager, text, HEUTE)
        assert found == [mueller], text
        assert explain(fallmanager, found, text, HEUTE)[0].ueber == "Vertretung"
    assert search_cases(fallmanager, "Zdenka Oberland", HEUTE) == []
    fremd = make_fallmanager("fremd", make_team("Team Süd"))
    assert search_cases(fremd, "Růžičková", HEUTE) == []


def test_bodies_of_the_directory_are_found_beside_the_cases(client, fallmanager):
    make_traeger("pflegekasse", "Pflegekasse Nordland")
    client.force_login(fallmanager)
    seite = client.post(reverse("suche"), {"suchtext": "nordland"}, follow=True).text
    assert "Im Verzeichnis" in seite
    assert "Pflegekasse Nordland" in seite
    anderes = client.post(reverse("suche"), {"suchtext": "01.02.1980"}, follow=True).text
    assert "Im Verzeichnis" not in anderes
