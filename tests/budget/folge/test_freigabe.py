"""Released again with a letter that fits, by somebody who judged nothing of it; what it says."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from budget.folge.schreiben.daten import folge_daten
from budget.folge.services import bescheid as folge
from budget.folge.services import widerspruch as service
from cases.models import Versand
from cases.schreiben.satz.brief import render_html
from cases.schreiben.services.bekanntgabe import correct_bekanntgabe, record_nichtzugang
from cases.schreiben.services.druckstapel import (
    create_druckstapel,
    read_druckstapel,
    read_paket,
)
from cases.schreiben.services.versand import send
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte
from tests.fabriken import make_leitung

pytestmark = pytest.mark.django_db
VERZICHT = {"anhoerung_verzicht": "5", "verzicht_grund": "Das Einkommen ist gestiegen."}
EMPFAENGER = ["Emil Muster", "Weg 1", "70000 Musterau"]


def printed(row) -> str:
    """Return the letter as it would be printed, on one line."""
    daten = folge_daten(row=row, datum=geschichte.HEUTE, empfaenger=EMPFAENGER)
    return " ".join(render_html(art="folgebescheid", titel="x", daten=daten).split())


def test_a_letter_that_came_back_is_released_anew():
    akte = geschichte.running()
    tag = date(2026, 6, 12)
    row = geschichte.lift(akte)
    alt, versand = row.schreiben, Versand.objects.get(schreiben=row.schreiben)
    with pytest.raises(SchrittUnzulaessig, match="im Zustand „versandt“ nicht möglich"):
        folge.reopen_folgebescheid(row=row, grund="x", by=akte.fallmanager, tag=tag)
    record_nichtzugang(
        versand=versand, am=tag, feststellung="verzogen", by=akte.fallmanager, tag=tag
    )
    row.refresh_from_db()
    with pytest.raises(SchrittUnzulaessig, match="warum neu"):
        folge.reopen_folgebescheid(row=row, grund=" ", by=akte.fallmanager, tag=tag)
    row = folge.reopen_folgebescheid(row=row, grund="Umzug", by=akte.fallmanager, tag=tag)
    assert (row.state, row.schreiben) == ("entwurf", None)
    with pytest.raises(SchrittUnzulaessig, match="ersetzt"):
        send(schreiben=alt, weg="post", by=akte.fallmanager, tag=tag)
    row = geschichte.decide(akte, row, tag)
    assert (row.schreiben_id != alt.pk, row.state) == (True, "versandt")


def test_the_page_offers_it_and_asks_for_the_reason(client):
    akte = geschichte.running()
    row = geschichte.draft(akte, "unveraendert", akte.budget)
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    row = folge.release_folgebescheid(row=row, by=akte.leitung, tag=geschichte.HEUTE)
    client.force_login(akte.fallmanager)
    url = reverse("folge_neu_freigeben", args=[akte.case.pk, row.pk])
    seite = client.get(reverse("folgebescheid", args=[akte.case.pk, row.pk])).content.decode()
    assert url in seite
    assert "Warum ist neu freizugeben?" in client.get(url).content.decode()
    client.post(url, {"text": "Andere Anschrift"})
    row.refresh_from_db()
    assert (row.state, row.rueckgabe_grund) == ("entwurf", "Andere Anschrift")


def test_who_judged_the_widerspruch_does_not_release_the_decision_about_it():
    # § 33 Abs. 3 SGB X: Wiedereinsetzung and Eingang carry the decision.
    akte = geschichte.running()
    zweite = make_leitung("ltg2", akte.case.team)
    widerspruch = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 5, 27))
    werte = {name: getattr(widerspruch, name) for name in service.ANGABEN}
    gewaehrt = {"wiedereinsetzung": "gewaehrt", "wiedereinsetzung_grund": "Krankenhaus"}
    werte |= gewaehrt
    service.update_widerspruch(row=widerspruch, by=zweite, tag=date(2026, 5, 28), angaben=werte)
    service.update_widerspruch(
        row=widerspruch,
        by=akte.fallmanager,
        tag=date(2026, 5, 28),
        angaben=werte | {"vorbringen": "Zu wenig."},
    )
    row = geschichte.draft(akte, "abhilfe", widerspruch)
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="Widerspruch selbst erfasst"):
        folge.release_folgebescheid(row=row, by=zweite, tag=geschichte.HEUTE)
    assert folge.release_folgebescheid(row=row, by=akte.leitung, tag=geschichte.HEUTE).schreiben


def test_after_a_partial_abhilfe_only_the_rest_is_rejected_and_costs_are_paid_in_part():
    # § 63 Abs. 1 S. 1 SGB X: „soweit“.
    akte = geschichte.running()
    widerspruch = geschichte.attack(akte, akte.bescheid.schreiben, date(2026, 5, 11))
    row = geschichte.draft(akte, "widerspruchsbescheid", widerspruch, gericht="SG X")
    assert "Kosten des Widerspruchs erstatten wir nicht" in printed(row)
    abhilfe = geschichte.draft(akte, "abhilfe", widerspruch, teilweise=True)
    geschichte.decide(akte, abhilfe, geschichte.HEUTE)
    text = printed(row)
    assert "soweit wir ihm nicht mit Schreiben vom 1. Juni 2026 abgeholfen haben" in text
    assert "Soweit der Widerspruch Erfolg hatte, erstatten wir" in text
    assert "Kosten des Widerspruchs erstatten wir nicht" not in text


@pytest.mark.parametrize(
    ("rbb", "eingang", "norm"),
    [
        ("richtig", date(2026, 5, 27), "§ 84 Abs. 1 SGG"),
        ("fehlt", date(2027, 5, 26), "§ 66 Abs. 2 SGG"),
    ],
)
def test_lateness_cites_the_frist_that_ran(rbb, eingang, norm):
    akte = geschichte.running()
    correct_bekanntgabe(
        versand=Versand.objects.get(schreiben=akte.bescheid.schreiben),
        zugang_am=None,
        ausland=False,
        rbb=rbb,
        feststellung="geprüft",
        by=akte.fallmanager,
        tag=date(2026, 5, 4),
    )
    widerspruch = geschichte.attack(akte, akte.bescheid.schreiben, eingang)
    assert widerspruch.verspaetet
    row = geschichte.draft(akte, "widerspruchsbescheid", widerspruch, gericht="SG X")
    assert f"möglich ({norm}" in printed(row)


@pytest.mark.parametrize(
    ("art", "fall", "teil", "nicht"),
    [
        ("aufhebung_vergangen", "2", "untypischer Fall", "steht in unserem Ermessen"),
        ("ruecknahme", "2", "steht in unserem Ermessen", "untypischer Fall"),
    ],
)
def test_soll_is_no_ermessen(art, fall, teil, nicht):
    akte = geschichte.running()
    row = geschichte.draft(
        akte, art, akte.budget, wirkt_ab=date(2026, 6, 1), fall_des_gesetzes=fall, **VERZICHT
    )
    text = printed(row)
    assert teil in text
    assert nicht not in text


@pytest.mark.parametrize(
    ("am", "norm"),
    [
        (date(2017, 12, 31), "(§ 4 Abs. 2 BudgetV, § 48 Abs. 1 S. 1 SGB X)"),
        (date(2026, 6, 1), "(§ 29 Abs. 4 S. 7 SGB IX, § 48 Abs. 1 S. 1 SGB X)"),
    ],
)
def test_after_a_notice_the_grant_is_lifted_by_the_law_of_its_day(am, norm):
    akte = geschichte.running()
    row = geschichte.draft(
        akte,
        "kuendigung",
        akte.budget,
        wirkt_ab=date(2026, 8, 1),
        gekuendigt_am=am,
        fall_des_gesetzes="P",
    )
    assert norm in printed(row)


def test_a_letter_that_has_waited_too_long_is_not_printed():
    # § 48 Abs. 1 S. 1 SGB X: ordered in time, printed too late for the day that it names.
    akte = geschichte.running()
    row = geschichte.draft(akte, "aufhebung", akte.budget, wirkt_ab=date(2026, 7, 1), **VERZICHT)
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    row = folge.release_folgebescheid(row=row, by=akte.leitung, tag=geschichte.HEUTE)
    versand = send(schreiben=row.schreiben, weg="post", by=akte.fallmanager, tag=date(2026, 6, 12))
    drucken = {"versand_ids": [versand.pk], "by": akte.fallmanager}
    with pytest.raises(SchrittUnzulaessig, match="zur neuen Freigabe zurück"):
        create_druckstapel(**drucken, tag=date(2026, 6, 29))
    stapel = create_druckstapel(**drucken, tag=date(2026, 6, 15))
    lesen = {"druckstapel": stapel, "by": akte.fallmanager, "route": "druckstapel_pdf"}
    assert read_druckstapel(**lesen, tag=date(2026, 6, 15))
    for liest in (read_druckstapel, read_paket):
        with pytest.raises(SchrittUnzulaessig, match="zur neuen Freigabe zurück"):
            liest(**lesen, tag=date(2026, 6, 29))
