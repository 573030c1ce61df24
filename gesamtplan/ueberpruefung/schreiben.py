"""Papers of a review: its announcement, the guide for the talk, the request for a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.registry.serienart import Serienart
from cases.schreiben.satz.brief import unterzeichner_daten
from cases.schreiben.services.freibrief import absaetze, unterzeichner_of
from cases.states.inhalt import BRIEF, Inhalt
from gesamtplan.models import Teilhabeziel, Ueberpruefung, Verlaufsbericht
from gesamtplan.models.berichtsbogen import ALLGEMEIN, TEILE, feldname
from gesamtplan.states import Zielstatus
from gesamtplan.states.ueberpruefung import Pruefergebnis, Pruefstand, Stimme
from gesamtplan.ueberpruefung.guards import frist_laeuft, pruefnorm_am
from gesamtplan.ueberpruefung.queries import (
    bericht_of,
    sprecher_of,
    ueberpruefung_of,
    ueberpruefungen_of,
)
from gesamtplan.ueberpruefung.queries.faellig import list_faellige, next_frist

LEITFADEN = "gespraechsleitfaden"
ANFORDERUNG = "berichtsanforderung"
ANKUENDIGUNG = "ueberpruefungsankuendigung"
_STUFEN = [str(status.label) for status in Zielstatus]


def leitfaden_daten(row: Ueberpruefung) -> dict[str, Any]:
    """Return the guide: each goal with what was said so far, and room for each voice."""
    bisher, sprecher = _bisher(row), sprecher_of(row)
    return {
        "plan": {
            "version": row.gesamtplan.version,
            "datum": row.gesamtplan.datum.isoformat(),
        },
        "anlass": str(row.get_anlass_display()),
        "stufen": _STUFEN,
        "ergebnisse": [str(ergebnis.label) for ergebnis in Pruefergebnis],
        "ziele": [
            _ziel(ziel)
            | {
                "bisher": bisher.get(ziel.kennung, []),
                "stimmen": [einer.wer for einer in sprecher[ziel.kennung]],
            }
            for ziel in row.gesamtplan.teilhabeziele.all()
        ],
    }


def _bisher(row: Ueberpruefung) -> dict[Any, list[str]]:
    """Return by goal how the Fallmanagement has rated it in the closed reviews, oldest first."""
    found: dict[Any, list[str]] = {}
    for alt in reversed(list(ueberpruefungen_of(row.case).filter(state=Pruefstand.ABGESCHLOSSEN))):
        for eine in alt.zielbewertungen.all():
            if eine.stimme == Stimme.FALLMANAGEMENT:
                text = f"{alt.gespraech_am:%d.%m.%Y}: {eine.get_status_display()}"
                found.setdefault(eine.kennung, []).append(text)
    return found


def _ziel(ziel: Teilhabeziel) -> dict[str, Any]:
    return {
        "nummer": ziel.nummer,
        "text": ziel.text,
        "wortlaut": ziel.wortlaut,
        "kriterium": ziel.kriterium,
        "ausgangswert": ziel.ausgangswert,
        "zielwert": ziel.zielwert,
        "bis": ziel.bis.isoformat(),
    }


def anforderung_daten(bericht: Verlaufsbericht) -> dict[str, Any]:
    """Return the request: the goals of the plan as a form, without anything else of the file."""
    row = bericht.ueberpruefung
    ansprechpartner = row.case.caseworker
    return {
        "person": {
            "name": row.case.leistungsberechtigte_person.voller_name,
            "geburtsdatum": row.case.leistungsberechtigte_person.geburt,
        },
        "bis": bericht.bis.isoformat(),
        "erinnerung": bericht.angefordert_am.isoformat() if bericht.erinnert_am else "",
        "norm": pruefnorm_am(bericht.angefordert_am),
        "stufen": [{"wert": status.value, "wort": str(status.label)} for status in Zielstatus],
        "fassung": row.gesamtplan.version,
        "allgemein": feldname(bericht, ALLGEMEIN),
        "ziele": [
            _ziel(ziel) | {"felder": {teil: feldname(bericht, teil, ziel) for teil in TEILE}}
            for ziel in row.gesamtplan.teilhabeziele.all()
        ],
        "unterzeichner": unterzeichner_daten(ansprechpartner),
    }


def ankuendigung_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return until when the plan is reviewed with the person, and what the office adds."""
    return {
        "bis": anlass.gegenstand.ende.isoformat(),
        "norm": pruefnorm_am(anlass.tag),
        "absaetze": absaetze(anlass.angaben.get("text", "")),
        "unterzeichner": unterzeichner_of(anlass),
    }


