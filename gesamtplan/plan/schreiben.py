"""What the printed Gesamtplan says: plain JSON, the same that is frozen with the release."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from cases.models import Case, User
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.brief import kopf_daten
from cases.schreiben.services.schreiben import empfaenger_of, wohnanschrift_of
from gesamtplan.bedarf.queries import filled_bedarfe
from gesamtplan.models import Bedarf, Gesamtplan, Leistung, Teilhabeziel
from gesamtplan.models.pflichtinhalt import Inhaltszeile, inhaltszeilen
from gesamtplan.plan.queries.gesamtplan import by_leistungstraeger, surplus_inhalte, version_of
from recht.rechtsstand import Rechtsstand, rechtsstand_am

ART = "gesamtplan"

_GRUNDLAGE = {
    Rechtsstand.A: "§ 58 des Zwölften Buches Sozialgesetzbuch (SGB XII)",
    Rechtsstand.UE: "§§ 141 bis 145 des Zwölften Buches Sozialgesetzbuch (SGB XII)",
    Rechtsstand.B: "§ 121 des Neunten Buches Sozialgesetzbuch (SGB IX)",
}


def titel_of(plan: Gesamtplan) -> str:
    """Return the title of the printed plan."""
    return "Gesamtplan" if plan.version == 1 else f"Gesamtplan, {plan.version}. Fassung"


def gesamtplan_daten(
    gesamtplan: Gesamtplan,
    *,
    freigegeben_von: User | None = None,
    freigegeben_am: date | None = None,
) -> dict[str, Any]:
    """Return the data of the plan as plain JSON; days are ISO strings.

    Without a releasing person it is the data of a preview. Raises SchrittUnzulaessig when the
    person has no address on the day of the plan.
    """
    plan = gesamtplan
    person = plan.case.leistungsberechtigte_person
    ansprechpartner = plan.case.caseworker
    return {
        "kopf": kopf_daten(
            case=plan.case,
            empfaenger=empfaenger_of(plan.case, plan.datum),
            datum=plan.datum,
            ansprechpartner=ansprechpartner,
            betreff=f"Gesamtplan für {person.voller_name}",
        ),
        "fassung": {
            "version": plan.version,
            "anlass": plan.anlass,
            "vorgaenger_datum": _iso(plan.vorgaenger.datum if plan.vorgaenger else None),
            "rechtsgrundlage": _GRUNDLAGE[rechtsstand_am(plan.datum)],
            "rechtsstand": rechtsstand_am(plan.datum).value,
        },
        "person": {
            "name": person.voller_name,
            "geburtsdatum": person.geburtsdatum.isoformat(),
            "anschrift": wohnanschrift_of(plan.case, plan.datum),
        },
        "bedarfsermittlung": {
            "datum": plan.bedarfsermittlung.datum.isoformat(),
            "instrument": plan.bedarfsermittlung.instrument,
            "beteiligte": _lines(plan.bedarfsermittlung.beteiligte),
            "ergebnis": _paragraphs(plan.bedarfsermittlung.ergebnis),
            "bedarfe": [_bedarf(row) for row in filled_bedarfe(plan.bedarfsermittlung)],
        },
        "ziele": [_ziel(ziel) for ziel in plan.teilhabeziele.all()],
        "leistungen": [
            {"traeger": traeger.name, "eintraege": [_leistung(row) for row in rows]}
            for traeger, rows in by_leistungstraeger(plan.leistungen.all())
        ],
        "inhalte": _inhalte(plan),
        "ueberpruefung_am": _iso(plan.ueberpruefung_am),
        "freigabe": {
            "name": freigegeben_von.get_full_name() if freigegeben_von else "",
            "funktion": freigegeben_von.funktion if freigegeben_von else "",
            "am": _iso(freigegeben_am),
        },
        "unterschriften": _unterschriften(plan, freigegeben_von),
    }


def _iso(tag: date | None) -> str:
    return tag.isoformat() if tag else ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _paragraphs(text: str) -> list[list[str]]:
    """Return paragraphs as lists of lines; an empty line ends a paragraph."""
    blocks = text.replace("\r\n", "\n").strip().split("\n\n")
    return [_lines(block) for block in blocks if block.strip()]


def _bedarf(row: Bedarf) -> dict[str, Any]:
    labels = (
        ("Beeinträchtigung", row.beeintraechtigung),
        ("Ressourcen", row.ressourcen),
        ("Wunsch", row.wunsch),
        ("Bedarf", row.bedarf),
    )
    return {
        "lebensbereich": str(row.get_lebensbereich_display()),
        "angaben": [
            {"bezeichnung": label, "text": _paragraphs(text)} for label, text in labels if text
        ],
    }


def _ziel(ziel: Teilhabeziel) -> dict[str, Any]:
    return {
        "nummer": ziel.nummer,
        "lebensbereich": str(ziel.get_lebensbereich_display()),
        "text": ziel.text,
        "kriterium": ziel.kriterium,
        "bis": ziel.bis.isoformat(),
        "stand": str(ziel.get_status_display()),
    }


def _leistung(row: Leistung) -> dict[str, Any]:
    return {
        "bezeichnung": row.bezeichnung,
        "umfang": row.umfang,
        "form": str(row.get_leistungsform_display()),
        "norm": row.norm,
        "beginn": row.beginn.isoformat(),
        "ende": _iso(row.ende),
        "ziel": row.teilhabeziel.nummer,
        "ergaenzend": row.ergaenzend,
    }


def _inhalte(plan: Gesamtplan) -> list[dict[str, Any]]:
    rows = [_inhalt(zeile) for zeile in inhaltszeilen(plan) if zeile.erfuellt]
    rows += [
        {"bezeichnung": titel_of_key, "norm": "", "siehe": "", "text": _paragraphs(inhalt.text)}
        for inhalt, titel_of_key in surplus_inhalte(plan)
    ]
    return rows


def _inhalt(zeile: Inhaltszeile) -> dict[str, Any]:
    return {
        "bezeichnung": zeile.inhalt.bezeichnung,
        "norm": zeile.inhalt.norm,
        "siehe": zeile.abschnitt if zeile.aus_teilen else "",
        "text": _paragraphs(zeile.text),
    }


def _unterschriften(plan: Gesamtplan, freigegeben_von: User | None) -> list[dict[str, str]]:
    behoerde = freigegeben_von or plan.case.caseworker
    return [
        {
            "name": plan.case.leistungsberechtigte_person.voller_name,
            "rolle": "leistungsberechtigte Person",
        },
        {"name": behoerde.get_full_name(), "rolle": behoerde.funktion or "für die Behörde"},
    ]


def _finde(case: Case, teile: Mapping[str, int]) -> Gesamtplan | None:
    return version_of(case, teile["version"])


def _daten(anlass: Schreibanlass) -> dict[str, Any]:
    return gesamtplan_daten(
        anlass.gegenstand,
        freigegeben_von=anlass.zeichnet,
        freigegeben_am=anlass.tag if anlass.zeichnet else None,
    )


SCHREIBENART = Schreibenart(
    ART,
    "Gesamtplan",
    "gesamtplan/plan/gesamtplan/schreiben.html",
    daten=_daten,
    titel_of=lambda anlass: titel_of(anlass.gegenstand),
    finde=_finde,
    seite=lambda anlass: reverse(
        "gesamtplan_version", args=[anlass.case.pk, anlass.gegenstand.version]
    ),
    einmal=True,
    zeigt_teil="gesamtplan",
)
