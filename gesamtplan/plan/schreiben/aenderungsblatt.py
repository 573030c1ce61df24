"""The Änderungsblatt: what a version says otherwise than an earlier one, for the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from cases.models import Case
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.states.inhalt import BRIEF, Inhalt
from gesamtplan.models import Gesamtplan
from gesamtplan.plan.queries.gesamtplan import version_of
from gesamtplan.plan.queries.kosten import summe_of
from gesamtplan.plan.queries.vergleich import Teilvergleich, compare_versions
from recht.geld import format_euro

ART = "aenderungsblatt"


def aenderungsblatt_daten(alt: Gesamtplan, neu: Gesamtplan) -> dict[str, Any]:
    """Return the data of the sheet as plain JSON; days are ISO strings."""
    vergleich = compare_versions(alt=alt, neu=neu, betraege=True)
    abschnitte = (
        ("Eckdaten", (vergleich.eckdaten,)),
        ("Ermittelter Bedarf", vergleich.bedarfe),
        ("Teilhabeziele", vergleich.teilhabeziele),
        ("Leistungen", vergleich.leistungen),
        ("Inhalte", vergleich.inhalte),
    )
    return {
        "alt": _fassung(alt),
        "neu": _fassung(neu),
        "person": neu.case.leistungsberechtigte_person.voller_name,
        "abschnitte": [
            {"titel": titel, "teile": [_teil(t) for t in teile if not t.unveraendert]}
            for titel, teile in abschnitte
            if any(not t.unveraendert for t in teile)
        ],
        "kosten": _kosten(alt, neu),
    }


def _fassung(plan: Gesamtplan) -> dict[str, Any]:
    return {"version": plan.version, "datum": plan.datum.isoformat()}


def _teil(teil: Teilvergleich) -> dict[str, Any]:
    return {
        "titel": teil.titel,
        "aenderung": teil.aenderung,
        "felder": [
            {
                "bezeichnung": feld.bezeichnung,
                "teile": [{"art": stueck.art, "text": stueck.text} for stueck in feld.teile],
            }
            for feld in teil.felder
            if feld.geaendert
        ],
    }


def _kosten(alt: Gesamtplan, neu: Gesamtplan) -> dict[str, str]:
    """Return the costs of a month on the day of each plan; empty where no price is known."""
    return {
        name: format_euro(summe) if (summe := _summe(plan, plan.datum)) is not None else ""
        for name, plan in (("alt", alt), ("neu", neu))
    }


def _summe(plan: Gesamtplan, tag: date) -> Any:
    return summe_of(plan.leistungen.all(), tag)


def finde_paar(case: Case, teile: Mapping[str, int]) -> Gesamtplan | None:
    """Return the newer version with the older one beside it, None when either does not exist."""
    neu = version_of(case, teile["version"])
    alt = version_of(case, teile["mit"])
    if neu is None or alt is None or alt.version >= neu.version:
        return None
    neu.vergleichsfassung = alt
    return neu


def _daten(anlass: Schreibanlass) -> dict[str, Any]:
    neu: Gesamtplan = anlass.gegenstand
    if neu.vergleichsfassung is None:
        raise ValueError("Ein Änderungsblatt vergleicht zwei Fassungen.")
    return aenderungsblatt_daten(neu.vergleichsfassung, neu)


SCHREIBENART = Schreibenart(
    ART,
    "Änderungsblatt zum Gesamtplan",
    "gesamtplan/plan/gesamtplan/schreiben_aenderungen.html",
    daten=_daten,
    finde=finde_paar,
    seite=lambda anlass: reverse(
        "gesamtplan_vergleich", args=[anlass.case.pk, anlass.gegenstand.version]
    ),
    inhalte=BRIEF | {Inhalt.PLAN, Inhalt.GESUNDHEIT, Inhalt.BETRAEGE},
    ausloeser="der Gesamtplan wird fortgeschrieben",
    norm="§ 121 Abs. 2 SGB IX",
)
