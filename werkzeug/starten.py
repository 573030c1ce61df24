"""`make run` and `make stop`: start everything, show the way in, end everything."""

from __future__ import annotations

import http.client
import importlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from urllib.parse import quote

import psycopg
import redis
from django.core.exceptions import ImproperlyConfigured

from werkzeug import orte
from werkzeug.ausgabe import Abbruch, say, seconds, step
from werkzeug.dienste import EIGENTUEMER, Cluster, running, tail, wait_for

LOGINS = ("fallmanager", "kollegin", "leitung", "fachdienst", "kasse", "revision", "admin")
# Letters and digits that nobody confuses when reading them aloud.
_ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"


def base_environment(mode: str) -> dict[str, str]:
    """Return the environment of our children: the caller's, and the mode unless it names one."""
    env = {"FALLWERK_MODUS": mode, **os.environ}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    env["PYTHONUNBUFFERED"] = "1"
    # Every process loads the whole program: what is translated once is kept, in our own folder.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env.setdefault("PYTHONPYCACHEPREFIX", str(orte.SERVICES / "bytecode"))
    env["FALLWERK_STATIK"] = str(orte.STATIC)
    env["PATH"] = f"{orte.VENV / 'bin'}{os.pathsep}{env.get('PATH', '')}"
    return env


@contextmanager
def database(
    env: dict[str, str], suffix: str = "", *, fast: bool = False
) -> Iterator[subprocess.Popen[bytes] | None]:
    """Name a database in `env` for the body: the caller's, else our own."""
    if env.get("DATABASE_URL"):
        yield None
        return
    cluster = Cluster(f"postgres{suffix}", fast=fast)
    with cluster.serving() as server:
        env["DATABASE_URL"] = cluster.url()
        yield server


