"""Import of existing cases: what its pages show and what a check needs to know beforehand."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from cases.models import Case, Importprofil, Importstapel, Importzeile, Team, User
from cases.states.austausch import ARBEITEND, FELDER, Importentscheidung, Importzeilenstand
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle

# How many rows one page of a batch shows.
SEITENZEILEN = 25
# How the form of a profile calls the heading and the default of a field, and which have one.
SPALTE, VORGABE = "spalte_", "vorgabe_"
VORGEBBAR = ("anrede", "behinderungsart", "zustand", "begehren", "budget", "fallmanagement", "ort")


def profile(*, nur_aktive: bool = False) -> QuerySet[Importprofil]:
    """Return the profiles, those that are offered first."""
    rows = Importprofil.objects.order_by("-aktiv", "name")
    return rows.filter(aktiv=True) if nur_aktive else rows


def get_profil(pk: int) -> Importprofil | None:
    """Return one profile."""
    return Importprofil.objects.filter(pk=pk).first()


def werte_of_profil(profil: Importprofil) -> dict[str, Any]:
    """Return a profile as its form shows it: a heading for every field, a default for some."""
    return {
        **{name: getattr(profil, name) for name in ("name", "herkunft", "datumsform", "aktiv")},
        **{SPALTE + feld: profil.zuordnung.get(feld, "") for feld in FELDER},
        **{VORGABE + feld: profil.vorgaben.get(feld, "") for feld in VORGEBBAR},
    }


def own_teams(user: User) -> QuerySet[Team]:
    """Return the teams into which this user may import: those that the user leads."""
    return Team.objects.filter(pk__in=user.geleitete_teams.order_by().values("pk")).order_by("name")


def list_stapel(user: User) -> QuerySet[Importstapel]:
    """Return the batches of the teams that this user leads, the newest first."""
    return (
        Importstapel.objects.filter(team__in=own_teams(user))
        .select_related("team", "profil", "angelegt_von")
        .annotate(anzahl=Count("zeilen"))
        .order_by("-angelegt_am", "-pk")
    )


def get_stapel(user: User, pk: int) -> Importstapel | None:
    """Return a batch of a team that this user leads."""
    rows = Importstapel.objects.filter(team__in=own_teams(user), pk=pk)
    return rows.select_related("team", "profil", "angelegt_von", "uebernommen_von").first()


def stapel_for_work(pk: int) -> Importstapel | None:
    """Return a batch for a worker, whoever uploaded it."""
    return Importstapel.objects.select_related("team", "profil").filter(pk=pk).first()


def under_way() -> list[int]:
    """Return the batches on which a worker has to go on."""
    return list(Importstapel.objects.filter(state__in=ARBEITEND).values_list("pk", flat=True))


def same_file(sha256: str, team: Team) -> Importstapel | None:
    """Return a batch that was taken over from the very same file."""
    return (
        Importstapel.objects.filter(sha256=sha256, team=team, zeilen__state="uebernommen")
        .order_by("-pk")
        .first()
    )


def counts_of(stapel: Importstapel) -> dict[str, int]:
    """Return how many rows are in which state, and how many wait for a decision; two queries."""
    zeilen = stapel.zeilen.order_by()
    counts = dict(zeilen.values_list("state").annotate(Count("pk")))
    found = {stand.value: counts.get(stand.value, 0) for stand in Importzeilenstand}
    offen = zeilen.filter(
        state=Importzeilenstand.GUELTIG, entscheidung=Importentscheidung.OFFEN
    ).count()
    return {**found, "entscheiden": offen, "alle": sum(found.values())}


def count_uebernehmbar(stapel: Importstapel) -> int:
    """Count the rows that would become a case."""
    gueltig = stapel.zeilen.filter(state=Importzeilenstand.GUELTIG)
    return gueltig.exclude(entscheidung=Importentscheidung.AUSLASSEN).count()


def zeilen_of(stapel: Importstapel, art: str) -> QuerySet[Importzeile]:
    """Return the rows that a tab of the batch shows."""
    rows = stapel.zeilen.select_related("case", "person").order_by("nummer")
    if art == "fehler":
        return rows.filter(state=Importzeilenstand.FEHLER)
    if art == "aehnlich":
        return rows.filter(state=Importzeilenstand.GUELTIG).exclude(
            vorschlag=Importentscheidung.NEU
        )
    if art == "bleibt":
        return rows.exclude(bleibt_weil="")
    return rows


def fallmanager_names(team: Team) -> dict[str, int]:
    """Return by which words a file may name a person of the team; what fits two is left out."""
    namen: dict[str, int] = {}
    doppelt: set[str] = set()
    users = User.objects.filter(
        team=team, is_active=True, groups__name=Rolle.FALLMANAGEMENT
    ).distinct()
    for user in users:
        worte = {
            user.username,
            user.email,
            user.zeichen,
            f"{user.first_name} {user.last_name}",
            f"{user.last_name}, {user.first_name}",
        }
        for wort in {" ".join(w.split()).casefold() for w in worte if w.strip()}:
            if wort in namen and namen[wort] != user.pk:
                doppelt.add(wort)
            namen[wort] = user.pk
    return {wort: pk for wort, pk in namen.items() if wort not in doppelt}


def taken_aktenzeichen(aktenzeichen: set[str]) -> set[str]:
    """Return which of them a case carries already; one query."""
    rows = Case.objects.filter(aktenzeichen__in=aktenzeichen)
    return set(rows.values_list("aktenzeichen", flat=True))


def cells_of(zeile: Importzeile) -> list[str]:
    """Return the cells of a row as they stood in the file."""
    return list(json.loads(zeile.roh)) if zeile.roh else []


def entscheidung_text(entscheidung: str, person_id: int | None) -> str:
    """Return a decision about a row as the page sends it."""
    vorhanden = entscheidung == Importentscheidung.VORHANDEN
    return f"{entscheidung}:{person_id}" if vorhanden else str(entscheidung)


def entscheidung_of(zeile: Importzeile) -> str:
    """Return what is decided about a row, as the page sends it."""
    return entscheidung_text(zeile.entscheidung, zeile.person_id)


def werte_of(zeile: Importzeile) -> dict[str, Any]:
    """Return the values that were read from a row."""
    return dict(json.loads(zeile.werte)) if zeile.werte else {}


def fehler_of(zeile: Importzeile) -> dict[str, list[str]]:
    """Return the messages of a row by key of the field."""
    return dict(json.loads(zeile.fehler)) if zeile.fehler else {}


def aehnlich_of(zeile: Importzeile) -> list[dict[str, Any]]:
    """Return the similar persons that were found for a row."""
    return list(json.loads(zeile.aehnlich)) if zeile.aehnlich else []


def summen_of(stapel: Importstapel, states: tuple[str, ...]) -> dict[str, Any]:
    """Add up what stands in the rows of these states.

    Persons are counted by name and birth date, running cases are those that have not ended.
    """
    zustaende: Counter[str] = Counter()
    personen: set[tuple[str, str, str]] = set()
    betrag, anzahl = Decimal(0), 0
    for roh in (
        stapel.zeilen.filter(state__in=states).only("werte").order_by().iterator(chunk_size=1000)
    ):
        werte = werte_of(roh)
        anzahl += 1
        zustaende[werte["zustand"]] += 1
        personen.add((werte["vorname"], werte["nachname"], werte["geburtsdatum"]))
        betrag += Decimal(werte["betrag"] or 0)
    return {
        "zeilen": anzahl,
        "personen": len(personen),
        "laufend": anzahl - zustaende[Fallzustand.BEENDET],
        "betrag": str(betrag),
        "zustaende": dict(zustaende),
    }


def real_sums(stapel: Importstapel) -> dict[str, Any]:
    """Count what the batch has really become: cases and persons in the files of today."""
    cases = Case.objects.filter(importzeile__stapel=stapel)
    zustaende = dict(cases.order_by().values_list("state").annotate(Count("pk")))
    return {
        "zeilen": sum(zustaende.values()),
        "personen": cases.order_by().values("leistungsberechtigte_person").distinct().count(),
        "laufend": sum(z for state, z in zustaende.items() if state != Fallzustand.BEENDET),
        "zustaende": zustaende,
    }
