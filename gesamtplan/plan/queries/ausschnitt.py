"""Sections of a released plan, and a copy of its data with only some of them.

The copy is made of the frozen data: it says what the released plan says, and what is left out
stands nowhere in it, neither as text nor in what is attached to the PDF.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from cases.models import Einwilligung, Empfaengerart

Abschnitt = tuple[str, str]


def abschnitte_of_daten(daten: dict[str, Any]) -> list[Abschnitt]:
    """Return key and title of every section of a frozen plan, in its order."""
    return list(_abschnitte(daten))


def _abschnitte(daten: dict[str, Any]) -> Iterator[Abschnitt]:
    bedarf = daten["bedarfsermittlung"]
    yield "beteiligte", "Beteiligte am Gespräch"
    if bedarf["ergebnis"]:
        yield "zusammenfassung", "Bedarf: Zusammenfassung"
    for n, bereich in enumerate(bedarf["bedarfe"]):
        yield f"bedarf-{n}", f"Bedarf: {bereich['lebensbereich']}"
    if bedarf.get("mengen"):
        yield "mengen", "Bedarf: Umfang"
    for ziel in daten["ziele"]:
        yield f"ziel-{ziel['nummer']}", f"Ziel {ziel['nummer']}: {ziel['text']}"
    for g, gruppe in enumerate(daten["leistungen"]):
        for n, eintrag in enumerate(gruppe["eintraege"]):
            yield f"leistung-{g}-{n}", f"Leistung: {eintrag['bezeichnung']} ({gruppe['traeger']})"
    for n, inhalt in enumerate(daten["inhalte"]):
        if inhalt["text"]:
            yield f"inhalt-{n}", f"Inhalt: {inhalt['bezeichnung']}"


def suggested_abschnitte(daten: dict[str, Any], einwilligung: Einwilligung) -> list[str]:
    """Return what this kind of recipient usually needs: as little as the task asks for.

    A provider needs goals and Leistungen, another carrier the Leistungen and the extent of the
    need; everybody else gets what is chosen and nothing before.
    """
    je_art: dict[str, tuple[str, ...]] = {
        Empfaengerart.LEISTUNGSERBRINGER: ("ziel-", "leistung-"),
        Empfaengerart.LEISTUNGSTRAEGER: ("leistung-", "mengen", "zusammenfassung"),
    }
    anfaenge = je_art.get(einwilligung.empfaengerart, ())
    alle = abschnitte_of_daten(daten)
    return [key for key, _ in alle if anfaenge and key.startswith(anfaenge)]


def cut_out(daten: dict[str, Any], gewaehlt: Collection[str]) -> dict[str, Any]:
    """Return the chosen sections only; head, signatures and release of the plan stay behind."""
    bedarf = daten["bedarfsermittlung"]
    return {
        "beteiligte": bedarf["beteiligte"] if "beteiligte" in gewaehlt else [],
        "zusammenfassung": bedarf["ergebnis"] if "zusammenfassung" in gewaehlt else [],
        "bedarfe": [
            bereich for n, bereich in enumerate(bedarf["bedarfe"]) if f"bedarf-{n}" in gewaehlt
        ],
        "mengen": bedarf.get("mengen", []) if "mengen" in gewaehlt else [],
        "ziele": [ziel for ziel in daten["ziele"] if f"ziel-{ziel['nummer']}" in gewaehlt],
        "leistungen": [
            {**gruppe, "eintraege": eintraege}
            for g, gruppe in enumerate(daten["leistungen"])
            if (
                eintraege := [
                    eintrag
                    for n, eintrag in enumerate(gruppe["eintraege"])
                    if f"leistung-{g}-{n}" in gewaehlt
                ]
            )
        ],
        "inhalte": [
            inhalt for n, inhalt in enumerate(daten["inhalte"]) if f"inhalt-{n}" in gewaehlt
        ],
    }
