"""Frozen letters: number, address, bytes, and that nothing changes them any more."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from cases.models import Anschrift, Schreiben, Schreibendatei
from cases.schreiben.satz.brief import kopf_daten, render_html
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.services.schreiben import empfaenger_of, freeze_schreiben, pdf_of
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.schreiben.proben import make_daten

TAG = date(2026, 11, 21)


def freeze(case, by, **werte) -> Schreiben:
    empfaenger = empfaenger_of(case, TAG)
    kopf = kopf_daten(
        case=case, empfaenger=empfaenger, datum=TAG, ansprechpartner=by, betreff="Ihr Budget"
    )
    argumente = {
        "case": case,
        "art": "probe",
        "titel": "Bescheid",
        "gegenstand": "bescheid:1",
        "empfaenger": empfaenger,
        "daten": make_daten(kopf=kopf),
        "datum": TAG,
        "by": by,
    }
    return freeze_schreiben(**(argumente | werte))


def test_frozen_letter_keeps_data_hashes_and_bytes(case, fallmanager):
    schreiben = Schreiben.objects.get(pk=freeze(case, fallmanager).pk)
    pdf = pdf_of(schreiben)
    html = render_html(art="probe", titel="Bescheid", daten=schreiben.daten)
    assert schreiben.empfaenger == ["Erika Łuczyńska", "Lindenweg 12", "70999 Musterau"]
    assert schreiben.pdf_sha256 == hashlib.sha256(pdf).hexdigest()
    # The stored data alone reproduce the letter.
    assert schreiben.html_sha256 == hashlib.sha256(html.encode()).hexdigest()
    assert (schreiben.pdf_seiten, schreiben.erstellt_von) == (2, fallmanager)


def test_numbers_count_per_case_and_survive_a_rollback(case, fallmanager):
    erste = freeze(case, fallmanager)
    with transaction.atomic():
        freeze(case, fallmanager)
        transaction.set_rollback(True)
    zweite = freeze(case, fallmanager)
    az = case.aktenzeichen
    assert [erste.nummer, zweite.nummer] == [f"{az}-S1", f"{az}-S2"]


@pytest.mark.parametrize(
    "abweichung", [{"empfaenger": ["Jemand anders"]}, {"datum": date(2026, 1, 2)}]
)
def test_row_that_differs_from_the_print_is_refused(case, fallmanager, abweichung):
    with pytest.raises(SchreibenFehler, match="weichen vom Druckbild ab"):
        freeze(case, fallmanager, **abweichung)
    assert Schreiben.objects.count() == 0


@pytest.mark.parametrize(
    "befehl",
    [
        "UPDATE cases_schreiben SET titel = 'anders'",
        "DELETE FROM cases_schreiben",
        "UPDATE cases_schreibendatei SET pdf = '\\x00'",
        "DELETE FROM cases_schreibendatei",
    ],
)
def test_database_refuses_to_change_a_frozen_letter(case, fallmanager, befehl):
    schreiben = freeze(case, fallmanager)
    with (
        pytest.raises(ProgrammingError, match=r"Cannot update or delete|permission denied"),
        transaction.atomic(),
    ):
        connection.cursor().execute(befehl)
    assert Schreiben.objects.get().titel == "Bescheid"
    assert pdf_of(schreiben) == bytes(Schreibendatei.objects.get().pdf)


def test_altered_bytes_are_not_handed_out(case, fallmanager):
    schreiben = freeze(case, fallmanager)
    with connection.cursor() as cursor:
        # As somebody with the rights of the database owner could do it.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_schreibendatei DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_schreibendatei SET pdf = set_byte(pdf, 100, 65)")
        cursor.execute("ALTER TABLE cases_schreibendatei ENABLE TRIGGER USER")
    with pytest.raises(SchreibenFehler) as error:
        pdf_of(schreiben)
    assert error.value.text == (
        f"Die gespeicherte Datei des Schreibens {schreiben.nummer} wurde verändert und wird "
        "nicht ausgegeben. Bitte verständigen Sie die Fachadministration."
    )


def test_missing_file_is_named(case, fallmanager):
    schreiben = freeze(case, fallmanager)
    schreiben.pk = schreiben.pk + 1
    with pytest.raises(SchreibenFehler, match="keine Datei gespeichert"):
        pdf_of(schreiben)


@pytest.mark.parametrize(
    ("tag", "strasse"),
    [
        (date(2026, 10, 31), "Lindenweg 12"),
        (date(2026, 11, 1), "Am Bach 3"),
        (date(2026, 11, 30), "Am Bach 3"),
    ],
)
def test_recipient_lives_where_the_day_says(case, tag, strasse):
    person = case.leistungsberechtigte_person
    person.anschriften.update(gueltig_bis=date(2026, 10, 31))
    Anschrift.objects.create(
        leistungsberechtigte_person=person,
        zusatz="c/o Verein Teilhabe",
        strasse="Am Bach 3",
        plz="70999",
        ort="Musterau",
        gueltig_ab=date(2026, 11, 1),
        gueltig_bis=date(2026, 11, 30),
    )
    assert empfaenger_of(case, tag)[-2] == strasse


@pytest.mark.parametrize("tag", [date(1999, 12, 31), date(2026, 12, 1)])
def test_recipient_without_address_on_the_day_is_refused(case, tag):
    case.leistungsberechtigte_person.geburtsdatum = date(1970, 1, 1)
    case.leistungsberechtigte_person.anschriften.update(gueltig_bis=date(2026, 11, 30))
    with pytest.raises(SchrittUnzulaessig) as error:
        empfaenger_of(case, tag)
    assert error.value.text == (
        f"Für den {tag:%d.%m.%Y} ist keine Anschrift erfasst. "
        "Bitte tragen Sie bei der Person eine gültige Anschrift ein."
    )


def test_head_of_letter_names_authority_contact_and_large_print(case, fallmanager):
    person = case.leistungsberechtigte_person
    person.barrierefreies_format = "grossdruck"
    fallmanager.telefon = ""
    kopf = kopf_daten(
        case=case, empfaenger=["A"], datum=TAG, ansprechpartner=fallmanager, betreff="B"
    )
    assert kopf["grossdruck"] is True
    assert kopf["datum"] == "2026-11-21"
    assert kopf["ansprechpartner"] == {
        "name": "Fallmanager Beispiel",
        "funktion": "Fallmanagement",
        "zimmer": "2.14",
        "telefon": "07999 100-0",
        "email": "fallmanager@landkreis-musterau.example",
    }
