"""The one writer of tables: XLSX and CSV that no spreadsheet computes with on its own."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

Zelle = str | int | Decimal | date | None
XLSX, CSV = "xlsx", "csv"
MIME = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
# A spreadsheet takes what begins so for a formula; the wide forms become these when pasted.
_FORMELZEICHEN = frozenset("=+-@\t\r\n|%")
_BREITE_MIN, _BREITE_MAX = 8, 50


@dataclass(frozen=True)
class Blatt:
    """One sheet: title, headings, rows of one value per heading."""

    titel: str
    kopf: Sequence[str]
    zeilen: Iterable[Sequence[Zelle]]
    breiten: Sequence[int] = ()


def write_table(art: str, blatt: Blatt) -> bytes:
    """Return the sheet as a file of this kind."""
    return write_csv(blatt) if art == CSV else write_xlsx(blatt)


def write_xlsx(*blaetter: Blatt) -> bytes:
    """Return a workbook: text stays text, days and numbers are typed, headings stay in view."""
    puffer = BytesIO()
    mappe = xlsxwriter.Workbook(
        puffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    mappe.set_properties({"author": "Fallwerk", "title": "", "comments": ""})
    for blatt in blaetter:
        _sheet(mappe, blatt)
    mappe.close()
    return puffer.getvalue()


def _sheet(mappe: xlsxwriter.Workbook, blatt: Blatt) -> None:
    fett = mappe.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    tag = mappe.add_format({"num_format": "dd.mm.yyyy", "align": "left", "valign": "top"})
    betrag = mappe.add_format({"num_format": "#,##0.00", "valign": "top"})
    text = mappe.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    seite = mappe.add_worksheet(blatt.titel[:31])
    breiten = [len(kopf) for kopf in blatt.kopf]
    for spalte, kopf in enumerate(blatt.kopf):
        seite.write_string(0, spalte, kopf, fett)
    zeile = 0
    for zeile, werte in enumerate(blatt.zeilen, start=1):
        for spalte, wert in enumerate(werte):
            if wert is None or wert == "":
                continue
            if isinstance(wert, Decimal):
                seite.write_number(zeile, spalte, float(wert), betrag)
            elif isinstance(wert, int):
                seite.write_number(zeile, spalte, wert)
            elif isinstance(wert, date):
                seite.write_datetime(zeile, spalte, wert, tag)
            else:
                seite.write_string(zeile, spalte, clean_text(wert)[:32_000], text)
            breiten[spalte] = max(breiten[spalte], len(str(wert)))
    seite.freeze_panes(1, 0)
    seite.autofilter(0, 0, zeile, len(blatt.kopf) - 1)
    for spalte, breite in enumerate(blatt.breiten or breiten):
        seite.set_column(spalte, spalte, min(max(breite + 2, _BREITE_MIN), _BREITE_MAX))


def write_csv(blatt: Blatt) -> bytes:
    """Return CSV as German Excel opens it: UTF-8 with mark, semicolons, days as TT.MM.JJJJ."""
    puffer = StringIO(newline="")
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    schreiber.writerow([disarm(kopf) for kopf in blatt.kopf])
    for werte in blatt.zeilen:
        schreiber.writerow([_csv_cell(wert) for wert in werte])
    return "\ufeff".encode() + puffer.getvalue().encode()


def _csv_cell(wert: Zelle) -> str:
    if wert is None:
        return ""
    if isinstance(wert, Decimal):
        return f"{wert:.2f}".replace(".", ",")
    if isinstance(wert, int):
        return str(wert)
    if isinstance(wert, date):
        return f"{wert:%d.%m.%Y}"
    return disarm(clean_text(wert))


def disarm(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    sichtbar = unicodedata.normalize("NFKC", text).lstrip(" \u00a0\u200b\ufeff")
    anfang = sichtbar[:1] or text[:1]
    return f"'{text}" if anfang in _FORMELZEICHEN or text[:1] in _FORMELZEICHEN else text


def clean_text(text: str) -> str:
    """Return the text without characters that a file of this kind cannot carry."""
    return "".join(z for z in text if z >= " " or z in "\t\r\n")
