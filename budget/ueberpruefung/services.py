"""Steps of the review of a budget: protocol and outcome; proofs asked for, taken in, checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from budget.models import Budgetueberpruefung, PersoenlichesBudget, Verwendungsnachweis
from budget.states.ueberpruefung import (
    Budgetpruefanlass,
    Budgetpruefergebnis,
    nachweisnorm_of,
    pruefnorm_of,
)
from budget.ueberpruefung import guards
from budget.ueberpruefung.queries import (
    FELDER,
    amount_to_prove,
    last_paid_day,
    open_ueberpruefung,
    werte_of_protokoll,
)
from budget.ueberpruefung.schritte import (
    BEGINN,
    NACHWEISSCHRITTE,
    PROTOKOLLSCHRITTE,
    Beginnlage,
    Nachweislage,
    Protokolllage,
)
from budget.verfahren.services import lock_budget
from budget.zielvereinbarung.queries import zielvereinbarung_of
from cases.frist.services.frist import end_fristen, keep_frist, start_frist
from cases.guards import refuse
from cases.models import Frist, Schreiben, Unterlage, User, Versand
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.frist import LAUFENDE
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkennung import Regel
from recht.geld import format_euro

_MONATE = 6


@transaction.atomic
def start_budgetueberpruefung(
    *, budget: PersoenlichesBudget, anlass: str, by: User, tag: date
) -> Budgetueberpruefung:
    """Begin a review of a running budget.

    Raises SchrittUnzulaessig when the budget does not run or has not begun, another review is
    open, or `by` only reads.
    """
    budget = lock_budget(budget)
    BEGINN.require(Beginnlage(by, tag, budget, open_ueberpruefung(budget)), "ueberpruefen")
    row = Budgetueberpruefung.objects.create(
        persoenliches_budget=budget,
        anlass=anlass,
        begonnen_am=tag,
        bearbeitet_von=by,
        beteiligte=budget.case.leistungsberechtigte_person.voller_name,
    )
    _record(budget, row, by, tag, f"Budget überprüfen: {Budgetpruefanlass(anlass).label}")
    return row


@transaction.atomic
def update_budgetueberpruefung(
    *,
    ueberpruefung: Budgetueberpruefung,
    angaben: Mapping[str, Any],
    by: User,
    tag: date,
    gesehen: str = "",
) -> Budgetueberpruefung:
    """Write the talk and its protocol; what is not named stays.

    Raises SchrittUnzulaessig when the review is closed, `by` only reads, or somebody else has
    changed it since.
    """
    row = _lock_review(ueberpruefung)
    PROTOKOLLSCHRITTE.require(Protokolllage(by, tag, row), "bearbeiten")
    refuse_stale(row, gesehen=gesehen, jetzt=stand_of(werte_of_protokoll(row)))
    for feld in FELDER:
        if feld in angaben:
            wert = angaben[feld]
            setattr(row, feld, wert.strip() if isinstance(wert, str) else wert)
    row.bearbeitet_von = by
    row.save()
    return row


@transaction.atomic
def complete_budgetueberpruefung(
    *, ueberpruefung: Budgetueberpruefung, ergebnis: str, grund: str, by: User, tag: date
) -> Budgetueberpruefung:
    """Close a review: its Fristen are met, the next talk runs from the day of this one.

    A change or an end is the next step of whoever is responsible. Raises SchrittUnzulaessig naming
    the first reason.
    """
    row = _lock_review(ueberpruefung)
    zustand = PROTOKOLLSCHRITTE.require(Protokolllage(by, tag, row), "abschliessen")
    if ergebnis not in Budgetpruefergebnis.values or not grund.strip():
        norm = pruefnorm_of(row.persoenliches_budget.beginn)
        raise SchrittUnzulaessig("Bitte wählen Sie das Ergebnis und begründen Sie es.", norm)
    row.state, row.ergebnis, row.ergebnis_grund = zustand, ergebnis, grund.strip()
    row.abgeschlossen_am, row.bearbeitet_von = tag, by
    row.save()
    _run_fristen(row, by)
    _record(
        row.persoenliches_budget,
        row,
        by,
        tag,
        f"{row} abgeschlossen: {Budgetpruefergebnis(ergebnis).label}",
    )
    return row


def _run_fristen(row: Budgetueberpruefung, by: User) -> None:
    """Meet the first review and the agreed talks, and let the next talk run (F31, F32)."""
    budget, tag = row.persoenliches_budget, row.gespraech_am
    if tag is None:
        return
    durch = f"Gespräch am {tag:%d.%m.%Y}"
    keep_frist(
        case=budget.case,
        gegenstand=budget,
        regel=Regel.ERSTE_UEBERPRUEFUNG,
        tag=tag,
        durch=durch,
    )
    if row.anlass == Budgetpruefanlass.ERPROBUNG:
        keep_frist(case=budget.case, gegenstand=budget, regel=Regel.ERPROBUNG, tag=tag, durch=durch)
    gespraeche = Frist.objects.filter(
        case=budget.case,
        regel=Regel.VERLAUFSGESPRAECH,
        state__in=LAUFENDE,
        ausloeser_datum__lt=tag,
    )
    end_fristen(gespraeche, tag=tag, durch=durch)
    if row.ergebnis == Budgetpruefergebnis.BEENDEN:
        return
    vereinbarung = zielvereinbarung_of(budget)
    monate = vereinbarung.gespraech_monate if vereinbarung is not None else _MONATE
    start_frist(
        case=budget.case,
        regel=Regel.VERLAUFSGESPRAECH,
        gegenstand=row,
        ausloeser=tag,
        by=by,
        laenge=f"{monate} Monate",
    )


@transaction.atomic
def add_nachweis(
    *,
    budget: PersoenlichesBudget,
    von: date,
    bis: date,
    faellig_am: date,
    by: User,
    tag: date,
) -> Verwendungsnachweis:
    """Ask for the proof of a stretch; its Frist (F33) runs to the day, the letter is the next step.

    A day of rest moves the end on (§ 26 Abs. 3 SGB X). Raises SchrittUnzulaessig when the budget
    has not begun, the stretch is not of it, overlaps one that was asked for, ends after the day of
    proof, nothing has to be proved, or `by` only reads.
    """
    budget = lock_budget(budget)
    BEGINN.require(Beginnlage(by, tag, budget, None), "nachweis_verlangen")
    refuse(guards.zeitraum_im_budget(budget, von, bis, tag, last_paid_day(budget)))
    refuse(guards.vorlage_nach_zeitraum(budget, bis, faellig_am, tag))
    if budget.verwendungsnachweise.filter(von__lte=bis, bis__gte=von).exists():
        raise SchrittUnzulaessig(
            "Für einen Teil dieses Zeitraums ist schon ein Nachweis verlangt.",
            nachweisnorm_of(budget.beginn),
        )
    betrag = amount_to_prove(budget, von, bis)
    refuse(guards.etwas_nachzuweisen(budget, betrag))
    row = Verwendungsnachweis.objects.create(
        persoenliches_budget=budget,
        von=von,
        bis=bis,
        faellig_am=faellig_am,
        zu_belegen=betrag,
        verlangt_am=tag,
        bearbeitet_von=by,
    )
    frist = start_frist(
        case=budget.case,
        regel=Regel.VERWENDUNGSNACHWEIS,
        gegenstand=row,
        ausloeser=von,
        by=by,
        laenge=f"{(faellig_am - von).days + 1} Tage",
    )
    row.faellig_am = frist.ende
    row.save(update_fields=["faellig_am"])
    _record(budget, row, by, tag, f"{row} verlangt bis {row.faellig_am:%d.%m.%Y}")
    return row


@transaction.atomic
def accept_nachweis(
    *,
    nachweis: Verwendungsnachweis,
    eingegangen_am: date,
    unterlage: Unterlage | None,
    by: User,
    tag: date,
) -> Verwendungsnachweis:
    """Take in a proof; its Frist ends with the day of receipt.

    Raises SchrittUnzulaessig when it is there already, the day does not fit, or `by` only reads.
    """
    row = _lock_proof(nachweis)
    row.state = NACHWEISSCHRITTE.require(Nachweislage(by, tag, row), "annehmen")
    refuse(guards.eingang_moeglich(row, eingegangen_am, tag))
    budget = row.persoenliches_budget
    if unterlage is not None and unterlage.case_id != budget.case_id:
        raise SchrittUnzulaessig("Diese Unterlage gehört nicht zu diesem Fall.")
    row.eingegangen_am, row.unterlage, row.bearbeitet_von = eingegangen_am, unterlage, by
    row.save()
    keep_frist(
        case=budget.case,
        gegenstand=row,
        regel=Regel.VERWENDUNGSNACHWEIS,
        tag=eingegangen_am,
        durch="Verwendungsnachweis eingegangen",
    )
    _record(budget, row, by, tag, f"{row} eingegangen")
    return row


@transaction.atomic
def review_nachweis(
    *,
    nachweis: Verwendungsnachweis,
    verwendet: Decimal,
    angespart: Decimal,
    zurueck: Decimal,
    ergebnis: str,
    by: User,
    tag: date,
) -> Verwendungsnachweis:
    """Check a proof: what was used, saved and is to be given back make up the whole amount.

    Nothing is revoked for the past by this (BSG 11.08.2022 - B 8 SO 3/21 R). Raises
    SchrittUnzulaessig when it has not come in, the sums differ, an amount is negative, the result
    is not explained, or `by` only reads.
    """
    row = _lock_proof(nachweis)
    row.state = NACHWEISSCHRITTE.require(Nachweislage(by, tag, row), "pruefen")
    refuse(guards.nachweis_geht_auf(row, verwendet, angespart, zurueck))
    if not ergebnis.strip():
        norm = nachweisnorm_of(row.persoenliches_budget.beginn)
        raise SchrittUnzulaessig("Bitte schreiben Sie, was die Prüfung ergeben hat.", norm)
    row.verwendet, row.angespart, row.zurueck = verwendet, angespart, zurueck
    row.ergebnis, row.geprueft_am, row.bearbeitet_von = ergebnis.strip(), tag, by
    row.save()
    rest = f", {format_euro(zurueck)} zurückzugeben" if zurueck else ""
    _record(row.persoenliches_budget, row, by, tag, f"{row} geprüft{rest}")
    return row


def note_anforderung(schreiben: Schreiben, versand: Versand, by: User | None, tag: date) -> None:
    """The request has left the house."""
    _note_day(schreiben, versand, "angefordert_am")


def note_erinnerung(schreiben: Schreiben, versand: Versand, by: User | None, tag: date) -> None:
    """The reminder has left the house."""
    _note_day(schreiben, versand, "erinnert_am")


def _note_day(schreiben: Schreiben, versand: Versand, feld: str) -> None:
    kennung = schreiben.gegenstand.partition(":")[2]
    row = lock_row(Verwendungsnachweis.objects.all(), int(kennung))
    if versand.aufgabe_am is None or row.geprueft_am is not None:
        return
    setattr(row, feld, versand.aufgabe_am)
    row.save(update_fields=[feld])


def _lock_review(ueberpruefung: Budgetueberpruefung) -> Budgetueberpruefung:
    budget = lock_budget(ueberpruefung.persoenliches_budget)
    row = lock_row(Budgetueberpruefung.objects.all(), ueberpruefung.pk)
    row.persoenliches_budget = budget
    return row


def _lock_proof(nachweis: Verwendungsnachweis) -> Verwendungsnachweis:
    budget = lock_budget(nachweis.persoenliches_budget)
    row = lock_row(Verwendungsnachweis.objects.all(), nachweis.pk)
    row.persoenliches_budget = budget
    return row


def _record(
    budget: PersoenlichesBudget,
    row: Budgetueberpruefung | Verwendungsnachweis,
    by: User,
    tag: date,
    text: str,
) -> None:
    record_ereignis(
        case=budget.case, by=by, tag=tag, art="budgetpruefung", text=text, gegenstand=row
    )
