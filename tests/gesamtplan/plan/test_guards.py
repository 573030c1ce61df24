"""Each guard of the Gesamtplan: open, then closed with its sentence and citation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gesamtplan.models import Planinhalt, Teilhabeziel
from gesamtplan.plan import guards
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.schritte import PLANSCHRITTE, Planlage
from gesamtplan.plan.services import gesamtplan, leistung
from tests.fabriken import HEUTE
from tests.gesamtplan.bausteine import (
    add_ziel,
    make_ermittlung,
    make_leeren_plan,
    make_plan,
    make_vorgelegten_plan,
)

pytestmark = pytest.mark.django_db
TAG_A = date(2005, 11, 21)


@pytest.fixture
def plan(fallmanager):
    return make_plan(fallmanager)


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
    gesamtplan.update_planinhalte(gesamtplan=plan, texte={"gutachten": "x"}, by=leitung, tag=HEUTE)
    found = guards.freigabe_durch_zweite_person(get_plan(plan.pk), leitung)
    assert found.text.startswith("Sie haben diesen Plan zuletzt bearbeitet.")


def test_fall_bereit_fuer_freigabe(plan):
    assert guards.fall_bereit_fuer_freigabe(plan) is None
    plan.case.state = "bewilligt"
    assert guards.fall_bereit_fuer_freigabe(plan).text.startswith(
        "Der Fall ist im Zustand „bewilligt“."
    )


def test_every_guard_is_asked_before_release(plan, fallmanager, leitung):
    lage = Planlage(leitung, HEUTE, get_plan(plan.pk), "BW")
    assert len(PLANSCHRITTE.tore(lage, "freigeben")) == 9
    assert [t.titel for t in PLANSCHRITTE.tore(lage, "freigeben") if not t.offen] == []


def test_grundlage_abgeschlossen(plan):
    assert guards.grundlage_abgeschlossen(plan.case_id, plan.bedarfsermittlung) is None
    found = guards.grundlage_abgeschlossen(plan.case_id, None)
    assert (found.norm, found.url) == ("§ 120 Abs. 1 SGB IX", f"/faelle/{plan.case_id}/bedarf/")


def test_noch_kein_plan(plan):
    assert guards.noch_kein_plan(None) is None
    assert guards.noch_kein_plan(plan).norm == "§ 121 Abs. 2 SGB IX"


def test_fassung_freigegeben(plan):
    assert "im Zustand „Entwurf“" in guards.fassung_freigegeben(plan).text
    plan.state = "freigegeben"
    assert guards.fassung_freigegeben(plan) is None


def test_fassung_ist_die_neueste(plan):
    assert guards.fassung_ist_die_neueste(None) is None
    assert "in Arbeit" in guards.fassung_ist_die_neueste(plan).text
    plan.state = "freigegeben"
    assert guards.fassung_ist_die_neueste(plan).text.endswith(", freigegeben.")
