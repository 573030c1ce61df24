"""Notes of a case."""

from __future__ import annotations

from cases.models import Case, Vermerk


def get_vermerk(case: Case, pk: int) -> Vermerk | None:
    """Return one note of this case with its amendments."""
    return (
        Vermerk.objects.filter(case=case, pk=pk)
        .select_related("verfasst_von")
        .prefetch_related("nachtraege__verfasst_von")
        .first()
    )
