"""`make check` and `make test`: announce each step, stop at the first that fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

from werkzeug import orte
from werkzeug.ausgabe import Schrittfolge, say
from werkzeug.dienste import base_environment, test_services
from werkzeug.einrichten import collect_static, set_up
from werkzeug.prozess import end_in_order

_TEMPLATES = "templates"

#: What is looked at, in the order of the time it takes.
STEPS: Mapping[str, list[str]] = {
    "Schreibweise (ruff format)": ["ruff", "format", "--check", "."],
    "Regeln (ruff check)": ["ruff", "check", "."],
    "Form der Vorlagen (djlint)": ["djlint", "--check", _TEMPLATES],
    "Regeln der Vorlagen (djlint)": ["djlint", "--lint", "--quiet", _TEMPLATES],
    "Stockwerke und Schichten (lint-imports)": ["lint-imports", "--no-logo"],
    "Typen (mypy)": ["mypy"],
    "Migrationen vollständig": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "Tests ohne Browser, zufällige Folge": ["pytest", "-q", "-m", "not browser"],
}


def _call(command: list[str], env: Mapping[str, str]) -> int:
    program = orte.VENV / "bin" / command[0]
    return subprocess.run(
        [program, *command[1:]],
        cwd=orte.PROJECT,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode


def check() -> int:
    """Run every step; return the exit code of the first that fails."""
    steps = Schrittfolge()
    set_up(tests=True)
    with test_services() as env:
        collect_static(env)
        for name, command in STEPS.items():
            steps.step(name)
            code = _call(command, env)
            if code != 0:
                say(f"\nmake check: „{name}“ ist gescheitert.")
                return code
    say(f"\nmake check: alles in Ordnung ({steps.seconds:.0f} s).")
    return 0


def test(arguments: list[str]) -> int:
    """Run all tests with those in the browser; pytest's own summary is the last line."""
    set_up(tests=True)
    with test_services() as env:
        collect_static(env)
        return _call(["pytest", *arguments], env)


def reformat() -> int:
    """Bring code and templates into the agreed shape."""
    set_up(tests=True)
    env = base_environment("entwicklung")
    _call(["ruff", "check", "--fix", "--quiet", "."], env)
    _call(["ruff", "format", "."], env)
    _call(["djlint", "--reformat", "--quiet", _TEMPLATES], env)
    return 0


def main(arguments: list[str]) -> int:
    """Choose the target."""
    end_in_order()
    if arguments[:1] == ["test"]:
        return test(arguments[1:])
    return reformat() if arguments[:1] == ["format"] else check()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
