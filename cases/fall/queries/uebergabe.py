"""Which cases a handover would move, to whom, with what; and what was handed over."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Func, Q, QuerySet, Value
from django.db.models.functions import Substr, TruncDate, Upper
from django.urls import reverse

from cases import access
from cases.fall.guards.uebergabe import fall_kann_wechseln
from cases.models import (
    Abwesenheit,
    Case,
    Frist,
    Team,
    Uebergabe,
    Uebergabemeldung,
    Uebergabezeile,
    User,
    Wiedervorlage,
)
from cases.models.uebergabe import Meldungsart
from cases.queries.kurzzeile import Kurzquelle, columns, rows_of
from cases.registry.beitrag import registry
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.frist import LAUFENDE, Fristwirkung
from cases.states.rolle import Rolle
from cases.zugang.queries.abwesenheit import absent_on, vertretene_users

HOECHSTENS = 5000


@dataclass(frozen=True)
class Auswahl:
    """The filter of a handover; what is empty does not restrict."""

    von: int | None = None
    team: int | None = None
    state: str = ""
    buchstabe_von: str = ""
    buchstabe_bis: str = ""
    aktenzeichen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vorschauzeile:
    """One case with its new owner and what moves along."""

    case: Case
    an: User
    fristen: int = 0
    wiedervorlagen: int = 0
    entwuerfe: int = 0


@dataclass(frozen=True)
class Vorschau:
    """What would happen."""

    gehen: list[Vorschauzeile]
    bleiben: list[tuple[Case, str]]
    abwesend: list[Abwesenheit] = field(default_factory=list)
    unbekannt: tuple[str, ...] = ()

    @property
    def kennung(self) -> str:
        """A fingerprint: the same cases to the same people."""
        text = ";".join(f"{z.case.pk}:{z.case.caseworker_id}:{z.an.pk}" for z in self.gehen)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def je_person(self) -> list[tuple[User, int]]:
        """How many cases each new owner gets."""
        zahl = Counter(z.an.pk for z in self.gehen)
        wer = {z.an.pk: z.an for z in self.gehen}
        return [(wer[pk], anzahl) for pk, anzahl in zahl.items()]

    @property
    def summe(self) -> dict[str, int]:
        """What moves along in all."""
        return {
            "fristen": sum(z.fristen for z in self.gehen),
            "wiedervorlagen": sum(z.wiedervorlagen for z in self.gehen),
            "entwuerfe": sum(z.entwuerfe for z in self.gehen),
        }


def movable_cases(user: User, stichtag: date) -> QuerySet[Case]:
    """Return the cases that this Leitung may hand over: those of the led teams, and the own ones.

    Who leads a team for some days stands in for its Leitung here as well. A case that somebody sees
    for another reason (assigned, deputy of a Fallmanager) is not theirs to give.
    """
    if not user.has_rolle(Rolle.LEITUNG):
        return Case.objects.none()
    return access.visible_to(user, stichtag).filter(
        Q(team__in=_led_teams(user, stichtag).values("pk")) | Q(caseworker=user)
    )


def _led_teams(user: User, stichtag: date) -> QuerySet[Team]:
    """Return the teams that somebody leads on this day, for themselves or as a deputy."""
    leitungen = Q(leitungen=user) | Q(leitungen__in=vertretene_users(user, stichtag).values("pk"))
    return Team.objects.filter(leitungen).order_by()


def leads_case(user: User, case: Case, stichtag: date) -> bool:
    """Tell whether somebody leads the team of the case on this day, see `_led_teams`."""
    return _led_teams(user, stichtag).filter(pk=case.team_id).exists()


def select_cases(user: User, stichtag: date, auswahl: Auswahl) -> QuerySet[Case]:
    """Return the cases that fit the filter, by person, so that a person's cases stay together."""
    rows = movable_cases(user, stichtag)
    if auswahl.von:
        rows = rows.filter(caseworker=auswahl.von)
    if auswahl.team:
        rows = rows.filter(team=auswahl.team)
    if auswahl.state:
        rows = rows.filter(state=auswahl.state)
    if auswahl.aktenzeichen:
        rows = rows.filter(aktenzeichen__in=auswahl.aktenzeichen)
    if auswahl.buchstabe_von or auswahl.buchstabe_bis:
        rows = _letters(rows, auswahl.buchstabe_von, auswahl.buchstabe_bis)
    return rows.select_related("leistungsberechtigte_person", "caseworker", "team").order_by(
        "leistungsberechtigte_person__nachname", "leistungsberechtigte_person_id", "pk"
    )


def _letters(rows: QuerySet[Case], von: str, bis: str) -> QuerySet[Case]:
    """Keep surnames from … to …; accents do not count, and „bis K“ includes all that begin so."""
    name = Upper(Func(F("leistungsberechtigte_person__nachname"), function="unaccent"))
    if von:
        rows = rows.alias(anfang_von=Substr(name, 1, len(von))).filter(
            anfang_von__gte=Func(Value(von.upper()), function="unaccent")
        )
    if bis:
        rows = rows.alias(anfang_bis=Substr(name, 1, len(bis))).filter(
            anfang_bis__lte=Func(Value(bis.upper()), function="unaccent")
        )
    return rows


def distribute(cases: Iterable[Case], an: Sequence[User]) -> list[tuple[Case, User]]:
    """Give the cases to the people evenly; all cases of one person go to the same owner.

    The result depends on the cases alone, not on the order in which they were read.
    """
    gruppen: dict[int, list[Case]] = {}
    for case in sorted(cases, key=_platz):
        gruppen.setdefault(case.leistungsberechtigte_person_id, []).append(case)
    last = {user.pk: 0 for user in an}
    found = []
    for gruppe in gruppen.values():
        ziel = min(an, key=lambda user: last[user.pk])
        last[ziel.pk] += len(gruppe)
        found += [(case, ziel) for case in gruppe]
    return found


