"""Fristen, Wiedervorlagen, absences and holidays by day: for pages and for calendar programs."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from cases import access
from cases.behoerde.queries.sitz import sitz
from cases.frist.queries import stufe_of, to_be_dated
from cases.models import Abwesenheit, Frist, Kalenderzugang, User, Wiedervorlage
from cases.states.frist import Fristzustand
from cases.states.rolle import Rolle
from cases.tisch.queries.arbeitstag import own_cases
from cases.zugang.queries.abwesenheit import vertretene_users
from recht.feiertag import feiertag_name

# So many entries a day shows before it says how many more there are.
JE_TAG = 4
# No office has more in one month on one screen; the page says when there is more.
HOECHSTENS = 1000


@dataclass(frozen=True)
class Eintrag:
    """One entry of a day; `farbe` and `wort` say the same."""

    art: str
    titel: str
    zusatz: str
    url: str
    wort: str = ""
    farbe: str = "info"


@dataclass
class Kalendertag:
    """One day with what falls on it."""

    tag: date
    im_monat: bool = True
    heute: bool = False
    feiertag: str = ""
    eintraege: list[Eintrag] = field(default_factory=list)

    @property
    def gezeigt(self) -> list[Eintrag]:
        """The entries that fit into the cell of a month."""
        return self.eintraege[:JE_TAG]

    @property
    def weitere(self) -> int:
        """How many entries the cell of a month leaves out."""
        return max(len(self.eintraege) - JE_TAG, 0)


def weeks_of_month(tag: date) -> list[list[date]]:
    """Return the weeks, Monday to Sunday, that touch the month of the day."""
    return calendar.Calendar().monthdatescalendar(tag.year, tag.month)


def week_of(tag: date) -> list[date]:
    """Return Monday to Sunday of the week of the day."""
    montag = tag - timedelta(days=tag.weekday())
    return [montag + timedelta(days=n) for n in range(7)]


def calendar_days(
    user: User, tage: list[date], heute: date, *, team: bool = False, monat: int = 0
) -> dict[date, Kalendertag]:
    """Return the days with their entries in four queries; `team` adds those of the led teams."""
    land = sitz()
    found = {
        tag: Kalendertag(
            tag,
            im_monat=not monat or tag.month == monat,
            heute=tag == heute,
            feiertag=feiertag_name(tag, land) or "",
        )
        for tag in tage
    }
    von, bis = tage[0], tage[-1]
    for frist in fristen_between(user, heute, von, bis, team=team)[:HOECHSTENS]:
        wort, farbe = stufe_of(frist, heute)
        found[frist.ende].eintraege.append(
            Eintrag(
                "Frist",
                frist.bezeichnung,
                frist.case.aktenzeichen,
                reverse("fall_fristen", args=[frist.case_id]),
                wort,
                farbe,
            )
        )
    for row in wiedervorlagen_between(user, heute, von, bis)[:HOECHSTENS]:
        found[row.am].eintraege.append(
            Eintrag(
                "Wiedervorlage",
                row.anlass,
                row.case.aktenzeichen,
                reverse("fall", args=[row.case_id]),
            )
        )
    for abwesenheit in absences_between(user, von, bis, team=team):
        for tag in tage:
            if abwesenheit.von <= tag <= abwesenheit.bis:
                found[tag].eintraege.append(
                    Eintrag("Abwesenheit", abwesenheit.user.get_full_name(), "", "", "", "neutral")
                )
    return found


def fristen_between(
    user: User, stichtag: date, von: date, bis: date, *, team: bool = False
) -> QuerySet[Frist]:
    """Return what ends in the time, of the desk or of the teams: own Fristen, the Widerspruch."""
    faelle = Q(case__in=own_cases(user, stichtag).values("pk"))
    if team and user.has_rolle(Rolle.LEITUNG):
        faelle |= Q(case__team__in=user.geleitete_teams.order_by().values("pk"))
    return (
        Frist.objects.filter(
            faelle,
            to_be_dated(),
            state=Fristzustand.OFFEN,
            ende__range=(von, bis),
        )
        .select_related("case")
        .order_by("ende", "id")
    )


def wiedervorlagen_between(
    user: User, stichtag: date, von: date, bis: date
) -> QuerySet[Wiedervorlage]:
    """Return open Wiedervorlagen of the user and of those the user stands in for."""
    vertreten = vertretene_users(user, stichtag).order_by().values("pk")
    return (
        Wiedervorlage.objects.filter(
            Q(user=user) | Q(user__in=vertreten),
            erledigt_am__isnull=True,
            am__range=(von, bis),
            case__in=access.visible_to(user, stichtag).values("pk"),
        )
        .select_related("case")
        .order_by("am", "id")
    )


def absences_between(
    user: User, von: date, bis: date, *, team: bool = False
) -> QuerySet[Abwesenheit]:
    """Return who is away in the time: the user, the own team, or the led teams."""
    wer = Q(user=user)
    if user.team_id is not None:
        wer |= Q(user__team=user.team_id)
    if team and user.has_rolle(Rolle.LEITUNG):
        wer |= Q(user__team__in=user.geleitete_teams.order_by().values("pk"))
    return (
        Abwesenheit.objects.filter(wer, aufgehoben_am__isnull=True, von__lte=bis, bis__gte=von)
        .select_related("user")
        .order_by("von", "id")
    )


def entries_for_feed(user: User, stichtag: date) -> tuple[list[Frist], list[Wiedervorlage]]:
    """Return what a calendar program gets: a month back, a year ahead."""
    von, bis = stichtag - timedelta(days=31), stichtag + timedelta(days=366)
    fristen = fristen_between(user, stichtag, von, bis)[:HOECHSTENS]
    vorlagen = wiedervorlagen_between(user, stichtag, von, bis)[:HOECHSTENS]
    return list(fristen), list(vorlagen)


def get_kalenderzugang(user: User) -> Kalenderzugang | None:
    """Return the calendar address of this person, without its secret, which nobody keeps."""
    return Kalenderzugang.objects.filter(user=user).first()
