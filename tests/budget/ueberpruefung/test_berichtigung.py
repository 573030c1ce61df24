"""A review that falls away, a proof no longer asked for, a receipt put right."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import ProgrammingError, transaction
from django.urls import reverse

from budget.models import Budgetueberpruefung, Verwendungsnachweis
from budget.states.ueberpruefung import Budgetpruefstand, Nachweisstand
from budget.ueberpruefung.guards import nachweis_ueberfaellig
from budget.ueberpruefung.schritte import (
    NACHWEISSCHRITTE,
    PROTOKOLLSCHRITTE,
    Nachweislage,
    Protokolllage,
)
from budget.ueberpruefung.services import berichtigung, ueberpruefung
from cases.models import Frist
from cases.schreiben.services.schreiben import write_schreiben
from cases.schreiben.services.versand import send
from cases.services.entwurf import new_vorgang
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.budget.folge.geschichte import running
from tests.budget.ueberpruefung.test_ueberpruefung import HEUTE, demand, start, write
from tests.cases.schreiben.proben import make_anlass
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
SPAET = date(2026, 12, 4)


@pytest.fixture
def akte(db) -> fabriken.Akte:
    return running()


def cancel(akte: fabriken.Akte, row: Budgetueberpruefung, grund: str = "Irrtum"):
    return berichtigung.cancel_budgetueberpruefung(
        ueberpruefung=row, grund=grund, by=akte.fallmanager, tag=HEUTE
    )


def withdraw(akte: fabriken.Akte, row: Verwendungsnachweis, grund: str = "Falscher Zeitraum"):
    return berichtigung.withdraw_nachweis(nachweis=row, grund=grund, by=akte.fallmanager, tag=HEUTE)


def take(akte: fabriken.Akte, row: Verwendungsnachweis, am: date) -> Verwendungsnachweis:
    return ueberpruefung.accept_nachweis(
        nachweis=row, eingegangen_am=am, unterlage=None, by=akte.fallmanager, tag=SPAET
    )


def running_frist(akte: fabriken.Akte) -> Frist:
    return Frist.objects.exclude(state="aufgehoben").get(case=akte.case, regel="F33")


def test_review_falls_away_without_a_talk(akte):
    row = start(akte)
    with pytest.raises(SchrittUnzulaessig, match="Grund"):
        cancel(akte, row, " ")
    row = cancel(akte, row, "Die Person lehnt das Gespräch ab.")
    assert (row.state, row.ergebnis, row.gespraech_am) == ("entfallen", "", None)
    # The talk is still due, and another review may begin.
    assert Frist.objects.get(case=akte.case, regel="F31").state == "offen"
    assert start(akte).pk != row.pk
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Budgetueberpruefung.objects.filter(pk=row.pk).update(wirkung="anders")


def test_proof_of_a_wrong_stretch_makes_room_for_the_right_one(akte):
    row = withdraw(akte, demand(akte))
    assert (row.state, row.ergebnis) == ("zurueckgenommen", "Falscher Zeitraum")
    assert Frist.objects.get(case=akte.case, regel="F33").state == "aufgehoben"
    assert "nicht mehr verlangt" in nachweis_ueberfaellig(row, SPAET).text
    assert demand(akte).pk != row.pk
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Verwendungsnachweis.objects.filter(pk=row.pk).update(ergebnis="anders")


def test_letter_about_a_proof_no_longer_asked_for_does_not_leave(akte):
    row = demand(akte)
    art = "nachweis_anforderung"
    anlass = make_anlass(akte.case, akte.fallmanager, art, HEUTE, nachweis=row.pk)
    brief = write_schreiben(art=art, anlass=anlass)
    withdraw(akte, row)
    with pytest.raises(SchrittUnzulaessig, match="nicht mehr verlangt"):
        send(schreiben=brief, weg="post", by=akte.fallmanager, tag=HEUTE)


def test_corrected_receipt_meets_the_frist_by_its_true_day(akte):
    row = take(akte, demand(akte), SPAET)
    assert running_frist(akte).state == "versaeumt"
    row = berichtigung.undo_eingang(nachweis=row, by=akte.fallmanager, tag=SPAET)
    row = take(akte, row, date(2026, 11, 27))
    assert (row.state, row.eingegangen_am) == ("eingegangen", date(2026, 11, 27))
    assert (running_frist(akte).state, running_frist(akte).ende) == ("gewahrt", row.faellig_am)


def test_receipt_that_was_none_lets_the_frist_run_on(akte):
    row = take(akte, demand(akte), HEUTE)
    row = berichtigung.undo_eingang(nachweis=row, by=akte.fallmanager, tag=HEUTE)
    assert (row.state, row.eingegangen_am) == ("verlangt", None)
    assert running_frist(akte).state == "offen"


@pytest.mark.parametrize("zustand", Budgetpruefstand)
def test_steps_of_a_review_agree(akte, zustand):
    row = write(akte, start(akte))
    mehr = {"ergebnis": "fortsetzen", "ergebnis_grund": "x", "abgeschlossen_am": HEUTE}
    force(row, zustand, **(mehr if zustand != "offen" else {}))
    row = Budgetueberpruefung.objects.select_related("persoenliches_budget__case").get(pk=row.pk)
    daten = {"ueberpruefung": row, "by": akte.fallmanager, "tag": HEUTE}
    steps = {
        "bearbeiten": lambda: ueberpruefung.update_budgetueberpruefung(angaben={}, **daten),
        "abschliessen": lambda: ueberpruefung.complete_budgetueberpruefung(
            ergebnis="fortsetzen", grund="x", **daten
        ),
        "entfallen": lambda: berichtigung.cancel_budgetueberpruefung(grund="x", **daten),
    }
    assert set(steps) == {zeile.schritt for zeile in PROTOKOLLSCHRITTE.zeilen}
    lage = Protokolllage(akte.fallmanager, HEUTE, row)
    for schritt, act in steps.items():
        agree(PROTOKOLLSCHRITTE, lage, schritt, act)


@pytest.mark.parametrize("zustand", Nachweisstand)
def test_steps_of_a_proof_agree(akte, zustand):
    row = demand(akte)
    mehr = {"eingegangen_am": HEUTE} if zustand != "verlangt" else {}
    if zustand == "geprueft":
        mehr |= {"verwendet": row.zu_belegen, "angespart": 0, "zurueck": 0, "geprueft_am": HEUTE}
    force(row, zustand, ergebnis="x", **mehr)
    rows = Verwendungsnachweis.objects.select_related("persoenliches_budget__case")
    row = rows.get(pk=row.pk)
    daten = {"nachweis": row, "by": akte.fallmanager, "tag": HEUTE}
    eingang = {"eingegangen_am": HEUTE, "unterlage": None}
    steps = {
        "annehmen": lambda: ueberpruefung.accept_nachweis(**eingang, **daten),
        "pruefen": lambda: ueberpruefung.review_nachweis(
            verwendet=row.zu_belegen, angespart=0, zurueck=0, ergebnis="x", **daten
        ),
        "eingang_streichen": lambda: berichtigung.undo_eingang(**daten),
        "zuruecknehmen": lambda: berichtigung.withdraw_nachweis(grund="x", **daten),
    }
    assert set(steps) == {zeile.schritt for zeile in NACHWEISSCHRITTE.zeilen}
    lage = Nachweislage(akte.fallmanager, HEUTE, row)
    for schritt, act in steps.items():
        agree(NACHWEISSCHRITTE, lage, schritt, act)


def test_pages_put_right(client, akte):
    review, proof = start(akte), demand(akte)
    client.force_login(akte.fallmanager)
    fall = akte.case.pk
    seite = reverse("budget_ueberpruefung", args=[fall])
    with time_machine.travel(datetime(2026, 11, 5, 9, tzinfo=ZoneInfo("Europe/Berlin"))):
        take(akte, proof, HEUTE)
        for name, kennung in (
            ("nachweis_eingang_streichen", proof.pk),
            ("nachweis_zuruecknehmen", proof.pk),
            ("budget_ueberpruefung_entfallen", review.pk),
        ):
            url = reverse(name, args=[fall, kennung])
            assert url in client.get(seite).content.decode()
            vorgang = new_vorgang(akte.fallmanager.pk)
            antwort = client.post(url, {"text": "Irrtum im Namen.", "vorgang": vorgang})
            assert antwort.status_code == 302
        text = client.get(seite).content.decode()
    assert "Nicht mehr verlangt, weil" in text
    assert "Entfallen, weil" in text
