"""Many letters as one PDF for the printer.

Merging drops the tags that make a PDF accessible; the batch is for paper only, the frozen letter
stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from itertools import groupby

import pikepdf
from django.template.loader import render_to_string

from cases.export.tabelle import Blatt, write_csv
from cases.models import Behoerde, Versand
from cases.schreiben.queries.umfang import Umfang, umschlag_of
from cases.schreiben.satz.schrift import printable
from cases.schreiben.satz.setzerei import set_letter
from cases.schreiben.satz.umbruch import keep_together

_ZEILEN_DER_ANSCHRIFT = 9
_KOPF = (
    "Nr.",
    "Sendung",
    "Schreiben",
    "Weg",
    "Umschlag",
    "Seite von",
    "Seite bis",
    "Blätter",
    "Ausland",
    *(f"Anschrift {n}" for n in range(1, _ZEILEN_DER_ANSCHRIFT + 1)),
)


def merge_pdfs(pdfs: Iterable[bytes]) -> tuple[bytes, int]:
    """Return the parts one after the other as one PDF, and its number of pages.

    Each part is filled with a blank page up to an even number, so that the next one begins on a
    front side: printed on both sides, nothing of one person stands on the sheet of another
    (§ 35 Abs. 1 SGB I). The same parts give the same bytes.
    """
    with pikepdf.new() as stapel:
        for pdf in pdfs:
            with pikepdf.open(BytesIO(pdf)) as brief:
                stapel.pages.extend(brief.pages)
            if len(stapel.pages) % 2:
                _, _, breite, hoehe = (float(wert) for wert in stapel.pages[-1].mediabox)
                stapel.add_blank_page(page_size=(breite, hoehe))
        out = BytesIO()
        stapel.save(out, deterministic_id=True)
        return out.getvalue(), len(stapel.pages)


Brief = tuple[Versand, Umfang]


def groups_of(briefe: Sequence[Brief]) -> list[tuple[str, list[Brief]]]:
    """Return the letters of each way and envelope, in the order of printing."""
    gruppen = groupby(briefe, lambda b: f"{b[0].get_weg_display()}, Umschlag {umschlag_of(b[1])}")
    return [(titel, list(teil)) for titel, teil in gruppen]


def set_trennblatt(titel: str, briefe: Sequence[Brief], tag: date) -> bytes:
    """Set the sheet that lies before the letters of one way and envelope: their dispatch list."""
    behoerde = Behoerde.objects.get(pk=1)
    felder = ("name", "amt", "strasse", "plz", "ort", "telefon", "email")
    kopf = {
        "behoerde": {feld: getattr(behoerde, feld) for feld in felder},
        "betreff": f"Versandliste: {titel}",
        "datum": tag.isoformat(),
    }
    zeilen = [
        {
            "nummer": versand.schreiben.nummer,
            "an": versand.an[0],
            "ort": versand.an[-1],
            "blaetter": umfang.blaetter,
            "anlagen": len(umfang.anlagen),
        }
        for versand, umfang in briefe
    ]
    html = render_to_string(
        "cases/schreiben/postausgang/trennblatt.html",
        {"kopf": kopf, "titel": kopf["betreff"], "zeilen": zeilen},
    )
    satz = set_letter(
        keep_together(printable(html)), anlage=b"{}", anlage_name="trennblatt.json", datum=tag
    )
    return satz.pdf


def write_index(briefe: Sequence[Brief]) -> bytes:
    """Return the list that a print house reads beside the PDF: one line per letter, with pages."""
    zeilen, seite = [], 1
    for nummer, (versand, umfang) in enumerate(briefe, 1):
        anschrift = [*versand.an, *[""] * _ZEILEN_DER_ANSCHRIFT][:_ZEILEN_DER_ANSCHRIFT]
        zeilen.append(
            (
                nummer,
                str(versand.nachricht_id),
                versand.schreiben.nummer,
                versand.get_weg_display(),
                umschlag_of(umfang),
                seite,
                seite + umfang.druckseiten - 1,
                umfang.blaetter,
                "ja" if versand.ausland else "nein",
                *anschrift,
            )
        )
        seite += umfang.druckseiten
    return write_csv(Blatt("Versandliste", _KOPF, zeilen))
