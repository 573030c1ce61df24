"""Letters that ask others: a statement, a report of a doctor, an order for an opinion.

An opinion of an expert is ordered by law (§ 17 SGB IX); who it is about and who writes it is a row
of the floor above, which registers that letter. A statement is asked for in the own task
(§ 69 Abs. 1 Nr. 1 SGB X). A doctor may only answer with the consent of the person.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.antrag.schreiben.eingang import newest_antrag
from cases.models import Einwilligung, Einwilligungsteil
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.guards.einwilligung import anschrift_festgehalten, einwilligung_liegt_vor
from cases.schreiben.services.freibrief import absaetze, brief_daten
from cases.states.inhalt import BRIEF, Inhalt

GUTACHTEN, STELLUNGNAHME, BEFUND = "gutachtenauftrag", "stellungnahme_bitte", "befund_bitte"
_BETREFF = {
    GUTACHTEN: "Auftrag für ein Gutachten",
    STELLUNGNAHME: "Bitte um Stellungnahme",
    BEFUND: "Bitte um einen Befundbericht",
}
VORLAGE = "cases/antrag/schreiben_anforderung.html"


def anforderung_daten(art: str, anlass: Schreibanlass) -> dict[str, Any]:
    """Return what all of these letters say: to whom, about what, which questions, until when."""
    angaben = anlass.angaben
    daten = brief_daten(
        anlass, _BETREFF[art], an_dritte=True, ihr_zeichen=angaben.get("ihr_zeichen", "")
    )
    bis = angaben.get("bis")
    return daten | {
        "art": art,
        "fragen": absaetze(angaben["fragen"]),
        "anlass": angaben["anlass"],
        "bis": bis.isoformat() if bis else "",
    }


def stellungnahme_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return the request to an authority."""
    return anforderung_daten(STELLUNGNAHME, anlass)


def befund_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return the request to a doctor; `uebermittlung` is what the dispatch asks again for."""
    einwilligung: Einwilligung = anlass.angaben["einwilligung"]
    mit_anschrift = {**anlass.angaben, "an": einwilligung.briefzeilen}
    anlass = Schreibanlass(
        anlass.case,
        anlass.tag,
        anlass.by,
        anlass.gegenstand,
        mit_anschrift,
        zeichnet=anlass.zeichnet,
    )
    return anforderung_daten(BEFUND, anlass) | {
        "erteilt_am": einwilligung.erteilt_am.isoformat(),
        "uebermittlung": {
            "empfaenger": [einwilligung.empfaenger_schluessel],
            "name": einwilligung.empfaenger_name,
            "einwilligung": einwilligung.pk,
        },
    }


def _befund_pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    einwilligung: Einwilligung = anlass.angaben["einwilligung"]
    yield anschrift_festgehalten(einwilligung)
    yield einwilligung_liegt_vor(
        anlass.case,
        [einwilligung.empfaenger_schluessel],
        einwilligung.empfaenger_name,
        Einwilligungsteil.GUTACHTEN,
        anlass.tag,
    )


SCHREIBENARTEN = (
    Schreibenart(
        STELLUNGNAHME,
        "Bitte um Stellungnahme",
        VORLAGE,
        daten=stellungnahme_daten,
        finde=newest_antrag,
        frei=True,
        hilfe="An das Gesundheitsamt oder eine andere Behörde, mit Ihren Fragen und einem Tag.",
        ausloeser="eine andere Stelle weiß etwas, das für die Entscheidung nötig ist",
        an="Behörde oder Stelle",
        norm="§ 69 Abs. 1 Nr. 1 SGB X",
        an_dritte=True,
        inhalte=BRIEF | {Inhalt.GESUNDHEIT},
    ),
    Schreibenart(
        BEFUND,
        "Bitte um einen Befundbericht",
        VORLAGE,
        daten=befund_daten,
        finde=newest_antrag,
        pruefungen=_befund_pruefungen,
        frei=True,
        hilfe="An eine Arztpraxis oder Klinik; nur mit einer Einwilligung, die Gutachten und "
        "Befunde umfasst (§ 100 Abs. 1 S. 1 Nr. 2 SGB X).",
        ausloeser="ein ärztlicher Befund fehlt",
        an="Arztpraxis oder Klinik",
        norm="§ 100 Abs. 1 S. 1 Nr. 2 SGB X, § 67b Abs. 1 SGB X",
        an_dritte=True,
        einwilligung_teil=Einwilligungsteil.GUTACHTEN,
        inhalte=BRIEF | {Inhalt.GESUNDHEIT},
    ),
)
