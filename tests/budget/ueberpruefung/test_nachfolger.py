"""Reviews and proofs stay with the budget that is paid, and with what was paid before it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.models import Budgetueberpruefung
from budget.ueberpruefung.services import ueberpruefung as services
from tests.budget.folge import geschichte, nachfolge

pytestmark = pytest.mark.django_db


def _at(tag: date):
    jetzt = datetime(tag.year, tag.month, tag.day, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    return time_machine.travel(jetzt, tick=False)


def _proof(akte):
    return services.add_nachweis(
        budget=akte.budget,
        von=date(2026, 5, 1),
        bis=date(2026, 5, 31),
        faellig_am=date(2026, 7, 31),
        by=akte.fallmanager,
        tag=date(2026, 6, 2),
    )


def test_while_the_next_grant_is_prepared_the_running_one_is_reviewed(client):
    akte = geschichte.running()
    nachweis = _proof(akte)
    nachfolge.prepare(akte)
    client.force_login(akte.fallmanager)
    seite = reverse("budget_ueberpruefung", args=[akte.case.pk])
    with _at(date(2026, 6, 2)):
        text = client.get(seite).content.decode()
        assert reverse("nachweis_eingang", args=[akte.case.pk, nachweis.pk]) in text
        neu = reverse("budget_ueberpruefung_neu", args=[akte.case.pk])
        assert neu in text
        form = client.get(neu).content.decode()
        token = form.split('name="vorgang" value="')[1].split('"')[0]
        client.post(neu, {"anlass": "erste", "vorgang": token})
    assert Budgetueberpruefung.objects.get().persoenliches_budget == akte.budget


def test_after_a_change_the_former_grant_is_still_proved(client):
    akte = geschichte.running()
    nachweis = _proof(akte)
    neu, _ = nachfolge.change(akte, "1200.00")
    nachfolge.run(nachfolge.AB)
    client.force_login(akte.fallmanager)
    seite = reverse("budget_ueberpruefung", args=[akte.case.pk])
    frueher = f"{seite}?budget={akte.budget.pk}"
    with _at(date(2026, 8, 3)):
        text = client.get(seite).content.decode()
        assert f"budget={akte.budget.pk}" in text
        assert reverse("nachweis_eingang", args=[akte.case.pk, nachweis.pk]) not in text
        text = client.get(frueher).content.decode()
        assert reverse("nachweis_eingang", args=[akte.case.pk, nachweis.pk]) in text
        verlangen = f"{reverse('nachweis_neu', args=[akte.case.pk])}?budget={akte.budget.pk}"
        assert verlangen in text
        form = client.get(verlangen).content.decode()
        assert "01.06.2026" in form
        for falsch in ("²", "x", str(neu.pk + 1000)):
            assert client.get(seite, {"budget": falsch}).status_code == 404
