"""Leistungen of a version: who gives what, in which form, for which goal (§§ 102, 105 SGB IX)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.models import User
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Leistung
from gesamtplan.models.angaben import Leistungsangaben
from gesamtplan.models.stand import werte_of_leistung
from gesamtplan.plan.services.gesamtplan import lock_for_edit, note_edit


@transaction.atomic
def add_leistung(
    *, gesamtplan: Gesamtplan, angaben: Leistungsangaben, by: User, tag: date
) -> Leistung:
    """Add a Leistung to a draft; raises SchrittUnzulaessig for a goal of another version."""
    plan = lock_for_edit(gesamtplan.pk, by, tag)
    leistung = Leistung(gesamtplan=plan)
    _fill(leistung, angaben)
    leistung.save()
    note_edit(plan, by)
    return leistung


@transaction.atomic
def update_leistung(
    *,
    leistung: Leistung,
    angaben: Leistungsangaben,
    by: User,
    tag: date,
    gesehen: str | None = None,
) -> Leistung:
    """Change a Leistung; its `kennung` stays.

    `gesehen` is the mark of the values as the form showed it.
    """
    plan = lock_for_edit(leistung.gesamtplan_id, by, tag)
    row = _get(leistung)
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_leistung(row)),
        zuletzt=plan.bearbeitet_von.get_full_name(),
    )
    _fill(row, angaben)
    row.save()
    note_edit(plan, by)
    return row


@transaction.atomic
def remove_leistung(*, leistung: Leistung, by: User, tag: date) -> None:
    """Remove a Leistung from a draft."""
    plan = lock_for_edit(leistung.gesamtplan_id, by, tag)
    _get(leistung).delete()
    note_edit(plan, by)


def _get(leistung: Leistung) -> Leistung:
    row = Leistung.objects.filter(pk=leistung.pk).first()
    if row is None:
        raise SchrittUnzulaessig("Diese Leistung wurde inzwischen aus dem Entwurf entfernt.")
    return row


def _fill(leistung: Leistung, angaben: Leistungsangaben) -> None:
    if angaben.teilhabeziel.gesamtplan_id != leistung.gesamtplan_id:
        raise SchrittUnzulaessig("Das Ziel gehört zu einer anderen Fassung des Plans.")
    if angaben.ende is not None and angaben.ende < angaben.beginn:
        raise SchrittUnzulaessig("Das Ende der Leistung liegt vor ihrem Beginn.")
    leistung.teilhabeziel = angaben.teilhabeziel
    leistung.leistungstraeger = angaben.leistungstraeger
    leistung.bezeichnung = angaben.bezeichnung.strip()
    leistung.norm = angaben.norm.strip()
    leistung.leistungsform = angaben.leistungsform
    leistung.umfang = angaben.umfang.strip()
    leistung.beginn = angaben.beginn
    leistung.ende = angaben.ende
    leistung.ergaenzend = angaben.ergaenzend
