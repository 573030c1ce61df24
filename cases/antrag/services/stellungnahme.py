"""What other carriers answer, taken in once: Zuständigkeit, plan and budget read the same row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cases.antrag.guards import zustaendigkeit as regeln
from cases.antrag.queries.zustaendigkeit import fristbeginn
from cases.antrag.services.zustaendigkeit import lock_antrag
from cases.frist.queries import fristen_of
from cases.frist.services.frist import keep_frist, start_frist
from cases.guards import refuse
from cases.models import Antrag, Leistungstraeger, Traegerbeteiligung, User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkennung import Regel
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am

# What the form of an answer shows; its mark covers these.
GEZEIGT = (
    "angefordert_am",
    "eingegangen_am",
    "ansprechperson",
    "feststellung",
    "hoehe",
    "ziele",
    "beratung",
    "teilbudget_am",
)
UNTERLAGEN = ("unterlagen_am", "unterlagen")


@dataclass(frozen=True)
class Stellungnahme:
    """An answer with its four topics (§ 3 Abs. 1 BudgetV); `feststellung` is about the need.

    `angefordert_am` says when the carrier was asked otherwise than by letter, `teilbudget_am` when
    it has fixed its Teilbudget (§ 3 Abs. 4 BudgetV).
    """

    eingegangen_am: date
    feststellung: str = ""
    hoehe: str = ""
    ziele: str = ""
    beratung: str = ""
    ansprechperson: str = ""
    angefordert_am: date | None = None
    teilbudget_am: date | None = None


@transaction.atomic
def record_stellungnahme(
    *,
    beteiligung: Traegerbeteiligung,
    angaben: Stellungnahme,
    bedarf_seit: date | None,
    by: User,
    tag: date,
) -> Traegerbeteiligung:
    """Take in the answer of a carrier, or add to it; its Frist ends with the day of receipt.

    `bedarf_seit` is the end of the finding of the need: in the law until 2017 the carrier has a
    week from then, or from its answer, to fix its Teilbudget (F12). A request by letter keeps its
    day. Raises SchrittUnzulaessig when `by` only reads, or the days do not fit each other.
    """
    row = lock_row(Traegerbeteiligung.objects.select_related("antrag", "traeger"), beteiligung.pk)
    row.antrag = lock_antrag(row.antrag, by)
    gefragt = _asked(row, angaben.angefordert_am)
    refuse(regeln.stellungnahme_zeitlich_moeglich(row, gefragt, angaben.eingegangen_am, tag))
    _refuse_teilbudget(angaben, tag)
    neu = row.eingegangen_am is None
    row.angefordert_am, row.eingegangen_am = gefragt, angaben.eingegangen_am
    row.feststellung, row.hoehe = angaben.feststellung.strip(), angaben.hoehe.strip()
    row.ziele, row.beratung = angaben.ziele.strip(), angaben.beratung.strip()
    row.ansprechperson = angaben.ansprechperson.strip()
    row.teilbudget_am = angaben.teilbudget_am
    row.save()
    _run_fristen(row, bedarf_seit, by)
    _note(row, by, tag, "eingegangen" if neu else "ergänzt")
    return row


def _asked(row: Traegerbeteiligung, typed: date | None) -> date | None:
    """Return when the carrier was asked: what the dispatch has fixed is not typed over."""
    versandt = fristen_of(row.antrag.case, row, Regel.FESTSTELLUNGEN_TRAEGER).exists()
    return row.angefordert_am if versandt else typed


def _refuse_teilbudget(angaben: Stellungnahme, tag: date) -> None:
    am = angaben.teilbudget_am
    if am is not None and not angaben.eingegangen_am <= am <= tag:
        raise SchrittUnzulaessig(
            "Das Teilbudget ist frühestens mit der Stellungnahme und spätestens heute festgestellt."
        )


def _run_fristen(row: Traegerbeteiligung, bedarf_seit: date | None, by: User) -> None:
    case, eingang = row.antrag.case, row.eingegangen_am
    if eingang is None:
        return
    durch = f"Stellungnahme von {row.traeger.name}"
    keep_frist(
        case=case, gegenstand=row, regel=Regel.FESTSTELLUNGEN_TRAEGER, tag=eingang, durch=durch
    )
    if rechtsstand_am(fristbeginn(row.antrag)) is not Rechtsstand.A or bedarf_seit is None:
        return
    start_frist(
        case=case,
        regel=Regel.FESTSTELLUNG_TEILBUDGET,
        gegenstand=row,
        ausloeser=max(bedarf_seit, eingang),
        by=by,
    )
    if row.teilbudget_am is not None:
        keep_frist(
            case=case,
            gegenstand=row,
            regel=Regel.FESTSTELLUNG_TEILBUDGET,
            tag=row.teilbudget_am,
            durch=f"Teilbudget von {row.traeger.name} festgestellt",
        )


@transaction.atomic
def note_stellungnahme(
    *, antrag: Antrag, traeger: Leistungstraeger, eingegangen_am: date, by: User, tag: date
) -> Traegerbeteiligung:
    """Note that a carrier has answered, asked or of its own accord; the topics may follow.

    Raises SchrittUnzulaessig when `by` only reads, or the day lies ahead or before the request.
    """
    antrag = lock_antrag(antrag, by)
    row = Traegerbeteiligung.objects.filter(antrag=antrag, traeger=traeger).first()
    if row is None:
        row = Traegerbeteiligung(antrag=antrag, traeger=traeger, am=eingegangen_am)
    elif row.eingegangen_am == eingegangen_am:
        return row
    row.antrag = antrag
    refuse(regeln.stellungnahme_zeitlich_moeglich(row, row.angefordert_am, eingegangen_am, tag))
    row.eingegangen_am = eingegangen_am
    row.save()
    _run_fristen(row, None, by)
    _note(row, by, tag, "eingegangen")
    return row


@transaction.atomic
def record_eigene_feststellung(
    *, beteiligung: Traegerbeteiligung, text: str, by: User, tag: date
) -> Traegerbeteiligung:
    """Find in place of a Rehabilitationsträger that is late (§ 15 Abs. 2 S. 3 SGB IX).

    Raises SchrittUnzulaessig when it still has time, has answered, is no Rehabilitationsträger,
    the law of the application knows no such step, or nothing is found.
    """
    row = lock_row(Traegerbeteiligung.objects.select_related("antrag", "traeger"), beteiligung.pk)
    row.antrag = lock_antrag(row.antrag, by)
    frist = fristen_of(row.antrag.case, row, Regel.FESTSTELLUNGEN_TRAEGER).order_by("-pk").first()
    if row.eingegangen_am is not None and frist is not None and row.eingegangen_am <= frist.ende:
        raise SchrittUnzulaessig(
            f"{row.traeger.name} hat rechtzeitig geantwortet; diese Feststellungen binden.",
            norm_am(row.antrag.eingang, "§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 S. 2 SGB IX"),
        )
    refuse(regeln.selbst_erst_nach_der_frist(row, frist.ende if frist else None, tag))
    if not text.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, was Sie feststellen.", "§ 20 SGB X")
    row.selbst_festgestellt_am, row.selbst_festgestellt = tag, text.strip()
    row.save()
    keep_frist(
        case=row.antrag.case,
        gegenstand=row,
        regel=Regel.FESTSTELLUNGEN_TRAEGER,
        tag=tag,
        durch="selbst festgestellt",
    )
    record_ereignis(
        case=row.antrag.case,
        by=by,
        tag=tag,
        art="zustaendigkeit",
        text=f"Bedarf anstelle von {row.traeger.name} selbst festgestellt",
        gegenstand=row.antrag,
    )
    return row


@transaction.atomic
def record_unterlagen(
    *, beteiligung: Traegerbeteiligung, am: date, umfang: str, by: User, tag: date
) -> Traegerbeteiligung:
    """Note which part of the Antragsunterlagen a carrier was sent, and when.

    Whether the person has consented the caller asks. Raises SchrittUnzulaessig when `by` only
    reads, the day lies ahead, or it is not said what was sent.
    """
    row = lock_row(Traegerbeteiligung.objects.select_related("antrag", "traeger"), beteiligung.pk)
    row.antrag = lock_antrag(row.antrag, by)
    if am > tag:
        raise SchrittUnzulaessig("Der Tag der Übersendung liegt in der Zukunft.")
    if not umfang.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie, welche Teile übersandt wurden.")
    row.unterlagen_am, row.unterlagen = am, umfang.strip()
    row.save(update_fields=["unterlagen_am", "unterlagen"])
    _note(row, by, tag, "", f"Antragsunterlagen in Teilen an {row.traeger.name} übersandt")
    return row


def _note(row: Traegerbeteiligung, by: User, tag: date, was: str, text: str = "") -> None:
    record_ereignis(
        case=row.antrag.case,
        by=by,
        tag=tag,
        art="zustaendigkeit",
        text=text or f"Stellungnahme von {row.traeger.name} {was}",
        gegenstand=row.antrag,
    )
