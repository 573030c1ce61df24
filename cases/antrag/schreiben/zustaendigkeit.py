"""What the letters about the Zuständigkeit say: plain JSON, the same that is frozen.

Passing an application on within §§ 14 and 15 SGB IX is a task of the law (§ 69 Abs. 1 Nr. 1
SGB X): these letters need no consent.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.antrag.queries.zustaendigkeit import EIGENE_ARTEN, fristbeginn
from cases.models import (
    Antrag,
    Leistungstraeger,
    Teilweiterleitung,
    Traegerbeteiligung,
    User,
    Weiterleitung,
)
from cases.registry.schreibenart import Schreibenart
from cases.schreiben.satz.brief import kopf_daten
from recht.kataloge import leistungsgruppen
from recht.rechtsstand import Rechtsstand, rechtsstand_am

WEITERLEITUNG = "weiterleitung_traeger"
WEITERLEITUNG_PERSON = "weiterleitung_person"
TEIL = "teilweiterleitung_traeger"
TEIL_PERSON = "teilweiterleitung_person"
BETEILIGUNG = "beteiligung_traeger"
BETEILIGUNG_PERSON = "beteiligung_person"

_ORT = "cases/antrag/zustaendigkeit"
SCHREIBENARTEN = (
    Schreibenart(
        WEITERLEITUNG, "Weiterleitung des Antrags", f"{_ORT}/schreiben_traeger.html", an_dritte=True
    ),
    Schreibenart(
        WEITERLEITUNG_PERSON,
        "Unterrichtung über die Weiterleitung",
        f"{_ORT}/schreiben_person.html",
    ),
    Schreibenart(
        TEIL,
        "Weiterleitung eines Teils des Antrags",
        f"{_ORT}/schreiben_traeger.html",
        an_dritte=True,
    ),
    Schreibenart(
        TEIL_PERSON,
        "Unterrichtung über die teilweise Weiterleitung",
        f"{_ORT}/schreiben_person.html",
    ),
    Schreibenart(
        BETEILIGUNG,
        "Aufforderung zur Feststellung des Bedarfs",
        f"{_ORT}/schreiben_beteiligung.html",
        an_dritte=True,
    ),
    Schreibenart(
        BETEILIGUNG_PERSON,
        "Information über beteiligte Träger",
        f"{_ORT}/schreiben_information.html",
    ),
)
TITEL = {art.schluessel: art.titel for art in SCHREIBENARTEN}


def traeger_anschrift(traeger: Leistungstraeger) -> list[str]:
    """Return name and address of a carrier as printed in the window."""
    return [traeger.name, traeger.strasse, f"{traeger.plz} {traeger.ort}"]


def _gemeinsam(
    antrag: Antrag, art: str, empfaenger: list[str], datum: date, ansprechpartner: User
) -> dict[str, Any]:
    """Return what all these letters share; the application is named by its days."""
    case = antrag.case
    person = case.leistungsberechtigte_person
    stand = rechtsstand_am(fristbeginn(antrag))
    return {
        "kopf": kopf_daten(
            case=case,
            empfaenger=empfaenger,
            datum=datum,
            ansprechpartner=ansprechpartner,
            betreff=TITEL[art],
        ),
        "person": {
            "name": person.voller_name,
            "geburtsdatum": person.geburtsdatum.isoformat(),
        },
        "antrag": {
            "eingang": antrag.eingang.isoformat(),
            "begehren": _lines(antrag.begehren),
            "persoenliches_budget": antrag.persoenliches_budget,
            "uebersetzung_am": antrag.uebersetzung_am.isoformat() if antrag.uebersetzung_am else "",
        },
        "alt": stand is Rechtsstand.A,
        "unterzeichner": {
            "name": ansprechpartner.get_full_name(),
            "funktion": ansprechpartner.funktion,
        },
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def gruppennamen(gruppen: list[str], eingang: date) -> list[str]:
    """Return Leistungsgruppen by their names under the law of the application."""
    namen = {g.schluessel: g.bezeichnung for g in leistungsgruppen(eingang)}
    return [namen.get(gruppe, gruppe) for gruppe in gruppen]


def weiterleitung_daten(
    weiterleitung: Weiterleitung,
    art: str,
    *,
    empfaenger: list[str],
    wohnanschrift: list[str],
    festgestellt_am: date,
    einvernehmen_am: date | None,
    laufende_frist: date | None,
    datum: date,
    ansprechpartner: User,
) -> dict[str, Any]:
    """Return the letter about a whole application: ordinary, for the place, or Turboklärung."""
    an = weiterleitung.an
    variante = "turbo" if einvernehmen_am else "ort" if an.art in EIGENE_ARTEN else "ganz"
    daten = _gemeinsam(weiterleitung.antrag, art, empfaenger, datum, ansprechpartner)
    return daten | {
        "variante": variante,
        "an": {"name": an.name, "anschrift": traeger_anschrift(an)[1:], "telefon": an.telefon},
        "wohnanschrift": wohnanschrift,
        "festgestellt_am": festgestellt_am.isoformat(),
        "weitergeleitet_am": weiterleitung.am.isoformat(),
        "einvernehmen_am": einvernehmen_am.isoformat() if einvernehmen_am else "",
        "laufende_frist": laufende_frist.isoformat() if laufende_frist else "",
        "grund": _lines(weiterleitung.grund),
        "gruppen": [],
    }


def teil_daten(
    teil: Teilweiterleitung,
    art: str,
    *,
    empfaenger: list[str],
    wohnanschrift: list[str],
    datum: date,
    ansprechpartner: User,
) -> dict[str, Any]:
    """Return the letter about a part of an application (§ 15 Abs. 1 SGB IX)."""
    daten = _gemeinsam(teil.antrag, art, empfaenger, datum, ansprechpartner)
    return daten | {
        "variante": "teil",
        "an": {
            "name": teil.an.name,
            "anschrift": traeger_anschrift(teil.an)[1:],
            "telefon": teil.an.telefon,
        },
        "wohnanschrift": wohnanschrift,
        "festgestellt_am": teil.festgestellt_am.isoformat(),
        "weitergeleitet_am": teil.am.isoformat(),
        "einvernehmen_am": "",
        "laufende_frist": "",
        "grund": _lines(teil.inhalt),
        "gruppen": gruppennamen(teil.gruppen, fristbeginn(teil.antrag)),
    }


def beteiligung_daten(
    beteiligung: Traegerbeteiligung,
    art: str,
    *,
    empfaenger: list[str],
    wohnanschrift: list[str],
    entscheidung_bis: date | None,
    datum: date,
    ansprechpartner: User,
) -> dict[str, Any]:
    """Return the request for findings, or what the person is told about it."""
    daten = _gemeinsam(beteiligung.antrag, art, empfaenger, datum, ansprechpartner)
    return daten | {
        "traeger": {
            "name": beteiligung.traeger.name,
            "anschrift": traeger_anschrift(beteiligung.traeger)[1:],
        },
        "wohnanschrift": wohnanschrift,
        "frage": _lines(beteiligung.frage),
        "gruppen": gruppennamen(beteiligung.gruppen, fristbeginn(beteiligung.antrag)),
        "entscheidung_bis": entscheidung_bis.isoformat() if entscheidung_bis else "",
    }
