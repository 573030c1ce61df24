"""What we refund to another carrier is paid by the Kasse, to the account named with the claim."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from budget.models import Teilnahme, Traegerforderung
from budget.teilnahme import guards, services
from budget.teilnahme.queries import list_erstattungen
from budget.uebersicht.views.tisch import FORDERUNGEN
from cases.queries.kurzzeile import rows_of
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.budget.teilnahme.test_teilnahme import IBAN, answer, ask, claim, give
from tests.fabriken import make_user, norm_of

pytestmark = pytest.mark.django_db
TAG, SEPTEMBER = date(2026, 9, 3), date(2026, 9, 1)
JETZT = datetime(2026, 9, 3, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def akte():
    return fabriken.make_akte()


@pytest.fixture
def kasse():
    return make_user("kasse", "Kasse")


def accepted(akte, **mehr) -> Traegerforderung:
    row = claim(akte, give(akte, answer(akte, ask(akte))), "500.00", **mehr)
    return services.accept_forderung(
        forderung=row, anerkannt=Decimal("500.00"), grund="", by=akte.leitung, tag=TAG
    )


def test_it_is_paid_once_to_the_account_of_the_claim(akte, kasse):
    row = accepted(akte, iban=IBAN, kassenzeichen=" K  77 ")
    assert row.kassenzeichen == "K 77"
    assert list_erstattungen(kasse, TAG, SEPTEMBER) == [row]
    with pytest.raises(SchrittUnzulaessig, match="vorbehalten"):
        services.record_erstattungszahlung(forderung=row, by=akte.fallmanager, tag=TAG)
    row = services.record_erstattungszahlung(forderung=row, by=kasse, tag=TAG)
    assert (row.state, row.gezahlt_am, row.gezahlt_von) == ("gezahlt", TAG, kasse)
    with pytest.raises(SchrittUnzulaessig, match="gezahlt"):
        services.record_erstattungszahlung(forderung=row, by=kasse, tag=TAG)
    (zeile,) = akte.case.ereignisse.filter(text__startswith="Erstattung an")
    assert zeile.text.endswith("525,00\u00a0€: angewiesen") or "525,00" in zeile.text
    # On record in the month in which it was paid, and in no other.
    assert list_erstattungen(kasse, TAG, SEPTEMBER) == [row]
    assert list_erstattungen(kasse, TAG, date(2026, 10, 1)) == []
    with pytest.raises(DatabaseError, match="gezahlt_fest"), transaction.atomic():
        Traegerforderung.objects.filter(pk=row.pk).update(gezahlt_am=date(2026, 9, 4))


def test_another_account_is_decided_anew_by_somebody_else(akte, kasse):
    row = accepted(akte)
    with pytest.raises(SchrittUnzulaessig, match="Es fehlt das Konto"):
        services.record_erstattungszahlung(forderung=row, by=kasse, tag=TAG)
    konto = {"forderung": row, "iban": IBAN, "kassenzeichen": "K", "tag": TAG}
    with pytest.raises(SchrittUnzulaessig, match="IBAN"):
        services.record_konto(**konto | {"iban": ""}, by=akte.leitung)
    with pytest.raises(DatabaseError, match="entschieden_fest"), transaction.atomic():
        Traegerforderung.objects.filter(pk=row.pk).update(kassenzeichen="fremd")
    row = services.record_konto(**konto, by=akte.leitung)
    assert (row.state, row.anerkannt, row.entschieden_von) == ("offen", None, None)
    assert list_erstattungen(kasse, TAG, SEPTEMBER) == []
    entscheidung = {"forderung": row, "anerkannt": Decimal("500.00"), "grund": "", "tag": TAG}
    with pytest.raises(SchrittUnzulaessig, match="ihr Konto selbst eingetragen"):
        services.accept_forderung(**entscheidung, by=akte.leitung)
    andere = make_user("andere", "Sachgebietsleitung", akte.case.team, leitet=True)
    row = services.accept_forderung(**entscheidung, by=andere)
    assert services.record_erstattungszahlung(forderung=row, by=kasse, tag=TAG).state == "gezahlt"
    with pytest.raises(SchrittUnzulaessig, match="gezahlt"):
        services.record_konto(**konto, by=akte.leitung)
    # The database knows it as well.
    with pytest.raises(DatabaseError, match="konto_vier_augen"), transaction.atomic():
        Traegerforderung.objects.filter(pk=row.pk).update(entschieden_von=akte.leitung)


def test_entering_the_account_once_more_hides_nobody(akte, kasse):
    """Who has named an account does not decide because somebody else has sent the form again."""
    row = accepted(akte)
    konto = {"iban": IBAN, "kassenzeichen": "K", "tag": TAG}
    row = services.record_konto(forderung=row, **konto, by=akte.leitung)
    row = services.record_konto(forderung=row, **konto, by=akte.fallmanager)
    assert row.konto_von == akte.fallmanager
    assert rows_of([FORDERUNGEN], akte.leitung, TAG) == []
    entscheidung = {"forderung": row, "anerkannt": Decimal("500.00"), "grund": "", "tag": TAG}
    with pytest.raises(SchrittUnzulaessig, match="ihr Konto selbst eingetragen"):
        services.accept_forderung(**entscheidung, by=akte.leitung)
    andere = make_user("andere", "Sachgebietsleitung", akte.case.team, leitet=True)
    assert len(rows_of([FORDERUNGEN], andere, TAG)) == 1
    assert services.accept_forderung(**entscheidung, by=andere).state == "anerkannt"


def test_an_order_is_taken_back_with_a_reason_and_can_be_given_again(akte, kasse):
    row = services.record_erstattungszahlung(forderung=accepted(akte, iban=IBAN), by=kasse, tag=TAG)
    with pytest.raises(SchrittUnzulaessig, match="warum"):
        services.withdraw_erstattungszahlung(forderung=row, grund=" ", by=kasse, tag=TAG)
    row = services.withdraw_erstattungszahlung(
        forderung=row, grund="Konto erloschen", by=kasse, tag=TAG
    )
    assert (row.state, row.gezahlt_am, row.gezahlt_von) == ("anerkannt", None, None)
    assert akte.case.ereignisse.filter(text__contains="Konto erloschen").exists()
    assert services.record_erstattungszahlung(forderung=row, by=kasse, tag=TAG).gezahlt_am == TAG


def test_the_page_of_the_kasse(client, akte, kasse):
    row = accepted(akte, iban=IBAN, kassenzeichen="K 77")
    client.force_login(kasse)
    with time_machine.travel(JETZT, tick=False):
        url = reverse("auszahlungen")
        text = client.get(url).content.decode().replace("\u00a0", " ")
        for teil in ("Erstattungen an andere Träger", IBAN, "K 77", "525,00 €"):
            assert teil in text, teil
        client.post(reverse("forderung_zahlen", args=[row.pk]))
        text = client.get(url).content.decode()
        assert "angewiesen am 03.09.2026" in text
        zurueck = reverse("forderung_zahlung_zuruecknehmen", args=[row.pk])
        assert client.post(zurueck, {"text": ""}).status_code == 422
        client.post(zurueck, {"text": "Zurückgekommen"})
        row.refresh_from_db()
        assert row.state == "anerkannt"
        client.force_login(akte.leitung)
        text = client.get(url).content.decode()
        assert IBAN not in text
        assert f"endet auf {IBAN[-4:]}" in text
        assert client.post(reverse("forderung_zahlen", args=[row.pk])).status_code == 403


def test_the_claim_asks_for_the_account(client, akte):
    row = give(akte, answer(akte, ask(akte)))
    client.force_login(akte.fallmanager)
    eingabe = {
        "eingegangen_am": "01.09.2026",
        "von": "01.06.2026",
        "bis": "15.07.2026",
        "aufwand": "500",
        "iban": "DE00 1234",
    }
    url = reverse("forderung_neu", args=[akte.case.pk, row.pk])
    with time_machine.travel(JETZT, tick=False):
        falsch = client.post(url, eingabe)
        assert falsch.status_code == 422
        assert falsch.context["form"].errors["iban"]
        client.post(url, eingabe | {"iban": "DE89 3704 0044 0532 0130 00"})
        forderung = Traegerforderung.objects.get()
        assert forderung.iban == IBAN
        konto = reverse("forderung_konto", args=[akte.case.pk, forderung.pk])
        client.post(konto, {"iban": IBAN, "kassenzeichen": "neu"})
    forderung.refresh_from_db()
    assert forderung.kassenzeichen == "neu"


@pytest.mark.parametrize(("iban", "norm"), [(IBAN, ""), ("", "§ 16 Abs. 2 SGB IX")])
def test_konto_genannt(iban, norm):
    row = Traegerforderung(teilnahme=Teilnahme(angefordert_am=date(2026, 5, 4)), iban=iban)
    assert norm_of(guards.konto_genannt(row)) == norm
