"""When a budget may take the place of another one, at the edges."""

from __future__ import annotations

from datetime import date

import pytest

from budget.models import Folgebescheid, PersoenlichesBudget
from budget.verfahren import guards
from cases.models import User
from tests.budget.folge import geschichte, nachfolge
from tests.fabriken import make_leitung, norm_of

AB, BEKANNT = date(2026, 8, 1), date(2026, 6, 5)


def budget(state: str = "laeuft", **felder) -> PersoenlichesBudget:
    return PersoenlichesBudget(state=state, beginn=date(2026, 5, 1), **felder)


def test_kein_budget_in_arbeit():
    assert guards.kein_budget_in_arbeit(None) is None
    hindernis = guards.kein_budget_in_arbeit(budget("bemessen"))
    assert hindernis.text.startswith("Ein Persönliches Budget ab 01.05.2026 ist schon in Arbeit")
    assert hindernis.norm == "§ 33 Abs. 1 SGB X"


@pytest.mark.parametrize(("tag", "offen"), [(date(2026, 4, 30), False), (date(2026, 5, 1), True)])
def test_beginn_nach_vorgaenger(tag, offen):
    norm = "" if offen else "§ 48 Abs. 1 SGB X"
    assert norm_of(guards.beginn_nach_vorgaenger(budget(), tag)) == norm


def test_nur_als_nachfolge():
    assert guards.nur_als_nachfolge(budget(vorgaenger_id=7)) is None
    assert guards.nur_als_nachfolge(budget()).norm == "§ 18 SGB X"


def test_nichts_vereinbart():
    assert guards.nichts_vereinbart(0) is None
    assert guards.nichts_vereinbart(1).norm == "§ 84 Abs. 2 SGB X"


@pytest.mark.parametrize(
    ("row", "ersetzt", "nachteilig", "teil", "norm"),
    [
        (None, False, False, "", ""),
        (None, True, False, "nichts ändert es", "§ 48 Abs. 1 SGB X"),
        (("entwurf", AB), True, False, "", ""),
        (("entwurf", AB), True, True, "nimmt der Person etwas", "§ 24 Abs. 1 SGB X"),
        (("vorgelegt", AB), True, True, "", ""),
        (
            ("vorgelegt", date(2026, 9, 1)),
            *(True, True, "wirkt nicht ab dem 01.08.2026", "§ 48 Abs. 1 SGB X"),
        ),
    ],
)
def test_aenderung_geprueft(row, ersetzt, nachteilig, teil, norm):
    folge = Folgebescheid(art="aenderung", state=row[0], wirkt_ab=row[1]) if row else None
    found = guards.aenderung_geprueft(folge, AB, ersetzt=ersetzt, nachteilig=nachteilig)
    assert norm_of(found) == norm
    assert teil in (found.text if found else "")


@pytest.mark.parametrize(
    ("fall", "ab", "nachteilig", "offen"),
    [
        ("0", BEKANNT, True, False),
        ("0", date(2026, 6, 6), True, True),
        ("0", BEKANNT, False, True),
        ("2", BEKANNT, True, True),
        ("0", None, True, False),
    ],
)
def test_aenderung_nur_fuer_die_zukunft(fall, ab, nachteilig, offen):
    row = Folgebescheid(art="aenderung", fall_des_gesetzes=fall, wirkt_ab=ab)
    found = guards.aenderung_nur_fuer_die_zukunft(row, nachteilig=nachteilig, fruehestens=BEKANNT)
    assert norm_of(found) == ("" if offen else "§ 48 Abs. 1 S. 1 SGB X")
    assert guards.aenderung_nur_fuer_die_zukunft(None, nachteilig=True, fruehestens=BEKANNT) is None


@pytest.mark.django_db
def test_aenderung_durch_andere():
    akte = geschichte.running()
    nachfolge.prepare(akte)
    row = nachfolge.aenderung(akte)
    zweite: User = make_leitung("zweite", akte.case.team)
    assert guards.aenderung_durch_andere(None, akte.fallmanager) is None
    assert guards.aenderung_durch_andere(row, akte.fallmanager).norm == "§ 33 Abs. 3 SGB X"
    assert guards.aenderung_durch_andere(row, zweite) is None
    # Who has once written on it stays its author, whoever comes last.
    Folgebescheid.objects.filter(pk=row.pk).update(bearbeitet_von=zweite)
    Folgebescheid.objects.filter(pk=row.pk).update(bearbeitet_von=akte.fallmanager)
    row.refresh_from_db()
    assert guards.aenderung_durch_andere(row, zweite).norm == "§ 33 Abs. 3 SGB X"
