"""Each guard has the test of its name: open, then closed with its sentence and citation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gesamtplan import guards
from gesamtplan.bedarf import services as bedarf
from gesamtplan.models import Gesamtplan, Planinhalt, Teilhabeziel
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import gesamtplan, leistung
from tests.fabriken import HEUTE, make_fall, make_fallmanager
from tests.gesamtplan.bausteine import (
    add_leistung_zu,
    add_ziel,
    make_ermittlung,
    make_leeren_plan,
    make_plan,
    make_vorgelegten_plan,
    make_zustaendigen_fall,
)

pytestmark = pytest.mark.django_db
TAG_A = date(2005, 11, 21)


@pytest.fixture
def plan(fallmanager):
    return make_plan(fallmanager)


def test_bedarf_festgestellt(fallmanager):
    case = make_zustaendigen_fall(fallmanager)
    row = bedarf.start_bedarfsermittlung(
        case=case, datum=HEUTE, instrument="BEI_BW", beteiligte="Emil", by=fallmanager, tag=HEUTE
    )
    assert guards.bedarf_festgestellt(row).norm == "§ 118 Abs. 1 SGB IX"
    row.ergebnis = "Es besteht kein Bedarf."
    assert guards.bedarf_festgestellt(row) is None


def test_zustaendigkeit_festgestellt(fallmanager):
    offen = guards.zustaendigkeit_festgestellt(make_fall(fallmanager))
    assert offen.norm == "§ 14 Abs. 2 S. 1 SGB IX"
    assert guards.zustaendigkeit_festgestellt(make_zustaendigen_fall(fallmanager)) is None


def test_gespraech_nicht_in_der_zukunft(behoerde):
    assert guards.gespraech_nicht_in_der_zukunft(HEUTE, HEUTE) is None
    morgen = guards.gespraech_nicht_in_der_zukunft(HEUTE + timedelta(days=1), HEUTE)
    assert morgen.text.startswith("Das Gespräch am 21.11.2026 liegt in der Zukunft.")


def test_bedarf_abgeschlossen(plan, fallmanager):
    assert guards.bedarf_abgeschlossen(plan) is None
    plan.bedarfsermittlung = make_ermittlung(plan.case, fallmanager)
    found = guards.bedarf_abgeschlossen(plan)
    assert found.text == "Die Bedarfsermittlung vom 20.11.2026 ist noch nicht abgeschlossen."
    assert found.norm == "§ 120 Abs. 1 SGB IX"


def test_pflichtinhalte_vollstaendig(plan):
    assert guards.pflichtinhalte_vollstaendig(plan) is None
    Planinhalt.objects.filter(gesamtplan=plan, schluessel="barmittel").update(text=" ")
    found = guards.pflichtinhalte_vollstaendig(get_plan(plan.pk))
    assert found.text == "Ein Pflichtinhalt fehlt: Barmittel aus dem Regelsatz."
    assert found.norm == "§ 121 Abs. 4 Nr. 6 SGB IX"
    assert found.url.endswith("/gesamtplan/1/inhalte/#id_inhalt_barmittel")


def test_pflichtinhalte_vollstaendig_names_all_that_are_missing(fallmanager):
    found = guards.pflichtinhalte_vollstaendig(make_leeren_plan(fallmanager))
    assert found.text.startswith("10 Inhalte fehlen: Verfahren, Instrumente und Wirkungskontrolle")


def test_pflichtinhalte_vollstaendig_asks_for_nothing_before_2018(fallmanager):
    assert guards.pflichtinhalte_vollstaendig(make_leeren_plan(fallmanager, TAG_A)) is None


def test_mindestens_ein_ziel(fallmanager):
    leer = make_leeren_plan(fallmanager)
    assert guards.mindestens_ein_ziel(leer).text == "Der Plan nennt noch kein Teilhabeziel."
    add_ziel(leer, fallmanager)
    assert guards.mindestens_ein_ziel(get_plan(leer.pk)) is None


def test_ziele_ueberpruefbar(plan):
    assert guards.ziele_ueberpruefbar(plan) is None
    Teilhabeziel.objects.filter(gesamtplan=plan).update(bis=HEUTE - timedelta(days=1))
    found = guards.ziele_ueberpruefbar(get_plan(plan.pk))
    assert found.text.startswith("Ziel 1: ")
    assert found.norm == "§ 19 Abs. 2 S. 2 Nr. 6 SGB IX"


def test_leistungen_den_zielen_zugeordnet(plan, fallmanager):
    assert guards.leistungen_den_zielen_zugeordnet(plan) is None
    leistung.remove_leistung(leistung=plan.leistungen.get(), by=fallmanager, tag=HEUTE)
    found = guards.leistungen_den_zielen_zugeordnet(get_plan(plan.pk))
    assert found.norm == "§ 121 Abs. 4 Nr. 3 SGB IX"
    assert found.url == f"/faelle/{plan.case_id}/gesamtplan/1/leistungen/neu/"


def test_ueberpruefung_binnen_zwei_jahren(plan):
    assert plan.ueberpruefung_am == date(2028, 11, 20)
    assert guards.ueberpruefung_binnen_zwei_jahren(plan, "BW") is None
    plan.ueberpruefung_am = date(2028, 11, 21)
    found = guards.ueberpruefung_binnen_zwei_jahren(plan, "BW")
    assert found.text == (
        "Die Überprüfung am 21.11.2028 liegt nach dem spätesten Tag, dem 20.11.2028."
    )
    assert found.norm == "§ 121 Abs. 2 SGB IX"


def test_ueberpruefung_binnen_zwei_jahren_needs_only_a_day_before_2018(fallmanager):
    alt = make_leeren_plan(fallmanager, TAG_A)
    assert guards.ueberpruefung_binnen_zwei_jahren(alt, "BW").norm == "§ 58 SGB XII"
    alt.ueberpruefung_am = date(2015, 1, 1)
    assert guards.ueberpruefung_binnen_zwei_jahren(alt, "BW") is None


def test_planstand_nicht_in_der_zukunft(plan):
    assert guards.planstand_nicht_in_der_zukunft(plan, HEUTE) is None
    found = guards.planstand_nicht_in_der_zukunft(plan, HEUTE - timedelta(days=1))
    assert found.text == "Das Datum des Plans, der 20.11.2026, liegt in der Zukunft."


def test_freigabe_durch_zweite_person(fallmanager, leitung):
    plan = make_vorgelegten_plan(fallmanager)
    assert guards.freigabe_durch_zweite_person(plan, leitung) is None
    found = guards.freigabe_durch_zweite_person(plan, fallmanager)
    assert found.text.startswith(
        "Sie haben diesen Plan angelegt, zuletzt bearbeitet und vorgelegt."
    )


def test_freigabe_durch_zweite_person_remembers_the_last_editor(fallmanager, leitung):
    plan = make_plan(fallmanager)
    gesamtplan.update_planinhalt(
        gesamtplan=plan, schluessel="gutachten", text="x", by=leitung, tag=HEUTE
    )
    found = guards.freigabe_durch_zweite_person(get_plan(plan.pk), leitung)
    assert found.text.startswith("Sie haben diesen Plan zuletzt bearbeitet.")


def test_fall_bereit_fuer_freigabe(plan):
    assert guards.fall_bereit_fuer_freigabe(plan) is None
    plan.case.state = "bewilligt"
    assert guards.fall_bereit_fuer_freigabe(plan).text.startswith(
        "Der Fall ist im Zustand „bewilligt“."
    )


def test_every_guard_is_asked_before_release(plan, fallmanager, leitung):
    add_leistung_zu(plan.teilhabeziele.get(), make_fallmanager("kollegin"), "zweite")
    pruefungen = guards.check_release(get_plan(plan.pk), "BW", leitung, HEUTE)
    assert [p.hindernis for p in pruefungen] == [None] * 9
    assert all(p.norm for p in pruefungen)
    assert Gesamtplan.objects.count() == 1
