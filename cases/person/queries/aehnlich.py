"""Who may be the same human being: shown before somebody gets a second file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from cases import access
from cases.models import Case, LeistungsberechtigtePerson, User
from cases.person.phonetik import koelner_phonetik

MAX_HITS = 10
FREMDE_AKTE = "Es gibt bereits eine Akte in einem anderen Team; bitte Leitung fragen."

_CANDIDATES = 200
_NAME_HOECHSTENS = 200
# Strength only orders the hits; a person decides whether it is the same human being.
_GLEICH, _KLANG, _VERTAUSCHT, _AEHNLICH, _TEIL = 50, 40, 40, 30, 20
_TAG_GLEICH, _TAG_VERTAUSCHT, _TAG_STELLE = 50, 35, 25
_SCHWELLE = 0.45
_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Aehnlich:
    """A person who may be the same.

    `fremd` stands for files of other teams: it carries no name, no date and no number of them.
    """

    person_id: int | None
    name: str
    geburtsdatum: date | None
    gruende: tuple[str, ...]
    staerke: int
    faelle: tuple[Case, ...] = field(default=())
    fremd: bool = False


def aehnliche_personen(
    *,
    user: User,
    vorname: str,
    nachname: str,
    geburtsdatum: date | None,
    stichtag: date,
) -> list[Aehnlich]:
    """Return persons who resemble what was typed, the most alike first; three queries.

    Only persons of cases that the user may see are named. A file of another team is hinted at
    when the birth date fits as well; a protected one is never mentioned.
    """
    vorname, nachname = vorname.strip(), nachname.strip()
    if not nachname or len(vorname + nachname) > _NAME_HOECHSTENS or "\x00" in vorname + nachname:
        return []
    hits = []
    for person in _candidates(vorname, nachname, geburtsdatum):
        name_points, reasons = _compare_names(person, vorname, nachname)
        day_points, day_reason = _compare_days(person.geburtsdatum, geburtsdatum)
        if not _worth_showing(name_points, day_points, geburtsdatum, vorname):
            continue
        gruende = (*reasons, day_reason) if day_reason else tuple(reasons)
        hits.append((name_points + day_points, day_points, person, gruende))
    hits.sort(key=lambda hit: (-hit[0], hit[2].nachname, hit[2].vorname, hit[2].pk))
    return _as_far_as_visible(hits, user, stichtag)


def _candidates(
    vorname: str, nachname: str, geburtsdatum: date | None
) -> QuerySet[LeistungsberechtigtePerson]:
    """Return rows worth a closer look; every part of the condition has an index."""
    klang, klang_vorname = koelner_phonetik(nachname), koelner_phonetik(vorname)
    alike = Q(nachname__trigram_similar=nachname)
    if vorname:
        alike &= Q(vorname__trigram_similar=vorname)
    wanted = alike
    if klang:
        wanted |= Q(nachname__laut=klang) & (Q(vorname__laut=klang_vorname) if vorname else Q())
    if klang and klang_vorname:
        wanted |= Q(nachname__laut=klang_vorname, vorname__laut=klang)
    if geburtsdatum is not None:
        wanted |= Q(geburtsdatum=geburtsdatum)
        if geburtsdatum.day <= 12:
            wanted |= Q(geburtsdatum=_swapped(geburtsdatum), nachname__trigram_similar=nachname)
    return (
        LeistungsberechtigtePerson.objects.filter(wanted)
        .annotate(
            naehe=TrigramSimilarity("nachname", nachname),
            naehe_vorname=TrigramSimilarity("vorname", vorname),
        )
        .order_by("-naehe", "-naehe_vorname", "pk")[:_CANDIDATES]
    )


def _compare_names(
    person: LeistungsberechtigtePerson, vorname: str, nachname: str
) -> tuple[int, list[str]]:
    """Return points and reasons of the names; without a first name the surname alone counts."""
    mine, theirs = (
        (_plain(vorname), _plain(nachname)),
        (_plain(person.vorname), _plain(person.nachname)),
    )
    if mine == theirs or (not vorname and mine[1] == theirs[1]):
        return _GLEICH, ["gleicher Name" if vorname else "gleicher Nachname"]
    if vorname and mine == theirs[::-1]:
        return _VERTAUSCHT, ["Vorname und Nachname vertauscht"]
    same_sound = koelner_phonetik(nachname) == koelner_phonetik(person.nachname)
    same_sound_first = not vorname or koelner_phonetik(vorname) == koelner_phonetik(person.vorname)
    if same_sound and same_sound_first and koelner_phonetik(nachname):
        return _KLANG, ["gleicher Klang"]
    if vorname and (koelner_phonetik(vorname), koelner_phonetik(nachname)) == (
        koelner_phonetik(person.nachname),
        koelner_phonetik(person.vorname),
    ):
        return _VERTAUSCHT, ["Vorname und Nachname vertauscht, gleicher Klang"]
    near = same_sound or person.naehe >= _SCHWELLE  # type: ignore[attr-defined]
    near_first = same_sound_first or person.naehe_vorname >= _SCHWELLE  # type: ignore[attr-defined]
    if near and near_first:
        return _AEHNLICH, ["ähnliche Schreibweise"]
    if near:
        return _TEIL, ["ähnlicher Nachname"]
    if vorname and near_first:
        return _TEIL, ["ähnlicher Vorname"]
    return 0, []


def _compare_days(theirs: date, mine: date | None) -> tuple[int, str]:
    if mine is None:
        return 0, ""
    if theirs == mine:
        return _TAG_GLEICH, "gleiches Geburtsdatum"
    if mine.day <= 12 and theirs == _swapped(mine):
        return _TAG_VERTAUSCHT, "Tag und Monat vertauscht"
    differing = [
        place
        for place, (a, b) in enumerate(zip(f"{theirs:%d%m%Y}", f"{mine:%d%m%Y}", strict=True))
        if a != b
    ]
    if len(differing) == 1:
        return _TAG_STELLE, "Geburtsdatum weicht in einer Ziffer ab"
    return 0, "anderes Geburtsdatum"


def _worth_showing(name: int, day: int, geburtsdatum: date | None, vorname: str) -> bool:
    if geburtsdatum is None or not vorname:
        # Still typing, or searching with little: what is like the name is worth a look.
        return name >= _AEHNLICH
    if name == _TEIL:
        return day >= _TAG_GLEICH
    return name >= _GLEICH or (name >= _AEHNLICH and day >= _TAG_STELLE)


def _as_far_as_visible(
    hits: list[tuple[int, int, LeistungsberechtigtePerson, tuple[str, ...]]],
    user: User,
    stichtag: date,
) -> list[Aehnlich]:
    ids = [hit[2].pk for hit in hits]
    if not ids:
        return []
    visible: dict[int, list[Case]] = {}
    cases = access.visible_to(user, stichtag).filter(leistungsberechtigte_person__in=ids)
    for case in cases.order_by("-eroeffnet_am", "-id"):
        visible.setdefault(case.leistungsberechtigte_person_id, []).append(case)
    hidden: dict[int, bool] = {}
    rows = Case.objects.filter(leistungsberechtigte_person__in=ids)
    for person_id, geschuetzt in rows.values_list("leistungsberechtigte_person", "geschuetzt"):
        hidden[person_id] = hidden.get(person_id, False) or geschuetzt
    found: list[Aehnlich] = []
    fremd = False
    for staerke, day_points, person, gruende in hits:
        faelle = tuple(visible.get(person.pk, ()))
        if faelle and len(found) < MAX_HITS:
            found.append(
                Aehnlich(
                    person.pk, person.voller_name, person.geburtsdatum, gruende, staerke, faelle
                )
            )
        elif not faelle and day_points and hidden.get(person.pk) is False:
            fremd = True
    if fremd:
        found.append(Aehnlich(None, "", None, (FREMDE_AKTE,), 0, (), fremd=True))
    return found


def _swapped(tag: date) -> date:
    return tag.replace(month=tag.day, day=tag.month)


def _plain(name: str) -> str:
    """Return a name without case, accents, spaces and hyphens; ä is ae."""
    spelled = unicodedata.normalize("NFC", name).lower().translate(_UMLAUTE)
    plain = unicodedata.normalize("NFD", spelled)
    return "".join(letter for letter in plain if letter.isalnum())
