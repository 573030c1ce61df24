"""A running grant is changed: one ends where the other begins, and a month is paid once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from budget.bescheid.schreiben.wandel import wandel_of
from budget.bescheid.services.bescheid import release_bescheid, reopen_bescheid
from budget.folge.queries.tisch import list_eigene, list_vorgelegte
from budget.folge.schritte import Folgelage, schritte_of
from budget.folge.services.nachfolge import discard_nachfolge
from budget.models import Folgebescheid, PersoenlichesBudget
from budget.models.zahlung import Zahlungswunsch
from budget.zahlung.queries import list_zahlungen, month_of, orders_of
from budget.zahlung.services import record_anweisungen
from cases.models import User
from cases.states.tafel import SchrittUnzulaessig
from tests import fabriken as haus
from tests.budget.folge import nachfolge
from tests.budget.folge.geschichte import HEUTE, attack, lift, running
from tests.budget.folge.nachfolge import AB

pytestmark = pytest.mark.django_db
VORTAG = AB - timedelta(days=1)


def make_kasse() -> User:
    """Return the Kasse, the same one each time."""
    return User.objects.filter(username="kasse").first() or haus.make_user("kasse", "Kasse")


def paid(monat: date, stichtag: date = HEUTE, anweisungen=()):
    """Return budget and amount of what is due in a month, as the Kasse sees it."""
    liste = month_of(list_zahlungen(make_kasse(), stichtag), monat, stichtag, anweisungen)
    return [(p.grund[0], p.rate.betrag) for p in liste.posten]


def states(*budgets: PersoenlichesBudget) -> list[str]:
    for budget in budgets:
        budget.refresh_from_db()
    return [budget.state for budget in budgets]


def test_the_next_budget_takes_over_what_is_there_and_leaves_the_running_one():
    akte = running()
    vorher = [(t.leistung_id, t.betrag) for t in akte.budget.teilbudgets.order_by("leistung")]
    neu = nachfolge.prepare(akte)
    assert [(t.leistung_id, t.betrag) for t in neu.teilbudgets.order_by("leistung")] == vorher
    nachfolge.set_teilhabe(akte, neu, "1200.00")
    assert akte.budget.summe() == Decimal("2589.00")
    assert states(akte.budget, neu) == ["laeuft", "beantragt"]
    row = nachfolge.aenderung(akte)
    assert (row.wirkt_ab, row.state, row.sachverhalt) == (AB, "entwurf", nachfolge.ANLASS)


def test_a_second_one_is_not_prepared_beside_it():
    akte = running()
    nachfolge.prepare(akte)
    with pytest.raises(SchrittUnzulaessig, match="schon in Arbeit"):
        nachfolge.prepare(akte, ab=date(2026, 9, 1))


def test_more_is_granted_without_anhoerung_and_begins_where_the_other_ends():
    akte = running()
    neu, bescheid = nachfolge.change(akte, "1200.00")
    assert states(akte.budget, neu) == ["laeuft", "bewilligt"]
    assert (akte.budget.gilt_bis, neu.gilt_bis) == (VORTAG, None)
    assert not nachfolge.aenderung(akte).nachteilig
    assert paid(date(2026, 7, 1)) == [(akte.budget.pk, Decimal("1793.00"))]
    assert paid(AB) == [(neu.pk, Decimal("1943.00"))]
    nachfolge.run(VORTAG)
    assert states(akte.budget, neu) == ["laeuft", "bewilligt"]
    nachfolge.run(AB)
    assert states(akte.budget, neu) == ["beendet", "laeuft"]
    assert akte.case.persoenliche_budgets.count() == 2
    wandel = wandel_of(neu, bescheid)
    assert wandel is not None
    assert (wandel.ersetzt, wandel.summe.unterschied) == (True, Decimal("150.00"))
    assert bescheid.schreiben.titel == "Gesamtbescheid über die Änderung Ihres Persönlichen Budgets"
    zeilen = bescheid.schreiben.daten["wandel"]["zeilen"]
    assert ("1050.00", "1200.00", "+150.00") in [
        (z["alt"], z["neu"], z["unterschied"]) for z in zeilen
    ]


def test_only_what_takes_something_away_offers_an_anhoerung():
    akte = running()
    neu = nachfolge.prepare(akte)
    for betrag, braucht in (("1200.00", False), ("1050.00", False), ("900.00", True)):
        nachfolge.set_teilhabe(akte, neu, betrag)
        lage = Folgelage(akte.fallmanager, HEUTE, nachfolge.aenderung(akte))
        assert ("Anhörung schreiben" in [s.titel for s in schritte_of(lage)]) == braucht


def test_the_desk_shows_a_change_once():
    akte = running()
    neu = nachfolge.prepare(akte)
    nachfolge.set_teilhabe(akte, neu, "900.00")
    nachfolge.agree(akte, neu)
    bescheid = nachfolge.write(akte, neu)
    nachfolge.examine(akte)
    assert list(list_vorgelegte(akte.leitung, HEUTE)) == []
    release_bescheid(bescheid=bescheid, by=akte.leitung, tag=HEUTE)
    assert list(list_eigene(akte.fallmanager, HEUTE)) == []


def test_less_needs_the_anhoerung_first():
    akte = running()
    neu = nachfolge.prepare(akte)
    nachfolge.set_teilhabe(akte, neu, "900.00")
    nachfolge.agree(akte, neu)
    bescheid = nachfolge.write(akte, neu)
    with pytest.raises(SchrittUnzulaessig, match="nimmt der Person etwas"):
        release_bescheid(bescheid=bescheid, by=akte.leitung, tag=HEUTE)
    nachfolge.examine(akte)
    bescheid = release_bescheid(bescheid=bescheid, by=akte.leitung, tag=HEUTE)
    row = nachfolge.aenderung(akte)
    assert (row.state, row.schreiben_id, row.nachteilig) == (
        "freigegeben",
        bescheid.schreiben_id,
        True,
    )
    assert bescheid.schreiben.daten["wandel"]["anhoerung"]["aeusserung"] == "Das reicht mir nicht."


def test_less_reaches_ahead_only():
    akte = running()
    neu = nachfolge.prepare(akte, ab=date(2026, 6, 1))
    nachfolge.set_teilhabe(akte, neu, "900.00")
    nachfolge.agree(akte, neu)
    bescheid = nachfolge.write(akte, neu)
    Folgebescheid.objects.filter(budget=akte.budget).update(
        anhoerung_verzicht="3", verzicht_grund="x", state="vorgelegt"
    )
    with pytest.raises(SchrittUnzulaessig, match="nur für die Zukunft"):
        release_bescheid(bescheid=bescheid, by=akte.leitung, tag=HEUTE)


def test_a_widerspruch_against_less_keeps_the_former_amount():
    akte = running()
    neu, bescheid = nachfolge.change(akte, "900.00")
    nachfolge.run(AB)
    assert states(akte.budget, neu) == ["beendet", "laeuft"]
    attack(akte, bescheid.schreiben, date(2026, 7, 1))
    nachfolge.run(AB)
    assert states(akte.budget, neu) == ["laeuft", "bewilligt"]
    assert paid(AB) == [(akte.budget.pk, Decimal("1793.00"))]


def test_who_asks_for_still_more_keeps_what_was_added():
    akte = running()
    neu, bescheid = nachfolge.change(akte, "1200.00")
    attack(akte, bescheid.schreiben, date(2026, 7, 1))
    nachfolge.run(AB)
    assert states(akte.budget, neu) == ["beendet", "laeuft"]
    assert paid(AB) == [(neu.pk, Decimal("1943.00"))]


def test_a_month_that_was_paid_before_the_change_is_paid_once():
    akte, kasse = running(), make_kasse()
    juni = date(2026, 6, 1)
    record_anweisungen(
        wuensche=[Zahlungswunsch(akte.budget.pk, juni, Decimal("1793.00"))], by=kasse, tag=HEUTE
    )
    # More from the first of June on: what is missing of June is arrears, not the whole month.
    neu, _ = nachfolge.change(akte, "1200.00", ab=juni, tag=HEUTE)
    tag = date(2026, 6, 5)
    zahlungen = list_zahlungen(kasse, tag)
    liste = month_of(zahlungen, juni, tag, orders_of(kasse, tag))
    assert [(p.grund[0], p.rate.betrag, p.angerechnet) for p in liste.posten] == [
        (neu.pk, Decimal("150.00"), Decimal("1793.00"))
    ]
    assert (list(liste.entfallen), list(liste.ueberzahlt)) == ([], [])
    record_anweisungen(
        wuensche=[Zahlungswunsch(neu.pk, juni, Decimal("150.00"))], by=kasse, tag=tag
    )
    zahlungen = list_zahlungen(kasse, tag)
    liste = month_of(zahlungen, juni, tag, orders_of(kasse, tag))
    assert (liste.offen, [p.weicht_ab for p in liste.posten]) == (Decimal("0.00"), [False])


def test_what_was_paid_too_much_is_shown_and_set_off_against_nothing():
    akte, kasse = running(), make_kasse()
    monate = (date(2026, 7, 1), AB)
    for monat in monate:
        record_anweisungen(
            wuensche=[Zahlungswunsch(akte.budget.pk, monat, Decimal("1793.00"))],
            by=kasse,
            tag=HEUTE,
        )
    neu, _ = nachfolge.change(akte, "900.00", ab=AB)
    zahlungen = list_zahlungen(kasse, AB)
    liste = month_of(zahlungen, AB, AB, orders_of(kasse, AB))
    assert [(p.grund[0], p.rate.betrag) for p in liste.posten] == []
    assert [(u.grund[0], u.betrag) for u in liste.ueberzahlt] == [(neu.pk, Decimal("150.00"))]
    weiter = month_of(zahlungen, date(2026, 9, 1), AB, orders_of(kasse, AB))
    assert [(p.grund[0], p.rate.betrag) for p in weiter.posten] == [(neu.pk, Decimal("1643.00"))]


def test_a_release_taken_back_takes_the_change_with_it():
    akte = running()
    neu = nachfolge.prepare(akte)
    nachfolge.set_teilhabe(akte, neu, "1200.00")
    nachfolge.agree(akte, neu)
    bescheid = release_bescheid(bescheid=nachfolge.write(akte, neu), by=akte.leitung, tag=HEUTE)
    bescheid = reopen_bescheid(
        bescheid=bescheid, grund="Tippfehler", by=akte.fallmanager, tag=HEUTE
    )
    row = nachfolge.aenderung(akte)
    assert (row.state, row.schreiben_id, bescheid.state) == ("entwurf", None, "entwurf")


def test_what_is_only_prepared_can_be_dropped():
    akte = running()
    neu = nachfolge.prepare(akte)
    discard_nachfolge(budget=neu, by=akte.fallmanager, tag=HEUTE)
    assert akte.case.persoenliche_budgets.count() == 1
    assert not Folgebescheid.objects.filter(budget=akte.budget).exists()
    with pytest.raises(SchrittUnzulaessig, match="im Zustand „Auszahlung läuft“ nicht möglich"):
        discard_nachfolge(budget=akte.budget, by=akte.fallmanager, tag=HEUTE)


def test_after_the_end_the_budget_is_granted_again_without_a_gap():
    akte = running()
    lift(akte, ab=date(2026, 8, 1))
    nachfolge.run(AB)
    akte.budget.refresh_from_db()
    assert (akte.budget.state, akte.budget.gilt_bis) == ("beendet", VORTAG)
    neu = nachfolge.prepare(akte, ab=date(2026, 9, 1), tag=AB)
    assert not Folgebescheid.objects.filter(budget=akte.budget, art="aenderung").exists()
    wandel = wandel_of(neu)
    assert wandel is not None
    assert (wandel.ersetzt, wandel.nachteilig) == (False, False)


def test_the_database_holds_no_two_grants_on_one_day():
    akte = running()
    neu, _ = nachfolge.change(akte, "1200.00")
    with pytest.raises(IntegrityError, match="ohne_ueberschneidung"), transaction.atomic():
        PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(gilt_bis=AB)
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(gilt_bis=VORTAG)
    assert neu.beginn == AB


def test_nor_does_a_person_have_two_in_two_cases():
    akte = running()
    zweite = haus.make_fall(
        akte.fallmanager, eingang=date(2026, 3, 3), person=akte.case.leistungsberechtigte_person
    )
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(gilt_bis=VORTAG)
    anderes = PersoenlichesBudget.objects.create(
        case=zweite,
        gesamtplan=akte.plan,
        antrag=zweite.antraege.get(),
        beginn=VORTAG,
        bindung_ab=VORTAG,
    )
    with pytest.raises(ProgrammingError, match="schon ein Persönliches"), transaction.atomic():
        PersoenlichesBudget.objects.filter(pk=anderes.pk).update(state="bewilligt")
    PersoenlichesBudget.objects.filter(pk=anderes.pk).update(beginn=AB, bindung_ab=AB)
    PersoenlichesBudget.objects.filter(pk=anderes.pk).update(state="bewilligt")
