"""The letters of a case with what became of them."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from cases.models import Case, Schreiben, Versand


def schreiben_liste_of(case: Case) -> QuerySet[Schreiben]:
    """Return the letters of the case, newest first, with author and sendings (two queries)."""
    return (
        Schreiben.objects.filter(case=case)
        .select_related("erstellt_von")
        .prefetch_related(Prefetch("versand_liste", Versand.objects.order_by("id")))
    )
