"""A program that ends is started again, with growing waits, and ends with its starter."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from werkzeug import orte

SCRIPT = str(orte.PROJECT / "werkzeug" / "wieder.sh")
BRIEF = "date +%s.%N >> starts; exit 3"


def begin(folder: Path, command: str) -> subprocess.Popen[bytes]:
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            ["sh", SCRIPT, "probe", "sh", "-c", command],
            cwd=folder,
            stderr=log,
            start_new_session=True,
        )


def starts(folder: Path) -> list[float]:
    file = folder / "starts"
    return [float(line) for line in file.read_text().split()] if file.exists() else []


def wait_for(condition, seconds: float = 30) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.05)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".dienste").mkdir()
    return tmp_path


def test_program_that_ends_before_the_first_page_ends_the_start(folder):
    assert begin(folder, BRIEF).wait(20) == 3
    assert len(starts(folder)) == 1


def test_program_that_ends_later_comes_back_with_growing_waits(folder):
    (folder / ".dienste" / "bereit").touch()
    loop = begin(folder, BRIEF)
    wait_for(lambda: len(starts(folder)) == 4)
    loop.send_signal(signal.SIGTERM)
    assert loop.wait(20) == 0
    a, b, c, d = starts(folder)[:4]
    assert 0.9 < b - a < c - b < d - c
    assert "probe endete (3); neuer Start in 1 s." in (folder / "log").read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_end_of_the_starter_is_the_end_of_the_program(folder, number):
    (folder / ".dienste" / "bereit").touch()
    loop = begin(folder, "echo $$ > pid; exec sleep 60")
    wait_for(lambda: (folder / "pid").exists() and (folder / "pid").read_text().strip())
    pid = int((folder / "pid").read_text())
    loop.send_signal(number)
    assert loop.wait(20) == 0
    with pytest.raises(ProcessLookupError, match="No such process"):
        os.kill(pid, 0)
