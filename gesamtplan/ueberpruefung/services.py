"""Steps of a review: begun, written, reports asked for and taken in, closed with its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.dateien.annahme import Annahme
from cases.fall.services.case import begin_ueberpruefung, continue_unchanged, lock_running_case
from cases.frist.services.frist import end_fristen, keep_frist, start_frist
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.guards import refuse
from cases.models import Case, Frist, Leistungserbringer, Unterlagenart, User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.fall import FALL
from cases.states.frist import LAUFENDE
from cases.states.tafel import SchrittUnzulaessig
from cases.unterlage.services.unterlage import Unterlagenangaben, file_unterlagen
from gesamtplan.models import Ueberpruefung, Verlaufsbericht, Zielbewertung
from gesamtplan.models.angaben import Bewertung
from gesamtplan.models.stand import werte_of_bericht, werte_of_ueberpruefung
from gesamtplan.states.ueberpruefung import Pruefanlass, Pruefergebnis, Stimme
from gesamtplan.ueberpruefung import guards
from gesamtplan.ueberpruefung.queries import (
    binding_vereinbarung,
    is_teilhabeplan,
    missed_goals,
    with_parts,
)
from gesamtplan.ueberpruefung.schritte import (
    BEGINN,
    PRUEFSCHRITTE,
    Prueflage,
    begin_lage,
)
from recht.fristkennung import Regel

Bewertungen = Mapping[tuple[UUID, str], Bewertung]


@transaction.atomic
def start_ueberpruefung(*, case: Case, anlass: str, by: User, tag: date) -> Ueberpruefung:
    """Begin a review of the plan in force; a running case goes under review with it.

    Raises SchrittUnzulaessig without a released plan, while another review is open, in a case
    whose help does not run, or when `by` only reads.
    """
    case = lock_running_case(case.pk)
    lage = begin_lage(case, by, tag)
    BEGINN.require(lage, "ueberpruefen")
    if lage.plan is None:
        raise SchrittUnzulaessig("Diesen Gesamtplan gibt es nicht mehr.")
    row = Ueberpruefung.objects.create(
        case=case,
        gesamtplan=lage.plan,
        anlass=anlass,
        begonnen_am=tag,
        bearbeitet_von=by,
        beteiligte=case.leistungsberechtigte_person.voller_name,
    )
    if case.state in FALL.uebergang("ueberpruefen").von:
        begin_ueberpruefung(case=case, anlass=str(Pruefanlass(anlass).label), by=by, tag=tag)
    _record(row, by, tag, f"Überprüfung von {lage.plan} begonnen: {Pruefanlass(anlass).label}")
    return row


@transaction.atomic
def update_ueberpruefung(
    *,
    ueberpruefung: Ueberpruefung,
    bewertungen: Bewertungen,
    by: User,
    tag: date,
    gespraech_am: date | None = None,
    ort: str = "",
    beteiligte: str = "",
    notiz: str = "",
    gesehen: str | None = None,
) -> Ueberpruefung:
    """Write the talk, and the ratings by goal and voice; ratings that are not named stay.

    A rating without status and reason is taken back. Raises SchrittUnzulaessig when it is closed,
    `by` only reads, somebody else has changed it since, a rating lacks its reason, or the person
    or the authority would be rated before the talk.
    """
    row = _lock(ueberpruefung.pk)
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_ueberpruefung(row)),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )
    row.gespraech_am, row.ort = gespraech_am, ort.strip()
    row.beteiligte, row.notiz = beteiligte.strip(), notiz.strip()
    row.bearbeitet_von = by
    row.save()
    _write_bewertungen(row, bewertungen, tag)
    return _lock(row.pk)


def _write_bewertungen(row: Ueberpruefung, bewertungen: Bewertungen, tag: date) -> None:
    kennungen = {ziel.kennung: ziel.nummer for ziel in row.gesamtplan.teilhabeziele.all()}
    for (kennung, stimme), eine in bewertungen.items():
        if kennung not in kennungen:
            raise SchrittUnzulaessig("Dieses Ziel steht nicht im überprüften Plan.")
        rows = Zielbewertung.objects.filter(ueberpruefung=row, kennung=kennung, stimme=stimme)
        if not eine.status and not eine.grund.strip():
            rows.delete()
            continue
        _refuse_half(eine, kennungen[kennung], Stimme(stimme), tag)
        if stimme in guards.UNVERZICHTBAR and (found := guards.gespraech_gefuehrt(row, tag)):
            raise SchrittUnzulaessig(found.text, found.norm)
        werte = {"status": eine.status, "grund": eine.grund.strip()}
        if eine.getan is not None:
            werte["getan"] = eine.getan.strip()
        Zielbewertung.objects.update_or_create(
            ueberpruefung=row, kennung=kennung, stimme=stimme, defaults=werte
        )


def _refuse_half(eine: Bewertung, nummer: int, stimme: Stimme, tag: date) -> None:
    if eine.status and eine.grund.strip():
        return
    fehlt = "die Begründung" if eine.status else "die Einschätzung"
    raise SchrittUnzulaessig(
        f"Ziel {nummer}, {stimme.label}: Es fehlt {fehlt}.", guards.pruefnorm_am(tag)
    )


@transaction.atomic
def add_verlaufsbericht(
    *,
    ueberpruefung: Ueberpruefung,
    leistungserbringer: Leistungserbringer,
    bis: date,
    by: User,
    tag: date,
) -> Verlaufsbericht:
    """Note that a provider is asked for a report by a day; the letter is frozen of its own.

    Raises SchrittUnzulaessig when the review is closed, the provider was asked already, the day
    is past, or `by` only reads.
    """
    row = _lock(ueberpruefung.pk)
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "bericht_anfordern")
    norm = guards.pruefnorm_am(tag)
    if bis < tag:
        raise SchrittUnzulaessig("Der Tag, bis zu dem Sie den Bericht erbitten, ist vorbei.", norm)
    if row.verlaufsberichte.filter(leistungserbringer=leistungserbringer).exists():
        raise SchrittUnzulaessig(
            f"Von {leistungserbringer} ist für diese Überprüfung schon ein Bericht angefordert.",
            norm,
        )
    bericht = Verlaufsbericht.objects.create(
        ueberpruefung=row, leistungserbringer=leistungserbringer, angefordert_am=tag, bis=bis
    )
    _record(row, by, tag, f"Bericht von {leistungserbringer} bis {bis:%d.%m.%Y} angefordert")
    return bericht


@transaction.atomic
def mark_erinnert(*, bericht: Verlaufsbericht, by: User, tag: date) -> Verlaufsbericht:
    """Note that a provider was reminded of a report whose day has passed.

    Raises SchrittUnzulaessig when it has come in, its day is ahead, or the review is closed.
    """
    row = _lock(bericht.ueberpruefung_id)
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "bericht_anfordern")
    bericht = row.verlaufsberichte.get(pk=bericht.pk)
    if bericht.eingegangen_am is not None:
        raise SchrittUnzulaessig("Der Bericht ist schon eingegangen.")
    if bericht.bis >= tag:
        raise SchrittUnzulaessig(
            f"Der Bericht ist bis zum {bericht.bis:%d.%m.%Y} erbeten; erinnern können Sie danach.",
            guards.pruefnorm_am(tag),
        )
    bericht.erinnert_am = tag
    bericht.save(update_fields=["erinnert_am"])
    _record(row, by, tag, f"{bericht.leistungserbringer} an den Bericht erinnert")
    return bericht


@transaction.atomic
def accept_verlaufsbericht(
    *,
    bericht: Verlaufsbericht,
    text: str,
    eingegangen_am: date,
    bewertungen: Mapping[UUID, Bewertung],
    by: User,
    tag: date,
) -> Verlaufsbericht:
    """Take in a report: its text and how the provider sees each goal.

    Raises SchrittUnzulaessig when the review is closed, the report has come in already, its day
    lies ahead, or a rating lacks its reason.
    """
    row = _lock(bericht.ueberpruefung_id)
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "bearbeiten")
    bericht = row.verlaufsberichte.get(pk=bericht.pk)
    refuse(guards.bericht_steht_aus(bericht, tag))
    if eingegangen_am > tag:
        raise SchrittUnzulaessig("Der Tag des Eingangs liegt in der Zukunft.")
    bericht.text, bericht.eingegangen_am = text.strip(), eingegangen_am
    # Whoever types in what a form says has looked through it.
    bericht.uebernommen_am = tag if bericht.unterlage_id else None
    bericht.save(update_fields=["text", "eingegangen_am", "uebernommen_am"])
    _write_report(row, bewertungen, by, tag)
    _record(row, by, tag, f"Bericht von {bericht.leistungserbringer} eingegangen")
    return bericht


def _write_report(
    row: Ueberpruefung, bewertungen: Mapping[UUID, Bewertung], by: User, tag: date
) -> None:
    stimme = Stimme.LEISTUNGSERBRINGER.value
    _write_bewertungen(row, {(k, stimme): eine for k, eine in bewertungen.items()}, tag)
    Ueberpruefung.objects.filter(pk=row.pk).update(bearbeitet_von=by)


@transaction.atomic
def file_bogen(
    *,
    bericht: Verlaufsbericht,
    datei: Annahme,
    eingegangen_am: date,
    by: User,
    zeitpunkt: datetime,
) -> Verlaufsbericht:
    """File the form that a provider has sent back; what it says counts with `accept_bogen`.

    The file was looked into and read apart (`bogen_of`). Another form may replace it until then;
    the first stays in the file. Raises SchrittUnzulaessig when the review is closed, the report is
    taken in already, the day lies ahead or before the request, or the same file lies there.
    """
    row = _lock(bericht.ueberpruefung_id)
    tag = timezone.localtime(zeitpunkt).date()
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "bearbeiten")
    bericht = row.verlaufsberichte.get(pk=bericht.pk)
    refuse(guards.bericht_steht_aus(bericht, tag))
    if not bericht.angefordert_am <= eingegangen_am <= tag:
        raise SchrittUnzulaessig(
            "Der Tag des Eingangs liegt zwischen der Anforderung am "
            f"{bericht.angefordert_am:%d.%m.%Y} und heute."
        )
    angaben = Unterlagenangaben(
        art=Unterlagenart.BERICHT,
        titel=f"Bericht zu den Zielen: {bericht.leistungserbringer}"[:180],
        datum=eingegangen_am,
        eingegangen_am=eingegangen_am,
        verfasser=bericht.leistungserbringer.name,
    )
    (bericht.unterlage,) = file_unterlagen(
        case=row.case, dateien=[datei], angaben=angaben, by=by, zeitpunkt=zeitpunkt
    )
    bericht.eingegangen_am = eingegangen_am
    bericht.save(update_fields=["unterlage", "eingegangen_am"])
    _record(row, by, tag, f"Bogen von {bericht.leistungserbringer} eingegangen und abgelegt")
    return bericht


@transaction.atomic
def accept_bogen(
    *,
    bericht: Verlaufsbericht,
    text: str,
    bewertungen: Mapping[UUID, Bewertung],
    by: User,
    tag: date,
    gesehen: str | None = None,
) -> Verlaufsbericht:
    """Take over what was chosen from a form that has come back; goals that are not named stay.

    Raises SchrittUnzulaessig when no form waits, the review is closed, `by` only reads, a rating
    lacks its reason, or what the providers say was changed since it was shown (`gesehen`).
    """
    row = _lock(bericht.ueberpruefung_id)
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "bearbeiten")
    bericht = row.verlaufsberichte.get(pk=bericht.pk)
    if not bericht.bogen_wartet:
        refuse(guards.bogen_ist_zu_uebernehmen(bericht, tag))
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_bericht(bericht, row)),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )
    bericht.text, bericht.uebernommen_am = text.strip(), tag
    bericht.save(update_fields=["text", "uebernommen_am"])
    _write_report(row, bewertungen, by, tag)
    _record(row, by, tag, f"Bogen von {bericht.leistungserbringer} übernommen")
    return bericht


@transaction.atomic
def complete_ueberpruefung(
    *, ueberpruefung: Ueberpruefung, ergebnis: str, grund: str, by: User, tag: date
) -> Ueberpruefung:
    """Close a review; it is fixed, its Fristen are met and run again from the day of the talk.

    A confirmed plan goes on: the next review runs from the talk, and a case under review runs on.
    Continuing or ending is the next step of whoever is responsible, and stays to be taken. What is
    to be adapted besides has no day by law (F36, F39): a Wiedervorlage asks for it at once. Raises
    SchrittUnzulaessig naming the first reason.
    """
    case = lock_running_case(ueberpruefung.case_id)
    row = _lock(ueberpruefung.pk)
    zustand = PRUEFSCHRITTE.require(Prueflage(by, tag, row), "abschliessen")
    if ergebnis not in Pruefergebnis.values or not grund.strip():
        raise SchrittUnzulaessig(
            "Bitte wählen Sie das Ergebnis und begründen Sie es.", guards.pruefnorm_am(tag)
        )
    row.state, row.abgeschlossen_am, row.bearbeitet_von = zustand, tag, by
    row.ergebnis, row.ergebnis_grund = ergebnis, grund.strip()
    row.save()
    _run_fristen(case, row, by, tag)
    _ask_to_adapt(case, row, by, tag)
    if ergebnis == Pruefergebnis.BESTAETIGEN and case.state in FALL.uebergang("fortfuehren").von:
        continue_unchanged(case=case, ergebnis=row.ergebnis_grund, by=by, tag=tag)
    _record(row, by, tag, f"{row} abgeschlossen: {Pruefergebnis(ergebnis).label}")
    return row


def _ask_to_adapt(case: Case, row: Ueberpruefung, by: User, tag: date) -> None:
    """F39, F36: goals that are missed reach their agreement, a changed plan the other carriers."""
    plan, saetze = row.gesamtplan, []
    ziele, vereinbarung = missed_goals(row), binding_vereinbarung(plan)
    if ziele and vereinbarung is not None:
        wer = ", ".join(map(str, ziele))
        norm = guards.zielanpassung_norm_am(tag)
        saetze.append(
            f"{vereinbarung.get_art_display()} anpassen, Ziel {wer} nicht erreicht ({norm})"
        )
    if row.ergebnis == Pruefergebnis.FORTSCHREIBEN and is_teilhabeplan(plan):
        norm = guards.teilhabeplan_norm_am(tag)
        saetze.append(f"Teilhabeplan mit den anderen Trägern anpassen ({norm})")
    for satz in saetze:
        create_wiedervorlage(
            case=case, user=case.caseworker, am=tag, anlass=satz[:200], by=by, tag=tag
        )


def _run_fristen(case: Case, row: Ueberpruefung, by: User, tag: date) -> None:
    """Meet what this review was due for and start what comes next.

    The agreed talks keep their own length. A plan that is continued meets its review with the
    release of the next version, which also starts the one after.
    """
    if row.gespraech_am is None:
        return
    durch = f"Gespräch am {row.gespraech_am:%d.%m.%Y}"
    gespraeche = Frist.objects.filter(
        case=case,
        regel=Regel.VERLAUFSGESPRAECH,
        state__in=LAUFENDE,
        ausloeser_datum__lt=row.gespraech_am,
    )
    laenge = gespraeche.order_by("ende").values_list("angaben__laenge", flat=True).first()
    if end_fristen(gespraeche, tag=row.gespraech_am, durch=durch):
        start_frist(
            case=case,
            regel=Regel.VERLAUFSGESPRAECH,
            gegenstand=row,
            ausloeser=row.gespraech_am,
            by=by,
            laenge=laenge,
        )
    if row.ergebnis != Pruefergebnis.BESTAETIGEN:
        return
    for gegenstand in (row.gesamtplan, *row.gesamtplan.ueberpruefungen.exclude(pk=row.pk)):
        keep_frist(
            case=case,
            gegenstand=gegenstand,
            regel=Regel.UEBERPRUEFUNG_GESAMTPLAN,
            tag=row.gespraech_am,
            durch=durch,
        )
    start_frist(
        case=case,
        regel=Regel.UEBERPRUEFUNG_GESAMTPLAN,
        gegenstand=row,
        ausloeser=row.gespraech_am,
        by=by,
    )


def _lock(ueberpruefung_id: int) -> Ueberpruefung:
    lock_row(Ueberpruefung.objects.all(), ueberpruefung_id)
    return with_parts(Ueberpruefung.objects.all()).get(pk=ueberpruefung_id)


def _record(row: Ueberpruefung, by: User, tag: date, text: str) -> None:
    record_ereignis(case=row.case, by=by, tag=tag, art="gesamtplan", text=text, gegenstand=row)
