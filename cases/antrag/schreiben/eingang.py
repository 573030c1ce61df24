"""The letter that confirms an application: when it came, who works on it, what happens next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cases.antrag.queries.antrag import antraege_of
from cases.antrag.queries.zustaendigkeit import beteiligungen_of, frist_end, fristbeginn
from cases.models import Antrag, Case
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.brief import unterzeichner_daten
from recht.fristkennung import Regel
from recht.rechtsstand import Rechtsstand, rechtsstand_am

ART = "eingangsbestaetigung"


def eingang_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return what is confirmed; a day is promised only where the law sets one."""
    antrag: Antrag = anlass.gegenstand
    ansprechpartner = anlass.case.caseworker
    beteiligt = [row.traeger.name for row in beteiligungen_of(antrag)]
    regel = Regel.ENTSCHEIDUNG_MIT_BETEILIGUNG if beteiligt else Regel.ENTSCHEIDUNG
    bis = frist_end(antrag, regel)
    return {
        "antrag": {
            "eingang": antrag.eingang.isoformat(),
            "erster_eingang": antrag.erster_eingang.isoformat() if antrag.erster_eingang else "",
            "begehren": [z.strip() for z in antrag.begehren.splitlines() if z.strip()],
            "persoenliches_budget": antrag.persoenliches_budget,
            "von_amts_wegen": antrag.antragsteller == "von_amts_wegen",
        },
        "beteiligt": beteiligt,
        "entscheidung_bis": bis.isoformat() if bis else "",
        "alt": rechtsstand_am(fristbeginn(antrag)) is Rechtsstand.A,
        "unterzeichner": unterzeichner_daten(ansprechpartner),
    }


def newest_antrag(case: Case, teile: Mapping[str, int]) -> Antrag | None:
    """Return the newest application of the case, None when there is none."""
    return antraege_of(case).order_by("-eingang", "-pk").first()


SCHREIBENART = Schreibenart(
    ART,
    "Eingangsbestätigung",
    "cases/antrag/schreiben_eingang.html",
    daten=eingang_daten,
    finde=newest_antrag,
    frei=True,
    hilfe="Sagt der Person, wann ihr Antrag eingegangen ist, wer ihn bearbeitet und wie es "
    "weitergeht (§ 15 Abs. 4 S. 3 SGB IX).",
    ausloeser="ein Antrag geht ein",
    norm="§ 15 Abs. 4 S. 3 SGB IX",
)
