"""Instruments of the authority: which may begin a survey on a day, and what they ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import User
from cases.models.stand import werte_of
from cases.queries.augenpaar import own_accounts, written_by_others
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from gesamtplan.models import Instrumentfassung
from gesamtplan.states.instrument import INSTRUMENT, Instrumentzustand

_ANGABEN = (
    "bezeichnung",
    "fassung",
    "land",
    "gueltig_ab",
    "gueltig_bis",
    "vollstaendig",
    "quelle",
    "aufbau",
)


def instrumente_on(tag: date) -> list[Instrumentfassung]:
    """Return the released versions with which a survey may begin on the day; one query.

    The next version of an instrument takes the place of the one before from its own day on; when
    it ends, the one before does not come back.
    """
    rows = (
        Instrumentfassung.objects.filter(
            state=Instrumentzustand.FREIGEGEBEN,
            gueltig_ab__lte=tag,
        )
        .order_by("schluessel", "-gueltig_ab")
        .distinct("schluessel")
    )
    gelten = [row for row in rows if row.letzter_tag is None or row.letzter_tag >= tag]
    return sorted(gelten, key=lambda row: row.bezeichnung.casefold())


def list_instrumente() -> QuerySet[Instrumentfassung]:
    """Return all versions with the people who wrote and released them."""
    rows = Instrumentfassung.objects.select_related(
        "erstellt_von", "bearbeitet_von", "freigegeben_von", "ende_von", "ende_bestaetigt_von"
    )
    return rows.prefetch_related("events")


def werte_of_instrument(row: Instrumentfassung) -> dict[str, Any]:
    """Return what the form of a version shows and its mark covers."""
    return werte_of(row, _ANGABEN)


def _waiting(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.rollen & INSTRUMENT.uebergang("freigeben").rollen:
        return None
    offen = Instrumentfassung.objects.filter(state=Instrumentzustand.ENTWURF)
    return columns(
        written_by_others(offen, user).order_by("erstellt_am", "id"),
        person="bearbeitet_von",
        seit="erstellt_am",
        text="bezeichnung",
    )


def _waiting_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Instrumente zur Freigabe",
        titel=f"Instrument „{row.text}“ freigeben",
        fall="ohne Fall",
        name=f"geschrieben von {row.name}",
        url=reverse("instrument_freigeben", args=[row.nummer]),
        seit=row.seit,
        zustand="wartet auf eine zweite Person",
        farbe=INSTRUMENT.farben[Instrumentzustand.ENTWURF],
        art="freigabe",
    )


KURZQUELLE = Kurzquelle(_waiting, _waiting_row)


def _ending(user: User, stichtag: date) -> QuerySet[Any, Any] | None:
    if not user.rollen & INSTRUMENT.uebergang("ende_bestaetigen").rollen:
        return None
    offen = Instrumentfassung.objects.filter(ende_am__gte=stichtag, ende_bestaetigt_von=None)
    return columns(
        offen.exclude(ende_von__in_reihe=own_accounts(user)).order_by("ende_am", "id"),
        person="ende_von",
        seit="ende_am",
        text="bezeichnung",
    )


def _ending_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Ende von Instrumenten",
        titel=f"Ende von {row.text} bestätigen",
        fall="ohne Fall",
        name=f"eingetragen von {row.name}",
        url=reverse("instrument_ende_bestaetigen", args=[row.nummer]),
        seit=row.seit,
        zustand="wartet auf Bestätigung",
        farbe="warning",
        art="freigabe",
    )


ENDEQUELLE = Kurzquelle(_ending, _ending_row)
