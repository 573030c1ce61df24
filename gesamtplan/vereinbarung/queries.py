"""Reads of the agreements beside the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from cases.models import Case, Schreiben
from cases.models.stand import werte_of
from gesamtplan.models import Gesamtplan, Planvereinbarung

ART = "planvereinbarung"


def frozen_papers(case: Case) -> set[str]:
    """Return the references of the agreements of a case that are printed for good; one query."""
    rows = Schreiben.objects.filter(case=case, art=ART)
    return set(rows.values_list("gegenstand", flat=True))


def is_frozen(row: Planvereinbarung) -> bool:
    """Tell whether the paper of an agreement is printed for good; one query."""
    return f"{ART}:{row.pk}" in frozen_papers(row.gesamtplan.case)


def vereinbarungen_of(case: Case) -> QuerySet[Planvereinbarung]:
    """Return the agreements of a case with their versions, the newest first."""
    return (
        Planvereinbarung.objects.filter(gesamtplan__case=case)
        .select_related("bearbeitet_von", "gesamtplan__case__leistungsberechtigte_person")
        .order_by("-pk")
    )


def find_vereinbarung(case: Case, teile: Mapping[str, int]) -> Planvereinbarung | None:
    """Return the agreement that a letter is about."""
    return vereinbarungen_of(case).filter(pk=teile["planvereinbarung"]).first()


def released_version(case: Case, version: int) -> Gesamtplan | None:
    """Return one version of the case."""
    return (
        Gesamtplan.objects.filter(case=case, version=version)
        .select_related("case__leistungsberechtigte_person")
        .first()
    )


def werte_of_vereinbarung(row: Planvereinbarung) -> dict[str, Any]:
    """Return what the form of an agreement shows and its mark covers."""
    return werte_of(row, ("beitrag_person", "beitrag_traeger", "gilt_bis"))
