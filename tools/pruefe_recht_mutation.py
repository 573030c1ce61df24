"""Mutation run over ``recht``: how many small faults do the tests notice?

Copies the package and its tests into an empty folder, so that neither Django nor a database is
needed, runs mutmut there and lists the survivors: over all mutants or over a sample. Started by
`pruefe_mutation.py --klasse recht`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

WURZEL = Path(__file__).resolve().parent.parent
MINDESTANTEIL = 95
# How mutmut notes that no test failed, or that none came near the mutant.
UEBERLEBT = frozenset({0, 5, 33})
# The properties take seconds each and find what the tables find; the walk over every day too.
EINSTELLUNGEN = """
[tool.mutmut]
source_paths = ["recht"]
also_copy = ["tests"]
# The start of the program is tested in a process of its own, where mutmut does not look.
do_not_mutate = ["recht/__main__.py"]
pytest_add_cli_args_test_selection = ["tests/recht"]
pytest_add_cli_args = [
    "-p", "no:django", "-p", "no:randomly", "-p", "no:cacheprovider",
    "--ignore=tests/recht/test_eigenschaften.py",
    "-k", "not shell and not covered_day and not reader_is_gone and not bare_number",
]

[tool.pytest.ini_options]
pythonpath = ["."]
addopts = ["--import-mode=importlib"]
"""

# What the package reads from its files is cached for good; a mutant in the reader would never
# run if the cache of the process that counts the tests were still warm.
FRISCH = """

import os
import sys

import pytest


def _leere():
    for name, modul in list(sys.modules.items()):
        if name.partition(".")[0] == "recht":
            for wert in list(vars(modul).values()):
                if hasattr(wert, "cache_clear"):
                    wert.cache_clear()


def pytest_sessionstart(session):
    _leere()


@pytest.fixture(autouse=True)
def _frisch():
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        _leere()
"""


def richte_ein(ordner: Path) -> None:
    """Write the small project that mutmut works on."""
    ohne = shutil.ignore_patterns("__pycache__")
    shutil.copytree(WURZEL / "recht", ordner / "recht", ignore=ohne, dirs_exist_ok=True)
    ziel = ordner / "tests" / "recht"
    shutil.copytree(WURZEL / "tests" / "recht", ziel, ignore=ohne, dirs_exist_ok=True)
    with (ziel / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(FRISCH)
    (ordner / "pyproject.toml").write_text(EINSTELLUNGEN, encoding="utf-8")


def rufe_mutmut(ordner: Path, *argumente: str) -> subprocess.CompletedProcess[str]:
    """Run mutmut of this Python inside the folder."""
    umgebung = {**os.environ, "PYTHONPATH": str(ordner)}
    umgebung.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "mutmut", *argumente],
        cwd=ordner,
        env=umgebung,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def stand_of_mutants(ordner: Path) -> dict[str, int | None]:
    """Return what mutmut has noted of each mutant: how its tests ended, None before they ran."""
    stand: dict[str, int | None] = {}
    for datei in sorted((ordner / "mutants").rglob("*.py.meta")):
        stand |= json.loads(datei.read_text(encoding="utf-8"))["exit_code_by_key"]
    return stand


def auswahl(namen: Iterable[str], anzahl: int, saat: int) -> list[str]:
    """Return a sample of the mutants, the same for the same seed."""
    return sorted(namen, key=lambda n: hashlib.sha256(f"{saat} {n}".encode()).digest())[:anzahl]


def run_recht(wohin: str | None, stichprobe: int | None, saat: int) -> float:
    """Run, print the survivors, and return the share of killed mutants in percent.

    The limit of each mutant is set by mutmut, from the time that its tests take without a fault.
    """
    ordner = Path(wohin or tempfile.mkdtemp(prefix="mutation-"))
    richte_ein(ordner)
    kinder = ("--max-children", str(os.cpu_count() or 1))
    namen: list[str] = []
    if stichprobe:
        # The first call writes the mutants and counts the tests; no mutant has this name.
        lauf = rufe_mutmut(ordner, "run", *kinder, "kein.solcher")
        namen = auswahl(stand_of_mutants(ordner), stichprobe, saat)
    if namen or not stichprobe:
        lauf = rufe_mutmut(ordner, "run", *kinder, *namen)
    stand = stand_of_mutants(ordner)
    gelaufen = {n: stand[n] for n in namen or stand if stand[n] is not None}
    if not gelaufen:
        sys.stdout.write(lauf.stdout[-4000:])
        return 0.0
    lebend = [name for name, code in gelaufen.items() if code in UEBERLEBT]
    for name in lebend:
        sys.stdout.write(f"  überlebt: {name}\n")
    gefunden = len(gelaufen) - len(lebend)
    anteil = 100 * gefunden / len(gelaufen)
    sys.stdout.write(
        f"recht: {gefunden} von {len(gelaufen)} gefunden ({anteil:.1f} %), {len(stand)} möglich"
        f"{f', Saat {saat}' if namen else ''}; Ordner: {ordner}\n"
    )
    return anteil
