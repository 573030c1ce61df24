"""Teams: created and renamed by the Berechtigungsverwaltung."""

from __future__ import annotations

from django.db import transaction

from cases.models import Team, User
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from cases.zugang.services.konto import require_berechtigung


@transaction.atomic
def create_team(*, name: str, by: User) -> Team:
    """Create a team.

    Raises SchrittUnzulaessig when the name is taken or `by` is no Berechtigungsverwaltung.
    """
    require_berechtigung(by)
    if Team.objects.filter(name__iexact=name).exists():
        raise SchrittUnzulaessig(f"Ein Team „{name}“ gibt es schon.")
    return Team.objects.create(name=name)


@transaction.atomic
def rename_team(*, team: Team, name: str, by: User, gesehen: str = "") -> Team:
    """Rename a team; members, supervisors and cases stay.

    `gesehen` is the mark of the name as the form showed it.

    Raises SchrittUnzulaessig when the name is taken or `by` is no Berechtigungsverwaltung.
    """
    require_berechtigung(by)
    row = Team.objects.select_for_update().get(pk=team.pk)
    refuse_stale(row, gesehen=gesehen, jetzt=stand_of(row, ("name",)))
    if Team.objects.filter(name__iexact=name).exclude(pk=row.pk).exists():
        raise SchrittUnzulaessig(f"Ein Team „{name}“ gibt es schon.")
    row.name = name
    row.save(update_fields=["name"])
    return row
