"""Letters are frozen here, and read back only when their bytes are still the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from cases.crypto import VERLETZT
from cases.fall.services.case import lock_case
from cases.guards import refuse
from cases.models import Case, Schreiben, Schreibendatei, User
from cases.person.guards.adressat import adressat_vorhanden, zustellung_am
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.bilder import bilder_of, embed
from cases.schreiben.satz.brief import (
    Gerendert,
    json_of,
    kopf_daten,
    render_brief,
    render_html,
    with_siegel,
)
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.services.ereignis import gegenstand_of
from cases.states.tafel import SchrittUnzulaessig
from cases.textbaustein.guards import platzhalter_ausgefuellt

UNGESEHEN = "Bitte sehen Sie sich zuerst die Vorschau an."
VERALTET = (
    "Seit Ihrer Vorschau haben sich Angaben des Schreibens geändert. Bitte sehen Sie sich die "
    "Vorschau noch einmal an."
)


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


def bezug_of(anlass: Schreibanlass) -> str:
    """Return the short reference of what a letter is about, as the list of letters keeps it."""
    return anlass.bezug or gegenstand_of(anlass.gegenstand or anlass.case)


def daten_of(art: Schreibenart, anlass: Schreibanlass) -> dict[str, Any]:
    """Return all that would be printed now; nothing is written.

    Raises SchrittUnzulaessig when nobody can be addressed on that day.
    """
    if art.daten is None:
        raise SchreibenFehler(f"Zur Art „{art.titel}“ gibt es keine Daten.")
    daten = art.daten(anlass)
    if "kopf" in daten:
        return with_siegel(daten, bescheid=art.rechtsbehelf)
    case, tag = anlass.case, anlass.tag
    kopf = kopf_daten(
        case=case,
        empfaenger=art.empfaenger(anlass) if art.empfaenger else empfaenger_of(case, tag),
        datum=tag,
        ansprechpartner=case.caseworker,
        betreff=art.title_of(anlass),
    )
    return with_siegel({"kopf": kopf, **daten}, bescheid=art.rechtsbehelf)


def stand_of(art: Schreibenart, daten: dict[str, Any], tag: date) -> str:
    """Return the mark of what is printed.

    The day of writing is left out: a letter that is frozen the next morning says the same.
    """
    kopf = daten["kopf"]
    if kopf["datum"] == tag.isoformat():
        kopf = {name: wert for name, wert in kopf.items() if name != "datum"}
    fest = {name: wert for name, wert in daten.items() if name not in art.fluechtig}
    return hashlib.sha256(json_of({**fest, "kopf": kopf})).hexdigest()


def frozen_of(art: Schreibenart, anlass: Schreibanlass) -> Schreiben | None:
    """Return the frozen letter of a kind of which there is one about each thing.

    One that was replaced does not count any more.
    """
    if not art.einmal:
        return None
    rows = Schreiben.objects.filter(
        case=anlass.case, art=art.schluessel, gegenstand=bezug_of(anlass)
    )
    return next((row for row in rows if art.maengel is None or not art.maengel(row)), None)


def preview_schreiben(art: Schreibenart, anlass: Schreibanlass) -> tuple[Gerendert, str]:
    """Set a letter as it would be frozen now, and return it with its mark; nothing is stored.

    Raises SchrittUnzulaessig when nobody can be addressed on that day.
    """
    daten = daten_of(art, anlass)
    titel = art.title_of(anlass)
    gerendert = render_brief(art=art.schluessel, titel=titel, daten=daten, entwurf=art.als_entwurf)
    return gerendert, stand_of(art, daten, anlass.tag)


@transaction.atomic
def write_schreiben(*, art: str, anlass: Schreibanlass, gesehen: str | None = None) -> Schreiben:
    """Freeze a letter of a registered kind, with all that follows from it.

    `gesehen` is the mark of the preview that the person at the screen has opened: "" when there
    was none and one is asked for, None when nobody asks. Raises SchrittUnzulaessig with the first
    condition that does not hold, or when the letter would say something else than the preview.
    """
    kind = registry.schreibenarten[art]
    if not anlass.by.rollen & kind.rollen:
        raise SchrittUnzulaessig(kind.vorbehalt)
    anlass = replace(anlass, case=lock_case(anlass.case.pk))
    known = frozen_of(kind, anlass)
    if known is not None:
        return known
    for hindernis in kind.pruefungen(anlass) if kind.pruefungen else ():
        refuse(hindernis)
    if gesehen is not None:
        jetzt = stand_of(kind, daten_of(kind, replace(anlass, zeichnet=None)), anlass.tag)
        if not gesehen:
            raise SchrittUnzulaessig(UNGESEHEN)
        if gesehen != jetzt:
            raise SchrittUnzulaessig(VERALTET)
    daten = daten_of(kind, anlass)
    schreiben = freeze_schreiben(
        case=anlass.case,
        art=kind.schluessel,
        titel=kind.title_of(anlass),
        gegenstand=bezug_of(anlass),
        empfaenger=daten["kopf"]["anschrift"],
        daten=daten,
        datum=date.fromisoformat(daten["kopf"]["datum"]),
        by=anlass.by,
    )
    if kind.nach_festschreiben is not None:
        kind.nach_festschreiben(anlass, schreiben)
    return schreiben


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
    set, or when address or date of the row would differ from what is printed; SchrittUnzulaessig
    while a placeholder of a Textbaustein stands open in it.
    """
    kopf = daten["kopf"]
    if kopf["anschrift"] != empfaenger or kopf["datum"] != datum.isoformat():
        raise SchreibenFehler("Anschrift oder Datum des Schreibens weichen vom Druckbild ab.")
    if VERLETZT in json.dumps(daten, ensure_ascii=False, default=str):
        raise SchreibenFehler(
            "Eine Angabe für dieses Schreiben ist beschädigt („Integrität verletzt“). Es wird "
            "nicht festgeschrieben, bis sie neu erfasst oder zurückgeholt ist."
        )
    refuse(platzhalter_ausgefuellt("\n".join(texts_in(daten))))
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


