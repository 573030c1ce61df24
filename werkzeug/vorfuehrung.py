"""The database of the demonstration: on the state of the program, filled when it is empty."""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Mapping

from werkzeug import orte
from werkzeug.ausgabe import Abbruch, Schrittfolge
from werkzeug.einrichten import manage, schema_state, static_collected

LOGINS = ("fallmanager", "kollegin", "leitung", "fachdienst", "kasse", "revision", "admin")
# Letters and digits that nobody confuses when reading them aloud.
_ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"
_READY, _EMPTY = 0, 4


def demo_password() -> str:
    """Return the password of the demonstration, made once for this checkout."""
    path = orte.services_folder() / "demo-passwort"
    if not path.exists():
        groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write("-".join(groups) + "\n")
    return path.read_text(encoding="ascii").strip()


def stock(env: Mapping[str, str], *words: str) -> int:
    """Ask or change the database by `werkzeug.bestand`; return its exit code."""
    command = [str(orte.PYTHON), "-m", "werkzeug.bestand", *words]
    return subprocess.run(command, cwd=orte.PROJECT, env=dict(env), check=False).returncode


def update_schema(env: Mapping[str, str], steps: Schrittfolge) -> bool:
    """Bring style sheets and database to the state of the program; say whether it is empty.

    A database that bears the mark of these very migrations is taken as it is: asking
    the program again would cost seconds at every start.
    """
    with static_collected(env):
        state = schema_state()
        found = stock(env, "pruefen", state)
        if found not in {_READY, _EMPTY}:
            steps.step("Datenbank auf den Stand bringen")
            manage(["migrate", "--noinput", "--verbosity", "0"], env)
            stock(env, "vermerken", state)
            found = stock(env, "pruefen", state)
    return found == _EMPTY


def fill(env: Mapping[str, str], steps: Schrittfolge) -> None:
    """Load the data of the demonstration, unless they are not wanted."""
    if env.get("FALLWERK_VORFUEHRDATEN", "ja") != "nein":
        steps.step("Vorführdaten anlegen")
        manage(["demo", "--laden"], env)


def prepare(env: Mapping[str, str], steps: Schrittfolge) -> None:
    """Bring everything to the state of the program and fill an empty database."""
    if update_schema(env, steps):
        fill(env, steps)


def renew(env: Mapping[str, str], steps: Schrittfolge) -> None:
    """Throw the database away and build it anew."""
    if stock(env, "neu") != 0:
        raise Abbruch("Die Datenbank ließ sich nicht leeren (Meldung siehe oben).")
    prepare(env, steps)
