"""The form of a consent to sign, and the letter that goes with a copy to a third party."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from cases.behoerde.guards.behoerde import stellen_genannt
from cases.einwilligung.queries import abdruckbar, eintrag_of, schluessel_von
from cases.models import Behoerde, Case, Einwilligung, Einwilligungsteil, Schreiben, User
from cases.person.guards.adressat import unterschriften_am
from cases.queries.datenschutzhinweis import ART as HINWEIS
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.guards.einwilligung import (
    abdruck_von_der_einwilligung_erfasst,
    anschrift_festgehalten,
    einwilligung_liegt_vor,
)
from cases.schreiben.satz.brief import kopf_daten, unterzeichner_daten
from cases.schreiben.services.schreiben import empfaenger_of
from cases.states.inhalt import BRIEF, Inhalt
from recht.datenschutzhinweis import NORM, datenschutzhinweis
from recht.einwilligungstext import einwilligungstext
from recht.fehler import AusserhalbDerDeckung

VORDRUCK = "einwilligung_vordruck"
VORDRUCK_TITEL = "Einwilligung in die Weitergabe von Angaben"
HINWEIS_TITEL = "Information zum Datenschutz"
_TEILE = (
    Einwilligungsteil.GESAMTPLAN,
    Einwilligungsteil.ZIELVEREINBARUNG,
    Einwilligungsteil.BESCHEID,
)


def abdruck_art(teil: str) -> str:
    """Return the kind of letter that hands a copy of this part on."""
    return f"abdruck_{teil}"


def vordruck_daten(
    *,
    case: Case,
    empfaenger: list[str],
    an_name: str,
    an_anschrift: list[str],
    teile: list[str],
    zweck: str,
    gueltig_bis: date | None,
    datum: date,
    ansprechpartner: User,
) -> dict[str, Any]:
    """Return the data of the form to sign, with the three hints of the wording of the day."""
    person = case.leistungsberechtigte_person
    text = einwilligungstext(datum)
    return {
        "kopf": kopf_daten(
            case=case,
            empfaenger=empfaenger,
            datum=datum,
            ansprechpartner=ansprechpartner,
            betreff=VORDRUCK_TITEL,
        ),
        "person": {"name": person.voller_name, "geburtsdatum": person.geburt},
        "an": {"name": an_name, "anschrift": an_anschrift},
        "teile": [str(Einwilligungsteil(teil).label) for teil in teile],
        "zweck": [line.strip() for line in zweck.splitlines() if line.strip()],
        "gueltig_bis": gueltig_bis.isoformat() if gueltig_bis else "",
        "fassung": text.fassung,
        "hinweise": [{"titel": h.titel, "text": h.text, "norm": h.norm} for h in text.hinweise],
        "unterschriften": unterschriften_am(person, datum, "oder Vertretung"),
        "unterzeichner": unterzeichner_daten(ansprechpartner),
    }


def abdruck_daten(
    *,
    case: Case,
    einwilligung: Einwilligung,
    schluessel: list[str],
    abdruck: Schreiben,
    datum: date,
    ansprechpartner: User,
) -> dict[str, Any]:
    """Return the letter to the recipient; `uebermittlung` is what the dispatch asks again for."""
    person = case.leistungsberechtigte_person
    return {
        "kopf": kopf_daten(
            case=case,
            empfaenger=einwilligung.briefzeilen,
            datum=datum,
            ansprechpartner=ansprechpartner,
            betreff=f"Abdruck: {abdruck.titel}",
        ),
        "person": {"name": person.voller_name, "geburtsdatum": person.geburt},
        "abdruck": {"titel": abdruck.titel, "vom": abdruck.datum.isoformat()},
        "zweck": [line.strip() for line in einwilligung.zweck.splitlines() if line.strip()],
        "erteilt_am": einwilligung.erteilt_am.isoformat(),
        "anlagen": [
            {
                "titel": abdruck.titel,
                "vom": abdruck.datum.isoformat(),
                "schreiben": abdruck.nummer,
                "sha256": abdruck.pdf_sha256,
            }
        ],
        "uebermittlung": {
            "empfaenger": schluessel,
            "name": einwilligung.empfaenger_name,
            "einwilligung": einwilligung.pk,
        },
        "unterzeichner": unterzeichner_daten(ansprechpartner),
    }


def _vordruck(anlass: Schreibanlass) -> dict[str, Any]:
    angaben = anlass.angaben
    return vordruck_daten(
        case=anlass.case,
        empfaenger=empfaenger_of(anlass.case, anlass.tag),
        an_name=angaben["an_name"],
        an_anschrift=angaben["an_anschrift"],
        teile=angaben["teile"],
        zweck=angaben["zweck"],
        gueltig_bis=angaben["gueltig_bis"],
        datum=anlass.tag,
        ansprechpartner=anlass.case.caseworker,
    )


def _schluessel(einwilligung: Einwilligung) -> list[str]:
    """Return all keys that the recipient of a consent is or was known by."""
    eintrag = eintrag_of(einwilligung.empfaenger_schluessel)
    weitere = schluessel_von(eintrag) if eintrag else ()
    return sorted({einwilligung.empfaenger_schluessel, *weitere})


def _abdruck(anlass: Schreibanlass) -> dict[str, Any]:
    return abdruck_daten(
        case=anlass.case,
        einwilligung=anlass.gegenstand,
        schluessel=_schluessel(anlass.gegenstand),
        abdruck=anlass.angaben["abdruck"],
        datum=anlass.tag,
        ansprechpartner=anlass.case.caseworker,
    )


def _abdruck_pruefungen(teil: str, anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    einwilligung, abdruck = anlass.gegenstand, anlass.angaben["abdruck"]
    yield abdruck_von_der_einwilligung_erfasst(
        abdruckbar(anlass.case, einwilligung).filter(pk=abdruck.pk).exists()
    )
    yield anschrift_festgehalten(einwilligung)
    name = einwilligung.empfaenger_name
    schluessel = _schluessel(einwilligung)
    yield einwilligung_liegt_vor(anlass.case, schluessel, name, teil, anlass.tag)


def _hinweis(anlass: Schreibanlass) -> dict[str, Any]:
    """Return what a person is told about her data (Art. 13, 14 DSGVO, § 82 SGB X)."""
    case, ansprechpartner = anlass.case, anlass.case.caseworker
    text, behoerde = datenschutzhinweis(anlass.tag), Behoerde.objects.get(pk=1)
    return {
        "kopf": kopf_daten(
            case=case,
            empfaenger=empfaenger_of(case, anlass.tag),
            datum=anlass.tag,
            ansprechpartner=ansprechpartner,
            betreff=HINWEIS_TITEL,
        ),
        "person": {"name": case.leistungsberechtigte_person.voller_name},
        "fassung": text.fassung,
        "beauftragte": behoerde.datenschutzbeauftragte,
        "aufsicht": behoerde.aufsichtsbehoerde,
        "punkte": [{"titel": p.titel, "text": p.text, "norm": p.norm} for p in text.punkte],
        "unterzeichner": unterzeichner_daten(ansprechpartner),
    }


def _hinweis_pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    try:
        datenschutzhinweis(anlass.tag)
    except AusserhalbDerDeckung as error:
        yield Hindernis(str(error))
        return
    yield stellen_genannt(Behoerde.objects.get(pk=1), NORM)


_GELD, _PLAN = frozenset({Inhalt.BETRAEGE}), frozenset({Inhalt.PLAN})
_GEZEIGT = {
    Einwilligungsteil.BEDARF: _PLAN,
    Einwilligungsteil.GESAMTPLAN: _PLAN,
    Einwilligungsteil.ZIELVEREINBARUNG: _GELD | _PLAN,
    Einwilligungsteil.BESCHEID: _GELD | _PLAN,
}
_WEM = "Das ist Fallmanagement und Sachgebietsleitung vorbehalten."
SCHREIBENARTEN = (
    Schreibenart(
        VORDRUCK,
        VORDRUCK_TITEL,
        "cases/einwilligung/schreiben_vordruck.html",
        daten=_vordruck,
        vorbehalt=_WEM,
        frei=True,
        hilfe="Zum Unterschreiben, mit den vorgeschriebenen Hinweisen (§ 67b Abs. 2 SGB X).",
        eigene_seite="einwilligung_vordruck",
        ausloeser="Daten sollen an Dritte gehen",
        norm="§ 67b Abs. 2 SGB X",
    ),
    Schreibenart(
        HINWEIS,
        HINWEIS_TITEL,
        "cases/einwilligung/schreiben_hinweis.html",
        daten=_hinweis,
        pruefungen=_hinweis_pruefungen,
        vorbehalt=_WEM,
        frei=True,
        hilfe="Sagt der Person, wozu wir ihre Daten brauchen und welche Rechte sie hat "
        "(Art. 13, 14 DSGVO, § 82 SGB X).",
        ausloeser="Daten werden erhoben",
        norm="Art. 13, 14 DSGVO, § 82 SGB X",
    ),
    *(
        Schreibenart(
            abdruck_art(teil),
            f"Abdruck: {teil.label}",
            "cases/einwilligung/schreiben_abdruck.html",
            daten=_abdruck,
            pruefungen=partial(_abdruck_pruefungen, teil),
            vorbehalt=_WEM,
            an_dritte=True,
            einwilligung_teil=teil,
            ausloeser="eine Einwilligung liegt vor",
            an="wen die Einwilligung nennt",
            norm="§ 67b Abs. 1 SGB X",
            inhalte=BRIEF | _GEZEIGT.get(teil, frozenset()),
        )
        for teil in _TEILE
    ),
)
