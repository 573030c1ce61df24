"""Logo and seal: what is printed, what waits, what was."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Behoerdenbild, Bildart, User
from cases.queries.augenpaar import own_accounts
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.behoerdenbild import BEHOERDENBILD, Bildzustand


def list_bilder() -> QuerySet[Behoerdenbild]:
    """Return all pictures without their bytes, with who acted, the latest of a kind first."""
    return (
        Behoerdenbild.objects.defer("inhalt")
        .select_related("hochgeladen_von", "freigegeben_von", "beendet_von")
        .order_by("art", "-id")
    )


def picture_of(pk: int) -> bytes | None:
    """Return the bytes of a picture."""
    inhalt = Behoerdenbild.objects.filter(pk=pk).values_list("inhalt", flat=True).first()
    return None if inhalt is None else bytes(inhalt)


def _waiting(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.rollen & BEHOERDENBILD.uebergang("freigeben").rollen:
        return None
    offen = Behoerdenbild.objects.filter(state=Bildzustand.ENTWURF)
    fremde = offen.exclude(hochgeladen_von__in_reihe=own_accounts(user))
    return columns(
        fremde.order_by("art", "-id"), person="hochgeladen_von", seit="hochgeladen_am", text="art"
    )


def _waiting_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Logo und Siegel zur Freigabe",
        titel=f"{Bildart(row.text).label} freigeben",
        fall="ohne Fall",
        name=f"hochgeladen von {row.name}",
        url=reverse("bild_freigeben", args=[row.nummer]),
        seit=row.seit,
        zustand=Bildzustand.ENTWURF.label,
        farbe=BEHOERDENBILD.farben[Bildzustand.ENTWURF],
        art="freigabe",
    )


KURZQUELLE = Kurzquelle(_waiting, _waiting_row)
