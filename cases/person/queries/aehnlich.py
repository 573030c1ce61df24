"""Who may be the same human being: shown before somebody gets a second file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from cases import access
from cases.models import Case, LeistungsberechtigtePerson, Suchzeile, User
from cases.person.gleichheit import Merkmale, Urteil, is_exact, is_platzhalter, judge, swapped
from cases.person.namensform import umschrift
from cases.person.phonetik import koelner_phonetik

MAX_HITS = 10
# Says nothing of where the file is, nor whether there is one once the day's checks are used up.
FREMDE_AKTE = "Bitte wenden Sie sich an die Leitung, bevor Sie eine Akte anlegen."

_CANDIDATES = 200
_NAME_HOECHSTENS = 200


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
    sicher: bool = False


def aehnliche_personen(
    *,
    user: User,
    vorname: str,
    nachname: str,
    geburtsdatum: date | None,
    stichtag: date,
    genau: str = "tag",
    frueher: tuple[str, ...] = (),
) -> list[Aehnlich]:
    """Return persons who resemble what was typed, the most alike first; four queries.

    Only persons of cases that the user may see are named. A file of another team leads to the
    Leitung when all three facts are exactly right, so that none can be found out by trying; a
    protected one is never mentioned. `check_person` counts and logs the asking.
    """
    vorname, nachname = vorname.strip(), nachname.strip()
    if not nachname or len(vorname + nachname) > _NAME_HOECHSTENS or "\x00" in vorname + nachname:
        return []
    gesucht = Merkmale(vorname, nachname, geburtsdatum, genau, frueher=frueher)
    personen = list(_candidates(gesucht))
    namen = _earlier_names(personen)
    hits = []
    for person in personen:
        dort = merkmale_of(person, namen.get(person.pk, ()))
        urteil = judge(gesucht, dort)
        if urteil is not None:
            hits.append((urteil, is_exact(gesucht, dort), person))
    hits.sort(key=lambda hit: (-hit[0].staerke, hit[2].nachname, hit[2].vorname, hit[2].pk))
    return _as_far_as_visible(hits, user, stichtag)


def merkmale_of(person: LeistungsberechtigtePerson, frueher: Iterable[str] = ()) -> Merkmale:
    """Return what the judgement of sameness compares of a stored person."""
    return Merkmale(
        person.vorname,
        person.nachname,
        person.geburtsdatum,
        person.geburt_genau,
        person.rufname,
        tuple({*frueher, person.geburtsname} - {"", person.nachname}),
    )


def _earlier_names(personen: list[LeistungsberechtigtePerson]) -> dict[int, set[str]]:
    """Return the surnames that each person has ever had; one query."""
    found: dict[int, set[str]] = {}
    if not personen:
        return found
    verlauf = LeistungsberechtigtePerson.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id__in=[person.pk for person in personen]
    )
    for pk, nachname in verlauf.values_list("pgh_obj_id", "nachname").distinct():
        found.setdefault(pk, set()).add(nachname)
    return found


def fremde_akte() -> Aehnlich:
    """Return what stands for a file that this user must not know of."""
    return Aehnlich(None, "", None, (FREMDE_AKTE,), 0, (), fremd=True)


def _candidates(gesucht: Merkmale) -> QuerySet[LeistungsberechtigtePerson]:
    """Return rows worth a closer look; every part of the condition has an index."""
    vorname, nachname, geboren = gesucht.vorname, gesucht.nachname, gesucht.geburtsdatum
    klang, klang_vorname = koelner_phonetik(nachname), koelner_phonetik(vorname)
    alike = Q(nachname__trigram_similar=nachname)
    if vorname:
        alike &= Q(vorname__trigram_similar=vorname)
    wanted = alike | Q(pk__in=_with_words(gesucht).values("pk"))
    if klang:
        wanted |= Q(nachname__laut=klang) & (Q(vorname__laut=klang_vorname) if vorname else Q())
    if klang and klang_vorname:
        wanted |= Q(nachname__laut=klang_vorname, vorname__laut=klang)
    if geboren is not None:
        if not is_platzhalter(geboren, gesucht.genau):
            wanted |= Q(geburtsdatum=geboren)
        if geboren.day <= 12:
            wanted |= Q(geburtsdatum=swapped(geboren), nachname__trigram_similar=nachname)
    return (
        LeistungsberechtigtePerson.objects.filter(wanted)
        .annotate(
            naehe=TrigramSimilarity("nachname", nachname),
            naehe_vorname=TrigramSimilarity("vorname", vorname),
        )
        .order_by("-naehe", "-naehe_vorname", "pk")[:_CANDIDATES]
    )


def _with_words(gesucht: Merkmale) -> QuerySet[Suchzeile]:
    """Return rows that hold a word of the surname and one of the forenames, in any Umschrift."""
    nachnamen = umschrift(" ".join((gesucht.nachname, *gesucht.frueher))).split()
    zeilen = Suchzeile.objects.filter(umschrift__overlap=nachnamen)
    if gesucht.vorname:
        zeilen = zeilen.filter(umschrift__overlap=umschrift(gesucht.vorname).split())
    return zeilen


def _as_far_as_visible(
    hits: list[tuple[Urteil, bool, LeistungsberechtigtePerson]],
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
    for urteil, genau, person in hits:
        faelle = tuple(visible.get(person.pk, ()))
        if faelle and len(found) < MAX_HITS:
            found.append(
                Aehnlich(
                    person.pk,
                    person.voller_name,
                    person.geburtsdatum,
                    urteil.gruende,
                    urteil.staerke,
                    faelle,
                    sicher=urteil.sicher,
                )
            )
        elif not faelle and genau and hidden.get(person.pk) is False:
            fremd = True
    if fremd:
        found.append(fremde_akte())
    return found
