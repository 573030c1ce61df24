"""Notice of the authority: heard first, then in writing, then the grant is lifted."""

from __future__ import annotations

from datetime import date

from budget.folge.guards.geltung import KUENDIGUNG
from budget.models import Folgebescheid
from budget.states.faelle import KUENDIGUNG_DER_BEHOERDE
from budget.states.folge import Folgezeile
from cases.models import Schreiben
from cases.registry.schritt import Hindernis


def behoerde_kuendigt(row: Folgebescheid, zeile: Folgezeile) -> Hindernis | None:
    """§ 29 Abs. 4 S. 4 SGB IX: only who gives notice writes it."""
    if zeile.kuendigung and row.fall_des_gesetzes == KUENDIGUNG_DER_BEHOERDE:
        return None
    return Hindernis(
        "Hier kündigt nicht der Leistungsträger.", KUENDIGUNG.am(row.gekuendigt_am or row.datum)
    )


def noch_nicht_gekuendigt(row: Folgebescheid, brief: Schreiben | None) -> Hindernis | None:
    """§ 29 Abs. 4 S. 4 SGB IX: an agreement is terminated once."""
    if brief is None and row.gekuendigt_am is None:
        return None
    return Hindernis(
        "Die Kündigung ist schon geschrieben.", KUENDIGUNG.am(row.gekuendigt_am or row.datum)
    )


def kuendigung_nach_anhoerung(
    row: Folgebescheid, zeile: Folgezeile, fruehestens: date | None
) -> Hindernis | None:
    """§ 24 Abs. 1 SGB X: the person is heard before the authority gives notice, not after it.

    `fruehestens` is the first day after her answer or her time to answer, None where nobody had to
    be heard.
    """
    am = row.gekuendigt_am
    if am is None or fruehestens is None or am >= fruehestens:
        return None
    if behoerde_kuendigt(row, zeile) is not None:
        return None
    return Hindernis(
        f"Die Kündigung ging am {am:%d.%m.%Y} zu, bevor die Person sich äußern konnte. Möglich ist "
        f"sie ab dem {fruehestens:%d.%m.%Y}. Bitte kündigen Sie erneut.",
        "§ 24 Abs. 1 SGB X",
    )
