"""A slice of a file costs a fixed number of statements, and many are judged as one is."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.austausch.forms.bestandsfall import pruefer_of
from cases.austausch.services.austausch import (
    advance_stapel,
    create_stapel,
    start_ruecknahme,
    start_uebernahme,
)
from cases.dateien.grenzen import Tabelle
from cases.models import Case
from cases.person.gleichheit import Merkmale
from cases.person.queries.aehnlich import aehnliche_personen, aehnliche_zu
from cases.states.austausch import FELDER, Importentscheidung
from tests import uhr
from tests.cases.austausch.bausteine import make_profil, zeile
from tests.cases.austausch.test_gleichheit import ERSTE, FRAGEN
from tests.fabriken import HEUTE, make_fall, make_person

pytestmark = pytest.mark.django_db
GEBOREN = date(1985, 4, 7)


def stock(fallmanager) -> None:
    """Put persons there who resemble each other in every way that the questions know."""
    for nachname, vorname, tag in (
        ("Müller", "Erika-Luise", GEBOREN),
        ("Müller", "Otto", GEBOREN),
        ("Mueller", "Erika", date(1985, 7, 4)),
        ("Müller-Lüdenscheidt", "Erika Luise", GEBOREN),
        ("T.", "Mohammad", date(1995, 1, 1)),
        ("Maier", "", date(1970, 3, 2)),
    ):
        make_fall(fallmanager, person=make_person(nachname, vorname=vorname, geburtsdatum=tag))
    umbenannt = make_person("Vogt", vorname="Ina", geburtsdatum=date(1990, 5, 6))
    make_fall(fallmanager, person=umbenannt)
    umbenannt.nachname = "Sommer"
    umbenannt.save()


def questions() -> list[Merkmale]:
    found = []
    for anders, _grund in FRAGEN.values():
        werte = {**ERSTE, **anders}
        tag, monat, jahr = (int(teil) for teil in werte["geburtsdatum"].split("."))
        found.append(Merkmale(werte["vorname"], werte["nachname"], date(jahr, monat, tag)))
    return [
        *found,
        Merkmale("Mohammad", "T.", date(1995, 1, 1)),
        Merkmale("Erika", "Müller", date(1985, 1, 1), "jahr"),
        Merkmale("Ina", "Vogt", date(1990, 5, 6)),
        Merkmale("", "Maier", date(1970, 3, 2)),
        Merkmale("Neu", "Niemand", date(2001, 9, 9)),
        Merkmale("", "", None),
    ]


def test_many_questions_get_the_answers_of_each_alone(fallmanager):
    stock(fallmanager)
    gefragt = questions()
    zusammen = aehnliche_zu(gefragt, user=fallmanager, stichtag=HEUTE)
    einzeln = [
        aehnliche_personen(
            user=fallmanager,
            vorname=wer.vorname,
            nachname=wer.nachname,
            geburtsdatum=wer.geburtsdatum,
            stichtag=HEUTE,
            genau=wer.genau,
        )
        for wer in gefragt
    ]
    assert zusammen == einzeln
    assert [bool(treffer) for treffer in zusammen] == [True] * (len(gefragt) - 2) + [False] * 2


def batch(leitung, anzahl: int, anfang: str):
    """Return a batch of new persons, each with the facts that cost most: account and reminder."""
    kopf = [feld.titel for feld in FELDER.values()]
    zeilen = []
    for nummer in range(anzahl):
        row = zeile(
            aktenzeichen=f"{anfang}-{nummer}",
            nachname=f"{anfang}{chr(97 + nummer // 26)}{chr(97 + nummer % 26)}dorf",
            vorname=f"{chr(97 + nummer % 26)}{chr(98 + nummer % 20)}elo".title(),
            geburtsdatum=f"{1 + nummer % 28:02}.{1 + nummer % 12:02}.{1940 + nummer}",
            zustand="Antrag eingegangen",
        )
        zeilen.append((nummer + 2, [row.get(name, "") for name in FELDER]))
    return create_stapel(
        tabelle=Tabelle(kopf=kopf, zeilen=zeilen, gelesen_als="Probe"),
        dateiname="alt.csv",
        sha256="0" * 64,
        profil=make_profil(),
        team=leitung.geleitete_teams.get(),
        soll={},
        by=leitung,
        now=uhr.JETZT,
    )


def statements(stapel) -> int:
    """Count what the next slice of a batch sends."""
    pruefer = pruefer_of(stapel, uhr.HEUTE)
    with CaptureQueriesContext(connection) as found:
        advance_stapel(stapel_id=stapel.pk, pruefer=pruefer, tag=uhr.HEUTE)
    return len(found)


def finish(stapel) -> None:
    pruefer = pruefer_of(stapel, uhr.HEUTE)
    while advance_stapel(stapel_id=stapel.pk, pruefer=pruefer, tag=uhr.HEUTE):
        pass


def costs(leitung, anzahl: int, anfang: str) -> dict[str, int]:
    """Take a batch through and count the statements of one slice of each stage."""
    stapel = batch(leitung, anzahl, anfang)
    found = {"prüfen": statements(stapel)}
    finish(stapel)
    stapel.zeilen.update(entscheidung=Importentscheidung.NEU)
    start_uebernahme(stapel=stapel, by=leitung, now=uhr.JETZT)
    found["übernehmen"] = statements(stapel)
    finish(stapel)
    assert Case.objects.filter(aktenzeichen__startswith=f"{anfang}-").count() == anzahl
    start_ruecknahme(stapel=stapel, by=leitung, now=uhr.JETZT)
    found["zurücknehmen"] = statements(stapel)
    finish(stapel)
    assert not Case.objects.filter(aktenzeichen__startswith=f"{anfang}-").exists()
    return found


def test_a_slice_sends_as_many_statements_for_forty_rows_as_for_four(leitung, fallmanager):
    stock(fallmanager)
    costs(leitung, 2, "Vor")
    wenige, viele = costs(leitung, 4, "Kurz"), costs(leitung, 40, "Lang")
    # What hangs on the cases is deleted in parcels, so that a longer slice may need one more.
    assert 0 <= viele.pop("zurücknehmen") - wenige.pop("zurücknehmen") <= 3
    assert viele == wenige
    assert viele["prüfen"] <= 15
