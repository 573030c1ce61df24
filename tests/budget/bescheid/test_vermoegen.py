"""Assets above their limit pay first, month by month: letter, gate and Kasse say the same.

Eingliederungshilfe: § 139, § 140 SGB IX (150 % of the Bezugsgröße; 2026: 71.190 €). Hilfe zur
Pflege: § 90 SGB XII (10.000 € since 2023), § 85 and § 87 SGB XII for the income.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budget.bescheid.forms.bescheid import BescheidForm
from budget.bescheid.schreiben.abzug import compute_abzug, compute_einsatz
from budget.bescheid.schritte import lage_of_bescheid
from budget.bescheid.schritte.tore import VERMOEGEN
from budget.models import PersoenlichesBudget
from budget.zahlung.queries import list_zahlungen, month_of
from cases.models.personenangabe import Pflegeeinstufung
from tests.budget.bescheid.test_abzug import make_bescheid, save
from tests.budget.test_schreiben import bescheid_text
from tests.fabriken import make_user
from tests.uhr import HEUTE

pytestmark = pytest.mark.django_db
MAI, JUNI, JULI = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def test_excess_pays_month_by_month_until_it_is_used(monkeypatch):
    akte = make_bescheid(monkeypatch, betrag="1050")
    save(akte, vermoegen="72940", partner="keiner")
    # 72.940 - 71.190 = 1.750: one full month of 1.050 and 700 of the next.
    assert compute_abzug(akte.bescheid).verbrauch == {
        MAI: Decimal("1050.00"),
        JUNI: Decimal("700.00"),
    }
    assert akte.bescheid.vermoegensverbrauch == [
        ["2026-05-01", "1050.00"],
        ["2026-06-01", "700.00"],
    ]
    text = bescheid_text(akte)
    assert "Einzusetzen sind 1.750,00 €, bevor wir Leistungen zahlen (§ 140 Abs. 1 SGB IX)" in text
    assert "Für Mai 2026 bis Juni 2026 zahlen wir deshalb zusammen 1.750,00 € weniger" in text
    assert "Mai 2026: 1.050,00 €" in text


def test_kasse_keeps_back_the_same(monkeypatch):
    akte = make_bescheid(monkeypatch, betrag="1050")
    save(akte, vermoegen="72940", partner="keiner")
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="laeuft")
    zahlungen = list_zahlungen(make_user("kasse", "Kasse"), JULI)
    betraege = [month_of(zahlungen, monat, JULI).summe for monat in (MAI, JUNI, JULI)]
    assert betraege == [Decimal("0.00"), Decimal("350.00"), Decimal("1050.00")]


def test_gate_closes_when_the_facts_have_changed(monkeypatch):
    akte = make_bescheid(monkeypatch, betrag="1050")
    save(akte, vermoegen="72940", partner="keiner")
    lage = lage_of_bescheid(akte.bescheid, akte.leitung, akte.tage.bescheid)
    assert VERMOEGEN.frage(lage) is None
    akte.bescheid.vermoegen = Decimal("80000")
    assert VERMOEGEN.frage(lage).norm == "§ 140 Abs. 1 SGB IX"


@pytest.mark.parametrize(
    "angaben",
    [{"vermoegen": "71190"}, {"beitragsfrei": "frei_lebensunterhalt", "vermoegen": "90000"}],
)
def test_nothing_is_used_below_the_limit_or_where_the_law_frees_it(monkeypatch, angaben):
    akte = make_bescheid(monkeypatch, betrag="1050")
    save(akte, partner="keiner", **angaben)
    assert compute_abzug(akte.bescheid).verbrauch == {}


# Grundbetrag 2026 after § 85 Abs. 1 Nr. 1 SGB XII: twice Regelbedarfsstufe 1 (563 €) = 1.126 €.
EINSATZ = {
    "monatseinkommen": Decimal(2000),
    "unterkunft": Decimal(500),
    "einsatz_prozent": 50,
    "einsatz_grund": "Der Bedarf besteht auf Dauer",
}


def test_income_for_hilfe_zur_pflege_is_computed_and_kept_back(monkeypatch):
    akte = make_bescheid(monkeypatch, betrag="1050", pflege="413")
    text = save(akte, **EINSATZ)
    # 2.000 - (1.126 + 500) = 374; half of it.
    assert compute_einsatz(akte.bescheid).betrag == Decimal("187.00")
    assert akte.bescheid.abzug == Decimal("187.00")
    text = text.replace("\u00a0", " ")
    assert "50 % einzusetzen, das sind 187,00 € im Monat (§ 87 SGB XII)" in text
    assert "Dieser Anteil ist angemessen: Der Bedarf besteht auf Dauer." in text


@pytest.mark.parametrize(
    ("stand", "erlaubt"), [("grad_3", True), ("grad_4", False), ("grad_5", False)]
)
def test_share_is_limited_for_the_highest_pflegegrade(monkeypatch, stand, erlaubt):
    akte = make_bescheid(monkeypatch, betrag="1050", pflege="413")
    Pflegeeinstufung.objects.create(
        leistungsberechtigte_person=akte.case.leistungsberechtigte_person,
        gueltig_ab=akte.tage.eingang,
        stand=stand,
    )
    budget = PersoenlichesBudget.objects.get(pk=akte.budget.pk)
    daten = {
        "erste_auszahlung": "01.05.2026",
        "begruendung": "x",
        "monatseinkommen": "2000",
        "unterkunft": "500",
        "einsatz_prozent": "50",
        "einsatz_grund": "auf Dauer",
    }
    form = BescheidForm(daten, budget=budget, heute=HEUTE)
    form.is_valid()
    assert ("einsatz_prozent" not in form.errors) == erlaubt
    form = BescheidForm({**daten, "einsatz_prozent": "40"}, budget=budget, heute=HEUTE)
    form.is_valid()
    assert "einsatz_prozent" not in form.errors


def test_facts_of_the_income_are_asked_all_or_none(monkeypatch):
    budget = make_bescheid(monkeypatch, betrag="1050", pflege="413").budget
    daten = {"erste_auszahlung": "01.05.2026", "begruendung": "x"}
    form = BescheidForm({**daten, "monatseinkommen": "2000"}, budget=budget, heute=HEUTE)
    form.is_valid()
    assert {"unterkunft", "einsatz_prozent", "einsatz_grund"} <= set(form.errors)
    form = BescheidForm(daten, budget=budget, heute=HEUTE)
    form.is_valid()
    assert not {"unterkunft", "einsatz_prozent"} & set(form.errors)


def test_facts_of_the_income_are_asked_only_where_sozialhilfe_is_paid(monkeypatch):
    ohne = make_bescheid(monkeypatch, betrag="1050").budget
    assert "monatseinkommen" not in BescheidForm(budget=ohne, heute=HEUTE).fields


def test_limits_of_both_kinds_of_benefit_count(monkeypatch):
    akte = make_bescheid(monkeypatch, betrag="1050", pflege="413")
    save(akte, **EINSATZ, vermoegen="10300", partner="keiner")
    # Above 10.000 € for Hilfe zur Pflege (413 - 187 = 226 a month), far below 71.190 € otherwise.
    assert compute_abzug(akte.bescheid).verbrauch == {
        MAI: Decimal("226.00"),
        JUNI: Decimal("74.00"),
    }
    assert "Für die Hilfe zur Pflege bleiben 10.000,00 € frei" in bescheid_text(akte)
