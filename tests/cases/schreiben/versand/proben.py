"""Letters for tests: real rows with a real PDF, without setting type."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO

import pikepdf
import weasyprint

from cases.models import Auftrag, Case, Schreiben, Schreibendatei, User, Versand
from cases.schreiben.services.versand import schluessel_of

MIT_RECHTSBEHELF = "probe_bescheid"
OHNE_RECHTSBEHELF = "probe_mitteilung"
BRIEFTAG = date(2026, 11, 20)


def auftrag_of(versand: Versand) -> int | None:
    """Return the id of the outbox row, None when the way needs none."""
    rows = Auftrag.objects.filter(schluessel=schluessel_of(versand))
    return rows.values_list("pk", flat=True).first()


def make_pdf(seiten: int = 1) -> bytes:
    """Return a PDF with blank pages."""
    with pikepdf.new() as pdf:
        for _ in range(seiten):
            pdf.add_blank_page(page_size=(595, 842))
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def make_worded_pdf(seiten: list[str]) -> bytes:
    """Return a PDF with one word or sentence on each page."""
    html = "".join(f"<p style='break-after: page'>{wort}</p>" for wort in seiten)
    return weasyprint.HTML(string=html).write_pdf()


def make_schreiben(
    case: Case,
    by: User,
    *,
    art: str = MIT_RECHTSBEHELF,
    datum: date = BRIEFTAG,
    seiten: int = 1,
    pdf_sha256: str = "",
    daten: dict | None = None,
    empfaenger: list[str] | None = None,
) -> Schreiben:
    """Return a frozen letter, to the person at the address of today unless somebody is named."""
    person = case.leistungsberechtigte_person
    pdf = make_pdf(seiten)
    nummer = Schreiben.objects.filter(case=case).count() + 1
    schreiben = Schreiben.objects.create(
        case=case,
        art=art,
        titel="Bescheid über das Persönliche Budget",
        gegenstand="bescheid:1",
        nummer=f"{case.aktenzeichen}-S{nummer}",
        datum=datum,
        empfaenger=empfaenger or [person.voller_name, *person.anschriften.get().zeilen()],
        daten=daten or {},
        html_sha256="0" * 64,
        pdf_sha256=pdf_sha256 or hashlib.sha256(pdf).hexdigest(),
        pdf_seiten=seiten,
        erstellt_von=by,
    )
    Schreibendatei.objects.create(schreiben=schreiben, pdf=pdf)
    return schreiben
