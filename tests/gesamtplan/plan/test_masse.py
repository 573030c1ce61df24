"""A plan as large as they come keeps its limits: queries of the page, time of the comparison."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gesamtplan.models import Leistung, Teilhabeziel
from gesamtplan.plan.queries.gesamtplan import get_plan
from gesamtplan.plan.queries.vergleich import compare_versions
from tests.gesamtplan import bausteine

pytestmark = pytest.mark.django_db
SATZ = "Ich gehe {} Mal in der Woche ohne Begleitung in den Verein und bleibe bis zum Ende. "


@pytest.fixture
def plan(fallmanager):
    plan = bausteine.make_plan(fallmanager)
    muster, row = plan.teilhabeziele.get(), plan.leistungen.get()
    ziele = Teilhabeziel.objects.bulk_create(
        Teilhabeziel(
            gesamtplan=plan,
            nummer=n,
            lebensbereich=f"d{n % 9 + 1}",
            text=SATZ.format(n) * 4,
            kriterium=muster.kriterium,
            bis=muster.bis,
        )
        for n in range(2, 31)
    )
    Leistung.objects.bulk_create(
        Leistung(
            gesamtplan=plan,
            teilhabeziel=ziel,
            leistungstraeger=row.leistungstraeger,
            bezeichnung=f"Leistung {ziel.nummer}",
            norm=row.norm,
            katalogschluessel=row.katalogschluessel,
            leistungsform=row.leistungsform,
            umfang=SATZ.format(ziel.nummer),
            beginn=row.beginn,
        )
        for ziel in ziele[:19]
    )
    return get_plan(plan.pk)


def test_page_of_a_large_plan_asks_at_most_25_queries(client, plan, fallmanager):
    assert (len(plan.teilhabeziele.all()), len(plan.leistungen.all())) == (30, 20)
    client.force_login(fallmanager)
    seite = reverse("gesamtplan_version", args=[plan.case_id, 1])
    client.get(seite)
    with CaptureQueriesContext(connection) as abfragen:
        assert client.get(seite).status_code == 200
    assert len(abfragen) <= 25


def test_comparison_of_two_large_plans_takes_a_blink(plan):
    neu = get_plan(plan.pk)
    for ziel in neu.teilhabeziele.all():
        ziel.text = ziel.text.replace("Verein", "Chor").replace("Ende", "Schluss")
    for row in neu.leistungen.all():
        row.umfang = row.umfang.replace("Woche", "Hälfte des Monats")
    dauer = []
    for _ in range(5):
        began = time.process_time()
        vergleich = compare_versions(alt=plan, neu=neu, betraege=True)
        dauer.append(time.process_time() - began)
    assert vergleich.anzahl >= 48
    assert min(dauer) < 0.15