def _empfaenger(anlass: Schreibanlass) -> list[str]:
    erbringer = anlass.gegenstand.leistungserbringer
    return [erbringer.name, erbringer.strasse, f"{erbringer.plz} {erbringer.ort}"]


def _anforderung_pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    if anlass.gegenstand.eingegangen_am is not None:
        yield Hindernis("Der Bericht ist schon eingegangen.", pruefnorm_am(anlass.tag))


def _titel(anlass: Schreibanlass) -> str:
    return "Erinnerung an den Bericht" if anlass.gegenstand.erinnert_am else "Bitte um Bericht"


SERIENART = Serienart(
    ANKUENDIGUNG,
    "Ankündigung der Überprüfung",
    "Sagt allen Personen, deren Gesamtplan in einem Zeitraum zu überprüfen ist, bis wann und wie.",
    posten=list_faellige,
    finde=next_frist,
    stellen={"text": "schreiben.ueberpruefung.text"},
)
SCHREIBENARTEN = (
    Schreibenart(
        ANKUENDIGUNG,
        "Ankündigung der Überprüfung",
        "gesamtplan/ueberpruefung/schreiben_ankuendigung.html",
        daten=ankuendigung_daten,
        finde=lambda case, teile: next_frist(case),
        pruefungen=lambda anlass: [frist_laeuft(anlass.gegenstand, anlass.tag)],
        frei=True,
        hilfe="Sagt der Person, bis wann ihr Gesamtplan gemeinsam überprüft wird und was sie dafür "
        "überlegen kann.",
        ausloeser="eine Überprüfung des Gesamtplans steht an",
        norm="§ 121 Abs. 2 SGB IX",
    ),
    Schreibenart(
        LEITFADEN,
        "Leitfaden für das Gespräch",
        "gesamtplan/ueberpruefung/schreiben_leitfaden.html",
        daten=lambda anlass: leitfaden_daten(anlass.gegenstand),
        finde=lambda case, teile: ueberpruefung_of(case, teile["ueberpruefung"]),
        seite=lambda anlass: reverse(
            "ueberpruefung_anzeigen", args=[anlass.case.pk, anlass.gegenstand.pk]
        ),
        als_entwurf=False,
        ausloeser="eine Überprüfung beginnt",
        an="wer das Gespräch führt",
        norm="§ 121 Abs. 2 SGB IX",
        inhalte=BRIEF | {Inhalt.PLAN, Inhalt.GESUNDHEIT},
    ),
    Schreibenart(
        ANFORDERUNG,
        "Bitte um Bericht",
        "gesamtplan/ueberpruefung/schreiben_anforderung.html",
        daten=lambda anlass: anforderung_daten(anlass.gegenstand),
        titel_of=_titel,
        empfaenger=_empfaenger,
        finde=lambda case, teile: bericht_of(case, teile["bericht"]),
        seite=lambda anlass: reverse(
            "ueberpruefung_anzeigen", args=[anlass.case.pk, anlass.gegenstand.ueberpruefung_id]
        ),
        pruefungen=_anforderung_pruefungen,
        an_dritte=True,
        ausloeser="zu einer Überprüfung fehlt der Bericht",
        an="der Leistungserbringer",
        norm="§ 121 Abs. 2 SGB IX",
        inhalte=BRIEF | {Inhalt.PLAN, Inhalt.GESUNDHEIT},
    ),
)
