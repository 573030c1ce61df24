"""Copies of the file: for the person herself, and for a court or another authority.

Own letters go along as they are frozen, each checked against its hash; of documents from outside
the letter carries the list, and whoever sends it puts the copies in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from cases.models import Schreiben, Unterlage, Unterlagenart
from cases.queries.einsicht import running_sperren
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.guards.brief import keine_gesperrte_anschrift, nur_eigene_akte
from cases.schreiben.services.freibrief import absaetze, brief_daten
from cases.services.ereignis import record_ereignis
from cases.states.inhalt import Inhalt

PERSON, STELLE = "akteneinsicht", "aktenuebersendung"
_BETREFF = {PERSON: "Kopien aus Ihrer Akte", STELLE: "Übersendung der Akte"}


def _eigenes(row: Schreiben) -> dict[str, str]:
    return {
        "titel": row.titel,
        "vom": row.datum.isoformat(),
        "schreiben": row.nummer,
        "sha256": row.pdf_sha256,
    }


def _fremdes(row: Unterlage) -> dict[str, Any]:
    return {
        "titel": row.titel,
        "vom": row.datum.isoformat(),
        "art": str(Unterlagenart(row.art).label),
        "von": row.verfasser,
        "seiten": row.seiten,
    }


def _daten(schluessel: str, anlass: Schreibanlass) -> dict[str, Any]:
    angaben, an_dritte = anlass.angaben, schluessel == STELLE
    return {
        **brief_daten(
            anlass,
            _BETREFF[schluessel],
            an_dritte=an_dritte,
            ihr_zeichen=angaben.get("ihr_zeichen", ""),
        ),
        "grund": angaben["grund"],
        "anlagen": [_eigenes(row) for row in angaben["schreiben"]],
        "unterlagen": [_fremdes(row) for row in angaben["unterlagen"]],
        "nicht": absaetze(angaben["nicht"]),
    }


def _pruefungen_stelle(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    person = anlass.case.leistungsberechtigte_person_id
    gesperrt = running_sperren(anlass.tag).filter(leistungsberechtigte_person=person).exists()
    yield keine_gesperrte_anschrift(gesperrt, bool(anlass.angaben["schreiben"]))
    yield from _pruefungen(anlass)


def _pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    papiere = (*anlass.angaben["schreiben"], *anlass.angaben["unterlagen"])
    yield nur_eigene_akte({row.case_id for row in papiere}, anlass.case)


def _record(anlass: Schreibanlass, schreiben: Schreiben) -> None:
    angaben = anlass.angaben
    anzahl = len(angaben["schreiben"]) + len(angaben["unterlagen"])
    record_ereignis(
        case=anlass.case,
        by=anlass.by,
        tag=anlass.tag,
        art="auskunft",
        text=f"{schreiben.titel}: {anzahl} Papier{'' if anzahl == 1 else 'e'} an "
        f"{schreiben.empfaenger[0]}",
        gegenstand=schreiben,
    )


def _art(schluessel: str, titel: str, hilfe: str, **mehr: Any) -> Schreibenart:
    return Schreibenart(
        schluessel,
        titel,
        "cases/schreiben/briefe/akte.html",
        daten=partial(_daten, schluessel),
        pruefungen=_pruefungen_stelle if schluessel == STELLE else _pruefungen,
        nach_festschreiben=_record,
        frei=True,
        hilfe=hilfe,
        # Any paper of the file may lie in it.
        inhalte=frozenset(Inhalt) - {Inhalt.GESPERRTE_ANSCHRIFT},
        **mehr,
    )


SCHREIBENARTEN = (
    _art(
        PERSON,
        "Kopien aus der Akte für die Person",
        hilfe="Begleitschreiben mit der Liste der Kopien (§ 25 SGB X, Art. 15 Abs. 3 DSGVO).",
        ausloeser="die Person verlangt Einsicht oder Kopien",
        norm="§ 25 SGB X, Art. 15 DSGVO",
    ),
    _art(
        STELLE,
        "Übersendung der Akte",
        hilfe="An ein Gericht oder eine andere Behörde, mit der Liste dessen, was übersandt wird.",
        ausloeser="ein Gericht oder eine Behörde fordert die Akte an, oder der Fall wird abgegeben",
        an="Gericht oder Behörde",
        norm="§ 69 Abs. 1 SGB X",
        an_dritte=True,
    ),
)
