"""On which days a grant is in force when a decision comes late, falls away, or comes too late."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from budget.folge.services import bescheid as folge
from budget.folge.services import wirkung
from budget.models import Folgebescheid
from budget.verfahren.services import end_budget
from budget.zahlung.queries import list_zahlungen
from cases.fall.services.tod import record_death, withdraw_death
from cases.frist.services.frist import start_frist
from cases.models import Frist
from cases.registry.beitrag import registry
from cases.schreiben.services.versand import record_aufgabe, send
from cases.services.ereignis import gegenstand_of
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db

VERZICHT = {"anhoerung_verzicht": "5", "verzicht_grund": "Das Einkommen ist gestiegen."}
FREIGABE = date(2026, 6, 22)


def released(akte, art="aufhebung", **angaben) -> Folgebescheid:
    """Return a decision from 01.07. that was released on 22.06.: made known in time till 26.06."""
    werte = {"wirkt_ab": date(2026, 7, 1)} | VERZICHT | angaben
    row = geschichte.draft(akte, art, akte.budget, **werte)
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=FREIGABE)
    return folge.release_folgebescheid(row=row, by=akte.leitung, tag=FREIGABE)


def paid_until(tag: date) -> date | None:
    """Return the last day that the Kasse pays for."""
    return list_zahlungen(make_user("kasse", "Kasse"), tag)[0].plan.ende


@pytest.mark.parametrize(
    ("am", "satz"),
    [(date(2026, 6, 26), ""), (date(2026, 6, 27), "nach dem 01.07.2026")],
)
def test_what_reaches_ahead_only_does_not_leave_too_late(am, satz):
    # 26.06. + 4 = 30.06. is before the 01.07.; 27.06. + 4 = 01.07. is not.
    akte = geschichte.running()
    row = released(akte)
    if satz:
        with pytest.raises(SchrittUnzulaessig, match=satz):
            send(schreiben=row.schreiben, weg="post", by=akte.fallmanager, tag=am)
    else:
        assert send(schreiben=row.schreiben, weg="post", by=akte.fallmanager, tag=am).pk


@pytest.mark.parametrize(
    ("art", "angaben", "letzter"),
    [
        ("aufhebung", {}, date(2026, 7, 7)),
        (
            "ruecknahme",
            {"fall_des_gesetzes": "0"},
            date(2026, 7, 7),
        ),
        (
            "aufhebung_vergangen",
            {"fall_des_gesetzes": "2", "kenntnis_am": date(2026, 6, 1)},
            date(2026, 6, 30),
        ),
    ],
)
def test_no_decision_works_behind_its_bekanntgabe_without_a_case_of_the_law(art, angaben, letzter):
    # § 39 Abs. 1, § 45 Abs. 4 S. 1, § 48 Abs. 1 SGB X: ordered on 22.06., posted on 03.07., made
    # known on 07.07.: ends with that day at the earliest, unless a case of the law reaches back.
    akte = geschichte.running()
    row = released(akte, art, **angaben)
    versand = send(schreiben=row.schreiben, weg="post", by=akte.fallmanager, tag=FREIGABE)
    am = date(2026, 7, 3)
    record_aufgabe(versand=versand, aufgabe_am=am, by=akte.fallmanager, tag=am)
    wirkung.begin_wirkungen(tag=date(2026, 7, 7))
    row.refresh_from_db()
    assert row.wirksam_am == date(2026, 7, 7)
    assert paid_until(date(2026, 7, 7)) == letzter
    ahead = letzter == row.wirksam_am
    assert geschichte.refresh(akte).budget.state == ("laeuft" if ahead else "beendet")
    zeilen = " ".join(e.text for e in akte.case.ereignisse.all())
    assert ("erst ab dem 08.07.2026" in zeilen) is ahead
    assert row.verspaetet_bekannt is ahead
    wirkung.begin_wirkungen(tag=date(2026, 7, 8))
    assert geschichte.refresh(akte).budget.state == "beendet"


def test_the_page_warns_that_it_works_later(client):
    akte = geschichte.running()
    row = released(akte)
    geschichte.post(akte, row.schreiben, date(2026, 6, 24))
    Folgebescheid.objects.filter(pk=row.pk).update(wirksam_am=date(2026, 7, 7))
    client.force_login(akte.fallmanager)
    seite = client.get(reverse("folgebescheid", args=[akte.case.pk, row.pk])).content.decode()
    assert "Wirkt später als im Bescheid" in seite
    assert "erst ab dem 08.07.2026" in seite


def test_what_has_ended_by_itself_does_not_run_again():
    # § 39 Abs. 2 SGB X: the time was over on 30.06.; the Rücknahme came after that.
    akte = geschichte.running(ende=date(2026, 6, 30))
    end_budget(budget=akte.budget, grund="Zeit um", by=akte.leitung, tag=date(2026, 7, 1))
    row = geschichte.draft(
        akte,
        "ruecknahme",
        geschichte.refresh(akte).budget,
        wirkt_ab=date(2026, 6, 1),
        fall_des_gesetzes="2",
        kenntnis_am=date(2026, 6, 20),
        **VERZICHT,
    )
    row = geschichte.decide(akte, row, date(2026, 7, 6))
    geschichte.attack(akte, row.schreiben, date(2026, 7, 13))
    assert geschichte.refresh(akte).budget.state == "beendet"
    # What is owed for the time before its end is owed all the same.
    assert paid_until(date(2026, 7, 13)) == date(2026, 6, 30)


def test_what_a_decision_has_ended_runs_again_with_all_its_fristen():
    akte = geschichte.running()
    start_frist(
        case=akte.case,
        regel="F43",
        gegenstand=akte.budget,
        ausloeser=date(2026, 5, 1),
        by=akte.fallmanager,
    )
    row = geschichte.lift(akte, ab=date(2026, 7, 1))
    fristen = Frist.objects.filter(gegenstand=gegenstand_of(akte.budget))
    vorher = set(fristen.filter(state="offen").values_list("regel", "ende"))
    assert {regel for regel, _ in vorher} == {"F30", "F31", "F43"}
    wirkung.begin_wirkungen(tag=date(2026, 7, 1))
    assert not fristen.filter(state="offen").exists()
    geschichte.attack(akte, row.schreiben, date(2026, 7, 3))
    assert geschichte.refresh(akte).budget.state == "laeuft"
    assert set(fristen.filter(state="offen").values_list("regel", "ende")) == vorher


def test_a_budget_without_end_ends_with_the_death_of_the_person():
    # § 39 Abs. 2 SGB X, § 59 SGB I: nobody is heard, nothing is lifted.
    akte = geschichte.running()
    tod, tag = date(2026, 6, 10), date(2026, 6, 15)
    with pytest.raises(SchrittUnzulaessig, match="nur durch eine Aufhebung"):
        end_budget(budget=akte.budget, grund="gestorben", by=akte.leitung, tag=tag)
    record_death(case=akte.case, am=tod, quelle="sterbeurkunde", by=akte.fallmanager, tag=tag)
    saetze = [
        hindernis.text
        for quelle in registry.abschlusshindernisse
        for hindernis in quelle(geschichte.refresh(akte).case, tag)
    ]
    assert any("endet mit dem Tod" in satz for satz in saetze)
    assert not any("Aufhebung" in satz or "heben Sie" in satz for satz in saetze)
    end_budget(budget=akte.budget, grund="gestorben", by=akte.leitung, tag=tag)
    assert geschichte.refresh(akte).budget.state == "beendet"
    assert akte.case.ereignisse.filter(text__contains="mit dem Tod am 10.06.2026").exists()
    # It was somebody else who died.
    withdraw_death(case=akte.case, grund="Verwechslung", by=akte.fallmanager, tag=tag)
    assert geschichte.refresh(akte).budget.state == "laeuft"
    offen = Frist.objects.filter(gegenstand=gegenstand_of(akte.budget), state="offen")
    assert set(offen.values_list("regel", flat=True)) == {"F30", "F31"}


def jahresfrist(akte):
    rows = Frist.objects.filter(case=akte.case, regel="F71").order_by("pk")
    return list(rows.values_list("ausloeser_datum", "state"))


def test_year_of_knowledge_runs_from_the_draft_to_the_bekanntgabe_and_runs_again():
    # § 45 Abs. 4 S. 2 SGB X: one year from knowing the facts.
    akte = geschichte.running()
    row = geschichte.draft(
        akte,
        "ruecknahme",
        akte.budget,
        wirkt_ab=date(2026, 5, 1),
        fall_des_gesetzes="2",
        kenntnis_am=date(2026, 6, 1),
        **VERZICHT,
    )
    assert jahresfrist(akte) == [(date(2026, 6, 1), "offen")]
    frist = Frist.objects.get(case=akte.case, regel="F71")
    assert (frist.ende, frist.gegenstand) == (date(2027, 6, 1), gegenstand_of(row))
    werte = {name: getattr(row, name) for name in folge.ANGABEN}
    row = folge.update_folgebescheid(
        row=row,
        by=akte.fallmanager,
        tag=FREIGABE,
        angaben=werte | {"kenntnis_am": date(2026, 6, 2)},
    )
    assert jahresfrist(akte) == [(date(2026, 6, 1), "aufgehoben"), (date(2026, 6, 2), "offen")]
    row = geschichte.decide(akte, row, FREIGABE)
    assert jahresfrist(akte)[1:] == [(date(2026, 6, 2), "gewahrt")]
    wirkung.record_bekanntgabe(row.schreiben, None, akte.fallmanager, date(2026, 7, 10))
    assert jahresfrist(akte)[1:] == [(date(2026, 6, 2), "aufgehoben"), (date(2026, 6, 2), "offen")]


@pytest.mark.parametrize(
    ("art", "angaben"),
    [
        ("ruecknahme", {"fall_des_gesetzes": "2"}),
        ("aufhebung_vergangen", {"fall_des_gesetzes": "1", "kenntnis_am": date(2026, 6, 1)}),
        ("aufhebung", {"kenntnis_am": date(2026, 6, 1)}),
    ],
)
def test_no_year_without_a_day_in_favour_of_the_person_or_for_the_time_to_come(art, angaben):
    akte = geschichte.running()
    geschichte.draft(akte, art, akte.budget, wirkt_ab=date(2026, 5, 1), **VERZICHT, **angaben)
    assert jahresfrist(akte) == []


def test_draft_that_is_thrown_away_lifts_the_year():
    akte = geschichte.running()
    row = geschichte.draft(
        akte,
        "ruecknahme",
        akte.budget,
        wirkt_ab=date(2026, 5, 1),
        fall_des_gesetzes="2",
        kenntnis_am=date(2026, 6, 1),
        **VERZICHT,
    )
    folge.discard_folgebescheid(row=row, by=akte.fallmanager, tag=FREIGABE)
    assert jahresfrist(akte) == [(date(2026, 6, 1), "aufgehoben")]
