"""The letter by which somebody else gets a part of the released plan."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.urls import reverse

from cases.einwilligung.queries import eintrag_of, schluessel_von
from cases.models import Einwilligungsteil
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.guards.einwilligung import anschrift_festgehalten, einwilligung_liegt_vor
from cases.schreiben.satz.brief import unterzeichner_daten
from cases.states.inhalt import BRIEF, Inhalt
from gesamtplan.models import Mehrausfertigung
from gesamtplan.plan.queries.ausschnitt import cut_out
from gesamtplan.plan.queries.gesamtplan import mehrausfertigung_of

ART = "mehrausfertigung"


def _schluessel(row: Mehrausfertigung) -> list[str]:
    eintrag = eintrag_of(row.einwilligung.empfaenger_schluessel)
    weitere = schluessel_von(eintrag) if eintrag else ()
    return sorted({row.einwilligung.empfaenger_schluessel, *weitere})


def mehrausfertigung_daten(row: Mehrausfertigung) -> dict[str, Any]:
    """Return the letter: its purpose with a notice, and the chosen sections alone."""
    plan, einwilligung = row.gesamtplan, row.einwilligung
    person, ansprechpartner = plan.case.leistungsberechtigte_person, plan.case.caseworker
    return {
        "person": {"name": person.voller_name, "geburtsdatum": person.geburt},
        "fassung": {"version": plan.version, "datum": plan.datum.isoformat()},
        "zweck": [line.strip() for line in row.zweck.splitlines() if line.strip()],
        "erteilt_am": einwilligung.erteilt_am.isoformat(),
        "teile": cut_out(plan.schreiben.daten if plan.schreiben else {}, row.abschnitte),
        "uebermittlung": {
            "empfaenger": _schluessel(row),
            "name": einwilligung.empfaenger_name,
            "einwilligung": einwilligung.pk,
        },
        "unterzeichner": unterzeichner_daten(ansprechpartner),
    }


def _pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    row: Mehrausfertigung = anlass.gegenstand
    yield anschrift_festgehalten(row.einwilligung)
    name = row.einwilligung.empfaenger_name
    liegt_vor = partial(einwilligung_liegt_vor, anlass.case, _schluessel(row), name)
    yield liegt_vor(Einwilligungsteil.GESAMTPLAN, anlass.tag)


SCHREIBENART = Schreibenart(
    ART,
    "Auszug aus dem Gesamtplan",
    "gesamtplan/plan/gesamtplan/schreiben_mehrausfertigung.html",
    daten=lambda anlass: mehrausfertigung_daten(anlass.gegenstand),
    empfaenger=lambda anlass: anlass.gegenstand.einwilligung.briefzeilen,
    finde=lambda case, teile: mehrausfertigung_of(case, teile["mehrausfertigung"]),
    seite=lambda anlass: reverse(
        "gesamtplan_version", args=[anlass.case.pk, anlass.gegenstand.gesamtplan.version]
    ),
    pruefungen=_pruefungen,
    einmal=True,
    an_dritte=True,
    einwilligung_teil=Einwilligungsteil.GESAMTPLAN,
    inhalte=BRIEF | {Inhalt.PLAN, Inhalt.GESUNDHEIT},
    ausloeser="eine Einwilligung für den Gesamtplan liegt vor",
    an="wen die Einwilligung nennt",
    norm="§ 67b Abs. 1 SGB X",
)
