"""Letters of one case and their sendings."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.models import Case, Schreiben, Versand


def schreiben_in(case: Case) -> QuerySet[Schreiben]:
    """Return the letters of the case, the newest first."""
    return Schreiben.objects.filter(case=case)


def versand_in(case: Case) -> QuerySet[Versand]:
    """Return all sendings of letters of the case with their letter."""
    return Versand.objects.filter(schreiben__case=case).select_related("schreiben", "vermerkt_von")
