"""Dated facts: periods, corrections, what is refused, what the Chronik says."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from schwifty import IBAN

from cases.forms.konto import konto_passt
from cases.models import (
    Anschrift,
    Bankverbindung,
    Pflegeeinstufung,
    Vertretungsverhaeltnis,
    Wohnsituation,
)
from cases.models.stand import stand_of
from cases.person.forms.personenangabe import PflegeeinstufungForm, SchwerbehinderungForm
from cases.person.guards.personenangabe import keine_ueberschneidung
from cases.person.queries.personenangabe import werte_of_angabe
from cases.person.services.personenangabe import (
    add_angabe,
    change_angabe,
    remove_angabe,
)
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import HEUTE, make_fall
from tests.fabriken import IBAN as ALT

NEU = "DE02120300000000202051"
KONTO = {"iban": NEU, "kontoinhaber": "Emil Muster"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(fallmanager):
    return make_fall(fallmanager)


def add(case, modell, werte, ab, bis=None):
    return add_angabe(
        case=case,
        modell=modell,
        werte=werte,
        gueltig_ab=ab,
        gueltig_bis=bis,
        by=case.caseworker,
        tag=HEUTE,
    )


def test_new_account_ends_the_old_one_the_day_before(case):
    add(case, Bankverbindung, KONTO, date(2026, 12, 1))
    person = case.leistungsberechtigte_person
    assert person.iban_am(date(2026, 11, 30)) == ALT
    assert person.iban_am(date(2026, 12, 1)) == NEU
    assert person.bankverbindungen.get(gueltig_bis=None).iban_ende == "2051"
    letztes = case.ereignisse.latest("id").text
    assert letztes == "Bankverbindung eingetragen ab 01.12.2026"


def test_value_before_its_period_is_none(case):
    person = case.leistungsberechtigte_person
    assert person.hilfebedarfsgruppe_am(date(1999, 12, 31)) is None
    assert person.hilfebedarfsgruppe_am(date(2000, 1, 1)) == 3


def test_overlap_is_refused_and_changes_nothing(case):
    with pytest.raises(SchrittUnzulaessig, match=r"ab dem 01.01.2000, ohne Ende"):
        add(case, Bankverbindung, KONTO, date(1999, 1, 1))
    assert case.leistungsberechtigte_person.bankverbindungen.get().gueltig_bis is None


def test_overlap_is_refused_by_the_database_too(case):
    person = case.leistungsberechtigte_person
    with (
        pytest.raises(IntegrityError, match="anschrift_ohne_ueberschneidung"),
        transaction.atomic(),
    ):
        Anschrift.objects.create(
            leistungsberechtigte_person=person,
            strasse="Weg 1",
            plz="70999",
            ort="Musterau",
            gueltig_ab=HEUTE,
        )


def test_keine_ueberschneidung():
    erste = Wohnsituation(gueltig_ab=date(2020, 1, 1), gueltig_bis=date(2020, 12, 31))
    danach = Wohnsituation(gueltig_ab=date(2021, 1, 1))
    assert keine_ueberschneidung(erste, danach) is None
    danach.gueltig_ab = date(2020, 12, 31)
    # One day in common is enough, whichever of the two is looked at first.
    assert "bereits etwas eingetragen" in keine_ueberschneidung(danach, erste).text
    assert "bereits etwas eingetragen" in keine_ueberschneidung(erste, danach).text


def test_stale_form_is_refused(case):
    row = case.leistungsberechtigte_person.bankverbindungen.get()
    gesehen = stand_of(werte_of_angabe(row))
    werte = {**KONTO, "beleg_geprueft": True}
    ab = row.gueltig_ab
    rest = {"case": case, "angabe": row, "gueltig_ab": ab, "gueltig_bis": None, "tag": HEUTE}
    change_angabe(werte=werte, gesehen=gesehen, by=case.caseworker, **rest)
    with pytest.raises(SchrittUnzulaessig, match="inzwischen geändert"):
        change_angabe(werte={}, gesehen=gesehen, by=case.caseworker, **rest)


def test_end_and_removal_are_told_in_the_chronik(case):
    row = case.leistungsberechtigte_person.anschriften.get()
    change_angabe(
        case=case,
        angabe=row,
        werte={},
        gueltig_ab=row.gueltig_ab,
        gueltig_bis=HEUTE,
        by=case.caseworker,
        tag=HEUTE,
    )
    remove_angabe(case=case, angabe=row, grund="Verwechslung", by=case.caseworker, tag=HEUTE)
    texte = list(case.ereignisse.order_by("-id").values_list("text", flat=True)[:2])
    assert texte == [
        "Anschrift gelöscht (versehentlich eingetragen): Verwechslung",
        "Anschrift beendet zum 20.11.2026",
    ]
    assert not Anschrift.objects.exists()


def test_unknown_needs_a_reason_and_a_value_has_none(case):
    add(case, Pflegeeinstufung, {"unbekannt_grund": "beantragt"}, HEUTE)
    for werte in ({}, {"stand": "grad_2", "unbekannt_grund": "beantragt"}):
        with (
            pytest.raises(IntegrityError, match="pflegeeinstufung_wert_oder_grund"),
            transaction.atomic(),
        ):
            add(case, Pflegeeinstufung, werte, date(2027, 1, 1))


def test_two_representatives_may_hold_at_once(case):
    for nachname in ("Eins", "Zwei"):
        add(case, Vertretungsverhaeltnis, {"art": "vollmacht", "nachname": nachname}, HEUTE)
    assert case.leistungsberechtigte_person.vertretungen.filter(gueltig_bis=None).count() == 2


@pytest.mark.parametrize(
    ("stand", "ab", "bis", "feld"),
    [
        ("grad_2", "31.12.2016", "", "gueltig_ab"),
        ("grad_2", "01.01.2017", "", None),
        ("stufe_1", "01.01.2010", "", "gueltig_bis"),
        ("stufe_1", "01.01.2010", "01.01.2017", "gueltig_bis"),
        ("stufe_1", "01.01.2010", "31.12.2016", None),
        ("grad_3", "01.02.2020", "31.01.2020", "gueltig_bis"),
        ("", "01.02.2020", "", "stand"),
    ],
)
def test_pflegeeinstufung_fits_its_days(stand, ab, bis, feld):
    form = PflegeeinstufungForm({"stand": stand, "gueltig_ab": ab, "gueltig_bis": bis})
    assert list(form.errors) == ([feld] if feld else [])


@pytest.mark.parametrize(
    ("gdb", "extra", "feld"),
    [
        ("50", {"merkzeichen": ["G"]}, None),
        ("40", {"merkzeichen": ["G"]}, "merkzeichen"),
        ("30", {"gleichgestellt": "on"}, None),
        ("50", {"gleichgestellt": "on"}, "gleichgestellt"),
        ("55", {}, "gdb"),
        ("60", {"ausweis_bis": "01.01.2019"}, "ausweis_bis"),
    ],
)
def test_schwerbehinderung_fits_its_degree(gdb, extra, feld):
    form = SchwerbehinderungForm({"gdb": gdb, "gueltig_ab": "01.01.2020", **extra})
    assert list(form.errors) == ([feld] if feld else [])


def test_account_number_is_held_against_the_procedure_of_the_bank():
    falsch = str(IBAN.generate("DE", bank_code="12030000", account_code="0000202052"))
    assert (konto_passt(NEU), konto_passt(falsch)) == (True, False)
