"""The yearly review of Beitrag and assets: computed, confirmed or decided, paid, and due again.

The sums are those of the law: §§ 135-138 SGB IX with the values of 2025 and 2026.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from budget.bescheid.schreiben.abzug import Abzug
from budget.bescheid.schreiben.wandel import wandel_of
from budget.folge.queries import gezahlt_fuer, ohne_wirkung
from budget.folge.queries.tisch import list_vorgelegte
from budget.folge.services import bescheid as folgeservices
from budget.models import Beitragspruefung, Bescheid, Folgebescheid
from budget.pruefung import services
from budget.pruefung.forms import PruefungForm
from budget.pruefung.queries import known_facts, next_frist
from budget.pruefung.schreiben import gruende_of
from budget.verfahren.services import lift_laufzeit
from budget.zahlung.queries import list_zahlungen, month_of
from cases.models import User
from cases.schreiben.services.versand import send
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte as folge
from tests.budget.folge import nachfolge
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
    # Assets are no income: what spares the Anhörung is for a person to say (§ 24 Abs. 2 Nr. 5).
    assert row.folgebescheid.anhoerung_verzicht == "3"
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


def test_who_has_recorded_the_review_does_not_release_its_bescheid(monkeypatch):
    # § 33 Abs. 3 SGB X: the sum follows from what the review says.
    akte = geschichte.running(monkeypatch)
    row = geschichte.review(akte, **geschichte.MEHR)
    services.update_pruefung(
        row=row, by=akte.leitung, tag=geschichte.HEUTE, angaben=services.shown_of(row)
    )
    row.refresh_from_db()
    services.update_pruefung(
        row=row, by=akte.fallmanager, tag=geschichte.HEUTE, angaben=services.shown_of(row)
    )
    row.refresh_from_db()
    bescheid = services.decide_pruefung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    bescheid = folgeservices.submit_folgebescheid(
        row=bescheid, by=akte.fallmanager, tag=geschichte.HEUTE
    )
    with pytest.raises(SchrittUnzulaessig, match="Prüfung von Beitrag und Vermögen") as grund:
        folgeservices.release_folgebescheid(row=bescheid, by=akte.leitung, tag=geschichte.HEUTE)
    assert grund.value.norm == "§ 33 Abs. 3 SGB X"


def test_a_submission_is_not_offered_to_who_has_recorded_the_review(monkeypatch):
    akte = geschichte.running(monkeypatch)
    row = geschichte.review(akte, **geschichte.MEHR)
    bescheid = services.decide_pruefung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    folgeservices.submit_folgebescheid(row=bescheid, by=akte.fallmanager, tag=geschichte.HEUTE)
    assert [r.pk for r in list_vorgelegte(akte.leitung, geschichte.HEUTE)] == [bescheid.pk]
    Beitragspruefung.objects.filter(pk=row.pk).update(geprueft_von=akte.leitung)
    assert list(list_vorgelegte(akte.leitung, geschichte.HEUTE)) == []


def test_what_takes_away_does_not_leave_too_late_for_its_first_day(monkeypatch):
    # § 48 Abs. 1 S. 1 SGB X: against the person only after the Bekanntgabe.
    akte = geschichte.running(monkeypatch)
    row = geschichte.review(akte, **geschichte.MEHR)
    bescheid = services.decide_pruefung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    bescheid = folgeservices.submit_folgebescheid(
        row=bescheid, by=akte.fallmanager, tag=geschichte.HEUTE
    )
    bescheid = folgeservices.release_folgebescheid(
        row=bescheid, by=akte.leitung, tag=geschichte.HEUTE
    )
    with pytest.raises(SchrittUnzulaessig, match=r"soll ab dem 01\.02\.2026 wirken"):
        send(
            schreiben=bescheid.schreiben,
            weg="post",
            by=akte.fallmanager,
            tag=date(2026, 1, 30),
        )


@pytest.mark.parametrize(
    ("angaben", "ja", "nein"),
    [
        (geschichte.MEHR, "§§ 135 bis 138 SGB IX", "SGB XII"),
        ({"vermoegen": Decimal(75190)}, "(§ 140 Abs. 1 SGB IX)", "SGB XII"),
        ({}, "§§ 135 bis 138 SGB IX", "SGB XII"),
        (
            geschichte.MEHR | {"vermoegen": Decimal(75190)},
            "(§§ 135 bis 138 SGB IX, § 140 Abs. 1 SGB IX)",
            "SGB XII",
        ),
    ],
)
def test_the_grounds_cite_what_each_part_of_the_sum_rests_on(monkeypatch, angaben, ja, nein):
    akte = geschichte.running(monkeypatch)
    text = gruende_of(geschichte.review(akte, **angaben))
    assert ja in text
    assert nein not in text


def test_the_lebensunterhalt_frees_by_its_own_norm(monkeypatch):
    akte = geschichte.running(monkeypatch)
    monkeypatch.setattr("budget.bescheid.schreiben.abzug.gets_lebensunterhalt", lambda _: True)
    monkeypatch.setattr(
        "budget.pruefung.schreiben.gets_lebensunterhalt", lambda _: True, raising=False
    )
    text = gruende_of(geschichte.review(akte, **geschichte.MEHR))
    assert "§ 138 Abs. 1 Nr. 8 SGB IX" in text
    assert "SGB XII" not in text


def test_beitrag_and_einsatz_together_cite_both(monkeypatch):
    akte = geschichte.running(monkeypatch)
    row = geschichte.review(akte, **geschichte.MEHR)
    beide = Abzug(beitrag=Decimal(390), einsatz=Decimal(50))
    monkeypatch.setattr("budget.pruefung.schreiben.compute_abzug", lambda *_: beide)
    assert "(§§ 135 bis 138 SGB IX, § 85 SGB XII, § 87 SGB XII)" in gruende_of(row)


def test_a_next_grant_is_compared_with_what_is_kept_back_on_its_first_day(monkeypatch):
    # § 24 Abs. 1 SGB X: 270 € were granted, 90 € are kept back now, 150 € would be worse.
    akte = geschichte.running(monkeypatch)
    geschichte.decide(akte, geschichte.review(akte, date(2026, 1, 1), **geschichte.WENIGER))
    neu = nachfolge.prepare(folge.refresh(akte), ab=date(2026, 3, 1), tag=date(2026, 2, 2))
    bescheid = Bescheid(persoenliches_budget=neu)

    def wandel(beitrag: int, **mehr):
        abzug = Abzug(beitrag=Decimal(beitrag), **mehr)
        monkeypatch.setattr("budget.bescheid.schreiben.wandel.compute_abzug", lambda _: abzug)
        return wandel_of(neu, bescheid)

    assert (wandel(150).abzug_alt, wandel(150).nachteilig) == (90, True)
    assert not wandel(90).nachteilig
    assert not wandel(0).nachteilig
    # Assets that have to pay first take from her as a higher Beitrag does.
    assert wandel(90, verbrauch={date(2026, 3, 1): Decimal(500)}).nachteilig
    # As much as the lower Beitrag gives her takes nothing.
    assert not wandel(0, verbrauch={date(2026, 3, 1): Decimal(90)}).nachteilig


def test_without_orders_the_plan_of_payments_limits_what_is_asked_back(monkeypatch):
    # § 50 Abs. 1 SGB X: money only, after what was kept back: 2.400 € - 270 €, from February 390 €.
    akte = geschichte.running(monkeypatch)
    geschichte.decide(akte, geschichte.review(akte, **geschichte.MEHR))
    row = Folgebescheid(
        budget=akte.budget, zeitraum_von=date(2026, 1, 1), zeitraum_bis=date(2026, 2, 28)
    )
    assert gezahlt_fuer(row) == Decimal("2130.00") + Decimal("2010.00")


def test_what_was_in_force_on_a_day_follows_the_decisions_over_the_beitrag(client, monkeypatch):
    akte = geschichte.running(monkeypatch)
    bescheid = geschichte.decide(akte, geschichte.review(akte, **geschichte.MEHR)).folgebescheid
    client.force_login(akte.fallmanager)
    url = reverse("budget_geltung", args=[akte.case.pk])
    with time_machine.travel(datetime(2026, 2, 3, 9, tzinfo=ZoneInfo("Europe/Berlin")), tick=False):
        seiten = [
            client.get(url, {"am": am}).content.decode().replace("\u00a0", " ")
            for am in ("31.01.2026", "01.02.2026")
        ]
    davor, danach = (seite.split("Alle Bewilligungen")[0] for seite in seiten)
    assert "270,00 €" in davor
    assert "2.130,00 €" in davor
    assert "Abzug geändert durch" not in davor
    assert "390,00 €" in danach
    assert "2.010,00 €" in danach
    assert f"/{bescheid.schreiben_id}" in danach
