"""Set up what a target needs: system packages, virtual environment, style sheets.

Nothing is done twice: the stamp in `.venv` holds the hash of the lock file that was
installed, the stamp in `.dienste` the hash of the collected style sheets.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from werkzeug import orte, systempakete
from werkzeug.ausgabe import Abbruch, say


@contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Let only one process of this checkout set things up at a time."""
    path = orte.services_folder() / f"{name}.sperre"
    with path.open("w", encoding="ascii") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def set_up(*, tests: bool) -> None:
    """Bring packages and environment to the state of the lock files."""
    wanted = systempakete.needed(
        tests=tests,
        database=not os.environ.get("DATABASE_URL"),
        broker=not os.environ.get("REDIS_URL"),
    )
    missing = [name for name, present in wanted.items() if not present()]
    with exclusive("einrichten"):
        if not orte.PYTHON.exists():
            missing += filter(None, [systempakete.venv_package()])
        systempakete.ensure(missing)
        _virtual_environment("dev" if tests else "base")


def _lock_hash(name: str) -> str:
    lock = orte.PROJECT / "requirements" / f"{name}.txt"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(version.encode() + lock.read_bytes()).hexdigest()


def _stamp(name: str) -> Path:
    return orte.VENV / f"stand-{name}"


def _virtual_environment(name: str) -> None:
    stamp = _stamp(name)
    installed = stamp.read_text(encoding="ascii") if stamp.exists() else ""
    if orte.PYTHON.exists() and installed == _lock_hash(name):
        return
    if not _interpreter_works():
        say("Die virtuelle Umgebung .venv wird angelegt.")
        subprocess.run([sys.executable, "-m", "venv", "--clear", orte.VENV], check=True)
    say(f"Python-Pakete aus requirements/{name}.txt werden eingerichtet.")
    command = [str(orte.PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    # The lock is complete, so nothing is resolved. Byte code is written at the first import:
    # most of what the packages hold is never imported.
    command += ["--require-hashes", "--no-deps", "--no-input", "--no-compile"]
    lock = orte.PROJECT / "requirements" / f"{name}.txt"
    if subprocess.run([*command, "-r", lock], check=False).returncode != 0:
        raise Abbruch(
            f"Die Pakete aus requirements/{name}.txt ließen sich nicht einrichten; bitte die "
            "Verbindung zum Paketverzeichnis (oder PIP_INDEX_URL) prüfen."
        )
    # The lock of the developers contains the lock of the product, version by version.
    for done in ("base", "dev") if name == "dev" else ("base",):
        _stamp(done).write_text(_lock_hash(done), encoding="ascii")


def _interpreter_works() -> bool:
    if not orte.PYTHON.exists():
        return False
    probe = subprocess.run(
        [orte.PYTHON, "-m", "pip", "--version"], capture_output=True, check=False
    )
    return probe.returncode == 0


@contextmanager
def static_collected(env: Mapping[str, str]) -> Iterator[None]:
    """Collect style sheets, fonts and pictures beside the body, when one of them changed."""
    folders = [orte.PROJECT / "static", *orte.PROJECT.glob("*/static")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    state = orte.files_hash(files, extra=_lock_hash("base"))
    stamp = orte.services_folder() / "statisch.stand"
    with exclusive("statisch"):
        manifest = orte.STATIC / "staticfiles.json"
        if manifest.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == state:
            yield
            return
        shutil.rmtree(orte.STATIC, ignore_errors=True)
        command = [str(orte.PYTHON), "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        with subprocess.Popen(command, cwd=orte.PROJECT, env=dict(env)) as child:
            try:
                yield
            except BaseException:
                child.kill()
                raise
        if child.returncode != 0:
            raise Abbruch("Die Gestaltung ließ sich nicht sammeln (Meldung siehe oben).")
        stamp.write_text(state, encoding="ascii")


def collect_static(env: Mapping[str, str]) -> None:
    """Collect style sheets, fonts and pictures when one of them changed."""
    with static_collected(env):
        pass


def schema_state() -> str:
    """Return a mark of all migrations: ours by content, those of packages by the lock file."""
    files = list(orte.PROJECT.glob("*/migrations/*.py"))
    return orte.files_hash(files, extra=_lock_hash("base"))


def manage(arguments: list[str], env: Mapping[str, str]) -> None:
    """Run a management command; its failure ends the target."""
    done = subprocess.run(
        [orte.PYTHON, "manage.py", *arguments], cwd=orte.PROJECT, env=dict(env), check=False
    )
    if done.returncode != 0:
        raise Abbruch(f"`manage.py {arguments[0]}` ist gescheitert (Meldung siehe oben).")


if __name__ == "__main__":
    set_up(tests="dev" in sys.argv[1:])
    say("Die Einrichtung ist vollständig.")
