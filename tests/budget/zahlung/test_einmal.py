"""A month of a budget is ordered once; the database holds it, whoever asks twice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from budget.models import Anweisung
from tests import uhr
from tests.budget import fabriken as budget

pytestmark = pytest.mark.django_db


def order(akte: budget.Akte, **mehr: object) -> Anweisung:
    monat = uhr.HEUTE.replace(day=1)
    werte = {"monat": monat, "faellig": monat, "betrag": Decimal("10.00")} | mehr
    return Anweisung.objects.create(
        persoenliches_budget=akte.case.persoenliche_budgets.get(),
        angewiesen_am=uhr.HEUTE,
        angewiesen_von=akte.leitung,
        **werte,
    )


def test_a_month_is_ordered_once(behoerde):
    akte = budget.make_akte(budget.B)
    budget.start(akte)
    order(akte)
    for mehr in ({}, {"betrag": Decimal("99.00")}):
        with pytest.raises(IntegrityError, match="einmal_je_monat"), transaction.atomic():
            order(akte, **mehr)
    assert Anweisung.objects.count() == 1
