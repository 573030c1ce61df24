"""People whose life reaches beyond one case: one lives abroad, one dies while two cases run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cases.antrag.services.antrag import open_case
from cases.fall.services.tod import record_death
from cases.models import Case, LeistungsberechtigtePerson, User, Vertretungsverhaeltnis
from cases.person.services.person import create_person
from cases.person.services.personenangabe import add_angabe
from vorfuehrung.behoerde import gemeinde_of

_NIEMAND: dict[str, Any] = {"zusatz": "", "telefon": "", "email": "", "email_zugang_seit": None}


def tell_lebenslagen(users: Mapping[str, User], heute: date) -> None:
    """Tell both; each takes part in the work of the day of one Fallmanager."""
    by = users["fallmanager"]
    _abroad(by, heute)
    _dies(by, heute)


def _abroad(by: User, heute: date) -> Case:
    """Somebody works in Musterau and has moved across the border: letters go to Switzerland."""
    eingang = heute - timedelta(days=6)
    person = create_person(
        anrede="frau",
        vorname="Annelies",
        nachname="Grenzacher",
        geburtsdatum=date(1979, 2, 11),
        strasse="Rheinsprung 12",
        plz="4051",
        ort="Basel",
        land="CH",
        tag=eingang,
        **{**_NIEMAND, "telefon": "+41 61 555 12 34"},
    )
    return _open(person, by, eingang, "Assistenz am Arbeitsplatz in Musterau", heute)


def _dies(by: User, heute: date) -> None:
    """Somebody has two cases; the death is entered once and both know it, the heir gets the post.

    The day lies before the second Antrag was decided: nothing of it may go on as if he lived.
    """
    person = create_person(
        anrede="herr",
        vorname="Wilhelm",
        nachname="Abendroth",
        geburtsdatum=date(1951, 10, 3),
        strasse="Mühlgasse 4",
        plz="70999",
        ort="Musterau",
        gemeindeschluessel=gemeinde_of("Musterau"),
        tag=heute - timedelta(days=40),
        **_NIEMAND,
    )
    erster = _open(person, by, heute - timedelta(days=40), "Assistenz im Wohnraum", heute)
    _open(person, by, heute - timedelta(days=9), "Besuchsbeihilfe", heute)
    am = heute - timedelta(days=3)
    record_death(case=erster, am=am, quelle="sterbeurkunde", by=by, tag=heute)
    add_angabe(
        case=erster,
        modell=Vertretungsverhaeltnis,
        werte={
            "art": "erbe",
            "anrede": "frau",
            "vorname": "Gerda",
            "nachname": "Abendroth",
            "strasse": "Mühlgasse 4",
            "plz": "70999",
            "ort": "Musterau",
        },
        gueltig_ab=am,
        by=by,
        tag=heute,
    )


def _open(
    person: LeistungsberechtigtePerson, by: User, eingang: date, begehren: str, heute: date
) -> Case:
    if by.team is None:
        raise ValueError("Ein Fallmanagement der Vorführung hat ein Team.")
    case, _ = open_case(
        leistungsberechtigte_person=person,
        team=by.team,
        caseworker=by,
        eingang=eingang,
        weg="schriftlich",
        begehren=begehren,
        persoenliches_budget=True,
        by=by,
        tag=heute,
    )
    return case
