"""Reads of the random sample, and the draw itself."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db.models import QuerySet

from cases import access
from cases.models import Case, User
from cases.reihe import keys_of
from gesamtplan.models import Gesamtplan, Planstichprobe


def is_drawn(plan: Gesamtplan, jeder: int) -> bool:
    """Tell whether a released version is one of those that a draw of one in `jeder` takes.

    It follows from the hash of the frozen content and the number of the version: nobody chooses,
    and whoever draws again finds the same.
    """
    los = hashlib.sha256(f"{plan.inhalt_sha256}:{plan.pk}".encode()).hexdigest()
    return int(los[:12], 16) % jeder == 0


def stichproben_of(user: User, stichtag: date) -> QuerySet[Planstichprobe]:
    """Return the drawn versions in the teams that the user leads, the open ones first."""
    geleitet = Case.objects.filter(team__in_reihe=access.led_teams(user))
    rows = Planstichprobe.objects.filter(gesamtplan__case__in_reihe=keys_of(geleitet))
    sichtbar = access.visible_to(user, stichtag).filter(
        pk__in_reihe=keys_of(rows, "gesamtplan__case")
    )
    return (
        rows.filter(gesamtplan__case__in_reihe=keys_of(sichtbar))
        .select_related(
            "gesamtplan__case__leistungsberechtigte_person", "freigegeben_von", "geprueft_von"
        )
        .order_by("-state", "gezogen_am", "pk")
    )


def find_stichprobe(case: Case, version: int) -> Planstichprobe | None:
    """Return the row of one version of the case, None when it was not drawn."""
    rows = Planstichprobe.objects.filter(gesamtplan__case=case, gesamtplan__version=version)
    return rows.select_related("gesamtplan__case__leistungsberechtigte_person").first()
