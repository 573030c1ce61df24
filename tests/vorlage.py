"""One migrated database for all test runs: each run copies it instead of migrating anew.

The name carries a hash of the migrations, so a changed migration makes a new one; the older ones
are dropped.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).parent.parent
PRAEFIX = "fallwerk_vorlage_"
_SCHLOSS = 20260114


def fingerprint() -> str:
    """Return the hash of all migrations, their neighbours and the locked versions."""
    digest = hashlib.sha256()
    files = [*ROOT.glob("*/migrations/*.py"), ROOT / "requirements" / "base.txt"]
    files += [ROOT / "cases" / "rechte.py", ROOT / "cases" / "erstanlage.py"]
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def template(url: str) -> str:
    """Return the name of the migrated database on the server of `url`, making it if needed."""
    return kept(url, PRAEFIX + fingerprint(), lambda url: url)


def kept(url: str, name: str, load: Callable[[str], str]) -> str:
    """Return `name`, the name of a database that is made once for all runs and only copied.

    :param name: begins with the hash of the migrations; those with another one are dropped
    :param load: fills the empty database and returns the address that is to migrate it
    """
    with psycopg.connect(_database(url, "postgres"), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_SCHLOSS])
        rows = server.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PRAEFIX]
        )
        known = {row[0] for row in rows}
        if name not in known:
            _make(server, name, _database(url, f"{name}_neu"), load)
            for old in known:
                if not old.startswith(PRAEFIX + fingerprint()):
                    server.execute(f'DROP DATABASE IF EXISTS "{old}"')
    return name


def _database(url: str, name: str) -> str:
    """Return the URL with another database; an empty host stays empty."""
    teile = urlsplit(url)
    anhang = f"?{teile.query}" if teile.query else ""
    return f"{teile.scheme}://{teile.netloc}/{name}{anhang}"


def _make(server: psycopg.Connection, name: str, url: str, load: Callable[[str], str]) -> None:
    server.execute(f'DROP DATABASE IF EXISTS "{name}_neu" WITH (FORCE)')
    server.execute(f"CREATE DATABASE \"{name}_neu\" TEMPLATE template0 ENCODING 'UTF8'")
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": load(url)},
        check=True,
    )
    # Only what was migrated to the end gets the name.
    server.execute(f'ALTER DATABASE "{name}_neu" RENAME TO "{name}"')


def main(arguments: list[str]) -> None:
    """`anlegen NAME` copies the migrated database of this server, `loeschen NAME` deletes it."""
    verb, name = arguments
    url = os.environ["DATABASE_URL"]
    order = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    if verb == "anlegen":
        order = f'CREATE DATABASE "{name}" TEMPLATE "{template(url)}"'
    with psycopg.connect(_database(url, "postgres"), autocommit=True) as server:
        server.execute(order)


if __name__ == "__main__":
    main(sys.argv[1:])
