"""A move while the Leistung runs, and the change of the carrier: tables by the law of the day."""

from __future__ import annotations

from datetime import date

import pytest

from recht.fehler import AusserhalbDerDeckung
from recht.traegerwechsel import (
    Wechselgrund,
    check_wechsel,
    erstattung_der_traeger,
)
from recht.umzug import Pause, endete_den_bezug, folge_des_umzugs

A, UE, B = date(2012, 5, 1), date(2018, 5, 1), date(2026, 5, 1)
SEIT = {A: date(2010, 1, 1), UE: date(2017, 1, 1), B: date(2024, 1, 1)}


def folge(am: date, wohnform: str = "ambulant", *, land: str = "BW", **mehr):
    werte = {"bezug_seit": SEIT.get(am, date(2024, 1, 1)), "stichtag": am} | mehr
    return folge_des_umzugs(am, wohnform, land=land, **werte)


@pytest.mark.parametrize(
    ("am", "wohnform", "bleibt", "norm"),
    [
        (A, "ambulant", False, "§ 98 Abs. 1 S. 1 SGB XII"),
        (A, "abw", True, "§ 98 Abs. 5 S. 1 SGB XII"),
        (A, "tag_und_nacht", True, "§ 98 Abs. 2 S. 1 SGB XII"),
        (A, "", None, "§ 98 SGB XII"),
        (UE, "ambulant", False, "§ 98 Abs. 1 S. 1 SGB XII"),
        (UE, "abw", True, "§ 98 Abs. 5 S. 1 SGB XII"),
        (UE, "tag_und_nacht", True, "§ 98 Abs. 2 S. 1 SGB XII"),
        (UE, "", None, "§ 98 SGB XII"),
        (B, "ambulant", True, "§ 98 Abs. 1 S. 3 SGB IX"),
        (B, "tag_und_nacht", True, "§ 98 Abs. 1 S. 3 SGB IX"),
        (B, "", True, "§ 98 Abs. 1 S. 3 SGB IX"),
        (date(2019, 12, 31), "ambulant", False, "§ 98 Abs. 1 S. 1 SGB XII"),
        (date(2020, 1, 1), "ambulant", True, "§ 98 Abs. 1 S. 3 SGB IX"),
    ],
)
def test_who_stays_competent(am, wohnform, bleibt, norm):
    found = folge(am, wohnform)
    assert found.bleibt is bleibt
    assert norm in [s.norm for s in found.schritte]


# The last day with a Leistung is 31.01.2026: six months are full with 31.07.2026.
@pytest.mark.parametrize(
    ("bis", "stichtag", "medizinisch", "endet"),
    [
        (date(2026, 7, 30), date(2026, 9, 1), False, False),
        (date(2026, 7, 31), date(2026, 9, 1), False, True),
        (date(2026, 8, 1), date(2026, 9, 1), False, True),
        (date(2026, 12, 31), date(2027, 9, 1), True, False),
        (None, date(2026, 7, 31), False, False),
        (None, date(2026, 8, 1), False, True),
        (None, date(2027, 8, 1), True, False),
        (date(2026, 12, 31), date(2026, 7, 31), False, False),
    ],
)
def test_six_months_without_a_leistung_to_the_day(bis, stichtag, medizinisch, endet):
    pause = Pause(date(2026, 2, 1), bis, medizinisch)
    assert endete_den_bezug(pause, stichtag, "BW") is endet
    found = folge(date(2026, 6, 1), stichtag=stichtag, pausen=[pause])
    assert found.bleibt is not endet
    normen = [s.norm for s in found.schritte]
    assert ("§ 98 Abs. 1 S. 3 SGB IX" in normen) is not endet
    assert ("§ 98 Abs. 1 S. 5 SGB IX" in normen) is medizinisch


