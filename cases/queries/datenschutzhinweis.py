"""Whether, when and how the person was told about her data (Art. 13, 14 DSGVO, § 82 SGB X)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from cases.models import Versand
from cases.states.versand import Versandzustand
from cases.vordruck import rows_of

ART = "datenschutzhinweis"


def hinweise_of(fall: int) -> QuerySet[Versand]:
    """Return the sendings of the notice that have left the house, the first one first."""
    return (
        Versand.objects.filter(
            schreiben__case_id=fall, schreiben__art=ART, state=Versandzustand.AUFGEGEBEN
        )
        .select_related("schreiben", "vermerkt_von")
        .order_by("aufgabe_am", "id")
    )


def fassung_of(versand: Versand) -> str:
    """Return which version of the wording was given."""
    daten: Any = versand.schreiben.daten
    return str(daten["fassung"])


def is_informed(fall: int) -> bool:
    """Tell whether one of them has left the house."""
    return bool(rows_of(_aufgegeben, fall=fall))


def _aufgegeben(fall: int) -> QuerySet[Versand]:
    return Versand.objects.filter(
        schreiben__case_id=fall, schreiben__art=ART, state=Versandzustand.AUFGEGEBEN
    ).only("pk")[:1]
