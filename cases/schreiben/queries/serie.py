"""Series of letters: which a person sees, how far they are, whom a list holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from cases import access
from cases.models import (
    PAPIER,
    Case,
    Schreiben,
    Serie,
    Serienbrief,
    Serienbriefansicht,
    User,
    Versand,
)
from cases.queries.augenpaar import own_accounts
from cases.queries.einsicht import cases_with_address
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.beitrag import registry
from cases.registry.routen import adresse
from cases.registry.serienart import Posten
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from cases.states.serie import ARBEITEND, SERIE, Serienbriefstand, Serienzustand
from cases.states.versand import Versandzustand

# More is slow to look through, and nobody wants to take back so much at once.
HOECHSTENS = 500
SEITENZEILEN = 50
# Practice, no provision: a second person looks at one letter of fifty, never at less than three.
_JEDER, _MINDESTENS = 50, 3
EIGENE, ALLE = "eigene", "alle"


def cases_of_list(user: User, tag: date, kreis: str) -> QuerySet[Case]:
    """Return the cases with a running procedure to whose persons the user may write, by number.

    `kreis` says whether only those are meant for which the user answers.
    """
    rows = cases_with_address(user, tag).exclude(state=Fallzustand.BEENDET)
    if kreis == EIGENE:
        rows = rows.filter(caseworker=user)
    return rows.select_related("leistungsberechtigte_person").order_by("aktenzeichen", "pk")


def posten_of(case: Case, gegenstand: int = 0, anlass: str = "") -> Posten:
    """Return the row of a list about a case or about something in it."""
    name = case.leistungsberechtigte_person.voller_name
    return Posten(case.pk, gegenstand, case.aktenzeichen, name, anlass)


def list_faelle(user: User, tag: date, wahl: Mapping[str, Any], anzahl: int) -> list[Posten]:
    """Return up to so many cases of a list, all or those of one state."""
    rows = cases_of_list(user, tag, wahl["kreis"])
    if wahl["zustand"]:
        rows = rows.filter(state=wahl["zustand"])
    return [posten_of(row, anlass=row.get_state_display()) for row in rows[:anzahl]]


def list_unbeantwortet(user: User, tag: date, wahl: Mapping[str, Any], anzahl: int) -> list[Posten]:
    """Return up to so many letters of one kind that left in a time and were not reminded of yet.

    Whether an answer has come nobody but the reader of the file knows.
    """
    hinaus = Versand.objects.filter(
        schreiben=OuterRef("pk"),
        state=Versandzustand.AUFGEGEBEN,
        aufgabe_am__range=(wahl["von"], wahl["bis"]),
    )
    rows = (
        Schreiben.objects.filter(
            Exists(hinaus),
            art=wahl["schreibenart"],
            case__in=cases_of_list(user, tag, wahl["kreis"]).order_by().values("pk"),
        )
        .select_related("case__leistungsberechtigte_person")
        .order_by("nummer")
    )
    erinnert = set(
        Schreiben.objects.filter(case__in=rows.order_by().values("case"), art="erinnerung")
        .order_by()
        .values_list("gegenstand", flat=True)
    )
    # No more than is asked for is read, and nothing of what the letters say.
    gelesen = rows.defer("daten", "empfaenger").iterator(chunk_size=HOECHSTENS)
    offen = (row for row in gelesen if f"schreiben:{row.pk}" not in erinnert)
    return [
        posten_of(row.case, row.pk, f"{row.titel} vom {row.datum:%d.%m.%Y}")
        for row, _ in zip(offen, range(anzahl), strict=False)
    ]


def visible_serien(user: User, tag: date) -> QuerySet[Serie]:
    """Return the series in which a letter concerns a case of the user, the newest first."""
    eigene = Serienbrief.objects.filter(
        serie=OuterRef("pk"), case__in=cases_with_address(user, tag).values("pk")
    )
    return (
        Serie.objects.filter(Exists(eigene))
        .select_related("angelegt_von", "freigegeben_von")
        .annotate(anzahl=Count("briefe"))
        .order_by("-pk")
    )


def briefe_of(serie: Serie, user: User, tag: date) -> QuerySet[Serienbrief]:
    """Return the letters of a series that concern cases of the user, in their order."""
    return (
        serie.briefe.filter(case__in=cases_with_address(user, tag).values("pk"))
        .select_related("case__leistungsberechtigte_person", "versand")
        .prefetch_related(Prefetch("ansichten", Serienbriefansicht.objects.select_related("von")))
        .order_by("nummer")
    )


def count_fremde(serie: Serie, user: User, tag: date) -> int:
    """Return how many letters that would leave concern cases which the user does not see."""
    rows = serie.briefe.filter(state=Serienbriefstand.GESETZT)
    return rows.exclude(case__in=cases_with_address(user, tag).values("pk")).count()


def counts_of(serie: Serie) -> dict[str, int]:
    """Return how many letters are in each state, and `alle`."""
    gezaehlt = serie.briefe.order_by().values_list("state").annotate(anzahl=Count("pk"))
    zahlen = {str(stand): 0 for stand in Serienbriefstand} | dict(gezaehlt)
    return zahlen | {"alle": sum(zahlen.values())}


def size_of_sample(briefe: int) -> int:
    """Return how many of so many letters a second person opens before they leave."""
    return min(briefe, max(_MINDESTENS, -(-briefe // _JEDER)))


def sample_of(serie: Serie) -> QuerySet[Serienbrief]:
    """Return the letters that a second person opens before the release."""
    return serie.briefe.filter(stichprobe=True, state=Serienbriefstand.GESETZT).order_by("nummer")


def count_seen(serie: Serie, user: User) -> int:
    """Return how many letters of the sample this person has opened, whoever else has."""
    return sample_of(serie).filter(ansichten__von=user).count()


def waiting_in(serie: Serie) -> QuerySet[Versand]:
    """Return the letters on paper of a series that lie in no Druckstapel yet, by number."""
    return Versand.objects.filter(
        serienbrief__serie=serie,
        weg__in=PAPIER,
        state=Versandzustand.VORGESEHEN,
        druckstapel_liste__isnull=True,
    ).order_by("serienbrief__nummer")


def under_way() -> list[int]:
    """Return the ids of the series at which a worker has something to do, the oldest first."""
    return list(
        Serie.objects.filter(state__in=ARBEITEND).order_by("pk").values_list("pk", flat=True)
    )


def cases_among(user: User, tag: date, faelle: Iterable[int]) -> set[int]:
    """Return which of these cases the user sees with their address."""
    rows = cases_with_address(user, tag).filter(pk__in=set(faelle))
    return set(rows.order_by().values_list("pk", flat=True))


def _waiting(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.rollen & SERIE.uebergang("freigeben").rollen:
        return None
    rows = Serie.objects.filter(state=Serienzustand.GESETZT).exclude(
        angelegt_von__in_reihe=own_accounts(user)
    )
    nah = Q(pk__in=[]) if user.team_id is None else Q(angelegt_von__team=user.team_id)
    if user.has_rolle(Rolle.LEITUNG):
        nah |= Q(angelegt_von__team__in_reihe=access.led_teams(user))
    return columns(
        rows.filter(nah).order_by("angelegt_am", "id"),
        person="angelegt_von",
        seit="angelegt_am",
        text="titel",
    )


def _waiting_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Serienbriefe zur Freigabe",
        titel=f"Serienbrief „{row.text}“ freigeben",
        fall="mehrere Fälle",
        name=f"angelegt von {row.name}",
        url=adresse("serie", row.nummer),
        seit=row.seit,
        zustand=Serienzustand.GESETZT.label,
        farbe=SERIE.farben[Serienzustand.GESETZT],
        art="freigabe",
    )


KURZQUELLE = Kurzquelle(_waiting, _waiting_row)


def titel_of(art: str) -> str:
    """Return what a kind of series is called; one that nobody knows any more keeps its key."""
    known = registry.serienarten.get(art)
    return known.titel if known else art
