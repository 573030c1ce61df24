"""Search in documents of many cases: whoever sees an excerpt has read in that case."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases import access
from cases.models import Lesezugriff, User
from cases.queries.einsicht import unterlagen_seen
from cases.unterlage.queries.unterlage import Suchergebnis, search_in


@transaction.atomic
def search_unterlagen(*, by: User, text: str, tag: date) -> Suchergebnis:
    """Search all cases that this user may see, and log a read for each case that is shown."""
    sichtbar = access.visible_to(by, tag)
    ergebnis = search_in(sichtbar, text, unterlagen_seen(by, tag))
    gezeigt = {t.unterlage.case_id for t in ergebnis.treffer}
    if gezeigt:
        faelle = access.with_ground(sichtbar, by, tag).filter(pk__in=gezeigt)
        Lesezugriff.objects.bulk_create(
            Lesezugriff(
                case_id=case.pk,
                user=by,
                route="unterlagen_suche",
                als=access.rolle_of(by),
                grund=getattr(case, "zugriffsgrund", ""),
            )
            for case in faelle
        )
    return ergebnis
