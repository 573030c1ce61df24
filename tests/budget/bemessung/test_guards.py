"""Each legal precondition of the Bemessung, at its edges."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budget.bemessung import guards
from cases.models import Leistungstraeger
from cases.registry.schritt import Hindernis
from tests.budget import fabriken
from tests.fabriken import norm_of

pytestmark = pytest.mark.django_db


def test_teilbudgets_vorhanden(akte):
    budget = fabriken.start(akte)
    leistungen = list(akte.leistungen.values())
    fehlt = guards.teilbudgets_vorhanden(budget, leistungen)
    assert fehlt == Hindernis(
        "Es ist noch kein Teilbudget festgesetzt.", "§ 17 Abs. 3 S. 3 SGB IX a.F."
    )
    fabriken.teil(akte, "pflege", "individuell", betrag=Decimal("413"))
    offen = guards.teilbudgets_vorhanden(budget, leistungen)
    assert offen.text == (
        "Noch nicht bemessen: Teilhabe am Leben in der Gemeinschaft, Häusliche Pflegehilfe."
    )
    fabriken.bemiss(akte)
    assert guards.teilbudgets_vorhanden(budget, leistungen) is None


@pytest.mark.parametrize(
    ("vergleich", "ausnahme", "offen"),
    [("2384.00", "", True), ("2383.99", "", False), ("2383.99", "Mehrbedarf", True)],
)
def test_deckel_eingehalten(akte, vergleich, ausnahme, offen):
    fabriken.start(akte, vergleichssumme=Decimal(vergleich), deckel_ausnahme=ausnahme)
    fabriken.bemiss(akte)
    hindernis = guards.deckel_eingehalten(akte.budget)
    if offen:
        assert hindernis is None
    else:
        assert "um 0,01 €" in hindernis.text


def test_deckel_eingehalten_asks_for_the_cost_to_compare_with(akte):
    budget = fabriken.start(akte, vergleichssumme=None)
    assert guards.deckel_eingehalten(budget).norm == "§ 17 Abs. 3 S. 4 SGB IX a.F."


@pytest.mark.parametrize(
    ("art", "norm", "form", "offen"),
    [
        ("pflegekasse", "§ 36 SGB XI", "geld", False),
        ("pflegekasse", "§ 36 SGB XI", "gutschein", True),
        ("pflegekasse", "§§ 38, 41 SGB XI", "geld", False),
        ("pflegekasse", "§§ 37, 38 SGB XI", "geld", True),
        ("pflegekasse", "§ 37 SGB XI", "geld", True),
        ("sozialhilfe", "§ 36 SGB XI", "geld", True),
    ],
)
def test_pflegesachleistung_nur_als_gutschein(art, norm, form, offen):
    hindernis = guards.pflegesachleistung_nur_als_gutschein(art, norm, form)
    assert norm_of(hindernis) == ("" if offen else "§ 35a SGB XI")


def test_stellungnahmen_der_traeger(akte):
    fabriken.bemiss(akte)
    assert guards.stellungnahmen_der_traeger(akte.budget) is None
    fabriken.teil(akte, "pflegekasse", "gutschein", betrag=Decimal("921"))
    hindernis = guards.stellungnahmen_der_traeger(akte.budget)
    assert hindernis.text == "Das Datum der Stellungnahme fehlt: AOK Probe."
    assert hindernis.norm == "§ 3 Abs. 1 BudgetV"


def test_traeger_of_the_factory_are_own_and_foreign(akte):
    assert list(Leistungstraeger.objects.values_list("art", "eigener")) == [
        ("sozialhilfe", True),
        ("pflegekasse", False),
    ]


def test_pflegesachleistungen_als_gutschein(akte):
    fabriken.bemiss(akte)
    assert guards.pflegesachleistungen_als_gutschein(akte.budget) is None
    teil = akte.budget.teilbudgets.get(leistung=akte.leistungen["pflegekasse"])
    teil.auszahlungsform, teil.bemessungsart = "geld", "individuell"
    teil.save()
    assert guards.pflegesachleistungen_als_gutschein(akte.budget).norm == "§ 35a SGB XI"


def test_bemessung_abgeschlossen(akte):
    budget = fabriken.start(akte)
    hindernis = guards.bemessung_abgeschlossen(budget)
    assert (hindernis.text, hindernis.norm) == (
        "Die Bemessung der Teilbudgets ist noch nicht abgeschlossen.",
        "§ 17 Abs. 3 S. 3 SGB IX a.F.",
    )
    budget.state = "bemessen"
    assert guards.bemessung_abgeschlossen(budget) is None