def as_program(env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment in which our own database is reached without the owner's rights.

    An address of the caller stays: it is theirs to name a role.
    """
    if os.environ.get("DATABASE_URL"):
        return dict(env)
    role = env.get("FALLWERK_DB_ROLLE") or "fallwerk_app"
    return {**env, "DATABASE_URL": Cluster("postgres", fast=False).url(role)}


def check_environment() -> None:
    """Refuse a wrong setting or address of the caller before anything is done with it."""
    try:
        importlib.import_module("config.settings")
    except ImproperlyConfigured as error:
        raise Abbruch(str(error)) from None
    try:
        if url := os.environ.get("DATABASE_URL"):
            psycopg.connect(url, connect_timeout=5).close()
        if url := os.environ.get("REDIS_URL"):
            redis.Redis.from_url(url, socket_connect_timeout=5).ping()
    except (psycopg.Error, redis.RedisError, ValueError) as error:
        name, service = "DATABASE_URL", "Die Datenbank"
        if not isinstance(error, psycopg.Error):
            name, service = "REDIS_URL", "Redis"
        why = str(error).strip().partition("\n")[0].rpartition("failed: ")[2]
        raise Abbruch(
            f"{service} antwortet unter {name} nicht ({why}); bitte die Adresse berichtigen, den "
            f"Dienst starten oder {name} weglassen, dann bringt Fallwerk ihn mit."
        ) from None


def demo_password() -> str:
    """Return the password of the demonstration, made once for this checkout."""
    path = orte.SERVICES / "demo-passwort"
    if not path.exists():
        groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
        path.touch(mode=0o600)
        path.write_text("-".join(groups) + "\n", encoding="ascii")
    return path.read_text(encoding="ascii").strip()


@contextmanager
def managing(arguments: list[str], env: Mapping[str, str]) -> Iterator[None]:
    """Run a management command beside the body, wait for it; its failure ends the target."""
    name, command = arguments[0], [str(orte.PYTHON), "manage.py", *arguments]
    with running(name, command, env=env, cwd=orte.PROJECT) as child:
        yield
        child.wait()
    if child.returncode != 0:
        raise Abbruch(
            f"`manage.py {name}` ist gescheitert ({tail(name, 1)}); bitte den Grund beheben, "
            f"mehr steht in .dienste/protokolle/{name}.log."
        )


def manage(arguments: list[str], env: Mapping[str, str]) -> None:
    """Run a management command to its end."""
    with managing(arguments, env):
        pass


@contextmanager
def static_collected(env: Mapping[str, str]) -> Iterator[None]:
    """Collect style sheets, fonts and pictures beside the body, when one of them changed."""
    state = orte.files_hash("static/**/*", "requirements/base.txt")
    stamp = orte.SERVICES / "statisch.stand"
    if (orte.STATIC / "staticfiles.json").exists() and orte.reads(stamp, state):
        yield
        return
    shutil.rmtree(orte.STATIC, ignore_errors=True)
    with managing(["collectstatic", "--noinput", "--verbosity", "0"], env):
        yield
    stamp.write_text(state, encoding="utf-8")


def prepare(env: Mapping[str, str]) -> None:
    """Bring style sheets and database to the state of the program.

    Our own cluster carries a mark of the migrations that it has seen: asking the program at
    every start would cost seconds.
    """
    with static_collected(env):
        if os.environ.get("DATABASE_URL"):
            manage(["migrate", "--noinput", "--verbosity", "0"], env)
            return
        state = orte.files_hash(
            "*/migrations/**/*.py",
            "cases/rechte.py",
            "requirements/base.txt",
            "werkzeug/rollen.sql",
        )
        cluster = Cluster("postgres", fast=False)
        stamp = cluster.folder / "stand"
        if not orte.reads(stamp, state):
            step("Datenbank auf den Stand bringen")
            cluster.make_roles()
            # Whoever migrates owns the tables and is no superuser, as in a production.
            env = {**env, "DATABASE_URL": cluster.url(EIGENTUEMER)}
            manage(["migrate", "--noinput", "--verbosity", "0"], env)
            stamp.write_text(state, encoding="utf-8")


def free_port(first: int) -> int:
    """Return `first` or the next port that nobody on this machine uses."""
    for port in range(first, min(first + 200, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    raise Abbruch(f"Ab {first} ist kein Anschluss frei; bitte mit FALLWERK_PORT einen nennen.")


def web_port(wanted: str) -> int:
    """Return the port of the pages: the wanted one, or the first free one from 8000 on."""
    if wanted and not (wanted.isdigit() and 1024 <= int(wanted) <= 65535):
        raise Abbruch(f"FALLWERK_PORT muss eine Zahl von 1024 bis 65535 sein, nicht „{wanted}“.")
    first = int(wanted or 8000)
    port = free_port(first)
    if port != first and wanted:
        raise Abbruch(
            f"Anschluss {first} ist belegt; bitte mit FALLWERK_PORT einen anderen nennen oder "
            "FALLWERK_PORT weglassen."
        )
    if port != first:
        say(f"Anschluss {first} ist belegt; Fallwerk nimmt {port}.")
    return port


def healthy(host: str) -> bool:
    """Whether the application answers."""
    connection = http.client.HTTPConnection(host, timeout=5)
    try:
        connection.request("GET", "/gesund/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _greet(env: Mapping[str, str]) -> None:
    say(
        f"\nFallwerk läuft nach {seconds():.0f} s: {env['FALLWERK_ADRESSE']}\n"
        f"  Anmeldung   {', '.join(LOGINS)}\n"
        f"  Passwort    {env['FALLWERK_DEMO_PASSWORT']} (für alle gleich)\n"
        "  Post        .dienste/post/ (nichts verlässt diesen Rechner)\n"
        "  Protokolle  .dienste/protokolle/\n"
        "  Beenden     Strg-C\n"
    )


def run() -> None:
    """Start everything and stay until Ctrl-C, SIGTERM or the end of a child."""
    with orte.locked("lauf") as first:
        if not first:
            raise Abbruch("Fallwerk läuft in diesem Ordner schon; `make stop` beendet es.")
        end_leftovers()
        env = base_environment("demo")
        env["FALLWERK_DEMO_PASSWORT"] = demo_password()
        env["FALLWERK_ADRESSE"] = f"http://127.0.0.1:{web_port(env.get('FALLWERK_PORT', ''))}"
        step("Datenbank starten")
        with database(env) as server:
            prepare(env)
            step("Anwendung starten")
            _serve(as_program(env), server)


def _serve(env: dict[str, str], server: subprocess.Popen[bytes] | None) -> None:
    """Have honcho run the programs of the Procfile; one that ends, ends all."""
    names = ["web", "aufgaben", "masse", "takt"]
    if not env.get("REDIS_URL"):
        home = orte.SERVICES / "redis"
        home.mkdir(mode=0o700, exist_ok=True)
        sockets = orte.socket_folder(home / "socket", "redis.sock", os.geteuid(), os.getegid())
        env["FALLWERK_REDIS"] = str(sockets / "redis.sock")
        env["REDIS_URL"] = f"unix://{quote(env['FALLWERK_REDIS'])}"
        names.append("redis")
    if not env.get("FALLWERK_SMTP_HOST"):
        env["FALLWERK_SMTP_PORT"] = str(free_port(2525))
        names.append("post")
    if env.get("FALLWERK_VORFUEHRDATEN", "ja") != "nein":
        names.append("vorfuehrung")
    # What is behind the pages waits for the first of them, see the Procfile.
    ready = orte.SERVICES / "bereit"
    ready.unlink(missing_ok=True)
    # The file .env belongs to the containers; honcho would read it.
    command = [str(orte.PYTHON), "-m", "honcho", "-e", "/dev/null", "start", *names]
    with running("fallwerk", command, env=env, cwd=orte.PROJECT) as programs:
        host = env["FALLWERK_ADRESSE"].removeprefix("http://")
        wait_for("fallwerk", programs, lambda: healthy(host))
        ready.touch()
        _greet(env)
        while programs.poll() is None and (server is None or server.poll() is None):
            time.sleep(0.3)
        name = "postgres" if programs.poll() is None else "fallwerk"
        raise Abbruch(f"Ein Teil von Fallwerk hat sich beendet; am Ende stand:\n{tail(name)}")


def leftovers() -> list[int]:
    """Return the programs that a killed honcho left behind.

    Its log names their numbers; a process that got such a number since leads no session in this
    folder, or began after the last line of the log.
    """
    found, log = [], orte.LOGS / "fallwerk.log"
    for number in map(int, re.findall(r" started \(pid=(\d+)\)", tail("fallwerk", lines=None))):
        with suppress(OSError):
            there = orte.process(number)
            ours = there and there[1].is_relative_to(orte.PROJECT) and os.getsid(number) == number
            if there and ours and there[2] <= log.stat().st_mtime + 1:
                found.append(number)
    return found


def end_leftovers() -> int:
    """End what a killed run left behind and say how many there were."""
    number = len(leftovers())
    for wish in (signal.SIGTERM, signal.SIGKILL):
        for leader in leftovers():
            with suppress(ProcessLookupError):
                os.killpg(leader, wish)
        limit = time.monotonic() + 10
        while leftovers() and time.monotonic() < limit:
            time.sleep(0.05)
    return number


def stop() -> None:
    """Ask the running Fallwerk to end, wait for it, then end what was left over."""
    ran, limit = False, time.monotonic() + 60
    while time.monotonic() < limit:
        with orte.locked("lauf") as free:
            if free:
                break
        if not ran:
            number = (orte.SERVICES / "lauf.sperre").read_text(encoding="ascii")
            # Held, so the number is of whoever holds it; it may end just now.
            with suppress(ProcessLookupError, ValueError):
                os.kill(int(number), signal.SIGTERM)
        ran = True
        time.sleep(0.1)
    left = end_leftovers()
    if not os.environ.get("DATABASE_URL"):
        left += Cluster("postgres", fast=False).end()
    say("Fallwerk ist beendet." if ran or left else "Fallwerk läuft nicht.")
