"""What the letters about the Zuständigkeit say: plain JSON, the same that is frozen.

Passing an application on within §§ 14 and 15 SGB IX is a task of the law (§ 69 Abs. 1 Nr. 1
SGB X): these letters need no consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Model
from django.urls import reverse

from cases.antrag.queries.zustaendigkeit import (
    EIGENE_ARTEN,
    Vorbereitet,
    beteiligungen_of,
    entscheidung_of,
    frist_end,
    fristbeginn,
    frozen_by_gegenstand,
    step_of,
    teile_of,
    weiterleitung_of,
)
from cases.models import (
    Antrag,
    Case,
    Leistungstraeger,
    Teilweiterleitung,
    Traegerbeteiligung,
    User,
    Weiterleitung,
)
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.brief import kopf_daten
from cases.schreiben.services.schreiben import empfaenger_of, wohnanschrift_of
from cases.services.ereignis import gegenstand_of
from recht.fristkennung import Regel
from recht.kataloge import leistungsgruppen
from recht.rechtsstand import Rechtsstand, rechtsstand_am

WEITERLEITUNG = "weiterleitung_traeger"
WEITERLEITUNG_PERSON = "weiterleitung_person"
TEIL = "teilweiterleitung_traeger"
TEIL_PERSON = "teilweiterleitung_person"
BETEILIGUNG = "beteiligung_traeger"
BETEILIGUNG_PERSON = "beteiligung_person"

_ARTEN: dict[type[Model], tuple[str, str]] = {
    Weiterleitung: (WEITERLEITUNG, WEITERLEITUNG_PERSON),
    Teilweiterleitung: (TEIL, TEIL_PERSON),
    Traegerbeteiligung: (BETEILIGUNG, BETEILIGUNG_PERSON),
}
_AN_TRAEGER = (WEITERLEITUNG, TEIL, BETEILIGUNG)


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
            betreff=_TITEL[art],
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


def _traeger(gegenstand: Any) -> Leistungstraeger:
    traeger: Leistungstraeger = (
        gegenstand.traeger if isinstance(gegenstand, Traegerbeteiligung) else gegenstand.an
    )
    return traeger


def _daten(art: str, anlass: Schreibanlass) -> dict[str, Any]:
    """Return the data of one of these letters as of the day."""
    case, row = anlass.case, anlass.gegenstand
    gemeinsam: dict[str, Any] = {
        "empfaenger": traeger_anschrift(_traeger(row))
        if art in _AN_TRAEGER
        else empfaenger_of(case, anlass.tag),
        "wohnanschrift": wohnanschrift_of(case, anlass.tag),
        "datum": anlass.tag,
        "ansprechpartner": case.caseworker,
    }
    if isinstance(row, Teilweiterleitung):
        return teil_daten(row, art, **gemeinsam)
    if isinstance(row, Traegerbeteiligung):
        bis = frist_end(row.antrag, Regel.ENTSCHEIDUNG_MIT_BETEILIGUNG)
        return beteiligung_daten(row, art, entscheidung_bis=bis, **gemeinsam)
    entscheidung = entscheidung_of(row)
    einvernehmen = entscheidung.einvernehmen_am if entscheidung else None
    return weiterleitung_daten(
        row,
        art,
        festgestellt_am=entscheidung.festgestellt_am if entscheidung else row.am,
        einvernehmen_am=einvernehmen,
        laufende_frist=frist_end(row.antrag, Regel.ENTSCHEIDUNG) if einvernehmen else None,
        **gemeinsam,
    )


def _finde(model: type[Model], case: Case, teile: Mapping[str, int]) -> Model | None:
    return step_of(model, case, teile["anlass"])


def _art(model: type[Model], schluessel: str, titel: str, vorlage: str) -> Schreibenart:
    return Schreibenart(
        schluessel,
        titel,
        f"cases/antrag/zustaendigkeit/{vorlage}.html",
        daten=partial(_daten, schluessel),
        finde=partial(_finde, model),
        seite=lambda anlass: reverse("zustaendigkeit", args=[anlass.case.pk]),
        einmal=True,
        an_dritte=schluessel in _AN_TRAEGER,
    )


SCHREIBENARTEN = (
    _art(Weiterleitung, WEITERLEITUNG, "Weiterleitung des Antrags", "schreiben_traeger"),
    _art(
        Weiterleitung,
        WEITERLEITUNG_PERSON,
        "Unterrichtung über die Weiterleitung",
        "schreiben_person",
    ),
    _art(Teilweiterleitung, TEIL, "Weiterleitung eines Teils des Antrags", "schreiben_traeger"),
    _art(
        Teilweiterleitung,
        TEIL_PERSON,
        "Unterrichtung über die teilweise Weiterleitung",
        "schreiben_person",
    ),
    _art(
        Traegerbeteiligung,
        BETEILIGUNG,
        "Aufforderung zur Feststellung des Bedarfs",
        "schreiben_beteiligung",
    ),
    _art(
        Traegerbeteiligung,
        BETEILIGUNG_PERSON,
        "Information über beteiligte Träger",
        "schreiben_information",
    ),
)
_TITEL = {art.schluessel: art.titel for art in SCHREIBENARTEN}


def vorbereitet_of(antrag: Antrag) -> list[Vorbereitet]:
    """Return the letters that the steps of this application ask for, frozen or not."""
    weiterleitung = weiterleitung_of(antrag)
    schritte: list[Any] = [weiterleitung] if weiterleitung else []
    schritte += [*teile_of(antrag), *beteiligungen_of(antrag)]
    if not schritte:
        return []
    fest = frozen_by_gegenstand(antrag.case)
    person = antrag.case.leistungsberechtigte_person.voller_name
    return [
        Vorbereitet(
            art,
            row.pk,
            _TITEL[art],
            _traeger(row).name if art in _AN_TRAEGER else person,
            fest.get((art, gegenstand_of(row))),
        )
        for row in schritte
        for art in _ARTEN[type(row)]
    ]
