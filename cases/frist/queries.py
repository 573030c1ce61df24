"""The Fristen and Wiedervorlagen of a case, and how one of them stands on a day."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q, QuerySet

from cases.models import (
    Case,
    Frist,
    Wiedervorlage,
)
from cases.services.ereignis import gegenstand_of
from cases.states.frist import Friststufe, Fristwirkung, Fristzustand
from cases.vordruck import rows_of
from recht.fristkennung import Regel

# What a person may still challenge; it runs out by itself and belongs into every calendar.
RECHTSBEHELF = (Regel.WIDERSPRUCH, Regel.WIDERSPRUCH_OHNE_BELEHRUNG)


def to_be_dated() -> Q:
    """Return which Fristen a calendar and „nächste Frist“ name: one's own and the Widerspruch."""
    return Q(wirkung=Fristwirkung.HANDLUNG) | Q(regel__in=RECHTSBEHELF)


def fristen_of(case: Case, gegenstand: models.Model | str, *regeln: str) -> QuerySet[Frist]:
    """Return the Fristen that run for one object, of some rules or of all.

    Steps address a Frist by this: a case may have several Anträge, budgets and plans, and what
    happens to one of them leaves the Fristen of the others alone.
    """
    key = gegenstand if isinstance(gegenstand, str) else gegenstand_of(gegenstand)
    rows = Frist.objects.filter(case=case, gegenstand=key)
    return rows.filter(regel__in=regeln) if regeln else rows


def fristen_of_case(case: Case) -> QuerySet[Frist]:
    """Return all Fristen of the case, the open ones first, then by end."""
    return Frist.objects.filter(case=case).order_by("erledigt_am", "ende", "id")


def fristen_with_history(case: Case) -> QuerySet[Frist]:
    """Return the Fristen of the case with their pauses, extensions and changes; four queries."""
    return fristen_of_case(case).prefetch_related(
        "fristpausen", "fristaenderungen", "fristverlaengerungen"
    )


def open_wiedervorlagen(case: Case) -> QuerySet[Wiedervorlage]:
    """Return reminders of the case that are not done."""
    return Wiedervorlage.objects.filter(case=case, erledigt_am__isnull=True).select_related("user")


def running_fristen(fall: int) -> list[Frist]:
    """Return the open Fristen of a case for its page, by end."""
    return rows_of(_running, fall=fall)


def _running(fall: int) -> QuerySet[Frist]:
    return Frist.objects.filter(case_id=fall, state=Fristzustand.OFFEN).order_by("ende", "id")


def reminders(fall: int) -> list[Wiedervorlage]:
    """Return the open Wiedervorlagen of a case for its page, with the name of whom they remind."""
    return rows_of(_reminders, fall=fall)


def _reminders(fall: int) -> QuerySet[Wiedervorlage]:
    rows = Wiedervorlage.objects.filter(case_id=fall, erledigt_am__isnull=True)
    return rows.select_related("user").only(
        "am", "anlass", "case", "user__first_name", "user__last_name"
    )


def stufe_of(frist: Frist, stichtag: date) -> tuple[str, str]:
    """Return word and colour of a Frist as it stands today, also before the sweep has run."""
    if frist.state == Fristzustand.GEHEMMT:
        return "ruht", "neutral"
    if frist.state != Fristzustand.OFFEN:
        colour = "danger" if frist.state == Fristzustand.VERSAEUMT else "neutral"
        return frist.get_state_display(), colour
    if frist.wirkung == Fristwirkung.ABLAUF:
        return ("abgelaufen", "neutral") if frist.ende < stichtag else ("läuft", "info")
    if frist.ende < stichtag:
        wort = f"{tage_in_worten((stichtag - frist.ende).days)} überfällig"
        return f"{wort}{_gemeldet(frist, stichtag)}", "danger"
    if frist.ende == stichtag:
        return "heute fällig", "warning"
    if frist.wiedervorlage <= stichtag:
        return f"noch {tage_in_worten((frist.ende - stichtag).days)}", "warning"
    return "läuft", "info"


def _gemeldet(frist: Frist, stichtag: date) -> str:
    """Tell that the supervisor sees it, also when no sweep has run since."""
    gemeldet = frist.eskalation is not None and frist.eskalation <= stichtag
    return ", bei der Leitung" if gemeldet or frist.stufe == Friststufe.ESKALIERT else ""


def tage_in_worten(anzahl: int) -> str:
    return "1 Tag" if anzahl == 1 else f"{anzahl} Tage"
