"""Pages and papers of a review."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from gesamtplan.models import Ueberpruefung
from gesamtplan.models.angaben import Bewertungsstelle
from gesamtplan.models.stand import bewertungsfeld
from gesamtplan.ueberpruefung.queries import ueberpruefung_of
from gesamtplan.ueberpruefung.queries.verlauf import leiter_of, verlaeufe_of
from gesamtplan.ueberpruefung.services import bericht as berichte
from gesamtplan.ueberpruefung.services import ueberpruefung as services
from tests.cases.schreiben.pruefer import text_of
from tests.fabriken import HEUTE, make_user
from tests.gesamtplan import bausteine
from tests.gesamtplan.ueberpruefung.test_ueberpruefung import complete, make_erbringer
from tests.oberflaeche.gleichzeitig import felder_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


@pytest.fixture
def plan(fallmanager, leitung):
    return bausteine.make_laufenden_plan(fallmanager, leitung, ziele=2)


@pytest.fixture
def row(plan, fallmanager):
    return bausteine.make_bewertete_ueberpruefung(plan, fallmanager)


def test_whole_way_through_the_pages(client, plan, fallmanager):
    client.force_login(fallmanager)
    neu = reverse("ueberpruefung_neu", args=[plan.case_id])
    felder = felder_of(client.get(neu)) | {"anlass": "planmaessig"}
    assert client.post(neu, felder).status_code == 302
    row = Ueberpruefung.objects.get(case=plan.case_id)
    seite = reverse("ueberpruefung_eintragen", args=[plan.case_id, row.pk])
    gespraech = f"{plan.datum:%d.%m.%Y}"
    felder = felder_of(client.get(seite)) | {"gespraech_am": gespraech, "ort": "Hausbesuch"}
    for ziel in plan.teilhabeziele.all():
        for stimme in ("person", "fallmanagement"):
            name = bewertungsfeld(Bewertungsstelle(ziel.kennung, stimme))
            felder |= {f"{name}_status": "teilweise", f"{name}_grund": f"{stimme} meint es."}
    assert client.post(seite, felder).status_code == 302
    ende = reverse("ueberpruefung_abschliessen", args=[plan.case_id, row.pk])
    felder = felder_of(client.get(ende)) | {"ergebnis": "fortschreiben", "grund": "Neue Ziele."}
    antwort = client.post(ende, felder, follow=True)
    assert "Gesamtplan fortschreiben" in antwort.content.decode()
    row.refresh_from_db()
    assert (row.ergebnis, row.gespraech_am) == ("fortschreiben", plan.datum)
    liste = client.get(reverse("ueberpruefungen", args=[plan.case_id])).content.decode()
    assert liste.count("person meint es.") == 2
    assert liste.count('<svg class="fw-leiter"') == 2


def test_rating_before_the_talk_is_an_error_at_the_field_and_keeps_what_was_typed(
    client, plan, fallmanager
):
    row = services.start_ueberpruefung(case=plan.case, anlass="verlauf", by=fallmanager, tag=HEUTE)
    client.force_login(fallmanager)
    seite = reverse("ueberpruefung_eintragen", args=[plan.case_id, row.pk])
    name = bewertungsfeld(Bewertungsstelle(plan.teilhabeziele.all()[0].kennung, "person"))
    felder = felder_of(client.get(seite))
    felder |= {f"{name}_status": "erreicht", f"{name}_grund": "Ich kann es."}
    antwort = client.post(seite, felder)
    assert antwort.status_code == 422
    assert "gespraech_am" in antwort.context["form"].errors
    assert "Ich kann es." in antwort.content.decode()
    felder |= {"gespraech_am": "19.11.2026", f"{name}_grund": ""}
    assert f"{name}_grund" in client.post(seite, felder).context["form"].errors


@pytest.mark.parametrize("rolle", ["Revision", "Fallmanagement"])
def test_pages_open_for_readers_and_are_404_for_strangers(client, row, rolle):
    fremd = make_user("fremd", rolle)
    client.force_login(fremd)
    for name, args in (
        ("ueberpruefungen", [row.case_id]),
        ("ueberpruefung_anzeigen", [row.case_id, row.pk]),
        ("ueberpruefung_leitfaden_pdf", [row.case_id, row.pk]),
    ):
        erwartet = 200 if rolle == "Revision" else 404
        assert client.get(reverse(name, args=args)).status_code == erwartet, name


def test_review_of_another_case_is_not_found(client, row, fallmanager):
    anderer = bausteine.make_zustaendigen_fall(fallmanager)
    client.force_login(fallmanager)
    for name in ("ueberpruefung_anzeigen", "ueberpruefung_eintragen", "verlaufsbericht_neu"):
        assert client.get(reverse(name, args=[anderer.pk, row.pk])).status_code == 404


@pytest.mark.parametrize("ziele", [2, 12])
def test_query_count_does_not_grow(client, fallmanager, leitung, ziele, django_assert_num_queries):
    plan = bausteine.make_laufenden_plan(fallmanager, leitung, ziele=ziele)
    row = bausteine.make_bewertete_ueberpruefung(plan, fallmanager)
    client.force_login(fallmanager)
    for name, args, anzahl in (
        ("ueberpruefungen", [plan.case_id], 13),
        ("ueberpruefung_anzeigen", [plan.case_id, row.pk], 11),
    ):
        seite = reverse(name, args=args)
        client.get(seite)
        with django_assert_num_queries(anzahl):
            client.get(seite)


def test_guide_names_goals_and_earlier_ratings(client, row, plan, fallmanager):
    complete(row, fallmanager)
    zweite = bausteine.make_bewertete_ueberpruefung(plan, fallmanager)
    client.force_login(fallmanager)
    pdf = client.get(reverse("ueberpruefung_leitfaden_pdf", args=[plan.case_id, zweite.pk]))
    text = text_of(pdf.content)
    assert "20.11.2026: teilweise erreicht" in text
    assert text.count("Ziel Nummer") >= 2
    assert "die Person" in text


def test_request_to_the_provider_holds_goals_and_nothing_else_of_the_file(client, row, fallmanager):
    bericht = berichte.add_verlaufsbericht(
        ueberpruefung=row,
        leistungserbringer=make_erbringer(),
        bis=HEUTE + timedelta(days=14),
        by=fallmanager,
        tag=HEUTE,
    )
    client.force_login(fallmanager)
    pdf = reverse("verlaufsbericht_pdf", args=[row.case_id, bericht.pk])
    text = text_of(client.get(pdf).content)
    assert "Lebensnah gGmbH" in text
    assert "bis zum 4. Dezember 2026" in text
    assert "Ziel Nummer 1" in text
    # What person and Fallmanagement have said, and the finding, stay in the file.
    for geheim in ("person sagt es", "fallmanagement sagt es", "Mahlzeiten nicht allein"):
        assert geheim not in text
    fest = reverse("verlaufsbericht_schreiben", args=[row.case_id, bericht.pk])
    antwort = client.post(fest, {"vorgang": ""})
    assert "/versand" in antwort["Location"]


def test_late_report_stands_on_the_desk(client, row, fallmanager):
    berichte.add_verlaufsbericht(
        ueberpruefung=row,
        leistungserbringer=make_erbringer(),
        bis=HEUTE,
        by=fallmanager,
        tag=HEUTE,
    )
    client.force_login(fallmanager)
    assert "anmahnen" not in client.get("/").content.decode()
    with time_machine.travel(datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))):
        client.force_login(fallmanager)
        assert "Bericht von Lebensnah gGmbH anmahnen" in client.get("/").content.decode()


def test_chart_has_a_mark_for_each_voice_on_its_step(row):
    leiter = leiter_of(verlaeufe_of([ueberpruefung_of(row.case, row.pk)])[0])
    assert [z.stimme for z in leiter.zeichen] == ["person", "fallmanagement"]
    assert leiter.zeichen[0].y < leiter.zeichen[1].y
    assert leiter.zeichen[0].titel == "die Person: erreicht"
