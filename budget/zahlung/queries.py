"""What is paid next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import DecimalField, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest

from budget.models import Bescheid, PersoenlichesBudget
from budget.states import (
    Auszahlungsform,
    Budgetzustand,
)
from cases import access
from cases.models import User
from cases.states.rolle import Rolle

_NULL = Decimal("0.00")


def list_auszahlungen(user: User, stichtag: date, erster: date) -> QuerySet[PersoenlichesBudget]:
    """Return running budgets with their monthly money, for Kasse or for the own teams.

    Each row carries `geld` and `naechste`: the next day of payment, `erster` or the first one.

    The Kasse pays for everybody; a Sachgebietsleitung sees the cases that she may open.
    """
    rows = PersoenlichesBudget.objects.filter(state=Budgetzustand.LAEUFT)
    if not user.has_rolle(Rolle.KASSE):
        rows = rows.filter(case__in=access.visible_to(user, stichtag))
    bar = Q(teilbudgets__auszahlungsform=Auszahlungsform.GELD)
    return (
        rows.filter(Q(ende__isnull=True) | Q(ende__gte=stichtag))
        .select_related("case__leistungsberechtigte_person")
        .prefetch_related("case__leistungsberechtigte_person__bankverbindungen")
        .annotate(
            geld=Coalesce(
                Sum("teilbudgets__betrag", filter=bar), _NULL, output_field=DecimalField()
            ),
            naechste=Greatest(
                models.Value(erster),
                models.Subquery(
                    Bescheid.objects.filter(persoenliches_budget=OuterRef("pk")).values(
                        "erste_auszahlung"
                    )[:1]
                ),
            ),
        )
        .filter(geld__gt=0)
        .order_by("case__aktenzeichen")
    )
