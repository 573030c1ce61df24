"""Each precondition of the decision about a move, with its norm."""

from __future__ import annotations

from datetime import date

import pytest

from budget.models import PersoenlichesBudget
from budget.umzug import guards
from tests.fabriken import norm_of

A, B = date(2018, 6, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("state", "beginn", "norm"),
    [
        ("laeuft", B, ""),
        ("beendet", B, "§ 98 Abs. 1 S. 3 SGB IX"),
        ("beendet", A, "§ 98 SGB XII"),
    ],
)
def test_leistung_laeuft(state, beginn, norm):
    found = guards.leistung_laeuft(PersoenlichesBudget(state=state, beginn=beginn))
    assert norm_of(found) == norm


@pytest.mark.parametrize(
    ("bleibt", "gebiet", "norm"),
    [
        (None, "ausserhalb", "§ 98 SGB XII"),
        (None, "innerhalb", ""),
        (True, "ausserhalb", ""),
        (False, "ausserhalb", ""),
    ],
)
def test_wohnform_bekannt(bleibt, gebiet, norm):
    assert norm_of(guards.wohnform_bekannt(bleibt, gebiet, A)) == norm


@pytest.mark.parametrize(
    ("entscheidung", "bleibt", "gebiet", "text"),
    [
        ("traegerwechsel", True, "ausserhalb", "wechselt nicht"),
        ("traegerwechsel", False, "innerhalb", "wechselt nicht"),
        ("traegerwechsel", False, "ausserhalb", ""),
        ("unveraendert", False, "ausserhalb", "nicht zuständig"),
        ("fortschreibung", False, "ausserhalb", "nicht zuständig"),
        ("unveraendert", False, "innerhalb", ""),
        ("unveraendert", True, "ausserhalb", ""),
        ("fortschreibung", True, "ausserhalb", ""),
    ],
)
@pytest.mark.parametrize(("am", "norm"), [(A, "§ 98 SGB XII"), (B, "§ 98 Abs. 1 S. 3 SGB IX")])
def test_wechsel_nur_wenn_nicht_zustaendig(entscheidung, bleibt, gebiet, text, am, norm):
    found = guards.wechsel_nur_wenn_nicht_zustaendig(entscheidung, bleibt, gebiet, am)
    assert norm_of(found) == (norm if text else "")
    assert not text or text in found.text


@pytest.mark.parametrize(("grund", "norm"), [("Gespräch", ""), (" ", "§ 20 SGB X")])
def test_entscheidung_begruendet(grund, norm):
    assert norm_of(guards.entscheidung_begruendet(grund)) == norm
