"""Money that was paid and is not due any more: it is asked back by a decision, not taken back.

§ 50 Abs. 1 SGB X; an order is taken back only where the money is not with the person.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.folge.queries import gezahlt_fuer
from budget.models import Anweisung, Folgebescheid
from budget.models.zahlung import Zahlungswunsch
from budget.zahlung.forms import AnweisungRuecknahmeForm
from budget.zahlung.queries import (
    Rest,
    list_zahlungen,
    month_of,
    orders_of,
    rueckforderungen_of,
)
from budget.zahlung.services import record_anweisungen, withdraw_anweisung
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db
MAI, JUNI = date(2026, 5, 1), date(2026, 6, 1)
BETRAG = Decimal("1793.00")
VERZICHT = {"anhoerung_verzicht": "5", "verzicht_grund": "Das Einkommen ist gestiegen."}
BEIDE = {"zeitraum_von": MAI, "zeitraum_bis": date(2026, 6, 30)}


def lifted():
    """Return a case whose grant was lifted from its first day on, with two months paid."""
    akte, kasse = geschichte.running(), make_user("kasse", "Kasse")
    wuensche = [Zahlungswunsch(akte.budget.pk, m, BETRAG) for m in (MAI, JUNI)]
    record_anweisungen(wuensche=wuensche, by=kasse, tag=JUNI)
    row = geschichte.draft(
        akte,
        "aufhebung_vergangen",
        akte.budget,
        wirkt_ab=MAI,
        fall_des_gesetzes="2",
        kenntnis_am=date(2026, 5, 28),
        **VERZICHT,
    )
    geschichte.decide(akte, row, date(2026, 6, 12))
    return akte, kasse


def dropped(kasse, tag: date) -> list[date]:
    """Return the months that are ordered and not due any more, as the Kasse sees them."""
    return [rest.anweisung.monat for rest in reste(kasse, tag)]


def reste(kasse, tag: date) -> list[Rest]:
    """Return what of these orders is not asked back."""
    zahlungen, angewiesen = list_zahlungen(kasse, tag), orders_of(kasse, tag)
    rueck = rueckforderungen_of(kasse, tag, zahlungen, angewiesen)
    return list(month_of(zahlungen, JUNI, tag, angewiesen, rueck).entfallen)


def test_what_was_paid_is_not_taken_back_and_can_be_asked_back():
    akte, kasse = lifted()
    tag = date(2026, 6, 18)
    assert dropped(kasse, tag) == [MAI, JUNI]
    row = Anweisung.objects.get(monat=MAI)
    with pytest.raises(SchrittUnzulaessig, match="nur mit einem Erstattungsbescheid") as grund:
        withdraw_anweisung(anweisung=row, grund="aufgehoben", by=kasse, tag=tag)
    assert grund.value.norm == "§ 50 Abs. 1 SGB X"
    assert gezahlt_fuer(Folgebescheid(budget=akte.budget, **BEIDE)) == 2 * BETRAG
    erstattung = geschichte.draft(
        akte, "erstattung", akte.budget, betrag=2 * BETRAG, **BEIDE, **VERZICHT
    )
    geschichte.decide(akte, erstattung, tag)
    assert dropped(kasse, date(2026, 6, 23)) == []


def test_an_erstattung_over_a_part_of_a_month_leaves_the_other_part():
    akte, kasse = lifted()
    teil = {"zeitraum_von": date(2026, 6, 16), "zeitraum_bis": date(2026, 6, 30)}
    row = geschichte.draft(
        akte, "erstattung", akte.budget, betrag=Decimal("896.50"), **teil, **VERZICHT
    )
    geschichte.decide(akte, row, date(2026, 6, 18))
    found = [(r.anweisung.monat, r.betrag) for r in reste(kasse, date(2026, 6, 23))]
    assert found == [(MAI, BETRAG), (JUNI, Decimal("896.50"))]


def test_what_never_left_or_came_back_is_taken_back():
    akte, kasse = lifted()
    tag = date(2026, 6, 18)
    withdraw_anweisung(
        anweisung=Anweisung.objects.get(monat=JUNI),
        grund="Die Bank hat den Betrag zurückgebucht.",
        by=kasse,
        tag=tag,
        nicht_gezahlt=True,
    )
    assert dropped(kasse, tag) == [MAI]
    assert gezahlt_fuer(Folgebescheid(budget=akte.budget, **BEIDE)) == BETRAG


def test_before_its_day_an_order_is_taken_back_without_more():
    akte = geschichte.running()
    kasse, tag = make_user("kasse", "Kasse"), date(2026, 5, 28)
    wunsch = Zahlungswunsch(akte.budget.pk, JUNI, BETRAG)
    row = record_anweisungen(wuensche=[wunsch], by=kasse, tag=tag)[0]
    row = withdraw_anweisung(anweisung=row, grund="doppelt", by=kasse, tag=tag)
    assert row.zurueckgenommen_am == tag


@pytest.mark.parametrize(("erreicht", "gut"), [(True, False), (False, True)])
def test_the_form_asks_for_the_confirmation_once_the_day_has_come(erreicht, gut):
    texte = {"label": "Warum?", "hilfe": "", "knopf": "Zurücknehmen"}
    form = AnweisungRuecknahmeForm({"text": "doppelt"}, zahltag_erreicht=erreicht, **texte)
    assert form.is_valid() is gut or "vorgang" in form.errors
    assert ("nicht_gezahlt" in form.errors) is not gut


def test_the_page_keeps_paid_and_unpaid_apart(client):
    _, kasse = lifted()
    client.force_login(kasse)
    jetzt = datetime(2026, 6, 18, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(jetzt, tick=False):
        text = client.get(reverse("auszahlungen"), {"monat": "2026-06"}).content.decode()
    assert "Gezahlt, nicht mehr fällig: mit Bescheid zu erstatten" in text
    assert "vor dem Zahltag zurücknehmen" not in text
