"""What each member of the led teams carries, in a fixed number of queries.

It tells of load, so that it can be shared out; it ranks nobody and counts no achievements.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet

from cases.models import Abwesenheit, Case, Entwurf, Frist, User, Wiedervorlage
from cases.registry.beitrag import registry
from cases.states.fall import Fallzustand
from cases.states.frist import LAUFENDE, Fristwirkung, Fristzustand
from cases.zugang.queries.abwesenheit import absent_on

_RUHEND = (Fallzustand.BEENDET, Fallzustand.WEITERGELEITET)
_BALD_TAGE = 7
_ZEILEN = 200


@dataclass
class Mitglied:
    """One member of a team with what lies on the desk."""

    user: User
    abwesenheit: Abwesenheit | None = None
    faelle: int = 0
    laufend: int = 0
    bald: int = 0
    ueberfaellig: int = 0
    gemeldet: int = 0
    gehemmt: int = 0
    aelteste: date | None = None
    wiedervorlagen: int = 0
    entwuerfe: int = 0
    zur_freigabe: int = 0


def members_of(user: User) -> QuerySet[User]:
    """Return who works in the led teams or on their cases."""
    led = user.geleitete_teams.order_by().values("pk")
    with_cases = Case.objects.filter(team__in=led).exclude(state__in=_RUHEND).values("caseworker")
    return User.objects.filter(Q(team__in=led) | Q(pk__in=with_cases), is_active=True)


def team_load(user: User, stichtag: date) -> list[Mitglied]:
    """Return the members of the led teams, by name; the number of queries is fixed."""
    members = members_of(user).select_related("team")
    found = {
        member.pk: Mitglied(member)
        for member in members.order_by("team__name", "last_name", "first_name", "pk")
    }
    led = user.geleitete_teams.order_by().values("pk")
    faelle = Case.objects.filter(team__in=led, caseworker__in=found).exclude(state__in=_RUHEND)
    for pk, anzahl in faelle.order_by().values_list("caseworker").annotate(n=Count("pk")):
        found[pk].faelle = anzahl
    _count_fristen(found, user, stichtag)
    vorlagen = Wiedervorlage.objects.filter(
        user__in=found, erledigt_am__isnull=True, am__lte=stichtag
    )
    for pk, anzahl in vorlagen.order_by().values_list("user").annotate(n=Count("pk")):
        found[pk].wiedervorlagen = anzahl
    entwuerfe = Entwurf.objects.filter(user__in=found).exclude(titel="")
    for pk, anzahl in entwuerfe.order_by().values_list("user").annotate(n=Count("pk")):
        found[pk].entwuerfe = anzahl
    for pk, abwesenheit in absent_on(list(found), stichtag).items():
        found[pk].abwesenheit = abwesenheit
    for source in registry.teamlast:
        for pk, (begonnen, vorgelegt) in source(list(found)).items():
            found[pk].entwuerfe += begonnen
            found[pk].zur_freigabe += vorgelegt
    return list(found.values())


def _fristen_of_team(user: User) -> QuerySet[Frist]:
    return Frist.objects.filter(
        case__team__in=user.geleitete_teams.order_by().values("pk"),
        wirkung=Fristwirkung.HANDLUNG,
    )


def _bald(stichtag: date) -> Q:
    return Q(ende__range=(stichtag, stichtag + timedelta(days=_BALD_TAGE)))


def _ueberfaellig(stichtag: date) -> Q:
    return Q(ende__lt=stichtag)


def _gemeldet(stichtag: date) -> Q:
    return Q(eskalation__lte=stichtag)


_ARTEN = {"bald": _bald, "ueberfaellig": _ueberfaellig, "gemeldet": _gemeldet}


def _count_fristen(found: dict[int, Mitglied], user: User, stichtag: date) -> None:
    offen = Q(state=Fristzustand.OFFEN)
    rows = (
        _fristen_of_team(user)
        .filter(case__caseworker__in=found, state__in=LAUFENDE)
        .order_by()
        .values("case__caseworker")
        .annotate(
            laufend=Count("pk", filter=offen),
            bald=Count("pk", filter=offen & _bald(stichtag)),
            ueberfaellig=Count("pk", filter=offen & _ueberfaellig(stichtag)),
            gemeldet=Count("pk", filter=offen & _gemeldet(stichtag)),
            gehemmt=Count("pk", filter=Q(state=Fristzustand.GEHEMMT)),
            aelteste=Min("ende", filter=offen & Q(ende__lt=stichtag)),
        )
    )
    for row in rows:
        mitglied = found[row["case__caseworker"]]
        for name, wert in row.items():
            if name != "case__caseworker":
                setattr(mitglied, name, wert)


def member_of(user: User, member_id: int) -> User | None:
    """Return somebody who works in the led teams, None for anybody else."""
    return members_of(user).filter(pk=member_id).first()


def open_fristen_of_member(user: User, member: User, stichtag: date, was: str = "") -> list[Frist]:
    """Return running Fristen of one member in the led teams, the oldest end first.

    `was` names one of the numbers of the overview: then those that it counts.
    """
    rows = _fristen_of_team(user).filter(case__caseworker=member, state__in=LAUFENDE)
    if was in _ARTEN:
        rows = rows.filter(_ARTEN[was](stichtag), state=Fristzustand.OFFEN)
    return list(
        rows.select_related("case__leistungsberechtigte_person").order_by("ende", "id")[:_ZEILEN]
    )
