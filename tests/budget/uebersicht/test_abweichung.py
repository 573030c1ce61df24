"""What the plan in force says and what the budget in force pays are held against each other."""

from __future__ import annotations

import pytest

from budget.models import PersoenlichesBudget
from budget.uebersicht.schritte import fallschritte
from budget.verfahren.queries import abweichungen_of, get_budget, released_gesamtplan
from gesamtplan.models import Gesamtplan, Leistung
from tests.budget import fabriken
from tests.schrittprobe import force

pytestmark = pytest.mark.django_db


@pytest.fixture
def akte():
    akte = fabriken.insert_vereinbart(fabriken.make_akte(fabriken.B))
    force(akte.budget, "laeuft")
    force(akte.case, "leistung_laeuft")
    return akte


def second_version(akte, **umfang: str) -> Gesamtplan:
    """Return a released version 2; a Leistung that is not named falls away."""
    alt = Gesamtplan.objects.get(pk=akte.plan.pk)
    neu = Gesamtplan.objects.get(pk=akte.plan.pk)
    neu.pk, neu.version, neu.vorgaenger, neu.state = None, 2, alt, "entwurf"
    neu.freigegeben_von = neu.freigegeben_am = neu.schreiben = None
    neu._state.adding = True
    neu.save()
    ziel = neu.teilhabeziele.create(
        nummer=1, lebensbereich="d6", text="x", kriterium="y", bis=akte.tage.plan
    )
    for kurz, text in umfang.items():
        row = Leistung.objects.get(pk=akte.leistungen[kurz].pk)
        row.pk, row.gesamtplan, row.teilhabeziel, row.umfang = None, neu, ziel, text
        row._state.adding = True
        row.save()
    force(
        neu,
        "freigegeben",
        freigegeben_von=akte.leitung,
        freigegeben_am=akte.tage.plan,
        schreiben=fabriken.make_schreiben(akte.case, akte.fallmanager, "gesamtplan"),
    )
    return neu


def test_same_plan_has_no_difference(akte):
    budget = get_budget(akte.case)
    assert abweichungen_of(budget, released_gesamtplan(akte.case)) == []


def test_each_difference_is_one_sentence_and_the_next_step(akte):
    second_version(
        akte, teilhabe="10 Stunden in der Woche", grundsicherung="nach Bedarf", pflege="nach Bedarf"
    )
    saetze = abweichungen_of(get_budget(akte.case), released_gesamtplan(akte.case))
    assert saetze == [
        "„Assistenz“: im Plan 10 Stunden in der Woche, im Budget nach Bedarf.",
        "„Häusliche Pflegehilfe“ wird gezahlt, steht aber nicht im Plan.",
    ]
    akte.case.refresh_from_db()
    erster = fallschritte(akte.case, akte.fallmanager, akte.tage.bescheid)[0]
    assert (erster.titel, erster.haupt) == ("Abweichung zwischen Plan und Budget klären", True)
    assert erster.hinweis == " ".join(saetze)


def test_a_budget_that_is_not_in_force_yet_differs_from_nothing(akte):
    second_version(akte, teilhabe="10 Stunden in der Woche")
    force(PersoenlichesBudget.objects.get(pk=akte.budget.pk), "vereinbart")
    assert abweichungen_of(get_budget(akte.case), released_gesamtplan(akte.case)) == []
