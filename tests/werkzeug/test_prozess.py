from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from werkzeug import orte, starten
from werkzeug.ausgabe import Abbruch
from werkzeug.dienste import running, wait_for

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture(autouse=True)
def _own_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orte, "LOGS", tmp_path)


def _gone(pid: int, seconds: float = 5.0) -> bool:
    limit = time.monotonic() + seconds
    while Path(f"/proc/{pid}/exe").exists() and time.monotonic() < limit:
        time.sleep(0.02)
    return not Path(f"/proc/{pid}/exe").exists()


def test_running_ends_its_child_by_the_wanted_signal() -> None:
    with running("kind", SLEEP, stop=signal.SIGINT) as child:
        time.sleep(0.2)

    # Python turns the signal into an exception and then ends by it.
    assert child.returncode == -signal.SIGINT
    assert _gone(child.pid)


def test_running_gives_the_signals_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with running("kind", SLEEP):
        pass

    assert signal.getsignal(signal.SIGINT) is before


def test_wait_for_tells_why_a_child_has_ended() -> None:
    with (
        running("kind", [sys.executable, "-c", "raise SystemExit('Anschluss belegt')"]) as child,
        pytest.raises(Abbruch, match=r"kind ist nicht gestartet.*\nAnschluss belegt"),
    ):
        wait_for("kind", child, lambda: False)


def test_child_ends_when_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import time; from pathlib import Path; from werkzeug import orte\n"
        f"orte.LOGS = Path({str(tmp_path)!r})\n"
        "from werkzeug.dienste import running\n"
        f"with running('kind', {SLEEP!r}) as child:\n"
        "    time.sleep(0.5); print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert Path(f"/proc/{pid}/exe").exists()

    parent.kill()
    parent.wait()
    parent.stdout.close()

    assert _gone(pid)


def test_leftovers_are_ours_and_nobody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = subprocess.Popen(SLEEP, cwd=tmp_path, start_new_session=True)
    no_leader = subprocess.Popen(SLEEP, cwd=tmp_path)
    elsewhere = subprocess.Popen(SLEEP, cwd="/", start_new_session=True)
    others = (no_leader, elsewhere)
    log = "".join(f"web.1 started (pid={child.pid})\n" for child in (ours, *others))
    (tmp_path / "fallwerk.log").write_text(log)
    monkeypatch.setattr(orte, "PROJECT", tmp_path)

    # It is a child of this process: somebody has to take note of its end.
    waiting = threading.Thread(target=ours.wait)
    waiting.start()
    ended = starten.end_leftovers()

    waiting.join(10)
    assert (ended, ours.returncode) == (1, -signal.SIGTERM)
    assert [other.poll() for other in others] == [None, None]
    for other in others:
        other.kill()
        other.wait()


def test_there_are_no_leftovers_before_the_first_run() -> None:
    assert starten.end_leftovers() == 0
