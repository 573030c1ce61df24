"""When a further decision takes effect, what it says of the claim, and what holds it back."""

from __future__ import annotations

from datetime import date

import pytest

from budget.folge.guards import geltung, wirkung
from budget.models import Folgebescheid
from budget.states.folge import FOLGEARTEN
from tests.fabriken import norm_of

AB = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("art", "felder", "bekannt", "zu"),
    [
        ("aufhebung", {}, date(2026, 7, 31), False),
        ("aufhebung", {}, AB, True),
        # What may reach back, or only gives, is not held up by its day.
        ("aufhebung_vergangen", {"fall_des_gesetzes": "2"}, AB, False),
        ("ruecknahme", {"fall_des_gesetzes": "0"}, AB, True),
        ("beitrag", {"nachteilig": False}, AB, False),
        ("erstattung", {}, AB, False),
    ],
)
def test_wirkt_nach_bekanntgabe(art, felder, bekannt, zu):
    row = Folgebescheid(art=art, wirkt_ab=AB, **felder)
    found = wirkung.wirkt_nach_bekanntgabe(row, FOLGEARTEN[art], bekannt)
    assert norm_of(found) == ("§ 39 Abs. 1 SGB X" if zu else "")


@pytest.mark.parametrize(
    ("art", "hinaus", "zu"),
    [("erstattung", False, True), ("erstattung", True, False), ("aufhebung", False, False)],
)
def test_nicht_vor_der_aufhebung(art, hinaus, zu):
    found = wirkung.nicht_vor_der_aufhebung(Folgebescheid(art=art), hinaus)
    assert norm_of(found) == ("§ 50 Abs. 3 S. 2 SGB X" if zu else "")


@pytest.mark.parametrize(
    ("angeordnet", "grund", "zu"),
    [(False, "", False), (True, " ", True), (True, "Das Geld wird veruntreut.", False)],
)
def test_sofortige_vollziehung_begruendet(angeordnet, grund, zu):
    row = Folgebescheid(sofort_vollziehbar=angeordnet, sofort_grund=grund)
    found = wirkung.sofortige_vollziehung_begruendet(row)
    assert norm_of(found) == ("§ 86a Abs. 2 Nr. 5 SGG" if zu else "")


@pytest.mark.parametrize(
    ("art", "anspruch", "zu"),
    [("aufhebung", "", True), ("aufhebung", "bleibt", False), ("kuendigung", "", False)],
)
def test_anspruch_bestimmt(art, anspruch, zu):
    found = geltung.anspruch_bestimmt(Folgebescheid(art=art, anspruch=anspruch), FOLGEARTEN[art])
    assert norm_of(found) == ("§ 33 Abs. 1 SGB X" if zu else "")
