"""Absurd amounts and days are told at their field; nothing is stored, and nothing breaks."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.models import Folgebescheid, Teilbudget
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.budget.folge import geschichte

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
ERSTATTUNG = {
    "sachverhalt": "a",
    "gruende": "b",
    "betrag": "5,00",
    "zeitraum_von": "01.05.2026",
    "zeitraum_bis": "31.05.2026",
}


@pytest.mark.parametrize(
    ("feld", "wert", "text"),
    [
        ("betrag", "NaN", "kein Betrag"),
        ("betrag", "1e9", "kein Betrag"),
        ("betrag", "-5,00", "nicht negativ"),
        ("betrag", "0,00", "über 0,00 €"),
        ("betrag", "0,005", "höchstens zwei Stellen"),
        ("betrag", "1,000.00", "nicht eindeutig"),
        # More than the column holds.
        ("betrag", "100.000.000,00", "zu hoch"),
        ("betrag", "9.999.999.999,99", "zu hoch"),
        ("zeitraum_von", "31.02.2026", "gibt es nicht"),
        ("zeitraum_von", "01.05.26", "vier Ziffern"),
        ("zeitraum_von", "01.05.0206", "nicht vor dem 01.01.1900"),
        ("zeitraum_bis", "30.04.2026", "vor dem Anfang"),
        ("sachverhalt", " \u00a0 ", "ausfüllen"),
    ],
)
def test_a_further_decision_tells_it_at_the_field(client, feld, wert, text):
    akte = geschichte.running()
    client.force_login(akte.fallmanager)
    url = reverse("folge_neu", args=[akte.case.pk, "erstattung"])
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=BERLIN), tick=False):
        antwort = client.post(url, ERSTATTUNG | {feld: wert})
    assert antwort.status_code == 422
    assert text in antwort.context["form"].errors[feld][0]
    assert not Folgebescheid.objects.exists()


def test_hours_times_rate_stay_within_what_is_stored():
    akte = fabriken.make_akte(fabriken.B)
    fabriken.start(akte)
    viel = {"art": "stunden", "anzahl": "744", "je": "woche", "satz": "9999.99"}
    fabriken.teil(akte, "teilhabe", "stunden", positionen=[viel])
    assert akte.budget.teilbudgets.get().betrag == Decimal("32239967.76")
    with pytest.raises(SchrittUnzulaessig, match="im Monat sind zu hoch"):
        fabriken.teil(akte, "teilhabe", "stunden", positionen=[viel] * 4)
    assert Teilbudget.objects.get().betrag == Decimal("32239967.76")


@pytest.mark.parametrize(
    ("betrag", "text"),
    [
        ("NaN", "zwei Stellen"),
        ("Infinity", "zwei Stellen"),
        # Half a cent is not rounded up in silence.
        ("0.005", "zwei Stellen"),
        ("0.00", "größer als 0,00 €"),
        ("-5.00", "größer als 0,00 €"),
        ("1E+9", "im Monat sind zu hoch"),
    ],
)
def test_what_is_no_amount_is_set_as_none(betrag, text):
    akte = fabriken.make_akte(fabriken.B)
    fabriken.start(akte)
    with pytest.raises(SchrittUnzulaessig, match=text):
        fabriken.teil(
            akte, "teilhabe", "individuell", betrag=Decimal(betrag), abweichung_grund="Es passt."
        )
    assert not Teilbudget.objects.exists()