def texts_in(daten: Any) -> Iterator[str]:
    """Yield every text of the data of a letter."""
    if isinstance(daten, str):
        yield daten
    elif isinstance(daten, Mapping):
        for wert in daten.values():
            yield from texts_in(wert)
    elif isinstance(daten, list | tuple):
        for wert in daten:
            yield from texts_in(wert)


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


def html_of(schreiben: Schreiben) -> str:
    """Return the HTML that was set into the PDF; raises SchreibenFehler when it is another now."""
    if schreiben.art in registry.schreibenarten:
        html = render_html(art=schreiben.art, titel=schreiben.titel, daten=schreiben.daten)
        if hashlib.sha256(html.encode()).hexdigest() == schreiben.html_sha256:
            return html
    raise SchreibenFehler(
        f"Die Vorlage hat sich seit dem Schreiben {schreiben.nummer} geändert. Bitte nehmen Sie "
        "das PDF; es ist barrierefrei."
    )


def readable_of(schreiben: Schreiben) -> str:
    """Return the HTML to read aloud: the frozen one with the pictures of its day inside.

    Raises SchreibenFehler when it or one of its pictures is another now.
    """
    return embed(html_of(schreiben), bilder_of(schreiben.daten["kopf"]))


def anlagen_of(schreiben: Schreiben) -> list[Schreiben]:
    """Return the letters that were frozen as Anlagen of this one, in their printed order.

    Raises SchreibenFehler when an Anlage is not the one that the letter was released with.
    """
    rows = []
    for anlage in schreiben.daten.get("anlagen", []):
        if not anlage.get("schreiben"):
            # It follows in the file of the letter itself.
            continue
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
