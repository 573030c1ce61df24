"""The letters of a case with what became of them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from cases.models import Case, Schreiben, Unterlage, Versand
from cases.registry.beitrag import registry
from cases.states.schwaerzung import Schwaerzungszustand
from cases.states.versand import Versandzustand


def schreiben_liste_of(case: Case) -> QuerySet[Schreiben]:
    """Return the letters of the case, newest first, with author and sendings (two queries)."""
    return (
        Schreiben.objects.filter(case=case)
        .select_related("erstellt_von")
        .prefetch_related(Prefetch("versand_liste", Versand.objects.order_by("id")))
    )


def letter_in(case: Case, schreiben_id: int) -> Schreiben | None:
    """Return one letter of the case, None when it belongs to another."""
    return Schreiben.objects.filter(case=case, pk=schreiben_id).first()


def left_letters(case: Case, *, an_dritte: bool) -> QuerySet[Schreiben]:
    """Return the letters of the case that have left the house, the newest first.

    Those to other bodies, or those to the person or her representative.
    """
    arten = [a.schluessel for a in registry.schreibenarten.values() if a.an_dritte == an_dritte]
    hinaus = Versand.objects.filter(
        schreiben=OuterRef("pk"),
        state__in=(Versandzustand.AUFGEGEBEN, Versandzustand.NICHT_ZUGEGANGEN),
    )
    rows = Schreiben.objects.filter(Exists(hinaus), case=case, art__in=arten)
    return rows.order_by("-datum", "-id")


def sendable_letters(case: Case) -> QuerySet[Schreiben]:
    """Return the frozen letters of the case whose copies may be sent on, the oldest first."""
    return Schreiben.objects.filter(case=case).order_by("datum", "id")


def sendable_unterlagen(case: Case) -> QuerySet[Unterlage]:
    """Return the documents of the case that may leave: not filed by mistake, released if a copy.

    A blackened copy leaves once a second person has released it.
    """
    offen = Q(schwaerzung__isnull=False) & ~Q(schwaerzung__state=Schwaerzungszustand.FREIGEGEBEN)
    rows = Unterlage.objects.filter(case=case, irrtuemlich_am__isnull=True).exclude(offen)
    return rows.order_by("datum", "id")
