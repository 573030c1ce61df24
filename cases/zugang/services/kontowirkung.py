"""What a change does to an account once it is in force."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from cases.models import Kontoaenderung, User
from cases.states.zugang import Kontovorgang

Wirkung = Callable[[User, Kontoaenderung], None]


def _give_role(konto: User, aenderung: Kontoaenderung) -> None:
    konto.groups.add(Group.objects.get_or_create(name=aenderung.rolle)[0])


def _take_role(konto: User, aenderung: Kontoaenderung) -> None:
    konto.groups.remove(*Group.objects.filter(name=aenderung.rolle))


def _set(feld: str, wert: Callable[[Kontoaenderung], object]) -> Wirkung:
    def apply(konto: User, aenderung: Kontoaenderung) -> None:
        setattr(konto, feld, wert(aenderung))
        konto.save(update_fields=[feld])

    return apply


def _give_lead(konto: User, aenderung: Kontoaenderung) -> None:
    if aenderung.team is not None:
        konto.geleitete_teams.add(aenderung.team)


def _take_lead(konto: User, aenderung: Kontoaenderung) -> None:
    if aenderung.team is not None:
        konto.geleitete_teams.remove(aenderung.team)


def _drop_factors(konto: User, aenderung: Kontoaenderung) -> None:
    Authenticator.objects.filter(user=konto).delete()


WIRKUNG: dict[Kontovorgang, Wirkung] = {
    Kontovorgang.ROLLE_ERTEILEN: _give_role,
    Kontovorgang.ROLLE_ENTZIEHEN: _take_role,
    Kontovorgang.TEAM: _set("team", lambda aenderung: aenderung.team),
    Kontovorgang.TEAM_VERLASSEN: _set("team", lambda aenderung: None),
    Kontovorgang.LEITUNG_ERTEILEN: _give_lead,
    Kontovorgang.LEITUNG_ENTZIEHEN: _take_lead,
    Kontovorgang.SPERREN: _set("is_active", lambda aenderung: False),
    Kontovorgang.ENTSPERREN: _set("is_active", lambda aenderung: True),
    Kontovorgang.ZWEITER_FAKTOR: _drop_factors,
    Kontovorgang.EMAIL: _set("email", lambda aenderung: aenderung.wert),
}
