"""What can be done about each carrier of a budget: buttons that the services ask too."""

from __future__ import annotations

from dataclasses import dataclass

from budget.beteiligung.queries import Brettzeile
from budget.states.beteiligung import BETEILIGUNG
from budget.verfahren.schritte import Budgetlage
from cases.antrag.guards import zustaendigkeit as regeln
from cases.antrag.schreiben.zustaendigkeit import ERINNERUNG
from cases.registry.schritt import Hindernis
from cases.schritte import Pruefung, Schritttafel, Zeile


@dataclass(frozen=True)
class Traegerlage(Budgetlage):
    """A budget and one row of its board."""

    zeile: Brettzeile


def _laeuft_hier(lage: Traegerlage) -> Hindernis | None:
    return regeln.verfahren_laeuft_hier(lage.budget.antrag)


def _selbst(lage: Traegerlage) -> Hindernis | None:
    row, frist = lage.zeile.beteiligung, lage.zeile.frist
    if row is None:
        return None
    return regeln.selbst_erst_nach_der_frist(row, frist.ende if frist else None, lage.tag)


def _schon_erinnert(lage: Traegerlage) -> Hindernis | None:
    if lage.zeile.erinnerung is None:
        return None
    return Hindernis("Die Erinnerung ist schon festgeschrieben.")


def _beteiligung(lage: Traegerlage) -> list[object]:
    row = lage.zeile.beteiligung
    return [lage.budget.case_id, row.pk if row is not None else 0]


def _erinnerung(lage: Traegerlage) -> list[object]:
    fall, row = _beteiligung(lage)
    return [fall, ERINNERUNG, row]


TRAEGERSCHRITTE = Schritttafel[Traegerlage](
    BETEILIGUNG,
    lambda lage: lage.zeile.stand,
    _beteiligung,
    (
        Zeile(
            "beteiligen",
            "traeger_beteiligen",
            (Pruefung(_laeuft_hier),),
            argumente=lambda lage: [lage.budget.case_id, lage.zeile.traeger.pk],
        ),
        Zeile("stellungnahme", "traeger_stellungnahme"),
        Zeile(
            "erinnern",
            "zustaendigkeit_schreiben",
            (Pruefung(_schon_erinnert, verbirgt=True),),
            methode="post",
            argumente=_erinnerung,
        ),
        Zeile("selbst", "traeger_selbst", (Pruefung(_selbst),)),
        Zeile("unterlagen", "traeger_unterlagen"),
    ),
    stichtag=lambda lage: lage.budget.beginn,
)
