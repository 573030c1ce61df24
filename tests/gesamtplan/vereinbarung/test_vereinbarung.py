"""Agreements beside the plan: prepared, printed, signed by both, given up."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import InternalError, ProgrammingError
from django.urls import reverse

from cases.schreiben.services.schreiben import write_schreiben
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Leistung, Planvereinbarung
from gesamtplan.states import Planzustand
from gesamtplan.states.vereinbarung import Vereinbarungsstand
from gesamtplan.vereinbarung import guards, services
from gesamtplan.vereinbarung.queries import ART
from gesamtplan.vereinbarung.schreiben import daten_of
from gesamtplan.vereinbarung.schritte import (
    BEGINN,
    VEREINBARUNGSSCHRITTE,
    Beginnlage,
    Vereinbarungslage,
)
from tests.cases.schreiben.proben import make_anlass
from tests.fabriken import HEUTE
from tests.gesamtplan.bausteine import make_freigegebenen_plan, make_plan
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
MORGEN = HEUTE + timedelta(days=1)
WERTE = {
    "beitrag_person": "Ich übe zu Hause.",
    "beitrag_traeger": "Das Fallmanagement fragt jeden Monat nach.",
    "gilt_bis": date(2027, 6, 30),
}


@pytest.fixture
def plan(fallmanager, leitung):
    return make_freigegebenen_plan(fallmanager, leitung)


def prepare(plan: Gesamtplan, by, **mehr) -> Planvereinbarung:
    return services.create_planvereinbarung(gesamtplan=plan, by=by, tag=HEUTE, **WERTE | mehr)


@contextmanager
def refused(match: str):
    """Assert that the database itself refuses a change."""
    with pytest.raises((InternalError, ProgrammingError), match=match), transaction.atomic():
        yield


@pytest.mark.parametrize(
    ("tag", "art", "norm"),
    [
        (date(2017, 12, 31), "absprache", "§ 12 SGB XII"),
        (date(2018, 1, 1), "teilhabeziel", "§ 145 SGB XII"),
        (date(2020, 1, 1), "teilhabeziel", "§ 122 SGB IX"),
    ],
)
def test_law_of_the_day_says_which_agreement_there_is(tag, art, norm):
    plan = Gesamtplan(datum=tag)
    assert (guards.art_of(plan), guards.vereinbarungsnorm_of(plan)) == (art, norm)


def test_signed_agreement_is_fixed_and_a_second_one_is_refused(plan, fallmanager):
    row = prepare(plan, fallmanager)
    services.complete_planvereinbarung(
        planvereinbarung=row, person_am=HEUTE, traeger_am=HEUTE, by=fallmanager, tag=HEUTE
    )
    with refused("Cannot update"):
        Planvereinbarung.objects.filter(pk=row.pk).update(gilt_bis=MORGEN)
    with refused("Cannot delete"):
        Planvereinbarung.objects.filter(pk=row.pk).delete()
    with pytest.raises(SchrittUnzulaessig, match="gibt es schon eine"):
        prepare(plan, fallmanager)


def test_noch_keine_vereinbarung(plan, fallmanager):
    assert guards.noch_keine_vereinbarung(plan) is None
    row = prepare(plan, fallmanager)
    assert guards.noch_keine_vereinbarung(plan).norm == "§ 122 SGB IX"
    services.discard_planvereinbarung(
        planvereinbarung=row, grund="möchte nicht", by=fallmanager, tag=HEUTE
    )
    assert guards.noch_keine_vereinbarung(plan) is None
    prepare(plan, fallmanager)


def test_laufzeit_der_leistungen(plan, fallmanager):
    assert guards.laufzeit_der_leistungen(plan, plan.datum) is None
    vorher = plan.datum - timedelta(days=1)
    assert "vor dem Datum" in guards.laufzeit_der_leistungen(plan, vorher).text
    with pytest.raises(SchrittUnzulaessig, match="vor dem Datum"):
        prepare(plan, fallmanager, gilt_bis=vorher)


def test_laufzeit_der_leistungen_ends_with_the_last_one(fallmanager):
    plan = make_plan(fallmanager)
    ende = date(2027, 5, 31)
    Leistung.objects.filter(gesamtplan=plan).update(ende=ende)
    plan = Gesamtplan.objects.get(pk=plan.pk)
    assert plan.leistungen.exists()
    assert guards.laufzeit_der_leistungen(plan, ende) is None
    found = guards.laufzeit_der_leistungen(plan, ende + timedelta(days=1))
    assert found.text.startswith("Die Leistungen des Plans enden am 31.05.2027")


def test_unterschriften_vor_dem_ende(plan, fallmanager):
    row = prepare(plan, fallmanager, gilt_bis=HEUTE)
    assert guards.unterschriften_vor_dem_ende(row, HEUTE, HEUTE) is None
    with pytest.raises(SchrittUnzulaessig, match="unterschrieben wird sie vorher") as gefunden:
        services.complete_planvereinbarung(
            planvereinbarung=row, person_am=MORGEN, traeger_am=HEUTE, by=fallmanager, tag=MORGEN
        )
    assert gefunden.value.norm == "§ 122 SGB IX"


def test_unterschriften_liegen_zurueck(plan, fallmanager):
    assert guards.unterschriften_liegen_zurueck(plan, HEUTE, HEUTE, HEUTE) is None
    vorher = plan.datum - timedelta(days=1)
    assert "Zukunft" in guards.unterschriften_liegen_zurueck(plan, MORGEN, HEUTE, HEUTE).text
    assert "vor dem Datum" in guards.unterschriften_liegen_zurueck(plan, vorher, HEUTE, HEUTE).text
    with pytest.raises(SchrittUnzulaessig, match="Zukunft"):
        services.complete_planvereinbarung(
            planvereinbarung=prepare(plan, fallmanager),
            person_am=HEUTE,
            traeger_am=MORGEN,
            by=fallmanager,
            tag=HEUTE,
        )


def sign(row: Planvereinbarung, by) -> Planvereinbarung:
    return services.complete_planvereinbarung(
        planvereinbarung=row, person_am=HEUTE, traeger_am=HEUTE, by=by, tag=HEUTE
    )


def amend(row: Planvereinbarung, by, **mehr) -> Planvereinbarung:
    werte = WERTE | {"anlass": "Das Ziel 1 ist so nicht erreichbar."} | mehr
    return services.continue_planvereinbarung(planvereinbarung=row, by=by, tag=HEUTE, **werte)


def test_signed_agreement_is_adapted_within_its_version(plan, fallmanager):
    bisher = sign(prepare(plan, fallmanager), fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="warum sie anzupassen"):
        amend(bisher, fallmanager, anlass=" ")
    neu = amend(bisher, fallmanager, beitrag_person="Ich übe in der Werkstatt.")
    bisher.refresh_from_db()
    # The signed one holds until both have signed the other.
    assert (bisher.state, neu.state, neu.vorgaenger) == ("geschlossen", "vorbereitet", bisher)
    sign(neu, fallmanager)
    bisher.refresh_from_db()
    assert (bisher.state, Planvereinbarung.objects.get(pk=neu.pk).state) == (
        "angepasst",
        "geschlossen",
    )
    with refused("Cannot update"):
        Planvereinbarung.objects.filter(pk=bisher.pk).update(gilt_bis=MORGEN)


def test_keine_anpassung_offen(plan, fallmanager):
    bisher = sign(prepare(plan, fallmanager), fallmanager)
    assert guards.keine_anpassung_offen(plan) is None
    neu = amend(bisher, fallmanager)
    assert guards.keine_anpassung_offen(plan).norm == "§ 122 SGB IX"
    with pytest.raises(SchrittUnzulaessig, match="schon vorbereitet"):
        amend(bisher, fallmanager)
    services.discard_planvereinbarung(
        planvereinbarung=neu, grund="möchte nicht", by=fallmanager, tag=HEUTE
    )
    assert guards.keine_anpassung_offen(plan) is None
    bisher.refresh_from_db()
    assert bisher.state == "geschlossen"


def test_page_adapts(client, plan, fallmanager):
    bisher = sign(prepare(plan, fallmanager), fallmanager)
    client.force_login(fallmanager)
    url = reverse("planvereinbarung_anpassen", args=[plan.case_id, bisher.pk])
    liste = reverse("planvereinbarungen", args=[plan.case_id])
    assert url in client.get(liste).content.decode()
    assert client.get(url).context["form"].initial["beitrag_person"] == "Ich übe zu Hause."
    client.post(
        url,
        {
            "anlass": "Ziel verfehlt",
            "beitrag_person": "Ich übe.",
            "beitrag_traeger": "Wir fragen.",
            "gilt_bis": "30.06.2027",
        },
    )
    assert Planvereinbarung.objects.get(vorgaenger=bisher).beitrag_person == "Ich übe."


def freeze(row: Planvereinbarung, by):
    anlass = make_anlass(row.gesamtplan.case, by, ART, HEUTE, planvereinbarung=row.pk)
    return write_schreiben(art=ART, anlass=anlass)


def test_noch_zu_unterschreiben(client, plan, fallmanager):
    row = prepare(plan, fallmanager)
    assert guards.noch_zu_unterschreiben(row) is None
    services.discard_planvereinbarung(
        planvereinbarung=row, grund="möchte nicht", by=fallmanager, tag=HEUTE
    )
    row = Planvereinbarung.objects.get(pk=row.pk)
    assert "nicht zustande gekommen" in guards.noch_zu_unterschreiben(row).text
    with pytest.raises(SchrittUnzulaessig, match="nicht zustande gekommen"):
        freeze(row, fallmanager)
    client.force_login(fallmanager)
    liste = reverse("planvereinbarungen", args=[plan.case_id])
    assert "Festschreiben und versenden" not in client.get(liste).content.decode()


def test_papier_noch_offen(client, plan, fallmanager):
    row = prepare(plan, fallmanager)
    assert guards.papier_noch_offen(row, False) is None
    client.force_login(fallmanager)
    liste = reverse("planvereinbarungen", args=[plan.case_id])
    assert "Festschreiben und versenden" in client.get(liste).content.decode()
    brief = freeze(row, fallmanager)
    assert freeze(row, fallmanager) == brief
    assert "Festschreiben und versenden" not in client.get(liste).content.decode()
    with pytest.raises(SchrittUnzulaessig, match="schon festgeschrieben"):
        services.update_planvereinbarung(planvereinbarung=row, by=fallmanager, tag=HEUTE, **WERTE)
    row = services.complete_planvereinbarung(
        planvereinbarung=row, person_am=HEUTE, traeger_am=HEUTE, by=fallmanager, tag=HEUTE
    )
    assert row.state == "geschlossen"


@pytest.mark.parametrize("zustand", Planzustand)
def test_only_a_released_version_is_agreed_on(fallmanager, leitung, zustand):
    if zustand == Planzustand.FREIGEGEBEN:
        plan = make_freigegebenen_plan(fallmanager, leitung)
    else:
        plan = make_plan(fallmanager)
        force(plan, zustand, vorgelegt_am=HEUTE, vorgelegt_von=fallmanager)
    plan = Gesamtplan.objects.select_related("case").get(pk=plan.pk)
    agree(
        BEGINN,
        Beginnlage(fallmanager, HEUTE, plan),
        "vereinbaren",
        lambda: prepare(plan, fallmanager),
    )


@pytest.mark.parametrize("zustand", Vereinbarungsstand)
def test_every_state_and_step_agrees_with_its_button(plan, fallmanager, zustand):
    row = prepare(plan, fallmanager)
    force(row, zustand, person_am=HEUTE, traeger_am=HEUTE, grund="x")
    row = Planvereinbarung.objects.select_related("gesamtplan__case").get(pk=row.pk)
    daten = {"planvereinbarung": row, "by": fallmanager, "tag": HEUTE}
    take = {
        "bearbeiten": lambda: services.update_planvereinbarung(**WERTE, **daten),
        "schliessen": lambda: services.complete_planvereinbarung(
            person_am=HEUTE, traeger_am=HEUTE, **daten
        ),
        "aufgeben": lambda: services.discard_planvereinbarung(grund="y", **daten),
        "anpassen": lambda: services.continue_planvereinbarung(anlass="y", **WERTE, **daten),
    }
    assert set(take) == {zeile.schritt for zeile in VEREINBARUNGSSCHRITTE.zeilen}
    for schritt, act in take.items():
        agree(
            VEREINBARUNGSSCHRITTE, Vereinbarungslage(fallmanager, HEUTE, row, False), schritt, act
        )


def test_paper_names_goals_both_sides_and_the_norm(plan, fallmanager):
    daten = daten_of(prepare(plan, fallmanager), HEUTE, fallmanager)
    assert (daten["titel"], daten["norm"]) == ("Teilhabezielvereinbarung", "§ 122 SGB IX")
    assert daten["ziele"][0]["text"] == plan.teilhabeziele.first().text
    assert daten["beitrag_person"] == ["Ich übe zu Hause."]


def test_pages_from_the_plan_to_the_signatures(client, plan, fallmanager):
    client.force_login(fallmanager)
    seite = client.get(reverse("gesamtplan_version", args=[plan.case_id, 1])).content.decode()
    neu = reverse("planvereinbarung_neu", args=[plan.case_id, 1])
    assert neu in seite
    antwort = client.post(neu, {"beitrag_person": "Ich übe.", "gilt_bis": "30.06.2027"})
    assert antwort.status_code == 422
    assert "Ich übe." in antwort.content.decode()
    client.post(
        neu,
        {"beitrag_person": "Ich übe.", "beitrag_traeger": "Wir fragen.", "gilt_bis": "30.06.2027"},
    )
    row = Planvereinbarung.objects.get()
    liste = reverse("planvereinbarungen", args=[plan.case_id])
    assert "Teilhabezielvereinbarung zu Version 1" in client.get(liste).content.decode()
    pdf = client.get(reverse("planvereinbarung_pdf", args=[plan.case_id, row.pk]))
    assert pdf["Content-Type"] == "application/pdf"
    client.post(
        reverse("planvereinbarung_schliessen", args=[plan.case_id, row.pk]),
        {"person_am": "20.11.2026", "traeger_am": "20.11.2026"},
    )
    row.refresh_from_db()
    assert row.state == "geschlossen"
