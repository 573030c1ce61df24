"""Import of existing cases: what its pages show and what a check needs to know beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from cases.austausch.queries.summen import Summe
from cases.crypto import read_json
from cases.models import (
    Behinderungsart,
    Case,
    Importprofil,
    Importstapel,
    Importzeile,
    LeistungsberechtigtePerson,
    Team,
    User,
)
from cases.person.gleichheit import Merkmale
from cases.person.namensform import eng
from cases.states.austausch import ARBEITEND, Importentscheidung, Importzeilenstand
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from recht.anschrift import Anschriftart, Anschriftwert
from recht.laender import DEUTSCHLAND

# How many rows one page of a batch shows.
SEITENZEILEN = 25
# How the form of a profile calls the heading and the default of a field, and which have one.
SPALTE, VORGABE = "spalte_", "vorgabe_"
# The facts that two records of one person may tell differently, as the page names them.
GESCHUETZT = "geschützt (Auskunftssperre)"
VERGLEICHBAR = {
    "anschrift": "Anschrift",
    "konto": "Konto",
    "telefon": "Telefon",
    "email": "E-Mail",
    "anrede": "Anrede",
    "behinderungsart": "Behinderungsart",
}
VORGEBBAR = ("anrede", "behinderungsart", "zustand", "begehren", "budget", "fallmanagement", "ort")


# What a profile holds beside headings, defaults and words.
EINFACH = ("name", "herkunft", "datumsform", "aktiv", "blatt", "kopfzeile", "plz_nullen")


def profile(*, nur_aktive: bool = False) -> QuerySet[Importprofil]:
    """Return the profiles, those that are offered first."""
    rows = Importprofil.objects.order_by("-aktiv", "name")
    return rows.filter(aktiv=True) if nur_aktive else rows


def get_profil(pk: int) -> Importprofil | None:
    """Return one profile."""
    return Importprofil.objects.filter(pk=pk).first()


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
    return list(read_json(zeile.roh, []))


def entscheidung_text(entscheidung: str, nummer: int | None) -> str:
    """Return a decision about a row as the page sends it; `nummer` is a person or a row."""
    mit = entscheidung in (Importentscheidung.VORHANDEN, Importentscheidung.ZEILE)
    return f"{entscheidung}:{nummer}" if mit else str(entscheidung)


def entscheidung_of(zeile: Importzeile) -> str:
    """Return what is decided about a row, as the page sends it."""
    frueher = zeile.entscheidung == Importentscheidung.ZEILE
    return entscheidung_text(zeile.entscheidung, zeile.wie_zeile if frueher else zeile.person_id)


@dataclass(frozen=True, slots=True)
class Befund:
    """What the check of one row has found; without a fault the values are whole."""

    werte: dict[str, Any]
    fehler: dict[str, list[str]]
    hinweise: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Unterschied:
    """One fact that two records tell differently: `dort` is empty when only the row has it."""

    feld: str
    titel: str
    hier: str
    dort: str

    @property
    def ergaenzt(self) -> bool:
        """Whether the fact is kept as it is, because the other side has none."""
        return not self.dort


def merkmale_of_werte(werte: Mapping[str, Any]) -> Merkmale:
    """Return what the judgement of sameness compares of a row."""
    return Merkmale(
        werte["vorname"],
        werte["nachname"],
        date.fromisoformat(werte["geburtsdatum"]),
        werte.get("geburt_genau") or "tag",
    )


def facts_of_werte(werte: Mapping[str, Any]) -> dict[str, str]:
    """Return the facts of a row that another record may tell differently."""
    wert = Anschriftwert(
        ort=werte["ort"],
        plz=werte["plz"],
        strasse=werte["strasse"],
        zusatz=werte["zusatz"],
        land=werte.get("land") or DEUTSCHLAND,
        art=Anschriftart(werte.get("anschriftart") or Anschriftart.STRASSE.value),
    )
    art = werte["behinderungsart"]
    return {
        "anschrift": ", ".join(wert.zeilen()),
        "konto": f"endet auf {werte['iban'][-4:]}" if werte["iban"] else "",
        "telefon": werte["telefon"],
        "email": werte["email"],
        "anrede": werte["anrede"] or "",
        "behinderungsart": art if art and art != Behinderungsart.UNBEKANNT else "",
    }


def facts_of_person(person: LeistungsberechtigtePerson, tag: date) -> dict[str, str]:
    """Return the same facts of a stored person on the day."""
    wohnt, konto = person.anschrift_am(tag), person.bankverbindung_am(tag)
    art = person.behinderungsart
    gesperrt = any(sperre.gilt_am(tag) for sperre in person.auskunftssperren.all())
    anschrift = ", ".join(wohnt.zeilen()) if wohnt else ""
    return {
        "anschrift": GESCHUETZT if anschrift and gesperrt else anschrift,
        "konto": f"endet auf {konto.iban_ende}" if konto else "",
        "telefon": person.telefon,
        "email": person.email,
        "anrede": person.anrede if person.anrede != "ohne" else "",
        "behinderungsart": art if art != Behinderungsart.UNBEKANNT else "",
    }


def differences(hier: Mapping[str, str], dort: Mapping[str, str]) -> list[Unterschied]:
    """Return the facts of a row that the other record lacks or tells differently."""
    return [
        Unterschied(feld, titel, hier[feld], dort[feld])
        for feld, titel in VERGLEICHBAR.items()
        if hier[feld] and eng(hier[feld]) != eng(dort[feld])
    ]


def contradict(hier: Mapping[str, str], dort: Mapping[str, str]) -> bool:
    """Tell whether two records tell any fact differently."""
    return any(not unterschied.ergaenzt for unterschied in differences(hier, dort))


def facts_of_persons(ids: set[int], tag: date) -> dict[int, dict[str, str]]:
    """Return the facts of stored persons by their id; a few queries for all of them."""
    personen = LeistungsberechtigtePerson.objects.filter(pk__in=ids).prefetch_related(
        "anschriften", "bankverbindungen", "auskunftssperren"
    )
    return {person.pk: facts_of_person(person, tag) for person in personen}


def facts_of_rows(stapel: Importstapel, nummern: set[int]) -> dict[int, dict[str, str]]:
    """Return the facts of rows of a batch by their number; one query."""
    zeilen = stapel.zeilen.filter(nummer__in=nummern).defer("roh", "aehnlich")
    return {zeile.nummer: facts_of_werte(werte_of(zeile)) for zeile in zeilen}


def werte_of(zeile: Importzeile) -> dict[str, Any]:
    """Return the values that were read from a row."""
    return dict(read_json(zeile.werte, {}))


def hinweise_of(zeile: Importzeile) -> dict[str, list[str]]:
    """Return what was read otherwise than it stands in the row, by key of the field."""
    return dict(read_json(zeile.hinweise, {}))


def columns_of(stapel: Importstapel) -> dict[str, int]:
    """Return in which cell of a row each field of the profile stands."""
    kopf = {name.casefold(): stelle for stelle, name in enumerate(read_json(stapel.kopf, []))}
    return {
        feld: kopf[name.casefold()]
        for feld, name in stapel.profil.zuordnung.items()
        if name.casefold() in kopf
    }


def fehler_of(zeile: Importzeile) -> dict[str, list[str]]:
    """Return the messages of a row by key of the field."""
    return dict(read_json(zeile.fehler, {}))


def aehnlich_of(zeile: Importzeile) -> list[dict[str, Any]]:
    """Return the similar persons that were found for a row."""
    return list(read_json(zeile.aehnlich, []))


def summen_of(stapel: Importstapel, states: tuple[str, ...]) -> dict[str, Any]:
    """Add up what stands in the rows of these states."""
    summe = Summe()
    # The batch is read along: what hangs on it would be asked for row by row.
    zeilen = stapel.zeilen.filter(state__in=states).only("werte", "stapel").order_by()
    for zeile in zeilen.iterator(chunk_size=500):
        summe.add(werte_of(zeile))
    return summe.as_dict()


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