def _platz(case: Case) -> tuple[str, int, int]:
    person = case.leistungsberechtigte_person
    return person.nachname.casefold(), person.pk, case.pk


def split(
    cases: Iterable[Case], an: Sequence[User], geschuetzte: bool
) -> tuple[list[Case], list[tuple[Case, str]]]:
    """Return the cases that can go and those that stay, with the reason."""
    ids = {user.pk for user in an}
    gehen, bleiben = [], []
    for case in cases:
        hindernis = fall_kann_wechseln(case, ids, geschuetzte)
        if hindernis is None:
            gehen.append(case)
        else:
            bleiben.append((case, hindernis.text))
    return gehen, bleiben


def preview_uebergabe(
    *,
    user: User,
    stichtag: date,
    auswahl: Auswahl,
    an: Sequence[User],
    geschuetzte: bool,
) -> Vorschau:
    """Return what a handover would do; the number of queries does not grow with the cases."""
    cases = list(select_cases(user, stichtag, auswahl)[: HOECHSTENS + 1])
    gehen, bleiben = split(cases, an, geschuetzte)
    ids = [case.pk for case in gehen]
    fristen = _count(
        Frist.objects.filter(case__in=ids, state__in=LAUFENDE, wirkung=Fristwirkung.HANDLUNG)
    )
    wiedervorlagen = _count(
        Wiedervorlage.objects.filter(
            case__in=ids, erledigt_am__isnull=True, user=F("case__caseworker")
        )
    )
    entwuerfe: Counter[int] = Counter()
    for zaehler in registry.entwurfszaehler:
        entwuerfe.update(zaehler(ids))
    bekannt = {case.aktenzeichen for case in cases}
    return Vorschau(
        [
            Vorschauzeile(
                case,
                ziel,
                fristen.get(case.pk, 0),
                wiedervorlagen.get(case.pk, 0),
                entwuerfe[case.pk],
            )
            for case, ziel in distribute(gehen, an)
        ],
        bleiben,
        list(absent_on([u.pk for u in an], stichtag).values()),
        tuple(a for a in auswahl.aktenzeichen if a not in bekannt),
    )


def _count(rows: QuerySet[Frist] | QuerySet[Wiedervorlage]) -> dict[int, int]:
    return dict(rows.order_by().values_list("case").annotate(Count("pk")))


def possible_owners() -> QuerySet[User]:
    """Return everybody who can take over cases, by team and name."""
    return (
        User.objects.filter(is_active=True, groups__name=Rolle.FALLMANAGEMENT, team__isnull=False)
        .select_related("team")
        .order_by("team__name", "last_name", "first_name", "pk")
        .distinct()
    )


def current_owners(user: User, stichtag: date) -> QuerySet[User]:
    """Return the people who own cases that this Leitung may hand over."""
    return User.objects.filter(
        pk__in=movable_cases(user, stichtag).order_by().values("caseworker")
    ).order_by("last_name", "first_name", "pk")


def led_teams(user: User) -> QuerySet[Team]:
    """Return the teams of which this user is Leitung."""
    return user.geleitete_teams.order_by("name")


def list_uebergaben(user: User) -> QuerySet[Uebergabe]:
    """Return the handovers that concern this user, the latest first."""
    return (
        Uebergabe.objects.filter(Q(durch=user) | Q(meldungen__user=user))
        .select_related("durch", "zurueck_durch")
        .distinct()
    )


def zeilen_of(uebergabe: Uebergabe, user: User, stichtag: date) -> QuerySet[Uebergabezeile]:
    """Return the rows whose case this user may still see."""
    return (
        uebergabe.zeilen.filter(case__in=access.visible_to(user, stichtag).values("pk"))
        .select_related("case__leistungsberechtigte_person", "von_user", "an_user", "an_team")
        .order_by("pk")
    )


def open_meldungen(user: User) -> QuerySet[Uebergabemeldung]:
    """Return handovers that this user has not taken note of."""
    return Uebergabemeldung.objects.filter(user=user, gelesen_am__isnull=True).select_related(
        "uebergabe__durch"
    )


def unread_by_user(user_ids: Collection[int] | None = None) -> dict[int, int]:
    """Return how many handovers each person has not taken note of; one query."""
    rows = Uebergabemeldung.objects.filter(gelesen_am__isnull=True)
    if user_ids is not None:
        rows = rows.filter(user__in=user_ids)
    return dict(rows.order_by().values_list("user").annotate(Count("uebergabe", distinct=True)))


def _unread(user: User, stichtag: date) -> QuerySet[Any, Any]:
    rows = Uebergabemeldung.objects.filter(user=user, gelesen_am__isnull=True).order_by("pk")
    return columns(
        rows,
        nummer="uebergabe_id",
        person="uebergabe__durch",
        seit=TruncDate("uebergabe__zeit"),
        text="anzahl",
        marke="art",
    )


def _unread_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Übergaben",
        titel=f"{_faelle(int(row.text))} {Meldungsart(row.marke).label}",
        fall="ohne Fall",
        name=f"durch {row.name}",
        url=reverse("uebergabe", args=[row.nummer]),
        seit=row.seit,
        zustand="neu",
    )


KURZQUELLE = Kurzquelle(_unread, _unread_row)


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return the rows of the desk for handovers; one query."""
    return rows_of([KURZQUELLE], user, stichtag)


def _faelle(anzahl: int) -> str:
    return "1 Fall" if anzahl == 1 else f"{anzahl} Fälle"
