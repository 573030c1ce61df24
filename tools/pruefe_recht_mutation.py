"""Mutation run over ``recht``: how many small faults do the tests notice?

Copies the package and its tests into an empty folder, so that neither Django nor a database is
needed, runs mutmut there and lists the survivors. Ends with status 1 below the agreed share.

    python tools/pruefe_recht_mutation.py [FOLDER]
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WURZEL = Path(__file__).resolve().parent.parent
MINDESTANTEIL = 90
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
    "-k", "not shell and not covered_day and not reader_is_gone",
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


def main() -> int:
    """Run, print the share of killed mutants and the survivors."""
    ordner = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="mutation-"))
    richte_ein(ordner)
    lauf = rufe_mutmut(ordner, "run", "--max-children", str(os.cpu_count() or 1))
    rufe_mutmut(ordner, "export-cicd-stats")
    bericht = ordner / "mutants" / "mutmut-cicd-stats.json"
    if not bericht.exists():
        sys.stdout.write(lauf.stdout[-4000:])
        return 1
    zahlen = json.loads(bericht.read_text(encoding="utf-8"))
    gefunden = zahlen["killed"] + zahlen.get("timeout", 0)
    anteil = 100 * gefunden / max(zahlen["total"], 1)
    sys.stdout.write(rufe_mutmut(ordner, "results").stdout)
    sys.stdout.write(f"{gefunden} von {zahlen['total']} Mutanten gefunden: {anteil:.1f} %\n")
    sys.stdout.write(f"Ordner: {ordner}\n")
    return int(anteil < MINDESTANTEIL)


if __name__ == "__main__":
    sys.exit(main())
