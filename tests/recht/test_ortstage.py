"""Further holidays at the seat, one a line, dated and with the rule they rest on."""

from __future__ import annotations

from datetime import date

import pytest

from recht.fehler import EingabeUngueltig
from recht.feiertag import feiertage, is_werktag, naechster_werktag
from recht.ortsfeiertag import Ortstag, Sitz, read_ortstage, vermuteter_sitz, weitere_tage

LISTE = "24.06. Johannistag (Ortssatzung)\n\n17.03.2027 Stadtjubiläum (Verordnung vom 1.2.2027)"
JOHANNIS = date(2026, 6, 24)


def sitz(land: str = "BW", ab: date = date(2020, 1, 1), text: str = LISTE) -> Sitz:
    return Sitz(land, weitere=[(ab, read_ortstage(text))])


def test_lines_are_read_with_day_year_name_and_rule():
    assert read_ortstage(LISTE) == (
        Ortstag(24, 6, None, "Johannistag (Ortssatzung)"),
        Ortstag(17, 3, 2027, "Stadtjubiläum (Verordnung vom 1.2.2027)"),
    )
    assert read_ortstage(" \n") == ()


@pytest.mark.parametrize(
    "zeile",
    [
        "Johannistag",
        "31.02. Tag (Satzung)",
        "24.06. Johannistag",
        "24.6.26 Tag (Satzung)",
        "24.06. (Satzung)",
    ],
)
def test_a_line_that_says_too_little_is_refused(zeile):
    with pytest.raises(EingabeUngueltig) as gemeldet:
        read_ortstage(f"24.06. Johannistag (Ortssatzung)\n{zeile}")
    assert f"„{zeile}“ ist kein Feiertag" in str(gemeldet.value)


@pytest.mark.parametrize("land", ["BW", "BY", "SN"])
def test_no_frist_ends_on_such_a_day(land):
    assert is_werktag(JOHANNIS, land)
    hier = sitz(land)
    assert not is_werktag(JOHANNIS, hier)
    assert naechster_werktag(JOHANNIS, hier) == date(2026, 6, 25)
    assert feiertage(2026, hier)[JOHANNIS] == "Johannistag (Ortssatzung)"
    assert not is_werktag(JOHANNIS, vermuteter_sitz(hier))


def test_a_day_of_one_year_is_one_of_that_year_only():
    assert weitere_tage(2027, sitz()) == (date(2027, 3, 17), date(2027, 6, 24))
    assert weitere_tage(2026, sitz()) == (JOHANNIS,)
    assert weitere_tage(2026, "BW") == ()


def test_a_list_holds_from_its_day_until_the_next():
    hier = Sitz(
        "BW",
        weitere=[
            (date(2026, 7, 1), read_ortstage("11.11. Martinstag (Satzung)")),
            (date(2026, 1, 1), read_ortstage(LISTE)),
        ],
    )
    assert is_werktag(date(2025, 6, 24), hier)
    assert not is_werktag(JOHANNIS, hier)
    assert not is_werktag(date(2026, 11, 11), hier)
    assert is_werktag(date(2027, 6, 24), hier)
