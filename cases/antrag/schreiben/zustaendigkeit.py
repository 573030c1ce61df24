"""What the letters about the Zuständigkeit say: plain JSON, the same that is frozen.

Passing an application on within §§ 14 and 15 SGB IX is a task of the law (§ 69 Abs. 1 Nr. 1
SGB X): these letters need no consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Model
from django.urls import reverse

from cases.antrag.queries.zustaendigkeit import (
    EIGENE_ARTEN,
    Vorbereitet,
    angaben_of,
    beteiligungen_of,
    entscheidung_of,
    frist_end,
    fristbeginn,
    frozen_by_gegenstand,
    pruefung_of,
    step_of,
    teile_of,
    weiterleitung_of,
)
from cases.antrag.schreiben.erinnerung import due_of, pruefungen_of_erinnerung
from cases.models import (
    Antrag,
    Behoerde,
    Case,
    Leistungstraeger,
    Teilweiterleitung,
    Traegerbeteiligung,
    User,
    Weiterleitung,
)
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.brief import kopf_daten, unterzeichner_daten
from cases.schreiben.services.schreiben import empfaenger_of, wohnanschrift_of
from cases.services.ereignis import gegenstand_of
from recht.aufenthalt import massgeblicher_aufenthalt
from recht.entscheidung import Entscheidungsrolle, decide_gruppe, is_rehabilitationstraeger
from recht.entscheidungstext import Behoerdenrollen, Teil, write_entscheidungen
from recht.fristkennung import Regel
from recht.kataloge import leistungsgruppen
from recht.rechtsstand import Rechtsstand, rechtsstand_am

WEITERLEITUNG = "weiterleitung_traeger"
WEITERLEITUNG_PERSON = "weiterleitung_person"
TEIL = "teilweiterleitung_traeger"
TEIL_PERSON = "teilweiterleitung_person"
BETEILIGUNG = "beteiligung_traeger"
BETEILIGUNG_PERSON = "beteiligung_person"
ERINNERUNG = "beteiligung_erinnerung"

_ARTEN: dict[type[Model], tuple[str, str]] = {
    Weiterleitung: (WEITERLEITUNG, WEITERLEITUNG_PERSON),
    Teilweiterleitung: (TEIL, TEIL_PERSON),
    Traegerbeteiligung: (BETEILIGUNG, BETEILIGUNG_PERSON),
}
_AN_TRAEGER = (WEITERLEITUNG, TEIL, BETEILIGUNG, ERINNERUNG)


def traeger_anschrift(traeger: Leistungstraeger) -> list[str]:
    """Return name and address of a carrier as printed in the window."""
    return [traeger.name, *traeger.anschriftzeilen()]


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
            "geburtsdatum": person.geburt,
        },
        "antrag": {
            "eingang": antrag.eingang.isoformat(),
            "erster_eingang": antrag.erster_eingang.isoformat() if antrag.erster_eingang else "",
            "begehren": _lines(antrag.begehren),
            "persoenliches_budget": antrag.persoenliches_budget,
            "uebersetzung_am": antrag.uebersetzung_am.isoformat() if antrag.uebersetzung_am else "",
        },
        "alt": stand is Rechtsstand.A,
        "unterzeichner": unterzeichner_daten(ansprechpartner),
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
    antrag = weiterleitung.antrag
    daten = _gemeinsam(antrag, art, empfaenger, datum, ansprechpartner)
    wo, wo_norm = massgeblicher_aufenthalt(
        angaben_of(antrag, pruefung_of(antrag)), rechtsstand_am(fristbeginn(antrag))
    )
    return daten | {
        "variante": variante,
        "aufenthalt": {"nach": wo, "norm": wo_norm},
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
    konferenz: bool = False,
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
        "konferenz": konferenz,
        "entscheidungen": _entscheidungen(beteiligung),
    }


def _entscheidungen(beteiligung: Traegerbeteiligung) -> dict[str, Any]:
    """Return who will decide about the parts of the other carrier, as every later letter says it.

    `ausnahme` tells whether the other may decide itself in its own name (§ 15 Abs. 3 S. 1 SGB IX).
    Until 2017 one decided for all only about a Persönliches Budget (§ 17 Abs. 4 SGB IX a.F.).
    """
    antrag, traeger = beteiligung.antrag, beteiligung.traeger
    stichtag = fristbeginn(antrag)
    stand = rechtsstand_am(stichtag)
    if stand is Rechtsstand.A and not antrag.persoenliches_budget:
        return {"saetze": [], "ausnahme": False}
    behoerde = Behoerde.objects.get(pk=1)
    teile = [
        Teil(
            name,
            traeger.name,
            decide_gruppe(traeger.art, gruppe, stichtag),
            is_rehabilitationstraeger(traeger.art, stichtag),
        )
        for gruppe, name in zip(
            beteiligung.gruppen, gruppennamen(beteiligung.gruppen, stichtag), strict=True
        )
    ]
    rollen = Behoerdenrollen(
        behoerde.name, behoerde.bezeichnung_am(stand), behoerde.sozialhilfe_am(stand)
    )
    return {
        "saetze": write_entscheidungen(teile, rollen, stichtag),
        "ausnahme": any(teil.rolle is Entscheidungsrolle.LEISTEND for teil in teile),
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
        # § 15 Abs. 4 S. 2 SGB IX: with a Teilhabeplankonferenz two months, else six weeks.
        zwei_monate = frist_end(row.antrag, Regel.ENTSCHEIDUNG_MIT_KONFERENZ)
        bis = zwei_monate or frist_end(row.antrag, Regel.ENTSCHEIDUNG_MIT_BETEILIGUNG)
        konferenz = zwei_monate is not None
        daten = beteiligung_daten(row, art, entscheidung_bis=bis, konferenz=konferenz, **gemeinsam)
        return daten | due_of(row)
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


# What they follow from, and on what they rest.
_ANLASS: dict[type[Model], str] = {
    Weiterleitung: "die Behörde ist nicht zuständig",
    Teilweiterleitung: "für einen Teil ist ein anderer zuständig",
    Traegerbeteiligung: "ein anderer Träger ist zu beteiligen",
}


def _art(model: type[Model], schluessel: str, titel: str, vorlage: str) -> Schreibenart:
    an_traeger = schluessel in _AN_TRAEGER
    return Schreibenart(
        schluessel,
        titel,
        f"cases/antrag/zustaendigkeit/{vorlage}.html",
        daten=partial(_daten, schluessel),
        finde=partial(_finde, model),
        seite=lambda anlass: reverse("zustaendigkeit", args=[anlass.case.pk]),
        einmal=True,
        an_dritte=an_traeger,
        an="der andere Leistungsträger" if an_traeger else "die Person oder ihre Vertretung",
        ausloeser=_ANLASS[model],
        norm="§§ 14, 15 SGB IX",
        frist=(Regel.FESTSTELLUNGEN_TRAEGER,) if schluessel == BETEILIGUNG else (),
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
    replace(
        _art(
            Traegerbeteiligung,
            ERINNERUNG,
            "Erinnerung an die Stellungnahme",
            "schreiben_erinnerung",
        ),
        pruefungen=pruefungen_of_erinnerung,
        ausloeser="die Stellungnahme eines Trägers ist überfällig",
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
