"""Each precondition of an interruption, with its norm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budget.folge.guards.unterbrechung import ruhen_bestimmt
from budget.models import Folgebescheid, PersoenlichesBudget, Unterbrechung
from budget.unterbrechung import guards
from tests.fabriken import norm_of

BEGINN, ENDE = date(2026, 5, 1), date(2027, 4, 30)
VON = date(2026, 6, 1)
# Day 28 is 28.06.
RUHT_AB = date(2026, 6, 29)
NULL, VIEL = Decimal("0.00"), Decimal("900.00")


def budget() -> PersoenlichesBudget:
    return PersoenlichesBudget(beginn=BEGINN, ende=ENDE)


def pause(bescheid: str = "", **felder) -> Unterbrechung:
    werte = {"von": VON, "weiter_tage": 28, "ruht_betrag": VIEL, "anlass": "reha", "regel": "ruht"}
    folge = Folgebescheid(state=bescheid, art="unterbrechung", datum=VON) if bescheid else None
    return Unterbrechung(persoenliches_budget=budget(), folgebescheid=folge, **werte | felder)


@pytest.mark.parametrize(
    ("von", "bis", "text"),
    [
        (BEGINN, None, ""),
        (ENDE, ENDE, ""),
        (date(2026, 4, 30), None, "außerhalb der Bewilligung"),
        (date(2027, 5, 1), None, "bis 30.04.2027"),
        (VON, date(2026, 5, 31), "vor dem ersten"),
    ],
)
def test_unterbrechung_im_zeitraum(von, bis, text):
    found = guards.unterbrechung_im_zeitraum(budget(), von, bis)
    assert norm_of(found) == ("§ 39 Abs. 2 SGB X" if text else "")
    assert not text or text in found.text


@pytest.mark.parametrize(
    ("von", "bis", "frei"),
    [
        (date(2026, 5, 1), date(2026, 5, 31), True),
        (date(2026, 5, 1), VON, False),
        (date(2026, 6, 20), None, False),
        (date(2026, 6, 21), None, True),
    ],
)
def test_keine_andere_zur_selben_zeit(von, bis, frei):
    andere = [pause(bis=date(2026, 6, 20))]
    found = guards.keine_andere_zur_selben_zeit(andere, von, bis)
    assert norm_of(found) == ("" if frei else "§ 33 Abs. 1 SGB X")


@pytest.mark.parametrize(
    ("regel", "ruht", "kosten", "nachweis", "text"),
    [
        ("laeuft_weiter", NULL, NULL, "", ""),
        ("laeuft_weiter", VIEL, NULL, "", "dann ruht kein Teilbudget"),
        ("ruht", VIEL, NULL, "", ""),
        ("ruht", NULL, NULL, "", "welche Teilbudgets ruhen"),
        ("ruht", VIEL, Decimal("900.01"), "Vertrag", "höher als das, was ruht"),
        ("ruht", VIEL, VIEL, " ", "womit die Kosten"),
        ("ruht", VIEL, VIEL, "Vertrag", ""),
    ],
)
@pytest.mark.parametrize(
    ("beginn", "norm"),
    [(BEGINN, "§ 29 Abs. 4 SGB IX"), (date(2010, 5, 1), "KVJS-Leitfaden 2010 Nr. 3.5")],
)
def test_regel_bestimmt(regel, ruht, kosten, nachweis, text, beginn, norm):
    found = guards.regel_bestimmt(regel, ruht, kosten, nachweis, beginn)
    assert norm_of(found) == (norm if text else "")
    assert not text or text in found.text


@pytest.mark.parametrize(("state", "frei"), [("", True), ("entwurf", True), ("vorgelegt", False)])
def test_unterbrechung_noch_frei(state, frei):
    found = guards.unterbrechung_noch_frei(pause(state))
    assert norm_of(found) == ("" if frei else "§ 39 Abs. 1 SGB X")


@pytest.mark.parametrize(("state", "ohne"), [("", True), ("entwurf", False)])
def test_ohne_bescheid(state, ohne):
    found = guards.ohne_bescheid(pause(state))
    assert norm_of(found) == ("" if ohne else "§ 33 Abs. 1 SGB X")


@pytest.mark.parametrize(
    ("felder", "text"),
    [
        ({}, ""),
        ({"bis": RUHT_AB}, ""),
        ({"bis": date(2026, 6, 28)}, "das wäre ab dem 29.06.2026"),
        ({"ruht_betrag": NULL}, "läuft weiter"),
    ],
)
def test_etwas_ruht(felder, text):
    found = guards.etwas_ruht(pause(**felder))
    assert norm_of(found) == ("§ 31 S. 1 SGB X" if text else "")
    assert not text or text in found.text


@pytest.mark.parametrize(
    ("state", "bis", "neu", "frei"),
    [
        ("", date(2026, 7, 31), date(2026, 8, 1), True),
        ("entwurf", date(2026, 7, 31), date(2026, 8, 1), True),
        ("versandt", date(2026, 7, 31), date(2026, 7, 30), True),
        ("versandt", date(2026, 7, 31), date(2026, 8, 1), False),
        ("versandt", None, date(2026, 8, 1), True),
    ],
)
def test_ende_nicht_verlaengert(state, bis, neu, frei):
    found = guards.ende_nicht_verlaengert(pause(state, bis=bis), neu)
    assert norm_of(found) == ("" if frei else "§ 33 Abs. 1 SGB X")


def test_ende_moeglich():
    assert guards.ende_moeglich(pause(), VON) is None
    found = guards.ende_moeglich(pause(), date(2026, 5, 31))
    assert found.norm == "§ 60 Abs. 1 S. 1 Nr. 2 SGB I"


@pytest.mark.parametrize(
    ("row", "ab", "text"),
    [
        (None, RUHT_AB, "Es fehlt die Unterbrechung"),
        (pause(ruht_betrag=NULL), RUHT_AB, "Es fehlt die Unterbrechung"),
        (pause(), date(2026, 6, 28), "frühestens ab dem 29.06.2026"),
        (pause(), RUHT_AB, ""),
        (pause(), None, ""),
        (pause(bis=date(2026, 7, 10)), date(2026, 7, 11), "danach ruht nichts"),
    ],
)
def test_ruhen_bestimmt(row, ab, text):
    found = ruhen_bestimmt(Folgebescheid(art="unterbrechung", wirkt_ab=ab), row)
    assert norm_of(found)[:11] == ("§ 48 Abs. 1" if text else "")
    assert not text or text in found.text
