"""Remarks on a submitted version: put by the supervisor, answered, settled by a supervisor."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.models import User
from cases.services.sperre import lock_row
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Anmerkung, Gesamtplan
from gesamtplan.plan.queries.anmerkung import abschnitte_of
from gesamtplan.plan.schritte import (
    ANMERKUNGEN,
    ANMERKUNGSSCHRITTE,
    Anmerkungslage,
    Planlage,
)
from gesamtplan.plan.services.gesamtplan import lock_gesamtplan


@transaction.atomic
def add_anmerkung(
    *, gesamtplan: Gesamtplan, abschnitt: str, text: str, by: User, tag: date
) -> Anmerkung:
    """Put a remark at a section of a submitted version.

    Raises SchrittUnzulaessig when the version does not wait for release, `by` does not lead, the
    section does not exist or nothing is said.
    """
    plan = lock_gesamtplan(gesamtplan.pk)
    ANMERKUNGEN.require(Planlage(by, tag, plan, land=""), "anmerken")
    titel = dict(abschnitte_of(plan))
    if abschnitt not in titel:
        raise SchrittUnzulaessig("Diesen Abschnitt gibt es im Plan nicht.")
    if not text.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, was Ihnen auffällt.")
    return Anmerkung.objects.create(
        gesamtplan=plan,
        abschnitt=abschnitt,
        ort=titel[abschnitt],
        text=text.strip(),
        von=by,
        am=tag,
    )


@transaction.atomic
def record_antwort(*, anmerkung: Anmerkung, antwort: str, by: User, tag: date) -> Anmerkung:
    """Write what was done about a remark.

    Raises SchrittUnzulaessig when it is answered or settled already, the version is released,
    `by` only reads or nothing is said.
    """
    row = _lock(anmerkung)
    row.state = ANMERKUNGSSCHRITTE.require(Anmerkungslage(by, tag, row), "antworten")
    if not antwort.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, was Sie geändert haben oder warum nicht.")
    row.antwort, row.beantwortet_von, row.beantwortet_am = antwort.strip(), by, tag
    row.save()
    return row


@transaction.atomic
def settle_anmerkung(*, anmerkung: Anmerkung, by: User, tag: date) -> Anmerkung:
    """Settle a remark, with an answer or without.

    Raises SchrittUnzulaessig when it is settled already, the version is released or `by` does not
    lead.
    """
    row = _lock(anmerkung)
    row.state = ANMERKUNGSSCHRITTE.require(Anmerkungslage(by, tag, row), "erledigen")
    row.erledigt_am = tag
    row.save()
    return row


def _lock(anmerkung: Anmerkung) -> Anmerkung:
    lock_row(Gesamtplan.objects.all(), anmerkung.gesamtplan_id)
    rows = Anmerkung.objects.select_related("gesamtplan")
    return lock_row(rows, anmerkung.pk)
