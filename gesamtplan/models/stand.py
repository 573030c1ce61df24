"""What the forms of a plan show and store: the values that their mark covers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cases.models.stand import werte_of
from gesamtplan.models.angaben import Bewertungsstelle
from gesamtplan.models.bedarf import ZEITABSCHNITTE
from gesamtplan.models.berichtsbogen import TEILE

if TYPE_CHECKING:
    from gesamtplan.models.bedarf import Bedarfsermittlung
    from gesamtplan.models.gesamtplan import Gesamtplan, Leistung, Teilhabeziel
    from gesamtplan.models.konferenz import Konferenz
    from gesamtplan.models.ueberpruefung import Ueberpruefung, Verlaufsbericht, Zielbewertung
    from recht.instrumente import Feld

_BEDARF = (
    "beeintraechtigung",
    "barrieren",
    "ressourcen",
    "foerderfaktoren",
    "wunsch",
    "bedarf",
    "ohne_beeintraechtigung",
)
_MENGE = ("von", "bis", "menge", "einheit", "begruendung")
_ZIEL = (
    "lebensbereich",
    "wortlaut",
    "text",
    "leichte_sprache",
    "kriterium",
    "ausgangswert",
    "zielwert",
    "bis",
    "schritte",
    "massnahmen",
    "bedarf_endet",
    "status",
)
_LEISTUNG = (
    "teilhabeziel",
    "weitere_ziele",
    "leistungstraeger",
    "katalogschluessel",
    "bezeichnung",
    "norm",
    "leistungsform",
    "umfang",
    "angebot",
    "menge",
    "einheit",
    "satz",
    "beginn",
    "ende",
    "ergaenzend",
    "entscheidung",
    "entscheidung_grund",
)


def werte_of_bedarfsermittlung(row: Bedarfsermittlung) -> dict[str, Any]:
    """Return the talk, the summary and four texts for each of the nine Lebensbereiche."""
    werte = werte_of(row, ("datum", "instrument", "beteiligte", "ergebnis"))
    for bedarf in row.bedarfe.all():
        werte |= {f"{bedarf.lebensbereich}_{name}": getattr(bedarf, name) for name in _BEDARF}
    return werte


def werte_of_bedarfsmengen(row: Bedarfsermittlung, lebensbereich: str) -> dict[str, Any]:
    """Return the amounts of one Lebensbereich, by stretch of time."""
    werte: dict[str, Any] = {f"{name}_{n}": None for n in ZEITABSCHNITTE for name in _MENGE}
    for menge in row.bedarfsmengen.all():
        if menge.lebensbereich == lebensbereich:
            werte |= {f"{name}_{menge.zeitabschnitt}": getattr(menge, name) for name in _MENGE}
    return werte


def werte_of_bogen(row: Bedarfsermittlung, bogen: int) -> dict[str, Any]:
    """Return the answers of one sheet of the instrument, by field of the form."""
    if row.instrumentfassung is None:
        return {}
    felder = [f for f in row.instrumentfassung.read().felder if f.bogen == bogen]
    werte = {antwort.feld: antwort.wert for antwort in row.antworten.all()}
    return {antwortfeld(f.schluessel): _antwort(f, werte.get(f.schluessel, "")) for f in felder}


def _antwort(feld: Feld, wert: str) -> str | date | None:
    """Return an answer as its form field holds it."""
    if feld.art != "tag":
        return wert
    return date.fromisoformat(wert) if wert else None


def antwortfeld(schluessel: str) -> str:
    """Return the name of the form field of one question."""
    return "antwort_" + schluessel.replace(".", "_")


def werte_of_inhalte(row: Gesamtplan) -> dict[str, Any]:
    """Return the dates and texts of a version, without goals and Leistungen."""
    werte = werte_of(row, ("anlass", "anlaesse", "datum", "ueberpruefung_am"))
    return werte | {f"inhalt_{i.schluessel}": i.text for i in row.planinhalte.all()}


def werte_of_teilhabeziel(row: Teilhabeziel) -> dict[str, Any]:
    """Return one goal."""
    return werte_of(row, _ZIEL)


def werte_of_ueberpruefung(row: Ueberpruefung) -> dict[str, Any]:
    """Return the talk of a review and what each voice says about each goal."""
    werte = werte_of(row, ("gespraech_am", "ort", "beteiligte", "notiz"))
    for eine in row.zielbewertungen.all():
        name = bewertungsfeld(stelle_of(eine))
        werte |= {f"{name}_status": eine.status, f"{name}_grund": eine.grund}
    return werte


def werte_of_bericht(bericht: Verlaufsbericht, row: Ueberpruefung) -> dict[str, Any]:
    """Return what stands there in the voice of this provider, and which form has come back."""
    werte = werte_of(bericht, ("text", "unterlage"))
    for eine in row.zielbewertungen.all():
        if eine.leistungserbringer_id == bericht.leistungserbringer_id:
            name = bewertungsfeld(stelle_of(eine))
            werte |= {f"{name}_{teil}": getattr(eine, teil) for teil in TEILE}
    return werte


def werte_of_konferenz(row: Konferenz) -> dict[str, Any]:
    """Return consent, day, agenda and minutes of a conference."""
    return werte_of(
        row,
        (
            "zustimmung_am",
            "termin",
            "uhrzeit",
            "ort",
            "tagesordnung",
            "ergebnis",
            "zahlungsweise",
            "abweichend",
        ),
    )


def stelle_of(eine: Zielbewertung) -> Bewertungsstelle:
    """Return which goal a rating is about and who speaks."""
    return Bewertungsstelle(eine.kennung, eine.stimme, eine.leistungserbringer_id)


def bewertungsfeld(stelle: Bewertungsstelle) -> str:
    """Return the beginning of the names of the two fields of one rating."""
    name = f"b_{stelle.kennung.hex}_{stelle.stimme}"
    return f"{name}_{stelle.leistungserbringer}" if stelle.leistungserbringer else name


def werte_of_leistung(row: Leistung) -> dict[str, Any]:
    """Return one Leistung."""
    return werte_of(row, _LEISTUNG)
