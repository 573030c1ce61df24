"""A running grant and what is decided about it later, told through the services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from budget.bescheid.services.wirksamkeit import begin_wirkungen as begin_bewilligung
from budget.folge.services import bescheid as folge
from budget.folge.services import wirkung
from budget.folge.services.widerspruch import record_widerspruch
from budget.models import Folgebescheid, Widerspruch
from cases.models import Versand
from cases.schreiben.services.versand import record_aufgabe, send
from tests.budget import fabriken

HEUTE = date(2026, 6, 1)
TEXTE = {
    "sachverhalt": "Am 28.05.2026 ist die Person in ein Pflegeheim gezogen.",
    "gruende": "Der Bedarf an Assistenz in der Wohnung ist entfallen.",
    "anspruch": "bleibt",
    "ermessen": "Das Vertrauen wiegt weniger, weil das Geld nicht verbraucht ist.",
}


def running(*, ende: date | None = None) -> fabriken.Akte:
    """Return a case whose grant was made known on 24.04.2026 and is paid, to `ende` or on."""
    tage = replace(fabriken.B, ende=ende)
    akte = fabriken.insert_bescheid(
        fabriken.insert_vorgelegt(fabriken.make_akte(tage), tage), "freigegeben"
    )
    versand = send(
        schreiben=akte.bescheid.schreiben,
        weg="post",
        by=akte.fallmanager,
        tag=akte.tage.bescheid,
    )
    record_aufgabe(
        versand=versand,
        aufgabe_am=akte.tage.bescheid,
        by=akte.fallmanager,
        tag=akte.tage.bescheid,
    )
    begin_bewilligung(tag=date(2026, 4, 24))
    refresh(akte)
    return akte


def refresh(akte: fabriken.Akte) -> fabriken.Akte:
    """Read case, budget and Bescheid anew."""
    for row in (akte.case, akte.budget, akte.bescheid):
        if row is not None:
            row.refresh_from_db()
    return akte


def draft(akte: fabriken.Akte, art: str, gegenstand: Any, **angaben: Any) -> Folgebescheid:
    """Draft a decision with enough text; `angaben` win."""
    return folge.draft_folgebescheid(
        case=akte.case,
        art=art,
        gegenstand=gegenstand,
        by=akte.fallmanager,
        tag=HEUTE,
        angaben=TEXTE | angaben,
    )


def hear(akte: fabriken.Akte, row: Folgebescheid) -> Versand:
    """Write the Anhörung and post it."""
    schreiben = folge.issue_anhoerung(row=row, by=akte.fallmanager, tag=HEUTE)
    return post(akte, schreiben, HEUTE)


def post(akte: fabriken.Akte, schreiben: Any, am: date) -> Versand:
    """Post a letter and let the days pass until it is made known."""
    versand = send(schreiben=schreiben, weg="post", by=akte.fallmanager, tag=am)
    versand = record_aufgabe(versand=versand, aufgabe_am=am, by=akte.fallmanager, tag=am)
    wirkung.begin_wirkungen(tag=am + timedelta(days=4))
    return versand


def decide(akte: fabriken.Akte, row: Folgebescheid, am: date) -> Folgebescheid:
    """Submit, release by the second person, and post."""
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=am)
    row = folge.release_folgebescheid(row=row, by=akte.leitung, tag=am)
    post(akte, row.schreiben, am)
    row.refresh_from_db()
    return row


def lift(akte: fabriken.Akte, *, ab: date = date(2026, 8, 1), **angaben: Any) -> Folgebescheid:
    """Lift the grant for the time to come, after an answer of the person."""
    row = draft(
        akte,
        "aufhebung",
        akte.budget,
        wirkt_ab=ab,
        anhoerung_bis=date(2026, 6, 22),
        **angaben,
    )
    hear(akte, row)
    row = folge.record_aeusserung(
        row=row,
        am=date(2026, 6, 10),
        text="Ich bin einverstanden.",
        by=akte.fallmanager,
        tag=date(2026, 6, 10),
    )
    return decide(akte, row, date(2026, 6, 12))


def attack(akte: fabriken.Akte, schreiben: Any, am: date, **angaben: Any) -> Widerspruch:
    """Let a Widerspruch come in."""
    werte = {"eingang_am": am, "form": "schriftlich"} | angaben
    return record_widerspruch(
        case=akte.case, schreiben=schreiben, by=akte.fallmanager, tag=am, angaben=werte
    )
