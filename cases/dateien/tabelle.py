"""Tables that somebody brings along: CSV and XLSX, read within limits and never trusted."""

from __future__ import annotations

import csv
import os
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from cases.dateien.formeln import check_formulas
from cases.dateien.grenzen import (
    BESCHAEDIGT,
    MIB,
    Ablehnung,
    Tabelle,
    Tabellengrenzen,
    Tabellenwunsch,
)

# openpyxl reads XML by defusedxml only when it is told so before it is loaded.
os.environ["OPENPYXL_DEFUSEDXML"] = "True"
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml import DEFUSEDXML

if not DEFUSEDXML:  # pragma: no cover
    raise ImportError("openpyxl liest XML ohne defusedxml.")

_TRENNER = (";", ",", "\t", "|")
_GEFAEHRLICH = ("=", "+", "-", "@")
_SEP = re.compile(r"\s*\"?sep=([;,\t|])\"?\s*(?:\r?\n|$)", re.IGNORECASE)
# The headings stand among so many first rows, and a row is theirs with so many of them.
_SUCHEN, _MINDESTENS = 30, 2
_KAPUTT = (
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
)


def read_table(
    data: bytes,
    grenzen: Tabellengrenzen | None = None,
    wunsch: Tabellenwunsch | None = None,
) -> Tabelle:
    """Read a table by its content; raises Ablehnung with the German reason."""
    grenzen, wunsch = grenzen or Tabellengrenzen(), wunsch or Tabellenwunsch()
    if not data:
        raise Ablehnung("Die Datei ist leer.")
    if len(data) > grenzen.byte:
        raise Ablehnung(
            f"Die Datei ist größer als {grenzen.byte // MIB} MB. Bitte teilen Sie sie auf."
        )
    if data[:4] == b"PK\x03\x04":
        return _workbook(data, grenzen, wunsch)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Ablehnung(
            "Das ist eine Arbeitsmappe im alten Format oder mit Kennwort. Bitte speichern Sie sie "
            "ohne Kennwort als XLSX."
        )
    text, kodierung = _decode(data)
    trenner = _delimiter(text)
    wort = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "Strich"}[trenner]
    gelesen_als = f"CSV, {kodierung}, getrennt durch {wort}"
    return _collect(_csv(text, trenner), gelesen_als, grenzen, wunsch)


def _workbook(data: bytes, grenzen: Tabellengrenzen, wunsch: Tabellenwunsch) -> Tabelle:
    """Read the sheet that was named, or the one that has most of the headings."""
    namen = sheet_names(data, grenzen)
    gelesen_als = "Excel-Arbeitsmappe (XLSX)"
    if wunsch.blatt:
        alle = sheet_names(data, grenzen, versteckte=True)
        gleich = [name for name in alle if name.casefold() == wunsch.blatt.casefold()]
        if not gleich:
            da = ", ".join(f"„{name}“" for name in namen)
            raise Ablehnung(f"Ein Tabellenblatt „{wunsch.blatt}“ gibt es nicht. Es gibt: {da}.")
        namen = gleich
    else:
        namen = _best_sheets(data, grenzen, wunsch, namen)
    if len(namen) > 1 or wunsch.blatt:
        gelesen_als += f", Blatt „{namen[0]}“"
    check_formulas(data, namen[0])
    return _collect(_xlsx(data, grenzen, namen[0]), gelesen_als, grenzen, wunsch)


def _best_sheets(
    data: bytes, grenzen: Tabellengrenzen, wunsch: Tabellenwunsch, namen: list[str]
) -> list[str]:
    """Return the sheets that can be seen, the one with most of the headings first.

    Raises Ablehnung when another one has as many and rows below them, hidden or not: whoever
    uploads says which is meant, for none is left out without a word.
    """
    alle = sheet_names(data, grenzen, versteckte=True)
    if len(alle) == 1:
        return namen
    anfang = {name: list(islice(_xlsx(data, grenzen, name), _SUCHEN)) for name in alle}
    zahl = {n: max((_matches(z, wunsch) for _, z in anfang[n]), default=0) for n in alle}
    namen = sorted(namen, key=lambda name: -zahl[name])
    gleich = [
        name
        for name in alle
        if zahl[name] >= max(zahl[namen[0]], _MINDESTENS)
        and sum(1 for _, zellen in anfang[name] if any(zellen)) > 1
    ]
    if len(gleich) > 1:
        da = " und ".join(f"„{name}“" for name in gleich)
        raise Ablehnung(
            f"Die Überschriften stehen auf mehreren Tabellenblättern: {da}. Bitte nennen Sie beim "
            "Hochladen das Blatt, das gemeint ist; jedes wird ein eigener Stapel."
        )
    return gleich + [name for name in namen if name not in gleich]


def sheet_names(data: bytes, grenzen: Tabellengrenzen, *, versteckte: bool = False) -> list[str]:
    """Return the sheets of a workbook in their order, those that can be seen or all."""
    _check_package(data, grenzen)
    try:
        mappe = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        alle = [b.title for b in mappe.worksheets]
        zu_sehen = [b.title for b in mappe.worksheets if b.sheet_state == "visible"]
        return alle if versteckte else zu_sehen or alle[:1]
    except _KAPUTT:
        raise Ablehnung(BESCHAEDIGT) from None


def _matches(zellen: list[str], wunsch: Tabellenwunsch) -> int:
    """Return how many of the headings that are looked for stand in a row."""
    gesucht = {name.casefold() for name in wunsch.kopf}
    return len(gesucht & {" ".join(zelle.split()).casefold() for zelle in zellen})


