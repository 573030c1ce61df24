"""What follows from the letters of the Antrag: the time to take part."""

from __future__ import annotations

from datetime import date

from cases.frist.services.frist import start_frist, undo_frist
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import Schreiben, User
from recht.fristkennung import Regel


def record_hinweis(schreiben: Schreiben, am: date | None, by: User | None, tag: date) -> None:
    """Start the time to take part when the hint is made known (§ 66 Abs. 3 SGB I).

    A hint that arrives after its own day has set no time: the desk is told to write anew. Raises
    SchrittUnzulaessig when that Wiedervorlage cannot be set.
    """
    bis = date.fromisoformat(schreiben.daten["bis"])
    if am is None:
        undo_frist(
            case=schreiben.case,
            gegenstand=schreiben,
            regel=Regel.MITWIRKUNG,
            tag=tag,
            grund="Hinweis nicht bekannt gegeben",
        )
    elif bis > am:
        start_frist(
            case=schreiben.case,
            regel=Regel.MITWIRKUNG,
            gegenstand=schreiben,
            ausloeser=am,
            by=by,
            geltend_bis=bis,
        )
    elif by is not None:
        create_wiedervorlage(
            case=schreiben.case,
            user=schreiben.case.caseworker,
            am=tag,
            anlass=f"{schreiben.titel}: ging erst am {am:%d.%m.%Y} zu, die Frist bis "
            f"{bis:%d.%m.%Y} war zu kurz; bitte neu auffordern",
            by=by,
            tag=tag,
        )
