"""Bind the file of a case for the court; nothing is written by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from budget.folge.export import Gerichtsakte, Stueck, bind_akte
from cases.dateien.grenzen import Ablehnung
from cases.models import Behoerde, Case, Schreiben, Unterlage
from cases.schreiben.services.schreiben import pdf_of
from cases.states.tafel import SchrittUnzulaessig
from cases.unterlage.services.unterlage import content_of

_PDF = "pdf"
_NICHT_GEBUNDEN = (
    "Die Akte ließ sich nicht zu einer Datei binden: Ihre Stücke brauchen zu viel Speicher oder zu "
    "viel Zeit, oder mehrere davon sind beschädigt. Bitte speichern Sie Schreiben und Unterlagen "
    "einzeln und legen Sie sie dem Gericht geordnet nach Tagen vor."
)


def bind_case(
    *, case: Case, briefe: Iterable[Schreiben], unterlagen: Iterable[Unterlage], tag: date
) -> Gerichtsakte:
    """Return letters and documents as one PDF; what cannot be bound stands in the index only.

    Raises SchreibenFehler when a stored letter is missing or was altered, and SchrittUnzulaessig
    when the papers are too much for one file.
    """
    stuecke = [
        Stueck(brief.datum, brief.titel, pdf_of(brief), "schreiben", brief.nummer)
        for brief in briefe
    ]
    stuecke += [
        Stueck(row.datum, row.titel, _content(row), "unterlage", str(row.pk)) for row in unterlagen
    ]
    try:
        pdf, eintraege = bind_akte(f"Verwaltungsakte {case.aktenzeichen}", stuecke)
    except Ablehnung:
        raise SchrittUnzulaessig(_NICHT_GEBUNDEN) from None
    return Gerichtsakte(Behoerde.objects.get(pk=1).name, case.aktenzeichen, tag, pdf, eintraege)


def _content(row: Unterlage) -> bytes:
    """Return the PDF of a document; nothing for another kind, and while it is not examined."""
    if row.dateiart != _PDF:
        return b""
    try:
        return content_of(row)
    except SchrittUnzulaessig:
        return b""
