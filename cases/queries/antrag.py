"""Reads for intake: who may get a case, who may already be known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cases import access
from cases.models import Case, User
from cases.queries.fall import similar_persons
from cases.states import Rolle

# First and last name as the form takes them; it refuses anything longer at the field.
_NAME_HOECHSTENS = 200


@dataclass(frozen=True)
class Dublette:
    """A person who may be the same; `case` is None when the case belongs to somebody else."""

    name: str
    geburtsdatum: date
    case: Case | None


def possible_caseworkers(user: User) -> QuerySet[User]:
    """Return the Fallmanager of the own team and of the teams that the user leads.

    A case belongs to the team of its Fallmanager, so nobody without a team is offered.
    """
    return (
        User.objects.filter(is_active=True, groups__name=Rolle.FALLMANAGEMENT, team__isnull=False)
        .filter(Q(team=user.team_id) | Q(team__leitungen=user))
        .select_related("team")
        .order_by("last_name", "first_name")
        .distinct()
    )


def duplicates_for(
    *, vorname: str, nachname: str, geburtsdatum: date | None, user: User, stichtag: date
) -> list[Dublette]:
    """Return persons who resemble what was typed; protected ones of others stay unseen."""
    if not vorname or not nachname or geburtsdatum is None:
        return []
    if len(vorname + nachname) > _NAME_HOECHSTENS or "\x00" in vorname + nachname:
        return []
    found = []
    persons = similar_persons(vorname, nachname, geburtsdatum).prefetch_related("faelle")
    visible = {
        case.leistungsberechtigte_person_id: case
        for case in access.visible_to(user, stichtag).filter(
            leistungsberechtigte_person__in=list(persons)
        )
    }
    for person in persons:
        case = visible.get(person.pk)
        if case is None and any(c.geschuetzt for c in person.faelle.all()):
            continue
        found.append(Dublette(person.voller_name, person.geburtsdatum, case))
    return found
