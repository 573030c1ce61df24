"""What the start-up scripts say. Everything goes to stderr: stdout belongs to the result."""

from __future__ import annotations

import sys
import time


class Abbruch(SystemExit):
    """Stop with one German sentence: what is missing and how to get it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(1)
        self.sentence = sentence
        say(f"\nFallwerk: {sentence}")


def say(text: str) -> None:
    """Write one line."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class Schrittfolge:
    """Announce steps with the seconds since the start."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def step(self, text: str) -> None:
        """Announce what happens next."""
        say(f"[{time.monotonic() - self.began:5.1f} s] {text}")

    @property
    def seconds(self) -> float:
        """Seconds since the first step."""
        return time.monotonic() - self.began