def test_who_had_it_in_2019_and_baden_wuerttemberg():
    found = folge(B, bezug_seit=date(2019, 12, 31))
    assert found.schritte[0].norm == "§ 98 Abs. 5 S. 1 SGB IX"
    assert "§ 98 Abs. 5 S. 1 SGB IX" not in [s.norm for s in folge(B).schritte]
    herkunft = "KVJS-Leitfaden 2010 Nr. 2.7"
    for am, land, gilt in ((A, "BW", True), (A, "BY", False), (UE, "BW", False)):
        assert (herkunft in [s.norm for s in folge(am, "abw", land=land).schritte]) is gilt


@pytest.mark.parametrize(
    ("am", "bedarf", "vereinbarung"),
    [
        (A, "BAGüS-Empfehlung 2007 Nr. 4.7", "§ 4 BudgetV"),
        (UE, "§ 144 Abs. 2 SGB XII", "§ 29 Abs. 4 SGB IX"),
        (B, "§ 121 Abs. 2 SGB IX", "§ 29 Abs. 4 SGB IX"),
    ],
)
def test_what_the_move_asks_for(am, bedarf, vereinbarung):
    normen = [s.norm for s in folge(am).zu_tun]
    assert normen[:2] == [bedarf, vereinbarung]
    assert ("§ 2 Abs. 3 SGB X" in normen) is (am is not B)
    ausland = folge(am, ins_ausland=True)
    assert any("im Ausland" in s.text for s in ausland.zu_tun)
    assert not any("im Ausland" in s.text for s in folge(am).zu_tun)


@pytest.mark.parametrize(
    ("grund", "ab", "gilt", "norm", "erstattung"),
    [
        ("umzug", A, True, "§ 98 Abs. 1 S. 1 SGB XII", "§ 2 Abs. 3 S. 2 SGB X"),
        ("umzug", UE, True, "§ 98 Abs. 1 S. 1 SGB XII", "§ 2 Abs. 3 S. 2 SGB X"),
        ("umzug", B, False, "§ 98 Abs. 1 S. 3 SGB IX", "§ 2 Abs. 3 S. 2 SGB X"),
        ("unterbrechung", A, False, "§ 98 SGB XII", "§ 2 Abs. 3 S. 2 SGB X"),
        ("unterbrechung", UE, False, "§ 98 SGB XII", "§ 2 Abs. 3 S. 2 SGB X"),
        ("unterbrechung", B, True, "§ 98 Abs. 1 S. 4 SGB IX", "§ 2 Abs. 3 S. 2 SGB X"),
        ("vorrang", A, True, "§ 2 Abs. 1 SGB XII", "§ 104 Abs. 1 SGB X"),
        ("vorrang", UE, True, "§ 2 Abs. 1 SGB XII", "§ 104 Abs. 1 SGB X"),
        ("vorrang", B, True, "§ 91 Abs. 1 SGB IX", "§ 104 Abs. 1 SGB X"),
        ("irrtum", A, True, "§ 105 SGB X", "§ 14 Abs. 4 S. 3 SGB IX a.F."),
        ("irrtum", UE, True, "§ 105 SGB X", "§ 16 Abs. 4 S. 1 SGB IX"),
        ("irrtum", B, True, "§ 105 SGB X", "§ 16 Abs. 4 S. 1 SGB IX"),
    ],
)
def test_when_the_carrier_changes_and_what_is_refunded(grund, ab, gilt, norm, erstattung):
    found = check_wechsel(grund, ab)
    assert (found.gilt, found.schritt.norm) == (gilt, norm)
    assert erstattung_der_traeger(grund, ab).norm == erstattung


def test_days_without_known_law_are_refused():
    with pytest.raises(AusserhalbDerDeckung, match="kein Rechtsstand"):
        folge(date(1999, 1, 1))
    with pytest.raises(AusserhalbDerDeckung, match="kein Rechtsstand"):
        check_wechsel(Wechselgrund.UMZUG, date(1999, 1, 1))
