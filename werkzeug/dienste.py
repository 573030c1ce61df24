"""The services of one purpose: PostgreSQL and Redis, given by the environment or our own."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from werkzeug import orte, systempakete
from werkzeug.ausgabe import Abbruch
from werkzeug.postgres import Cluster
from werkzeug.prozess import Familie, read_pid

#: Noted by `make run` while it runs.
RUN_NOTE = orte.SERVICES / "pid" / "fallwerk.json"


def run_is_alive() -> bool:
    """Whether `make run` is at work in this checkout."""
    return read_pid(RUN_NOTE) is not None


def base_environment(mode: str) -> dict[str, str]:
    """Return the environment of our own processes: the caller's, plus the mode."""
    env = dict(os.environ)
    env.setdefault("FALLWERK_MODUS", mode)
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    env["PYTHONUNBUFFERED"] = "1"
    env["FALLWERK_STATIK"] = str(orte.STATIC)
    env["PATH"] = f"{orte.VENV / 'bin'}{os.pathsep}{env.get('PATH', '')}"
    browser = systempakete.chromium()
    if browser:
        env.setdefault("FALLWERK_CHROMIUM", browser)
    return env


def start_redis(family: Familie, folder: Path, *, durable: bool) -> str:
    """Start a Redis on a socket of its own and return its address."""
    program = shutil.which("redis-server")
    if program is None:
        raise Abbruch("Redis fehlt; bitte das Paket redis-server einrichten oder REDIS_URL setzen.")
    folder.mkdir(mode=0o700, exist_ok=True)
    sockets = orte.socket_folder(folder / "socket", "redis.sock", os.geteuid(), os.getegid())
    path = sockets / "redis.sock"
    path.unlink(missing_ok=True)
    command = [program, "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    command += ["--dir", str(folder), "--appendonly", "yes" if durable else "no"]
    command += ["--save", "", "--maxmemory-policy", "noeviction", "--daemonize", "no"]
    child = family.start(folder.name, command, cwd="/")
    family.wait_for(child, lambda: _redis_answers(path), 20)
    return f"unix://{quote(str(path))}"


def _redis_answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def start_own(family: Familie, env: dict[str, str], suffix: str = "", *, fast: bool) -> None:
    """Start what the environment does not name, and name it in `env`."""
    folder = orte.services_folder()
    if not env.get("DATABASE_URL"):
        cluster = Cluster(f"postgres{suffix}", fast=fast)
        cluster.start(family)
        env["DATABASE_URL"] = cluster.url()
    if not env.get("REDIS_URL"):
        env["REDIS_URL"] = start_redis(family, folder / f"redis{suffix}", durable=not fast)


@contextmanager
def test_services() -> Iterator[dict[str, str]]:
    """Give PostgreSQL and Redis to tests and tools, beside a running Fallwerk.

    The folder is kept for the next time. A second call at the same time gets a
    folder of its own, which is deleted afterwards.
    """
    env = base_environment("entwicklung")
    folder = orte.services_folder()
    with (folder / "test.sperre").open("w", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            suffix, keep = "-test", True
        except BlockingIOError:
            suffix, keep = f"-test-{os.getpid()}", False
        own_database = not env.get("DATABASE_URL")
        family = Familie(folder)
        try:
            start_own(family, env, suffix, fast=True)
            yield env
        finally:
            family.stop()
            if not keep:
                shutil.rmtree(folder / f"redis{suffix}", ignore_errors=True)
                if own_database:
                    Cluster(f"postgres{suffix}", fast=True).remove()


@contextmanager
def run_services() -> Iterator[dict[str, str]]:
    """Give the services that `make run` uses, started for this call when it does not run."""
    env = base_environment("demo")
    folder = orte.services_folder()
    family = Familie(folder)
    try:
        if run_is_alive():
            attach(env)
        else:
            start_own(family, env, fast=False)
        yield env
    finally:
        family.stop()


def attach(env: dict[str, str]) -> None:
    """Name the services of the running Fallwerk in `env`."""
    for line in (orte.SERVICES / "umgebung").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        env.setdefault(name, value)
