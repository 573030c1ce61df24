"""Formulas of a workbook whose value was never stored: such a cell looks empty and is not."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from itertools import zip_longest
from xml.etree.ElementTree import ParseError

import defusedxml  # noqa: F401 - openpyxl reads by it
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from cases.dateien.grenzen import BESCHAEDIGT, MIB, Ablehnung


def check_formulas(data: bytes, name: str) -> None:
    """Refuse a sheet that has a formula without its value, naming the cell.

    A spreadsheet stores the value when it saves; a program that writes workbooks often does not.
    """
    try:
        if not _has_formulas(data):
            return
        formeln = load_workbook(BytesIO(data), read_only=True, keep_links=False)[name]
        werte = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)[name]
        formeln.reset_dimensions()
        werte.reset_dimensions()
        for zeile, (oben, unten) in enumerate(
            zip_longest(
                formeln.iter_rows(values_only=True), werte.iter_rows(values_only=True), fillvalue=()
            ),
            start=1,
        ):
            for spalte, (formel, wert) in enumerate(zip(oben, unten, strict=False), start=1):
                if wert is None and isinstance(formel, str) and formel.startswith("="):
                    raise Ablehnung(
                        f"In Zelle {get_column_letter(spalte)}{zeile} steht eine Formel ohne "
                        "gespeicherten Wert. Bitte öffnen Sie die Datei in der "
                        "Tabellenkalkulation und speichern Sie sie neu, oder ersetzen Sie die "
                        "Formeln durch ihre Werte."
                    )
    except (zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, OSError):
        raise Ablehnung(BESCHAEDIGT) from None


def _has_formulas(data: bytes) -> bool:
    """Tell whether a sheet holds any formula, without reading its cells."""
    with zipfile.ZipFile(BytesIO(data)) as archiv:
        for teil in archiv.namelist():
            if not teil.startswith("xl/worksheets/"):
                continue
            rest = b""
            with archiv.open(teil) as datei:
                while stueck := datei.read(MIB):
                    if b"<f>" in rest + stueck or b"<f " in rest + stueck:
                        return True
                    rest = stueck[-2:]
    return False
