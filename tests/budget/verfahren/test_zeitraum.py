"""From when to when a plan can be a budget."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from budget.verfahren.queries import first_day_of, last_day_of

MAI, JUNI, DEZEMBER, MAERZ = (
    date(2026, 5, 1),
    date(2026, 6, 1),
    date(2026, 12, 31),
    date(2027, 3, 31),
)


def plan(*leistungen: tuple[date, date | None, bool]) -> SimpleNamespace:
    rows = [SimpleNamespace(beginn=b, ende=e, ergaenzend=zu) for b, e, zu in leistungen]
    return SimpleNamespace(leistungen=SimpleNamespace(all=lambda: rows))


@pytest.mark.parametrize(
    ("leistungen", "zeitraum"),
    [
        ([(JUNI, None, False), (MAI, None, False)], (MAI, None)),
        # No budget goes on longer than the first Leistung of the plan.
        ([(MAI, MAERZ, False), (MAI, DEZEMBER, False)], (MAI, DEZEMBER)),
        ([(MAI, None, False), (JUNI, MAERZ, False)], (MAI, MAERZ)),
        # What is only beside it does not end the budget.
        ([(MAI, None, False), (MAI, DEZEMBER, True)], (MAI, None)),
        ([], (None, None)),
    ],
)
def test_a_budget_begins_and_ends_with_the_plan(leistungen, zeitraum):
    row = plan(*leistungen)
    assert (first_day_of(row), last_day_of(row)) == zeitraum
