"""The letter that tells a person who has read the file (Art. 15 DSGVO, § 83 SGB X)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from cases.fall.services.case import lock_case
from cases.guards import refuse
from cases.models import Case, Schreiben, User
from cases.registry.schreibenart import Schreibenart
from cases.schreiben.satz.brief import kopf_daten
from cases.schreiben.services.schreiben import empfaenger_of, freeze_schreiben
from cases.services.ereignis import gegenstand_of, record_ereignis
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.zugang.guards.zugang import leseauskunft_zeitraum
from cases.zugang.queries.lesezugriff import auskunft, lesezugriffe

ART = "leseauskunft"
TITEL = "Auskunft über Zugriffe auf Ihre Akte"
SCHREIBENART = Schreibenart(ART, TITEL, "cases/schreiben/lesezugriff/schreiben.html")


def leseauskunft_daten(
    *, case: Case, von: date, bis: date, mit_namen: bool, by: User, datum: date
) -> dict[str, Any]:
    """Return the data of the letter as plain JSON."""
    zeilen = auskunft(lesezugriffe(case, von=von, bis=bis), mit_namen=mit_namen)
    person = case.leistungsberechtigte_person
    return {
        "kopf": kopf_daten(
            case=case,
            empfaenger=empfaenger_of(case, datum),
            datum=datum,
            ansprechpartner=by,
            betreff=TITEL,
        ),
        "anrede": f"Guten Tag {person.voller_name}",
        "von": von.isoformat(),
        "bis": bis.isoformat(),
        "mit_namen": mit_namen,
        "zeilen": zeilen,
        "anzahl": sum(zeile["anzahl"] for zeile in zeilen),
        "unterzeichner": {"name": by.get_full_name(), "funktion": by.funktion},
    }


@transaction.atomic
def create_leseauskunft(
    *, case: Case, von: date, bis: date, mit_namen: bool, begruendung: str, by: User, tag: date
) -> Schreiben:
    """Freeze the answer letter; it is sent like every other letter.

    Names of staff are given only with a reason (EuGH 22.6.2023, C-579/21): the person has a right
    to know when and what for, not who, unless the name is needed to pursue rights.
    """
    if not by.has_rolle(Rolle.LEITUNG):
        raise SchrittUnzulaessig("Die Auskunft über Zugriffe erteilt die Sachgebietsleitung.")
    refuse(leseauskunft_zeitraum(von, bis, tag))
    if mit_namen and not begruendung.strip():
        raise SchrittUnzulaessig(
            "Bitte begründen Sie, warum die Namen nötig sind.", "Art. 15 Abs. 4 DSGVO"
        )
    locked = lock_case(case.pk)
    schreiben = freeze_schreiben(
        case=locked,
        art=ART,
        titel=TITEL,
        gegenstand=gegenstand_of(locked),
        empfaenger=empfaenger_of(locked, tag),
        daten=leseauskunft_daten(
            case=locked, von=von, bis=bis, mit_namen=mit_namen, by=by, datum=tag
        ),
        datum=tag,
        by=by,
    )
    text = f"Auskunft über Zugriffe vom {von:%d.%m.%Y} bis {bis:%d.%m.%Y} erstellt"
    if mit_namen:
        text += f", mit Namen: {begruendung.strip()}"
    record_ereignis(case=locked, by=by, tag=tag, art="auskunft", text=text, gegenstand=schreiben)
    return schreiben
