"""Steps of the Bedarfsermittlung."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from cases.antrag.services.antrag import record_antrag
from cases.fall.services.case import lock_case
from cases.models import Case
from cases.models.stand import stand_of
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.bedarf import services as bedarf
from gesamtplan.models import Bedarfsermittlung, Lebensbereich
from gesamtplan.models.angaben import Befund
from gesamtplan.models.stand import werte_of_bedarfsermittlung
from gesamtplan.plan.services.gesamtplan import continue_gesamtplan
from recht.kataloge import LEBENSBEREICHE
from tests.fabriken import HEUTE, make_fall, make_fallmanager, make_user
from tests.gesamtplan.bausteine import (
    KOCHEN,
    make_abgeschlossene_ermittlung,
    make_ermittlung,
    make_freigegebenen_plan,
    make_zustaendigen_fall,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(fallmanager):
    return make_zustaendigen_fall(fallmanager)


def test_lebensbereiche_are_those_of_the_law():
    assert [tuple(bereich) for bereich in LEBENSBEREICHE] == Lebensbereich.choices


def test_start_creates_nine_empty_lebensbereiche(case, fallmanager):
    row = bedarf.start_bedarfsermittlung(
        case=case, datum=HEUTE, instrument="BEI_BW", beteiligte="Emil", by=fallmanager, tag=HEUTE
    )
    assert list(row.bedarfe.values_list("lebensbereich", flat=True)) == Lebensbereich.values
    assert row.state == "entwurf"


def test_second_open_bedarfsermittlung_is_refused(case, fallmanager):
    make_ermittlung(case, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="schon eine Bedarfsermittlung in Arbeit"):
        make_ermittlung(case, fallmanager)


def test_database_refuses_a_second_open_bedarfsermittlung(case, fallmanager):
    row = make_ermittlung(case, fallmanager)
    row.pk = None
    with pytest.raises(IntegrityError, match="bedarfsermittlung_ein_entwurf_je_fall"):
        row.save(force_insert=True)


def test_revision_may_not_begin(case, behoerde):
    revision = make_user("revision", "Revision")
    with pytest.raises(SchrittUnzulaessig, match="Fallmanagement oder Sachgebietsleitung"):
        make_ermittlung(case, revision)


def test_update_writes_only_what_is_named(case, fallmanager):
    row = make_ermittlung(case, fallmanager)
    kollegin = make_fallmanager("kollegin")
    bedarf.update_bedarf(
        bedarfsermittlung=row, befunde={"d4": Befund(bedarf=" Bus ")}, by=kollegin, tag=HEUTE
    )
    stored = {b.lebensbereich: b.bedarf for b in row.bedarfe.all() if b.is_filled}
    assert stored == {"d4": "Bus", "d6": KOCHEN.bedarf}
    assert Bedarfsermittlung.objects.get(pk=row.pk).bearbeitet_von == kollegin


def test_update_over_a_newer_text_is_refused(case, fallmanager):
    row = make_ermittlung(case, fallmanager)
    seen = stand_of(werte_of_bedarfsermittlung(row))
    kollegin = make_fallmanager("kollegin")
    bedarf.update_bedarf(bedarfsermittlung=row, befunde={"d1": KOCHEN}, by=kollegin, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="Kollegin Beispiel hat diese Angaben"):
        bedarf.update_bedarf(
            bedarfsermittlung=row, befunde={"d1": Befund()}, by=fallmanager, tag=HEUTE, gesehen=seen
        )


def test_complete_moves_the_case_and_starts_f34(case, fallmanager):
    make_abgeschlossene_ermittlung(case, fallmanager)
    case.refresh_from_db()
    frist = case.fristen.get(regel="F34")
    assert case.state == "bedarf_ermittelt"
    assert (frist.ausloeser_datum, frist.ende, frist.state) == (HEUTE, date(2028, 11, 20), "offen")


def test_complete_again_meets_the_older_f34(case, fallmanager):
    make_abgeschlossene_ermittlung(case, fallmanager)
    spaeter = date(2028, 3, 1)
    make_abgeschlossene_ermittlung(case, fallmanager, spaeter)
    rows = case.fristen.filter(regel="F34").order_by("ende").values_list("ende", "state")
    assert list(rows) == [(date(2028, 11, 20), "gewahrt"), (date(2030, 3, 1), "offen")]


def test_complete_leaves_a_running_case_where_it_is(case, fallmanager):
    row = make_ermittlung(case, fallmanager)
    locked = lock_case(case.pk)
    locked.state = "leistung_laeuft"
    locked.save()
    bedarf.complete_bedarfsermittlung(bedarfsermittlung=row, by=fallmanager, tag=HEUTE)
    case.refresh_from_db()
    assert case.state == "leistung_laeuft"


def test_complete_before_zustaendigkeit_is_refused(fallmanager):
    row = make_ermittlung(make_fall(fallmanager), fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="Stellen Sie zuerst die Zuständigkeit fest"):
        bedarf.complete_bedarfsermittlung(bedarfsermittlung=row, by=fallmanager, tag=HEUTE)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE gesamtplan_bedarfsermittlung SET ergebnis = 'x'",
        "DELETE FROM gesamtplan_bedarfsermittlung",
        "UPDATE gesamtplan_bedarf SET bedarf = 'x'",
        "DELETE FROM gesamtplan_bedarf",
        "UPDATE gesamtplan_bedarf SET bedarfsermittlung_id = bedarfsermittlung_id + 1",
    ],
)
def test_closed_bedarfsermittlung_refuses_raw_sql(sql, case, fallmanager):
    make_abgeschlossene_ermittlung(case, fallmanager)
    fest = pytest.raises(ProgrammingError, match=r"Cannot (update|delete)|festgeschriebenen")
    with fest, connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("state", ["beendet", "weitergeleitet"])
def test_nothing_new_begins_in_a_case_that_is_over(fallmanager, leitung, state):
    plan = make_freigegebenen_plan(fallmanager, leitung)
    Case.objects.filter(pk=plan.case_id).update(
        state=state, beendet_am=HEUTE if state == "beendet" else None
    )
    felder = {"by": fallmanager, "tag": HEUTE}
    for begin in (
        lambda: bedarf.start_bedarfsermittlung(
            case=plan.case, datum=HEUTE, instrument="BEI_BW", beteiligte="x", **felder
        ),
        lambda: continue_gesamtplan(gesamtplan=plan, anlass="x", datum=HEUTE, **felder),
    ):
        with pytest.raises(SchrittUnzulaessig, match="Neues beginnt mit einem neuen Antrag"):
            begin()


def test_need_of_the_gesamtplanverfahren_needs_no_application(case, fallmanager):
    """§ 108 Abs. 2 SGB IX: not for a need that the procedure of Kapitel 7 has found."""
    angaben = {
        "case": case,
        "eingang": HEUTE,
        "weg": "schriftlich",
        "begehren": "Anleitung beim Kochen",
        "persoenliches_budget": False,
        "by": fallmanager,
        "tag": HEUTE,
        "antragsteller": "von_amts_wegen",
    }
    with pytest.raises(SchrittUnzulaessig, match="nur auf Antrag") as fehler:
        record_antrag(**angaben)
    assert fehler.value.norm == "§ 108 Abs. 1 S. 1 SGB IX, § 108 Abs. 2 SGB IX"
    make_abgeschlossene_ermittlung(case, fallmanager)
    assert record_antrag(**angaben).antragsteller == "von_amts_wegen"
