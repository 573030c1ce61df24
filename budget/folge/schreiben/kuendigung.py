"""The notice with which the authority ends the Zielvereinbarung (§ 29 Abs. 4 S. 4 SGB IX)."""

from __future__ import annotations

from typing import Any

from budget.folge.schreiben.daten import FINDE, INHALTE, SEITE, anhoerung_daten, gehoert_daten
from budget.models import Folgebescheid
from budget.states.faelle import KUENDIGUNGSBRIEF
from cases.models import Schreiben
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.brief import unterschriftszeile
from cases.schreiben.services.schreiben import empfaenger_of
from cases.services.ereignis import gegenstand_of

ART = KUENDIGUNGSBRIEF
_TITEL = "Kündigung der Zielvereinbarung"


def kuendigung_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return what the notice says: the agreement, the grave reason, and what follows."""
    row = anlass.gegenstand
    daten = anhoerung_daten(
        row=row,
        datum=anlass.tag,
        empfaenger=empfaenger_of(anlass.case, anlass.tag),
        unterzeichner=anlass.zeichnet,
    )
    return daten | {
        "kopf": daten["kopf"] | {"betreff": _TITEL},
        "titel": _TITEL,
        "anhoerung": gehoert_daten(row),
        # In writing: signed by hand.
        "unterschriften": [unterschriftszeile(anlass.zeichnet) | {"ort": "", "am": ""}],
    }


def row_of(schreiben: Schreiben) -> Folgebescheid | None:
    """Return the decision that follows a notice, None for another letter."""
    art, _, kennung = schreiben.gegenstand.partition(":")
    if schreiben.art != ART or art != Folgebescheid._meta.model_name:
        return None
    return Folgebescheid.objects.filter(case=schreiben.case_id, pk=kennung).first()


def notice_of(row: Folgebescheid) -> Schreiben | None:
    """Return the notice that was written for a decision."""
    rows = Schreiben.objects.filter(case=row.case_id, art=ART, gegenstand=gegenstand_of(row))
    return rows.defer("daten").first()


SCHREIBENART = Schreibenart(
    ART,
    _TITEL,
    "budget/folge/schreiben_kuendigung.html",
    daten=kuendigung_daten,
    finde=FINDE,
    seite=SEITE,
    einmal=True,
    inhalte=INHALTE,
    ausloeser="der Leistungsträger kündigt, nachdem die Person angehört ist",
    norm="§ 29 Abs. 4 S. 4 SGB IX",
)
