"""The demonstration: everything is told through the services, and every state is there."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from budget.models import Bescheid, PersoenlichesBudget
from budget.states import Bescheidzustand, Budgetzustand
from cases.models import Case, Frist, User
from cases.states.fall import Fallzustand
from cases.states.frist import Friststufe
from config.vorfuehrung.laden import load_demo
from gesamtplan.models import Gesamtplan
from gesamtplan.states import Planzustand

pytestmark = pytest.mark.django_db


def test_demonstration_shows_every_state(db):
    assert load_demo(password="Teilhabe-Probe-2026", heute=date(2026, 11, 23)) == 65
    assert set(Case.objects.values_list("state", flat=True)) == set(Fallzustand.values)
    assert set(Gesamtplan.objects.values_list("state", flat=True)) == set(Planzustand.values)
    missing = set(Budgetzustand.values) - set(
        PersoenlichesBudget.objects.values_list("state", flat=True)
    )
    assert missing == set()
    assert set(Bescheidzustand.values) - set(Bescheid.objects.values_list("state", flat=True)) <= {
        Bescheidzustand.VERSANDT
    }
    stufen = set(Frist.objects.values_list("stufe", flat=True))
    assert stufen >= {Friststufe.GEPLANT, Friststufe.BEVORSTEHEND, Friststufe.ESKALIERT}
    assert User.objects.count() == 11
    assert Gesamtplan.objects.filter(version=2).count() == 1


def test_demonstration_is_refused_in_production(settings, db):
    settings.DEMO_ACCOUNTS_ALLOWED = False
    with pytest.raises(CommandError, match="Produktion"):
        call_command("demo", laden=True)
    assert User.objects.count() == 0
