"""Who a row of a file is about: the file asks as the stock does, and nothing is dropped."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from cases.models import (
    Bankverbindung,
    Case,
    Importzeile,
    LeistungsberechtigtePerson,
    Wiedervorlage,
)
from tests.cases.austausch.bausteine import finish, make_stapel, zeile
from tests.fabriken import make_fall, make_person

pytestmark = pytest.mark.django_db

ZWEI = "DE02120300000000202051"
# What the second row of a file says differently from the first, and the reason of the question.
FRAGEN = {
    "Anschrift anders": ({"strasse": "Hauptstraße 5"}, "gleicher Name"),
    "Konto anders": ({"iban": ZWEI}, "gleicher Name"),
    "Telefon anders": ({"telefon": "0711 999"}, "gleicher Name"),
    "Umlaut und ae": ({"nachname": "Mueller"}, "anders geschrieben"),
    "NFD": ({"nachname": "Mu\u0308ller"}, "anders geschrieben"),
    "Bindestrich": ({"vorname": "Erika Luise"}, "anders geschrieben"),
    "vertauscht": ({"vorname": "Müller", "nachname": "Erika-Luise"}, "vertauscht"),
    "Teil der Vornamen": ({"vorname": "Erika"}, "Teil der Vornamen"),
    "Tag und Monat": ({"geburtsdatum": "04.07.1985"}, "Tag und Monat vertauscht"),
    "eine Ziffer": ({"geburtsdatum": "08.04.1985"}, "einer Ziffer"),
    "Zwilling": ({"vorname": "Otto"}, "Zwilling"),
    "Doppelname": ({"nachname": "Müller-Lüdenscheidt"}, "Teil des Nachnamens"),
}
ERSTE = {
    "nachname": "Müller",
    "vorname": "Erika-Luise",
    "geburtsdatum": "07.04.1985",
    "telefon": "0711 111",
}


def rows_of(stapel) -> list[Importzeile]:
    return list(stapel.zeilen.order_by("nummer"))


@pytest.mark.parametrize("name", FRAGEN)
def test_rows_of_one_file_are_a_question(client, leitung, fallmanager, name):
    anders, grund = FRAGEN[name]
    stapel = make_stapel(
        client, leitung, zeile(**ERSTE), zeile(aktenzeichen="B", **{**ERSTE, **anders})
    )
    eins, zwei = rows_of(stapel)
    assert (eins.entscheidung, zwei.entscheidung, zwei.vorschlag) == ("neu", "offen", "offen")
    assert grund in str(json.loads(zwei.aehnlich))
    client.post(reverse("importstapel_uebernehmen", args=[stapel.pk]))
    assert Case.objects.count() == 0


@pytest.mark.parametrize("name", FRAGEN)
def test_row_and_stock_are_the_same_question(client, leitung, fallmanager, name):
    anders, grund = FRAGEN[name]
    person = make_person("Müller", vorname="Erika-Luise", geburtsdatum="1985-04-07")
    person.telefon = "0711 111"
    person.save()
    make_fall(fallmanager, person=person)
    (row,) = rows_of(make_stapel(client, leitung, zeile(**{**ERSTE, **anders})))
    assert (row.entscheidung, row.vorschlag) == ("offen", "offen")
    assert grund in str(json.loads(row.aehnlich))


def test_placeholder_birthday_is_never_decided_by_itself(client, leitung, fallmanager):
    wer = {"nachname": "T.", "vorname": "Mohammad", "geburtsdatum": "01.01.1995"}
    stapel = make_stapel(client, leitung, zeile(**wer), zeile(aktenzeichen="B", **wer))
    zwei = rows_of(stapel)[1]
    assert zwei.entscheidung == "offen"
    assert "1. Januar" in zwei.aehnlich
    client.post(reverse("importstapel_entscheiden", args=[stapel.pk]), {"schritt": "vorschlaege"})
    zwei.refresh_from_db()
    assert zwei.entscheidung == "offen"


@pytest.mark.parametrize("gilt", [[], ["telefon", "konto", "anschrift"]])
def test_facts_of_both_rows_are_kept_or_chosen(client, leitung, fallmanager, gilt):
    zweite = {
        "telefon": "0711 222",
        "iban": ZWEI,
        "strasse": "Hauptstraße 5",
        "email": "e@example.org",
    }
    stapel = make_stapel(
        client, leitung, zeile(**ERSTE), zeile(aktenzeichen="B", **{**ERSTE, **zweite})
    )
    zwei = rows_of(stapel)[1]
    seite = client.get(reverse("importstapel", args=[stapel.pk]), {"zeilen": "aehnlich"}).text
    assert "Telefon der Zeile soll gelten: 0711 222 statt bisher 0711 111" in seite
    assert "E-Mail wird ergänzt: e@example.org" in seite
    client.post(
        reverse("importstapel_entscheiden", args=[stapel.pk]),
        {f"zeile_{zwei.pk}": "zeile:2", f"angaben_{zwei.pk}": gilt},
    )
    client.post(reverse("importstapel_uebernehmen", args=[stapel.pk]))
    finish(stapel)
    person = LeistungsberechtigtePerson.objects.get()
    assert (Case.objects.count(), person.email) == (2, "e@example.org")
    assert person.telefon == ("0711 222" if gilt else "0711 111")
    enden = set(Bankverbindung.objects.values_list("iban_ende", flat=True))
    assert enden == ({"2051"} if gilt else {"3000"})
    assert person.anschriften.filter(strasse="Hauptstraße 5").exists() is bool(gilt)
    erinnert = Wiedervorlage.objects.filter(case__aktenzeichen="B", anlass__contains="Abweichende")
    assert erinnert.exists() is not bool(gilt)
    if not gilt:
        assert "Anschrift, Konto, Telefon" in erinnert.get().anlass


def test_no_proposal_drops_a_running_case(client, leitung, fallmanager):
    person = make_person("Müller", vorname="Erika-Luise", geburtsdatum="1985-04-08")
    make_fall(fallmanager, person=person)
    stapel = make_stapel(client, leitung, zeile(**ERSTE))
    client.post(reverse("importstapel_entscheiden", args=[stapel.pk]), {"schritt": "vorschlaege"})
    assert not stapel.zeilen.filter(entscheidung="auslassen").exists()


def test_row_outside_the_hits_cannot_be_chosen(client, leitung, fallmanager):
    stapel = make_stapel(
        client, leitung, zeile(**ERSTE), zeile(aktenzeichen="B", **{**ERSTE, "telefon": "1"})
    )
    zwei = rows_of(stapel)[1]
    client.post(
        reverse("importstapel_entscheiden", args=[stapel.pk]), {f"zeile_{zwei.pk}": "zeile:9"}
    )
    zwei.refresh_from_db()
    assert zwei.entscheidung == "offen"


def test_addresses_abroad_and_part_birth_dates_come_over(client, leitung, fallmanager):
    rows = [
        zeile(strasse="Gasse 3", plz="8001", ort="Zürich", land="Schweiz", geburtsdatum="1960"),
        zeile(aktenzeichen="B", vorname="", nachname="Sukarno", strasse="Postfach 12 34"),
    ]
    stapel = make_stapel(client, leitung, *rows)
    client.post(reverse("importstapel_uebernehmen", args=[stapel.pk]))
    finish(stapel)
    eins, zwei = (c.leistungsberechtigte_person for c in Case.objects.order_by("aktenzeichen"))
    assert str(eins.anschriften.get()) == "Gasse 3, 8001 ZÜRICH, SCHWEIZ"
    assert (eins.geburt, eins.geburt_genau) == ("1960", "jahr")
    assert str(zwei.anschriften.get()) == "Postfach 12 34, 01067 Musterau"
    assert str(zwei) == "Sukarno"


@pytest.mark.parametrize(
    ("felder", "feld", "rat"),
    [
        ({"plz": "1067"}, "plz", "Fehlt die Null am Anfang (01067)?"),
        ({"land": "Wunderland"}, "land", "zum Beispiel Schweiz oder CH"),
    ],
)
def test_cell_says_what_to_do(client, leitung, fallmanager, felder, feld, rat):
    (row,) = rows_of(make_stapel(client, leitung, zeile(**felder)))
    assert rat in json.loads(row.fehler)[feld][0]
