"""Goals of a version (§ 104 Abs. 1, § 19 Abs. 2 S. 2 Nr. 6 SGB IX)."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from django.db import transaction
from django.db.models import Max

from cases.guards import refuse
from cases.models import User
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Teilhabeziel
from gesamtplan.models.angaben import Zielangaben
from gesamtplan.models.stand import werte_of_teilhabeziel
from gesamtplan.models.zielbezug import is_serving
from gesamtplan.plan.guards.angaben import (
    ziel_hat_merkmal,
    ziel_im_zeitraum,
    ziel_noch_nicht_genannt,
)
from gesamtplan.plan.services.gesamtplan import lock_for_edit, note_edit


@transaction.atomic
def add_teilhabeziel(
    *, gesamtplan: Gesamtplan, angaben: Zielangaben, by: User, tag: date
) -> Teilhabeziel:
    """Add a goal under the next number; a number is not used twice in one version.

    Raises SchrittUnzulaessig when the version is no draft, `by` only reads, the goal does not say
    by what its reaching is seen, its day lies outside the plan, or another goal says the same
    (§ 19 Abs. 2 S. 2 Nr. 6 SGB IX).
    """
    plan = lock_for_edit(gesamtplan.pk, by, tag)
    _refuse_unchecked(plan, angaben, None)
    highest = plan.teilhabeziele.aggregate(hoechste=Max("nummer"))["hoechste"] or 0
    ziel = Teilhabeziel(gesamtplan=plan, nummer=highest + 1)
    _fill(ziel, angaben)
    ziel.save()
    note_edit(plan, by)
    return ziel


@transaction.atomic
def update_teilhabeziel(
    *, ziel: Teilhabeziel, angaben: Zielangaben, by: User, tag: date, gesehen: str | None = None
) -> Teilhabeziel:
    """Change a goal or its status; `kennung` and number stay.

    `gesehen` is the mark of the values as the form showed it. Raises
    SchrittUnzulaessig as `add_teilhabeziel` does, and when somebody else has changed or removed it
    since.
    """
    plan = lock_for_edit(ziel.gesamtplan_id, by, tag)
    row = _get(ziel)
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_teilhabeziel(row)),
        zuletzt=plan.bearbeitet_von.get_full_name(),
    )
    _refuse_unchecked(plan, angaben, row)
    _fill(row, angaben)
    row.save()
    note_edit(plan, by)
    return row


@transaction.atomic
def remove_teilhabeziel(*, ziel: Teilhabeziel, by: User, tag: date) -> int:
    """Remove a goal and the Leistungen that serve it alone; returns how many went with it.

    A Leistung that serves other goals too stays for them. Raises SchrittUnzulaessig when the
    version is no draft, `by` only reads, or somebody has removed it.
    """
    plan = lock_for_edit(ziel.gesamtplan_id, by, tag)
    row = _get(ziel)
    anzahl = 0
    for leistung in plan.leistungen.all():
        if not is_serving(leistung, row):
            continue
        uebrige = [ziel for ziel in leistung.ziele if ziel.pk != row.pk]
        if not uebrige:
            leistung.delete()
            anzahl += 1
            continue
        leistung.teilhabeziel = uebrige[0]
        leistung.weitere_ziele = [ziel.kennung for ziel in uebrige[1:]]
        leistung.save(update_fields=["teilhabeziel", "weitere_ziele"])
    row.delete()
    note_edit(plan, by)
    return anzahl


def _get(ziel: Teilhabeziel) -> Teilhabeziel:
    row = Teilhabeziel.objects.filter(pk=ziel.pk).first()
    if row is None:
        raise SchrittUnzulaessig("Dieses Ziel wurde inzwischen aus dem Entwurf entfernt.")
    return row


def _refuse_unchecked(plan: Gesamtplan, angaben: Zielangaben, ziel: Teilhabeziel | None) -> None:
    """What a goal of an earlier version said before stays as it was until it is changed."""
    refuse(ziel_hat_merkmal(plan, angaben))
    if ziel is None or ziel.bis != angaben.bis:
        refuse(ziel_im_zeitraum(plan, angaben.bis))
    if ziel is None or ziel.text != angaben.text.strip():
        refuse(ziel_noch_nicht_genannt(plan, angaben.text, ziel))


def _fill(ziel: Teilhabeziel, angaben: Zielangaben) -> None:
    for feld in fields(angaben):
        wert = getattr(angaben, feld.name)
        setattr(ziel, feld.name, wert.strip() if isinstance(wert, str) else wert)
