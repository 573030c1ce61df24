"""The written hint without which nothing may be refused or withdrawn (§ 66 Abs. 3 SGB I)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from cases.antrag.schreiben.eingang import newest_antrag
from cases.frist.services.frist import land
from cases.models import Antrag
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.guards.brief import genug_zeit
from cases.schreiben.satz.brief import unterzeichner_daten
from recht.bekanntgabe import bekanntgabe
from recht.fristkennung import Regel

ART = "mitwirkung"
# The law names no number (§ 66 Abs. 3 SGB I: „angemessen“); two weeks are practice.
UEBLICHE_TAGE = 14
PFLICHTEN = {
    "angaben": ("Tatsachen angeben und Auskünften zustimmen", "§ 60 Abs. 1 S. 1 Nr. 1 SGB I"),
    "beweise": ("Beweismittel nennen und Urkunden vorlegen", "§ 60 Abs. 1 S. 1 Nr. 3 SGB I"),
    "erscheinen": ("zu einem Gespräch erscheinen", "§ 61 SGB I"),
    "untersuchung": ("sich ärztlich oder psychologisch untersuchen lassen", "§ 62 SGB I"),
}
FOLGEN = {
    "versagung": "versagen",
    "entziehung": "entziehen",
}


def expected_bekanntgabe(tag: date) -> date:
    """Return when a letter that is posted on the day would be made known (§ 37 Abs. 2 SGB X)."""
    return bekanntgabe(tag, "post", land()).bekanntgabe


def mitwirkung_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return the duty with its norm, what exactly is asked, until when, and what may follow."""
    antrag: Antrag = anlass.gegenstand
    angaben = anlass.angaben
    ansprechpartner = anlass.zeichnet or anlass.by
    text, norm = PFLICHTEN[angaben["pflicht"]]
    return {
        "antrag": {"vom": antrag.eingang.isoformat()},
        "pflicht": {"text": text, "norm": norm},
        "verlangt": [z.strip() for z in angaben["verlangt"].splitlines() if z.strip()],
        "warum": angaben["warum"],
        "bis": angaben["bis"].isoformat(),
        "folge": FOLGEN[angaben["folge"]],
        "unterzeichner": unterzeichner_daten(ansprechpartner),
    }


def _pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    bekannt = expected_bekanntgabe(anlass.tag)
    yield genug_zeit(anlass.angaben["bis"], bekannt, UEBLICHE_TAGE, "§ 66 Abs. 3 SGB I")


SCHREIBENART = Schreibenart(
    ART,
    "Aufforderung zur Mitwirkung",
    "cases/antrag/schreiben_mitwirkung.html",
    daten=mitwirkung_daten,
    finde=newest_antrag,
    pruefungen=_pruefungen,
    frei=True,
    hilfe="Sagt der Person schriftlich, was sie beizutragen hat, bis wann, und was sonst folgt. "
    "Ohne diesen Hinweis darf nichts versagt oder entzogen werden (§ 66 Abs. 3 SGB I).",
    ausloeser="Angaben, Nachweise oder das Erscheinen fehlen",
    norm="§ 66 Abs. 3 SGB I",
    frist=(Regel.MITWIRKUNG,),
)
