"""Bad input into a plan: refused with its norm by service and page, and what was typed stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Leistung, Teilhabeziel
from gesamtplan.models.angaben import Leistungsangaben, Zielangaben
from gesamtplan.models.plannorm import zielnorm_of
from gesamtplan.plan.guards import angaben as guards
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.services import freigabe, gesamtplan, leistung, teilhabeziel
from tests.fabriken import HEUTE
from tests.gesamtplan import bausteine
from tests.oberflaeche.gleichzeitig import felder_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]
TAG = timedelta(days=1)
ZIELNORM, LEISTUNGSNORM = "§ 19 Abs. 2 S. 2 Nr. 6 SGB IX", "§ 121 Abs. 4 Nr. 3 SGB IX"
ZIEL = Zielangaben("d6", "Ich koche selbst.", "Dreimal in der Woche", date(2027, 6, 30))


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


@pytest.fixture
def plan(fallmanager):
    return bausteine.make_plan(fallmanager)


def add(plan, by, **anders):
    return teilhabeziel.add_teilhabeziel(
        gesamtplan=plan, angaben=replace(ZIEL, **anders), by=by, tag=HEUTE
    )


def refused(take, satz, norm, feld=""):
    with pytest.raises(SchrittUnzulaessig, match=satz) as gefunden:
        take()
    assert (gefunden.value.norm, gefunden.value.feld) == (norm, feld)


@pytest.mark.parametrize(
    ("anders", "satz", "feld"),
    [
        ({"kriterium": " "}, "ein Merkmal", "kriterium"),
        ({"text": " "}, "braucht einen Text", "text"),
        ({"bis": HEUTE - TAG}, "liegt vor dem Datum des Plans", "bis"),
        ({"bis": date(2126, 6, 30)}, "mehr als zehn Jahre", "bis"),
        ({"text": " ziel  NUMMER 1."}, "Ziel 1 hat schon diesen Text", "text"),
    ],
)
def test_goal_that_nobody_can_check_is_refused_at_its_field(plan, fallmanager, anders, satz, feld):
    refused(lambda: add(plan, fallmanager, **anders), satz, ZIELNORM, feld)
    assert plan.teilhabeziele.count() == 1


def test_ziel_im_zeitraum(plan):
    assert guards.ziel_im_zeitraum(plan, plan.datum) is None
    assert guards.ziel_im_zeitraum(plan, plan.datum - TAG).norm == ZIELNORM


def test_ziel_hat_merkmal(plan):
    assert guards.ziel_hat_merkmal(plan, ZIEL) is None
    assert guards.ziel_hat_merkmal(plan, replace(ZIEL, kriterium="")).url == "#id_kriterium"


def test_ziel_noch_nicht_genannt(plan):
    eigenes = plan.teilhabeziele.get()
    assert guards.ziel_noch_nicht_genannt(plan, eigenes.text, eigenes) is None
    hindernis = guards.ziel_noch_nicht_genannt(plan, eigenes.text)
    assert hindernis.text.startswith("Ziel 1 hat schon diesen Text.")
    assert (hindernis.norm, hindernis.url) == (zielnorm_of(plan), "#id_text")


def test_goal_keeps_its_own_text_and_takes_no_other(plan, fallmanager):
    zweites = add(plan, fallmanager)
    erstes = plan.teilhabeziele.get(nummer=1)
    teilhabeziel.update_teilhabeziel(ziel=zweites, angaben=ZIEL, by=fallmanager, tag=HEUTE)
    refused(
        lambda: teilhabeziel.update_teilhabeziel(
            ziel=zweites, angaben=replace(ZIEL, text=erstes.text), by=fallmanager, tag=HEUTE
        ),
        "Ziel 1 hat schon",
        ZIELNORM,
        "text",
    )


def test_ziele_verschieden(plan, fallmanager):
    assert guards.ziele_verschieden(plan) is None
    add(plan, fallmanager)
    Teilhabeziel.objects.filter(gesamtplan=plan, nummer=2).update(
        text=plan.teilhabeziele.get(nummer=1).text
    )
    found = guards.ziele_verschieden(get_plan(plan.pk))
    assert found.text == "Ziel 2 sagt dasselbe wie Ziel 1."
    assert found.url.endswith("#id_text")


@pytest.mark.parametrize(
    ("beginn", "ende", "satz", "feld"),
    [
        (HEUTE, HEUTE - TAG, "vor ihrem Beginn", "ende"),
        (HEUTE - 40 * TAG, HEUTE - 2 * TAG, "vor dem Datum des Plans", "ende"),
        (date(2030, 1, 1), None, "erst nach der Überprüfung", "beginn"),
    ],
)
def test_leistung_in_der_zeit(plan, fallmanager, beginn, ende, satz, feld):
    row = plan.leistungen.get()
    werte = angaben_of(row, beginn=beginn, ende=ende)
    refused(
        lambda: leistung.update_leistung(leistung=row, angaben=werte, by=fallmanager, tag=HEUTE),
        satz,
        LEISTUNGSNORM,
        feld,
    )
    leistung.update_leistung(
        leistung=row,
        angaben=angaben_of(row, beginn=HEUTE - TAG, ende=HEUTE + TAG),
        by=fallmanager,
        tag=HEUTE,
    )


def angaben_of(row, **anders):
    return Leistungsangaben(
        teilhabeziel=row.teilhabeziel,
        leistungstraeger=row.leistungstraeger,
        bezeichnung=row.bezeichnung,
        norm=row.norm,
        katalogschluessel=row.katalogschluessel,
        leistungsform=row.leistungsform,
        umfang=row.umfang,
        **anders,
    )


def test_overlapping_leistungen_of_one_kind_close_the_submission(plan, fallmanager):
    row = plan.leistungen.get()
    leistung.add_leistung(
        gesamtplan=plan,
        angaben=angaben_of(row, beginn=HEUTE + TAG, ende=None),
        by=fallmanager,
        tag=HEUTE,
    )
    refused(
        lambda: freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE),
        "überschneiden sich",
        LEISTUNGSNORM,
    )


@pytest.mark.parametrize(
    ("tag", "satz", "norm"),
    [
        (HEUTE - TAG, "nicht vor dem Datum des Plans", "§ 121 Abs. 2 SGB IX"),
    ],
)
def test_ueberpruefung_nach_dem_plan(plan, fallmanager, tag, satz, norm):
    assert guards.ueberpruefung_nach_dem_plan(HEUTE, HEUTE) is None
    refused(
        lambda: gesamtplan.update_planinhalte(
            gesamtplan=plan, texte={}, ueberpruefung_am=tag, by=fallmanager, tag=HEUTE
        ),
        satz,
        norm,
        "ueberpruefung_am",
    )


def test_plan_nach_der_ermittlung(plan, fallmanager):
    ermittlung = plan.bedarfsermittlung
    assert guards.plan_nach_der_ermittlung(ermittlung.datum, ermittlung) is None
    refused(
        lambda: gesamtplan.update_planinhalte(
            gesamtplan=plan,
            texte={},
            datum=ermittlung.datum - TAG,
            by=fallmanager,
            tag=HEUTE,
        ),
        f"liegt vor der {ermittlung}",
        "§ 120 Abs. 1 SGB IX",
        "datum",
    )


def test_review_after_two_years_closes_the_submission_at_its_field(plan, fallmanager):
    spaet = date(HEUTE.year + 2, HEUTE.month, HEUTE.day) + TAG
    gesamtplan.update_planinhalte(
        gesamtplan=plan, texte={}, ueberpruefung_am=spaet, by=fallmanager, tag=HEUTE
    )
    refused(
        lambda: freigabe.submit_gesamtplan(gesamtplan=get_plan(plan.pk), by=fallmanager, tag=HEUTE),
        "liegt nach dem spätesten Tag",
        "§ 121 Abs. 2 SGB IX",
    )


def test_ueberpruefung_liegt_voraus(plan, fallmanager, leitung):
    gesamtplan.update_planinhalte(
        gesamtplan=plan, texte={}, ueberpruefung_am=HEUTE + TAG, by=fallmanager, tag=HEUTE
    )
    plan = freigabe.submit_gesamtplan(gesamtplan=get_plan(plan.pk), by=fallmanager, tag=HEUTE)
    refused(
        lambda: freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE + 2 * TAG),
        "wäre mit der Freigabe schon vorbei",
        "§ 121 Abs. 2 SGB IX",
    )
    # An old plan that is taken in afterwards: its review is past by law.
    assert guards.ueberpruefung_liegt_voraus(plan, HEUTE + 800 * TAG) is None
    freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE + TAG)


def test_gaps_close_the_release(fallmanager):
    plan = bausteine.make_leeren_plan(fallmanager)
    refused(
        lambda: freigabe.submit_gesamtplan(gesamtplan=plan, by=fallmanager, tag=HEUTE),
        "Inhalte fehlen",
        "§ 121 SGB IX",
    )


@pytest.mark.parametrize(
    ("feld", "wert", "satz"),
    [
        ("bis", "19.11.2026", "liegt vor dem Datum des Plans"),
        ("text", "Ziel Nummer 1", "Ziel 1 hat schon diesen Text"),
    ],
)
def test_page_of_a_goal_says_it_at_the_field_and_keeps_the_rest(
    client, plan, fallmanager, feld, wert, satz
):
    client.force_login(fallmanager)
    ort = reverse("teilhabeziel_neu", args=[plan.case_id, plan.version])
    daten = felder_of(client.get(ort)) | {
        "lebensbereich": "d6",
        "text": "Ich wasche selbst.",
        "kriterium": "Zweimal im Monat ohne Hilfe",
        "bis": "30.06.2027",
        feld: wert,
    }
    antwort = client.post(ort, daten)
    form = antwort.context["form"]
    assert satz in str(form.errors[feld])
    assert ZIELNORM in str(form.errors[feld])
    assert "Zweimal im Monat ohne Hilfe" in antwort.content.decode()
    assert plan.teilhabeziele.count() == 1


@pytest.mark.parametrize(
    ("werte", "feld", "satz"),
    [
        ({"beginn": "20.11.2026", "ende": "19.11.2026"}, "ende", "vor dem Beginn"),
        ({"beginn": "01.10.2026", "ende": "31.10.2026"}, "ende", "vor dem Datum des Plans"),
        ({"beginn": "01.01.2030", "ende": ""}, "beginn", "erst nach der Überprüfung"),
    ],
)
def test_page_of_a_leistung_says_it_at_the_field_and_keeps_the_rest(
    client, plan, fallmanager, werte, feld, satz
):
    client.force_login(fallmanager)
    row = plan.leistungen.get()
    ort = reverse("leistung_bearbeiten", args=[plan.case_id, plan.version, row.pk])
    antwort = client.post(ort, felder_of(client.get(ort)) | werte | {"umfang": "Neun Stunden"})
    errors = str(antwort.context["form"].errors[feld])
    assert satz in errors
    assert LEISTUNGSNORM in errors
    assert "Neun Stunden" in antwort.content.decode()
    assert Leistung.objects.get(pk=row.pk).umfang == row.umfang
