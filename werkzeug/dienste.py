"""Child processes that do not outlive us, and the PostgreSQL of this checkout."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from werkzeug import orte
from werkzeug.ausgabe import Abbruch, say

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: Seconds by which the start noted by the server may differ from the kernel's.
_START_MARK = 5
_SETTINGS = {"listen_addresses": "", "unix_socket_permissions": "0700"}
#: Only for clusters that are thrown away: a crash of the machine may lose them.
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum_naptime": "1h",
}


#: The role that migrates and owns the tables; made by `rollen.sql`, no superuser.
EIGENTUEMER = "fallwerk_eigentuemer"


@contextmanager
def running(
    name: str,
    command: list[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | str = "/",
    stop: signal.Signals = signal.SIGTERM,
    account: tuple[int, int] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a child for the body, in a group of its own so that Ctrl-C reaches only us.

    `stop` ends it in order; the kernel sends the same when we are killed.
    """
    guard = ["setpriv", f"--pdeathsig={stop.name}"]
    if account is not None and os.geteuid() == 0:
        guard += [f"--reuid={account[0]}", f"--regid={account[1]}", "--clear-groups"]
    with (orte.LOGS / f"{name}.log").open("wb") as log:
        child = subprocess.Popen(
            [*guard, *command],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            process_group=0,
        )
    try:
        yield child
    finally:
        # A second Ctrl-C does not disturb the orderly end.
        before = {number: signal.signal(number, signal.SIG_IGN) for number in _STOPPING}
        child.send_signal(stop)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_for(name: str, child: subprocess.Popen[bytes], ready: Callable[[], bool]) -> None:
    """Wait until `ready()`; a child that ends or is late stops everything."""
    limit = time.monotonic() + 120
    while not ready():
        if child.poll() is not None or time.monotonic() > limit:
            raise Abbruch(f"{name} ist nicht gestartet; bitte den Grund beheben:\n{tail(name)}")
        time.sleep(0.05)


def tail(name: str, lines: int | None = 12) -> str:
    """Return the end of a log, "" when there is none."""
    log = orte.LOGS / f"{name}.log"
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return "\n".join(text.splitlines()[-lines if lines else 0 :])


def _binaries() -> Path:
    """Return the folder of PostgreSQL's programs: on PATH, else Debian's newest."""
    on_path = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return Path(on_path).resolve().parent if on_path else found[-1]


