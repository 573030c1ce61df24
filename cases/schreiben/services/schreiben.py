"""Letters are frozen here, and read back only when their bytes are still the same."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import transaction

from cases.fall.services.case import lock_case
from cases.guards import refuse
from cases.models import Case, Schreiben, Schreibendatei, User
from cases.person.guards.adressat import adressat_vorhanden, zustellung_am
from cases.schreiben.satz.brief import render_brief
from cases.schreiben.satz.fehler import SchreibenFehler


def empfaenger_of(case: Case, stichtag: date) -> list[str]:
    """Return name and address of the addressee as valid on the day, line by line.

    That is the person or whoever represents her (§ 13 Abs. 3, § 37 SGB X). Raises
    SchrittUnzulaessig when nobody can be addressed or no address is recorded for that day: a
    letter to an old address would show Sozialdaten to somebody else (§ 35 Abs. 1 SGB I).
    """
    zustellung = zustellung_am(case.leistungsberechtigte_person, stichtag)
    refuse(adressat_vorhanden(zustellung, stichtag))
    return list(zustellung.zeilen)


def wohnanschrift_of(case: Case, stichtag: date) -> list[str]:
    """Return where the person lives on the day, line by line, whoever gets her letters."""
    anschrift = case.leistungsberechtigte_person.anschrift_am(stichtag)
    return anschrift.zeilen() if anschrift else []


@transaction.atomic
def freeze_schreiben(
    *,
    case: Case,
    art: str,
    titel: str,
    gegenstand: str,
    empfaenger: list[str],
    daten: dict[str, Any],
    datum: date,
    by: User,
) -> Schreiben:
    """Set the letter and keep data, hash of the HTML and PDF for good.

    The number counts per case without gaps: the case stays locked until the caller's transaction
    ends, so a rollback gives the number back. Raises SchreibenFehler when the letter cannot be
    set, or when address or date of the row would differ from what is printed.
    """
    kopf = daten["kopf"]
    if kopf["anschrift"] != empfaenger or kopf["datum"] != datum.isoformat():
        raise SchreibenFehler("Anschrift oder Datum des Schreibens weichen vom Druckbild ab.")
    lock_case(case.pk)
    nummer = Schreiben.objects.filter(case=case).count() + 1
    gerendert = render_brief(art=art, titel=titel, daten=daten)
    schreiben = Schreiben.objects.create(
        case=case,
        art=art,
        titel=titel,
        gegenstand=gegenstand,
        nummer=f"{case.aktenzeichen}-S{nummer}",
        datum=datum,
        empfaenger=empfaenger,
        daten=daten,
        html_sha256=gerendert.html_sha256,
        pdf_sha256=gerendert.pdf_sha256,
        pdf_seiten=gerendert.seiten,
        erstellt_von=by,
    )
    Schreibendatei.objects.create(schreiben=schreiben, pdf=gerendert.pdf)
    return schreiben


def pdf_of(schreiben: Schreiben) -> bytes:
    """Return the stored PDF; raises SchreibenFehler when it is missing or not the frozen one."""
    datei = Schreibendatei.objects.filter(schreiben=schreiben).first()
    if datei is None:
        raise SchreibenFehler(f"Zum Schreiben {schreiben.nummer} ist keine Datei gespeichert.")
    pdf = bytes(datei.pdf)
    if hashlib.sha256(pdf).hexdigest() != schreiben.pdf_sha256:
        raise SchreibenFehler(
            f"Die gespeicherte Datei des Schreibens {schreiben.nummer} wurde verändert und wird "
            "nicht ausgegeben. Bitte verständigen Sie die Fachadministration."
        )
    return pdf


def anlagen_of(schreiben: Schreiben) -> list[Schreiben]:
    """Return the letters that were frozen as Anlagen of this one, in their printed order.

    Raises SchreibenFehler when an Anlage is not the one that the letter was released with.
    """
    rows = []
    for anlage in schreiben.daten.get("anlagen", []):
        row = Schreiben.objects.filter(
            case=schreiben.case_id, nummer=anlage["schreiben"], pdf_sha256=anlage["sha256"]
        ).first()
        if row is None:
            raise SchreibenFehler(
                f"Die Anlage {anlage['schreiben']} des Schreibens {schreiben.nummer} fehlt oder "
                "wurde verändert."
            )
        rows.append(row)
    return rows


def pdfs_of(schreiben: Schreiben) -> list[bytes]:
    """Return the letter and its Anlagen as they go out, each checked against its hash."""
    return [pdf_of(row) for row in (schreiben, *anlagen_of(schreiben))]
