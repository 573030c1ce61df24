"""A frozen letter for tests that do not look at how it is set."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from io import BytesIO

import pikepdf

from cases.models import Case, Schreiben, Schreibendatei, User

_NUMMERN = iter(range(1, 10**9))


@cache
def blank_pdf() -> bytes:
    """Return a PDF of one empty page: small, and a batch can take it in."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def make_schreiben(
    case: Case,
    by: User,
    art: str,
    daten: dict | None = None,
    datum: date = date(2005, 11, 2),
) -> Schreiben:
    """Return a frozen letter without setting one."""
    pdf = blank_pdf()
    schreiben = Schreiben.objects.create(
        case=case,
        art=art,
        titel=art,
        gegenstand=f"{art}:0",
        nummer=f"{case.aktenzeichen}-P{next(_NUMMERN)}",
        datum=datum,
        empfaenger=["Emil Muster"],
        daten=daten or {},
        html_sha256="0" * 64,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        pdf_seiten=1,
        erstellt_von=by,
    )
    Schreibendatei.objects.create(schreiben=schreiben, pdf=pdf)
    return schreiben
