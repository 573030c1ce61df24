"""The invitation to a talk with the Fallmanagement, before it a conference is not needed."""

from __future__ import annotations

from typing import Any

from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.brief import unterzeichner_daten

GESPRAECH = "gespraechseinladung"


def gespraech_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return day, hour and place, what is talked about and what helps."""
    angaben = anlass.angaben
    ansprechpartner = anlass.zeichnet or anlass.by
    return {
        "thema": angaben["thema"],
        "termin": angaben["termin"].isoformat(),
        "uhrzeit": f"{angaben['uhrzeit']:%H:%M}",
        "ort": angaben["ort"],
        "mitbringen": [z.strip() for z in angaben["mitbringen"].splitlines() if z.strip()],
        "unterzeichner": unterzeichner_daten(ansprechpartner),
    }


SCHREIBENART = Schreibenart(
    GESPRAECH,
    "Einladung zum Gespräch",
    "gesamtplan/bedarf/schreiben_gespraech.html",
    daten=gespraech_daten,
    frei=True,
    hilfe="Lädt die Person zu einem Gespräch ein, zum Beispiel über ihren Bedarf. Wer kommen muss, "
    "bekommt eine Aufforderung zur Mitwirkung.",
    ausloeser="ein Gespräch wird verabredet",
    norm="§ 117 Abs. 1 SGB IX",
)
