"""Amounts of a Teilbudget: Richtwert, single case, statutory value, voucher."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from budget.bemessung.queries import gesamtbudget_of, richtwert_of
from budget.bemessung.schreiben import summen_of
from budget.bemessung.services.teilbudget import (
    finish_bemessung,
    remove_teilbudget,
    set_teilbudget,
)
from budget.models import Teilbudget
from cases.states.tafel import SchrittUnzulaessig
from recht.fehler import ParameterUnbekannt
from tests.budget import fabriken
from tests.budget.fabriken import Tage
from tests.fabriken import make_person

pytestmark = pytest.mark.django_db
SPAET = Tage(
    date(2012, 2, 1),
    date(2012, 3, 1),
    date(2012, 3, 5),
    date(2012, 3, 6),
    date(2012, 3, 7),
    date(2012, 4, 1),
    None,
)


def test_musterfall_adds_up_to_the_cent(akte):
    fabriken.bemiss(akte)
    summen = gesamtbudget_of(akte.budget)
    assert (summen.gesamt, summen.geld, summen.gutscheine, summen.ohne_ergaenzende) == (
        Decimal("2714.00"),
        Decimal("1793.00"),
        Decimal("921.00"),
        Decimal("2384.00"),
    )
    assert summen_of(akte.budget) == {
        "gesamt": "2714.00",
        "geld": "1793.00",
        "gutscheine": "921.00",
        "ohne_ergaenzende": "2384.00",
        "ergaenzende": "330.00",
        "andere": "0.00",
        "bewilligt": "2714.00",
    }


def test_musterfall_shows_the_richtwert_that_came_later(akte):
    fabriken.bemiss(akte)
    row = akte.budget.teilbudgets.get(leistung=akte.leistungen["teilhabe"])
    assert (row.betrag, row.richtwert, row.abweichung) == (
        Decimal("1050.00"),
        Decimal("1120.00"),
        Decimal("-70.00"),
    )
    assert row.richtwert_ab == date(2010, 1, 1)
    assert row.richtwert_gilt is False
    assert row.rechenweg[-1]["text"].startswith("Der Betrag liegt 70,00 € unter dem Richtwert")


def test_gutschein_takes_the_statutory_amount_of_the_day(akte):
    fabriken.bemiss(akte)
    row = akte.budget.teilbudgets.get(leistung=akte.leistungen["pflegekasse"])
    assert (row.betrag, row.auszahlungsform) == (Decimal("921.00"), "gutschein")
    assert row.rechenweg[0] == {
        "text": "Pflegesachleistung, Pflegestufe II am 01.12.2005: 921,00 €",
        "norm": "§ 36 SGB XI a.F.",
        "grad": "V-P",
    }


@pytest.mark.parametrize(
    ("stichtag", "betrag", "gilt"),
    [
        (date(2009, 12, 31), "1120", False),
        (date(2010, 1, 1), "1120", True),
        (date(2017, 12, 31), "1120", True),
    ],
)
def test_richtwert_on_the_edges_of_its_table(stichtag, betrag, gilt):
    richtwert = richtwert_of(make_person(), stichtag)
    assert (richtwert.betrag, richtwert.gilt) == (Decimal(betrag), gilt)
    assert richtwert.gueltig_ab == date(2010, 1, 1)


@pytest.mark.parametrize("stichtag", [date(2018, 1, 1), date(2020, 1, 1), date(2026, 5, 1)])
def test_richtwert_ends_with_the_old_law(stichtag):
    assert richtwert_of(make_person(), stichtag) is None


@pytest.mark.parametrize("felder", [{"hilfebedarfsgruppe": None}, {"behinderungsart": "unbekannt"}])
def test_richtwert_needs_gruppe_and_behinderungsart(felder):
    assert richtwert_of(make_person(**felder), date(2012, 1, 1)) is None


def test_pauschale_takes_the_richtwert_of_the_first_day():
    akte = fabriken.make_akte(SPAET)
    fabriken.start(akte)
    fabriken.teil(akte, "teilhabe", "pauschale")
    row = akte.budget.teilbudgets.get()
    assert (row.betrag, row.richtwert, row.richtwert_gilt) == (
        Decimal("1120.00"),
        Decimal("1120.00"),
        True,
    )


def test_pauschale_refuses_another_amount():
    akte = fabriken.make_akte(SPAET)
    fabriken.start(akte)
    with pytest.raises(SchrittUnzulaessig, match=r"Die Pauschale beträgt 1\.120,00 €"):
        fabriken.teil(akte, "teilhabe", "pauschale", betrag=Decimal("1050"))


def test_pauschale_is_refused_before_the_table(akte):
    fabriken.start(akte)
    with pytest.raises(SchrittUnzulaessig, match=r"Für den 01\.12\.2005 gibt es"):
        fabriken.teil(akte, "teilhabe", "pauschale")
    assert akte.budget.teilbudgets.count() == 0


def test_deviation_from_the_richtwert_needs_a_reason(akte):
    fabriken.start(akte)
    with pytest.raises(SchrittUnzulaessig, match=r"weicht vom Richtwert 1\.120,00 € ab"):
        fabriken.teil(akte, "teilhabe", "individuell", betrag=Decimal("1050"))
    fabriken.teil(akte, "teilhabe", "individuell", betrag=Decimal("1120"))
    assert akte.budget.teilbudgets.get().abweichung == 0


@pytest.mark.parametrize(
    ("art", "felder", "satz"),
    [
        ("individuell", {"betrag": Decimal("0")}, "größer als 0,00 €"),
        ("individuell", {}, "Bitte geben Sie den Betrag im Monat an"),
        ("satz", {}, "den gesetzlichen Satz"),
    ],
)
def test_amount_is_asked_for(akte, art, felder, satz):
    fabriken.start(akte)
    with pytest.raises(SchrittUnzulaessig, match=satz):
        fabriken.teil(akte, "pflege", art, **felder)


def test_voucher_above_the_statutory_amount_is_refused(akte):
    fabriken.start(akte)
    with pytest.raises(SchrittUnzulaessig, match=r"höher als der gesetzliche Betrag von 921,00 €"):
        fabriken.teil(
            akte,
            "pflegekasse",
            "gutschein",
            betrag=Decimal("921.01"),
            parameter_schluessel="pflegesachleistung.stufe2",
        )


def test_statutory_amount_outside_its_days_is_an_error():
    akte = fabriken.make_akte(fabriken.B)
    fabriken.start(akte)
    with pytest.raises(ParameterUnbekannt, match="kein Wert hinterlegt"):
        fabriken.teil(
            akte, "pflegekasse", "gutschein", parameter_schluessel="pflegesachleistung.stufe2"
        )


def test_money_for_pflegesachleistung_is_refused(akte):
    fabriken.start(akte)
    with pytest.raises(SchrittUnzulaessig, match="nur als Gutschein"):
        fabriken.teil(akte, "pflegekasse", "satz", betrag=Decimal("921"))


def test_leistung_of_another_plan_is_refused(akte):
    fremd = fabriken.make_akte(kennung="zwei")
    fabriken.start(akte)
    with pytest.raises(SchrittUnzulaessig, match="nicht im Gesamtplan"):
        set_teilbudget(
            budget=akte.budget,
            leistung=fremd.leistungen["pflege"],
            bemessungsart="individuell",
            betrag=Decimal("1"),
            by=akte.fallmanager,
            tag=akte.tage.plan,
        )


def test_stellungnahme_in_the_future_is_refused(akte):
    fabriken.start(akte)
    with pytest.raises(SchrittUnzulaessig, match="Stellungnahme liegt in der Zukunft"):
        fabriken.teil(
            akte,
            "pflegekasse",
            "gutschein",
            betrag=Decimal("1"),
            stellungnahme_vom=date(2005, 11, 8),
        )


def test_setting_twice_changes_the_one_row(akte):
    fabriken.bemiss(akte)
    fabriken.teil(akte, "pflege", "individuell", betrag=Decimal("400"))
    row = akte.budget.teilbudgets.get(leistung=akte.leistungen["pflege"])
    assert (row.betrag, akte.budget.teilbudgets.count()) == (Decimal("400.00"), 4)


def test_remove_teilbudget_leaves_the_leistung(akte):
    fabriken.bemiss(akte)
    row = akte.budget.teilbudgets.get(leistung=akte.leistungen["pflege"])
    remove_teilbudget(teilbudget=row, by=akte.fallmanager, tag=akte.tage.plan)
    assert akte.budget.teilbudgets.count() == 3
    assert akte.plan.leistungen.count() == 4


def test_teilbudget_is_fixed_once_the_zielvereinbarung_is_signed(vorgelegt):
    row = vorgelegt.budget.teilbudgets.first()
    with pytest.raises(ProgrammingError, match="festgeschriebenen Fassung"), transaction.atomic():
        Teilbudget.objects.filter(pk=row.pk).update(betrag=Decimal("1"))
    with pytest.raises(SchrittUnzulaessig, match="nicht möglich"):
        fabriken.teil(vorgelegt, "pflege", "individuell", betrag=Decimal("1"))
    row.refresh_from_db()
    assert row.betrag == Decimal("1050.00")


@pytest.mark.parametrize(
    ("werte", "name"),
    [
        ({"betrag": Decimal("0")}, "teilbudget_betrag_positiv"),
        ({"abweichung_grund": ""}, "teilbudget_abweichung_begruendet"),
        ({"richtwert_ab": None}, "teilbudget_richtwert_mit_tag"),
        ({"bemessungsart": "gutschein"}, "teilbudget_gutschein_ist_gutschein"),
        ({"nachweisart": "brief"}, "teilbudget_nachweisart_gueltig"),
    ],
)
def test_database_refuses_what_the_service_would(akte, werte, name):
    fabriken.bemiss(akte)
    rows = Teilbudget.objects.filter(leistung=akte.leistungen["teilhabe"])
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.update(**werte)


def test_finish_bemessung_moves_on(akte):
    fabriken.tell("bemessen", akte=akte)
    assert akte.budget.state == "bemessen"


def test_finish_bemessung_names_what_is_missing(akte):
    fabriken.start(akte)
    with pytest.raises(SchrittUnzulaessig, match="noch kein Teilbudget"):
        finish_bemessung(budget=akte.budget, by=akte.fallmanager, tag=akte.tage.plan)
    akte.budget.refresh_from_db()
    assert akte.budget.state == "beantragt"
