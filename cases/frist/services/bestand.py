"""Fristen and reminders of many cases at once, as an import of existing cases brings them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import models

from cases.behoerde.queries.eigener_wert import Wertetafel
from cases.frist.services.frist import calculate_frist, frist_values, land, wirkung_of
from cases.models import Case, Frist, User, Wiedervorlage
from cases.services.ereignis import draft_ereignis, gegenstand_of, record_ereignisse
from cases.states.frist import Friststufe
from cases.states.tafel import SchrittUnzulaessig


@dataclass(frozen=True)
class Fristbeginn:
    """What starts one Frist; of an object that is new, so that none of it runs yet."""

    case: Case
    regel: str
    gegenstand: models.Model
    ausloeser: date


def start_fristen(beginne: Sequence[Fristbeginn], *, by: User) -> None:
    """Compute and store the first Fristen of new objects; equal ones are computed once.

    Raises `recht.fehler.RechtFehler` when the law knows no such Frist on that day.
    """
    ort, suche = land(), Wertetafel("vorlauf.", "eskalation.").get

    @cache
    def werte(regel: str, ausloeser: date) -> dict[str, Any]:
        ergebnis = calculate_frist(regel, ausloeser, ort, suche=suche)
        return frist_values(ergebnis, wirkung_of(regel), suche)

    Frist.objects.bulk_create(
        [
            Frist(
                case=beginn.case,
                regel=beginn.regel,
                gegenstand=gegenstand_of(beginn.gegenstand),
                angaben={},
                stufe=Friststufe.GEPLANT,
                **werte(beginn.regel, beginn.ausloeser),
            )
            for beginn in beginne
        ]
    )


def create_wiedervorlagen(rows: Sequence[Wiedervorlage], *, by: User, tag: date) -> None:
    """Set reminders of many cases. Raises SchrittUnzulaessig for a day in the past."""
    for row in rows:
        if row.am < tag:
            raise SchrittUnzulaessig(f"Der {row.am:%d.%m.%Y} liegt in der Vergangenheit.")
    Wiedervorlage.objects.bulk_create(rows)
    record_ereignisse(
        [
            draft_ereignis(
                case=row.case,
                by=by,
                tag=tag,
                art="wiedervorlage",
                text=f"Wiedervorlage am {row.am:%d.%m.%Y}: {row.anlass}",
                gegenstand=row,
            )
            for row in rows
        ]
    )
