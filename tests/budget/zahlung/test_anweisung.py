"""What the Kasse orders: once per month, never another amount than is due, taken back with reason.

§ 41 SGB I (due), § 47 SGB I (payment).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pgtrigger
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from budget.models import Anweisung, PersoenlichesBudget, Teilbudget
from budget.models.zahlung import Zahlungswunsch
from budget.zahlung import guards
from budget.zahlung.forms import read_wuensche
from budget.zahlung.queries import list_zahlungen, month_of, orders_of
from budget.zahlung.services import record_anweisungen, withdraw_anweisung
from cases.models import Bankverbindung, EigenerWert, Ereignis
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.fabriken import make_user, norm_of

pytestmark = pytest.mark.django_db
HEUTE = datetime(2026, 6, 15, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
TAG = HEUTE.date()
JUNI = date(2026, 6, 1)
BETRAG = Decimal("1793.00")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(HEUTE, tick=False):
        yield


@pytest.fixture
def akte():
    akte = fabriken.insert_vorgelegt(fabriken.make_akte(fabriken.B), fabriken.B)
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="laeuft")
    return akte


@pytest.fixture
def kasse():
    return make_user("kasse", "Kasse")


def _order(akte, kasse, monat=JUNI, betrag=BETRAG):
    wunsch = Zahlungswunsch(akte.budget.pk, monat, betrag)
    return record_anweisungen(wuensche=[wunsch], by=kasse, tag=TAG)[0]


def _page(client, user, monat="2026-06"):
    client.force_login(user)
    response = client.get(reverse("auszahlungen"), {"monat": monat})
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def _value(text: str, name: str) -> str:
    found = re.search(rf'{name}</dt>\s*<dd class="fw-zahlen">(?:<strong>)?([^<]+)', text)
    assert found, name
    return found[1].strip()


def test_page_orders_what_is_ticked(client, akte, kasse):
    text = _page(client, kasse)
    assert (_value(text, "angewiesen"), _value(text, "noch offen")) == ("0,00 €", "1.793,00 €")
    token = re.search(r'name="vorgang" value="([^"]+)"', text.split("auszahlungen/anweisen")[1])[1]
    wert = re.search(r'name="posten" value="([^"]+)"', text)[1]
    daten = {"vorgang": token, "monat": "2026-06", "posten": wert}
    response = client.post(reverse("auszahlungen_anweisen"), daten, follow=True)
    text = " ".join(response.content.decode().replace("\u00a0", " ").split())
    assert "angewiesen am 15.06.2026" in text
    assert "Kasse" in text
    assert (_value(text, "angewiesen"), _value(text, "noch offen")) == ("1.793,00 €", "0,00 €")
    # The sum stays what is due.
    assert "<strong>1.793,00 €</strong>" in text
    # A second click has no second effect.
    client.post(reverse("auszahlungen_anweisen"), daten)
    row = Anweisung.objects.get()
    assert (row.monat, row.betrag, row.angewiesen_am, row.angewiesen_von) == (
        JUNI,
        BETRAG,
        TAG,
        kasse,
    )
    assert Ereignis.objects.filter(case=akte.case, art="anweisung").count() == 1


def test_revision_reads_who_ordered_it_and_can_order_nothing(client, akte, kasse):
    _order(akte, kasse)
    revision = make_user("revision", "Revision")
    text = _page(client, revision)
    assert "angewiesen am 15.06.2026" in text
    assert 'name="posten"' not in text
    assert "Zurücknehmen" not in text
    assert client.post(reverse("auszahlungen_anweisen"), {}).status_code == 403


@pytest.mark.parametrize("rolle", ["Sachgebietsleitung", "Revision", "Fallmanagement"])
def test_kasse_weist_an(akte, rolle):
    user = make_user("jemand", rolle)
    assert guards.kasse_weist_an(user).norm == "§ 47 SGB I"
    with pytest.raises(SchrittUnzulaessig, match="nur die Kasse"):
        _order(akte, user)
    assert not Anweisung.objects.exists()


def test_noch_nicht_angewiesen(akte, kasse):
    _order(akte, kasse)
    with pytest.raises(SchrittUnzulaessig, match=r"06/2026 ist schon am 15\.06\.2026 angewiesen"):
        _order(akte, kasse)
    assert Anweisung.objects.count() == 1


def test_the_database_refuses_a_second_order_of_a_month(akte, kasse):
    row = _order(akte, kasse)
    with pytest.raises(IntegrityError, match="anweisung_einmal_je_monat"), transaction.atomic():
        Anweisung.objects.create(
            persoenliches_budget=akte.budget,
            monat=JUNI,
            faellig=JUNI,
            betrag=BETRAG,
            angewiesen_am=TAG,
            angewiesen_von=kasse,
        )
    withdraw_anweisung(anweisung=row, grund="falsches Konto", by=kasse, tag=TAG, nicht_gezahlt=True)
    _order(akte, kasse)
    assert Anweisung.objects.count() == 2


@pytest.mark.parametrize(
    ("monat", "betrag", "satz"),
    [
        (JUNI, Decimal("1793.01"), "sind jetzt 1.793,00 € fällig"),
        (date(2026, 4, 1), BETRAG, "ist nichts mehr fällig"),
    ],
)
def test_noch_faellig(akte, kasse, monat, betrag, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz.replace(" ", r"\s")):
        _order(akte, kasse, monat, betrag)
    assert not Anweisung.objects.exists()


@pytest.mark.parametrize("betrag", ["sNaN", "NaN", "Infinity", "zwölf", "1e9999999", "9" * 100])
def test_what_no_list_offers_is_refused(betrag):
    with pytest.raises(SchrittUnzulaessig, match="in der Liste"):
        read_wuensche([f"1:2026-06-01:{betrag}"])


def test_all_of_the_choice_or_none(akte, kasse):
    gut, falsch = Zahlungswunsch(akte.budget.pk, JUNI, BETRAG), Zahlungswunsch(0, JUNI, BETRAG)
    with pytest.raises(SchrittUnzulaessig, match="nichts mehr fällig"):
        record_anweisungen(wuensche=[gut, falsch], by=kasse, tag=TAG)
    with pytest.raises(SchrittUnzulaessig, match="mindestens eine"):
        record_anweisungen(wuensche=[], by=kasse, tag=TAG)
    assert not Anweisung.objects.exists()


def test_taken_back_with_a_reason_the_month_is_open_again(client, akte, kasse):
    row = _order(akte, kasse)
    with pytest.raises(SchrittUnzulaessig, match="warum"):
        withdraw_anweisung(anweisung=row, grund=" ", by=kasse, tag=TAG, nicht_gezahlt=True)
    client.force_login(kasse)
    seite = reverse("anweisung_zuruecknehmen", args=[row.pk])
    text = client.get(seite).content.decode()
    token = re.search(r'name="vorgang" value="([^"]+)"', text)[1]
    client.post(seite, {"text": "Rückläufer der Bank", "nicht_gezahlt": "on", "vorgang": token})
    row.refresh_from_db()
    assert (row.zurueckgenommen_am, row.zurueckgenommen_von) == (TAG, kasse)
    assert row.zurueckgenommen_grund == "Rückläufer der Bank"
    assert _value(_page(client, kasse), "noch offen") == "1.793,00 €"
    assert client.get(seite).status_code == 404


@pytest.mark.parametrize(
    ("tage", "bestaetigt", "frei"),
    [(1, False, True), (0, False, False), (-1, False, False), (0, True, True)],
)
def test_geld_nicht_ausgezahlt(tage, bestaetigt, frei):
    faellig = TAG + timedelta(days=tage)
    row = Anweisung(monat=JUNI, faellig=faellig, betrag=BETRAG, angewiesen_am=JUNI)
    hindernis = guards.geld_nicht_ausgezahlt(row, bestaetigt, TAG)
    assert norm_of(hindernis) == ("" if frei else "§ 50 Abs. 1 SGB X")
    assert frei or "nur mit einem Erstattungsbescheid" in hindernis.text


def test_noch_angewiesen(akte, kasse):
    row = withdraw_anweisung(
        anweisung=_order(akte, kasse), grund="Irrtum", by=kasse, tag=TAG, nicht_gezahlt=True
    )
    assert "15.06.2026 zurückgenommen" in guards.noch_angewiesen(row).text
    with pytest.raises(SchrittUnzulaessig, match="schon"):
        withdraw_anweisung(anweisung=row, grund="noch einmal", by=kasse, tag=TAG)


def test_arrears_show_since_the_first_order(client, akte, kasse):
    assert "Aus früheren Monaten offen" not in _page(client, kasse, "2026-08")
    _order(akte, kasse)
    text = _page(client, kasse, "2026-08")
    assert "Aus früheren Monaten offen" in text
    assert text.rsplit("Aus früheren Monaten offen", 1)[1].count('name="posten"') == 1
    assert "Juli 2026" in text
    assert "Mai 2026</td>" not in text


def _write(akte, kasse, monat, betrag):
    return Anweisung.objects.create(
        persoenliches_budget=akte.budget,
        monat=monat,
        faellig=JUNI,
        betrag=Decimal(betrag),
        angewiesen_am=TAG,
        angewiesen_von=kasse,
    )


def test_another_amount_than_ordered_is_shown(client, akte, kasse):
    _write(akte, kasse, JUNI, "1700.00")
    text = _page(client, kasse)
    assert "1.700,00 €: nicht mehr der fällige Betrag" in text
    assert (_value(text, "angewiesen"), _value(text, "noch offen")) == ("1.700,00 €", "0,00 €")


def test_what_was_ordered_and_is_not_due_any_more_is_shown(client, akte, kasse):
    _write(akte, kasse, date(2026, 4, 1), "1793.00")
    text = _page(client, kasse)
    assert "Gezahlt, nicht mehr fällig" in text
    assert "April 2026" in text.rsplit("Gezahlt, nicht mehr fällig", 1)[1]
    # It adds nothing to what is due.
    assert _value(text, "noch offen") == "1.793,00 €"


def _modus(akte, ab: date) -> None:
    EigenerWert.objects.create(
        schluessel="teilmonat_modus",
        gueltig_ab=ab,
        auswahl="kalendertage",
        begruendung="Dienstanweisung",
        state="freigegeben",
        vorgeschlagen_von=akte.fallmanager,
        vorgeschlagen_am=ab,
        freigegeben_von=akte.leitung,
        freigegeben_am=ab,
    )


def test_a_month_is_divided_as_on_the_first_day_of_the_budget(akte, kasse):
    """What was agreed and decided does not change with a later rule of the authority."""
    beginn = akte.budget.beginn
    _modus(akte, beginn + timedelta(days=40))
    assert list_zahlungen(kasse, TAG)[0].plan.modus == "dreissigstel"
    _modus(akte, beginn - timedelta(days=1))
    assert list_zahlungen(kasse, TAG)[0].plan.modus == "kalendertage"


def test_another_amount_of_an_earlier_month_stays_in_sight(akte, kasse):
    _order(akte, kasse)
    juli = date(2026, 7, 1)
    assert month_of(list_zahlungen(kasse, juli), juli, juli, orders_of(kasse, juli)).vorher == []
    with pgtrigger.ignore("budget.Teilbudget:mit_eltern_fest"):
        geld = akte.budget.teilbudgets.filter(auszahlungsform="geld").first()
        Teilbudget.objects.filter(pk=geld.pk).update(betrag=geld.betrag - 100)
    liste = month_of(list_zahlungen(kasse, juli), juli, juli, orders_of(kasse, juli))
    assert [(p.rate.monat, p.weicht_ab) for p in liste.vorher] == [(JUNI, True)]


def test_an_order_under_a_grant_that_fell_away_stays_in_sight(akte, kasse):
    row = _order(akte, kasse)
    PersoenlichesBudget.objects.filter(pk=akte.budget.pk).update(state="vereinbart")
    for monat in (JUNI, date(2026, 8, 1)):
        liste = month_of(list_zahlungen(kasse, monat), monat, monat, orders_of(kasse, monat))
        assert (list(liste.posten), [r.anweisung for r in liste.entfallen]) == ([], [row])
    withdraw_anweisung(
        anweisung=row, grund="nicht bewilligt", by=kasse, tag=TAG, nicht_gezahlt=True
    )
    assert orders_of(kasse, TAG) == []


def test_arrears_go_to_the_account_of_the_day_they_are_paid(client, akte, kasse):
    person = akte.case.leistungsberechtigte_person
    person.bankverbindungen.update(gueltig_bis=date(2026, 6, 9))
    Bankverbindung.objects.create(
        leistungsberechtigte_person=person,
        iban="DE02120300000000202051",
        iban_ende="2051",
        kontoinhaber=person.voller_name,
        gueltig_ab=date(2026, 6, 10),
    )
    text = _page(client, kasse)
    assert "DE02 1203 0000 0000 2020 51" in text
    _order(akte, kasse)
    assert "DE02 1203 0000 0000 2020 51" in _page(client, kasse)