def _from_headings(
    zeilen: Iterable[tuple[int, list[str]]], wunsch: Tabellenwunsch
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows from the one with the headings on; titles and covers above it are left out."""
    rest = iter(zeilen)
    if wunsch.kopfzeile is not None:
        yield from (zeile for zeile in rest if zeile[0] >= (wunsch.kopfzeile or 0))
        return
    anfang = list(islice(rest, _SUCHEN))
    treffer = [_matches(zellen, wunsch) for _, zellen in anfang]
    beste = max(treffer, default=0)
    # One word alone may stand in a title.
    ab = treffer.index(beste) if beste >= _MINDESTENS else 0
    yield from anfang[ab:]
    yield from rest


def _collect(
    zeilen: Iterable[tuple[int, list[str]]],
    gelesen_als: str,
    grenzen: Tabellengrenzen,
    wunsch: Tabellenwunsch,
) -> Tabelle:
    kopf: list[str] = []
    found: list[tuple[int, list[str]]] = []
    for nummer, roh in _from_headings(zeilen, wunsch):
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
    """Return what separates the cells: what the file itself says, or what stands most in a row.

    A title above the table has none, so some rows are looked at.
    """
    if treffer := _SEP.match(text):
        return treffer[1]
    zeilen = list(islice((zeile for zeile in text.splitlines() if zeile.strip()), _SUCHEN))
    ausserhalb = ["".join(zeile.split('"')[::2]) for zeile in zeilen]

    def weight(trenner: str) -> tuple[int, int]:
        zahlen = [zeile.count(trenner) for zeile in ausserhalb]
        return max(zahlen, default=0), sum(1 for zahl in zahlen if zahl)

    return max(_TRENNER, key=weight)


def _csv(text: str, trenner: str) -> Iterator[tuple[int, list[str]]]:
    leser = csv.reader(StringIO(text, newline=""), delimiter=trenner, strict=True)
    try:
        for zellen in leser:
            # „sep=;“ is a word to Excel and no row.
            if leser.line_num > 1 or not _SEP.match(text):
                yield leser.line_num, zellen
    except csv.Error:
        raise Ablehnung(
            f"Ab Zeile {leser.line_num} lässt sich die Datei nicht lesen: Vermutlich fehlt ein "
            "Anführungszeichen."
        ) from None


def _xlsx(data: bytes, grenzen: Tabellengrenzen, name: str) -> Iterator[tuple[int, list[str]]]:
    try:
        mappe = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        blatt = mappe[name]
        blatt.reset_dimensions()
        leer = 0
        gelesen = 0
        for nummer, werte in enumerate(blatt.iter_rows(values_only=True), start=1):
            gelesen += len(werte)
            if gelesen > grenzen.zellen:
                raise Ablehnung(_zu_viele(grenzen))
            if any(wert is not None for wert in werte[grenzen.spalten :]):
                raise Ablehnung(
                    f"Zeile {nummer} hat mehr als {grenzen.spalten} Spalten. Bitte löschen Sie, "
                    "was rechts davon steht."
                )
            zellen = [_as_text(wert) for wert in werte[: grenzen.spalten]]
            leer = 0 if any(zellen) else leer + 1
            # A cell far below makes all rows above it appear; nobody means them.
            if leer > 1000:
                break
            yield nummer, zellen
    except Ablehnung:
        raise
    except _KAPUTT:
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
            zu_viele = klein and _strings(archiv) > grenzen.zeichenketten
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):
        raise Ablehnung(BESCHAEDIGT) from None
    if mit_dtd:
        raise Ablehnung(BESCHAEDIGT)
    namen = {teil.filename.lower() for teil in teile}
    if "xl/workbook.xml" not in namen:
        raise Ablehnung("Das ist weder eine CSV-Datei noch eine Arbeitsmappe (XLSX).")
    if any(name.endswith("vbaproject.bin") for name in namen):
        raise Ablehnung("Die Arbeitsmappe enthält Makros. Bitte speichern Sie sie als XLSX.")
    if zu_viele:
        raise Ablehnung(_zu_viele(grenzen))
    geschwollen = any(_swollen(teil, grenzen) for teil in teile)
    if len(teile) > grenzen.eintraege or not klein or geschwollen:
        raise Ablehnung(
            f"Die Arbeitsmappe ist entpackt größer als {grenzen.entpackt // MIB} MB oder viel "
            "größer als gepackt und wird nicht geöffnet."
        )


def _zu_viele(grenzen: Tabellengrenzen) -> str:
    anzahl = f"{grenzen.zellen:,}".replace(",", ".")
    return f"Das Tabellenblatt hat mehr als {anzahl} Zellen. Bitte teilen Sie die Datei auf."


def _strings(archiv: zipfile.ZipFile) -> int:
    """Return how many shared strings there are, counted by their tags and not by what it says."""
    teil = next((n for n in archiv.namelist() if n.lower() == "xl/sharedstrings.xml"), "")
    if not teil:
        return 0
    anzahl, rest = 0, b""
    with archiv.open(teil) as datei:
        while stueck := datei.read(MIB):
            block = rest + stueck
            anzahl += block.count(b"<si") - rest.count(b"<si")
            rest = block[-2:]
    return anzahl


def _swollen(teil: zipfile.ZipInfo, grenzen: Tabellengrenzen) -> bool:
    """Tell whether a part unpacks to far more than any table of people does."""
    gepackt = max(teil.compress_size, 1)
    return teil.file_size > MIB and teil.file_size > grenzen.verhaeltnis * gepackt


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
