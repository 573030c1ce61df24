"""Blackened copies: made apart from this process, filed as a document, released by a second one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.dateien.annahme import Annahme
from cases.dateien.aufruf import Bereich, blacken_apart
from cases.dateien.grenzen import Ablehnung, Pruefung
from cases.guards import refuse
from cases.models import Schwaerzung, Unterlage, User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.tafel import SchrittUnzulaessig
from cases.unterlage import guards
from cases.unterlage.queries.schwaerzung import schwaerzung_of_kopie
from cases.unterlage.schritte import SCHWAERZUNGSSCHRITTE, Schwaerzungslage
from cases.unterlage.services.unterlage import (
    Unterlagenangaben,
    content_of,
    file_unterlagen,
    mark_irrtuemlich,
)


@transaction.atomic
def create_schwaerzung(
    *,
    unterlage: Unterlage,
    bereiche: Sequence[Bereich],
    grund: str,
    by: User,
    zeitpunkt: datetime,
) -> Schwaerzung:
    """Blacken areas (page, left, top, width, height in mm) and file the copy beside the original.

    Raises SchrittUnzulaessig for a file without pages, for a copy of a copy, for no area or one on
    a page that is not there, for the same areas twice, or when the file cannot be drawn.
    """
    refuse(guards.nur_seiten(unterlage))
    refuse(guards.kein_abbild(unterlage, schwaerzung_of_kopie(unterlage)))
    refuse(guards.bereiche_auf_den_seiten(bereiche, max(unterlage.seiten, 1)))
    data = content_of(unterlage)
    try:
        pdf, seiten = blacken_apart(unterlage.dateiart, data, bereiche, unterlage.seiten)
    except Ablehnung as error:
        raise SchrittUnzulaessig(str(error)) from None
    summe = hashlib.sha256(pdf).hexdigest()
    # What comes out of the own workshop is nothing but pixels: no scanner is asked.
    annahme = Annahme("geschwaerzte-kopie.pdf", Pruefung("pdf", pdf, seiten), summe, True)
    (kopie,) = file_unterlagen(
        case=unterlage.case,
        dateien=[annahme],
        angaben=Unterlagenangaben(
            art=unterlage.art,
            titel=f"{unterlage.titel[:180]} (geschwärzt)",
            datum=unterlage.datum,
            eingegangen_am=unterlage.eingegangen_am,
            verfasser=unterlage.verfasser,
        ),
        by=by,
        zeitpunkt=zeitpunkt,
    )
    row = Schwaerzung.objects.create(
        unterlage=unterlage,
        kopie=kopie,
        bereiche=[list(bereich) for bereich in bereiche],
        grund=grund.strip(),
        erstellt_von=by,
        erstellt_am=timezone.localtime(zeitpunkt).date(),
    )
    _record(row, by, zeitpunkt, "vorgelegt")
    return row


@transaction.atomic
def release_schwaerzung(*, schwaerzung: Schwaerzung, by: User, zeitpunkt: datetime) -> Schwaerzung:
    """Let a copy leave the house; nobody who has blackened it may do this.

    Raises SchrittUnzulaessig for who has blackened it, or when it is not waiting any more.
    """
    row = _lock(schwaerzung)
    tag = timezone.localtime(zeitpunkt).date()
    row.state = SCHWAERZUNGSSCHRITTE.require(Schwaerzungslage(by, tag, row), "freigeben")
    row.freigegeben_von, row.freigegeben_am = by, tag
    row.save(update_fields=["state", "freigegeben_von", "freigegeben_am"])
    _record(row, by, zeitpunkt, "freigegeben")
    return row


@transaction.atomic
def reject_schwaerzung(
    *, schwaerzung: Schwaerzung, grund: str, by: User, zeitpunkt: datetime
) -> Schwaerzung:
    """Drop a copy with the reason: its file is locked, the original stays as it is.

    Raises SchrittUnzulaessig when it is dropped already.
    """
    row = _lock(schwaerzung)
    tag = timezone.localtime(zeitpunkt).date()
    row.state = SCHWAERZUNGSSCHRITTE.require(Schwaerzungslage(by, tag, row), "verwerfen")
    row.verworfen_grund = grund.strip()
    row.save(update_fields=["state", "verworfen_grund"])
    mark_irrtuemlich(
        unterlage=row.kopie,
        grund=f"Schwärzung verworfen: {grund}"[:300],
        by=by,
        zeitpunkt=zeitpunkt,
    )
    _record(row, by, zeitpunkt, "verworfen")
    return row


def _lock(schwaerzung: Schwaerzung) -> Schwaerzung:
    return lock_row(Schwaerzung.objects.select_related("unterlage", "kopie"), schwaerzung.pk)


def _record(row: Schwaerzung, by: User, zeitpunkt: datetime, was: str) -> None:
    record_ereignis(
        case=row.unterlage.case,
        by=by,
        tag=timezone.localtime(zeitpunkt).date(),
        art="unterlage",
        text=f"Geschwärzte Kopie {was}",
        gegenstand=row.kopie,
    )
