"""Tables that somebody brings along: CSV and XLSX, read within limits and never trusted."""

from __future__ import annotations

import csv
import os
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from cases.dateien.grenzen import BESCHAEDIGT, MIB, Ablehnung

# openpyxl reads XML by defusedxml only when it is told so before it is loaded.
os.environ["OPENPYXL_DEFUSEDXML"] = "True"
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml import DEFUSEDXML

if not DEFUSEDXML:  # pragma: no cover
    raise ImportError("openpyxl liest XML ohne defusedxml.")

_TRENNER = (";", ",", "\t")
_GEFAEHRLICH = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Tabellengrenzen:
    """What a table may be at most."""

    byte: int = 10 * MIB
    entpackt: int = 100 * MIB
    eintraege: int = 500
    zeilen: int = 20_000
    spalten: int = 100
    zeichen: int = 2_000


@dataclass(frozen=True)
class Tabelle:
    """Headings, and rows with their number in the file; `gelesen_als` says how it was read."""

    kopf: list[str]
    zeilen: list[tuple[int, list[str]]]
    gelesen_als: str


def read_table(data: bytes, grenzen: Tabellengrenzen | None = None) -> Tabelle:
    """Read a table by its content; raises Ablehnung with the German reason."""
    grenzen = grenzen or Tabellengrenzen()
    if not data:
        raise Ablehnung("Die Datei ist leer.")
    if len(data) > grenzen.byte:
        raise Ablehnung(
            f"Die Datei ist größer als {grenzen.byte // MIB} MB. Bitte teilen Sie sie auf."
        )
    if data[:4] == b"PK\x03\x04":
        return _collect(_xlsx(data, grenzen), "Excel-Arbeitsmappe (XLSX)", grenzen)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Ablehnung(
            "Das ist eine Arbeitsmappe im alten Format oder mit Kennwort. Bitte speichern Sie sie "
            "ohne Kennwort als XLSX."
        )
    text, kodierung = _decode(data)
    trenner = _delimiter(text)
    wort = {";": "Semikolon", ",": "Komma", "\t": "Tabulator"}[trenner]
    return _collect(_csv(text, trenner), f"CSV, {kodierung}, getrennt durch {wort}", grenzen)


def _collect(
    zeilen: Iterable[tuple[int, list[str]]], gelesen_als: str, grenzen: Tabellengrenzen
) -> Tabelle:
    kopf: list[str] = []
    found: list[tuple[int, list[str]]] = []
    for nummer, roh in zeilen:
        zellen = [_plain(zelle, nummer, grenzen) for zelle in roh]
        if not any(zellen):
            continue
        if not kopf:
            while zellen and not zellen[-1]:
                zellen.pop()
            kopf = _headings(zellen, grenzen)
            continue
        if any(zellen[len(kopf) :]):
            raise Ablehnung(
                f"Zeile {nummer} hat mehr Zellen als die Zeile mit den Überschriften. Vermutlich "
                "steht das Trennzeichen in einem Text ohne Anführungszeichen."
            )
        if len(found) >= grenzen.zeilen:
            anzahl = f"{grenzen.zeilen:,}".replace(",", ".")
            raise Ablehnung(
                f"Die Datei hat mehr als {anzahl} Zeilen. Bitte teilen Sie sie auf mehrere auf."
            )
        found.append((nummer, (zellen + [""] * len(kopf))[: len(kopf)]))
    if not kopf or not found:
        raise Ablehnung("In der Datei steht keine Zeile unter den Überschriften.")
    return Tabelle(kopf, found, gelesen_als)


def _headings(zellen: list[str], grenzen: Tabellengrenzen) -> list[str]:
    if len(zellen) > grenzen.spalten:
        raise Ablehnung(f"Die Datei hat mehr als {grenzen.spalten} Spalten.")
    zahl = Counter(zelle.casefold() for zelle in zellen if zelle)
    doppelt = [zelle for zelle in zellen if zahl[zelle.casefold()] > 1]
    if doppelt:
        raise Ablehnung(f"Die Überschrift „{doppelt[0]}“ kommt mehrfach vor.")
    return zellen


def _plain(zelle: str, nummer: int, grenzen: Tabellengrenzen) -> str:
    if len(zelle) > grenzen.zeichen:
        raise Ablehnung(
            f"In Zeile {nummer} hat eine Zelle mehr als {grenzen.zeichen} Zeichen. Vermutlich "
            "fehlt ein Anführungszeichen."
        )
    # Without the sign that a table of Fallwerk puts before what a spreadsheet would compute.
    if zelle[:1] == "'" and zelle[1:].lstrip().startswith(_GEFAEHRLICH):
        zelle = zelle[1:]
    rein = "".join(z if z >= " " else " " for z in zelle)
    return " ".join(rein.split())


