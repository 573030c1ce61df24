"""Targets that call one command with the services it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from werkzeug import orte
from werkzeug.ausgabe import Abbruch, Schrittfolge
from werkzeug.dienste import run_services, test_services
from werkzeug.einrichten import collect_static, manage, schema_state, set_up
from werkzeug.prozess import end_in_order
from werkzeug.vorfuehrung import demo_password, prepare, renew, stock


def _python(arguments: list[str], env: Mapping[str, str]) -> int:
    return subprocess.run(
        [orte.PYTHON, *arguments], cwd=orte.PROJECT, env=dict(env), check=False
    ).returncode


def demo() -> int:
    """Replace the data of the demonstration; only in the database of this checkout."""
    if os.environ.get("DATABASE_URL"):
        raise Abbruch(
            "`make demo` löscht alle Daten und tut das nur in der eigenen Datenbank; "
            "bitte ohne DATABASE_URL aufrufen."
        )
    set_up(tests=False)
    with run_services() as env:
        env["FALLWERK_DEMO_PASSWORT"] = demo_password()
        renew(env, Schrittfolge())
    return 0


def musterfall(out: str, stand: str) -> int:
    """Run the story in a database of its own; its last line is the JSON result."""
    set_up(tests=False)
    target = Path(out).absolute()
    with test_services() as env:
        name = f"musterfall_{os.getpid()}"
        _empty_database(env, name)
        try:
            collect_static(env)
            scratch = {**env, "DATABASE_URL": _with_name(env["DATABASE_URL"], name)}
            command = ["manage.py", "musterfall", "--out", str(target), "--stand", stand]
            return _python(command, scratch)
        finally:
            stock(env, "loeschen", name)


def _empty_database(env: Mapping[str, str], name: str) -> None:
    """Create a migrated database; in our own cluster as a copy of one kept for that."""
    own = not os.environ.get("DATABASE_URL")
    first = f"vorlage_{schema_state()[:16]}" if own else name
    if not own or stock(env, "vorhanden", first) != 0:
        if stock(env, "anlegen", first) != 0:
            raise Abbruch("Für den Musterfall ließ sich keine eigene Datenbank anlegen.")
        try:
            scratch = {**env, "DATABASE_URL": _with_name(env["DATABASE_URL"], first)}
            manage(["migrate", "--noinput", "--verbosity", "0"], scratch)
        except BaseException:
            stock(env, "loeschen", first)
            raise
    if own and stock(env, "anlegen", name, first) != 0:
        raise Abbruch("Für den Musterfall ließ sich keine eigene Datenbank anlegen.")


def _with_name(url: str, name: str) -> str:
    head, mark, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}{mark}{query}"


def migrations(arguments: list[str]) -> int:
    """Write the migrations that the models ask for."""
    set_up(tests=True)
    with test_services() as env:
        return _python(["manage.py", "makemigrations", *arguments], env)


def fassung(arguments: list[str]) -> int:
    """Freeze the migrations of a version and make the stock that upgrades are tested from."""
    set_up(tests=True)
    with test_services() as env:
        return _python(["-m", "tools.fassung", *arguments], env)


def bench(arguments: list[str]) -> int:
    """Measure on the data of the demonstration."""
    set_up(tests=True)
    with run_services() as env:
        env["FALLWERK_DEMO_PASSWORT"] = demo_password()
        prepare(env, Schrittfolge())
        return _python(["-m", "bench", *arguments], env)


def mutation(arguments: list[str]) -> int:
    """Plant small faults in `recht` and count those that its tests notice; takes long."""
    set_up(tests=True)
    return _python(["tools/pruefe_recht_mutation.py", *arguments], dict(os.environ))


def main(arguments: list[str]) -> int:
    """Choose the target."""
    end_in_order()
    match arguments:
        case ["demo"]:
            return demo()
        case ["musterfall", out, stand] if stand in {"A", "B"}:
            return musterfall(out, stand)
        case ["migrations", *rest]:
            return migrations(rest)
        case ["fassung", *rest]:
            return fassung(rest)
        case ["bench", *rest]:
            return bench(rest)
        case ["mutation", *rest]:
            return mutation(rest)
    raise Abbruch("Aufruf: make musterfall OUT=ordner STAND=A oder STAND=B")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
