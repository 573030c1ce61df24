"""What the page about similar persons shows and sends back: hits, differences, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cases.austausch.queries.austausch import (
    differences,
    entscheidung_text,
    facts_of_persons,
    facts_of_rows,
    facts_of_werte,
)
from cases.models import Importstapel, Importzeile
from cases.states.austausch import Importentscheidung

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

# A longer number is the id of no row.
_STELLEN = 18


def compare_hits(zeilen: list[dict[str, Any]], row: Importstapel) -> list[dict[str, Any]]:
    """Put beside each hit what the row tells differently; three queries for a page."""
    personen = {t["person"] for z in zeilen for t in z["treffer"] if t["person"]}
    nummern = {t["zeile"] for z in zeilen for t in z["treffer"] if t.get("zeile")}
    aus_bestand = facts_of_persons(personen, timezone.localdate()) if personen else {}
    aus_datei = facts_of_rows(row, nummern) if nummern else {}
    for z in zeilen:
        hier = facts_of_werte(z["werte"]) if z["werte"] else {}
        for t in z["treffer"]:
            dort = aus_bestand.get(t["person"]) or aus_datei.get(t.get("zeile"))
            t["unterschiede"] = differences(hier, dort) if dort else []
            art, nummer = (
                ("zeile", t.get("zeile")) if t.get("zeile") else ("vorhanden", t["person"])
            )
            t["wert"] = entscheidung_text(art, nummer) if nummer else ""
    return zeilen


def _is_nummer(text: str) -> bool:
    """Tell whether this is the id of a row; a superscript two is a digit, but no number."""
    return text.isascii() and text.isdigit() and len(text) < _STELLEN


def wahl_of(request: CaseRequest) -> dict[int, tuple[str, int | None]]:
    """Return the decisions of the page: row id -> decision and person."""
    found: dict[int, tuple[str, int | None]] = {}
    for name, wert in request.POST.items():
        nummer = name.removeprefix("zeile_")
        art, _, person = str(wert).partition(":")
        allein = art in (Importentscheidung.NEU, Importentscheidung.AUSLASSEN)
        mit = art in (Importentscheidung.VORHANDEN, Importentscheidung.ZEILE) and _is_nummer(person)
        if name != nummer and _is_nummer(nummer) and (allein or mit):
            found[int(nummer)] = (art, int(person) if mit else None)
    return found


def angaben_of(request: CaseRequest) -> dict[int, list[str]]:
    """Return which facts of each row shall hold: row id -> names of the facts."""
    return {
        int(nummer): [str(wert) for wert in request.POST.getlist(name)]
        for name in request.POST
        if name != (nummer := name.removeprefix("angaben_")) and _is_nummer(nummer)
    }


def gesehen_of(request: CaseRequest) -> dict[int, str]:
    """Return what was decided about each row when the page was shown."""
    return {
        int(nummer): str(wert)
        for name, wert in request.POST.items()
        if name != (nummer := name.removeprefix("gesehen_")) and _is_nummer(nummer)
    }


def sentence_of_belassene(zeilen: list[Importzeile]) -> str:
    """Name the rows that somebody else has decided, and how."""
    satz = ", ".join(f"{z.nummer} ({z.get_entscheidung_display()})" for z in zeilen)
    return (
        f"Inzwischen hat jemand anders über diese Zeilen entschieden: {satz}. Ihre Auswahl dazu "
        "ist nicht gespeichert. Bitte vergleichen Sie und wählen Sie, wenn nötig, erneut."
    )
