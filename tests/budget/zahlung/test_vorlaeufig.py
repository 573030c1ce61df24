"""What the Kasse pays before the Antrag is decided, what of it is credited, and what is too much.

§ 42 Abs. 2 SGB I.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.bescheid.queries.vorlaeufig import vorlaeufig_am, zu_viel_geleistet
from budget.bescheid.schreiben.vorab import vorab_daten
from budget.bescheid.services.wirksamkeit import begin_wirkungen
from budget.folge.queries.gegenstand import gegenstaende_of
from budget.models import VorlaeufigeAnweisung
from budget.models.zahlung import Zahlungswunsch
from budget.states.folge import FOLGEARTEN
from budget.zahlung.forms import read_wuensche
from budget.zahlung.queries import list_zahlungen, month_of, orders_of, rueckforderungen_of
from budget.zahlung.services import record_anweisungen, withdraw_anweisung
from cases.models import Case
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.budget.folge import geschichte, vorlaeufig
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db
MAERZ, APRIL, MAI = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
GELD, VOLL = Decimal("1500.00"), Decimal("1793.00")


def month(kasse, monat: date, tag: date):
    """Return the list of the Kasse for a month as it is on a day."""
    zahlungen, angewiesen = list_zahlungen(kasse, tag), orders_of(kasse, tag)
    rueck = rueckforderungen_of(kasse, tag, zahlungen, angewiesen)
    return month_of(zahlungen, monat, tag, angewiesen, rueck)


def paid():
    """Return a case with March and April paid provisionally."""
    akte, bescheid = vorlaeufig.granted()
    kasse = make_user("kasse", "Kasse")
    for monat, tag in ((MAERZ, date(2026, 3, 16)), (APRIL, date(2026, 3, 30))):
        wunsch = Zahlungswunsch(bescheid.pk, monat, GELD, vorlaeufig=True)
        record_anweisungen(wuensche=[wunsch], by=kasse, tag=tag)
    return akte, kasse, bescheid


def grant(akte) -> None:
    """Decide the Antrag: 1.793 euro in money a month from 01.04.2026 on, known on 24.04."""
    fabriken.insert_bescheid(fabriken.insert_vorgelegt(akte), "freigegeben")
    am = akte.tage.bescheid
    versand = send(schreiben=akte.bescheid.schreiben, weg="post", by=akte.fallmanager, tag=am)
    record_aufgabe(versand=versand, aufgabe_am=am, by=akte.fallmanager, tag=am)
    begin_wirkungen(tag=date(2026, 4, 24))
    geschichte.refresh(akte)


def test_it_is_due_like_a_month_of_a_budget_and_is_ordered_once():
    akte, kasse, bescheid = paid()
    (posten,) = month(kasse, APRIL, date(2026, 4, 1)).posten
    assert (posten.vorlaeufig, posten.rate.betrag, posten.offen) == (True, GELD, False)
    assert posten.schluessel == f"v{bescheid.pk}:2026-04-01:1500.00"
    (wunsch,) = read_wuensche([posten.schluessel])
    assert wunsch == Zahlungswunsch(bescheid.pk, APRIL, GELD, vorlaeufig=True)
    with pytest.raises(SchrittUnzulaessig, match="04/2026 ist schon am 30"):
        record_anweisungen(wuensche=[wunsch], by=kasse, tag=date(2026, 4, 1))
    assert VorlaeufigeAnweisung.objects.count() == 2
    assert akte.case.ereignisse.filter(text__startswith="Vorläufige Auszahlung 04/2026").exists()


def test_it_ends_with_its_last_day():
    _, kasse, _ = paid()
    assert [p.rate.monat for p in month(kasse, MAI, MAI).posten] == [MAI]
    assert month(kasse, date(2026, 7, 1), date(2026, 7, 1)).posten == []


def test_it_ends_with_the_case_and_for_want_of_cooperation():
    akte, kasse, _ = paid()
    Case.objects.filter(pk=akte.case.pk).update(
        state="beendet", beendet_am=date(2026, 5, 16), beendet_art="antrag_zurueckgenommen"
    )
    (mai,) = month(kasse, MAI, MAI).posten
    assert (mai.ende, mai.rate.betrag) == (date(2026, 5, 15), Decimal("750.00"))
    assert month(kasse, date(2026, 6, 1), date(2026, 6, 1)).posten == []


def test_more_takes_the_place_of_it_and_a_month_that_is_ordered_gets_the_rest():
    akte, kasse, alt = paid()
    mehr = {"zeitraum_von": APRIL, "betrag": Decimal("1600.00")}
    geschichte.decide(akte, vorlaeufig.draft(akte, **mehr), date(2026, 4, 2))
    (april,) = month(kasse, APRIL, date(2026, 4, 8)).posten
    assert (april.grund[0] != alt.pk, april.angerechnet) == (True, GELD)
    assert april.rate.betrag == Decimal("100.00")
    (mai,) = month(kasse, MAI, MAI).posten
    assert (mai.rate.betrag, mai.angerechnet) == (Decimal("1600.00"), Decimal("0.00"))
    liste = month(kasse, MAERZ, date(2026, 4, 8))
    assert (list(liste.entfallen), list(liste.ueberzahlt)) == ([], [])


@pytest.mark.parametrize("zuerst", ["1500.00", "1200.00"])
def test_what_applied_on_a_day_is_what_is_paid_for_it(zuerst):
    """The page asks for one day what the Kasse asks for a month; both must name the same."""
    akte, _ = vorlaeufig.granted(betrag=Decimal(zuerst))
    mehr = {"zeitraum_von": APRIL, "betrag": Decimal("1600.00")}
    geschichte.decide(akte, vorlaeufig.draft(akte, **mehr), date(2026, 4, 2))
    gilt = {
        tag: vorlaeufig_am(akte.case, tag)
        for tag in (date(2026, 3, 31), date(2026, 4, 30), date(2026, 7, 1))
    }
    assert [row.betrag if row else None for row in gilt.values()] == [
        Decimal(zuerst),
        Decimal("1600.00"),
        None,
    ]
    Case.objects.filter(pk=akte.case.pk).update(state="beendet", beendet_am=date(2026, 5, 12))
    assert vorlaeufig_am(akte.case, date(2026, 5, 11)) is not None
    assert vorlaeufig_am(akte.case, date(2026, 5, 12)) is None


def test_the_grant_is_paid_less_what_was_paid_before_for_the_same_month():
    akte, kasse, _ = paid()
    grant(akte)
    tag = date(2026, 4, 24)
    liste = month(kasse, APRIL, tag)
    (posten,) = liste.posten
    assert (posten.vorlaeufig, posten.angerechnet, posten.rate.betrag) == (
        False,
        GELD,
        VOLL - GELD,
    )
    assert liste.entfallen == []
    assert liste.ueberzahlt == []
    (mai,) = month(kasse, MAI, tag).posten
    assert (mai.rate.betrag, mai.angerechnet) == (VOLL, Decimal("0.00"))
    # Nothing was granted for March: all of it is too much, and set off against nothing.
    (zu_viel,) = month(kasse, MAERZ, tag).ueberzahlt
    assert (zu_viel.monat, zu_viel.betrag) == (MAERZ, GELD)


def test_the_bescheid_says_that_it_ends_and_is_credited():
    akte, _, _ = paid()
    akte = fabriken.insert_vorgelegt(akte)
    assert vorab_daten(akte.budget, date(2026, 4, 20)) == {
        "seit": "2026-03-01",
        "vom": "2026-03-10",
        "beendet": "",
        "angewiesen": "3000.00",
    }
    # After its last day it does not end with the Bescheid any more.
    assert vorab_daten(akte.budget, date(2026, 7, 1))["beendet"] == "2026-06-30"


def test_no_more_is_asked_back_than_was_too_much():
    akte, _, _ = paid()
    grant(akte)
    antrag = akte.case.antraege.get()
    assert gegenstaende_of(akte.case, FOLGEARTEN["vorlaeufig_zurueck"]) == [antrag]
    assert zu_viel_geleistet(antrag, MAERZ, date(2026, 4, 30)) == GELD
    am = date(2026, 5, 4)
    with pytest.raises(SchrittUnzulaessig, match=r"noch 1\.500,00"):
        vorlaeufig.settle(akte, "1500.01", MAERZ, date(2026, 4, 30), am)


def test_a_part_that_is_asked_back_leaves_the_rest():
    akte, kasse, _ = paid()
    grant(akte)
    am = date(2026, 5, 4)
    vorlaeufig.settle(akte, "400.00", MAERZ, date(2026, 3, 31), am)
    (rest,) = month(kasse, MAERZ, date(2026, 5, 12)).ueberzahlt
    assert rest.betrag == Decimal("1100.00")
    vorlaeufig.settle(akte, "1100.00", MAERZ, date(2026, 3, 31), date(2026, 5, 13))
    assert month(kasse, MAERZ, date(2026, 5, 19)).ueberzahlt == []
    # What is asked back of March changes nothing in April.
    (april,) = month(kasse, APRIL, date(2026, 5, 19)).posten
    assert april.rate.betrag == VOLL - GELD


def test_after_a_refusal_all_of_it_stands_there_until_it_is_asked_back():
    akte, kasse, _ = paid()
    row = geschichte.draft(akte, "ablehnung", akte.case.antraege.get())
    geschichte.decide(akte, row, date(2026, 4, 20))
    tag = date(2026, 4, 27)
    liste = month(kasse, APRIL, tag)
    assert liste.posten == []
    assert [(r.anweisung.monat, r.betrag) for r in liste.entfallen] == [
        (MAERZ, GELD),
        (APRIL, GELD),
    ]
    vorlaeufig.settle(akte, "2000.00", MAERZ, date(2026, 4, 30), date(2026, 5, 4))
    liste = month(kasse, APRIL, date(2026, 5, 12))
    assert [(r.anweisung.monat, r.betrag) for r in liste.entfallen] == [(APRIL, Decimal("1000.00"))]


def test_less_takes_the_place_of_it_and_each_month_is_paid_once():
    akte, kasse, alt = paid()
    am = date(2026, 4, 13)
    neu = geschichte.decide(akte, vorlaeufig.lower(akte, MAI, "1200.00", am), am)
    (april,) = month(kasse, APRIL, am).posten
    assert (april.grund[0], april.rate.betrag, april.offen) == (alt.pk, GELD, False)
    (mai,) = month(kasse, MAI, MAI).posten
    assert (mai.grund[0], mai.rate.betrag, mai.ende) == (
        neu.pk,
        Decimal("1200.00"),
        date(2026, 6, 30),
    )
    record_anweisungen(
        wuensche=[Zahlungswunsch(neu.pk, MAI, Decimal("1200.00"), vorlaeufig=True)],
        by=kasse,
        tag=date(2026, 4, 29),
    )
    with pytest.raises(SchrittUnzulaessig, match="ist nichts mehr fällig"):
        record_anweisungen(
            wuensche=[Zahlungswunsch(alt.pk, MAI, GELD, vorlaeufig=True)], by=kasse, tag=MAI
        )
    assert month(kasse, date(2026, 7, 1), date(2026, 7, 1)).posten == []
    gilt = {tag: vorlaeufig_am(akte.case, tag) for tag in (date(2026, 4, 30), MAI)}
    assert [row.pk for row in gilt.values()] == [alt.pk, neu.pk]


def test_a_month_that_was_ordered_before_shows_what_is_too_much_and_it_is_asked_back():
    akte, kasse, alt = paid()
    # May is ordered with the old amount before the smaller one is known.
    voraus = Zahlungswunsch(alt.pk, MAI, GELD, vorlaeufig=True)
    record_anweisungen(wuensche=[voraus], by=kasse, tag=date(2026, 4, 13))
    am = date(2026, 4, 13)
    geschichte.decide(akte, vorlaeufig.lower(akte, MAI, "1200.00", am), am)
    liste = month(kasse, MAI, MAI)
    assert liste.posten == []
    (zu_viel,) = liste.ueberzahlt
    assert (zu_viel.monat, zu_viel.betrag) == (MAI, Decimal("300.00"))
    antrag = akte.case.antraege.get()
    assert gegenstaende_of(akte.case, FOLGEARTEN["vorlaeufig_zurueck"]) == []
    grant(akte)
    # The grant gives more than what was ordered: all of it is credited, nothing is asked back.
    assert zu_viel_geleistet(antrag, MAI, date(2026, 5, 31)) == Decimal("0.00")
    (mai,) = month(kasse, MAI, MAI).posten
    assert (mai.angerechnet, mai.rate.betrag) == (GELD, VOLL - GELD)
    assert month(kasse, MAI, MAI).ueberzahlt == []


def test_an_end_is_counted_by_days_and_waits_while_it_is_attacked():
    akte, kasse, alt = paid()
    am = date(2026, 4, 13)
    ende = geschichte.decide(akte, vorlaeufig.lower(akte, date(2026, 5, 16), None, am), am)
    (mai,) = month(kasse, MAI, MAI).posten
    assert (mai.grund[0], mai.rate.betrag) == (alt.pk, Decimal("750.00"))
    assert month(kasse, date(2026, 6, 1), date(2026, 6, 1)).posten == []
    geschichte.attack(akte, ende.schreiben, date(2026, 4, 20))
    (mai,) = month(kasse, MAI, MAI).posten
    assert (mai.grund[0], mai.rate.betrag) == (alt.pk, GELD)
    assert [p.rate.betrag for p in month(kasse, date(2026, 6, 1), MAI).posten] == [GELD]


def test_two_orders_of_one_month_are_settled_together():
    akte, kasse, _ = paid()
    mehr = {"zeitraum_von": APRIL, "betrag": Decimal("1900.00")}
    neu = geschichte.decide(akte, vorlaeufig.draft(akte, **mehr), date(2026, 4, 2))
    rest = Zahlungswunsch(neu.pk, APRIL, Decimal("400.00"), vorlaeufig=True)
    record_anweisungen(wuensche=[rest], by=kasse, tag=date(2026, 4, 8))
    grant(akte)
    antrag = akte.case.antraege.get()
    # 1.900 were ordered in two orders, 1.793 are due: neither of them alone is too much.
    assert zu_viel_geleistet(antrag, APRIL, date(2026, 4, 30)) == Decimal("1900.00") - VOLL


def test_the_page_orders_takes_back_and_names_it_provisional(client):
    _, kasse, _ = paid()
    client.force_login(kasse)
    row = VorlaeufigeAnweisung.objects.get(monat=APRIL)
    jetzt = datetime(2026, 3, 31, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(jetzt, tick=False):
        text = client.get(reverse("auszahlungen"), {"monat": "2026-04"}).content.decode()
        url = reverse("vorlaeufige_anweisung_zuruecknehmen", args=[row.pk])
        assert url in text
        assert "vorläufig, bis über den Antrag entschieden ist" in text
        assert client.get(url).status_code == 200
        withdraw_anweisung(anweisung=row, grund="doppelt", by=kasse, tag=date(2026, 3, 31))
    assert month(kasse, APRIL, date(2026, 3, 31)).posten[0].offen
