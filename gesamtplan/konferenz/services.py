"""Steps of a conference (§ 119 SGB IX)."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction

from cases.antrag.queries.zustaendigkeit import fristbeginn
from cases.fall.queries.fall import antraege_hier
from cases.fall.services.case import lock_running_case
from cases.frist.services.frist import lift_frist, start_frist
from cases.guards import refuse
from cases.models import Case, User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.konferenz import guards
from gesamtplan.konferenz.queries import (
    konferenzen_of,
    suggested_tagesordnung,
    waits_for_gutachten,
)
from gesamtplan.konferenz.schritte import BEGINN, KONFERENZSCHRITTE, Beginnlage, Konferenzlage
from gesamtplan.models import Konferenz, Konferenzteilnahme
from gesamtplan.models.stand import werte_of_konferenz
from gesamtplan.states.konferenz import Konferenzart, Teilnahmerolle
from recht.fristkennung import Regel


@transaction.atomic
def create_konferenz(
    *,
    case: Case,
    art: str,
    vorgeschlagen_von: str,
    vorgeschlagen_am: date,
    elternfall: bool,
    by: User,
    tag: date,
) -> Konferenz:
    """Note the proposal of a conference; the agenda begins with what the law names.

    Raises SchrittUnzulaessig in a case that does not run here, when `by` only reads, when the law
    of the day has no such conference, nobody is named or the day lies ahead.
    """
    case = lock_running_case(case.pk)
    BEGINN.require(Beginnlage(by, tag, case), "vorschlagen")
    if vorgeschlagen_am > tag:
        raise SchrittUnzulaessig(
            "Der Tag des Vorschlags liegt in der Zukunft.", feld="vorgeschlagen_am"
        )
    if not vorgeschlagen_von.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie, wer die Konferenz vorschlägt.")
    refuse(guards.art_gibt_es(art, vorgeschlagen_am))
    row = Konferenz.objects.create(
        case=case,
        art=art,
        vorgeschlagen_von=vorgeschlagen_von.strip(),
        vorgeschlagen_am=vorgeschlagen_am,
        elternfall=elternfall,
        tagesordnung=suggested_tagesordnung(case),
        bearbeitet_von=by,
    )
    Konferenzteilnahme.objects.bulk_create(
        [
            Konferenzteilnahme(
                konferenz=row,
                name=case.leistungsberechtigte_person.voller_name,
                rolle=Teilnahmerolle.PERSON,
            ),
            Konferenzteilnahme(
                konferenz=row, name=by.get_full_name(), rolle=Teilnahmerolle.BEHOERDE
            ),
        ]
    )
    _record(row, by, tag, f"{row.get_art_display()} vorgeschlagen von {row.vorgeschlagen_von}")
    return row


@transaction.atomic
def update_konferenz(
    *,
    konferenz: Konferenz,
    zustimmung_am: date | None,
    termin: date | None,
    uhrzeit: time | None,
    ort: str,
    tagesordnung: str,
    ergebnis: str,
    abweichend: str,
    by: User,
    tag: date,
    zahlungsweise: str = "",
    gesehen: str | None = None,
) -> Konferenz:
    """Write consent, day, agenda and minutes.

    Raises SchrittUnzulaessig when it is closed, `by` only reads, somebody else has changed it
    since, a day or consent is taken from a conference that is called, or the days of proposal,
    consent and conference do not follow each other.
    """
    row = _lock(konferenz)
    KONFERENZSCHRITTE.require(Konferenzlage(by, tag, row), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_konferenz(row)),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )
    if row.state == "anberaumt" and (zustimmung_am is None or termin is None or not ort.strip()):
        raise SchrittUnzulaessig(
            "Die Konferenz ist anberaumt: Zustimmung, Tag und Ort bleiben ausgefüllt.",
            guards.konferenznorm_of(row),
        )
    refuse(guards.tage_der_konferenz(row, zustimmung_am, termin, tag))
    row.zustimmung_am, row.termin, row.uhrzeit = zustimmung_am, termin, uhrzeit
    row.ort, row.tagesordnung = ort.strip(), tagesordnung.strip()
    row.ergebnis, row.abweichend = ergebnis.strip(), abweichend.strip()
    row.zahlungsweise = zahlungsweise.strip()
    row.bearbeitet_von = by
    row.save()
    return row


@transaction.atomic
def add_teilnahme(
    *,
    konferenz: Konferenz,
    name: str,
    rolle: str,
    anschrift: str,
    zustimmung_am: date | None,
    by: User,
    tag: date,
) -> Konferenzteilnahme:
    """Add somebody who takes part.

    Raises SchrittUnzulaessig when it is closed, `by` only reads, nobody is named, or the
    conference is called already and the person has not consented to them, or a consent is given
    after it or ahead.
    """
    row = _lock(konferenz)
    KONFERENZSCHRITTE.require(Konferenzlage(by, tag, row), "einladen")
    if not name.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie, wer teilnimmt.", feld="name")
    refuse(guards.zustimmung_zur_zeit(row, zustimmung_am, row.termin, tag))
    teilnahme = Konferenzteilnahme.objects.create(
        konferenz=row,
        name=name.strip(),
        rolle=rolle,
        anschrift=anschrift.strip(),
        zustimmung_am=zustimmung_am,
    )
    if row.state == "anberaumt":
        refuse(guards.zustimmung_zu_beteiligten(_lock(row)))
    return teilnahme


@transaction.atomic
def mark_anwesend(
    *, teilnahme: Konferenzteilnahme, anwesend: bool, by: User, tag: date
) -> Konferenzteilnahme:
    """Note whether somebody came. Raises SchrittUnzulaessig when it is closed or still ahead."""
    row = _lock(teilnahme.konferenz)
    KONFERENZSCHRITTE.require(Konferenzlage(by, tag, row), "einladen")
    refuse(guards.konferenz_war(row, tag))
    teilnahme = row.teilnahmen.get(pk=teilnahme.pk)
    teilnahme.anwesend = anwesend
    teilnahme.save(update_fields=["anwesend"])
    return teilnahme


@transaction.atomic
def begin_konferenz(*, konferenz: Konferenz, by: User, tag: date) -> Konferenz:
    """Call the conference: consents, day and place are there. Raises SchrittUnzulaessig if not."""
    row = _lock(konferenz)
    row.state = KONFERENZSCHRITTE.require(Konferenzlage(by, tag, row), "anberaumen")
    row.bearbeitet_von = by
    row.save()
    _record(row, by, tag, f"{row} anberaumt in {row.ort}")
    return row


@transaction.atomic
def reject_konferenz(
    *, konferenz: Konferenz, grund: str, text: str, by: User, tag: date
) -> Konferenz:
    """Refuse a proposal with one of the lawful reasons.

    Raises SchrittUnzulaessig when it is called already, `by` only reads, the reason is none of the
    law, or it is not explained.
    """
    row = _lock(konferenz)
    row.state = KONFERENZSCHRITTE.require(Konferenzlage(by, tag, row), "ablehnen")
    refuse(guards.ablehnung_zulaessig(row, grund))
    if not text.strip():
        raise SchrittUnzulaessig("Bitte begründen Sie die Ablehnung.", guards.konferenznorm_of(row))
    row.ablehnungsgrund, row.ablehnung_text = grund, text.strip()
    row.abgeschlossen_am, row.bearbeitet_von = tag, by
    row.save()
    _record(row, by, tag, f"{row} abgelehnt: {row.get_ablehnungsgrund_display()}")
    return row


@transaction.atomic
def complete_konferenz(*, konferenz: Konferenz, by: User, tag: date) -> Konferenz:
    """Close the minutes; a Teilhabeplankonferenz that was held gives two months (§ 20 Abs. 4).

    Raises SchrittUnzulaessig naming the first reason.
    """
    case = lock_running_case(konferenz.case_id)
    row = _lock(konferenz)
    row.state = KONFERENZSCHRITTE.require(Konferenzlage(by, tag, row), "abschliessen")
    row.abgeschlossen_am, row.bearbeitet_von = tag, by
    row.save()
    if row.art == Konferenzart.TEILHABEPLAN:
        _two_months(case, row, by, tag)
    _record(row, by, tag, f"{row} durchgeführt")
    return row


def _two_months(case: Case, row: Konferenz, by: User, tag: date) -> None:
    """Let the decision on each open application have two months instead of three or six weeks."""
    for antrag in antraege_hier(case):
        laufend = (
            Regel.ENTSCHEIDUNG,
            Regel.ENTSCHEIDUNG_MIT_GUTACHTEN,
            Regel.ENTSCHEIDUNG_MIT_BETEILIGUNG,
        )
        gehoben = [
            lift_frist(
                case=case, gegenstand=antrag, regel=regel, tag=tag, grund=f"{row} hat stattgefunden"
            )
            for regel in laufend
        ]
        if any(gehoben) or waits_for_gutachten(case, antrag):
            start_frist(
                case=case,
                regel=Regel.ENTSCHEIDUNG_MIT_KONFERENZ,
                gegenstand=antrag,
                ausloeser=fristbeginn(antrag),
                by=by,
            )


def _lock(konferenz: Konferenz) -> Konferenz:
    lock_row(Konferenz.objects.all(), konferenz.pk)
    return konferenzen_of(konferenz.case).get(pk=konferenz.pk)


def _record(row: Konferenz, by: User, tag: date, text: str) -> None:
    record_ereignis(case=row.case, by=by, tag=tag, art="gesamtplan", text=text, gegenstand=row)
