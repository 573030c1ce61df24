"""The report of a provider for a review: asked for, reminded, typed in or taken in as a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.dateien.annahme import Annahme
from cases.guards import refuse
from cases.models import Leistungserbringer, Unterlagenart, User
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from cases.unterlage.services.unterlage import Unterlagenangaben, file_unterlagen
from gesamtplan.models import Ueberpruefung, Verlaufsbericht
from gesamtplan.models.angaben import Bewertung, Bewertungsstelle
from gesamtplan.models.stand import werte_of_bericht
from gesamtplan.states.ueberpruefung import Stimme
from gesamtplan.ueberpruefung import guards
from gesamtplan.ueberpruefung.schritte import PRUEFSCHRITTE, Prueflage
from gesamtplan.ueberpruefung.services.bewertung import (
    lock_ueberpruefung,
    record_step,
    write_bewertungen,
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
    row = lock_ueberpruefung(ueberpruefung.pk)
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
    record_step(row, by, tag, f"Bericht von {leistungserbringer} bis {bis:%d.%m.%Y} angefordert")
    return bericht


@transaction.atomic
def mark_erinnert(*, bericht: Verlaufsbericht, by: User, tag: date) -> Verlaufsbericht:
    """Note that a provider was reminded of a report whose day has passed.

    Raises SchrittUnzulaessig when it has come in, its day is ahead, or the review is closed.
    """
    row = lock_ueberpruefung(bericht.ueberpruefung_id)
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
    record_step(row, by, tag, f"{bericht.leistungserbringer} an den Bericht erinnert")
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
    row = lock_ueberpruefung(bericht.ueberpruefung_id)
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "bearbeiten")
    bericht = row.verlaufsberichte.get(pk=bericht.pk)
    refuse(guards.bericht_steht_aus(bericht, tag))
    refuse(guards.bericht_nach_der_anforderung(bericht, eingegangen_am, tag))
    bericht.text, bericht.eingegangen_am = text.strip(), eingegangen_am
    # Whoever types in what a form says has looked through it.
    bericht.uebernommen_am = tag if bericht.unterlage_id else None
    bericht.save(update_fields=["text", "eingegangen_am", "uebernommen_am"])
    _write_report(row, bericht, bewertungen, by, tag)
    record_step(row, by, tag, f"Bericht von {bericht.leistungserbringer} eingegangen")
    return bericht


def _write_report(
    row: Ueberpruefung,
    bericht: Verlaufsbericht,
    bewertungen: Mapping[UUID, Bewertung],
    by: User,
    tag: date,
) -> None:
    """Write the ratings in the voice of the provider whose report it is, and of nobody else."""
    stimme, wer = Stimme.LEISTUNGSERBRINGER.value, bericht.leistungserbringer_id
    gesagt = {Bewertungsstelle(k, stimme, wer): eine for k, eine in bewertungen.items()}
    write_bewertungen(row, gesagt, tag, bericht)
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
    row = lock_ueberpruefung(bericht.ueberpruefung_id)
    tag = timezone.localtime(zeitpunkt).date()
    PRUEFSCHRITTE.require(Prueflage(by, tag, row), "bearbeiten")
    bericht = row.verlaufsberichte.get(pk=bericht.pk)
    refuse(guards.bericht_steht_aus(bericht, tag))
    refuse(guards.bericht_nach_der_anforderung(bericht, eingegangen_am, tag))
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
    record_step(row, by, tag, f"Bogen von {bericht.leistungserbringer} eingegangen und abgelegt")
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
    row = lock_ueberpruefung(bericht.ueberpruefung_id)
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
    _write_report(row, bericht, bewertungen, by, tag)
    record_step(row, by, tag, f"Bogen von {bericht.leistungserbringer} übernommen")
    return bericht
