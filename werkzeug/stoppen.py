"""`make stop` and `make clean`: end what runs or was left over, remove what was made."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from werkzeug import orte
from werkzeug.ausgabe import say
from werkzeug.dienste import RUN_NOTE
from werkzeug.prozess import read_pid, stop_noted

#: Users of the database end before the database.
_ORDER = ("web", "takt", "aufgaben", "postfach")
_CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis")


def stop_leftovers(*, tests: bool = False) -> int:
    """Stop children whose starter was killed; return how many there were.

    Services of tests belong to a run of tests that may still be at work; they are
    only stopped when asked for.
    """
    folder = orte.SERVICES / "pid"
    notes = [path for path in folder.glob("*.json") if path != RUN_NOTE]
    if not tests:
        notes = [path for path in notes if "-test" not in path.stem]
    notes.sort(key=lambda path: _ORDER.index(path.stem) if path.stem in _ORDER else len(_ORDER))
    return sum(stop_noted(path) for path in notes)


def stop(*, tests: bool = False) -> None:
    """Ask the running Fallwerk to end, then stop what is left."""
    ran = read_pid(RUN_NOTE) is not None
    if ran:
        stop_noted(RUN_NOTE, seconds=60)
    left = stop_leftovers(tests=tests)
    say("Fallwerk ist beendet." if ran or left else "Fallwerk läuft nicht.")


def clean() -> None:
    """Remove everything that the targets made; the data of the local services too."""
    folders = [orte.VENV, orte.SERVICES, orte.STATIC, orte.PROJECT / "htmlcov"]
    folders += [orte.PROJECT / name for name in _CACHES]
    away = orte.away_folder()
    if away.is_dir() and not away.is_symlink() and away.stat().st_uid == os.geteuid():
        folders.append(away)
    folders += list(Path("/tmp").glob(f"fallwerk-{orte.project_key()}-*"))
    code = [path for path in orte.PROJECT.iterdir() if path.is_dir() and path.name[0] != "."]
    for top in code:
        folders += top.rglob("__pycache__")
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    (orte.PROJECT / ".coverage").unlink(missing_ok=True)
    say("Umgebung, Dienste und Zwischenstände sind entfernt.")


if __name__ == "__main__":
    sauber = "--sauber" in sys.argv[1:]
    stop(tests=sauber)
    if sauber:
        clean()
