"""New addresses that wait for a second person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from cases.models import Behoerde, Behoerdenaenderung, Team, User
from cases.models.stand import werte_of
from cases.queries.augenpaar import own_accounts
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.behoerdenaenderung import BEHOERDENAENDERUNG, Aenderungsstand


@dataclass(frozen=True)
class Feldaenderung:
    """One field as it is and as it shall be."""

    feld: str
    alt: str
    neu: str


def waiting_changes() -> QuerySet[Behoerdenaenderung]:
    """Return what waits, the authority before its teams."""
    rows = Behoerdenaenderung.objects.filter(state=Aenderungsstand.WARTET)
    return rows.select_related("team", "vorgeschlagen_von").order_by(
        F("team__name").asc(nulls_first=True)
    )


def change_or_none(pk: int) -> Behoerdenaenderung | None:
    """Return one change, waiting or decided."""
    rows = Behoerdenaenderung.objects.select_related("team", "vorgeschlagen_von")
    return rows.filter(pk=pk).first()


def ziel_of(row: Behoerdenaenderung) -> Behoerde | Team:
    """Return the row that a change is about."""
    return row.team or Behoerde.objects.get(pk=1)


def as_shown(row: Behoerde | Team | None, felder: Iterable[str]) -> dict[str, Any]:
    """Return the values as their form shows them: what waits stands for what holds."""
    werte = werte_of(row, felder)
    if row is None:
        return werte
    wartet = waiting_changes().filter(team=row if isinstance(row, Team) else None).first()
    return werte | (wartet.neu if wartet else {})


def fields_of(row: Behoerdenaenderung) -> list[Feldaenderung]:
    """Return the fields of a change in words."""
    meta: Any = (Team if row.team_id else Behoerde)._meta
    return [
        Feldaenderung(str(meta.get_field(name).verbose_name), row.bisher[name], wert)
        for name, wert in row.neu.items()
    ]


def _waiting(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.rollen & BEHOERDENAENDERUNG.uebergang("freigeben").rollen:
        return None
    fremde = waiting_changes().exclude(vorgeschlagen_von__in_reihe=own_accounts(user))
    return columns(
        fremde.order_by("-id"),
        person="vorgeschlagen_von",
        seit="vorgeschlagen_am",
        text="team__name",
    )


def _waiting_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    wessen = f"Dienststelle von {row.text}" if row.text else "Anschrift der Behörde"
    return Arbeitszeile(
        gruppe="Anschrift zur Freigabe",
        titel=f"{wessen} freigeben",
        fall="ohne Fall",
        name=f"vorgeschlagen von {row.name}",
        url=reverse("behoerdenaenderung_freigeben", args=[row.nummer]),
        seit=row.seit,
        zustand=Aenderungsstand.WARTET.label,
        farbe=BEHOERDENAENDERUNG.farben[Aenderungsstand.WARTET],
        art="freigabe",
    )


KURZQUELLE = Kurzquelle(_waiting, _waiting_row)
