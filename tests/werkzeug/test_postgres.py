"""A number in a file is nobody until the process behind it is looked at."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from werkzeug import dienste, orte, starten
from werkzeug.ausgabe import Abbruch
from werkzeug.dienste import Cluster

#: Would end only by SIGKILL, as the one that was met.
STUBBORN = (
    "import signal, time; [signal.signal(n, signal.SIG_IGN) for n in (2, 15)]; time.sleep(60)"
)


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    # As root the server runs under another account, which has to reach the folder.
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o711)
    monkeypatch.setattr(orte, "SERVICES", tmp_path)
    monkeypatch.setattr(orte, "LOGS", tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return Cluster("postgres", fast=True)


@pytest.fixture
def foreigner(cluster: Cluster) -> Iterator[subprocess.Popen[bytes]]:
    """A process of somebody else whose number stands in our stale file."""
    cluster.data.mkdir()
    child = subprocess.Popen([sys.executable, "-c", STUBBORN], cwd=cluster.data)
    yield child
    child.kill()
    child.wait()


def note(cluster: Cluster, number: int, began: float) -> Path:
    file = cluster.data / "postmaster.pid"
    file.write_text(f"{number}\n{cluster.data}\n{began:.0f}\n5432\n", encoding="ascii")
    return file


@pytest.mark.parametrize("program", [sys.executable, "postgres"])
def test_number_of_somebody_else_gets_no_signal(cluster, foreigner, program, monkeypatch, capsys):
    if program == "postgres":
        # A postgres, but of another folder, as beside another checkout.
        real = orte.process
        monkeypatch.setattr(
            orte, "process", lambda n: (Path("/x/postgres"), Path("/elsewhere"), real(n)[2])
        )
    file = note(cluster, foreigner.pid, time.time())
    started = time.monotonic()

    sent: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(dienste.os, "kill", lambda *a: sent.append(a))
        starten.stop()

    assert sent == []
    assert foreigner.poll() is None
    assert not file.exists()
    assert time.monotonic() - started < 5
    assert f"(Prozess {foreigner.pid}) ist entfernt" in capsys.readouterr().err


def test_postgres_that_began_at_another_time_is_another_one(cluster, foreigner, monkeypatch):
    began = time.time() - 3600
    monkeypatch.setattr(
        orte, "process", lambda n: (Path("/x/postgres"), cluster.data.resolve(), began)
    )
    note(cluster, foreigner.pid, began)
    assert cluster.server() == foreigner.pid
    file = note(cluster, foreigner.pid, began - 60)
    with pytest.raises(Abbruch, match="nicht gestartet hat"):
        cluster.end()
    assert file.exists()
    assert foreigner.poll() is None


def test_server_starts_over_a_stale_file_and_a_left_one_is_ended(cluster, monkeypatch):
    """The real thing: initdb, a killed run, the number now of somebody else, and an orphan."""
    with cluster.serving():
        number = cluster.server()
        assert number is not None
        assert orte.process(number)[0].name == "postgres"
    assert cluster.server() is None

    child = subprocess.Popen([sys.executable, "-c", STUBBORN])
    note(cluster, child.pid, time.time())
    with cluster.serving():
        assert cluster.client("pg_isready", "-q")
        assert child.poll() is None
        # Ours while we live: `make stop` of the same folder leaves it alone.
        monkeypatch.setattr(orte, "PROJECT", Path.cwd())
        assert not cluster.end()
        # Of a run that was killed: nobody of this folder is its parent.
        monkeypatch.setattr(orte, "PROJECT", Path("/elsewhere"))
        assert cluster.end()
        assert not cluster.client("pg_isready", "-q")
    child.kill()
    child.wait()


def test_process_tells_program_folder_and_start() -> None:
    child = subprocess.Popen([sys.executable, "-c", STUBBORN], cwd="/")
    found = orte.process(child.pid)
    child.kill()
    child.wait()
    assert found is not None
    assert found[0] == Path(sys.executable).resolve()
    assert found[1] == Path("/")
    own = orte.process(os.getpid())
    assert own is not None
    assert 0 <= found[2] - own[2] < 3600
    assert orte.process(child.pid) is None
