"""What a human being has written waits for somebody else, whatever account is used."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from cases.guards import konten_der_person
from cases.models import User

Zeile = TypeVar("Zeile", bound=Model)


def own_accounts(user: User) -> list[int]:
    """Return the accounts of the same human being, for `feld__in_reihe`.

    A question that is asked by `access.ask` gets them with `konten=own_accounts(user)`.
    """
    return sorted(konten_der_person(user))


def written_by_others(rows: QuerySet[Zeile], user: User) -> QuerySet[Zeile]:
    """Return the rows on which this human being has never written, by their change history.

    For kinds that keep `erstellt_von`, `bearbeitet_von` and their events.
    """
    konten = own_accounts(user)
    verlauf: Any = rows.model.pgh_event_model  # type: ignore[attr-defined]  # set by pghistory
    beschrieben = verlauf.objects.filter(bearbeitet_von__in_reihe=konten).values("pgh_obj")
    return (
        rows.exclude(erstellt_von__in_reihe=konten)
        .exclude(bearbeitet_von__in_reihe=konten)
        .exclude(pk__in=beschrieben)
    )
