"""PostgreSQL of this checkout: own cluster, German collation, unix socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from werkzeug import orte, systempakete
from werkzeug.ausgabe import Abbruch, say
from werkzeug.prozess import Familie, Prozess

USER = "fallwerk"
_SOCKET = ".s.PGSQL.5432"
#: Only for clusters that are thrown away: a crash of the machine may lose them.
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum_naptime": "1h",
}


def _account() -> tuple[int, int]:
    """Return the account that runs the server: our own, or an unprivileged one for root."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise Abbruch(
        "PostgreSQL läuft nicht als root; bitte Fallwerk unter einem gewöhnlichen Konto starten."
    )


@dataclass
class Cluster:
    """One cluster in `.dienste/<name>`; `fast` gives up durability for speed."""

    name: str
    fast: bool = False

    def __post_init__(self) -> None:
        """Find the binaries, the account and the folder."""
        binaries = systempakete.postgres_bin()
        if binaries is None:
            raise Abbruch(
                "PostgreSQL fehlt; bitte das Paket postgresql einrichten oder DATABASE_URL setzen."
            )
        self.bin: Path = binaries
        self.account = _account()
        self.folder = self._reachable_folder()
        self.data = self.folder / "daten"

    def _reachable_folder(self) -> Path:
        folder = orte.services_folder() / self.name
        if os.geteuid() == 0 and not self._may_pass(folder.parent):
            away = orte.away_folder()
            away.mkdir(mode=0o711, exist_ok=True)
            if away.is_symlink() or away.stat().st_uid != 0:
                raise Abbruch(f"{away} gehört einem anderen Konto; bitte entfernen.")
            folder = away / self.name
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(folder, *self.account)
        return folder

    def _may_pass(self, folder: Path) -> bool:
        """Whether the account of the server can walk to the folder."""
        probe = subprocess.run(["test", "-x", folder], cwd="/", check=False, **self._as_account())
        return probe.returncode == 0

    def _as_account(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        return {"user": self.account[0], "group": self.account[1], "extra_groups": []}

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.bin / program, *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self._as_account(),
        )

    @property
    def sockets(self) -> Path:
        """The folder of the socket, closed for everybody else."""
        return orte.socket_folder(self.folder / "socket", _SOCKET, *self.account)

    def url(self, database: str = "fallwerk") -> str:
        """Return the address of a database of this cluster."""
        return f"postgresql://{USER}@/{database}?host={quote(str(self.sockets), safe='')}"

    def start(self, family: Familie) -> Prozess:
        """Start the server and return when it answers; create the cluster when there is none."""
        self._stop_leftover()
        self._check_version()
        if not (self.data / "PG_VERSION").exists():
            self._create()
        settings = {"listen_addresses": "", "unix_socket_permissions": "0700"}
        if self.fast:
            settings |= _FAST
        command = [str(self.bin / "postgres"), "-D", str(self.data), "-k", str(self.sockets)]
        for key, value in settings.items():
            command += ["-c", f"{key}={value}"]
        account = self.account if os.geteuid() == 0 else None
        # SIGINT is PostgreSQL's fast shutdown: sessions end, the data stay in order.
        child = family.start(
            self.name, command, cwd="/", stop_signal=signal.SIGINT, account=account
        )
        family.wait_for(child, self._answers, 60)
        self._create_database()
        return child

    def _answers(self) -> bool:
        return self._run("pg_isready", "-q", "-h", str(self.sockets)).returncode == 0

    def _create(self) -> None:
        say("Die Datenbank wird angelegt.")
        fresh = self.folder / "daten.neu"
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["-D", str(fresh), "-U", USER, "--encoding=UTF8", "--auth=trust"]
        options += ["--locale-provider=icu", "--icu-locale=de-DE", "--no-instructions"]
        if self.fast:
            options.append("--no-sync")
        for locale in ("C.UTF-8", "C"):
            made = self._run("initdb", *options, f"--locale={locale}")
            if made.returncode == 0:
                fresh.rename(self.data)
                return
            shutil.rmtree(fresh, ignore_errors=True)
        raise Abbruch(
            "initdb ist gescheitert; Fallwerk braucht PostgreSQL 15 oder neuer mit ICU.\n"
            + made.stderr.strip()
        )

    def _create_database(self) -> None:
        connection = ["-h", str(self.sockets), "-U", USER]
        query = "select 1 from pg_database where datname = 'fallwerk'"
        if self._run("psql", *connection, "-tAc", query, "postgres").stdout.strip() != "1":
            self._run("createdb", *connection, "fallwerk")

    def _check_version(self) -> None:
        mark = self.data / "PG_VERSION"
        if not mark.exists():
            return
        there = mark.read_text(encoding="ascii").strip()
        words = self._run("postgres", "--version").stdout.split()
        number = next((word for word in words if word[:1].isdigit()), "")
        if number.partition(".")[0] == there:
            return
        if not self.fast:
            raise Abbruch(
                f"Die Daten in {self.data} gehören zu PostgreSQL {there}, eingerichtet ist "
                f"{number}; bitte die alte Fassung einrichten oder mit `make clean` neu beginnen."
            )
        shutil.rmtree(self.data)

    def _stop_leftover(self) -> None:
        """Stop a server that a killed run left in this folder."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-m", "fast", "-w", "-t", "30", "-D", str(self.data))

    def remove(self) -> None:
        """Delete the cluster; the server must have been stopped."""
        shutil.rmtree(self.sockets, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)
