"""Submit, return, release; what is released is fixed."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection

from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Planinhalt
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import freigabe, gesamtplan
from tests.fabriken import HEUTE, make_fallmanager, make_leitung
from tests.gesamtplan.bausteine import (
    make_fortschreibung,
    make_freigegebenen_plan,
    make_plan,
    make_vorgelegten_plan,
)

pytestmark = pytest.mark.django_db


def test_submit_of_an_incomplete_plan_is_refused(fallmanager):
    plan = make_plan(fallmanager)
    Planinhalt.objects.filter(gesamtplan=plan, schluessel="barmittel").update(text="")
    with pytest.raises(SchrittUnzulaessig) as caught:
        freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    assert caught.value.text == "Ein Pflichtinhalt fehlt: Barmittel aus dem Regelsatz."
    assert caught.value.norm == "§ 121 Abs. 4 Nr. 6 SGB IX"


def test_submit_is_no_editing(fallmanager, leitung):
    plan = make_plan(fallmanager)
    gesamtplan.update_planinhalte(gesamtplan=plan, texte={"gutachten": "x"}, by=leitung, tag=HEUTE)
    plan = freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    assert (plan.vorgelegt_von, plan.bearbeitet_von) == (fallmanager, leitung)
    with pytest.raises(SchrittUnzulaessig, match="Sie haben diesen Plan zuletzt bearbeitet"):
        freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)


def test_earlier_editor_may_not_release_after_somebody_else_has_edited(fallmanager, leitung):
    plan = make_plan(fallmanager)
    for wer, text in ((leitung, "von der Leitung"), (fallmanager, "von der Leitung!")):
        gesamtplan.update_planinhalte(gesamtplan=plan, texte={"gutachten": text}, by=wer, tag=HEUTE)
    plan = freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="Sie haben diesen Plan mitgeschrieben"):
        freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    with pytest.raises(ProgrammingError, match="wer mitgeschrieben hat"):
        Gesamtplan.objects.filter(pk=plan.pk).update(freigegeben_von=leitung)


def test_return_needs_a_reason_and_keeps_it_until_resubmission(fallmanager, leitung):
    plan = make_vorgelegten_plan(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="Bitte nennen Sie den Grund"):
        freigabe.return_gesamtplan(gesamtplan=plan, grund=" ", by=leitung, tag=HEUTE)
    plan = freigabe.return_gesamtplan(gesamtplan=plan, grund="Ziel 1", by=leitung, tag=HEUTE)
    assert (plan.state, plan.rueckgabe_grund) == ("entwurf", "Ziel 1")
    plan = freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    assert plan.rueckgabe_grund == ""


def test_release_by_the_author_is_refused(behoerde):
    autorin = make_leitung("autorin")
    plan = make_vorgelegten_plan(autorin)
    with pytest.raises(SchrittUnzulaessig) as caught:
        freigabe.release_gesamtplan(gesamtplan=plan, by=autorin, tag=HEUTE)
    assert caught.value.norm == "Vier-Augen-Grundsatz"
    assert Gesamtplan.objects.get(pk=plan.pk).state == "vorgelegt"


@pytest.mark.parametrize("spalte", ["erstellt_von_id", "bearbeitet_von_id", "vorgelegt_von_id"])
def test_database_refuses_release_by_author_or_editor(spalte, fallmanager, leitung):
    plan = make_vorgelegten_plan(fallmanager)
    Gesamtplan.objects.filter(pk=plan.pk).update(**{spalte: leitung.pk})
    with (
        pytest.raises(DatabaseError, match=r"gesamtplan_vier_augen|wer mitgeschrieben hat"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE gesamtplan_gesamtplan SET freigegeben_von_id = %s WHERE id = %s",
            [leitung.pk, plan.pk],
        )


def test_database_refuses_release_without_schreiben(fallmanager, leitung):
    plan = make_vorgelegten_plan(fallmanager)
    with pytest.raises(IntegrityError, match="gesamtplan_freigabe_vollstaendig"):
        Gesamtplan.objects.filter(pk=plan.pk).update(
            state="freigegeben", freigegeben_von=leitung, freigegeben_am=HEUTE
        )


def test_release_freezes_the_pdf_and_moves_the_case(fallmanager, leitung):
    plan = get_plan(make_freigegebenen_plan(fallmanager, leitung).pk)
    pdf = bytes(plan.schreiben.datei.pdf)
    assert plan.case.state == "geplant"
    assert plan.schreiben.pdf_sha256 == hashlib.sha256(pdf).hexdigest()
    assert (plan.schreiben.datum, plan.schreiben.art) == (HEUTE, "gesamtplan")
    assert plan.schreiben.daten["freigabe"] == {
        "name": "Leitung Beispiel",
        "funktion": "Sachgebietsleitung",
        "am": "2026-11-20",
    }


def test_release_starts_f35_from_the_date_of_the_plan(fallmanager, leitung):
    plan = make_freigegebenen_plan(fallmanager, leitung)
    frist = plan.case.fristen.get(regel="F35")
    assert (frist.ausloeser_datum, frist.ende) == (HEUTE, date(2028, 11, 20))
    assert frist.norm == "§ 121 Abs. 2 SGB IX"


def test_release_takes_an_earlier_review_from_the_plan(fallmanager, leitung):
    plan = make_plan(fallmanager)
    plan = gesamtplan.update_planinhalte(
        gesamtplan=plan, texte={}, ueberpruefung_am=date(2027, 5, 4), by=fallmanager, tag=HEUTE
    )
    freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE)
    freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    assert plan.case.fristen.get(regel="F35").ende == date(2027, 5, 4)


def test_release_before_2018_takes_the_day_from_the_plan(fallmanager, leitung):
    plan = make_freigegebenen_plan(fallmanager, leitung, date(2005, 11, 21))
    frist = plan.case.fristen.get(regel="F35")
    assert (frist.ende, frist.rechtsstand) == (date(2006, 11, 15), "A")


def test_release_of_the_next_version_ends_the_review_before(fallmanager, leitung):
    neu = make_fortschreibung(fallmanager, leitung)
    freigabe.submit_gesamtplan(gesamtplan=neu, by=fallmanager, tag=HEUTE)
    freigabe.release_gesamtplan(gesamtplan=neu, by=leitung, tag=HEUTE)
    rows = neu.case.fristen.filter(regel="F35").order_by("id").values_list("gegenstand", "state")
    assert list(rows) == [
        (f"gesamtplan:{neu.vorgaenger_id}", "gewahrt"),
        (f"gesamtplan:{neu.pk}", "offen"),
    ]


def test_release_without_address_leaves_nothing_behind(fallmanager, leitung):
    plan = make_vorgelegten_plan(fallmanager)
    plan.case.leistungsberechtigte_person.anschriften.all().delete()
    with pytest.raises(SchrittUnzulaessig, match="keine Anschrift erfasst"):
        freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)
    plan = get_plan(plan.pk)
    assert (plan.state, plan.schreiben, plan.case.state) == ("vorgelegt", None, "bedarf_ermittelt")


FESTE_ZEILEN = [
    "UPDATE gesamtplan_gesamtplan SET anlass = 'x'",
    "DELETE FROM gesamtplan_gesamtplan",
    "UPDATE gesamtplan_planinhalt SET text = 'x'",
    "DELETE FROM gesamtplan_planinhalt",
    "UPDATE gesamtplan_teilhabeziel SET text = 'x'",
    "UPDATE gesamtplan_teilhabeziel SET gesamtplan_id = gesamtplan_id + 1",
    "DELETE FROM gesamtplan_teilhabeziel",
    "UPDATE gesamtplan_leistung SET umfang = 'x'",
    "DELETE FROM gesamtplan_leistung",
]


@pytest.mark.parametrize("sql", FESTE_ZEILEN)
def test_released_version_refuses_raw_sql(sql, fallmanager, leitung):
    make_freigegebenen_plan(fallmanager, leitung)
    fest = pytest.raises(ProgrammingError, match=r"Cannot (update|delete)|festgeschriebenen")
    with fest, connection.cursor() as cursor:
        cursor.execute(sql)


def test_released_version_takes_no_new_part(fallmanager, leitung):
    plan = make_freigegebenen_plan(fallmanager, leitung)
    with pytest.raises(ProgrammingError, match="festgeschriebenen"):
        Planinhalt.objects.create(gesamtplan=plan, schluessel="neu", text="x")


def test_submitted_version_is_locked_for_editors(fallmanager):
    plan = make_vorgelegten_plan(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="nicht möglich"):
        gesamtplan.update_planinhalte(
            gesamtplan=plan,
            texte={"gutachten": "x"},
            by=make_fallmanager("kollegin"),
            tag=HEUTE,
        )
