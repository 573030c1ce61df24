"""Absences: entered by the person or the Leitung, ended early, never deleted."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from cases.guards import refuse
from cases.models import Abwesenheit, Abwesenheitsgrund, Team, User
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.zugang.guards.abwesenheit import (
    abwesenheit_beginnt_nicht_in_der_vergangenheit,
    abwesenheit_ohne_ueberschneidung,
    vertretung_anwesend,
    vertretung_darf_vertreten,
    vertretung_ist_eine_andere_person,
)


@transaction.atomic
def create_abwesenheit(
    *,
    user: User,
    von: date,
    bis: date,
    vertretung: User,
    by: User,
    tag: date,
    grund: str = Abwesenheitsgrund.ABWESEND,
    geschuetzte: bool = False,
) -> Abwesenheit:
    """Enter an absence with its deputy; both days are included.

    The deputy sees the cases of the absent person on these days. Protected ones only when the
    Leitung says so (`geschuetzte`).

    Raises SchrittUnzulaessig when `by` may not enter it, the days are wrong or taken, or the
    deputy cannot deputise on them.
    """
    # The row of the person is the lock: two entries at once wait for each other.
    User.objects.select_for_update().get(pk=user.pk)
    require_entry(user, by)
    if bis < von:
        raise SchrittUnzulaessig("Der letzte Tag liegt vor dem ersten.")
    if geschuetzte and not leads(by, user):
        raise SchrittUnzulaessig(
            "Geschützte Fälle öffnet für die Vertretung nur die Leitung.", "§ 35 Abs. 1 SGB I"
        )
    refuse(abwesenheit_beginnt_nicht_in_der_vergangenheit(von, tag))
    refuse(vertretung_ist_eine_andere_person(user, vertretung))
    refuse(vertretung_darf_vertreten(user, vertretung))
    refuse(abwesenheit_ohne_ueberschneidung(user, von, bis))
    refuse(vertretung_anwesend(user, vertretung, von, bis))
    return Abwesenheit.objects.create(
        user=user,
        von=von,
        bis=bis,
        vertretung=vertretung,
        grund=grund,
        geschuetzte=geschuetzte,
        eingetragen_von=by,
    )


@transaction.atomic
def end_abwesenheit(*, abwesenheit: Abwesenheit, by: User, tag: date) -> Abwesenheit:
    """End an absence: one that has not begun is lifted, a running one ends with yesterday.

    One that began today is lifted as well, for no day of it is left.

    Raises SchrittUnzulaessig when it is over, or `by` may not enter it.
    """
    row = Abwesenheit.objects.select_for_update().select_related("user").get(pk=abwesenheit.pk)
    require_entry(row.user, by)
    if row.aufgehoben_am is not None or row.bis < tag:
        raise SchrittUnzulaessig("Diese Abwesenheit ist schon zu Ende.")
    if row.von >= tag:
        row.aufgehoben_am = tag
    else:
        row.bis = tag - timedelta(days=1)
    row.save(update_fields=["aufgehoben_am", "bis"])
    return row


def leads(by: User, user: User) -> bool:
    """Tell whether `by` leads the team of the person."""
    return by.has_rolle(Rolle.LEITUNG) and (
        Team.objects.filter(leitungen=by, users=user).exists()
        or Team.objects.filter(leitungen=by).filter(leitungen=user).exists()
    )


def require_entry(user: User, by: User) -> None:
    """Refuse whoever enters an absence neither of themselves nor of the led team.

    Raises SchrittUnzulaessig (§ 35 Abs. 1 SGB I) for everybody else.
    """
    if by.pk == user.pk or leads(by, user):
        return
    # A Fachdienst belongs to no team; any Leitung may enter for it.
    if by.has_rolle(Rolle.LEITUNG) and user.team_id is None:
        return
    raise SchrittUnzulaessig(
        "Eine Abwesenheit trägt die Person selbst oder ihre Leitung ein.", "§ 35 Abs. 1 SGB I"
    )
