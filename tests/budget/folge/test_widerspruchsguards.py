"""Each legal precondition of noting a Widerspruch and what becomes of it, at its edges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from budget.folge.guards import widerspruch as guards
from cases.models import Schreiben
from tests.budget.folge.test_guards import HEUTE, SPAET, says, widerspruch

MORGEN = HEUTE + timedelta(days=1)


def test_anfechtbarer_bescheid():
    hindernis = guards.anfechtbarer_bescheid([])
    assert says(hindernis, "noch kein Bescheid das Haus verlassen", "§ 83 SGG")
    assert guards.anfechtbarer_bescheid([Schreiben()]) is None


@pytest.mark.parametrize(
    ("eingang", "text", "norm"),
    [
        (MORGEN, "Der Eingang liegt in der Zukunft.", ""),
        (HEUTE, "", ""),
        (date(2026, 4, 20), "", ""),
        (date(2026, 4, 19), "vor dem Tag des Bescheids (20.04.2026)", "§ 83 SGG"),
    ],
)
def test_eingang_moeglich(eingang, text, norm):
    schreiben = Schreiben(datum=date(2026, 4, 20))
    assert says(guards.eingang_moeglich(schreiben, eingang, HEUTE), text, norm)


@pytest.mark.parametrize(
    ("felder", "wahl", "text"),
    [
        ({}, "beantragt", "eine Wiedereinsetzung braucht es nicht"),
        ({}, "", ""),
        (SPAET, "beantragt", ""),
        ({"frist_bis": None}, "gewaehrt", "Der Widerspruch ist rechtzeitig"),
    ],
)
def test_wiedereinsetzung_noetig(felder, wahl, text):
    hindernis = guards.wiedereinsetzung_noetig(widerspruch(**felder), wahl)
    assert says(hindernis, text, "§ 67 Abs. 1 SGG")


@pytest.mark.parametrize(
    ("am", "erledigt_am", "text", "norm"),
    [
        (MORGEN, None, "Der Tag der Klage liegt in der Zukunft.", ""),
        (HEUTE, None, "", ""),
        (HEUTE, HEUTE, "", ""),
        (date(2026, 5, 31), HEUTE, "Widerspruchsbescheids am 01.06.2026", "§ 87 Abs. 2 SGG"),
    ],
)
def test_klage_nach_bescheid(am, erledigt_am, text, norm):
    row = widerspruch(erledigt_am=erledigt_am)
    assert says(guards.klage_nach_bescheid(row, am, HEUTE), text, norm)


def test_keine_entscheidung_in_arbeit():
    hindernis = guards.keine_entscheidung_in_arbeit(1)
    assert says(hindernis, "ist ein Bescheid in Arbeit", "§ 85 SGG")
    assert guards.keine_entscheidung_in_arbeit(0) is None
