"""The time to answer in an Anhörung follows its Bekanntgabe (§ 24 Abs. 1, § 26 Abs. 2 SGB X)."""

from __future__ import annotations

from datetime import date

from budget.folge.queries import anhoerung_ende
from budget.models import Folgebescheid
from budget.states.folge import Folgezustand
from cases.frist.queries import fristen_of
from cases.frist.services.frist import keep_frist, start_frist, undo_frist
from cases.models import Schreiben, User
from cases.states.frist import Fristzustand
from recht.fristkennung import Regel


def record_anhoerung(schreiben: Schreiben, am: date | None, user: User | None, tag: date) -> None:
    """Let the time to answer run from the Bekanntgabe of the Anhörung (§ 24, § 26 Abs. 2 SGB X).

    It follows a corrected day; what was extended is not cut. Raises nothing: another letter
    changes nothing.
    """
    row = Folgebescheid.objects.filter(anhoerung_schreiben=schreiben).select_related("case").first()
    if row is None or row.state == Folgezustand.ABGESEHEN:
        return
    laufend = fristen_of(row.case, row, Regel.ANHOERUNG).exclude(state=Fristzustand.AUFGEHOBEN)
    if am is not None and laufend.filter(ausloeser_datum=am).exists():
        return
    bis = anhoerung_ende(row, am) if am is not None else None
    undo_frist(
        case=row.case,
        gegenstand=row,
        regel=Regel.ANHOERUNG,
        tag=tag,
        grund=f"bekannt gegeben am {am:%d.%m.%Y}" if am else "Anhörung nicht bekannt gegeben",
    )
    if am is None:
        return
    start_frist(
        case=row.case,
        regel=Regel.ANHOERUNG,
        gegenstand=row,
        ausloeser=am,
        by=user,
        geltend_bis=bis,
    )
    if row.aeusserung_am is not None:
        keep_frist(
            case=row.case,
            gegenstand=row,
            regel=Regel.ANHOERUNG,
            tag=row.aeusserung_am,
            durch="Äußerung eingegangen",
        )
