"""Letters for tests: real rows with a real PDF, without setting type."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO

import pikepdf

from cases.models import Case, Schreiben, Schreibendatei, User

MIT_RECHTSBEHELF = "probe_bescheid"
OHNE_RECHTSBEHELF = "probe_mitteilung"
BRIEFTAG = date(2026, 11, 20)


def make_pdf(seiten: int = 1) -> bytes:
    """Return a PDF with blank pages."""
    with pikepdf.new() as pdf:
        for _ in range(seiten):
            pdf.add_blank_page(page_size=(595, 842))
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def make_schreiben(
    case: Case,
    by: User,
    *,
    art: str = MIT_RECHTSBEHELF,
    datum: date = BRIEFTAG,
    seiten: int = 1,
    pdf_sha256: str = "",
) -> Schreiben:
    """Return a frozen letter to the person at the address of today."""
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
        empfaenger=[person.voller_name, *person.anschriften.get().zeilen()],
        daten={},
        html_sha256="0" * 64,
        pdf_sha256=pdf_sha256 or hashlib.sha256(pdf).hexdigest(),
        pdf_seiten=seiten,
        erstellt_von=by,
    )
    Schreibendatei.objects.create(schreiben=schreiben, pdf=pdf)
    return schreiben
