"""Lists to take away: the rows of a page without its pages, up to a number."""

from __future__ import annotations

from datetime import date

from django.db.models import Min, OuterRef, QuerySet, Subquery

from cases import access
from cases.fall.queries.fallliste import SPALTEN, Filter, filtered_cases
from cases.frist.queries import to_be_dated
from cases.models import Case, Frist, User, Verzeichniseintrag
from cases.states.frist import LAUFENDE
from cases.tisch.queries.arbeitstag import own_cases
from cases.verzeichnis.queries.verzeichnis import Bereich, Suche, list_eintraege

# More rows than this are no list but a copy of the files; the page says so.
HOECHSTENS = 5000


def case_rows(user: User, stichtag: date, wahl: Filter) -> list[Case]:
    """Return the visible cases of a filter with their next Frist; one query."""
    frist = (
        Frist.objects.filter(to_be_dated(), case=OuterRef("pk"), state__in=LAUFENDE)
        .order_by()
        .values("case")
        .annotate(erste=Min("ende"))
        .values("erste")
    )
    ab = "-" if wahl.ordnung.startswith("-") else ""
    felder = (*SPALTEN[wahl.ordnung.removeprefix("-")], "pk")
    rows = (
        filtered_cases(user, stichtag, wahl)
        .select_related("leistungsberechtigte_person", "caseworker", "team")
        .annotate(naechste_frist=Subquery(frist))
        .order_by(*[f"{ab}{feld}" for feld in felder])
    )
    return list(rows[: HOECHSTENS + 1])


def frist_rows(user: User, stichtag: date, *, team: bool) -> list[Frist]:
    """Return the running Fristen of the own desk, or of all visible cases; one query."""
    cases = access.visible_to(user, stichtag) if team else own_cases(user, stichtag)
    rows = (
        Frist.objects.filter(case__in=cases.order_by().values("pk"), state__in=LAUFENDE)
        .select_related("case__leistungsberechtigte_person", "case__caseworker")
        .order_by("ende", "pk")
    )
    return list(rows[: HOECHSTENS + 1])


def eintrag_rows(bereich: Bereich, suche: Suche, stichtag: date) -> list[Verzeichniseintrag]:
    """Return the entries of a tab of the directory; one query."""
    rows: QuerySet[Verzeichniseintrag] = list_eintraege(bereich, suche, stichtag)
    return list(rows[: HOECHSTENS + 1])
