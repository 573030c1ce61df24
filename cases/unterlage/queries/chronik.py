"""The timeline of a case: what was recorded, what Fristen did, notes with their amendments.

Three sources, each read from its own index and cut at the same place, are laid into one another:
a page costs the same whatever the case holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from cases.models import Case, Ereignis, Frist, Nachtrag, Unterlage, User, Vermerk, Vermerkart
from cases.queries.einsicht import arten_seen, line_text, lines_seen
from cases.registry.beitrag import registry
from cases.states.frist import Fristzustand
from cases.states.inhalt import Einsicht, Inhalt, Stufe

SEITE = 40
DRUCK = 2000
SONSTIGES = "sonstiges"
# Later rows of the same day stand above earlier ones; a Frist follows what started it.
_EREIGNIS, _FRIST_ENDE, _FRIST_BEGINN = 2, 1, 0
_FARBEN = {"vermerk": "info", "unterlage": "info", "fristen": "warning", "schreiben": "success"}
_BEENDET = (Fristzustand.GEWAHRT, Fristzustand.VERSAEUMT, Fristzustand.AUFGEHOBEN)


@dataclass(frozen=True)
class Stelle:
    """Where a page ends: day, source and row; the next one begins behind it."""

    am: date
    rang: int
    pk: int

    def __str__(self) -> str:
        return f"{self.am.isoformat()}.{self.rang}.{self.pk}"


@dataclass(frozen=True)
class Auswahl:
    """What of the timeline is wanted."""

    gruppe: str = ""
    person: int | None = None
    von: date | None = None
    bis: date | None = None
    text: str = ""


@dataclass
class Eintrag:
    """One entry as the page shows it."""

    stelle: Stelle
    gruppe: str
    titel: str
    farbe: str
    von: str
    zeit: datetime | None = None
    text: str = ""
    norm: str = ""
    url: str = ""
    vermerk: Vermerk | None = None
    nachtraege: list[Nachtrag] = field(default_factory=list)


def read_stelle(text: str) -> Stelle | None:
    """Return the place that an address names, None when it is not one."""
    try:
        am, rang, pk = text.split(".")
        return Stelle(date.fromisoformat(am), int(rang), min(int(pk), 2**63 - 1))
    except ValueError:
        return None


def gruppen() -> list[tuple[str, str]]:
    """Return keys and names of the groups for the filter."""
    rows = [(schluessel, titel) for schluessel, (titel, _) in registry.ereignisgruppen.items()]
    return [*sorted(rows, key=lambda row: row[1]), (SONSTIGES, "Sonstiges")]


def _group_of(art: str) -> str:
    for schluessel, (_, arten) in registry.ereignisgruppen.items():
        if art in arten:
            return schluessel
    return SONSTIGES


def people_in(case: Case) -> QuerySet[User]:
    """Return everybody who has written in this case."""
    return User.objects.filter(
        pk__in=Ereignis.objects.filter(case=case).order_by().values("user").distinct()
    ).order_by("last_name", "first_name")


def chronik_page(
    case: Case,
    auswahl: Auswahl,
    einsicht: Einsicht,
    *,
    hinter: Stelle | None = None,
    anzahl: int = SEITE,
) -> tuple[list[Eintrag], Stelle | None]:
    """Return the newest entries behind a place that are shown, and where the next page begins."""
    rows: list[Eintrag] = []
    ereignisse = _ereignisse(case, auswahl, hinter).filter(lines_seen(einsicht, case.pk))
    rows += [_of_ereignis(e) for e in ereignisse[: anzahl + 1]]
    if auswahl.person is None and auswahl.gruppe in {"", "fristen"}:
        rows += [_of_beginn(f) for f in _beginne(case, auswahl, hinter)[: anzahl + 1]]
        rows += [_of_ende(f) for f in _enden(case, auswahl, hinter)[: anzahl + 1]]
    rows.sort(key=lambda e: (e.stelle.am, e.stelle.rang, e.stelle.pk), reverse=True)
    seite = rows[:anzahl]
    naechste = seite[-1].stelle if len(rows) > anzahl else None
    _fill(case, seite, arten_seen(einsicht, Stufe.MASKIERT))
    if einsicht.sees(Inhalt.BETRAEGE):
        return seite, naechste
    return _without_amounts(seite, auswahl.text.casefold(), einsicht), naechste


def _without_amounts(rows: list[Eintrag], gesucht: str, einsicht: Einsicht) -> list[Eintrag]:
    """Mask amounts in the lines; a line that was found by its amount alone is no hit."""
    for row in rows:
        vorher = f"{row.titel} {row.text}".casefold()
        row.titel, row.text = line_text(einsicht, row.titel), line_text(einsicht, row.text)
        if gesucht in vorher and gesucht not in f"{row.titel} {row.text}".casefold():
            row.gruppe = ""
    return [row for row in rows if row.gruppe]


def _cut(rang: int, tag: str, auswahl: Auswahl, hinter: Stelle | None) -> Q:
    """Return period and place as a condition on the day of one source."""
    bedingung = Q()
    if auswahl.von:
        bedingung &= Q(**{f"{tag}__gte": auswahl.von})
    if auswahl.bis:
        bedingung &= Q(**{f"{tag}__lte": auswahl.bis})
    if hinter is None:
        return bedingung
    frueher = Q(**{f"{tag}__lt": hinter.am})
    if rang < hinter.rang:
        frueher |= Q(**{tag: hinter.am})
    elif rang == hinter.rang:
        frueher |= Q(**{tag: hinter.am, "pk__lt": hinter.pk})
    return bedingung & frueher


def _ereignisse(case: Case, auswahl: Auswahl, hinter: Stelle | None) -> QuerySet[Ereignis]:
    rows = Ereignis.objects.filter(_cut(_EREIGNIS, "am", auswahl, hinter), case=case)
    if auswahl.person is not None:
        rows = rows.filter(user_id=auswahl.person)
    if auswahl.gruppe == SONSTIGES:
        bekannt = [art for _, arten in registry.ereignisgruppen.values() for art in arten]
        rows = rows.exclude(art__in=bekannt)
    elif auswahl.gruppe:
        arten = registry.ereignisgruppen.get(auswahl.gruppe, ("", frozenset()))[1]
        rows = rows.filter(art__in=sorted(arten))
    if auswahl.text:
        rows = rows.filter(
            Q(text__icontains=auswahl.text) | Q(gegenstand__in=_with_text(case, auswahl.text))
        )
    return rows.select_related("user").order_by("-am", "-pk")


def _with_text(case: Case, text: str) -> list[str]:
    """Return notes and documents whose words contain the text; notes are read in clear here."""
    gesucht = text.casefold()
    vermerke = {
        v.pk
        for v in Vermerk.objects.filter(case=case)
        if gesucht in f"{v.text}\n{v.beteiligte}".casefold()
    }
    vermerke |= {
        n.vermerk_id
        for n in Nachtrag.objects.filter(vermerk__case=case)
        if gesucht in n.text.casefold()
    }
    unterlagen = Unterlage.objects.filter(
        Q(titel__icontains=text) | Q(verfasser__icontains=text), case=case
    ).values_list("pk", flat=True)
    return [*(f"vermerk:{pk}" for pk in vermerke), *(f"unterlage:{pk}" for pk in unterlagen)]


def _fristen(case: Case, auswahl: Auswahl) -> QuerySet[Frist]:
    rows = Frist.objects.filter(case=case)
    return rows.filter(bezeichnung__icontains=auswahl.text) if auswahl.text else rows


def _beginne(case: Case, auswahl: Auswahl, hinter: Stelle | None) -> QuerySet[Frist]:
    schnitt = _cut(_FRIST_BEGINN, "ausloeser_datum", auswahl, hinter)
    return _fristen(case, auswahl).filter(schnitt).order_by("-ausloeser_datum", "-pk")


def _enden(case: Case, auswahl: Auswahl, hinter: Stelle | None) -> QuerySet[Frist]:
    """A Frist that merely ran out has written its own line; the others are told from the row."""
    schnitt = _cut(_FRIST_ENDE, "erledigt_am", auswahl, hinter)
    rows = _fristen(case, auswahl).filter(schnitt, state__in=_BEENDET, erledigt_am__isnull=False)
    return rows.order_by("-erledigt_am", "-pk")


def _of_ereignis(ereignis: Ereignis) -> Eintrag:
    gruppe = _group_of(ereignis.art)
    return Eintrag(
        stelle=Stelle(ereignis.am, _EREIGNIS, ereignis.pk),
        gruppe=gruppe,
        titel=ereignis.text,
        farbe=_FARBEN.get(gruppe, "neutral"),
        von=ereignis.user.get_full_name() if ereignis.user else "Fallwerk",
        zeit=ereignis.zeit,
        url=ereignis.gegenstand,
    )


def _of_beginn(frist: Frist) -> Eintrag:
    return Eintrag(
        stelle=Stelle(frist.ausloeser_datum, _FRIST_BEGINN, frist.pk),
        gruppe="fristen",
        titel=f"Frist beginnt: {frist.bezeichnung}, Ende {frist.anzeige}",
        farbe="warning",
        von="",
        norm=frist.norm,
    )


def _of_ende(frist: Frist) -> Eintrag:
    assert frist.erledigt_am is not None  # noqa: S101 - the query asks for it
    return Eintrag(
        stelle=Stelle(frist.erledigt_am, _FRIST_ENDE, frist.pk),
        gruppe="fristen",
        titel=f"Frist {frist.get_state_display()}: {frist.bezeichnung}",
        farbe="danger" if frist.state == Fristzustand.VERSAEUMT else "warning",
        von="",
        text=frist.erledigt_durch,
        norm=frist.norm,
    )


def _ids(rows: Iterable[Eintrag], art: str) -> list[int]:
    teile = (row.url.split(":") for row in rows if row.url.startswith(f"{art}:"))
    return [int(pk) for _, pk in teile if pk.isdigit()]


def _fill(case: Case, rows: list[Eintrag], arten: list[str]) -> None:
    """Add wording of notes and titles of documents, and turn references into addresses."""
    vermerke: dict[int, Any] = (
        Vermerk.objects.filter(case=case)
        .select_related("verfasst_von")
        .prefetch_related("nachtraege__verfasst_von")
        .in_bulk(_ids(rows, "vermerk"))
    )
    unterlagen = Unterlage.objects.filter(case=case, art__in=arten).in_bulk(_ids(rows, "unterlage"))
    gezeigt: set[int] = set()
    for row in rows:
        art, _, pk = row.url.partition(":")
        row.url = ""
        kennung = int(pk) if pk.isdigit() else 0
        if art == "vermerk" and kennung in vermerke:
            row.url = reverse("vermerk", args=[case.pk, kennung])
            if kennung not in gezeigt and row.titel.startswith(tuple(Vermerkart.labels)):
                gezeigt.add(kennung)
                row.vermerk = vermerke[kennung]
                row.nachtraege = list(vermerke[kennung].nachtraege.all())
        elif art == "unterlage" and kennung in unterlagen:
            row.url = reverse("unterlage", args=[case.pk, kennung])
            row.text = row.text or unterlagen[kennung].titel
        elif art == "versand" and kennung:
            row.url = reverse("versand", args=[case.pk, kennung])
