"""A Widerspruch: in time or not, what it holds up, how it ends."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budget.folge.services import bescheid as folge
from budget.folge.services import widerspruch as service
from budget.folge.services import wirkung
from budget.zahlung.queries import list_zahlungen
from cases.frist.services.fristenlauf import sweep
from cases.models.stand import stand_of, werte_of
from cases.services.ereignis import gegenstand_of
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte
from tests.fabriken import make_leitung, make_user

pytestmark = pytest.mark.django_db

# Made known on 24.04.2026: one month ends on Sunday 24.05., Monday 25.05. is Pfingstmontag.
LETZTER = date(2026, 5, 26)


@pytest.mark.parametrize(("eingang", "rechtzeitig"), [(LETZTER, True), (date(2026, 5, 27), False)])
def test_the_last_day_counts_to_its_end_and_the_next_does_not(eingang, rechtzeitig):
    akte = geschichte.running()
    row = geschichte.attack(akte, akte.bescheid.schreiben, eingang)
    assert row.frist_bis == LETZTER
    assert row.zulaessig is rechtzeitig
    assert akte.case.fristen.get(regel="F55").ausloeser_datum == eingang


@pytest.mark.parametrize("form", ["email", "muendlich"])
def test_a_way_that_the_law_does_not_know_does_not_meet_the_frist(form):
    akte = geschichte.running()
    assert not geschichte.attack(
        akte, akte.bescheid.schreiben, date(2026, 5, 4), form=form
    ).zulaessig


def test_an_attacked_grant_is_not_final_until_the_widerspruch_is_over():
    akte = geschichte.running()
    row = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 5, 11))
    sweep(tag=date(2026, 5, 28))
    assert geschichte.refresh(akte).bescheid.state == "versandt"
    service.withdraw_widerspruch(
        row=row, am=date(2026, 6, 1), by=akte.fallmanager, tag=date(2026, 6, 1)
    )
    assert geschichte.refresh(akte).bescheid.state == "bestandskraeftig"
    assert akte.case.fristen.get(regel="F55").state == "aufgehoben"


def test_a_late_one_leaves_it_final_and_a_reinstated_one_opens_it_again():
    akte = geschichte.running()
    sweep(tag=date(2026, 5, 28))
    assert geschichte.refresh(akte).bescheid.state == "bestandskraeftig"
    row = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 6, 1))
    assert geschichte.refresh(akte).bescheid.state == "bestandskraeftig"
    werte = {name: getattr(row, name) for name in service.ANGABEN}
    service.update_widerspruch(
        row=row,
        by=akte.fallmanager,
        tag=date(2026, 6, 2),
        angaben=werte
        | {"wiedereinsetzung": "gewaehrt", "wiedereinsetzung_grund": "lag im Krankenhaus"},
    )
    assert geschichte.refresh(akte).bescheid.state == "versandt"


def test_a_widerspruch_against_the_end_keeps_the_money_flowing():
    # § 86a Abs. 1 S. 1 SGG
    akte = geschichte.running()
    row = geschichte.lift(akte, ab=date(2026, 7, 1))
    widerspruch = geschichte.attack(akte, row.schreiben, date(2026, 6, 26))
    wirkung.begin_wirkungen(tag=date(2026, 7, 1))
    assert geschichte.refresh(akte).budget.state == "laeuft"
    kasse = make_user("kasse", "Kasse")
    assert list_zahlungen(kasse, date(2026, 7, 1))[0].plan.ende is None
    service.withdraw_widerspruch(
        row=widerspruch, am=date(2026, 7, 6), by=akte.fallmanager, tag=date(2026, 7, 6)
    )
    assert geschichte.refresh(akte).budget.state == "beendet"
    assert list_zahlungen(kasse, date(2026, 7, 6))[0].plan.ende == date(2026, 6, 30)


def test_one_that_comes_after_the_end_brings_the_payment_back():
    akte = geschichte.running()
    row = geschichte.lift(akte, ab=date(2026, 7, 1))
    wirkung.begin_wirkungen(tag=date(2026, 7, 1))
    assert geschichte.refresh(akte).budget.state == "beendet"
    geschichte.attack(akte, row.schreiben, date(2026, 7, 3))
    assert geschichte.refresh(akte).budget.state == "laeuft"


def test_an_order_of_immediate_effect_takes_the_suspension_away():
    # § 86a Abs. 2 Nr. 5 SGG
    akte = geschichte.running()
    row = geschichte.lift(
        akte, ab=date(2026, 7, 1), sofort_vollziehbar=True, sofort_grund="Das Geld ginge verloren."
    )
    geschichte.attack(akte, row.schreiben, date(2026, 6, 26))
    wirkung.begin_wirkungen(tag=date(2026, 7, 1))
    assert geschichte.refresh(akte).budget.state == "beendet"


def test_abhilfe_ends_what_was_attacked():
    akte = geschichte.running()
    row = geschichte.lift(akte, ab=date(2026, 7, 1))
    widerspruch = geschichte.attack(akte, row.schreiben, date(2026, 6, 26))
    abhilfe = geschichte.draft(akte, "abhilfe", widerspruch)
    geschichte.decide(akte, abhilfe, date(2026, 7, 6))
    widerspruch.refresh_from_db()
    assert (widerspruch.state, widerspruch.ausgang) == ("abgeholfen", "erfolg")
    assert akte.case.fristen.get(regel="F55").state == "gewahrt"
    wirkung.begin_wirkungen(tag=date(2026, 8, 1))
    assert geschichte.refresh(akte).budget.state == "laeuft"
    # A decision that opens no Widerspruch starts none.
    assert not akte.case.fristen.filter(regel="F51", gegenstand=gegenstand_of(abhilfe)).exists()


def test_the_widerspruchsbescheid_comes_from_somebody_else_and_opens_the_way_to_court():
    akte = geschichte.running()
    widerspruch = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 5, 11))
    row = geschichte.draft(
        akte, "widerspruchsbescheid", widerspruch, gericht="Sozialgericht Musterau, Am Tor 1"
    )
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="andere Person"):
        folge.release_folgebescheid(row=row, by=akte.leitung, tag=geschichte.HEUTE)
    andere = make_leitung("ltg2", akte.case.team)
    row = folge.release_folgebescheid(row=row, by=andere, tag=geschichte.HEUTE)
    geschichte.post(akte, row.schreiben, geschichte.HEUTE)
    widerspruch.refresh_from_db()
    assert (widerspruch.state, widerspruch.erledigt_am) == ("entschieden", date(2026, 6, 5))
    klage = akte.case.fristen.get(regel="F53")
    assert klage.ende == date(2026, 7, 6)  # 05.07.2026 is a Sunday
    service.record_klage(
        row=widerspruch,
        am=date(2026, 6, 29),
        gericht="Sozialgericht Musterau, S 3 SO 1/26",
        by=akte.fallmanager,
        tag=date(2026, 6, 29),
    )
    sweep(tag=date(2026, 7, 8))
    assert geschichte.refresh(akte).bescheid.state == "versandt"
    widerspruch.refresh_from_db()
    service.finish_klage(
        row=widerspruch,
        am=date(2026, 9, 1),
        ausgang="ohne_erfolg",
        by=akte.fallmanager,
        tag=date(2026, 9, 1),
    )
    assert geschichte.refresh(akte).bescheid.state == "bestandskraeftig"


@pytest.mark.parametrize("art", ["abhilfe", "widerspruchsbescheid"])
def test_who_recorded_or_changed_the_widerspruch_does_not_release_the_answer(art):
    """In time or late is decided by what was written there: one person alone decides neither."""
    akte = geschichte.running()
    widerspruch = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 5, 11))
    andere, dritte = make_leitung("ltg2", akte.case.team), make_leitung("ltg3", akte.case.team)
    werte = {name: getattr(widerspruch, name) for name in service.ANGABEN}
    stand = stand_of(werte_of(widerspruch, service.ANGABEN))
    for by in (andere, akte.fallmanager):
        widerspruch = service.update_widerspruch(
            row=widerspruch, by=by, tag=geschichte.HEUTE, angaben=werte, gesehen=stand
        )
    row = geschichte.draft(akte, art, widerspruch, gericht="Sozialgericht X")
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="Widerspruch selbst erfasst"):
        folge.release_folgebescheid(row=row, by=andere, tag=geschichte.HEUTE)
    assert folge.release_folgebescheid(row=row, by=dritte, tag=geschichte.HEUTE).schreiben


def test_without_a_klage_the_decision_is_final_after_a_month():
    akte = geschichte.running()
    widerspruch = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 5, 11))
    row = geschichte.draft(akte, "widerspruchsbescheid", widerspruch, gericht="Sozialgericht X")
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    andere = make_leitung("ltg2", akte.case.team)
    row = folge.release_folgebescheid(row=row, by=andere, tag=geschichte.HEUTE)
    geschichte.post(akte, row.schreiben, geschichte.HEUTE)
    sweep(tag=date(2026, 7, 6))
    assert geschichte.refresh(akte).bescheid.state == "versandt"
    sweep(tag=date(2026, 7, 7))
    assert geschichte.refresh(akte).bescheid.state == "bestandskraeftig"


def test_an_inadmissible_one_is_not_granted():
    akte = geschichte.running()
    widerspruch = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 5, 27))
    row = geschichte.draft(akte, "abhilfe", widerspruch)
    with pytest.raises(SchrittUnzulaessig, match="nicht abgeholfen"):
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)


def test_nothing_is_asked_back_while_the_end_is_attacked():
    akte = geschichte.running()
    aufhebung = geschichte.lift(akte, ab=date(2026, 7, 1))
    geschichte.attack(akte, aufhebung.schreiben, date(2026, 6, 26))
    row = geschichte.draft(
        akte,
        "erstattung",
        akte.budget,
        betrag=Decimal("1463.00"),
        zeitraum_von=date(2026, 7, 1),
        zeitraum_bis=date(2026, 7, 31),
        anhoerung_verzicht="5",
        verzicht_grund="Folgt aus der Aufhebung.",
    )
    with pytest.raises(SchrittUnzulaessig, match="aufschiebende Wirkung"):
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=date(2026, 8, 3))


@pytest.mark.parametrize(
    ("eingang", "satz"),
    [
        (date(2026, 4, 19), r"liegt vor dem Tag des Bescheids \(20\.04\.2026\)"),
        (date(2026, 6, 2), "liegt in der Zukunft"),
    ],
)
def test_a_day_before_the_decision_or_ahead_is_refused(eingang, satz):
    akte = geschichte.running()
    with pytest.raises(SchrittUnzulaessig, match=satz):
        service.record_widerspruch(
            case=akte.case,
            schreiben=akte.bescheid.schreiben,
            by=akte.fallmanager,
            tag=geschichte.HEUTE,
            angaben={"eingang_am": eingang, "form": "schriftlich"},
        )