class Cluster:
    """PostgreSQL of this checkout: own cluster, German collation, unix socket only."""

    def __init__(self, name: str, *, fast: bool) -> None:
        """Choose the account of the server (never root) and a folder that it can reach."""
        self.name, self.fast, self.bin = name, fast, _binaries()
        self.account = os.geteuid(), os.getegid()
        if os.geteuid() == 0:
            known = {entry.pw_name: entry for entry in pwd.getpwall()}
            entry = known.get("postgres") or known["nobody"]
            self.account = entry.pw_uid, entry.pw_gid
        home = orte.SERVICES
        if self._call("/usr/bin/test", "-x", str(home)).returncode != 0:
            home = orte.AWAY
            home.mkdir(mode=0o711, exist_ok=True)
        self.folder = home / name
        self.folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(self.folder, *self.account)
        self.data = self.folder / "daten"
        self.sockets = orte.socket_folder(self.folder / "socket", ".s.PGSQL.5432", *self.account)

    def url(self, role: str = "fallwerk") -> str:
        """Return the address of the database of this cluster, for the owner or another role."""
        return f"postgresql://{role}@/fallwerk?host={quote(str(self.sockets), safe='')}"

    def _call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program of PostgreSQL as the account of the server."""
        uid, gid = self.account
        other: dict[str, Any] = {}
        if os.geteuid() == 0:
            other = {"user": uid, "group": gid, "extra_groups": ()}
        return subprocess.run(
            [self.bin / program, *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **other,
        )

    def client(self, program: str, *arguments: str) -> bool:
        """Run a client of PostgreSQL against the server, say whether it worked."""
        to_server = ("-h", str(self.sockets), "-U", "fallwerk")
        return self._call(program, *to_server, *arguments).returncode == 0

    def make_roles(self) -> None:
        """Make the owner of the tables and the role of the program, as an administrator does."""
        text = Path(__file__).with_name("rollen.sql").read_text(encoding="utf-8")
        to_server = ("-h", str(self.sockets), "-U", "fallwerk", "-d", "fallwerk")
        done = self._call("psql", *to_server, "-q", "-v", "ON_ERROR_STOP=1", "-c", text)
        if done.returncode != 0:
            raise Abbruch(f"Die Rollen der Datenbank fehlen weiter:\n{done.stdout.strip()}")

    def _create(self) -> None:
        """Create the data when there are none, refuse those of another version."""
        mark, fresh = self.data / "PG_VERSION", self.folder / "daten.neu"
        if mark.exists():
            there = mark.read_text(encoding="ascii").strip()
            if f" {there}." in self._call("postgres", "--version").stdout:
                return
            if not self.fast:
                raise Abbruch(
                    f"Die Daten in {self.data} gehören zu PostgreSQL {there}; bitte diese Fassung "
                    "einrichten oder mit `make clean` neu beginnen."
                )
            shutil.rmtree(self.data)
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["-U", "fallwerk", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust"]
        options += ["--locale-provider=icu", "--icu-locale=de-DE", "--no-instructions"]
        made = self._call("initdb", "-D", str(fresh), "--no-sync", *options)
        if made.returncode != 0:
            raise Abbruch(
                "PostgreSQL ließ sich nicht anlegen; bitte PostgreSQL 15 oder neuer mit ICU "
                f"einrichten oder DATABASE_URL setzen:\n{made.stdout.strip()}"
            )
        fresh.rename(self.data)

    def server(self) -> int | None:
        """Return the number of the PostgreSQL that has this folder open, None when there is none.

        `postmaster.pid` survives a killed server and its number may belong to somebody else: it
        counts only for a postgres that is at home in this folder and began when the file says.
        """
        file = self.data / "postmaster.pid"
        if not file.exists():
            return None
        number, _, began, *_ = [*file.read_text(encoding="ascii").split("\n"), "", "", ""]
        found = orte.process(number.strip() or 0)
        if not found or found[0].name != "postgres" or found[1] != self.data.resolve():
            return None
        if abs(found[2] - float(began or 0)) < _START_MARK:
            return int(number)
        raise Abbruch(
            f"In {self.data} arbeitet ein PostgreSQL (Prozess {number}), das dieses Fallwerk nicht "
            "gestartet hat; bitte selbst beenden und den Befehl wiederholen."
        )

    def repair(self) -> int | None:
        """Remove a `postmaster.pid` that means no server of ours; return the server there is."""
        server, file = self.server(), self.data / "postmaster.pid"
        if server is None and file.exists():
            number = file.read_text(encoding="ascii").partition("\n")[0]
            file.unlink()
            say(f"Die Datenbank war hart beendet; ihre Marke (Prozess {number}) ist entfernt.")
        return server

    def end(self) -> bool:
        """End the server that a killed run left behind, in order; say whether there was one."""
        server = self.repair()
        if server is None or self.has_owner(server):
            return False
        for wish in (signal.SIGINT, signal.SIGQUIT):
            if self.server() == server:
                os.kill(server, wish)
            limit = time.monotonic() + 20
            while self.server() == server and time.monotonic() < limit:
                time.sleep(0.1)
        return True

    @staticmethod
    def has_owner(server: int) -> bool:
        """Whether a living Fallwerk of this checkout has started the server."""
        parent = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()[1]
        found = orte.process(parent)
        return parent != "1" and found is not None and found[1] == orte.PROJECT

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes] | None]:
        """Have the server answer for the body: one that does already, else our own child."""
        if self.client("pg_isready", "-q"):
            yield None
            return
        limit = time.monotonic() + 30
        while (number := self.repair()) is not None:
            # It is about to end with a run that was killed, or comes up after one.
            if self.client("pg_isready", "-q"):
                yield None
                return
            if time.monotonic() > limit:
                raise Abbruch(
                    f"Die Datenbank in {self.data} (Prozess {number}) antwortet nicht; bitte mit "
                    "`make stop` beenden und den Befehl wiederholen."
                )
            time.sleep(0.2)
        self._create()
        settings = _SETTINGS | (_FAST if self.fast else {})
        command = [str(self.bin / "postgres"), "-D", str(self.data), "-k", str(self.sockets)]
        command += [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        # SIGINT is PostgreSQL's fast shutdown: sessions end, the data stay in order.
        child = running(self.name, command, stop=signal.SIGINT, account=self.account)
        with child as server:
            wait_for(self.name, server, lambda: self.client("pg_isready", "-q"))
            self.client("createdb", "fallwerk")
            yield server

    def remove(self) -> None:
        """Delete the cluster; the server must have been stopped."""
        shutil.rmtree(self.sockets, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)
