from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from werkzeug.prozess import Familie, read_pid, started_at, stop_noted, write_pid

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def _gone(pid: int, seconds: float = 5.0) -> bool:
    limit = time.monotonic() + seconds
    while started_at(pid) and time.monotonic() < limit:
        time.sleep(0.02)
    return not started_at(pid)


def test_familie_stop_ends_children_and_notes(tmp_path: Path) -> None:
    family = Familie(tmp_path)
    child = family.start("eins", SLEEP)
    note = tmp_path / "pid" / "eins.json"
    assert read_pid(note) == (child.popen.pid, signal.SIGTERM)

    family.stop()

    assert child.popen.poll() == -signal.SIGTERM
    assert not note.exists()


def test_familie_ended_names_the_child_that_left(tmp_path: Path) -> None:
    family = Familie(tmp_path)
    family.start("bleibt", SLEEP)
    left = family.start("geht", [sys.executable, "-c", "print('Schluss')"])
    left.popen.wait()

    assert family.ended() is left
    assert left.tail() == "Schluss"
    family.stop()


def test_child_ends_when_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from werkzeug.prozess import Familie\n"
        f"child = Familie(Path({str(tmp_path)!r})).start('kind', {SLEEP!r})\n"
        "print(child.popen.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert started_at(pid)

    parent.kill()
    parent.wait()
    parent.stdout.close()

    assert _gone(pid)


def test_stop_noted_leaves_a_foreign_process_with_the_same_id(tmp_path: Path) -> None:
    note = tmp_path / "alt.json"
    write_pid(note, os.getpid(), signal.SIGKILL)
    note.write_text(note.read_text().replace(started_at(os.getpid()), "1"))

    assert stop_noted(note) is False
    assert not note.exists()


def test_stop_noted_ends_what_is_ours(tmp_path: Path) -> None:
    note = tmp_path / "rest.json"
    child = subprocess.Popen(SLEEP)
    write_pid(note, child.pid, signal.SIGTERM)

    assert stop_noted(note) is True
    assert child.wait() == -signal.SIGTERM
