"""Letters that name an earlier one: the reminder, and the correction.

A frozen letter is never changed: what was wrong in it is put right by a new letter that says which
one it corrects (§ 38 SGB X). A reminder or correction to the person goes to her address of today,
one to another body where the earlier letter went.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from cases.models import Schreiben
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.registry.serienart import Serienart
from cases.schreiben.guards.brief import berichtigung_offenbar, bezug_nicht_ersetzt
from cases.schreiben.guards.einwilligung import einwilligungsteil_of, schreiben_darf_hinaus
from cases.schreiben.guards.versand import schreiben_nicht_ersetzt
from cases.schreiben.queries.schreiben import letter_in
from cases.schreiben.queries.serie import list_unbeantwortet
from cases.schreiben.services.freibrief import JEDER_INHALT, absaetze, brief_daten

ERINNERUNG, ERINNERUNG_DRITTE = "erinnerung", "erinnerung_stelle"
BERICHTIGUNG, BERICHTIGUNG_DRITTE = "berichtigung", "berichtigung_stelle"


def _bezug(schreiben: Schreiben) -> dict[str, str]:
    """Return how the earlier letter is named in print."""
    return {
        "titel": schreiben.titel,
        "vom": schreiben.datum.isoformat(),
        "nummer": schreiben.nummer,
        "sha256": schreiben.pdf_sha256,
    }


def _grundstock(anlass: Schreibanlass, betreff: str, an_dritte: bool) -> dict[str, Any]:
    bezug: Schreiben = anlass.gegenstand
    if an_dritte:
        an = {"an": list(bezug.empfaenger)}
        anlass = Schreibanlass(
            anlass.case,
            anlass.tag,
            anlass.by,
            bezug,
            {**anlass.angaben, **an},
            zeichnet=anlass.zeichnet,
        )
    zeichen = bezug.daten["kopf"].get("ihr_zeichen", "") if an_dritte else ""
    daten = brief_daten(anlass, betreff, an_dritte=an_dritte, ihr_zeichen=zeichen)
    return daten | {"bezug": _bezug(bezug)} | _uebermittlung(bezug)


def _uebermittlung(bezug: Schreiben) -> dict[str, Any]:
    """Return the consent that the earlier letter stood on; the dispatch asks for it again."""
    teil = einwilligungsteil_of(bezug)
    if not teil:
        return {}
    return {"uebermittlung": {**bezug.daten.get("uebermittlung", {}), "teil": teil}}


def _erinnerung(an_dritte: bool, anlass: Schreibanlass) -> dict[str, Any]:
    bezug: Schreiben = anlass.gegenstand
    return _grundstock(anlass, f"Erinnerung: {bezug.titel}", an_dritte) | {
        "fehlt": [zeile.strip() for zeile in anlass.angaben["fehlt"].splitlines() if zeile.strip()],
        "bis": anlass.angaben["bis"].isoformat(),
    }


def _berichtigung(an_dritte: bool, anlass: Schreibanlass) -> dict[str, Any]:
    bezug: Schreiben = anlass.gegenstand
    return _grundstock(anlass, f"Berichtigung: {bezug.titel}", an_dritte) | {
        "falsch": absaetze(anlass.angaben["falsch"]),
        "richtig": absaetze(anlass.angaben["richtig"]),
    }


def _einwilligung(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    yield schreiben_darf_hinaus(anlass.gegenstand, anlass.tag)


def _offenbar(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    yield from _einwilligung(anlass)
    yield berichtigung_offenbar(anlass.angaben["offenbar"])
    yield bezug_nicht_ersetzt(schreiben_nicht_ersetzt(anlass.gegenstand), anlass.gegenstand)


def _erinnerungsart(schluessel: str, titel: str, hilfe: str, *, an_dritte: bool) -> Schreibenart:
    return Schreibenart(
        schluessel,
        titel,
        "cases/schreiben/briefe/erinnerung.html",
        daten=partial(_erinnerung, an_dritte),
        titel_of=lambda anlass: f"Erinnerung: {anlass.gegenstand.titel}"[:200],
        pruefungen=_einwilligung,
        frei=True,
        hilfe=hilfe,
        ausloeser="eine Antwort bleibt aus",
        an="wer das frühere Schreiben bekam" if an_dritte else "die Person oder ihre Vertretung",
        norm="§ 9 SGB X",
        an_dritte=an_dritte,
        einwilligung_des_bezugs=an_dritte,
        inhalte=JEDER_INHALT,
    )


def _berichtigungsart(schluessel: str, titel: str, hilfe: str, *, an_dritte: bool) -> Schreibenart:
    return Schreibenart(
        schluessel,
        titel,
        "cases/schreiben/briefe/berichtigung.html",
        daten=partial(_berichtigung, an_dritte),
        titel_of=lambda anlass: f"Berichtigung: {anlass.gegenstand.titel}"[:200],
        pruefungen=_offenbar,
        frei=True,
        hilfe=hilfe,
        ausloeser="ein Fehler in einem Schreiben, das hinaus ist",
        an="wer das frühere Schreiben bekam" if an_dritte else "die Person oder ihre Vertretung",
        norm="§ 38 SGB X",
        an_dritte=an_dritte,
        einwilligung_des_bezugs=an_dritte,
        inhalte=JEDER_INHALT,
    )


SCHREIBENARTEN = (
    _erinnerungsart(
        ERINNERUNG,
        "Erinnerung an die Person",
        "Nennt das frühere Schreiben, was noch fehlt und bis wann.",
        an_dritte=False,
    ),
    _erinnerungsart(
        ERINNERUNG_DRITTE,
        "Erinnerung an eine andere Stelle",
        "Nennt das frühere Schreiben, was noch fehlt und bis wann; an dieselbe Anschrift.",
        an_dritte=True,
    ),
    _berichtigungsart(
        BERICHTIGUNG,
        "Berichtigung eines Schreibens",
        "Ein neues Schreiben, das den Fehler im alten richtigstellt. Das alte bleibt, wie es ist.",
        an_dritte=False,
    ),
    _berichtigungsart(
        BERICHTIGUNG_DRITTE,
        "Berichtigung an eine andere Stelle",
        "Stellt richtig, was in einem Schreiben an eine andere Stelle falsch war.",
        an_dritte=True,
    ),
)

SERIENART = Serienart(
    ERINNERUNG,
    "Erinnerung an Schreiben",
    "Erinnert an Schreiben einer Art, die in einem Zeitraum hinausgingen und noch nicht erinnert "
    "sind. Ob eine Antwort da ist, wissen Sie: Nehmen Sie heraus, wer geantwortet hat.",
    posten=list_unbeantwortet,
    finde=letter_in,
    stellen={"fehlt": "schreiben.erinnerung.fehlt"},
    tage=("bis",),
)
