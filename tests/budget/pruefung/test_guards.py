"""Each precondition of a review of Beitrag and assets, and of the Bescheid that it leads to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budget.folge.guards.beitrag import neuer_beitrag_bestimmt
from budget.models import Beitragspruefung, Folgebescheid, PersoenlichesBudget
from budget.pruefung import guards
from budget.states.folge import FOLGEARTEN
from tests.fabriken import norm_of

BEGINN, AB = date(2026, 5, 15), date(2026, 8, 1)
ZEILE = FOLGEARTEN["beitrag"]


def budget(**felder) -> PersoenlichesBudget:
    return PersoenlichesBudget(beginn=BEGINN, **felder)


def test_keine_offene_pruefung():
    found = guards.keine_offene_pruefung(Beitragspruefung(ab=AB))
    assert norm_of(found) == "§ 33 Abs. 1 SGB X"
    assert "01.08.2026" in found.text
    assert guards.keine_offene_pruefung(None) is None


@pytest.mark.parametrize(
    ("beginn", "ab", "norm"),
    [
        (BEGINN, AB, ""),
        (date(2019, 5, 1), date(2019, 12, 1), ""),
        (date(2019, 5, 1), date(2020, 1, 1), "§ 48 Abs. 1 S. 1 SGB X"),
    ],
)
def test_recht_des_budgets(beginn, ab, norm):
    found = guards.recht_des_budgets(PersoenlichesBudget(beginn=beginn), ab)
    assert norm_of(found) == norm


@pytest.mark.parametrize(
    ("ab", "ende", "frei"),
    [
        (date(2026, 5, 1), None, True),
        (date(2026, 4, 1), None, False),
        (AB, date(2026, 7, 31), False),
        (AB, date(2026, 8, 31), True),
    ],
)
def test_im_zeitraum(ab, ende, frei):
    found = guards.im_zeitraum(budget(ende=ende), ab)
    assert norm_of(found) == ("" if frei else "§ 39 Abs. 2 SGB X")


def test_nichts_geaendert():
    found = guards.nichts_geaendert(Beitragspruefung(geaendert=True))
    assert norm_of(found) == "§ 48 Abs. 1 S. 1 SGB X"
    assert guards.nichts_geaendert(Beitragspruefung(geaendert=False)) is None


def test_etwas_geaendert():
    found = guards.etwas_geaendert(Beitragspruefung(geaendert=False))
    assert norm_of(found) == "§ 31 S. 1 SGB X"
    assert guards.etwas_geaendert(Beitragspruefung(geaendert=True)) is None


@pytest.mark.parametrize(
    ("state", "norm"),
    [
        ("", ""),
        ("entwurf", ""),
        ("vorgelegt", "§ 39 Abs. 1 SGB X"),
        ("versandt", "§ 39 Abs. 1 SGB X"),
    ],
)
def test_bescheid_noch_entwurf(state, norm):
    bescheid = Folgebescheid(state=state, art="beitrag", datum=AB) if state else None
    assert norm_of(guards.bescheid_noch_entwurf(Beitragspruefung(folgebescheid=bescheid))) == norm


@pytest.mark.parametrize(
    ("ab", "gerechnet", "belastet", "text"),
    [
        (AB, "390.00", True, ""),
        # Against the person only for months after it is made known.
        (date(2026, 7, 1), "390.00", True, "wirkt deshalb nur für die Zukunft"),
        (date(2026, 7, 1), "390.00", False, ""),
        (AB, "391.00", True, "Nach den Angaben sind es jetzt 391,00"),
    ],
)
def test_neuer_beitrag_bestimmt(ab, gerechnet, belastet, text):
    pruefung = Beitragspruefung(ab=ab, abzug=Decimal("390.00"), belastet=belastet)
    found = neuer_beitrag_bestimmt(
        Folgebescheid(art="beitrag", wirkt_ab=ab),
        ZEILE,
        pruefung,
        gerechnet=Decimal(gerechnet),
        fruehestens=date(2026, 7, 6),
    )
    assert norm_of(found) == ("§ 48 Abs. 1 S. 1 SGB X" if text else "")
    assert not text or text in found.text.replace("\u00a0", " ")


def test_without_its_review_there_is_no_new_beitrag():
    row = Folgebescheid(art="beitrag", wirkt_ab=AB)
    found = neuer_beitrag_bestimmt(row, ZEILE, None, gerechnet=None, fruehestens=AB)
    assert norm_of(found) == "§ 48 Abs. 1 S. 1 SGB X"
