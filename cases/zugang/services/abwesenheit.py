"""Absences: entered by the person or the Leitung, confirmed by a second one, never deleted."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from cases.guards import freigaben_ruhen, refuse
from cases.models import Abwesenheit, Abwesenheitsgrund, Meldungsanlass, Team, User
from cases.services.auftrag import tag_of
from cases.services.zugangsmeldung import tell
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.zugang.guards.abwesenheit import (
    abwesenheit_beginnt_nicht_in_der_vergangenheit,
    abwesenheit_durch_zweite_person,
    abwesenheit_ohne_ueberschneidung,
    vertretung_anwesend,
    vertretung_darf_vertreten,
    vertretung_gibt_sich_niemand_selbst,
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
    zeitpunkt: datetime,
    grund: str = Abwesenheitsgrund.ABWESEND,
    geschuetzte: bool = False,
) -> Abwesenheit:
    """Enter an absence with its deputy; both days are included.

    The deputy sees the cases of the absent person on these days. Protected ones only when the
    Leitung says so (`geschuetzte`). What a Leitung enters for somebody opens nothing before the
    person or another Leitung has confirmed it; the absent person and the deputy are told.

    Raises SchrittUnzulaessig when `by` may not enter it or would gain access, the days are wrong or
    taken, or the deputy cannot deputise on them.
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
    refuse(abwesenheit_beginnt_nicht_in_der_vergangenheit(von, tag_of(zeitpunkt)))
    refuse(vertretung_gibt_sich_niemand_selbst(user, vertretung, by))
    refuse(vertretung_ist_eine_andere_person(user, vertretung))
    refuse(vertretung_darf_vertreten(user, vertretung))
    refuse(abwesenheit_ohne_ueberschneidung(user, von, bis))
    refuse(vertretung_anwesend(user, vertretung, von, bis))
    row = Abwesenheit.objects.create(
        user=user,
        von=von,
        bis=bis,
        vertretung=vertretung,
        grund=grund,
        geschuetzte=geschuetzte,
        eingetragen_von=by,
    )
    _tell(row, by, zeitpunkt)
    return row


@transaction.atomic
def confirm_abwesenheit(*, abwesenheit: Abwesenheit, by: User, zeitpunkt: datetime) -> Abwesenheit:
    """Let an absence that somebody else has entered take effect; both are told.

    Raises SchrittUnzulaessig when it holds already or is over, or `by` has entered it, gains access
    by it, or is neither the person nor a Leitung.
    """
    rows = Abwesenheit.objects.select_for_update(of=("self",))
    row = rows.select_related("user", "vertretung", "eingetragen_von").get(pk=abwesenheit.pk)
    if row.wirksam:
        raise SchrittUnzulaessig("Diese Abwesenheit gilt bereits.")
    if row.aufgehoben_am is not None or row.bis < tag_of(zeitpunkt):
        raise SchrittUnzulaessig("Diese Abwesenheit ist schon zu Ende.")
    refuse(freigaben_ruhen(by))
    refuse(abwesenheit_durch_zweite_person(row, by))
    row.bestaetigt_von, row.bestaetigt_am = by, zeitpunkt
    row.save(update_fields=["bestaetigt_von", "bestaetigt_am"])
    _tell(row, by, zeitpunkt)
    return row


def _tell(row: Abwesenheit, by: User, zeitpunkt: datetime) -> None:
    """Tell whose cases are opened and who sees them; neither has to find it out."""
    wartet = "" if row.wirksam else " Noch wartet das auf eine zweite Person."
    tell(
        users=[user for user in (row.user, row.vertretung) if user.pk != by.pk],
        anlass=Meldungsanlass.ZUGRIFF,
        text=f"{row.vertretung.get_full_name()} vertritt {row.user.get_full_name()} vom "
        f"{row.von:%d.%m.%Y} bis {row.bis:%d.%m.%Y}, eingetragen von "
        f"{row.eingetragen_von.get_full_name()}.{wartet}",
        zeitpunkt=zeitpunkt,
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
    raise SchrittUnzulaessig(
        "Eine Abwesenheit trägt die Person selbst oder ihre Leitung ein.", "§ 35 Abs. 1 SGB I"
    )