def _decode(data: bytes) -> tuple[str, str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            raise Ablehnung(BESCHAEDIGT) from None
    if b"\x00" in data:
        raise Ablehnung("Das ist weder eine CSV-Datei noch eine Arbeitsmappe (XLSX).")
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise Ablehnung(
            "Die Zeichen der Datei lassen sich nicht lesen. Bitte speichern Sie sie als „CSV UTF-8“"
            " oder als XLSX."
        ) from None


def _delimiter(text: str) -> str:
    """Return what separates the cells of the first line that is not empty."""
    erste = next((zeile for zeile in text.splitlines() if zeile.strip()), "")
    ausserhalb = "".join(erste.split('"')[::2])
    return max(_TRENNER, key=ausserhalb.count)


def _csv(text: str, trenner: str) -> Iterator[tuple[int, list[str]]]:
    leser = csv.reader(StringIO(text, newline=""), delimiter=trenner, strict=True)
    try:
        for zellen in leser:
            yield leser.line_num, zellen
    except csv.Error:
        raise Ablehnung(
            f"Ab Zeile {leser.line_num} lässt sich die Datei nicht lesen: Vermutlich fehlt ein "
            "Anführungszeichen."
        ) from None


def _xlsx(data: bytes, grenzen: Tabellengrenzen) -> Iterator[tuple[int, list[str]]]:
    _check_package(data, grenzen)
    try:
        mappe = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        blatt = mappe.worksheets[0]
        blatt.reset_dimensions()
        leer = 0
        for nummer, werte in enumerate(blatt.iter_rows(values_only=True), start=1):
            zellen = [_as_text(wert) for wert in werte[: grenzen.spalten + 1]]
            leer = 0 if any(zellen) else leer + 1
            # A cell far below makes all rows above it appear; nobody means them.
            if leer > 1000:
                break
            yield nummer, zellen
    except Ablehnung:
        raise
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        DefusedXmlException,
        ParseError,
        KeyError,
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
        OSError,
        EOFError,
    ):
        raise Ablehnung(BESCHAEDIGT) from None


def _check_package(data: bytes, grenzen: Tabellengrenzen) -> None:
    """Look at sizes and parts before anything is unpacked.

    What an entry says about its size is a promise: reading more than that fails.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archiv:
            teile = archiv.infolist()
            klein = sum(t.file_size for t in teile) <= grenzen.entpackt
            mit_dtd = klein and any(_declares(archiv, teil) for teil in teile)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):
        raise Ablehnung(BESCHAEDIGT) from None
    if mit_dtd:
        raise Ablehnung(BESCHAEDIGT)
    namen = {teil.filename.lower() for teil in teile}
    if "xl/workbook.xml" not in namen:
        raise Ablehnung("Das ist weder eine CSV-Datei noch eine Arbeitsmappe (XLSX).")
    if any(name.endswith("vbaproject.bin") for name in namen):
        raise Ablehnung("Die Arbeitsmappe enthält Makros. Bitte speichern Sie sie als XLSX.")
    if len(teile) > grenzen.eintraege or sum(t.file_size for t in teile) > grenzen.entpackt:
        raise Ablehnung(
            f"Die Arbeitsmappe ist entpackt größer als {grenzen.entpackt // MIB} MB und wird nicht "
            "geöffnet."
        )


def _declares(archiv: zipfile.ZipFile, teil: zipfile.ZipInfo) -> bool:
    """Tell whether a part declares a document type; no spreadsheet writes one, and one can bite."""
    with archiv.open(teil) as datei:
        anfang = datei.read(4096).replace(b"\x00", b"")
    return b"<!DOCTYPE" in anfang or b"<!ENTITY" in anfang


def _as_text(wert: Any) -> str:
    """Return a cell as somebody would type it: 05.03.2026, 842,10, ja."""
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, datetime):
        wert = wert.date() if wert.time() == time() else wert
    if isinstance(wert, date):
        return f"{wert:%d.%m.%Y}"
    if isinstance(wert, float):
        zahl = Decimal(repr(round(wert, 6))).normalize()
        return f"{zahl:f}".replace(".", ",")
    return str(wert)
