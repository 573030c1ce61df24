"""A house of its own for the faults: PostgreSQL, Redis, mail server, workers, beat, pages.

Nothing here touches the services of `make run` or of the tests: own folders, own sockets, own
ports. Every process that is killed was started here.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import redis

from tools.stoerungen.postamt import Postamt
from werkzeug import orte
from werkzeug.dienste import Cluster, tail
from werkzeug.starten import base_environment, free_port, manage, static_collected

NAME = "stoerungen"
# Seconds of a round: as in production, only faster, so that the quick run ends within minutes.
RUNDE = 5
_WORKER = ["-l", "WARNING", "--without-mingle", "--without-gossip"]


class Dienst:
    """One process that is started, ended and killed as often as wanted."""

    def __init__(self, name: str, command: list[str], env: Mapping[str, str]) -> None:
        self.name, self.command, self.env = f"{NAME}-{name}", command, env
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a session of its own; the kernel ends it with us."""
        if self.alive:
            return
        with (orte.LOGS / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig=TERM", *self.command],
                env=dict(self.env),
                cwd=orte.PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self.process.pid if self.process is not None else 0

    def children(self) -> list[int]:
        """Return the processes that it has forked itself."""
        with suppress(OSError):
            text = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
            return [int(word) for word in text.split()]
        return []

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it alone."""
        if self.alive:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it and all that it has forked, as a power cut would."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """End it in order."""
        if not self.alive or self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()


class Haus:
    """All services together, and what belongs to them."""

    def __init__(self, env: dict[str, str], cluster: Cluster, post: Postamt) -> None:
        self.env, self.cluster, self.post = env, cluster, post
        self.pg: AbstractContextManager[Any] | None = None
        self.socket = Path(env["FALLWERK_REDIS"])
        celery = [sys.executable, "-B", "-m", "celery", "-A", "config.celery"]
        host = env["FALLWERK_ADRESSE"].removeprefix("http://")
        web = [sys.executable, "-B", "-m", "gunicorn", "config.wsgi:application", "--preload"]
        web += ["--config", "python:config.gunicorn", "--workers", "2", "--threads", "4"]
        web += ["--log-level", "warning", "--no-control-socket"]
        takt = [*celery, "beat", "-l", "WARNING", "--pidfile=", "-s"]
        self.redis = Dienst("redis", _redis_command(self.socket), env)
        self.eilig = self._worker(celery, "eilig", "eilig", "2")
        self.masse = self._worker(celery, "masse", "normal,masse,bestand", "1")
        self.takt = Dienst("takt", [*takt, str(_folder() / "takt")], env)
        self.zweiter_takt = Dienst("takt2", [*takt, str(_folder() / "takt2")], env)
        self.web = Dienst("web", [*web, "--bind", host], env)
        self.dienste = [self.web, self.zweiter_takt, self.takt, self.masse, self.eilig, self.redis]

    def _worker(self, celery: list[str], name: str, queues: str, count: str) -> Dienst:
        command = [*celery, "worker", "-n", f"{name}@%h", "-Q", queues, "-c", count, *_WORKER]
        return Dienst(name, command, self.env)

    @property
    def address(self) -> tuple[str, int]:
        """Where the pages are."""
        host, _, port = self.env["FALLWERK_ADRESSE"].removeprefix("http://").partition(":")
        return host, int(port)

    def client(self) -> redis.Redis:
        """Return a connection to the Redis of the house."""
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5)

    def start_pg(self) -> None:
        """Start PostgreSQL and wait until it answers."""
        self.pg = self.cluster.serving()
        self.pg.__enter__()

    def restart_pg(self, wish: signal.Signals) -> None:
        """End PostgreSQL fast (SIGINT), at once (SIGQUIT) or by force (SIGKILL); start it again."""
        server, alt = self.cluster.server(), self.pg
        if server is not None:
            os.kill(server, wish)
            until = time.monotonic() + 20
            while self.cluster.server() == server and time.monotonic() < until:
                time.sleep(0.05)
        if alt is not None:
            alt.__exit__(None, None, None)
        self.start_pg()

    def wait_redis(self) -> None:
        """Wait until Redis answers."""
        for _ in range(200):
            with suppress(redis.RedisError):
                if self.client().ping():
                    return
            time.sleep(0.05)
        raise RuntimeError(f"Redis antwortet nicht:\n{tail(self.redis.name)}")

    def work(self) -> None:
        """Have Redis, the workers and the beat run, those that do already as well."""
        self.redis.start()
        self.wait_redis()
        for dienst in (self.eilig, self.masse, self.takt):
            dienst.start()

    def rest(self) -> None:
        """End workers and beat: what happens now happens in this process or nowhere."""
        for dienst in (self.zweiter_takt, self.takt, self.masse, self.eilig):
            dienst.stop()

    def manage(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a management command to its end, as cron would."""
        return subprocess.run(
            [sys.executable, "-B", "manage.py", *arguments],
            cwd=orte.PROJECT,
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def close(self) -> None:
        """End everything."""
        for dienst in self.dienste:
            dienst.signal(signal.SIGCONT)
            dienst.stop()
        self.post.close()
        if self.pg is not None:
            self.pg.__exit__(None, None, None)


def _folder() -> Path:
    return orte.SERVICES / NAME


def _redis_command(path: Path) -> list[str]:
    command = ["redis-server", "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    command += ["--dir", str(_folder()), "--appendonly", "yes", "--save", ""]
    return [*command, "--maxmemory-policy", "noeviction"]


def _environment(post: Postamt) -> dict[str, str]:
    # A house of one's own: nothing of the caller's addresses.
    fremd = ("DATABASE_URL", "REDIS_URL", "FALLWERK_")
    env = {k: v for k, v in base_environment("entwicklung").items() if not k.startswith(fremd)}
    sockets = orte.socket_folder(_folder() / "socket", "redis.sock", os.geteuid(), os.getegid())
    return env | {
        "FALLWERK_MODUS": "entwicklung",
        "FALLWERK_STATIK": str(orte.STATIC),
        "FALLWERK_REDIS": str(sockets / "redis.sock"),
        "REDIS_URL": f"unix://{quote(str(sockets / 'redis.sock'))}",
        "FALLWERK_SMTP_HOST": "127.0.0.1",
        "FALLWERK_SMTP_PORT": str(post.port),
        "FALLWERK_SMTP_SEKUNDEN": "2",
        "FALLWERK_ABGLEICH_SEKUNDEN": str(RUNDE),
        "FALLWERK_BETRIEB_SCHLUESSEL": "stoerungen-nur-hier",
        "FALLWERK_ADRESSE": f"http://127.0.0.1:{free_port(18000)}",
    }


def _database(cluster: Cluster, env: dict[str, str]) -> None:
    """Give a fresh copy of the migrated database; migrating takes longer than copying."""
    state = orte.files_hash("*/migrations/**/*.py", "cases/rechte.py", "requirements/base.txt")
    stamp = cluster.folder / "stand"
    if not orte.reads(stamp, state):
        for name in ("fallwerk", "leer"):
            cluster.client("dropdb", "--force", "--if-exists", name)
        cluster.client("createdb", "fallwerk")
        manage(["migrate", "--noinput", "--verbosity", "0"], env)
        cluster.client("createdb", "-T", "fallwerk", "leer")
        stamp.write_text(state, encoding="utf-8")
        return
    cluster.client("dropdb", "--force", "--if-exists", "fallwerk")
    cluster.client("createdb", "-T", "leer", "fallwerk")


@contextmanager
def house() -> Iterator[Haus]:
    """Open the house for the body: empty database, empty Redis, everything else off."""
    orte.LOGS.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(_folder(), ignore_errors=True)
    _folder().mkdir(mode=0o700)
    for log in orte.LOGS.glob(f"{NAME}-*.log"):
        log.unlink()
    post = Postamt()
    env = _environment(post)
    # As durable as in production: the faults end the server by force.
    cluster = Cluster(f"postgres-{NAME}", fast=False)
    haus = Haus(env, cluster, post)
    haus.start_pg()
    try:
        env["DATABASE_URL"] = cluster.url()
        with static_collected(env):
            _database(cluster, env)
        env["EIGENTUEMER_URL"] = env["DATABASE_URL"]
        env["DATABASE_URL"] = cluster.url("fallwerk_app")
        for dienst in haus.dienste:
            dienst.env = env
        yield haus
    finally:
        haus.close()
