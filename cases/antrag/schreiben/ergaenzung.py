"""What the printed form holds beside the sections of the KVJS: facts, declarations, enclosures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from cases.models import Angabe, Antragsart, Antragsbogen, Einsatzwahl

Block = dict[str, Any]
Feld = Callable[..., Block]


def ergaenzung(bogen: Antragsbogen, feld: Feld, kreuze: Feld) -> dict[int, list[Block]]:
    """Return the blocks of the sections 11 to 13; what is not known stays to be filled in."""
    return {
        11: _anlass(bogen, feld, kreuze),
        12: _einsatz(bogen, feld, kreuze),
        13: _erklaerungen(bogen, feld),
    }


def _ja_nein(wert: str) -> list[tuple[str, bool]]:
    return [(str(a.label), wert == a) for a in (Angabe.JA, Angabe.NEIN)]


def _tag(tag: date | None) -> str:
    return f"{tag:%d.%m.%Y}" if tag else ""


def _anlass(bogen: Antragsbogen, feld: Feld, kreuze: Feld) -> list[Block]:
    # An empty form leaves open what a stored one says by default.
    art = bogen.antragsart if bogen.pk else ""
    return [
        kreuze("Art des Antrags", [(str(a.label), art == a) for a in Antragsart]),
        feld("Gewünschter Beginn", _tag(bogen.wunschbeginn)),
        feld("Aufenthalt vor dem Antrag", bogen.frueherer_aufenthalt, 2),
        kreuze("Läuft anderswo ein Antrag?", _ja_nein(bogen.anderer_antrag)),
        feld("Bei welcher Stelle, wofür, seit wann", bogen.anderer_antrag_bei),
    ]


def _einsatz(bogen: Antragsbogen, feld: Feld, kreuze: Feld) -> list[Block]:
    wahl = (Einsatzwahl.ANGABEN, Einsatzwahl.BEITRAGSFREI)
    return [
        kreuze("Einkommen und Vermögen", [(str(w.label), bogen.einsatz == w) for w in wahl]),
        feld("Angaben zu Einkommen und Vermögen", bogen.einsatz_angaben, 2),
        kreuze("Gibt es Ansprüche gegen Dritte?", _ja_nein(bogen.ansprueche)),
        feld("Gegen wen und woraus", bogen.ansprueche_gegen),
    ]


def _erklaerungen(bogen: Antragsbogen, feld: Feld) -> list[Block]:
    return [
        feld("Ärztinnen, Ärzte, Therapie, Kliniken", bogen.aerzte, 3),
        feld(
            "Ich entbinde sie von der Schweigepflicht gegenüber der Behörde, am",
            _tag(bogen.schweigepflicht_am),
        ),
        feld(
            "Meine Angaben sind richtig und vollständig; Änderungen teile ich mit. Auf die Folgen "
            "fehlender Mitwirkung bin ich hingewiesen, am",
            _tag(bogen.mitwirkung_am),
        ),
        feld("Die Datenschutzhinweise habe ich erhalten am", _tag(bogen.datenschutz_am)),
        feld("Anlagen", bogen.anlagen, 3),
    ]
