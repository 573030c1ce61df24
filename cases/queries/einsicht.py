"""What a person sees of the content of cases: the table of `cases.states.inhalt`, asked for rows.

A page of one case asks `einsicht_of`, which costs no query; a list asks `einsichten`, one query
for all its cases; a search narrows its own query by `persons_seen` and `unterlagen_seen`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from cases import access
from cases.models import (
    Auskunftssperre,
    Case,
    LeistungsberechtigtePerson,
    Unterlage,
    Unterlagenart,
    User,
)
from cases.registry.beitrag import registry
from cases.states.inhalt import Einsicht, Inhalt, Stufe, stufe_of, stufe_of_unterlage

_BETRAG = re.compile(r"\d[\d.\u202f\u00a0]*(?:,\d{1,2})?[\s\u202f\u00a0]*(?:€|EUR\b|Euro\b)")


def einsicht_of(user: User, case: Any) -> Einsicht:
    """Return what the user sees of a case as `access.open_case` has returned it."""
    return Einsicht(user.rollen, case.zugriffsgrund, case.gesperrt)


def running_sperren(stichtag: date) -> QuerySet[Auskunftssperre]:
    """Return the Auskunftssperren that hold on the day."""
    return Auskunftssperre.objects.filter(
        Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=stichtag), gueltig_ab__lte=stichtag
    )


def einsichten(user: User, faelle: Collection[int], stichtag: date) -> dict[int, Einsicht]:
    """Return what the user sees of each of these cases; of others there is none. One query."""
    sperre = running_sperren(stichtag).filter(
        leistungsberechtigte_person=OuterRef("leistungsberechtigte_person")
    )
    cases = (
        access.visible_to(user, stichtag).filter(pk__in=faelle).annotate(gesperrt=Exists(sperre))
    )
    rows = access.with_ground(cases, user, stichtag).order_by()
    return {case.pk: einsicht_of(user, case) for case in rows.only("pk")}


def persons_seen(
    user: User, stichtag: date, inhalt: Inhalt, mindestens: Stufe = Stufe.VOLL
) -> Q | None:
    """Return for which persons a search may look into this content; None: for all of them.

    The condition is on the id of the person.
    """
    gruende = access.grounds_for(user, stichtag)
    offen = [b for grund, b in gruende if stufe_of(user.rollen, grund, inhalt) >= mindestens]
    if len(offen) == len(gruende):
        return None
    if not offen:
        return Q(pk__in=[])
    return Q(pk__in=_cases_on(offen).values("leistungsberechtigte_person"))


def addresses_seen(user: User, stichtag: date) -> Q | None:
    """Return for which persons a search may look into the address; None: for all of them."""
    gesperrt = persons_seen(user, stichtag, Inhalt.GESPERRTE_ANSCHRIFT)
    if gesperrt is None:
        return None
    frei = ~Q(pk__in=running_sperren(stichtag).values("leistungsberechtigte_person"))
    return (persons_seen(user, stichtag, Inhalt.ANSCHRIFT) or Q()) & (frei | gesperrt)


def cases_with_address(user: User, stichtag: date) -> QuerySet[Case]:
    """Return the visible cases whose letters, which bear the address, the user may see."""
    visible = access.visible_to(user, stichtag)
    offen = addresses_seen(user, stichtag)
    if offen is None:
        return visible
    personen = LeistungsberechtigtePerson.objects.filter(offen)
    return visible.filter(leistungsberechtigte_person__in=personen.values("pk"))


def unterlagen_seen(user: User, stichtag: date) -> Q:
    """Return which papers of visible cases the user may read, as a condition on the paper."""
    sperren = running_sperren(stichtag).values("leistungsberechtigte_person")
    gesperrt = Q(case__leistungsberechtigte_person__in=sperren)
    gefunden = Q(pk__in=[])
    for grund, bedingung in access.grounds_for(user, stichtag):
        offen, zu = (arten_seen(Einsicht(user.rollen, grund, sperre)) for sperre in (False, True))
        hier = Q(case__in=Case.objects.filter(bedingung).values("pk"), art__in=offen)
        if offen != zu:
            hier &= ~gesperrt | Q(art__in=zu)
        gefunden |= hier
    return gefunden


def arten_seen(einsicht: Einsicht, mindestens: Stufe = Stufe.VOLL) -> list[str]:
    """Return the kinds of papers that are shown at least so far."""
    return [a for a in Unterlagenart.values if stufe_of_unterlage(einsicht, a) >= mindestens]


def lines_seen(einsicht: Einsicht, fall: int) -> Q:
    """Return which lines of the Chronik of a case are shown, as a condition on the Ereignis."""
    inhalte = registry.ereignisinhalte
    zu = sorted(art for art, inhalt in inhalte.items() if not einsicht.sees(inhalt))
    sees = ~Q(art__in=zu) if zu else Q()
    papiere = arten_seen(einsicht, Stufe.MASKIERT)
    if len(papiere) < len(Unterlagenart.values):
        fremd = Unterlage.objects.filter(case=fall).exclude(art__in=papiere)
        nummern = Concat(Value("unterlage:"), Cast("pk", CharField()))
        sees &= ~Q(gegenstand__in=fremd.annotate(nummer=nummern).values("nummer"))
    return sees


def line_text(einsicht: Einsicht, text: str) -> str:
    """Return a line of the Chronik; amounts in it are for those who see amounts."""
    return text if einsicht.sees(Inhalt.BETRAEGE) else _BETRAG.sub("… €", text)


def _cases_on(bedingungen: list[Q]) -> QuerySet[Case]:
    sees = Q(pk__in=[])
    for bedingung in bedingungen:
        sees |= bedingung
    return Case.objects.filter(sees)
