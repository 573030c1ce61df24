"""The yearly review of Beitrag and assets: computed, confirmed or decided, paid, and due again.

The sums are those of the law: §§ 135-138 SGB IX with the values of 2025 and 2026.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from budget.folge.queries import ohne_wirkung
from budget.folge.services import bescheid as folgeservices
from budget.models import Beitragspruefung, Folgebescheid
from budget.pruefung import services
from budget.pruefung.forms import PruefungForm
from budget.pruefung.queries import known_facts, next_frist
from budget.verfahren.services import lift_laufzeit
from budget.zahlung.queries import list_zahlungen, month_of
from cases.models import User
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte as folge
from tests.budget.pruefung import geschichte
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db


def paid(monat: date) -> list[tuple[str, str]]:
    """Return amount and arrears that fall due in a month, as the Kasse reads them."""
    kasse = User.objects.filter(username="kasse").first() or make_user("kasse", "Kasse")
    liste = month_of(list_zahlungen(kasse, monat), monat, monat)
    return [(str(p.rate.betrag), str(p.rate.nachzahlung)) for p in liste.posten]


def test_a_higher_income_lowers_the_payment_from_the_month_after_the_bekanntgabe(monkeypatch):
    akte = geschichte.running(monkeypatch)
    assert next_frist(akte.budget).ende == date(2026, 1, 1)
    row = geschichte.review(akte, **geschichte.MEHR)
    assert (row.bisher, row.abzug, row.belastet, row.geaendert) == (270, 390, True, True)
    row = geschichte.decide(akte, row)
    assert row.erledigt_am is not None
    assert paid(date(2026, 1, 1)) == [("2130.00", "0.00")]
    assert paid(date(2026, 2, 1)) == [("2010.00", "0.00")]
    fristen = list(akte.case.fristen.filter(regel="F43").order_by("ende"))
    assert [(f.ende, f.state) for f in fristen] == [
        (date(2026, 1, 1), "versaeumt"),  # reviewed on 20.01.
        (date(2027, 1, 1), "offen"),
    ]
    assert known_facts(akte.budget)["einkommen"] == Decimal(60000)


def test_a_lower_income_counts_from_the_turn_of_the_year_and_is_paid_behindhand(monkeypatch):
    akte = geschichte.running(monkeypatch)
    row = geschichte.review(akte, date(2026, 1, 1), **geschichte.WENIGER)
    assert (row.abzug, row.belastet) == (90, False)
    assert paid(date(2026, 2, 1)) == [("2130.00", "0.00")]
    row = geschichte.decide(akte, row)
    # January was due before the Bekanntgabe: 180 € too little, paid with February.
    assert paid(date(2026, 1, 1)) == [("2130.00", "0.00")]
    assert paid(date(2026, 2, 1)) == [("2490.00", "180.00")]
    assert paid(date(2026, 3, 1)) == [("2310.00", "0.00")]


def test_the_same_sum_is_confirmed_and_the_next_turn_of_the_year_is_seen(monkeypatch):
    akte = geschichte.running(monkeypatch)
    # 54.000 €: 273,18 €, down to 270.
    row = geschichte.review(akte, date(2026, 1, 1), einkommen=Decimal(54000))
    assert (row.geaendert, row.abzug) == (False, 270)
    with pytest.raises(SchrittUnzulaessig, match="bleibt gleich"):
        services.decide_pruefung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    row = services.confirm_pruefung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    assert next_frist(akte.budget).ende == date(2027, 1, 1)
    assert akte.case.ereignisse.filter(art="beitragspruefung").count() == 2
    with pytest.raises(DatabaseError, match="erledigt"), transaction.atomic():
        Beitragspruefung.objects.filter(pk=row.pk).update(abzug=Decimal(1))
    assert not Folgebescheid.objects.exists()


def test_another_sum_is_not_confirmed_and_one_review_is_open_at_a_time(monkeypatch):
    akte = geschichte.running(monkeypatch)
    row = geschichte.review(akte, **geschichte.MEHR)
    with pytest.raises(SchrittUnzulaessig, match="anderen Betrag"):
        services.confirm_pruefung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="noch nicht erledigt"):
        geschichte.review(akte, **geschichte.MEHR)
    services.discard_pruefung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    assert not Beitragspruefung.objects.exists()


def test_against_the_person_it_does_not_reach_back(monkeypatch):
    akte = geschichte.running(monkeypatch)
    row = geschichte.review(akte, date(2026, 1, 1), **geschichte.MEHR)
    bescheid = services.decide_pruefung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="nur für die Zukunft") as grund:
        folgeservices.submit_folgebescheid(row=bescheid, by=akte.fallmanager, tag=geschichte.HEUTE)
    assert grund.value.norm == "§ 48 Abs. 1 S. 1 SGB X"
    row.refresh_from_db()
    services.update_pruefung(
        row=row,
        by=akte.fallmanager,
        tag=geschichte.HEUTE,
        angaben=services.shown_of(row) | {"ab": date(2026, 2, 1)},
    )
    bescheid.refresh_from_db()
    assert bescheid.wirkt_ab == date(2026, 2, 1)
    assert "ab dem 01.02.2026" in bescheid.gruende
    bescheid = folgeservices.submit_folgebescheid(
        row=bescheid, by=akte.fallmanager, tag=geschichte.HEUTE
    )
    with pytest.raises(DatabaseError, match="trägt einen Bescheid"), transaction.atomic():
        Beitragspruefung.objects.filter(pk=row.pk).update(abzug=Decimal(1))


def test_a_widerspruch_suspends_what_takes_away_and_not_what_gives(monkeypatch):
    akte = geschichte.running(monkeypatch)
    row = geschichte.decide(akte, geschichte.review(akte, **geschichte.MEHR))
    folge.attack(akte, row.folgebescheid.schreiben, date(2026, 2, 2))
    assert paid(date(2026, 3, 1)) == [("2130.00", "0.00")]
    assert ohne_wirkung(row.folgebescheid)


def test_a_widerspruch_against_a_favour_leaves_the_favour(monkeypatch):
    akte = geschichte.running(monkeypatch)
    row = geschichte.decide(akte, geschichte.review(akte, **geschichte.WENIGER))
    folge.attack(akte, row.folgebescheid.schreiben, date(2026, 2, 2))
    assert paid(date(2026, 3, 1)) == [("2310.00", "0.00")]
    assert not ohne_wirkung(row.folgebescheid)


def test_what_was_not_made_known_changes_nothing_and_the_year_is_due_again(monkeypatch):
    akte = geschichte.running(monkeypatch)
    row = geschichte.decide(akte, geschichte.review(akte, **geschichte.MEHR))
    services.record_bekanntgabe(
        row.folgebescheid.schreiben, None, akte.fallmanager, date(2026, 2, 3)
    )
    row.refresh_from_db()
    assert row.erledigt_am is None
    assert next_frist(akte.budget).ende == date(2026, 1, 1)
    assert paid(date(2026, 3, 1)) == [("2130.00", "0.00")]


def test_a_dropped_draft_leaves_the_review(monkeypatch):
    akte = geschichte.running(monkeypatch)
    row = geschichte.review(akte, **geschichte.MEHR)
    bescheid = services.decide_pruefung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    folgeservices.discard_folgebescheid(row=bescheid, by=akte.fallmanager, tag=geschichte.HEUTE)
    row.refresh_from_db()
    assert (row.folgebescheid, row.state) == (None, "geprueft")


def test_what_runs_because_the_budget_runs_ends_with_it(monkeypatch):
    akte = geschichte.running(monkeypatch)
    row = geschichte.review(akte, date(2026, 1, 1), einkommen=Decimal(54000))
    services.confirm_pruefung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    lift_laufzeit(akte.budget, geschichte.HEUTE, "beendet")
    assert next_frist(akte.budget) is None


def test_assets_above_the_limit_pay_first_from_the_month_of_the_review(monkeypatch):
    akte = geschichte.running(monkeypatch)
    # 150 % of 47.460 € are free: 71.190 €; 4.000 € above, of 2.010 € a month.
    row = geschichte.review(akte, **geschichte.MEHR, vermoegen=Decimal(75190))
    assert row.belastet
    assert [str(b) for b in row.verbrauch.values()] == ["2010.00", "1990.00"]
    geschichte.decide(akte, row)
    assert paid(date(2026, 2, 1)) == []
    assert paid(date(2026, 3, 1)) == [("20.00", "0.00")]
    assert paid(date(2026, 4, 1)) == [("2010.00", "0.00")]


FALSCH = [
    ({"ab": "15.02.2026"}, "ab", "ersten Tag eines Monats"),
    ({"ab": "01.04.2025"}, "ab", "außerhalb der Bewilligung"),
    (
        {"ab": "01.01.2026"},
        "ab",
        "frühestens ab 01.02.2026 (§ 48 Abs. 1 S. 1 SGB X). Für die Zeit davor braucht es",
    ),
    ({"nachweis": ""}, "nachweis", "Bitte ausfüllen"),
    ({"nachweis_vom": "21.01.2026"}, "nachweis_vom", "nicht in der Zukunft"),
    ({"einkommen": ""}, "einkommen", "auch 0"),
    ({"einkommensart": ""}, "einkommensart", "woher das Einkommen"),
    ({"ab": "01.01.2029"}, "ab", "Für 2029 fehlt ein Wert des Gesetzes"),
]


@pytest.mark.parametrize(("werte", "feld", "teil"), FALSCH)
def test_bad_input_is_told_at_its_field(monkeypatch, werte, feld, teil):
    akte = geschichte.running(monkeypatch)
    daten = {
        "ab": "01.02.2026",
        "nachweis": "Einkommensteuerbescheid 2024",
        "nachweis_vom": "12.01.2026",
        "einkommen": "60000",
        "einkommensart": "sv",
        "partner": "keiner",
        **werte,
    }
    form = PruefungForm(daten, budget=akte.budget, heute=geschichte.HEUTE)
    assert not form.is_valid()
    assert teil in str(form.errors[feld])
