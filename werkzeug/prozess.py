"""Child processes that do not outlive the one who started them."""

from __future__ import annotations

import ctypes
import json
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Any

from werkzeug.ausgabe import Abbruch

_PR_SET_PDEATHSIG = 1
_LINUX = platform.system() == "Linux"
_LIBC = ctypes.CDLL(None) if _LINUX else None


def die_with_parent(number: int, parent: int) -> None:
    """Ask the kernel to send `number` when the parent ends (Linux; elsewhere nothing)."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), number)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def end_in_order() -> None:
    """Let SIGTERM and SIGHUP end this process like Ctrl-C, and so the death of its `make`.

    SIGINT is set as well: a shell starts its background jobs with that signal ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    parent = os.getppid()
    with suppress(OSError):
        if Path(f"/proc/{parent}/comm").read_text(encoding="ascii").strip() == "make":
            die_with_parent(signal.SIGTERM, parent)


def hold_signals() -> None:
    """Let nothing disturb the orderly end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def started_at(pid: int) -> str:
    """Return a mark of the start of a process, "" when there is none with this id.

    Together with the id it tells our process from a later one with the same number.
    """
    if _LINUX:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        fields = stat.rpartition(")")[2].split()
        return "" if fields[0] == "Z" else fields[19]
    listed = subprocess.run(
        ["ps", "-p", str(pid), "-o", "lstart="], capture_output=True, text=True, check=False
    )
    return listed.stdout.strip()


def write_pid(path: Path, pid: int, number: int) -> None:
    """Note a process and the signal that ends it in order."""
    entry = {"pid": pid, "start": started_at(pid), "signal": int(number)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(entry), encoding="ascii")


def read_pid(path: Path) -> tuple[int, int] | None:
    """Return (pid, signal) of a noted process that still runs and is ours."""
    try:
        entry = json.loads(path.read_text(encoding="ascii"))
        pid, start, number = int(entry["pid"]), str(entry["start"]), int(entry["signal"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (pid, number) if start and started_at(pid) == start else None


def stop_noted(path: Path, seconds: float = 15.0) -> bool:
    """Stop a noted process, say whether there was one; the note goes away."""
    noted = read_pid(path)
    if noted is not None:
        pid, number = noted
        for wish in (number, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.kill(pid, wish)
            limit = time.monotonic() + seconds
            while read_pid(path) is not None and time.monotonic() < limit:
                time.sleep(0.05)
            if read_pid(path) is None:
                break
    path.unlink(missing_ok=True)
    return noted is not None


@dataclass
class Prozess:
    """A running child with the signal that ends it in order."""

    name: str
    popen: subprocess.Popen[bytes]
    stop_signal: int
    log: Path | None
    pid_file: Path | None

    @property
    def runs(self) -> bool:
        """Whether the child still lives."""
        return self.popen.poll() is None

    def tail(self, lines: int = 15) -> str:
        """Return the end of the log."""
        if self.log is None or not self.log.exists():
            return ""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def stop(self, seconds: float = 12.0) -> None:
        """End the child in order, after `seconds` without mercy."""
        if self.runs:
            self.popen.send_signal(self.stop_signal)
            try:
                self.popen.wait(seconds)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()
        if self.pid_file is not None:
            self.pid_file.unlink(missing_ok=True)


@dataclass
class Familie:
    """The children of one run; they are stopped in the reverse order of their start."""

    folder: Path
    members: list[Prozess] = field(default_factory=list)

    def start(
        self,
        name: str,
        command: list[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | str | None = None,
        stop_signal: int = signal.SIGTERM,
        account: tuple[int, int] | None = None,
        visible: bool = False,
    ) -> Prozess:
        """Start a child in a process group of its own.

        Its group is its own so that Ctrl-C reaches only the starter, who then stops
        the children in order. `visible` keeps its output on the screen.
        """
        log = self.folder / "protokolle" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        parent = os.getpid()

        def arm() -> None:
            die_with_parent(stop_signal, parent)

        more: dict[str, Any] = {}
        if account is not None:
            more = {"user": account[0], "group": account[1], "extra_groups": []}
        output: IO[bytes] | None = None if visible else log.open("wb")
        try:
            popen = subprocess.Popen(
                command,
                env=None if env is None else dict(env),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output if output is not None else sys.stderr,
                stderr=subprocess.STDOUT,
                process_group=0,
                preexec_fn=arm,  # noqa: PLW1509 - no threads run here; the wish must be set in the child
                **more,
            )
        finally:
            if output is not None:
                output.close()
        pid_file = self.folder / "pid" / f"{name}.json"
        write_pid(pid_file, popen.pid, stop_signal)
        child = Prozess(name, popen, stop_signal, None if visible else log, pid_file)
        self.members.append(child)
        return child

    def wait_for(self, child: Prozess, ready: Callable[[], bool], seconds: float) -> None:
        """Wait until `ready()`; a child that ends or is late stops everything."""
        limit = time.monotonic() + seconds
        while not ready():
            if not child.runs or time.monotonic() > limit:
                why = "ist nicht gestartet" if not child.runs else "antwortet nicht"
                raise Abbruch(f"{child.name} {why}. Ende des Protokolls:\n{child.tail()}")
            time.sleep(0.03)

    def ended(self) -> Prozess | None:
        """Return a child that has ended by itself."""
        return next((child for child in self.members if not child.runs), None)

    def stop(self) -> None:
        """Stop every child, the last one first; a second Ctrl-C does not disturb it."""
        while self.members:
            self.members.pop().stop()
