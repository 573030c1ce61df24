"""Who may be the same human being: shown before somebody gets a second file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cases import access
from cases.models import Case, LeistungsberechtigtePerson, User
from cases.person.gleichheit import Merkmale, Urteil, is_exact, judge
from cases.person.queries.kandidaten import candidates_of

MAX_HITS = 10
# Says nothing of where the file is, nor whether there is one once the day's checks are used up.
FREMDE_AKTE = "Bitte wenden Sie sich an die Leitung, bevor Sie eine Akte anlegen."

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


@dataclass(frozen=True, slots=True)
class _Hit:
    """A stored person as judged; `genau`: all three facts are exactly right."""

    urteil: Urteil
    genau: bool
    person: LeistungsberechtigtePerson


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
    gesucht = Merkmale(vorname, nachname, geburtsdatum, genau, frueher=frueher)
    return aehnliche_zu([gesucht], user=user, stichtag=stichtag)[0]


def aehnliche_zu(
    gesucht: Sequence[Merkmale], *, user: User, stichtag: date
) -> list[list[Aehnlich]]:
    """Return the same for many questions in their order; as many queries as for one."""
    gesucht = [
        replace(wer, vorname=wer.vorname.strip(), nachname=wer.nachname.strip()) for wer in gesucht
    ]
    gefragt = [nummer for nummer, wer in enumerate(gesucht) if _is_askable(wer)]
    kandidaten = dict(
        zip(gefragt, candidates_of([gesucht[nummer] for nummer in gefragt]), strict=True)
    )
    namen = _earlier_names({person.pk for nahe in kandidaten.values() for person in nahe})
    hits = [_judged(wer, kandidaten.get(nummer, ()), namen) for nummer, wer in enumerate(gesucht)]
    return _as_far_as_visible(hits, user, stichtag)


def _is_askable(wer: Merkmale) -> bool:
    text = wer.vorname + wer.nachname
    return bool(wer.nachname) and len(text) <= _NAME_HOECHSTENS and "\x00" not in text


def _judged(
    wer: Merkmale, nahe: Iterable[LeistungsberechtigtePerson], namen: dict[int, set[str]]
) -> list[_Hit]:
    """Return those who may be the same human being, the most alike first."""
    found = []
    for person in nahe:
        dort = merkmale_of(person, namen.get(person.pk, ()))
        urteil = judge(wer, dort)
        if urteil is not None:
            found.append(_Hit(urteil, is_exact(wer, dort), person))
    found.sort(
        key=lambda hit: (
            -hit.urteil.staerke,
            hit.person.nachname,
            hit.person.vorname,
            hit.person.pk,
        )
    )
    return found


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


def _earlier_names(ids: set[int]) -> dict[int, set[str]]:
    """Return the surnames that each person has ever had; one query."""
    found: dict[int, set[str]] = {}
    if not ids:
        return found
    verlauf = LeistungsberechtigtePerson.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # set by pghistory
        pgh_obj_id__in=ids
    )
    for pk, nachname in verlauf.values_list("pgh_obj_id", "nachname").distinct():
        found.setdefault(pk, set()).add(nachname)
    return found


def fremde_akte() -> Aehnlich:
    """Return what stands for a file that this user must not know of."""
    return Aehnlich(None, "", None, (FREMDE_AKTE,), 0, (), fremd=True)


def _as_far_as_visible(alle: list[list[_Hit]], user: User, stichtag: date) -> list[list[Aehnlich]]:
    """Return of each question what this user may know of the persons; two queries for all."""
    ids = {hit.person.pk for hits in alle for hit in hits}
    if not ids:
        return [[] for _ in alle]
    visible: dict[int, list[Case]] = {}
    cases = access.visible_to(user, stichtag).filter(leistungsberechtigte_person__in=ids)
    for case in cases.order_by("-eroeffnet_am", "-id"):
        visible.setdefault(case.leistungsberechtigte_person_id, []).append(case)
    hidden: dict[int, bool] = {}
    rows = Case.objects.filter(leistungsberechtigte_person__in=ids)
    for person_id, geschuetzt in rows.values_list("leistungsberechtigte_person", "geschuetzt"):
        hidden[person_id] = hidden.get(person_id, False) or geschuetzt
    return [_shown(hits, visible, hidden) for hits in alle]


def _shown(
    hits: list[_Hit], visible: dict[int, list[Case]], hidden: dict[int, bool]
) -> list[Aehnlich]:
    found: list[Aehnlich] = []
    fremd = False
    for hit in hits:
        person, faelle = hit.person, tuple(visible.get(hit.person.pk, ()))
        if faelle and len(found) < MAX_HITS:
            found.append(
                Aehnlich(
                    person.pk,
                    person.voller_name,
                    person.geburtsdatum,
                    hit.urteil.gruende,
                    hit.urteil.staerke,
                    faelle,
                    sicher=hit.urteil.sicher,
                )
            )
        elif not faelle and hit.genau and hidden.get(person.pk) is False:
            fremd = True
    if fremd:
        found.append(fremde_akte())
    return found
