"""Documents for tests, filed the way the program files them."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cases.dateien.annahme import Annahme
from cases.dateien.grenzen import Pruefung
from cases.models import Case, Unterlage, User
from cases.unterlage.services.unterlage import Unterlagenangaben, file_unterlagen

HEUTE = date(2026, 11, 20)
JETZT = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def make_annahme(text: str = "", *, name: str = "a.txt", geprueft: bool = False) -> Annahme:
    """Return a checked text file, without starting the process that checks."""
    inhalt = (text or name).encode()
    pruefung = Pruefung("txt", inhalt, 1, text)
    return Annahme(name, pruefung, hashlib.sha256(inhalt).hexdigest(), geprueft)


def make_angaben(**felder: object) -> Unterlagenangaben:
    """Return what is known about a document."""
    werte: dict[str, object] = {
        "art": "gutachten",
        "titel": "Gutachten",
        "datum": date(2026, 11, 10),
        "eingegangen_am": date(2026, 11, 12),
        "verfasser": "Praxis Lindner",
    }
    return Unterlagenangaben(**(werte | felder))  # type: ignore[arg-type]  # a dict has one type


def make_unterlage(case: Case, by: User, text: str = "", **felder: object) -> Unterlage:
    """Return a document of the case."""
    geprueft = bool(felder.pop("geprueft", False))
    name = str(felder.pop("name", "a.txt"))
    datei = make_annahme(text or str(felder), name=name, geprueft=geprueft)
    [row] = file_unterlagen(
        case=case, dateien=[datei], angaben=make_angaben(**felder), by=by, zeitpunkt=JETZT
    )
    return row
