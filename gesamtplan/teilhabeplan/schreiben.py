"""The Teilhabeplan on paper: for the carriers that are asked, and for the person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from cases.antrag.schreiben.zustaendigkeit import traeger_anschrift
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.satz.brief import unterzeichner_daten
from cases.states.inhalt import BRIEF, Inhalt
from gesamtplan.models import Gesamtplan, Planabstimmung
from gesamtplan.models.planabstimmung import Traegerstand
from gesamtplan.states import Planzustand
from gesamtplan.states.teilhabeplan import Abstimmungsstand
from gesamtplan.teilhabeplan.guards import NORM
from gesamtplan.teilhabeplan.queries import (
    absaetze,
    content_of,
    find_abstimmung,
    find_plan,
    traegerstand_of,
)
from recht.rechtsstand import Rechtsstand

# The Teilhabeplan exists since 2018; `find_plan` knows no plan of earlier days.
RECHTSSTAENDE = (Rechtsstand.UE, Rechtsstand.B)
PLAN, ANFRAGE = "teilhabeplan", "teilhabeplan_abstimmung"
_VORLAGE = "gesamtplan/teilhabeplan/schreiben.html"


def plan_daten(plan: Gesamtplan, anlass: Schreibanlass) -> dict[str, Any]:
    """Return the contents of § 19 Abs. 2 SGB IX with goals, Leistungen by carrier and who agrees.

    Nothing is typed for it: texts, goals and Leistungen are those of the version.
    """
    zeilen, by = traegerstand_of(plan), anlass.zeichnet or anlass.by
    return {
        "person": {
            "name": plan.case.leistungsberechtigte_person.voller_name,
            "geburtsdatum": plan.case.leistungsberechtigte_person.geburt,
        },
        "plan": {"version": plan.version, "datum": plan.datum.isoformat()},
        "norm": "§ 19 SGB IX",
        **content_of(plan),
        "traeger": [_traeger(zeile) for zeile in zeilen],
        "unterzeichner": unterzeichner_daten(by),
        "bis": "",
    }


def _traeger(zeile: Traegerstand) -> dict[str, Any]:
    row = zeile.abstimmung
    if row is None:
        return {"name": zeile.traeger.name, "stand": "noch nicht gefragt", "am": "", "text": []}
    return {
        "name": zeile.traeger.name,
        "stand": str(Abstimmungsstand(row.state).label),
        "am": row.erklaert_am.isoformat() if row.erklaert_am else "",
        "text": absaetze(row.abweichung),
    }


def anfrage_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return the draft for one carrier with the day until which it is asked to answer."""
    row: Planabstimmung = anlass.gegenstand
    plan = find_plan(anlass.case, {"version": row.gesamtplan.version})
    daten = plan_daten(plan or row.gesamtplan, anlass)
    return daten | {"bis": row.bis.isoformat(), "traeger": []}


def _plan_pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    plan: Gesamtplan = anlass.gegenstand
    if plan.state != Planzustand.FREIGEGEBEN:
        yield Hindernis("Der Teilhabeplan geht hinaus, wenn die Fassung freigegeben ist.", NORM)
    if not traegerstand_of(plan):
        yield Hindernis("An diesem Plan ist kein anderer Träger beteiligt.", NORM)


def _anfrage_pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    if anlass.gegenstand.gesamtplan.state == Planzustand.FREIGEGEBEN:
        yield Hindernis("Die Fassung ist schon freigegeben.", NORM)


SCHREIBENARTEN = (
    Schreibenart(
        PLAN,
        "Teilhabeplan",
        _VORLAGE,
        daten=lambda anlass: plan_daten(anlass.gegenstand, anlass),
        finde=find_plan,
        seite=lambda anlass: reverse(
            "teilhabeplan", args=[anlass.case.pk, anlass.gegenstand.version]
        ),
        pruefungen=_plan_pruefungen,
        zeigt_teil="gesamtplan",
        ausloeser="ein Plan mit Leistungen mehrerer Träger ist freigegeben",
        norm="§ 19 SGB IX",
        inhalte=BRIEF | {Inhalt.PLAN, Inhalt.GESUNDHEIT},
    ),
    Schreibenart(
        ANFRAGE,
        "Abstimmung des Teilhabeplans",
        _VORLAGE,
        daten=anfrage_daten,
        empfaenger=lambda anlass: traeger_anschrift(anlass.gegenstand.traeger),
        finde=find_abstimmung,
        seite=lambda anlass: reverse(
            "teilhabeplan", args=[anlass.case.pk, anlass.gegenstand.gesamtplan.version]
        ),
        pruefungen=_anfrage_pruefungen,
        an_dritte=True,
        ausloeser="ein beteiligter Träger wird zum Teilhabeplan gefragt",
        an="beteiligte Rehabilitationsträger",
        norm="§ 19 Abs. 1 SGB IX, § 69 Abs. 1 Nr. 1 SGB X",
        inhalte=BRIEF | {Inhalt.PLAN, Inhalt.GESUNDHEIT},
    ),
)
