"""What tells in a case where the person lives, beside her address: court and carrier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from budget.models import Folgebescheid, Traegerwechsel
from tests import fabriken, uhr

if TYPE_CHECKING:
    from tests.budget.fabriken import Akte

# Court and carrier are those of the place where somebody lives.
GERICHTSORT = "Kanarienstadt"
UMZUG = "Kanarienumzug"


def add_orte(akte: Akte) -> dict[str, list[Any]]:
    """Let another carrier take over, with a decision that says so; return what stands in URLs."""
    wechsel = Traegerwechsel.objects.create(
        persoenliches_budget=akte.budget,
        an=fabriken.make_traeger("eingliederungshilfe", "Kreis Neu"),
        grund="vorrang",
        ab=uhr.HEUTE,
        bekannt_seit=uhr.HEUTE,
        begruendung=UMZUG,
        erfasst_von=akte.fallmanager,
        aufhebung=Folgebescheid.objects.create(
            case=akte.case,
            art="aufhebung",
            budget=akte.budget,
            datum=uhr.HEUTE,
            sachverhalt=UMZUG,
            gruende=UMZUG,
            gericht=f"Sozialgericht {GERICHTSORT}",
            erstellt_von=akte.fallmanager,
            bearbeitet_von=akte.fallmanager,
        ),
    )
    return {"wechsel": [wechsel.pk], "bescheid": [wechsel.aufhebung_id]}
