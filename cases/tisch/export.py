"""Fristen as a calendar file (RFC 5545): kinds and days, no name, no Aktenzeichen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from icalendar import Calendar, Event

from cases.models import Frist, Wiedervorlage

_PRODUKT = "-//Fallwerk//Fristen//DE"


def build_calendar(
    fristen: Iterable[Frist],
    wiedervorlagen: Iterable[Wiedervorlage],
    *,
    adresse: str,
    now: datetime,
) -> bytes:
    """Return the calendar; each entry keeps its UID, so that a program updates and not doubles."""
    kalender = Calendar()
    kalender.add("prodid", _PRODUKT)
    kalender.add("version", "2.0")
    kalender.add("calscale", "GREGORIAN")
    kalender.add("method", "PUBLISH")
    kalender.add("x-wr-calname", "Fallwerk: Fristen")
    kalender.add("x-wr-timezone", "Europe/Berlin")
    kalender.add("x-published-ttl", "PT4H")
    rechner = urlsplit(adresse).hostname or "fallwerk"
    for frist in fristen:
        titel = f"Frist {frist.regel}: {frist.bezeichnung}"
        url = urljoin(adresse, f"/faelle/{frist.case_id}/fristen/")
        kalender.add_component(_event(f"frist-{frist.pk}@{rechner}", titel, frist.ende, url, now))
    for row in wiedervorlagen:
        url = urljoin(adresse, f"/faelle/{row.case_id}/")
        kennung = f"wiedervorlage-{row.pk}@{rechner}"
        kalender.add_component(_event(kennung, "Wiedervorlage", row.am, url, now))
    return kalender.to_ical()


def _event(kennung: str, titel: str, tag: date, url: str, now: datetime) -> Event:
    """Return an event of a whole day: a Frist ends with its day, at no hour."""
    event = Event()
    event.add("uid", kennung)
    event.add("dtstamp", now)
    event.add("dtstart", tag)
    event.add("dtend", tag + timedelta(days=1))
    event.add("summary", titel)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
