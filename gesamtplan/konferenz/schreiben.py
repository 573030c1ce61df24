"""The invitation to a conference, as a letter to each who takes part and as a calendar file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from cases.models import Behoerde, Case
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.satz.brief import unterzeichner_daten
from cases.schreiben.services.schreiben import empfaenger_of
from cases.states.inhalt import BRIEF, Inhalt
from gesamtplan.konferenz.guards import (
    einladung_vor_der_konferenz,
    konferenznorm_of,
    niederschrift_liegt_vor,
    zustimmung_zu,
)
from gesamtplan.models import Konferenz, Konferenzteilnahme
from gesamtplan.states.konferenz import Konferenzstand, Teilnahmerolle
from recht.rechtsstand import Rechtsstand, rechtsstand_am

EINLADUNG, NIEDERSCHRIFT = "konferenzeinladung", "konferenzniederschrift"
_DAUER = timedelta(hours=2)


def einladung_daten(teilnahme: Konferenzteilnahme) -> dict[str, Any]:
    """Return the invitation: day, place, agenda, who is there; the person is told her rights."""
    row = teilnahme.konferenz
    ansprechpartner = row.case.caseworker
    return {
        "art": str(row.get_art_display()),
        "norm": konferenznorm_of(row),
        "termin": row.termin.isoformat() if row.termin else "",
        "uhrzeit": f"{row.uhrzeit:%H:%M}" if row.uhrzeit else "",
        "ort": row.ort,
        "tagesordnung": [zeile.strip() for zeile in row.tagesordnung.splitlines() if zeile.strip()],
        "teilnehmende": [str(each) for each in row.teilnahmen.all()],
        "an_person": teilnahme.rolle == Teilnahmerolle.PERSON,
        "alt": rechtsstand_am(row.vorgeschlagen_am) is Rechtsstand.A,
        "teilhabeberatung": Behoerde.objects.get(pk=1).teilhabeberatung,
        "person": row.case.leistungsberechtigte_person.voller_name,
        "unterzeichner": unterzeichner_daten(ansprechpartner),
    }


def einladungskalender(row: Konferenz, zeitpunkt: datetime) -> bytes:
    """Return the day as iCalendar; whoever syncs a calendar abroad shows no name there."""
    kalender = Calendar()
    kalender.add("prodid", "-//Fallwerk//Konferenz//DE")
    kalender.add("version", "2.0")
    termin = Event()
    termin.add("uid", f"konferenz-{row.pk}@{row.case.aktenzeichen}")
    termin.add("dtstamp", zeitpunkt)
    termin.add("summary", f"{row.get_art_display()}, {row.case.aktenzeichen}")
    termin.add("location", row.ort)
    if row.termin is not None and row.uhrzeit is not None:
        beginn = timezone.make_aware(datetime.combine(row.termin, row.uhrzeit))
        termin.add("dtstart", beginn)
        termin.add("dtend", beginn + _DAUER)
    elif row.termin is not None:
        termin.add("dtstart", row.termin)
    kalender.add_component(termin)
    return bytes(kalender.to_ical())


def finde_teilnahme(case: Case, teile: Any) -> Konferenzteilnahme | None:
    """Return somebody who takes part in a conference of this case, None when there is nobody."""
    rows = Konferenzteilnahme.objects.filter(konferenz__case=case, pk=teile["teilnahme"])
    return rows.select_related(
        "konferenz__case__leistungsberechtigte_person", "konferenz__case__caseworker"
    ).first()


def _empfaenger(anlass: Schreibanlass) -> list[str]:
    teilnahme: Konferenzteilnahme = anlass.gegenstand
    if teilnahme.rolle == Teilnahmerolle.PERSON:
        return empfaenger_of(anlass.case, anlass.tag)
    zeilen = [zeile.strip() for zeile in teilnahme.anschrift.splitlines() if zeile.strip()]
    return [teilnahme.name, *zeilen]


def _pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    teilnahme: Konferenzteilnahme = anlass.gegenstand
    row = teilnahme.konferenz
    norm = konferenznorm_of(row)
    if row.state != Konferenzstand.ANBERAUMT:
        yield Hindernis("Eingeladen wird, wenn die Konferenz anberaumt ist.", norm)
    yield einladung_vor_der_konferenz(row, anlass.tag)
    if teilnahme.rolle != Teilnahmerolle.PERSON and not teilnahme.anschrift.strip():
        yield Hindernis(f"Für {teilnahme.name} fehlt die Anschrift.", norm)


def niederschrift_daten(teilnahme: Konferenzteilnahme) -> dict[str, Any]:
    """Return the record of a conference that was held: who was there, results, other views."""
    row = teilnahme.konferenz
    return {
        **einladung_daten(teilnahme),
        "anwesend": [str(each) for each in row.teilnahmen.all() if each.anwesend],
        "abwesend": [str(each) for each in row.teilnahmen.all() if not each.anwesend],
        "ergebnis": _absaetze(row.ergebnis),
        "abweichend": _absaetze(row.abweichend),
        "abgeschlossen_am": row.abgeschlossen_am.isoformat() if row.abgeschlossen_am else "",
    }


def _absaetze(text: str) -> list[str]:
    return [zeile.strip() for zeile in text.splitlines() if zeile.strip()]


def _niederschrift_pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    teilnahme: Konferenzteilnahme = anlass.gegenstand
    yield niederschrift_liegt_vor(teilnahme.konferenz)
    yield zustimmung_zu(teilnahme)
    if teilnahme.rolle != Teilnahmerolle.PERSON and not teilnahme.anschrift.strip():
        norm = konferenznorm_of(teilnahme.konferenz)
        yield Hindernis(f"Für {teilnahme.name} fehlt die Anschrift.", norm)


SCHREIBENARTEN = (
    Schreibenart(
        EINLADUNG,
        "Einladung zur Konferenz",
        "gesamtplan/konferenz/schreiben_einladung.html",
        daten=lambda anlass: einladung_daten(anlass.gegenstand),
        empfaenger=_empfaenger,
        finde=finde_teilnahme,
        seite=lambda anlass: reverse(
            "konferenz_anzeigen", args=[anlass.case.pk, anlass.gegenstand.konferenz_id]
        ),
        pruefungen=_pruefungen,
        an_dritte=True,
        inhalte=BRIEF | {Inhalt.PLAN},
        ausloeser="eine Konferenz ist anberaumt",
        an="alle, die teilnehmen",
        norm="§ 119 SGB IX, § 20 SGB IX",
    ),
    Schreibenart(
        NIEDERSCHRIFT,
        "Niederschrift der Konferenz",
        "gesamtplan/konferenz/schreiben_niederschrift.html",
        daten=lambda anlass: niederschrift_daten(anlass.gegenstand),
        empfaenger=_empfaenger,
        finde=finde_teilnahme,
        seite=lambda anlass: reverse(
            "konferenz_anzeigen", args=[anlass.case.pk, anlass.gegenstand.konferenz_id]
        ),
        pruefungen=_niederschrift_pruefungen,
        an_dritte=True,
        inhalte=BRIEF | {Inhalt.PLAN, Inhalt.GESUNDHEIT},
        ausloeser="eine Konferenz ist abgeschlossen",
        an="alle, die teilgenommen haben",
        norm="§ 119 SGB IX, § 20 SGB IX",
    ),
)
