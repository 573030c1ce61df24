"""The mark of a text as somebody saw it, so that two editors do not overwrite each other."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gesamtplan.models.bedarf import Bedarfsermittlung
    from gesamtplan.models.gesamtplan import Gesamtplan, Leistung, Teilhabeziel

Wert = str | int | bool | date | None


def stand_of(*werte: Wert) -> str:
    """Return the same short mark for the same values; a changed letter gives another one."""
    text = json.dumps([None if wert is None else str(wert) for wert in werte], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def stand_of_bedarfsermittlung(row: Bedarfsermittlung) -> str:
    """Return the mark of a Bedarfsermittlung with its nine Lebensbereiche."""
    texte: list[Wert] = [row.datum, row.instrument, row.beteiligte, row.ergebnis]
    for bedarf in sorted(row.bedarfe.all(), key=lambda b: b.lebensbereich):
        texte += [
            bedarf.lebensbereich,
            bedarf.beeintraechtigung,
            bedarf.ressourcen,
            bedarf.wunsch,
            bedarf.bedarf,
        ]
    return stand_of(*texte)


def stand_of_inhalte(row: Gesamtplan) -> str:
    """Return the mark of the dates and texts of a version, without goals and Leistungen."""
    texte: list[Wert] = [row.anlass, row.datum, row.ueberpruefung_am]
    for inhalt in sorted(row.planinhalte.all(), key=lambda i: i.schluessel):
        if inhalt.text:
            texte += [inhalt.schluessel, inhalt.text]
    return stand_of(*texte)


def stand_of_teilhabeziel(row: Teilhabeziel) -> str:
    """Return the mark of one goal."""
    return stand_of(row.lebensbereich, row.text, row.kriterium, row.bis, row.status)


def stand_of_leistung(row: Leistung) -> str:
    """Return the mark of one Leistung."""
    return stand_of(
        row.teilhabeziel_id,
        row.leistungstraeger_id,
        row.bezeichnung,
        row.norm,
        row.leistungsform,
        row.umfang,
        row.beginn,
        row.ende,
        row.ergaenzend,
    )
