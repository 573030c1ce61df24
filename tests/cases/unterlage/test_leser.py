"""Who reads foreign formats: the modules of the limited process, and nobody else."""

from __future__ import annotations

import ast
import zlib
from functools import cache
from pathlib import Path

import pytest

from cases.dateien import aufruf
from cases.dateien.grenzen import Ablehnung, Papier
from tests.cases.unterlage import proben

ROOT = Path(__file__).resolve().parents[3]
ORDNER = ("cases", "gesamtplan", "budget", "berichte", "config", "recht", "werkzeug", "vorfuehrung")
# Every parser of files that is installed or comes with Python; what only calculates is not here.
LESER = {
    *("pikepdf", "pypdfium2", "PIL", "openpyxl", "lxml", "defusedxml", "magic", "fontTools"),
    *("zipfile", "tarfile", "gzip", "bz2", "lzma", "zlib", "csv", "xml", "html", "email"),
    *("mailbox", "plistlib", "pickle", "marshal", "shelve", "tinyhtml5", "icalendar"),
}
# The one door: these modules are loaded only by `werkstatt`, inside its limits.
WERKSTATT = {
    f"cases/dateien/{name}.py"
    for name in (
        *("akte", "anlage", "archiv", "bild", "buero", "erkennung", "formeln"),
        *("formular", "logo"),
        *("pdf", "schwaerzung", "signatur", "tabelle"),
    )
}
# Whatever else names a parser, and why no foreign byte reaches it there.
ERLAUBT = {
    ("cases/export/zeichen.py", "fontTools"): "liest die mitgelieferten Schriften der Briefe",
    ("cases/austausch/queries/altzeichen.py", "html"): "setzt Zeichen gelesener Zellen um",
    ("cases/tisch/export.py", "icalendar"): "schreibt einen Kalender",
    ("gesamtplan/konferenz/schreiben.py", "icalendar"): "schreibt eine Einladung",
    ("cases/export/paket.py", "zipfile"): "schreibt ein Paket",
    ("cases/export/tabelle.py", "csv"): "schreibt eine Liste",
    ("budget/folge/export.py", "xml"): "schreibt das Verzeichnis der Akte",
    ("cases/schreiben/export.py", "pikepdf"): "fügt eigene Schreiben zusammen, jedes mit Prüfwert",
    ("vorfuehrung/unterlage.py", "pikepdf"): "malt die Unterlagen der erfundenen Behörde",
    ("vorfuehrung/unterlage.py", "PIL"): "malt die Unterlagen der erfundenen Behörde",
}


