"""Rows for the tests of the board."""

from __future__ import annotations

from datetime import date

from cases.models import Einwilligung, Leistungstraeger
from cases.models.einwilligung import empfaenger_schluessel
from tests.budget import fabriken

ERTEILT = date(2005, 9, 12)


def consent_to(
    akte: fabriken.Akte, traeger: Leistungstraeger, *teile: str, am: date = ERTEILT
) -> Einwilligung:
    """Let the person consent that a carrier gets these parts of the file."""
    return Einwilligung.objects.create(
        case=akte.case,
        empfaengerart="leistungstraeger",
        empfaenger_schluessel=empfaenger_schluessel(traeger),
        empfaenger_name=traeger.name,
        teile=list(teile),
        zweck="Teilbudget",
        erteilt_am=am,
        gueltig_ab=am,
        wortlaut={},
        form="schriftlich",
        fassung="1",
        eingetragen_von=akte.fallmanager,
    )
