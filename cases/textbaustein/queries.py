"""The authority's own texts: which hold on a day at a place, filled with the facts of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cases.behoerde.queries.behoerde import behoerde_or_none
from cases.models import Case, Textbaustein, User
from cases.models.stand import werte_of
from cases.models.textvergleich import Textteil, compare_texts
from cases.queries.augenpaar import written_by_others
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.beitrag import registry
from cases.registry.schritt import Hindernis
from cases.registry.textstelle import (
    PROBEFAELLE,
    Platzhalter,
    Textstelle,
    is_hinweis,
    replace_platzhalter,
)
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.schritte.seiten import hint_places, hinweisstellen
from cases.states.textbaustein import TEXTBAUSTEIN, Bausteinzustand
from cases.textbaustein import guards


@dataclass(frozen=True)
class Angebot:
    """A text that may be taken over: its row and its words, filled as far as the file knows."""

    baustein: Textbaustein
    text: str


def bausteine_on(anfang: str, tag: date) -> dict[str, list[Textbaustein]]:
    """Return the texts that hold on the day, by place, for all places of this beginning.

    One query. Of each text only the version of the day is there, and none once it has ended.
    """
    found: dict[str, list[Textbaustein]] = {}
    for row in _in_force(Textbaustein.objects.filter(stelle__startswith=anfang), tag):
        found.setdefault(row.stelle, []).append(row)
    return found


def hinweise_on(seite: str, tag: date) -> list[Textbaustein]:
    """Return the hints of the authority for the steps of a page that hold on the day.

    `seite` is the name of its route. One query; none for a page on which no step is taken.
    """
    stellen = hint_places().get(seite)
    if not stellen:
        return []
    return _in_force(Textbaustein.objects.filter(stelle__in=stellen), tag)


def _in_force(rows: QuerySet[Textbaustein], tag: date) -> list[Textbaustein]:
    """Return of each text the version of the day, and none once it has ended."""
    begonnen = rows.filter(state=Bausteinzustand.FREIGEGEBEN, gueltig_ab__lte=tag)
    neueste = begonnen.order_by("kennung", "-gueltig_ab").distinct("kennung")
    gilt = [row for row in neueste if row.gueltig_bis is None or row.gueltig_bis >= tag]
    return sorted(gilt, key=lambda row: row.titel.casefold())


def angebote_for(case: Case, anfang: str, tag: date) -> dict[str, list[Angebot]]:
    """Return what may be taken over in this case, by place; the facts are read once for all."""
    bausteine = bausteine_on(anfang, tag)
    fakten = Fakten(case, tag)
    return {
        stelle: [Angebot(row, fakten.fill(row)) for row in rows]
        for stelle, rows in bausteine.items()
    }


class Fakten:
    """The facts of a case on a day; each is read when a text first asks for it."""

    def __init__(self, case: Case, tag: date) -> None:
        self._case, self._tag = case, tag
        self._known: dict[str, str] = {}

    def fill(self, baustein: Textbaustein) -> str:
        """Return the words of a text; what the file does not know stays as its placeholder."""
        return self.fill_text(baustein.text, baustein.stelle)

    def fill_text(self, text: str, stelle: str) -> str:
        """Return a text for a place with its facts, as `fill` does."""
        erlaubt = {p.name: p for p in registry.platzhalter if p.steht_in(stelle)}

        def wert_of(name: str) -> str:
            if name not in self._known and name in erlaubt:
                self._known[name] = erlaubt[name].wert(self._case, self._tag)
            return self._known[name] if name in erlaubt else ""

        return replace_platzhalter(text, wert_of)


@dataclass(frozen=True)
class Probe:
    """A text as it would read in one invented case, and what is wrong with it there."""

    titel: str
    text: str
    hindernisse: tuple[Hindernis, ...]


def probes_of(text: str, stelle: str, tag: date) -> list[Probe]:
    """Return a text of a place in the three hard cases, each with what stands against it."""
    erlaubt = {p.name: p for p in registry.platzhalter if p.steht_in(stelle)}

    def filled(fall: int) -> str:
        def wert_of(name: str) -> str:
            proben = erlaubt[name].proben if name in erlaubt else ()
            return proben[fall] if fall < len(proben) else ""

        return replace_platzhalter(text, wert_of)

    return [
        Probe(titel, gefuellt := filled(fall), tuple(_judge(gefuellt, tag)))
        for fall, titel in enumerate(PROBEFAELLE)
    ]


def _judge(text: str, tag: date) -> Iterator[Hindernis]:
    yield from guards.wortlaut_in_ordnung(text, tag)
    if offen := guards.platzhalter_ausgefuellt(text):
        yield offen


@dataclass(frozen=True)
class Mitgeliefert:
    """A text that the program brings along, and what the authority has made of it.

    `zeile` is the version in force, None where it was not taken over. `neu` tells whether the
    program brings another wording than the one that the version was written over.
    """

    stelle: Textstelle
    zeile: Textbaustein | None
    neu: bool
    unterschied: tuple[Textteil, ...]


def delivered_texts(rows: Iterable[Textbaustein], gilt: set[int]) -> list[Mitgeliefert]:
    """Return all texts that the program brings along beside those in force, from a list."""
    eigene = {row.stelle: row for row in rows if row.pk in gilt and row.mitgeliefert}
    found = []
    for stelle in registry.textstellen:
        if not stelle.wortlaut:
            continue
        row = eigene.get(stelle.schluessel)
        unterschied = (
            compare_texts(stelle.wortlaut, row.text) if row and row.text != stelle.wortlaut else ()
        )
        neu = row is not None and row.mitgeliefert != stelle.wortlaut
        found.append(Mitgeliefert(stelle, row, neu, unterschied))
    return found


def list_textbausteine() -> QuerySet[Textbaustein]:
    """Return all versions with the people who wrote and released them, the latest first."""
    rows = Textbaustein.objects.select_related("erstellt_von", "bearbeitet_von", "freigegeben_von")
    return rows.prefetch_related("events").order_by("stelle", "titel", "kennung", "-version")


def werte_of_textbaustein(row: Textbaustein) -> dict[str, Any]:
    """Return what the form of a version shows and its mark covers."""
    return werte_of(row, ("titel", "text", "norm", "link", "gueltig_ab", "gueltig_bis"))


def previous_version(baustein: Textbaustein) -> Textbaustein | None:
    """Return the newest released version of the same text."""
    return (
        Textbaustein.objects.filter(kennung=baustein.kennung, state=Bausteinzustand.FREIGEGEBEN)
        .exclude(pk=baustein.pk)
        .order_by("-version")
        .first()
    )


def next_version(baustein: Textbaustein) -> int:
    """Return the number of the next version of the same text, counting dropped ones."""
    versionen = Textbaustein.objects.filter(kennung=baustein.kennung)
    return max(versionen.values_list("version", flat=True), default=0) + 1


def stelle_of(schluessel: str) -> Textstelle:
    """Return the place of a key; one that nobody registers any more keeps its key as title."""
    for stelle in (*registry.textstellen, *hinweisstellen()):
        if stelle.schluessel == schluessel:
            return stelle
    return Textstelle(schluessel, schluessel, "Frühere Stellen")


def stellen_by_gruppe(*, hinweise: bool = False) -> list[tuple[str, list[Textstelle]]]:
    """Return all places of texts, or those of hints, under the headings of their groups."""
    gruppen: dict[str, list[Textstelle]] = {}
    for stelle in hinweisstellen() if hinweise else registry.textstellen:
        gruppen.setdefault(stelle.gruppe, []).append(stelle)
    return list(gruppen.items())


def versions_in_force(rows: Iterable[Textbaustein], tag: date) -> set[int]:
    """Return the ids of those that hold on the day, from a list that was read."""
    gilt: dict[Any, Textbaustein] = {}
    for row in rows:
        if row.state != Bausteinzustand.FREIGEGEBEN or row.gueltig_ab > tag:
            continue
        bisher = gilt.get(row.kennung)
        if bisher is None or bisher.gueltig_ab < row.gueltig_ab:
            gilt[row.kennung] = row
    return {r.pk for r in gilt.values() if r.gueltig_bis is None or r.gueltig_bis >= tag}


def _waiting(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.rollen & TEXTBAUSTEIN.uebergang("freigeben").rollen:
        return None
    offen = Textbaustein.objects.filter(state=Bausteinzustand.ENTWURF)
    return columns(
        written_by_others(offen, user).order_by("erstellt_am", "id"),
        person="bearbeitet_von",
        seit="erstellt_am",
        text="titel",
        marke="stelle",
    )


def _waiting_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    eines, viele = (
        ("Arbeitshinweis", "Arbeitshinweise")
        if is_hinweis(row.marke)
        else ("Textbaustein", "Textbausteine")
    )
    return Arbeitszeile(
        gruppe=f"{viele} zur Freigabe",
        titel=f"{eines} „{row.text}“ freigeben",
        fall="ohne Fall",
        name=f"geschrieben von {row.name}",
        url=reverse("textbaustein_freigeben", args=[row.nummer]),
        seit=row.seit,
        zustand="wartet auf eine zweite Person",
        farbe=TEXTBAUSTEIN.farben[Bausteinzustand.ENTWURF],
        art="freigabe",
    )


KURZQUELLE = Kurzquelle(_waiting, _waiting_row)


def _geburt(case: Case, tag: date) -> str:
    return ".".join(reversed(case.leistungsberechtigte_person.geburt.split("-")))


def _behoerde(case: Case, tag: date) -> str:
    row = behoerde_or_none()
    return row.name if row else ""


_LANG_VORN = "Maria-Magdalena Ludmiła"
_LANG_NACH = "Freifrau von und zu Oberhuber-Şahinoğlu-Łuczyńska"

PLATZHALTER: Sequence[Platzhalter] = (
    Platzhalter(
        "Name",
        "Vor- und Nachname der Person",
        lambda case, tag: case.leistungsberechtigte_person.voller_name,
        proben=(f"{_LANG_VORN} {_LANG_NACH}", "Aïscha", "N. N."),
    ),
    Platzhalter(
        "Vorname",
        "Vorname der Person",
        lambda case, tag: case.leistungsberechtigte_person.vorname,
        proben=(_LANG_VORN,),
    ),
    Platzhalter(
        "Nachname",
        "Nachname der Person",
        lambda case, tag: case.leistungsberechtigte_person.nachname,
        proben=(_LANG_NACH, "Aïscha", "N. N."),
    ),
    Platzhalter(
        "Briefanrede",
        "Anrede eines Briefs, ohne Komma",
        lambda case, tag: case.leistungsberechtigte_person.briefanrede,
        proben=(f"Sehr geehrte Frau {_LANG_NACH}", "Guten Tag Aïscha", "Guten Tag"),
    ),
    Platzhalter(
        "Geburtsdatum",
        "Geburtsdatum, soweit bekannt",
        _geburt,
        proben=("29.02.1948", "1958"),
    ),
    Platzhalter(
        "Aktenzeichen",
        "Aktenzeichen des Falls",
        lambda case, tag: case.aktenzeichen,
        proben=("EH-2026-00042", "EH-2026-99999", "EH-2026-00001"),
    ),
    Platzhalter(
        "Tag",
        "der Tag, nach dem sich der Text richtet",
        lambda case, tag: f"{tag:%d.%m.%Y}",
        proben=("31.12.2027", "01.01.2026", "29.02.2028"),
    ),
    Platzhalter(
        "Behörde",
        "Name der Behörde",
        _behoerde,
        proben=("Kommunaler Sozialverband Musterland, Dezernat Eingliederungshilfe",),
    ),
)
