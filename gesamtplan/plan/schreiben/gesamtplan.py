"""What the printed Gesamtplan says: plain JSON, the same that is frozen with the release."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from cases.models import Behoerde, Case, User
from cases.person.guards.adressat import unterschriften_am
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.brief import kopf_daten, unterschriftszeile
from cases.schreiben.services.schreiben import empfaenger_of, wohnanschrift_of
from cases.states.inhalt import BRIEF, Inhalt
from gesamtplan.bedarf.queries import filled_bedarfe
from gesamtplan.models import (
    Bedarf,
    Bedarfsermittlung,
    Bedarfsmenge,
    Gesamtplan,
    Leistung,
    Teilhabeziel,
)
from gesamtplan.models.bedarf import BEFUNDFELDER
from gesamtplan.models.pflichtinhalt import Inhaltszeile, inhaltszeilen
from gesamtplan.plan.queries.gesamtplan import by_leistungstraeger, surplus_inhalte, version_of
from recht.entscheidung import (
    Entscheidungsrolle,
    Zuordnung,
    decide_rolle,
    is_rehabilitationstraeger,
)
from recht.entscheidungstext import Behoerdenrollen, Teil, write_entscheidungen, write_liste
from recht.rechtsstand import Rechtsstand, rechtsstand_am

ART = "gesamtplan"
_EMPFEHLUNG = re.compile(r"(?:BAGüS-Empfehlung|KVJS-Leitfaden) (?P<jahr>\d{4})")

_GRUNDLAGE = {
    Rechtsstand.A: "§ 58 des Zwölften Buches Sozialgesetzbuch (SGB XII)",
    Rechtsstand.UE: "§ 144 des Zwölften Buches Sozialgesetzbuch (SGB XII)",
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
            "anlassgruende": plan.anlassgruende,
            "vorgaenger_datum": _iso(plan.vorgaenger.datum if plan.vorgaenger else None),
            "rechtsgrundlage": _GRUNDLAGE[rechtsstand_am(plan.datum)],
            "rechtsstand": rechtsstand_am(plan.datum).value,
        },
        "person": {
            "name": person.voller_name,
            "geburtsdatum": person.geburt,
            "anschrift": wohnanschrift_of(plan.case, plan.datum),
        },
        "bedarfsermittlung": _bedarfsermittlung(plan.bedarfsermittlung),
        "ziele": [ziel_of(ziel) for ziel in plan.teilhabeziele.all()],
        "leistungen": [
            {"traeger": traeger.name, "eintraege": [leistung_of(row) for row in rows]}
            for traeger, rows in by_leistungstraeger(plan.leistungen.all())
        ],
        "traeger": _andere_traeger(plan),
        "entscheidungen": _entscheidungen(plan),
        "inhalte": _inhalte(plan),
        "ueberpruefung_am": _iso(plan.ueberpruefung_am),
        "freigabe": {
            "name": freigegeben_von.get_full_name() if freigegeben_von else "",
            "funktion": freigegeben_von.funktion if freigegeben_von else "",
            "am": _iso(freigegeben_am),
        },
        "unterschriften": _unterschriften(plan, freigegeben_von),
    }


def _andere_traeger(plan: Gesamtplan) -> str:
    """Return which other carriers take part (§ 19 Abs. 2 S. 2 Nr. 1 SGB IX)."""
    namen = sorted(
        {
            row.leistungstraeger.name
            for row in plan.leistungen.all()
            if not row.leistungstraeger.eigener
        }
    )
    if not namen:
        return ""
    ist = "ist" if len(namen) == 1 else "sind"
    return f"Als Leistungsträger beteiligt {ist} {write_liste(namen)}."


def _bedarfsermittlung(row: Bedarfsermittlung) -> dict[str, Any]:
    return {
        "datum": row.datum.isoformat(),
        "instrument": row.instrument,
        "beteiligte": _lines(row.beteiligte),
        "ergebnis": _paragraphs(row.ergebnis),
        "bedarfe": [_bedarf(bedarf) for bedarf in filled_bedarfe(row)],
        "mengen": [_menge(menge) for menge in row.bedarfsmengen.all()],
        "abweichend": [
            {
                "lebensbereich": str(aussage.get_lebensbereich_display()),
                "wer": str(aussage),
                "text": aussage.text,
            }
            for aussage in row.aussagen.all()
            if aussage.abweichend
        ],
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
    return {
        "lebensbereich": str(row.get_lebensbereich_display()),
        "angaben": [
            {"bezeichnung": label, "text": _paragraphs(getattr(row, name))}
            for name, label in BEFUNDFELDER
            if getattr(row, name)
        ],
    }


def _menge(row: Bedarfsmenge) -> dict[str, str]:
    return {
        "lebensbereich": str(row.get_lebensbereich_display()),
        "menge": str(row),
        "von": row.von.isoformat(),
        "bis": _iso(row.bis),
        "begruendung": row.begruendung,
    }


def ziel_of(ziel: Teilhabeziel) -> dict[str, Any]:
    """Return one goal as it is printed."""
    return {
        "nummer": ziel.nummer,
        "lebensbereich": str(ziel.get_lebensbereich_display()),
        "text": ziel.text,
        "kriterium": ziel.kriterium,
        "bis": ziel.bis.isoformat(),
        "stand": str(ziel.get_status_display()),
        "wortlaut": ziel.wortlaut,
        "werte": [ziel.ausgangswert, ziel.zielwert] if ziel.ausgangswert or ziel.zielwert else [],
        "schritte": _lines(ziel.schritte),
        "massnahmen": _lines(ziel.massnahmen),
        "bedarf_endet": ziel.bedarf_endet,
    }


def leistung_of(row: Leistung) -> dict[str, Any]:
    """Return one Leistung as it is printed."""
    return {
        "bezeichnung": row.bezeichnung,
        "umfang": row.umfang,
        "form": str(row.get_leistungsform_display()),
        "norm": row.norm,
        "beginn": row.beginn.isoformat(),
        "ende": _iso(row.ende),
        "ziel": row.zielnummern,
        "ergaenzend": row.ergaenzend,
    }


def _rolle(row: Leistung) -> Entscheidungsrolle:
    """Return who decides about a Leistung: as the plan says, else as the law has it."""
    if row.entscheidung:
        return Entscheidungsrolle(row.entscheidung)
    traeger = row.leistungstraeger
    zuordnung = Zuordnung(row.katalogschluessel, traeger.art, traeger.eigener)
    return decide_rolle(zuordnung, row.beginn)


def _entscheidungen(plan: Gesamtplan) -> dict[str, Any]:
    """Return the sentences on who decides, and why where it is not the rule of the law.

    Under which law a Leistung is decided about says its first day.
    """
    behoerde = Behoerde.objects.get(pk=1)
    je_stand: dict[Rechtsstand, list[Leistung]] = {}
    for row in plan.leistungen.all():
        je_stand.setdefault(rechtsstand_am(row.beginn), []).append(row)
    saetze: list[str] = []
    for stand, rows in je_stand.items():
        teile = [
            Teil(
                row.bezeichnung,
                row.leistungstraeger.name,
                _rolle(row),
                is_rehabilitationstraeger(row.leistungstraeger.art, row.beginn),
            )
            for row in rows
        ]
        rollen = Behoerdenrollen(
            behoerde.name, behoerde.bezeichnung_am(stand), behoerde.sozialhilfe_am(stand)
        )
        saetze += write_entscheidungen(teile, rollen, rows[0].beginn)
    gruende = [
        {"bezeichnung": row.bezeichnung, "grund": row.entscheidung_grund}
        for row in plan.leistungen.all()
        if row.entscheidung_grund
    ]
    return {"saetze": saetze, "gruende": gruende}


def _inhalte(plan: Gesamtplan) -> list[dict[str, Any]]:
    rows = [_inhalt(zeile, plan.datum) for zeile in inhaltszeilen(plan) if zeile.erfuellt]
    rows += [
        {"bezeichnung": titel_of_key, "norm": "", "siehe": "", "text": _paragraphs(inhalt.text)}
        for inhalt, titel_of_key in surplus_inhalte(plan)
    ]
    return rows


def _inhalt(zeile: Inhaltszeile, tag: date) -> dict[str, Any]:
    """Return one content; a recommendation of a later year is no source of this plan."""
    empfehlung = _EMPFEHLUNG.match(zeile.inhalt.norm)
    spaeter = empfehlung is not None and int(empfehlung["jahr"]) > tag.year
    return {
        "bezeichnung": zeile.inhalt.bezeichnung,
        "norm": "" if spaeter else zeile.inhalt.norm,
        "siehe": zeile.abschnitt if zeile.aus_teilen else "",
        "text": _paragraphs(zeile.text),
    }


def _unterschriften(plan: Gesamtplan, freigegeben_von: User | None) -> list[dict[str, Any]]:
    return [
        *unterschriften_am(
            plan.case.leistungsberechtigte_person, plan.datum, "leistungsberechtigte Person"
        ),
        unterschriftszeile(freigegeben_von),
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
    ausloeser="eine Fassung des Gesamtplans wird freigegeben",
    norm="§ 121 Abs. 5 SGB IX",
    inhalte=BRIEF | {Inhalt.PLAN, Inhalt.GESUNDHEIT},
)
