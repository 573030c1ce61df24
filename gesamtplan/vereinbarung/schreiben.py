"""The agreement on paper: the goals of the plan, what each side does, and both signatures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from cases.models import User
from cases.person.guards.adressat import unterschriften_am
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.satz.brief import unterschriftszeile
from cases.states.inhalt import BRIEF, Inhalt
from gesamtplan.models import Planvereinbarung
from gesamtplan.vereinbarung.guards import noch_zu_unterschreiben, vereinbarungsnorm_of
from gesamtplan.vereinbarung.queries import ART, find_vereinbarung


def daten_of(row: Planvereinbarung, datum: date, zeichnet: User) -> dict[str, Any]:
    """Return what is printed, as plain JSON; days are ISO strings.

    `zeichnet` prints it and signs it for the authority.
    """
    plan = row.gesamtplan
    person = plan.case.leistungsberechtigte_person
    return {
        "titel": str(row.get_art_display()),
        "art": row.art,
        "norm": vereinbarungsnorm_of(plan),
        "person": person.voller_name,
        "plan": {"version": plan.version, "datum": plan.datum.isoformat()},
        "ziele": [
            {"nummer": z.nummer, "text": z.text, "kriterium": z.kriterium, "bis": z.bis.isoformat()}
            for z in plan.teilhabeziele.all()
        ],
        "beitrag_person": row.beitrag_person.splitlines(),
        "beitrag_traeger": row.beitrag_traeger.splitlines(),
        "gilt_bis": row.gilt_bis.isoformat(),
        "parteien": [
            *unterschriften_am(person, datum, "oder Vertretung"),
            unterschriftszeile(zeichnet),
        ],
    }


def _pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    yield noch_zu_unterschreiben(anlass.gegenstand)


SCHREIBENART = Schreibenart(
    ART,
    "Vereinbarung zum Plan",
    "gesamtplan/vereinbarung/schreiben.html",
    daten=lambda anlass: daten_of(anlass.gegenstand, anlass.tag, anlass.zeichnet or anlass.by),
    titel_of=lambda anlass: str(anlass.gegenstand.get_art_display()),
    finde=find_vereinbarung,
    seite=lambda anlass: reverse("planvereinbarungen", args=[anlass.case.pk]),
    pruefungen=_pruefungen,
    einmal=True,
    zeigt_teil="gesamtplan",
    an="die Person",
    ausloeser="eine Vereinbarung zum Plan wird ausgefertigt",
    norm="§ 122 SGB IX",
    inhalte=BRIEF | {Inhalt.PLAN, Inhalt.GESUNDHEIT},
)
