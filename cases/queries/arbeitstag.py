"""What waits on the desk today."""

from __future__ import annotations

from datetime import date

from django.db.models import Case as When_
from django.db.models import IntegerField, Q, QuerySet, Value, When

from cases import access
from cases.models import Case, Frist, User, Wiedervorlage
from cases.registry import Arbeitszeile, registry
from cases.states import Fallzustand, Fristwirkung, Fristzustand, Rolle

# The desk shows this many rows of a kind; the page says so and links to the rest.
DESK_ROWS = 25


def fristen_of(user: User, stichtag: date) -> QuerySet[Frist]:
    """Return the open Fristen that this user should look at today, the most urgent first.

    Fallmanagement sees those of the own cases and of dated assignments, Sachgebietsleitung the
    overdue ones of the led teams.
    """
    rows = Frist.objects.filter(
        state=Fristzustand.OFFEN, wirkung=Fristwirkung.HANDLUNG, wiedervorlage__lte=stichtag
    )
    if user.has_rolle(Rolle.LEITUNG):
        rows = rows.filter(case__team__in=user.geleitete_teams.values("pk"), ende__lt=stichtag)
    else:
        rows = rows.filter(case__in=_own_cases(user, stichtag).values("pk"))
    urgency = When_(
        When(ende__lt=stichtag, then=Value(0)),
        When(ende=stichtag, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        rows.select_related("case__leistungsberechtigte_person", "case__caseworker")
        .annotate(dringend=urgency)
        .order_by("dringend", "ende", "id")
    )


def _own_cases(user: User, stichtag: date) -> QuerySet[Case]:
    return access.visible_to(user, stichtag).filter(
        Q(caseworker=user) | Q(zuweisungen__user=user, zuweisungen__von__lte=stichtag)
    )


def wiedervorlagen_of(user: User, stichtag: date) -> QuerySet[Wiedervorlage]:
    """Return the user's own reminders that are due."""
    return (
        Wiedervorlage.objects.filter(user=user, erledigt_am__isnull=True, am__lte=stichtag)
        .filter(case__in=access.visible_to(user, stichtag).values("pk"))
        .select_related("case__leistungsberechtigte_person")
        .order_by("am", "id")
    )


def new_cases_of(user: User, stichtag: date) -> QuerySet[Case]:
    """Return cases of the user whose Zuständigkeit has not been looked at."""
    return (
        access.visible_to(user, stichtag)
        .filter(caseworker=user, state=Fallzustand.ANTRAG_EINGEGANGEN)
        .select_related("leistungsberechtigte_person")
        .order_by("eroeffnet_am", "id")
    )


def arbeitszeilen_of(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return the rows that the upper floors report, each group together."""
    groups: dict[str, list[Arbeitszeile]] = {}
    for source in registry.arbeitszeilen:
        for row in source(user, stichtag):
            groups.setdefault(row.gruppe, []).append(row)
    return [row for rows in groups.values() for row in rows]


def stufe_of(frist: Frist, stichtag: date) -> tuple[str, str]:
    """Return word and colour of a Frist as it stands today, also before the sweep has run."""
    if frist.state != Fristzustand.OFFEN:
        colour = "danger" if frist.state == Fristzustand.VERSAEUMT else "neutral"
        return frist.get_state_display(), colour
    if frist.wirkung == Fristwirkung.ABLAUF:
        return ("abgelaufen", "neutral") if frist.ende < stichtag else ("läuft", "info")
    if frist.ende < stichtag:
        return f"{_tage((stichtag - frist.ende).days)} überfällig", "danger"
    if frist.ende == stichtag:
        return "heute fällig", "warning"
    if frist.wiedervorlage <= stichtag:
        return f"noch {_tage((frist.ende - stichtag).days)}", "warning"
    return "läuft", "info"


def _tage(anzahl: int) -> str:
    return "1 Tag" if anzahl == 1 else f"{anzahl} Tage"
