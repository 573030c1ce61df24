"""Lists to take away as XLSX or CSV: only what the page shows, noted, after a confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.export.tabelle import MIME, Blatt, Zelle, write_table
from cases.fall.queries.fallliste import filter_caseworkers, filter_teams, filter_traeger
from cases.fall.views.fallliste import filter_of
from cases.registry.aufruf import show_cases
from cases.states.rolle import Rolle
from cases.states.zugang import Abrufart
from cases.tisch.queries.ausfuhr import HOECHSTENS, case_rows, eintrag_rows, frist_rows
from cases.verzeichnis.queries.verzeichnis import BEREICHE, art_of
from cases.verzeichnis.views.eintrag import stand_am
from cases.verzeichnis.views.verzeichnis import suche_of
from recht.laender import DEUTSCHLAND, LAENDER

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

# Page to go back to -> how the file is called.
_DATEI = {"faelle": "faelle", "start": "fristen", "verzeichnis": "verzeichnis"}
_FALLKOPF = (
    "Aktenzeichen",
    "Nachname",
    "Vorname",
    "geboren",
    "Zustand",
    "nächste Frist",
    "Fallmanagement",
    "Team",
    "eröffnet",
    "beendet",
)
_FRISTKOPF = (
    "Ende",
    "Frist",
    "Regel",
    "Stand",
    "Aktenzeichen",
    "Nachname",
    "Vorname",
    "Fallmanagement",
)
_VERZEICHNISKOPF = (
    "Name",
    "Art",
    "Straße und Hausnummer",
    "Postleitzahl",
    "Ort",
    "Telefon",
    "E-Mail",
    "Stand",
)


def faelle(request: CaseRequest, art: str) -> HttpResponse:
    """Hand out the list of cases with its filter."""
    _known(art)
    heute = timezone.localdate()
    teams = filter_teams(request.user)
    personen = filter_caseworkers(request.user, teams)
    traeger = {t.pk for t in filter_traeger()}
    wahl = filter_of(request.GET, {t.pk for t in teams}, {p.pk for p in personen}, traeger)
    cases = case_rows(request.user, heute, wahl)
    zeilen = [
        (
            case.aktenzeichen,
            case.leistungsberechtigte_person.nachname,
            case.leistungsberechtigte_person.vorname,
            case.leistungsberechtigte_person.geburtsdatum,
            case.get_state_display(),
            getattr(case, "naechste_frist", None),
            case.caseworker.get_full_name(),
            str(case.team),
            case.eroeffnet_am,
            case.beendet_am,
        )
        for case in cases
    ]
    ids = [case.pk for case in cases]
    return _answer(request, art, "Fälle", "faelle", _FALLKOPF, zeilen, ids)


def fristen(request: CaseRequest, art: str) -> HttpResponse:
    """Hand out the running Fristen: of the own desk, for a Leitung of the teams as well."""
    _known(art)
    team = request.GET.get("team") != "0" and request.user.has_rolle(Rolle.LEITUNG)
    rows = frist_rows(request.user, timezone.localdate(), team=team)
    zeilen = [
        (
            frist.ende,
            frist.bezeichnung,
            frist.regel,
            frist.get_state_display(),
            frist.case.aktenzeichen,
            frist.case.leistungsberechtigte_person.nachname,
            frist.case.leistungsberechtigte_person.vorname,
            frist.case.caseworker.get_full_name(),
        )
        for frist in rows
    ]
    ids = {frist.case_id for frist in rows}
    return _answer(request, art, "Fristen", "start", _FRISTKOPF, zeilen, ids)


def verzeichnis(request: CaseRequest, art: str) -> HttpResponse:
    """Hand out one tab of the directory."""
    _known(art)
    heute = timezone.localdate()
    bereich = BEREICHE.get(request.GET.get("bereich", ""), BEREICHE["traeger"])
    rows = eintrag_rows(bereich, suche_of(request), heute)
    zeilen = [
        (
            row.name,
            art_of(row),
            ", ".join(teil for teil in (row.zusatz, row.strasse) if teil),
            row.plz,
            row.ort if row.land == DEUTSCHLAND else f"{row.ort}, {LAENDER[row.land]}",
            row.telefon,
            row.email,
            stand_am(row, heute)[0],
        )
        for row in rows
    ]
    return _answer(request, art, bereich.titel, "verzeichnis", _VERZEICHNISKOPF, zeilen)


def _known(art: str) -> None:
    if art not in MIME:
        raise Http404


def _answer(
    request: CaseRequest,
    art: str,
    titel: str,
    seite: str,
    kopf: Sequence[str],
    zeilen: Sequence[Sequence[Zelle]],
    faelle: Iterable[int] = (),
) -> HttpResponse:
    """Return the file, or lead back when the list is too long; both are noted."""
    if len(zeilen) > HOECHSTENS:
        grenze = f"{HOECHSTENS:,}".replace(",", ".")
        messages.error(
            request,
            f"Die Liste hat mehr als {grenze} Zeilen. Bitte grenzen Sie sie mit dem Filter ein; "
            "eine Ausfuhr ist keine Kopie des Bestands.",
        )
        return redirect(seite)
    show_cases(request, faelle, art=Abrufart.AUSFUHR, anzahl=len(zeilen))
    inhalt = write_table(art, Blatt(titel, kopf, zeilen))
    return file_response(
        inhalt, f"{_DATEI[seite]}-{timezone.localdate():%Y-%m-%d}.{art}", MIME[art]
    )


def file_response(inhalt: bytes, name: str, mime: str) -> HttpResponse:
    """Return a file to be saved, never shown; its name carries no name of a person."""
    answer = HttpResponse(inhalt, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
