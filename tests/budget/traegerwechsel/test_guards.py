"""Each precondition of a change of the carrier, with its norm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budget.folge.guards.traegerwechsel import nicht_vor_der_uebernahme
from budget.models import Folgebescheid, PersoenlichesBudget, Traegerwechsel
from budget.traegerwechsel import guards
from cases.models import Leistungstraeger, Schreiben
from recht.umzug import Pause
from tests.budget.folge import geschichte as folge
from tests.budget.traegerwechsel import geschichte
from tests.fabriken import norm_of

HEUTE, AB = date(2026, 6, 1), date(2026, 7, 1)
BEGINN, ENDE = date(2026, 5, 1), date(2027, 4, 30)
ZWEI_DREI = "§ 2 Abs. 3 S. 1 SGB X"


def wechsel(**felder) -> Traegerwechsel:
    budget = PersoenlichesBudget(beginn=BEGINN, ende=ENDE, state=felder.pop("budget", "laeuft"))
    werte = {"an": Leistungstraeger(name="BG Nord"), "ab": AB, "grund": "vorrang"} | felder
    return Traegerwechsel(persoenliches_budget=budget, **werte)


def bescheid(state: str) -> Folgebescheid:
    return Folgebescheid(state=state, art="aufhebung", datum=HEUTE)


@pytest.mark.parametrize("eigener", [True, False])
def test_anderer_traeger(eigener):
    found = guards.anderer_traeger(Leistungstraeger(name="X", eigener=eigener))
    assert norm_of(found) == ("§ 2 Abs. 3 S. 1 SGB X" if eigener else "")


@pytest.mark.parametrize(
    ("grund", "ab", "norm"),
    [
        ("umzug", date(2019, 12, 31), ""),
        ("umzug", date(2020, 1, 1), "§ 98 Abs. 1 S. 3 SGB IX"),
        ("unterbrechung", date(2019, 12, 31), "§ 98 SGB XII"),
        ("unterbrechung", date(2020, 1, 1), ""),
        ("vorrang", AB, ""),
        ("irrtum", AB, ""),
    ],
)
def test_wechsel_nach_dem_gesetz(grund, ab, norm):
    assert norm_of(guards.wechsel_nach_dem_gesetz(grund, ab)) == norm


@pytest.mark.parametrize(
    ("grund", "ab", "gebiet", "norm"),
    [
        ("umzug", date(2019, 12, 31), "innerhalb", "§ 98 Abs. 1 S. 1 SGB XII"),
        ("unterbrechung", AB, "innerhalb", "§ 98 Abs. 1 S. 1 SGB IX"),
        ("unterbrechung", AB, "ausserhalb", ""),
        # Nobody but a person can tell.
        ("unterbrechung", AB, "", ""),
        ("vorrang", AB, "innerhalb", ""),
        ("irrtum", AB, "innerhalb", ""),
    ],
)
def test_wohnt_ausserhalb(grund, ab, gebiet, norm):
    assert norm_of(guards.wohnt_ausserhalb(grund, ab, gebiet)) == norm


HAFT = Pause(date(2026, 1, 10))
KURZ = Pause(date(2026, 1, 10), date(2026, 6, 30))
KLINIK = Pause(date(2025, 1, 10), date(2026, 6, 30), medizinisch=True)
SECHS_MONATE, KRANK = "§ 98 Abs. 1 S. 4 SGB IX", "§ 98 Abs. 1 S. 5 SGB IX"


@pytest.mark.parametrize(
    ("grund", "ab", "pausen", "tag", "norm"),
    [
        ("unterbrechung", date(2026, 7, 10), [HAFT], date(2026, 7, 9), ""),
        ("unterbrechung", date(2026, 7, 9), [HAFT], date(2026, 7, 9), SECHS_MONATE),
        # What lies ahead has not been without Leistung yet.
        ("unterbrechung", date(2026, 7, 10), [HAFT], date(2026, 7, 8), SECHS_MONATE),
        ("unterbrechung", date(2026, 8, 1), [KURZ], date(2026, 8, 1), SECHS_MONATE),
        ("unterbrechung", date(2026, 8, 1), [KLINIK], date(2026, 8, 1), KRANK),
        ("unterbrechung", date(2026, 8, 1), [], date(2026, 8, 1), SECHS_MONATE),
        ("vorrang", date(2026, 8, 1), [], date(2026, 8, 1), ""),
        ("unterbrechung", date(2019, 8, 1), [], date(2026, 8, 1), ""),
    ],
)
def test_unterbrechung_festgehalten(grund, ab, pausen, tag, norm):
    assert norm_of(guards.unterbrechung_festgehalten(grund, ab, pausen, tag, "BW")) == norm


@pytest.mark.parametrize(
    ("ab", "bekannt", "passt"),
    [
        (BEGINN, HEUTE, True),
        (ENDE, HEUTE, True),
        (date(2026, 4, 30), HEUTE, False),
        (date(2027, 5, 1), HEUTE, False),
        (AB, date(2026, 6, 2), False),
    ],
)
def test_tage_des_wechsels(ab, bekannt, passt):
    budget = PersoenlichesBudget(beginn=BEGINN, ende=ENDE)
    found = guards.tage_des_wechsels(budget, ab, bekannt, HEUTE)
    assert norm_of(found) == ("" if passt else "§ 48 Abs. 1 S. 1 SGB X")


@pytest.mark.parametrize(
    ("vom", "ab", "passt"),
    [
        (HEUTE, AB, True),
        (date(2026, 6, 2), AB, False),
        (HEUTE, date(2026, 6, 30), False),
    ],
)
def test_zusage_passt(vom, ab, passt):
    found = guards.zusage_passt(wechsel(), vom, ab, HEUTE)
    assert norm_of(found) == ("" if passt else ZWEI_DREI)


@pytest.mark.parametrize(("state", "frei"), [("", True), ("entwurf", True), ("vorgelegt", False)])
def test_aufhebung_noch_frei(state, frei):
    row = wechsel(aufhebung=bescheid(state) if state else None)
    assert norm_of(guards.aufhebung_noch_frei(row)) == ("" if frei else "§ 39 Abs. 1 SGB X")


@pytest.mark.parametrize(("state", "ohne"), [("", True), ("entwurf", False)])
def test_ohne_aufhebung(state, ohne):
    row = wechsel(aufhebung=bescheid(state) if state else None)
    assert norm_of(guards.ohne_aufhebung(row)) == ("" if ohne else "§ 33 Abs. 1 SGB X")


@pytest.mark.parametrize(
    ("uebernimmt", "etwas"), [(None, False), (AB, False), (date(2026, 7, 2), True)]
)
def test_etwas_zu_erstatten(uebernimmt, etwas):
    found = guards.etwas_zu_erstatten(wechsel(uebernimmt_ab=uebernimmt))
    assert norm_of(found) == ("" if etwas else "§ 2 Abs. 3 S. 2 SGB X")


@pytest.mark.parametrize(
    ("betrag", "passt"), [("0.01", True), ("100.00", True), ("100.01", False), ("0", False)]
)
def test_verlangt_hoechstens(betrag, passt):
    found = guards.verlangt_hoechstens(Decimal(betrag), Decimal("100.00"))
    assert norm_of(found) == ("" if passt else "§ 2 Abs. 3 S. 2 SGB X")


@pytest.mark.parametrize(("state", "norm"), [("beendet", ""), ("laeuft", "§ 39 Abs. 2 SGB X")])
def test_bewilligung_beendet(state, norm):
    assert norm_of(guards.bewilligung_beendet(wechsel(budget=state))) == norm


@pytest.mark.parametrize("brief", [True, False])
def test_neuer_traeger_unterrichtet(brief):
    found = guards.neuer_traeger_unterrichtet(wechsel(mitteilung=Schreiben() if brief else None))
    assert norm_of(found) == ("" if brief else "§ 69 Abs. 1 Nr. 1 SGB X")


@pytest.mark.django_db
@pytest.mark.parametrize("selbst", ["", "Wechsel", "Zusage"])
def test_abgabe_durch_andere(selbst):
    akte = folge.running()
    wer = {n: akte.leitung if n == selbst else akte.fallmanager for n in ("Wechsel", "Zusage")}
    row = geschichte.promise(akte, geschichte.record(akte, by=wer["Wechsel"]), by=wer["Zusage"])
    found = guards.abgabe_durch_andere(row, akte.leitung)
    assert norm_of(found) == ("Vier-Augen-Grundsatz" if selbst else "")


@pytest.mark.parametrize(
    ("row", "wirkt_ab", "norm"),
    [
        (None, AB, ""),
        (wechsel(), AB, ZWEI_DREI),
        (wechsel(uebernimmt_ab=date(2026, 7, 2)), AB, ZWEI_DREI),
        (wechsel(uebernimmt_ab=AB), AB, ""),
        (wechsel(uebernimmt_ab=AB), None, ""),
    ],
)
def test_nicht_vor_der_uebernahme(row, wirkt_ab, norm):
    found = nicht_vor_der_uebernahme(Folgebescheid(art="aufhebung", wirkt_ab=wirkt_ab), row)
    assert norm_of(found) == norm
