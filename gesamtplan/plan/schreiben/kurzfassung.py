"""Two short papers for the person: the plan on two pages, and the plan in Leichte Sprache.

Both say what the plan says and nothing else; the sentences in Leichte Sprache stand in their
template as checked blocks, the goals in the words that were agreed for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from cases.models import Case
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.states.inhalt import BRIEF, Inhalt
from gesamtplan.models import Gesamtplan
from gesamtplan.models.plannorm import norm_of
from gesamtplan.models.zielbezug import is_serving
from gesamtplan.plan.queries.gesamtplan import by_leistungstraeger, version_of
from gesamtplan.plan.schreiben.gesamtplan import leistung_of, ziel_of

KURZ = "gesamtplan_kurz"
LEICHT = "gesamtplan_leicht"
# More than these do not fit on two pages; the paper says how many are left out.
ZEILEN = 10


def kurz_daten(plan: Gesamtplan) -> dict[str, Any]:
    """Return the short version: goals, Leistungen, review and whom to ask."""
    ziele, gezeigt = list(plan.teilhabeziele.all()), 0
    gruppen = []
    for traeger, rows in by_leistungstraeger(plan.leistungen.all()):
        teil = rows[: ZEILEN - gezeigt]
        gezeigt += len(teil)
        if teil:
            gruppen.append({"traeger": traeger.name, "eintraege": [leistung_of(r) for r in teil]})
    return {
        "fassung": {"version": plan.version, "datum": plan.datum.isoformat()},
        "person": plan.case.leistungsberechtigte_person.voller_name,
        "ziele": [ziel_of(ziel) for ziel in ziele[:ZEILEN]],
        "weitere_ziele": max(0, len(ziele) - ZEILEN),
        "leistungen": gruppen,
        "weitere_leistungen": len(plan.leistungen.all()) - gezeigt,
        "ueberpruefung_am": plan.ueberpruefung_am.isoformat() if plan.ueberpruefung_am else "",
    }


def leicht_daten(plan: Gesamtplan) -> dict[str, Any]:
    """Return the version in Leichte Sprache: the goals in their own words for it."""
    return {
        "fassung": {"datum": plan.datum.isoformat()},
        "ziele": [
            {
                "nummer": ziel.nummer,
                "text": ziel.leichte_sprache,
                "bis": ziel.bis.isoformat(),
                "leistungen": [
                    row.bezeichnung for row in plan.leistungen.all() if is_serving(row, ziel)
                ],
            }
            for ziel in plan.teilhabeziele.all()
        ],
        "ueberpruefung_am": plan.ueberpruefung_am.isoformat() if plan.ueberpruefung_am else "",
    }


def _ziele_in_leichter_sprache(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    plan: Gesamtplan = anlass.gegenstand
    fehlt = [str(z.nummer) for z in plan.teilhabeziele.all() if not z.leichte_sprache.strip()]
    if fehlt:
        yield Hindernis(
            f"Ziel {', '.join(fehlt)}: Der Text in Leichter Sprache fehlt. In einer freigegebenen "
            "Fassung ergänzen Sie ihn mit der Fortschreibung.",
            norm_of(plan),
        )


def _freigegeben(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    plan: Gesamtplan = anlass.gegenstand
    if plan.schreiben_id is None:
        yield Hindernis("Festgeschrieben wird, was freigegeben ist.", norm_of(plan))


def _leicht_pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    yield from _freigegeben(anlass)
    yield from _ziele_in_leichter_sprache(anlass)


def _finde(case: Case, teile: Mapping[str, int]) -> Gesamtplan | None:
    return version_of(case, teile["version"])


def _art(
    schluessel: str,
    titel: str,
    template: str,
    daten: Callable[[Gesamtplan], dict[str, Any]],
    pruefungen: Callable[[Schreibanlass], Iterator[Hindernis | None]],
) -> Schreibenart:
    return Schreibenart(
        schluessel,
        titel,
        template,
        daten=lambda anlass: daten(anlass.gegenstand),
        finde=_finde,
        seite=lambda anlass: reverse(
            "gesamtplan_version", args=[anlass.case.pk, anlass.gegenstand.version]
        ),
        pruefungen=pruefungen,
        zeigt_teil="gesamtplan",
        ausloeser="die Person wünscht den Plan kürzer oder leichter",
        norm="§ 121 Abs. 5 SGB IX, § 17 Abs. 2a SGB I",
        inhalte=BRIEF | {Inhalt.PLAN, Inhalt.GESUNDHEIT},
    )


SCHREIBENARTEN = (
    _art(
        KURZ,
        "Kurzfassung des Gesamtplans",
        "gesamtplan/plan/gesamtplan/schreiben_kurz.html",
        kurz_daten,
        _freigegeben,
    ),
    _art(
        LEICHT,
        "Gesamtplan in Leichter Sprache",
        "gesamtplan/plan/gesamtplan/schreiben_leicht.html",
        leicht_daten,
        _leicht_pruefungen,
    ),
)
