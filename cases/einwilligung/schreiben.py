"""The form of a consent to sign, and the letter that goes with a copy to a third party."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import Case, Einwilligung, Einwilligungsteil, Schreiben, User
from cases.registry.schreibenart import Schreibenart
from cases.schreiben.satz.brief import kopf_daten
from recht.einwilligungstext import einwilligungstext

VORDRUCK = "einwilligung_vordruck"
VORDRUCK_TITEL = "Einwilligung in die Weitergabe von Angaben"
_TEILE = (
    Einwilligungsteil.GESAMTPLAN,
    Einwilligungsteil.ZIELVEREINBARUNG,
    Einwilligungsteil.BESCHEID,
)


def abdruck_art(teil: str) -> str:
    """Return the kind of letter that hands a copy of this part on."""
    return f"abdruck_{teil}"


SCHREIBENARTEN = (
    Schreibenart(VORDRUCK, VORDRUCK_TITEL, "cases/einwilligung/schreiben_vordruck.html"),
    *(
        Schreibenart(
            abdruck_art(teil),
            f"Abdruck: {teil.label}",
            "cases/einwilligung/schreiben_abdruck.html",
            an_dritte=True,
            einwilligung_teil=teil,
        )
        for teil in _TEILE
    ),
)


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
        "person": {"name": person.voller_name, "geburtsdatum": person.geburtsdatum.isoformat()},
        "an": {"name": an_name, "anschrift": an_anschrift},
        "teile": [str(Einwilligungsteil(teil).label) for teil in teile],
        "zweck": [line.strip() for line in zweck.splitlines() if line.strip()],
        "gueltig_bis": gueltig_bis.isoformat() if gueltig_bis else "",
        "fassung": text.fassung,
        "hinweise": [{"titel": h.titel, "text": h.text, "norm": h.norm} for h in text.hinweise],
        "unterschriften": [{"name": person.voller_name, "rolle": "oder Vertretung"}],
        "unterzeichner": {
            "name": ansprechpartner.get_full_name(),
            "funktion": ansprechpartner.funktion,
        },
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
        "person": {"name": person.voller_name, "geburtsdatum": person.geburtsdatum.isoformat()},
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
        "unterzeichner": {
            "name": ansprechpartner.get_full_name(),
            "funktion": ansprechpartner.funktion,
        },
    }
