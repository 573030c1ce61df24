"""A budget that takes the place of a running one, told through its services."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from budget.bemessung.services.teilbudget import finish_bemessung, set_teilbudget
from budget.bescheid.services.bescheid import draft_bescheid, release_bescheid, submit_bescheid
from budget.bescheid.services.wirksamkeit import begin_wirkungen as begin_bewilligung
from budget.folge.services import bescheid as folge
from budget.folge.services import geltung, wirkung
from budget.folge.services.nachfolge import start_nachfolge
from budget.models import Bescheid, Folgebescheid, PersoenlichesBudget
from budget.zielvereinbarung import services as vereinbarungen
from cases.schreiben.services.versand import record_aufgabe, send
from tests.budget import fabriken
from tests.budget.folge.geschichte import HEUTE

AB = date(2026, 8, 1)
ANLASS = "Seit dem 15.05.2026 braucht die Person mehr Begleitung zum Einkauf."


def prepare(akte: fabriken.Akte, *, ab: date = AB, tag: date = HEUTE) -> PersoenlichesBudget:
    """Begin the next budget beside the running one."""
    return start_nachfolge(
        vorgaenger=akte.budget, beginn=ab, sachverhalt=ANLASS, by=akte.fallmanager, tag=tag
    )


def set_teilhabe(
    akte: fabriken.Akte, budget: PersoenlichesBudget, betrag: str, tag: date = HEUTE
) -> None:
    """Set another amount for the Assistenz."""
    set_teilbudget(
        budget=budget,
        leistung=akte.leistungen["teilhabe"],
        bemessungsart="individuell",
        betrag=Decimal(betrag),
        abweichung_grund="Nach dem Gespräch vom Vortag.",
        by=akte.fallmanager,
        tag=tag,
    )


def agree(akte: fabriken.Akte, budget: PersoenlichesBudget, tag: date = HEUTE) -> None:
    """Close the Bemessung and sign the Zielvereinbarung."""
    fm = {"by": akte.fallmanager, "tag": tag}
    budget = finish_bemessung(budget=budget, **fm)
    row = vereinbarungen.draft_zielvereinbarung(budget=budget, **fm)
    row = vereinbarungen.issue_zielvereinbarung(zielvereinbarung=row, **fm)
    vereinbarungen.record_unterschriften(
        zielvereinbarung=row,
        person_am=tag,
        person_durch="Emil Muster",
        traeger_am=tag,
        traeger_von=akte.fallmanager,
        **fm,
    )
    budget.refresh_from_db()


def write(
    akte: fabriken.Akte, budget: PersoenlichesBudget, tag: date = HEUTE, **angaben: Any
) -> Bescheid:
    """Draft and submit the Bescheid; `angaben` are further values of it."""
    budget.refresh_from_db()
    row = draft_bescheid(
        budget=budget,
        erste_auszahlung=budget.beginn,
        begruendung="Der Bedarf ist gestiegen.",
        by=akte.fallmanager,
        tag=tag,
        **angaben,
    )
    return submit_bescheid(bescheid=row, by=akte.fallmanager, tag=tag)


def aenderung(akte: fabriken.Akte) -> Folgebescheid:
    """Return the decision that ends the running grant."""
    return Folgebescheid.objects.get(budget=akte.budget, art="aenderung")


def examine(akte: fabriken.Akte, tag: date = HEUTE) -> Folgebescheid:
    """Hear the person about a change for the worse, note her answer, and submit it."""
    row = folge.update_folgebescheid(
        row=aenderung(akte),
        by=akte.fallmanager,
        tag=tag,
        angaben={"anhoerung_bis": tag + timedelta(days=21)},
    )
    folge.issue_anhoerung(row=row, by=akte.fallmanager, tag=tag)
    row = folge.record_aeusserung(
        row=aenderung(akte), am=tag, text="Das reicht mir nicht.", by=akte.fallmanager, tag=tag
    )
    return folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=tag)


def grant(akte: fabriken.Akte, bescheid: Bescheid, tag: date = HEUTE) -> Bescheid:
    """Release and post the Bescheid, and let the days pass until it is made known."""
    bescheid = release_bescheid(bescheid=bescheid, by=akte.leitung, tag=tag)
    post(akte, bescheid, tag)
    run(tag + timedelta(days=4))
    return bescheid


def post(akte: fabriken.Akte, bescheid: Bescheid, tag: date = HEUTE) -> None:
    """Post the Bescheid."""
    versand = send(schreiben=bescheid.schreiben, weg="post", by=akte.fallmanager, tag=tag)
    record_aufgabe(versand=versand, aufgabe_am=tag, by=akte.fallmanager, tag=tag)


def run(tag: date) -> None:
    """Take the daily run."""
    wirkung.begin_wirkungen(tag=tag)
    begin_bewilligung(tag=tag)
    geltung.begin_nachfolgen(tag=tag)


def change(
    akte: fabriken.Akte, betrag: str, *, ab: date = AB, tag: date = HEUTE
) -> tuple[PersoenlichesBudget, Bescheid]:
    """Tell a change of the amount up to its Bekanntgabe."""
    budget = prepare(akte, ab=ab, tag=tag)
    set_teilhabe(akte, budget, betrag, tag)
    agree(akte, budget, tag)
    if Decimal(betrag) < Decimal("1050.00"):
        examine(akte, tag)
    bescheid = grant(akte, write(akte, budget, tag), tag)
    budget.refresh_from_db()
    akte.budget.refresh_from_db()
    return budget, bescheid
