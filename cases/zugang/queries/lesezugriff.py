"""Who read a case: the log in words, for pages and for the answer letter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cases.models import Case, Lesezugriff, User
from cases.states.zugang import Zugriffsgrund

# Names of routes by their beginnings, the longest first; what is not listed is "Seite der Akte".
_WORTE: tuple[tuple[str, str], ...] = (
    ("fall_chronik", "Chronik"),
    ("fall_fristen", "Fristen"),
    ("fall_schreiben", "Liste der Schreiben"),
    ("fall_unterlage", "Unterlagen"),
    ("fall_person", "Angaben zur Person"),
    ("fall_antrag", "Antrag"),
    ("fall_lesezugriffe", "Liste der Zugriffe"),
    ("leseauskunft", "Auskunft über Zugriffe"),
    ("datenschutz_lesezugriffe", "Liste der Zugriffe"),
    ("druckstapel", "Schreiben zum Druck"),
    ("schreiben", "Schreiben"),
    ("versand", "Versand eines Schreibens"),
    ("unterlage", "Unterlagen"),
    ("vermerk", "Vermerke"),
    ("bedarf", "Bedarfsermittlung"),
    ("gesamtplan", "Gesamtplan"),
    ("teilhabeziel", "Teilhabeziele"),
    ("leistung", "Leistungen"),
    ("teilbudget", "Teilbudget"),
    ("budget", "Persönliches Budget"),
    ("zielvereinbarung", "Zielvereinbarung"),
    ("bescheid", "Bescheid"),
    ("person", "Angaben zur Person"),
    ("anschrift", "Anschrift"),
    ("bankverbindung", "Bankverbindung"),
    ("vertretung", "Vertretung der Person"),
    ("antrag", "Antrag"),
    ("pruefkatalog", "Prüfkatalog"),
    ("zustaendigkeit", "Zuständigkeit"),
    ("weiterleit", "Weiterleitung"),
    ("einwilligung", "Einwilligungen"),
    ("wiedervorlage", "Wiedervorlagen"),
    ("frist", "Fristen"),
    ("uebergabe", "Übergabe des Falls"),
    ("ueberpruefung", "Überprüfung"),
    ("fortfuehren", "Überprüfung"),
    ("beenden", "Ende des Falls"),
    ("fall", "Übersicht der Akte"),
)
_RANG = sorted(_WORTE, key=lambda row: -len(row[0]))


def seite_in_worten(route: str) -> str:
    """Return which part of the case a page shows, in words."""
    return next((wort for anfang, wort in _RANG if route.startswith(anfang)), "Seite der Akte")


def lesezugriffe(
    case: Case, *, von: date | None = None, bis: date | None = None, person: int | None = None
) -> QuerySet[Lesezugriff]:
    """Return the reads of a case with reader and emergency access, the latest first."""
    rows = Lesezugriff.objects.filter(case=case).select_related("user", "notfall")
    if von:
        rows = rows.filter(zeit__gte=_beginn(von))
    if bis:
        rows = rows.filter(zeit__lt=_beginn(bis + timedelta(days=1)))
    if person:
        rows = rows.filter(user=person)
    return rows.order_by("-zeit", "-id")


def _beginn(tag: date) -> datetime:
    return datetime.combine(tag, time.min, tzinfo=timezone.get_default_timezone())


def leser(case: Case) -> QuerySet[User]:
    """Return everybody who has read the case, by name."""
    wer = Lesezugriff.objects.filter(case=case).order_by().values("user")
    return User.objects.filter(pk__in=wer).order_by("last_name", "first_name")


def case_by_aktenzeichen(aktenzeichen: str) -> Case | None:
    """Return the case of an Aktenzeichen for the control of its read log."""
    return Case.objects.filter(aktenzeichen__iexact=aktenzeichen.strip()).first()


def case_by_id(case_id: int) -> Case | None:
    """Return a case for the control of its read log, without the person."""
    return Case.objects.filter(pk=case_id).first()


def auskunft(rows: Iterable[Lesezugriff], *, mit_namen: bool) -> list[dict[str, Any]]:
    """Return what the person is told: per day, function and ground, the parts and the number.

    Reads of one day by the same function on the same ground are one line: the person learns when
    and what for, and a letter over years stays readable.
    """

    def kopf(row: Lesezugriff) -> tuple[date, str, str, str]:
        tag = timezone.localtime(row.zeit, timezone.get_default_timezone()).date()
        name = row.user.get_full_name() if mit_namen else ""
        return tag, row.user.funktion or row.als or "Beschäftigte der Behörde", name, row.grund

    zeilen = []
    for (tag, funktion, name, grund), gruppe in groupby(sorted(rows, key=kopf), key=kopf):
        gelesen = list(gruppe)
        zeilen.append(
            {
                "tag": tag.isoformat(),
                "funktion": funktion,
                "name": name,
                "anlass": str(Zugriffsgrund(grund).label),
                "bereiche": sorted({seite_in_worten(row.route) for row in gelesen}),
                "anzahl": len(gelesen),
            }
        )
    return zeilen
