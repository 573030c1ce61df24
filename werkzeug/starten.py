"""`make run`: set up, start everything, show the way in, stop everything on Ctrl-C."""

from __future__ import annotations

import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from werkzeug import orte
from werkzeug.ausgabe import Abbruch, Schrittfolge, say
from werkzeug.dienste import RUN_NOTE, base_environment, start_own
from werkzeug.einrichten import set_up
from werkzeug.prozess import Familie, Prozess, end_in_order, hold_signals, write_pid
from werkzeug.stoppen import stop_leftovers
from werkzeug.vorfuehrung import LOGINS, demo_password, fill, update_schema

ENVIRONMENT_NOTE = orte.SERVICES / "umgebung"
_NOTED = ("DATABASE_URL", "REDIS_URL", "FALLWERK_SMTP_PORT", "FALLWERK_ADRESSE")


def free_port(first: int) -> int:
    """Return `first` or the next port that nobody on this machine uses."""
    for port in range(first, first + 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    raise Abbruch(f"Zwischen {first} und {first + 199} ist kein Anschluss frei.")


@contextmanager
def only_one() -> Iterator[None]:
    """Refuse a second run in the same folder."""
    with (orte.services_folder() / "start.sperre").open("w", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Abbruch(
                "Fallwerk läuft in diesem Ordner schon; `make stop` beendet es."
            ) from None
        yield


def _environment() -> dict[str, str]:
    env = base_environment("demo")
    env["FALLWERK_DEMO_PASSWORT"] = demo_password()
    env["FALLWERK_ADRESSE"] = f"http://127.0.0.1:{free_port(8000)}"
    if not env.get("FALLWERK_SMTP_HOST"):
        env["FALLWERK_SMTP_PORT"] = str(free_port(2525))
    return env


def _note(env: Mapping[str, str]) -> None:
    ENVIRONMENT_NOTE.touch(mode=0o600)
    lines = [f"{name}={env[name]}\n" for name in _NOTED if name in env]
    ENVIRONMENT_NOTE.write_text("".join(lines), encoding="utf-8")


def _start_mail(family: Familie, env: Mapping[str, str]) -> None:
    if env.get("FALLWERK_SMTP_HOST"):
        return
    command = [str(orte.PYTHON), "-m", "werkzeug.postfach"]
    command += ["--port", env["FALLWERK_SMTP_PORT"], "--ordner", str(orte.SERVICES / "post")]
    family.start("postfach", command, env=env, cwd=orte.PROJECT, visible=True)


def _host(env: Mapping[str, str]) -> str:
    return env["FALLWERK_ADRESSE"].removeprefix("http://")


def _start_web(family: Familie, env: Mapping[str, str]) -> Prozess:
    command = [str(orte.PYTHON), "-m", "gunicorn", "config.wsgi:application", "--preload"]
    command += ["--config", "python:config.gunicorn", "--bind", _host(env)]
    command += ["--workers", "2", "--threads", "4", "--log-level", "warning"]
    command += ["--no-control-socket"]
    if Path("/dev/shm").is_dir():
        command += ["--worker-tmp-dir", "/dev/shm"]
    return family.start("web", command, env=env, cwd=orte.PROJECT)


def _healthy(host: str) -> bool:
    connection = http.client.HTTPConnection(host, timeout=5)
    try:
        connection.request("GET", "/gesund/")
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if status not in {200, 502, 503}:
        raise Abbruch(f"http://{host}/gesund/ antwortet mit {status}.")
    return status == 200


def _start_tasks(family: Familie, env: Mapping[str, str]) -> None:
    celery = [str(orte.PYTHON), "-m", "celery", "-A", "config.celery"]
    worker = ["worker", "-c", "1", "-l", "WARNING", "--without-mingle", "--without-gossip"]
    beat = ["beat", "-l", "WARNING", "--pidfile=", "-s", str(orte.SERVICES / "beat")]
    family.start("aufgaben", [*celery, *worker], env=env, cwd=orte.PROJECT)
    family.start("takt", [*celery, *beat], env=env, cwd=orte.PROJECT)


def _greet(env: Mapping[str, str], seconds: float) -> None:
    post = orte.SERVICES / "post"
    say(
        f"\nFallwerk läuft nach {seconds:.0f} s: {env['FALLWERK_ADRESSE']}\n"
        f"  Anmeldung   {', '.join(LOGINS)}\n"
        f"  Passwort    {env['FALLWERK_DEMO_PASSWORT']} (für alle gleich)\n"
        f"  Post        {post.relative_to(orte.PROJECT)}/ (nichts verlässt diesen Rechner)\n"
        f"  Protokolle  {(orte.SERVICES / 'protokolle').relative_to(orte.PROJECT)}/\n"
        "  Beenden     Strg-C\n"
    )


def run() -> None:
    """Start everything and stay until Ctrl-C, SIGTERM or the end of a child."""
    steps = Schrittfolge()
    set_up(tests=False)
    with only_one():
        stop_leftovers()
        env = _environment()
        family = Familie(orte.services_folder())
        write_pid(RUN_NOTE, os.getpid(), signal.SIGTERM)
        try:
            steps.step("PostgreSQL und Redis starten")
            start_own(family, env, fast=False)
            _note(env)
            _start_mail(family, env)
            empty = update_schema(env, steps)
            steps.step("Anwendung starten")
            web = _start_web(family, env)
            # The application loads on one core while the data are made on another.
            if empty:
                fill(env, steps)
            family.wait_for(web, lambda: _healthy(_host(env)), 60)
            _start_tasks(family, env)
            _greet(env, steps.seconds)
            while family.ended() is None:
                time.sleep(0.5)
            ended = family.ended()
            raise Abbruch(f"{ended.name} hat sich beendet:\n{ended.tail()}" if ended else "Ende.")
        finally:
            hold_signals()
            family.stop()
            ENVIRONMENT_NOTE.unlink(missing_ok=True)
            RUN_NOTE.unlink(missing_ok=True)


def main() -> int:
    """Run until somebody ends it; that is no failure."""
    end_in_order()
    try:
        run()
    except KeyboardInterrupt:
        say("Fallwerk ist beendet.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
