"""What the tools say. Everything goes to stderr: stdout belongs to the result."""

from __future__ import annotations

import os
import shutil
import sys
import time

from werkzeug import orte

_BEGAN = float(os.environ.get("BEGINN") or time.time())
#: Below that (MB) a failure is put down to the full disk, whatever else is said of it.
_FULL = 32


def say(text: str) -> None:
    """Write one line."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def seconds() -> float:
    """Seconds since `make` was called."""
    return time.time() - _BEGAN


def step(text: str) -> None:
    """Announce what happens next."""
    say(f"[{seconds():5.1f} s] {text}")


class Abbruch(SystemExit):
    """Stop with one German sentence: what is wrong and what to do about it."""

    def __init__(self, sentence: str) -> None:
        places = [place for place in (orte.PROJECT, orte.AWAY) if place.is_dir()]
        free = min(shutil.disk_usage(place).free for place in places) // 1_000_000
        if free < _FULL:
            sentence = (
                f"Auf dem Datenträger von {orte.PROJECT} sind nur {free} MB frei; bitte Platz "
                "schaffen (nötig ist rund 1 GB) und den Befehl wiederholen."
            )
        super().__init__(f"\nFallwerk: {sentence}")