def imports_of(source: str) -> set[str]:
    """Return every module that a file imports, wherever in it, with its dots."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


@cache
def files() -> dict[str, set[str]]:
    """Return what each file of the product imports."""
    return {
        str(path.relative_to(ROOT)): imports_of(path.read_text())
        for ordner in ORDNER
        for path in sorted((ROOT / ordner).rglob("*.py"))
        if "migrations" not in path.parts
    }


def readers_of(imports: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in imports} & LESER


def test_only_the_workshop_opens_foreign_files():
    fremd = {
        (name, leser)
        for name, imports in files().items()
        if name not in WERKSTATT
        for leser in readers_of(imports)
    }
    assert len(files()) >= 300
    assert fremd == set(ERLAUBT)
    assert all((ROOT / name).exists() for name in WERKSTATT)


def test_its_modules_are_loaded_by_its_process_alone():
    module = {name.removesuffix(".py").replace("/", ".") for name in WERKSTATT}
    lader = {n for n, imports in files().items() if n not in WERKSTATT and imports & module}
    assert lader == {"cases/dateien/werkstatt.py"}
    # It loads them when its limits hold, not before.
    oben = ast.parse((ROOT / "cases/dateien/werkstatt.py").read_text()).body
    fest = [ast.unparse(node) for node in oben if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not imports_of("\n".join(fest)) & module


@pytest.mark.parametrize(
    "zeile",
    [
        "import pikepdf",
        "from PIL import Image",
        "def spaet():\n    from lxml import etree",
        "import xml.etree.ElementTree as ET",
    ],
)
def test_finder_sees_planted_readers(zeile):
    assert readers_of(imports_of(zeile))


@pytest.mark.parametrize("zeile", ["from cases.dateien import pdf", "import cases.dateien.pdf"])
def test_finder_sees_planted_doors(zeile):
    assert "cases.dateien.pdf" in imports_of(zeile)


def test_who_is_allowed_to_name_a_parser_only_writes_with_it():
    paket = (ROOT / "cases/export/paket.py").read_text()
    assert 'ZipFile(out, "w", zipfile.ZIP_DEFLATED)' in paket
    assert paket.count("ZipFile(") == 1
    assert "csv.reader" not in (ROOT / "cases/export/tabelle.py").read_text()


def bomb(megabyte: int) -> bytes:
    """Return a PDF whose objects lie in a stream that is that large once it is unpacked."""
    packer = zlib.compressobj(9)
    zeilen = [packer.compress(b"1 0 " + b" " * (1 << 20))]
    zeilen += [packer.compress(b" " * (1 << 20)) for _ in range(megabyte)]
    strom = b"".join(zeilen) + packer.flush()
    teile, stellen = [b"%PDF-1.7\n"], {}

    def add(nummer: int, inhalt: bytes) -> None:
        stellen[nummer] = sum(map(len, teile))
        teile.append(b"%d 0 obj\n%b\nendobj\n" % (nummer, inhalt))

    add(
        2,
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream"
        % (len(strom), strom),
    )
    ende = sum(map(len, teile))
    feld = b"".join(
        (
            bytes([0, 0, 0, 0, 0, 0]),
            bytes([2]) + (2).to_bytes(4) + b"\0",
            bytes([1]) + stellen[2].to_bytes(4) + b"\0",
            bytes([1]) + ende.to_bytes(4) + b"\0",
        )
    )
    add(
        3,
        b"<</Type/XRef/Size 4/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n%b\nendstream"
        % (len(feld), feld),
    )
    teile.append(b"startxref\n%d\n%%%%EOF\n" % ende)
    return b"".join(teile)


def papers(*inhalte: bytes) -> list[Papier]:
    return [Papier("01.06.2026", f"Stück {n}", inhalt) for n, inhalt in enumerate(inhalte, 1)]


def test_paper_that_is_too_much_stands_apart_and_the_others_are_bound(monkeypatch):
    monkeypatch.setattr(aufruf, "SPEICHER", 450 * 1024 * 1024)
    pdf, seiten = aufruf.bind_apart(
        "Akte", papers(proben.make_pdf("Antrag"), bomb(400), proben.make_pdf("Bescheid", "S. 2"))
    )
    assert seiten == [(2, 2), (0, 0), (3, 4)]
    assert pdf.startswith(b"%PDF")


def test_paper_that_ends_the_process_is_named_by_it_and_left_out(monkeypatch):
    """It dies at the second paper, as by the limit of its time; then it is tried without."""
    echt, versuche = aufruf._run, []

    def run(auftrag, data):
        versuche.append([laenge > 0 for _, _, laenge in auftrag["papiere"]])
        if auftrag["papiere"][1][2]:
            raise aufruf.Abgebrochen(aufruf._last_number(b"0\nwarnung\n1\n"))
        return echt(auftrag, data)

    monkeypatch.setattr(aufruf, "_run", run)
    _, seiten = aufruf.bind_apart("Akte", papers(*[proben.make_pdf("Seite")] * 3))
    assert versuche == [[True, True, True], [True, False, True]]
    assert seiten == [(2, 2), (0, 0), (3, 3)]


@pytest.mark.parametrize("zuletzt", [None, 3])
def test_binding_ends_when_no_paper_is_to_blame(monkeypatch, zuletzt):
    def run(auftrag, data):
        raise aufruf.Abgebrochen(zuletzt)

    monkeypatch.setattr(aufruf, "_run", run)
    with pytest.raises(Ablehnung, match="zu viel Speicher"):
        aufruf.bind_apart("Akte", papers(*[proben.make_pdf("Seite")] * 3))


def test_binding_gives_up_after_a_few_papers(monkeypatch):
    versuche = []

    def run(auftrag, data):
        versuche.append(1)
        raise aufruf.Abgebrochen(len(versuche) - 1)

    monkeypatch.setattr(aufruf, "_run", run)
    with pytest.raises(aufruf.Abgebrochen) as fehler:
        aufruf.bind_apart("Akte", papers(*[proben.make_pdf("Seite")] * 9))
    assert fehler.value.zuletzt == 3
    assert len(versuche) == 4


def test_process_that_ends_before_its_first_paper_blames_none(monkeypatch):
    monkeypatch.setattr(aufruf, "SPEICHER", 1)
    with pytest.raises(aufruf.Abgebrochen) as fehler:
        aufruf.bind_apart("Akte", [])
    assert fehler.value.zuletzt is None
