"""An Auskunftssperre closes at once; only two people open what it hides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import Auskunftssperre, Case, Ereignis, User
from cases.person.guards.auskunftssperre import (
    laufende_sperre_bleibt,
    sperre_beginnt_nicht_spaeter,
    sperre_bleibt_ohne_luecke,
    sperrende_durch_zweite_person,
)
from cases.person.services.auskunftssperre import decide_sperrende
from cases.person.services.personenangabe import add_angabe, change_angabe, remove_angabe
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import HEUTE, make_fall, make_fallmanager, make_leitung

pytestmark = pytest.mark.django_db
AB, ENDE = date(2026, 1, 1), HEUTE + timedelta(days=30)


@pytest.fixture
def case(fallmanager) -> Case:
    return make_fall(fallmanager)


def add(case: Case, ab: date = AB, bis: date | None = None) -> Auskunftssperre:
    row = add_angabe(
        case=case,
        modell=Auskunftssperre,
        werte={"art": "eigene", "grund": "Gewalt"},
        gueltig_ab=ab,
        gueltig_bis=bis,
        by=case.caseworker,
        tag=HEUTE,
    )
    assert isinstance(row, Auskunftssperre)
    return row


def change(row: Auskunftssperre, case: Case, by: User | None = None, **neu: object) -> None:
    zeit = {"gueltig_ab": row.gueltig_ab, "gueltig_bis": row.gueltig_bis} | neu
    change_angabe(
        case=case,
        angabe=row,
        werte={"art": row.art, "grund": row.grund},
        by=by or case.caseworker,
        tag=HEUTE,
        **zeit,
    )
    row.refresh_from_db()


def decide(row: Auskunftssperre, case: Case, by: User, beenden: bool = True) -> None:
    decide_sperrende(case=case, sperre=row, beenden=beenden, by=by, tag=HEUTE)
    row.refresh_from_db()


def gesperrt(case: Case, tag: date) -> bool:
    rows = Auskunftssperre.objects.filter(
        leistungsberechtigte_person=case.leistungsberechtigte_person
    )
    return any(row.gilt_am(tag) for row in rows)


def test_an_end_waits_for_a_second_person(case, leitung):
    row = add(case)
    change(row, case, gueltig_bis=HEUTE)
    assert (row.gueltig_bis, row.ende_am, row.ende_wartet) == (None, HEUTE, True)
    assert gesperrt(case, ENDE)
    decide(row, case, leitung)
    assert (row.gueltig_bis, row.ende_durch, row.ende_wartet) == (HEUTE, leitung, False)
    assert not gesperrt(case, ENDE)
    texte = list(Ereignis.objects.filter(case=case).values_list("text", flat=True))
    assert any("beantragt, wartet auf eine zweite Person" in text for text in texte)
    assert any("bestätigt" in text for text in texte)


@pytest.mark.parametrize(
    "neu",
    [{"gueltig_bis": AB}, {"gueltig_bis": HEUTE}, {"gueltig_bis": ENDE - timedelta(days=1)}],
    ids=["erster Tag", "heute", "einen Tag früher"],
)
def test_every_earlier_end_waits(case, neu):
    row = add(case, bis=ENDE)
    change(row, case, **neu)
    assert (row.gueltig_bis, row.ende_wartet) == (ENDE, True)


def test_longer_holds_at_once_and_takes_the_request_back(case):
    row = add(case, bis=ENDE)
    change(row, case, gueltig_bis=HEUTE)
    change(row, case, gueltig_bis=None)
    assert (row.gueltig_bis, row.ende_am, row.ende_von) == (None, None, None)


def test_refused_end_leaves_it_as_it_was(case, leitung):
    row = add(case)
    change(row, case, gueltig_bis=HEUTE)
    decide(row, case, leitung, beenden=False)
    assert (row.gueltig_bis, row.ende_wartet) == (None, False)
    with pytest.raises(SchrittUnzulaessig, match="kein Ende beantragt"):
        decide(row, case, leitung)


def test_who_asked_does_not_confirm_not_even_with_a_second_account(case, leitung):
    row = add(case)
    change(row, case, gueltig_bis=HEUTE)
    zweitkonto = make_leitung("zweitkonto")
    User.objects.filter(pk=zweitkonto.pk).update(
        first_name=case.caseworker.first_name, last_name=case.caseworker.last_name
    )
    for by in (case.caseworker, User.objects.get(pk=zweitkonto.pk)):
        with pytest.raises(SchrittUnzulaessig, match="selbst beantragt"):
            decide(row, case, by)
    with pytest.raises(SchrittUnzulaessig, match="eine Leitung"):
        decide(row, case, make_fallmanager("kollegin"))
    assert sperrende_durch_zweite_person(row, leitung) is None
    assert gesperrt(case, ENDE)


def test_leitung_asks_and_a_colleague_confirms(case, leitung):
    row = add(case)
    change(row, case, by=leitung, gueltig_bis=HEUTE)
    decide(row, case, case.caseworker)
    assert row.gueltig_bis == HEUTE


def test_no_detour_opens_what_is_hidden(case):
    """Deleting, a later first day, a new one that ends: each by one person alone."""
    row = add(case)
    with pytest.raises(SchrittUnzulaessig, match="wird nicht gelöscht"):
        remove_angabe(case=case, angabe=row, grund="Irrtum", by=case.caseworker, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="späteren Tag"):
        change(row, case, gueltig_ab=ENDE)
    with pytest.raises(SchrittUnzulaessig, match="ohne Ende"):
        add(case, ab=HEUTE, bis=HEUTE)
    assert gesperrt(case, HEUTE)
    assert gesperrt(case, ENDE)
    # One without an end follows without a gap.
    add(case, ab=HEUTE)
    assert gesperrt(case, HEUTE - timedelta(days=1))
    assert gesperrt(case, ENDE)


def test_what_is_over_may_be_taken_out(case):
    row = add(case, bis=HEUTE - timedelta(days=1))
    assert laufende_sperre_bleibt(row, HEUTE) is None
    remove_angabe(case=case, angabe=row, grund="Irrtum", by=case.caseworker, tag=HEUTE)
    assert not Auskunftssperre.objects.exists()


def test_guards_say_why_and_by_which_norm(case):
    row = add(case)
    for hindernis in (
        laufende_sperre_bleibt(row, HEUTE),
        sperre_beginnt_nicht_spaeter(row, ENDE),
        sperre_bleibt_ohne_luecke(row, ENDE),
    ):
        assert hindernis is not None
        assert hindernis.norm == "§ 35 Abs. 1 SGB I"
    assert sperre_beginnt_nicht_spaeter(row, AB) is None
    assert sperre_bleibt_ohne_luecke(row, None) is None
    assert sperre_bleibt_ohne_luecke(None, ENDE) is None


def test_database_holds_the_four_eyes(case):
    row = add(case)
    change(row, case, gueltig_bis=HEUTE)
    for werte in ({"ende_durch": case.caseworker}, {"ende_von": None}):
        with pytest.raises(IntegrityError, match="auskunftssperre_"), transaction.atomic():
            Auskunftssperre.objects.filter(pk=row.pk).update(**werte)


def test_page_asks_for_the_end_and_offers_the_decision(client, case, leitung):
    row = add(case)
    url = reverse("angabe", args=[case.pk, "auskunftssperren", row.pk])
    client.force_login(case.caseworker)
    stand = client.get(url).context["form"].initial.get("gesehen", "")
    felder = {"art": "eigene", "grund": "Gewalt", "gueltig_ab": f"{AB:%d.%m.%Y}"}
    felder |= {"gueltig_bis": f"{HEUTE:%d.%m.%Y}", "gesehen": stand}
    client.post(url, felder)
    assert (
        "wartet auf eine zweite Person" in client.get(reverse("fall_person", args=[case.pk])).text
    )
    enden = reverse("sperrende_bestaetigen", args=[case.pk, row.pk])
    client.post(enden, {})
    row.refresh_from_db()
    assert row.gueltig_bis is None
    client.force_login(leitung)
    page = client.get(url).text
    assert "Ende bestätigen" in page
    assert "Sperre beibehalten" in page
    client.post(enden, {})
    row.refresh_from_db()
    assert row.gueltig_bis == HEUTE
