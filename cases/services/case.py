"""Steps of a case: intake, Zuständigkeit, state, end."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from cases import access, guards
from cases.models import (
    Aktenzeichenzaehler,
    Antrag,
    Behoerde,
    Case,
    LeistungsberechtigtePerson,
    Leistungstraeger,
    Team,
    User,
    Weiterleitung,
)
from cases.registry import registry
from cases.services.ereignis import record_ereignis
from cases.services.frist import keep_frist, lift_frist, start_frist
from cases.states import FALL, Fallzustand, Fristwirkung, SchrittUnzulaessig


def next_aktenzeichen(jahr: int) -> str:
    """Return the next Aktenzeichen of the year, e.g. EH-2026-00042; numbers have no gaps.

    The counter row stays locked until the caller's transaction ends, so a rollback gives the
    number back and two intakes never share one.
    """
    Aktenzeichenzaehler.objects.get_or_create(jahr=jahr)
    Aktenzeichenzaehler.objects.select_for_update().get(jahr=jahr)
    Aktenzeichenzaehler.objects.filter(jahr=jahr).update(stand=F("stand") + 1)
    stand = Aktenzeichenzaehler.objects.values_list("stand", flat=True).get(jahr=jahr)
    praefix = Behoerde.objects.values_list("aktenzeichen_praefix", flat=True).get(pk=1)
    return f"{praefix}-{jahr}-{stand:05d}"


def lock_case(case_id: int) -> Case:
    """Lock and return the row; every step with effect begins here."""
    return Case.objects.select_for_update().get(pk=case_id)


def lock_running_case(case_id: int) -> Case:
    """Lock and return a case in which new work may begin; an ended one stays as it is."""
    case = lock_case(case_id)
    if case.state in (Fallzustand.BEENDET, Fallzustand.WEITERGELEITET):
        raise SchrittUnzulaessig(
            f"Der Fall ist „{case.get_state_display()}“. Neues beginnt mit einem neuen Antrag."
        )
    return case


@transaction.atomic
def open_case(
    *,
    leistungsberechtigte_person: LeistungsberechtigtePerson,
    team: Team,
    caseworker: User,
    eingang: date,
    weg: str,
    begehren: str,
    persoenliches_budget: bool,
    by: User,
    at: date,
) -> tuple[Case, Antrag]:
    """Open a case with its application and start F01 and F04 from the day of receipt.

    Raises SchrittUnzulaessig when the day of receipt lies after `at` (§ 14 Abs. 1 S. 1 SGB IX
    counts from a real receipt).
    """
    guards.refuse(guards.eingang_nicht_in_der_zukunft(eingang, at))
    case = Case.objects.create(
        aktenzeichen=next_aktenzeichen(eingang.year),
        leistungsberechtigte_person=leistungsberechtigte_person,
        team=team,
        caseworker=caseworker,
        eroeffnet_am=eingang,
    )
    antrag = Antrag.objects.create(
        case=case,
        eingang=eingang,
        weg=weg,
        begehren=begehren,
        persoenliches_budget=persoenliches_budget,
        aufgenommen_von=by,
    )
    start_frist(case=case, regel="F01", gegenstand=antrag, ausloeser=eingang, by=by)
    start_frist(case=case, regel="F04", gegenstand=antrag, ausloeser=eingang, by=by)
    record_ereignis(
        case=case,
        by=by,
        at=at,
        art="antrag",
        text=f"Antrag eingegangen am {eingang:%d.%m.%Y}",
        gegenstand=antrag,
    )
    return case, antrag


def advance_case(*, case: Case, schritt: str, by: User) -> None:
    """Move a locked case one step; role and state are checked against the table."""
    case.state = access.require(by, FALL, schritt, case.state)
    case.save(update_fields=["state"])


@transaction.atomic
def determine_zustaendigkeit(*, case: Case, begruendung: str, by: User, at: date) -> Case:
    """Record that the authority is leistender Träger (§ 14 Abs. 2 S. 1 SGB IX); F01 is met."""
    case = lock_case(case.pk)
    advance_case(case=case, schritt="zustaendigkeit_feststellen", by=by)
    keep_frist(case=case, regel="F01", at=at, durch="Zuständigkeit festgestellt")
    record_ereignis(
        case=case,
        by=by,
        at=at,
        art="zustaendigkeit",
        text=f"Zuständigkeit festgestellt: {begruendung}",
    )
    return case


@transaction.atomic
def forward_antrag(
    *, case: Case, an: Leistungstraeger, grund: str, by: User, at: date
) -> Weiterleitung:
    """Hand the application on (§ 14 Abs. 1 S. 2 SGB IX).

    Raises SchrittUnzulaessig when F01 has run out: then the authority stays leistender Träger.
    """
    case = lock_case(case.pk)
    antrag = case.antraege.latest("eingang")
    guards.refuse(guards.weiterleitung_innerhalb_der_frist(case, at))
    advance_case(case=case, schritt="weiterleiten", by=by)
    keep_frist(case=case, regel="F01", at=at, durch="weitergeleitet")
    lift_frist(case=case, regel="F04", at=at, grund="Antrag weitergeleitet")
    weiterleitung = Weiterleitung.objects.create(antrag=antrag, an=an, am=at, grund=grund)
    record_ereignis(
        case=case,
        by=by,
        at=at,
        art="weiterleitung",
        text=f"Antrag weitergeleitet an {an.name}: {grund}",
        gegenstand=antrag,
    )
    return weiterleitung


@transaction.atomic
def begin_ueberpruefung(*, case: Case, anlass: str, by: User, at: date) -> Case:
    """Begin the review of the running help (§ 121 Abs. 2 SGB IX); F31 is met."""
    case = lock_case(case.pk)
    advance_case(case=case, schritt="ueberpruefen", by=by)
    keep_frist(case=case, regel="F31", at=at, durch="Überprüfung begonnen")
    record_ereignis(case=case, by=by, at=at, art="ueberpruefung", text=f"Überprüfung: {anlass}")
    return case


@transaction.atomic
def continue_unchanged(*, case: Case, ergebnis: str, by: User, at: date) -> Case:
    """End a review without a change (§ 121 Abs. 2 SGB IX)."""
    case = lock_case(case.pk)
    advance_case(case=case, schritt="fortfuehren", by=by)
    record_ereignis(
        case=case, by=by, at=at, art="ueberpruefung", text=f"Unverändert fortgeführt: {ergebnis}"
    )
    return case


@transaction.atomic
def end_case(*, case: Case, grund: str, by: User, at: date) -> Case:
    """End a case; raises SchrittUnzulaessig naming the first open obstacle."""
    case = lock_case(case.pk)
    for source in registry.abschlusshindernisse:
        for hindernis in source(case, at):
            raise SchrittUnzulaessig(hindernis.text, hindernis.norm)
    case.state = access.require(by, FALL, "beenden", case.state)
    case.beendet_am = at
    case.beendet_grund = grund
    case.save(update_fields=["state", "beendet_am", "beendet_grund"])
    # What the authority had to do is over; the time of a Rechtsbehelf runs on by law.
    zu_erledigen = case.fristen.filter(state="offen", wirkung=Fristwirkung.HANDLUNG)
    for regel in set(zu_erledigen.values_list("regel", flat=True)):
        lift_frist(case=case, regel=regel, at=at, grund="Fall beendet")
    record_ereignis(case=case, by=by, at=at, art="ende", text=f"Fall beendet: {grund}")
    return case
