"""The end of an Auskunftssperre: asked for by one person, confirmed or refused by another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from cases import access
from cases.guards import freigaben_ruhen, refuse
from cases.models import Auskunftssperre, Case, LeistungsberechtigtePerson, User
from cases.person.guards.auskunftssperre import (
    sperre_beginnt_nicht_spaeter,
    sperrende_durch_zweite_person,
)
from cases.services.ereignis import record_ereignis
from cases.states.tafel import SchrittUnzulaessig


def change_sperre(sperre: Auskunftssperre, neu: Mapping[str, Any], by: User) -> dict[str, Any]:
    """Return what is stored of a change; an earlier end is only asked for.

    Raises SchrittUnzulaessig when the first day would become a later one.
    """
    refuse(sperre_beginnt_nicht_spaeter(sperre, neu["gueltig_ab"]))
    bis, bisher = neu["gueltig_bis"] or date.max, sperre.gueltig_bis or date.max
    if bis < bisher:
        return {
            **neu,
            "gueltig_bis": sperre.gueltig_bis,
            "ende_am": neu["gueltig_bis"],
            "ende_von": by,
            "ende_durch": None,
        }
    if bis > bisher:
        return {**neu, "ende_am": None, "ende_von": None, "ende_durch": None}
    return dict(neu)


@transaction.atomic
def decide_sperrende(
    *, case: Case, sperre: Auskunftssperre, beenden: bool, by: User, tag: date
) -> None:
    """Let an Auskunftssperre end on the day that was asked for, or stay as it is.

    Raises SchrittUnzulaessig when nobody has asked, for those who only read, and for an end by
    whoever has asked for it or without a Leitung.
    """
    person = LeistungsberechtigtePerson.objects.select_for_update().get(
        pk=case.leistungsberechtigte_person_id
    )
    rows = Auskunftssperre.objects.select_for_update(of=("self",)).select_related("ende_von")
    row = rows.filter(leistungsberechtigte_person=person, pk=sperre.pk).first()
    if row is None or not row.ende_wartet or row.ende_am is None:
        raise SchrittUnzulaessig("Für diese Auskunftssperre ist kein Ende beantragt.")
    if not access.may_write(by):
        raise SchrittUnzulaessig("Über eine Auskunftssperre entscheidet, wer Fälle bearbeitet.")
    if beenden:
        refuse(freigaben_ruhen(by))
        refuse(sperrende_durch_zweite_person(row, by))
        # One that was entered by mistake ends on its first day: that it was there stays known.
        row.gueltig_bis = max(row.ende_am, row.gueltig_ab)
        row.ende_durch = by
        text = f"Auskunftssperre: Ende zum {row.gueltig_bis:%d.%m.%Y} bestätigt"
    else:
        row.ende_am = row.ende_von = None
        text = "Auskunftssperre: bleibt, das beantragte Ende ist abgelehnt"
    row.save(update_fields=["gueltig_bis", "ende_am", "ende_von", "ende_durch"])
    record_ereignis(case=case, by=by, tag=tag, art="person", text=text)
