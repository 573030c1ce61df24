"""What went to other bodies on which ground, and what came from them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from cases.antrag.services.traegerbeteiligung import involve_traeger
from cases.models import Schreiben, Traegerbeteiligung
from cases.schreiben.services.versand import record_aufgabe, send
from gesamtplan.models import Planabstimmung
from gesamtplan.plan.services.mehrausfertigung import create_mehrausfertigung
from gesamtplan.stellen.queries import mitteilungen_of
from tests.fabriken import HEUTE, antrag_of, make_traeger
from tests.gesamtplan import bausteine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heute")]


@pytest.fixture
def heute():
    morgens = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(morgens, tick=False):
        yield


def post(art, by) -> None:
    """Let the only letter of a kind leave the house."""
    brief = Schreiben.objects.get(art=art)
    versand = send(schreiben=brief, weg="post", by=by, tag=HEUTE)
    record_aufgabe(versand=versand, aufgabe_am=HEUTE, by=by, tag=HEUTE)


def test_a_request_its_answer_and_findings_stand_in_order(client, fallmanager):
    plan = bausteine.make_plan(fallmanager)
    client.force_login(fallmanager)
    seite = reverse("andere_stellen", args=[plan.case_id])
    assert "nichts an andere Stellen" in client.get(seite).content.decode()
    drv = make_traeger("rentenversicherung", "DRV Probe")
    involve_traeger(
        antrag=antrag_of(plan.case),
        traeger=drv,
        gruppen=["b_medizinische_rehabilitation"],
        frage="Bedarf?",
        by=fallmanager,
        tag=HEUTE,
    )
    Traegerbeteiligung.objects.update(
        eingegangen_am=HEUTE - timedelta(days=1), unterlagen_am=HEUTE, unterlagen="Antrag"
    )
    row = Planabstimmung.objects.create(
        gesamtplan=plan,
        traeger=drv,
        angefragt_am=HEUTE,
        bis=HEUTE,
        state="einverstanden",
        erklaert_am=HEUTE,
        bearbeitet_von=fallmanager,
    )
    client.post(reverse("teilhabeplan_abstimmung", args=[plan.case_id, row.pk]), {"vorgang": ""})
    assert not any(m.was == "Abstimmung des Teilhabeplans" for m in mitteilungen_of(plan.case))
    post("teilhabeplan_abstimmung", fallmanager)
    found = mitteilungen_of(plan.case)
    assert {(m.richtung, m.was, m.grundlage) for m in found} == {
        (
            "an",
            "Abstimmung des Teilhabeplans",
            "§ 19 Abs. 1 SGB IX, § 69 Abs. 1 Nr. 1 SGB X",
        ),
        ("an", "Antragsunterlagen: Antrag", "Einwilligung der Person (§ 67b Abs. 1 SGB X)"),
        ("von", "Teilhabeplan: einverstanden", "§ 19 Abs. 1 SGB IX"),
        ("von", "Feststellungen", "§ 15 Abs. 2 SGB IX"),
    }
    assert {m.stelle for m in found} == {"DRV Probe"}
    assert found[-1].was == "Feststellungen"
    assert "an DRV Probe" in client.get(seite).content.decode()


def test_what_goes_by_consent_names_it(client, fallmanager, leitung, django_assert_num_queries):
    plan = bausteine.make_freigegebenen_plan(fallmanager, leitung)
    auszug = create_mehrausfertigung(
        gesamtplan=plan,
        einwilligung=bausteine.make_planeinwilligung(plan.case, fallmanager),
        abschnitte=["ziel-1"],
        zweck="Assistenz planen",
        by=fallmanager,
        tag=HEUTE,
    )
    client.force_login(fallmanager)
    client.post(reverse("mehrausfertigung", args=[plan.case_id, auszug.pk]), {"vorgang": ""})
    post("mehrausfertigung", fallmanager)
    with django_assert_num_queries(6):
        (eine,) = mitteilungen_of(plan.case)
    assert (eine.stelle, eine.was) == ("Lebensnah gGmbH", "Auszug aus dem Gesamtplan")
    assert eine.grundlage == "Einwilligung vom 20.11.2026 (§ 67b Abs. 1 SGB X)"
