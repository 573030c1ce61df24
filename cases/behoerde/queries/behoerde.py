"""The authority, its teams, and what was changed when by whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from cases.models import Behoerde, Case, Team, User
from cases.models.aktenzeichen import Aktenzeichenschema, SchemaFehler

_LETZTE = 50


@dataclass(frozen=True)
class Aenderung:
    """One field of the authority that was changed."""

    zeit: datetime
    durch: str
    feld: str
    alt: str
    neu: str


def behoerde_or_none() -> Behoerde | None:
    """Return the authority, None on a new installation."""
    return Behoerde.objects.filter(pk=1).first()


def list_teams() -> QuerySet[Team]:
    """Return all teams by name."""
    return Team.objects.order_by("name")


def changes_of_behoerde() -> list[Aenderung]:
    """Return what was changed, the latest first; three queries whatever the number of rows."""
    event = apps.get_model("cases", "BehoerdeEvent")
    rows = list(event.objects.select_related("pgh_context").order_by("-pgh_id")[: _LETZTE + 1])
    ids: set[Any] = {
        (row.pgh_context.metadata or {}).get("user") for row in rows if row.pgh_context
    }
    users: dict[Any, str] = {
        u.pk: u.get_full_name() for u in User.objects.filter(pk__in=ids - {None})
    }
    felder = [f for f in Behoerde._meta.concrete_fields if f.name != "id"]
    found = []
    for neu, alt in pairwise(rows):
        wer = (neu.pgh_context.metadata or {}).get("user") if neu.pgh_context else None
        for feld in felder:
            vorher, nachher = getattr(alt, feld.name), getattr(neu, feld.name)
            if vorher != nachher:
                found.append(
                    Aenderung(
                        neu.pgh_created_at,
                        users.get(wer, "Verwaltung des Systems"),
                        str(feld.verbose_name),
                        _readable(feld, vorher),
                        _readable(feld, nachher),
                    )
                )
    return found


def _readable(feld: Any, wert: Any) -> str:
    return str(dict(feld.flatchoices).get(wert, wert))


def example_aktenzeichen(schema: str, praefix: str, jahr: int) -> tuple[str, str]:
    """Return an example of the scheme and, when it cannot be used, why not."""
    team = Team.objects.exclude(kuerzel="").order_by("name").first()
    try:
        gelesen = Aktenzeichenschema.lesen(schema)
        return (
            gelesen.bilden(
                praefix=praefix, jahr=jahr, team=team.kuerzel if team else "NORD", nummer=42
            ),
            "",
        )
    except SchemaFehler as error:
        return "", str(error)


def latest_aktenzeichen() -> str:
    """Return the shape of the number given last, its running part covered; empty without one.

    The page is read by roles that see no case: that somebody has this file is not theirs to know.
    """
    offen = Case.objects.filter(geschuetzt=False).order_by("-id")
    letztes = offen.values_list("aktenzeichen", flat=True).first() or ""
    return re.sub(r"\d+(?=\D*$)", lambda lauf: "•" * len(lauf.group()), letztes)
