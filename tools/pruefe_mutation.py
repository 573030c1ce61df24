"""Planted faults in citations, guards, services and `recht`: how many do the tests notice?

Each fault is put into one file of this working copy, the tests that cover the file are run, and
the file is put back. Files with changes of their own are left alone. What takes longer than
`--grenze` seconds is not decided: it counts neither as found nor as alive. `recht` runs in a copy
of its own (`pruefe_recht_mutation.py`). Ends with status 1 below the agreed share of a class.

    python tools/pruefe_mutation.py [--klasse fundstellen] [--stichprobe 40] [--saat 1]
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WURZEL = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(WURZEL))
from tools import pruefe_recht_mutation  # noqa: E402 - the path comes first

KLASSEN = ("fundstellen", "waechter", "dienste", "recht")
MINDESTANTEIL = 90
GRENZE = 300
# What pytest says: 1 a test failed, 2 the file cannot even be imported; anything else says nothing.
BEMERKT = frozenset({1, 2})
APPS = ("cases", "gesamtplan", "budget")
# Calls that write; without them a step says that it was taken and leaves nothing behind.
SCHREIBT = re.compile(
    r"(?:\.(?:save|update|create|delete|bulk_create|set)|record_\w+|start_frist|keep_frist"
    r"|lift_frist|end_fristen|move_frist|queue_\w+|enqueue\w*)$"
)
VERLANGT = re.compile(r"(?:^|\.)(?:refuse|require\w*)$")
GRENZEN = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "=="}


@dataclass(frozen=True)
class Fehler:
    """One planted fault: the text from `von` to `bis` of a file is replaced."""

    klasse: str
    art: str
    datei: str
    von: int
    bis: int
    neu: str
    zeile: int

    def __str__(self) -> str:
        return f"{self.datei}:{self.zeile} {self.art}: {self.neu[:60]!r}"


# --- citations --------------------------------------------------------------------------------
_ZITAT = re.compile(
    r"§§? (?P<par>\d+[a-z]?)(?: Abs\. (?P<abs>\d+)[a-z]?)?(?: S\. (?P<satz>\d+))?"
    r"(?: Nr\. (?P<nr>\d+))? (?P<gesetz>SGB IX|SGB XII|SGB XI|SGB X|SGB I|BudgetV|SGG|BGB)"
)
_ANDERES = {"SGB IX": "SGB XII", "SGB XII": "SGB IX"}


def fundstellen() -> Iterator[Fehler]:
    """A wrong §, Absatz, Satz, Nummer or law at each place that a person can read."""
    from tests.fundstellen import alle  # noqa: PLC0415 - reads all files

    zeilen = {(s.datei, s.zeile) for s in alle() if not s.erklaert and s.norm.gesetz}
    for datei in sorted({datei for datei, _ in zeilen}):
        text = (WURZEL / datei).read_text(encoding="utf-8")
        for treffer in _ZITAT.finditer(text):
            zeile = text.count("\n", 0, treffer.start()) + 1
            if (datei, zeile) in zeilen:
                yield from _verfaelscht(datei, treffer, zeile)


def _verfaelscht(datei: str, treffer: re.Match[str], zeile: int) -> Iterator[Fehler]:
    for gruppe, art in (
        ("par", "falscher Paragraf"),
        ("abs", "falscher Absatz"),
        ("satz", "falscher Satz"),
        ("nr", "falsche Nummer"),
    ):
        if treffer[gruppe]:
            zahl = re.match(r"\d+", treffer[gruppe])
            neu = str(int(zahl.group()) + 1) if zahl else "1"
            yield Fehler("fundstellen", art, datei, *treffer.span(gruppe), neu, zeile)
    gesetz = _ANDERES.get(treffer["gesetz"], "SGB IX")
    span = treffer.span("gesetz")
    yield Fehler("fundstellen", "falsches Gesetz", datei, *span, gesetz, zeile)


# --- guards and services ----------------------------------------------------------------------
def code(klasse: str) -> Iterator[Fehler]:
    """Inverted conditions, moved bounds, dropped guards, refusals and writes."""
    ordner = "guards" if klasse == "waechter" else "services"
    for app in APPS:
        for pfad in sorted((WURZEL / app).rglob("*.py")):
            if ordner in pfad.parts or pfad.name == f"{ordner}.py":
                yield from _aus_code(klasse, pfad)


def _aus_code(klasse: str, pfad: Path) -> Iterator[Fehler]:
    text = pfad.read_text(encoding="utf-8")
    anfang = [0]
    for zeile in text.splitlines(keepends=True):
        anfang.append(anfang[-1] + len(zeile.encode()))
    roh = text.encode()

    def spanne(node: ast.expr | ast.stmt) -> tuple[int, int]:
        ende_zeile, ende_spalte = node.end_lineno or node.lineno, node.end_col_offset or 0
        von = anfang[node.lineno - 1] + node.col_offset
        bis = anfang[ende_zeile - 1] + ende_spalte
        return len(roh[:von].decode()), len(roh[:bis].decode())

    datei = str(pfad.relative_to(WURZEL))
    for node in ast.walk(ast.parse(text)):
        for art, ziel, neu in _varianten(node, text, spanne):
            yield Fehler(klasse, art, datei, *spanne(ziel), neu, ziel.lineno)


def _varianten(node: ast.AST, text: str, spanne) -> Iterator[tuple[str, ast.expr | ast.stmt, str]]:  # type: ignore[no-untyped-def]
    def quelle(teil: ast.expr | ast.stmt) -> str:
        von, bis = spanne(teil)
        return text[von:bis]

    if isinstance(node, ast.If):
        yield "Bedingung umgekehrt", node.test, f"not ({quelle(node.test)})"
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in GRENZEN:
        rechts = quelle(node.comparators[0])
        neu = f"{quelle(node.left)} {GRENZEN[type(node.ops[0])]} {rechts}"
        yield "Grenze verschoben", node, neu
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Call):
        if quelle(node.value.func) == "Hindernis":
            yield "Ablehnung gestrichen", node, "return None"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        name = quelle(node.value.func)
        if VERLANGT.search(name):
            yield "Voraussetzung gestrichen", node, "pass"
        elif SCHREIBT.search(name):
            yield "Schreiben gestrichen", node, "pass"


# --- run --------------------------------------------------------------------------------------
def fundstelle_gefunden(fehler: Fehler) -> bool:
    """What `tests/architektur/test_fundstellen.py` asks, asked of the one file with the fault.

    The test reads all files and takes seconds; a file alone takes a fraction of one.
    """
    import yaml  # noqa: PLC0415 - slow import

    from tests.architektur.test_fundstellen import fehler_of  # noqa: PLC0415 - slow import
    from tests.fundstellen import SOLL, aus_einer_datei, soll  # noqa: PLC0415 - slow import

    text = (WURZEL / fehler.datei).read_text(encoding="utf-8")
    text = text[: fehler.von] + fehler.neu + text[fehler.bis :]
    stellen = aus_einer_datei(fehler.datei, text)
    war = yaml.load(SOLL.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    ist = soll(stellen)
    vorher = {ort for ort in war if ort.partition("::")[0] == fehler.datei}
    return any(map(fehler_of, stellen)) or ist != {ort: war[ort] for ort in vorher}


def pruefungen_fuer(fehler: Fehler) -> list[list[str]]:
    """The tests that cover the file, the nearest first."""
    teile = Path(fehler.datei).with_suffix("").parts
    name = teile[-1]
    stufen: list[list[str]] = []
    raum = WURZEL / "tests" / teile[0] / teile[1]
    importiert = ".".join(teile)
    nennen = [
        str(p.relative_to(WURZEL))
        for p in sorted((WURZEL / "tests").rglob("test_*.py"))
        if "browser" not in p.parts and _nennt(p, importiert, name)
    ]
    if nennen:
        stufen.append(nennen)
    ort = raum if raum.is_dir() else WURZEL / "tests" / teile[0]
    stufen.append([str(ort.relative_to(WURZEL))])
    return stufen


def _nennt(pfad: Path, modul: str, name: str) -> bool:
    text = pfad.read_text(encoding="utf-8")
    return (
        modul in text
        or re.search(rf"from {modul.rpartition('.')[0]} import .*\b{name}\b", text) is not None
    )


def wird_gefunden(fehler: Fehler, grenze: int = GRENZE) -> bool | None:
    """Plant the fault, run the tests that cover the file, and put the file back.

    Return None where the tests did not come to an end within `grenze` seconds.
    """
    if fehler.klasse == "fundstellen":
        return fundstelle_gefunden(fehler)
    pfad = WURZEL / fehler.datei
    text = pfad.read_text(encoding="utf-8")
    ende = time.monotonic() + grenze
    pfad.write_text(text[: fehler.von] + fehler.neu + text[fehler.bis :], encoding="utf-8")
    try:
        for stufe in pruefungen_fuer(fehler):
            code = _run_tests(stufe, max(ende - time.monotonic(), 1))
            if code is None or code:
                return code in BEMERKT or None
        return False
    finally:
        pfad.write_text(text, encoding="utf-8")


def _run_tests(tests: list[str], grenze: float) -> int | None:
    """Return what pytest ends with, None where it takes longer than `grenze` seconds."""
    lauf = subprocess.Popen(
        [sys.executable, "-m", "werkzeug", "test", "pytest", *tests, "-x", "-q", "-n0"],
        cwd=WURZEL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return lauf.wait(grenze)
    except subprocess.TimeoutExpired:
        # The whole group: pytest is a child of the first process.
        os.killpg(lauf.pid, signal.SIGTERM)
        lauf.wait()
        return None


def unveraendert(datei: str) -> bool:
    """Whether the file is as it was last committed."""
    befehl = ["git", "diff", "--quiet", "HEAD", "--", datei]
    return subprocess.run(befehl, cwd=WURZEL, check=False).returncode == 0


def auswahl(klasse: str, anzahl: int, saat: int) -> list[Fehler]:
    """A sample of the faults of a class, the same for the same seed."""
    alle = list(fundstellen() if klasse == "fundstellen" else code(klasse))
    return sorted(alle, key=lambda f: hashlib.sha256(f"{saat} {f}".encode()).digest())[:anzahl]


def run_klasse(klasse: str, angaben: argparse.Namespace) -> float:
    """Run the sample of one class, print what becomes of each fault, and return the share found."""
    probe = auswahl(klasse, angaben.stichprobe or 40, angaben.saat)
    probe = [fehler for fehler in probe if unveraendert(fehler.datei)]
    gefunden = offen = 0
    for nummer, fehler in enumerate(probe, 1):
        ergebnis = wird_gefunden(fehler, angaben.grenze)
        gefunden += ergebnis is True
        offen += ergebnis is None
        wie = {True: "gefunden", False: "überlebt", None: "nicht entschieden"}[ergebnis]
        print(f"  {wie} ({nummer} von {len(probe)}): {fehler}", flush=True)
    anteil = 100 * gefunden / max(len(probe) - offen, 1)
    print(
        f"{klasse}: {gefunden} von {len(probe) - offen} gefunden ({anteil:.1f} %), "
        f"{offen} nicht entschieden, Saat {angaben.saat}",
        flush=True,
    )
    return anteil


def main() -> int:
    """Run the classes, print found and survivors."""
    leser = argparse.ArgumentParser(description=__doc__)
    leser.add_argument("--klasse", choices=KLASSEN, action="append")
    leser.add_argument("--stichprobe", type=int, help="Fehler je Klasse; ohne Angabe recht ganz")
    leser.add_argument("--saat", type=int, default=1)
    leser.add_argument("--grenze", type=int, default=GRENZE, help="Sekunden je Fehler")
    leser.add_argument("--ordner", help="leerer Ordner für den Lauf über recht")
    angaben = leser.parse_args()
    status = 0
    for klasse in angaben.klasse or KLASSEN:
        if klasse == "recht":
            ziel = pruefe_recht_mutation.MINDESTANTEIL
            anteil = pruefe_recht_mutation.run_recht(
                angaben.ordner, angaben.stichprobe, angaben.saat
            )
        else:
            ziel, anteil = MINDESTANTEIL, run_klasse(klasse, angaben)
        status |= anteil < ziel
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
