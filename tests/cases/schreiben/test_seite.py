"""The page with the letters of a case, and the file itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from cases.models import Lesezugriff, Versand
from cases.schreiben.services.schreiben import pdf_of
from tests import fabriken
from tests.cases.schreiben.test_schreiben import freeze


@pytest.fixture
def leser(client, fallmanager):
    client.force_login(fallmanager)
    return client


def seite(case) -> str:
    return reverse("fall_schreiben", args=[case.pk])


def datei(case, schreiben) -> str:
    return reverse("schreiben_pdf", args=[case.pk, schreiben.pk])


def test_empty_list_says_what_will_stand_here(leser, case):
    antwort = leser.get(seite(case))
    assert antwort.status_code == 200
    assert "Es gibt noch kein Schreiben." in antwort.content.decode()


def test_list_shows_letters_and_sendings_newest_first(leser, case, fallmanager):
    erstes, zweites = freeze(case, fallmanager), freeze(case, fallmanager)
    Versand.objects.create(schreiben=erstes, weg="post", an=erstes.empfaenger)
    antwort = leser.get(seite(case))
    gezeigt = [
        (schreiben.nummer, [(versand.weg, farbe) for versand, farbe in sendungen])
        for schreiben, sendungen, _ in antwort.context["schreiben_liste"]
    ]
    assert gezeigt == [(zweites.nummer, []), (erstes.nummer, [("post", "info")])]
    text = antwort.content.decode()
    assert reverse("versand_neu", args=[case.pk, zweites.pk]) in text
    assert reverse("versand_neu", args=[case.pk, erstes.pk]) not in text


def test_number_of_queries_does_not_grow(leser, case, fallmanager, django_assert_num_queries):
    leser.get(seite(case))
    freeze(case, fallmanager)
    with django_assert_num_queries(9):
        leser.get(seite(case))
    freeze(case, fallmanager)
    freeze(case, fallmanager)
    with django_assert_num_queries(9):
        leser.get(seite(case))


@pytest.mark.parametrize(("frage", "art"), [("", "inline"), ("?speichern", "attachment")])
def test_file_is_served_as_frozen_and_named_by_number(leser, case, fallmanager, frage, art):
    schreiben = freeze(case, fallmanager)
    antwort = leser.get(datei(case, schreiben) + frage)
    assert antwort.content == pdf_of(schreiben)
    assert antwort["Content-Type"] == "application/pdf"
    assert antwort["Content-Disposition"] == f'{art}; filename="Probe_{case.aktenzeichen}-S1.pdf"'
    assert antwort["X-Content-Type-Options"] == "nosniff"
    assert antwort["Cache-Control"] == "no-store, private"
    assert Lesezugriff.objects.filter(route="schreiben_pdf", case=case).count() == 1


def test_letter_of_another_case_does_not_exist(leser, case, fallmanager):
    fremd = fabriken.make_fall(fabriken.make_fallmanager("ost", fabriken.make_team("Team Ost")))
    schreiben = freeze(case, fallmanager)
    eigener = fabriken.make_fall(fallmanager)
    assert leser.get(datei(eigener, schreiben)).status_code == 404
    assert leser.get(datei(fremd, schreiben)).status_code == 404
    assert leser.get(seite(fremd)).status_code == 404


def test_altered_file_is_not_served(leser, case, fallmanager):
    schreiben = freeze(case, fallmanager)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_schreibendatei DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_schreibendatei SET pdf = set_byte(pdf, 100, 65)")
        cursor.execute("ALTER TABLE cases_schreibendatei ENABLE TRIGGER USER")
    antwort = leser.get(datei(case, schreiben), follow=True)
    assert antwort.redirect_chain == [(seite(case), 302)]
    assert "wurde verändert und wird nicht ausgegeben" in antwort.content.decode()
