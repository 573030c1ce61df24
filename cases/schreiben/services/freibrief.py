"""Letters in own words: to the person, and to another body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.registry.serienart import Serienart
from cases.schreiben.guards.brief import kein_bescheid, ohne_die_person
from cases.schreiben.queries.serie import list_faelle
from cases.schreiben.satz.brief import kopf_daten, unterzeichner_daten
from cases.schreiben.services.schreiben import empfaenger_of
from cases.states.inhalt import BRIEF, Inhalt

FREI, FREI_DRITTE = "freies_schreiben", "freies_schreiben_stelle"
# What somebody writes may be about anything in the file.
JEDER_INHALT = BRIEF | {Inhalt.GESUNDHEIT, Inhalt.PLAN, Inhalt.BETRAEGE}


def absaetze(text: str) -> list[str]:
    """Return the paragraphs of a text; an empty line begins the next."""
    bloecke = text.replace("\r\n", "\n").split("\n\n")
    return [block.strip() for block in bloecke if block.strip()]


def unterzeichner_of(anlass: Schreibanlass) -> dict[str, str]:
    """Return who answers for the letter; in a preview whoever is at the screen."""
    return unterzeichner_daten(anlass.zeichnet or anlass.by)


def brief_daten(
    anlass: Schreibanlass, betreff: str, *, an_dritte: bool, ihr_zeichen: str = ""
) -> dict[str, Any]:
    """Return head, salutation and signature of a letter that a person has written.

    Raises SchrittUnzulaessig when nobody can be addressed on that day.
    """
    case = anlass.case
    person = case.leistungsberechtigte_person
    an = anlass.angaben["an"] if an_dritte else empfaenger_of(case, anlass.tag)
    return {
        "kopf": kopf_daten(
            case=case,
            empfaenger=an,
            datum=anlass.tag,
            ansprechpartner=anlass.by,
            betreff=betreff,
            ihr_zeichen=ihr_zeichen,
        ),
        "anrede": "Sehr geehrte Damen und Herren" if an_dritte else "Guten Tag",
        "person": {"name": person.voller_name, "geburtsdatum": person.geburt} if an_dritte else {},
        "unterzeichner": unterzeichner_of(anlass),
    }


def _frei(anlass: Schreibanlass) -> dict[str, Any]:
    angaben = anlass.angaben
    daten = brief_daten(anlass, angaben["betreff"], an_dritte=False)
    return daten | {"absaetze": absaetze(angaben["text"])}


def _frei_dritte(anlass: Schreibanlass) -> dict[str, Any]:
    angaben = anlass.angaben
    daten = brief_daten(
        anlass, angaben["betreff"], an_dritte=True, ihr_zeichen=angaben["ihr_zeichen"]
    )
    ohne: dict[str, Any] = {"person": {}} if angaben["grundlage"] == "ohne" else {}
    return daten | {"absaetze": absaetze(angaben["text"])} | ohne


def _pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    yield kein_bescheid(anlass.angaben["text"])


def _pruefungen_dritte(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    angaben = anlass.angaben
    if angaben["grundlage"] == "ohne":
        name = anlass.case.leistungsberechtigte_person.nachname
        yield ohne_die_person(f"{angaben['betreff']} {angaben['text']}", name)


SCHREIBENARTEN = (
    Schreibenart(
        FREI,
        "Schreiben an die Person",
        "cases/schreiben/briefe/frei.html",
        daten=_frei,
        titel_of=lambda anlass: anlass.angaben["betreff"],
        pruefungen=_pruefungen,
        frei=True,
        hilfe="Ein Brief mit Ihren Worten, ohne Entscheidung.",
        ausloeser="von Hand",
        norm="§ 9 SGB X",
        inhalte=JEDER_INHALT,
    ),
    Schreibenart(
        FREI_DRITTE,
        "Schreiben an eine andere Stelle",
        "cases/schreiben/briefe/frei.html",
        daten=_frei_dritte,
        titel_of=lambda anlass: anlass.angaben["betreff"],
        pruefungen=_pruefungen_dritte,
        frei=True,
        hilfe="Ein Brief an ein Amt, ein Gericht oder einen Leistungserbringer.",
        ausloeser="von Hand",
        an="die Stelle, die genannt wird",
        norm="§ 69 Abs. 1 SGB X",
        an_dritte=True,
        inhalte=JEDER_INHALT,
    ),
)

SERIENART = Serienart(
    FREI,
    "Schreiben mit eigenem Text",
    "Ein Brief mit Ihren Worten an viele Personen, zum Beispiel über einen neuen Betrag oder eine "
    "neue Anschrift. Eine Entscheidung über Rechte gehört in einen Bescheid.",
    posten=list_faelle,
    finde=lambda case, nummer: None,
    stellen={"text": "schreiben.frei.text"},
)
