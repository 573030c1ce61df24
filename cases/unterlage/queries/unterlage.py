"""Documents: list of a case, what was changed, full-text search with excerpts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from cases import access
from cases.models import (
    Case,
    Pruefstand,
    Unterlage,
    Unterlagenart,
    Unterlagentext,
    User,
    Vermerk,
)
from cases.queries.einsicht import arten_seen
from cases.queries.kurzzeile import Kurzquelle, columns, rows_of
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.inhalt import Einsicht, Stufe

TREFFER = 50
_AUF, _ZU, _LUECKE = "\ue000", "\ue001", " … "
_AUSZUG = (
    f'StartSel="{_AUF}", StopSel="{_ZU}", MaxFragments=2, MaxWords=24, MinWords=8, '
    f'FragmentDelimiter="{_LUECKE}"'
)
PRUEFFARBEN = {
    Pruefstand.UNGEPRUEFT: "warning",
    Pruefstand.SAUBER: "success",
    Pruefstand.BEFALLEN: "danger",
}


def farbe_of(unterlage: Unterlage) -> str:
    """Return the colour of what the scanner said."""
    return PRUEFFARBEN[Pruefstand(unterlage.pruefstand)]


def unterlagen_of(case: Case, einsicht: Einsicht, art: str = "") -> QuerySet[Unterlage]:
    """Return the documents that are shown, the newest first, those filed by mistake last."""
    arten = arten_seen(einsicht, Stufe.MASKIERT)
    rows = Unterlage.objects.filter(case=case, art__in=arten).select_related("hochgeladen_von")
    if art:
        rows = rows.filter(art=art)
    return rows.order_by(F("irrtuemlich_am").asc(nulls_first=True), "-datum", "-pk")


def get_unterlage(case: Case, pk: int, einsicht: Einsicht) -> Unterlage | None:
    """Return one document of this case; one that is not for the reader is not there."""
    arten = arten_seen(einsicht, Stufe.MASKIERT)
    return (
        Unterlage.objects.filter(case=case, pk=pk, art__in=arten)
        .select_related("hochgeladen_von", "irrtuemlich_von")
        .first()
    )


def usable_unterlagen(case: Case, art: str) -> QuerySet[Unterlage]:
    """Return documents of one kind that may serve as evidence: not locked."""
    return Unterlage.objects.filter(case=case, art=art, irrtuemlich_am__isnull=True).exclude(
        pruefstand=Pruefstand.BEFALLEN
    )


def arten_in(case: Case, einsicht: Einsicht) -> list[tuple[str, str]]:
    """Return the kinds that occur in a case and are shown, for the filter."""
    sichtbar = set(arten_seen(einsicht, Stufe.MASKIERT))
    da = sichtbar & set(
        Unterlage.objects.filter(case=case).order_by().values_list("art", flat=True)
    )
    return [(wert, wort) for wert, wort in Unterlagenart.choices if wert in da]


@dataclass(frozen=True)
class Aenderung:
    """One change of a row: when, by whom, which fields from what to what."""

    zeit: datetime
    von: str
    felder: list[tuple[str, str, str]]


def aenderungen_of(row: Unterlage | Vermerk, felder: Sequence[str]) -> list[Aenderung]:
    """Return what was changed in these fields, the newest first, from the change history."""
    fassungen: list[Any] = list(row.events.select_related("pgh_context").order_by("pgh_id"))  # type: ignore[union-attr]  # set by pghistory
    leute = _names_of(fassungen)
    aenderungen = []
    for alt, neu in pairwise(fassungen):
        geaendert = [
            (
                str(getattr(row._meta.get_field(f), "verbose_name", f)),
                _shown(alt, f),
                _shown(neu, f),
            )
            for f in felder
            if getattr(alt, f) != getattr(neu, f)
        ]
        if geaendert:
            von = leute.get(_user_id(neu), "Fallwerk")
            aenderungen.append(Aenderung(neu.pgh_created_at, von, geaendert))
    return aenderungen[::-1]


def _user_id(fassung: Any) -> int:
    context = fassung.pgh_context
    return int((context.metadata or {}).get("user") or 0) if context else 0


def _names_of(fassungen: Iterable[Any]) -> dict[int, str]:
    leute = User.objects.in_bulk({_user_id(f) for f in fassungen})
    return {pk: user.get_full_name() for pk, user in leute.items()}


def _shown(fassung: Any, feld: str) -> str:
    anzeige = getattr(fassung, f"get_{feld}_display", None)
    wert = anzeige() if anzeige else getattr(fassung, feld)
    if isinstance(wert, date):
        return f"{wert:%d.%m.%Y}"
    return str(wert) if wert not in (None, "") else "–"


@dataclass(frozen=True)
class Treffer:
    """One document that fits, with the words around; (text, is it a found word)."""

    unterlage: Unterlage
    auszug: list[tuple[str, bool]]


@dataclass(frozen=True)
class Suchergebnis:
    """What a search found; `ohne_text` counts documents that only their title can find."""

    treffer: list[Treffer]
    mehr: bool = False
    nur_fuellwoerter: bool = False
    ohne_text: int = 0


def search_in(cases: QuerySet[Case], text: str, lesbar: Q) -> Suchergebnis:
    """Find documents of these cases by title, author and text; the best first.

    `lesbar` says which of them the reader may open: only those are looked into.

    Words are compared by their stems; "in quotes" means one behind the other, -word means without.
    Documents that are locked are not found.
    """
    text = text.replace("\0", "").strip()
    if not text:
        return Suchergebnis([])
    anfrage = SearchQuery(text, config="german", search_type="websearch")
    offen = Unterlage.objects.filter(
        lesbar, case__in=cases.values("pk"), irrtuemlich_am__isnull=True
    ).exclude(pruefstand=Pruefstand.BEFALLEN)
    ohne_text = offen.filter(mit_text=False).exclude(dateiart="keine").count()
    gefunden = list(
        Unterlagentext.objects.filter(woerter=anfrage, unterlage__in=offen)
        .annotate(rang=SearchRank("woerter", anfrage))
        .select_related("unterlage__case__leistungsberechtigte_person")
        .order_by("-rang", "-unterlage__datum", "-pk")[: TREFFER + 1]
    )
    auszuege = _excerpts(text, gefunden[:TREFFER])
    return Suchergebnis(
        [Treffer(t.unterlage, auszuege.get(t.pk, [])) for t in gefunden[:TREFFER]],
        mehr=len(gefunden) > TREFFER,
        nur_fuellwoerter=not gefunden and _is_empty(text),
        ohne_text=ohne_text,
    )


def _excerpts(text: str, rows: Sequence[Unterlagentext]) -> dict[int, list[tuple[str, bool]]]:
    """Let the database mark the found words in the text that only this process can read."""
    mit_text = [(row.pk, row.text) for row in rows if row.text.strip()]
    if not mit_text:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.nummer, ts_headline('german', u.text, "
            "websearch_to_tsquery('german', %s), %s) "
            "FROM unnest(%s::bigint[], %s::text[]) AS u(nummer, text)",
            [text, _AUSZUG, [pk for pk, _ in mit_text], [t for _, t in mit_text]],
        )
        return {pk: split_excerpt(auszug) for pk, auszug in cursor.fetchall()}


def split_excerpt(auszug: str) -> list[tuple[str, bool]]:
    """Cut an excerpt into plain and found parts; the page escapes each of them."""
    teile: list[tuple[str, bool]] = []
    for stueck in auszug.split(_AUF):
        gefunden, zu, rest = stueck.partition(_ZU)
        if zu:
            teile.append((gefunden, True))
            teile.append((rest, False))
        else:
            teile.append((stueck, False))
    return [(" ".join(t.split(" ")), fund) for t, fund in teile if t]


def _is_empty(text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(websearch_to_tsquery('german', %s)) = 0", [text])
        return bool(cursor.fetchone()[0])


def _locked(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not access.may_write(user):
        return None
    rows = Unterlage.objects.filter(
        Q(case__caseworker=user) | Q(hochgeladen_von=user),
        pruefstand=Pruefstand.BEFALLEN,
        irrtuemlich_am__isnull=True,
        case__in=access.visible_to(user, stichtag).values("pk"),
    ).order_by("pk")
    return columns(
        rows,
        fall="case_id",
        aktenzeichen="case__aktenzeichen",
        person="case__leistungsberechtigte_person",
        seit="eingegangen_am",
        text="titel",
    )


def _locked_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Gesperrte Unterlagen",
        titel=f"Schadsoftware in „{row.text}“: beim Absender neu anfordern",
        fall=row.aktenzeichen,
        name=row.name,
        url=reverse("unterlage", args=[row.fall, row.nummer]),
        seit=row.seit,
        zustand=Pruefstand.BEFALLEN.label,
        farbe="danger",
    )


KURZQUELLE = Kurzquelle(_locked, _locked_row)


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return rows of „Mein Tag“: documents of the own cases that are locked for malware."""
    return rows_of([KURZQUELLE], user, stichtag)
