from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from werkzeug import orte
from werkzeug.prozess import started_at
from werkzeug.starten import free_port

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".dienste", ".*_cache", "__pycache__", "tests", "docs", "staticfiles"
)
#: Set-up is done, the machine may be busy: three Django processes and a migration.
PATIENCE = 180


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    copy = tmp_path / "fallwerk"
    shutil.copytree(orte.PROJECT, copy, ignore=LEFT_OUT)
    (copy / ".venv").symlink_to(orte.VENV)
    yield copy
    subprocess.run([sys.executable, "-m", "werkzeug.stoppen", "--sauber"], cwd=copy, check=True)


def _start(checkout: Path) -> subprocess.Popen[str]:
    hidden = {"DATABASE_URL", "REDIS_URL"}
    env = {key: value for key, value in os.environ.items() if key not in hidden}
    env["FALLWERK_VORFUEHRDATEN"] = "nein"
    return subprocess.Popen(
        [sys.executable, "-m", "werkzeug.starten"],
        cwd=checkout,
        env=env,
        stderr=subprocess.PIPE,
        text=True,
    )


def _wait_for_address(run: subprocess.Popen[str]) -> str:
    assert run.stderr is not None
    seen = []
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        line = run.stderr.readline()
        seen.append(line)
        if "Fallwerk läuft nach" in line:
            return line.rpartition("http://")[2].strip()
        if not line and run.poll() is not None:
            break
    pytest.fail("".join(seen))


def _status(host: str) -> int:
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("GET", "/gesund/")
    status = connection.getresponse().status
    connection.close()
    return status


def _pids(checkout: Path) -> dict[str, int]:
    notes = (checkout / ".dienste" / "pid").glob("*.json")
    return {note.stem: json.loads(note.read_text())["pid"] for note in notes}


def _sorted_names(checkout: Path) -> list[str]:
    note = (checkout / ".dienste" / "umgebung").read_text()
    url = dict(line.split("=", 1) for line in note.splitlines())["DATABASE_URL"]
    query = "select n from unnest(array['Zebra','Öl','apfel','Straße','Ärger']) n order by n"
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute(query).fetchall()]


def test_run_serves_refuses_a_second_and_leaves_no_orphan(checkout: Path) -> None:
    run = _start(checkout)
    host = _wait_for_address(run)
    assert _status(host) == 200
    pids = _pids(checkout)
    assert set(pids) == {"fallwerk", "postgres", "redis", "postfach", "web", "aufgaben", "takt"}

    assert _sorted_names(checkout) == ["apfel", "Ärger", "Öl", "Straße", "Zebra"]

    second = _start(checkout)
    _, said = second.communicate(timeout=PATIENCE)
    assert (second.returncode, "läuft in diesem Ordner schon" in said) == (1, True)

    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=PATIENCE)

    assert (run.returncode, said.splitlines()[-1]) == (0, "Fallwerk ist beendet.")
    assert {name for name, pid in pids.items() if started_at(pid)} == set()
    assert _pids(checkout) == {}


def test_free_port_passes_over_a_port_in_use() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]

        assert free_port(number) > number
