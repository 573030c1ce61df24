"""The targets of the Makefile that need services: `python -m werkzeug TARGET [WORD …]`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from werkzeug import orte
from werkzeug.ausgabe import Abbruch, say, step
from werkzeug.dienste import Cluster, tail
from werkzeug.starten import (
    as_program,
    base_environment,
    check_environment,
    database,
    demo_password,
    manage,
    prepare,
    run,
    static_collected,
    stop,
)


def _call(command: list[str], env: Mapping[str, str]) -> int:
    return subprocess.run(
        command, cwd=orte.PROJECT, env=env, stdin=subprocess.DEVNULL, check=False
    ).returncode


@contextmanager
def test_services() -> Iterator[dict[str, str]]:
    """Give a database of its own to tests and tools, beside a running Fallwerk.

    The folder is kept for the next time. A second call at the same time gets a folder of its
    own, which is deleted afterwards. Tasks that are woken go nowhere.
    """
    env = {"REDIS_URL": "memory://", **base_environment("entwicklung")}
    with orte.locked("test") as first:
        suffix = "-test" if first else f"-test-{os.getpid()}"
        try:
            with database(env, suffix, fast=True):
                yield env
        finally:
            if not first and not os.environ.get("DATABASE_URL"):
                Cluster(f"postgres{suffix}", fast=True).remove()


@contextmanager
def demo_services(*, renew: bool = False) -> Iterator[dict[str, str]]:
    """Give the database of `make run` with all data of the demonstration."""
    env = {"REDIS_URL": "memory://", **base_environment("demo")}
    env["FALLWERK_DEMO_PASSWORT"] = demo_password()
    with database(env):
        if renew:
            cluster = Cluster("postgres", fast=False)
            (cluster.folder / "stand").unlink(missing_ok=True)
            cluster.client("dropdb", "--force", "--if-exists", "fallwerk")
            if not cluster.client("createdb", "fallwerk"):
                raise Abbruch("Die Datenbank ließ sich nicht leeren; bitte erst `make stop`.")
        prepare(env)
        step("Vorführdaten anlegen")
        manage(["demo", "--laden"], as_program(env))
        say(tail("demo", 1))
        yield env


def demo() -> None:
    """Replace the data of the demonstration; only in the database of this checkout."""
    if os.environ.get("DATABASE_URL"):
        raise Abbruch(
            "`make demo` löscht alle Daten und tut das nur in der eigenen Datenbank; "
            "bitte ohne DATABASE_URL aufrufen."
        )
    with demo_services(renew=True):
        pass


def musterfall(out: str, stand: str) -> int:
    """Run the story in a database of its own; its last line is the JSON result."""
    if stand not in {"A", "B"}:
        raise Abbruch("STAND muss A oder B sein, etwa: make musterfall OUT=ordner STAND=A")
    command = [sys.executable, "manage.py", "musterfall", "--out", str(Path(out).absolute())]
    copy = [sys.executable, "-m", "tests.vorlage"]
    name = f"musterfall_{os.getpid()}"
    with test_services() as env, static_collected(env):
        head, mark, query = env["DATABASE_URL"].partition("?")
        own = {**env, "DATABASE_URL": f"{head.rpartition('/')[0]}/{name}{mark}{query}"}
        try:
            if _call([*copy, "anlegen", name], env) != 0:
                raise Abbruch("Für den Musterfall ließ sich keine eigene Datenbank anlegen.")
            return _call([*command, "--stand", stand], own)
        finally:
            _call([*copy, "loeschen", name], env)


def clean() -> None:
    """End everything and remove what lies outside of the project; `make` removes the rest."""
    stop()
    for folder in (orte.AWAY, *Path("/tmp").glob(f"fallwerk-{orte.KEY}-*")):
        shutil.rmtree(folder, ignore_errors=True)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Choose the target; its exit code is that of the command it calls."""
    orte.LOGS.mkdir(parents=True, exist_ok=True)
    given = any(name.startswith(("FALLWERK_", "DATABASE_", "REDIS_")) for name in os.environ)
    if given and arguments[0] not in {"stop", "clean"}:
        check_environment()
    match arguments:
        case ["run"]:
            try:
                run()
            except KeyboardInterrupt:
                say("Fallwerk ist beendet.")
        case ["stop"]:
            stop()
        case ["clean"]:
            clean()
        case ["demo"]:
            demo()
        case ["musterfall", out, stand]:
            return musterfall(out, stand)
        case ["test", *command]:
            with test_services() as env:
                with static_collected(env):
                    pass
                return _call(command, env)
        case ["vorfuehrung", *command]:
            with demo_services() as env:
                return _call(command, env)
    return 0


if __name__ == "__main__":
    # SIGINT is set as well: a shell starts its background jobs with that signal ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except PermissionError as fault:
        raise Abbruch(
            f"{fault.filename or orte.PROJECT} ist für dieses Konto gesperrt; bitte den Ordner "
            "diesem Konto übergeben oder Fallwerk in einen eigenen Ordner holen."
        ) from None
    except OSError as fault:
        raise Abbruch(f"{fault.strerror or fault}: {fault.filename or orte.PROJECT}") from None
