"""The day of the newest application as texts of the authority name it."""

from __future__ import annotations

from datetime import date

from cases.models import Case
from cases.registry.textstelle import Platzhalter


def _tag(case: Case, tag: date) -> str:
    eingang = case.antraege.filter(eingang__lte=tag).values_list("eingang", flat=True).last()
    return f"{eingang:%d.%m.%Y}" if eingang else ""


PLATZHALTER = Platzhalter(
    "Antragsdatum",
    "Tag, an dem der letzte Antrag eingegangen ist",
    _tag,
    proben=("29.02.2028", "01.01.2026"),
)
