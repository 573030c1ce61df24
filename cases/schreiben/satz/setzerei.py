"""Where letters are set: in a limited process of its own behind the pages, else in this one.

A letter that needs too much memory or time ends that process and nothing else: whoever wanted it
is told, and the next letter finds a new one. Scripts and tests set a few letters and end; they do
so without.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cases.schreiben.satz.fehler import SchreibenFehler

if TYPE_CHECKING:
    from cases.schreiben.satz.pdf import Satz

_WURZEL = Path(__file__).resolve().parents[3]
SPEICHER = 1536 * 1024 * 1024
SEKUNDEN = 40
# The wall clock is more patient than the processor's: other work may be in the way.
_WARTEN = SEKUNDEN + 10
_ANFAHREN = 90
ZU_VIEL = (
    "Das Schreiben braucht zu viel Speicher oder zu viel Zeit und wurde nicht gesetzt. Bitte "
    "kürzen Sie es; bleibt es dabei, wenden Sie sich an die Fachadministration."
)


@dataclass
class Setzerei:
    """One process that sets letters one after the other for all threads of this one."""

    speicher: int = SPEICHER
    sekunden: int = SEKUNDEN
    warten: float = _WARTEN
    _prozess: subprocess.Popen[bytes] | None = None
    _ordner: tempfile.TemporaryDirectory[str] | None = None
    _schloss: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        """Have the process ready, so that the first letter does not wait for it."""
        with self._schloss:
            self._ready()

    def render(
        self,
        html: str,
        *,
        anlage: bytes,
        anlage_name: str,
        datum: date,
        bilder: Mapping[str, bytes] | None = None,
    ) -> Satz:
        """Set one letter, as `pdf.render_pdf`; raises SchreibenFehler also when it is too much."""
        from cases.schreiben.satz.pdf import Satz  # noqa: PLC0415 - slow import

        text = html.encode()
        kopf = {
            "html": len(text),
            "anlage": len(anlage),
            "anlage_name": anlage_name,
            "datum": datum.isoformat(),
            "bilder": [[sha256, len(inhalt)] for sha256, inhalt in (bilder or {}).items()],
        }
        inhalt = b"".join((text, anlage, *(bilder or {}).values()))
        with self._schloss:
            try:
                self._ready()
                antwort, pdf = self._ask(kopf, inhalt, self.warten)
            except (OSError, ValueError) as error:
                self._end()
                raise SchreibenFehler(ZU_VIEL, (type(error).__name__,)) from None
        if "text" in antwort:
            raise SchreibenFehler(antwort["text"], tuple(antwort["gruende"]))
        return Satz(pdf, antwort["seiten"])

    def _ready(self) -> None:
        if self._prozess is not None and self._prozess.poll() is None:
            return
        # One that was killed leaves its pipes open.
        self._end()
        from cases.schreiben.satz import pdf  # noqa: PLC0415 - slow import

        # The typeface is unpacked there; a process that is killed could not remove it.
        self._ordner = tempfile.TemporaryDirectory(
            prefix="fallwerk-satz-", ignore_cleanup_errors=True
        )
        names = {*pdf.STYLES, pdf.NARROW, *(path for path, _ in pdf.ASSETS.values())}
        self._prozess = subprocess.Popen(
            [sys.executable, "-s", "-m", "cases.schreiben.satz.setzer"],
            cwd=_WURZEL,
            # No settings, no secrets.
            env={name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
            | {"TMPDIR": self._ordner.name},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        start = {
            "speicher": self.speicher,
            "sekunden": self.sekunden,
            "ordner": self._ordner.name,
            "dateien": {name: str(pdf.asset_path(name)) for name in names},
        }
        self._ask(start, b"", _ANFAHREN)

    def _ask(
        self, kopf: dict[str, Any], inhalt: bytes, sekunden: float
    ) -> tuple[dict[str, Any], bytes]:
        """Send one order and wait for its answer; OSError when none comes in time."""
        if self._prozess is None or self._prozess.stdin is None or self._prozess.stdout is None:
            raise BrokenPipeError
        self._prozess.stdin.write(json.dumps(kopf).encode() + b"\n" + inhalt)
        self._prozess.stdin.flush()
        leser = _Leser(self._prozess.stdout.fileno(), time.monotonic() + sekunden)
        antwort: dict[str, Any] = json.loads(leser.line())
        return antwort, leser.take(antwort["laenge"])

    def _end(self) -> None:
        if self._prozess is None:
            return
        self._prozess.kill()
        self._prozess.wait()
        for pipe in (self._prozess.stdin, self._prozess.stdout):
            # What was not written any more cannot be flushed into a process that is gone.
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._prozess = None
        if self._ordner is not None:
            self._ordner.cleanup()
            self._ordner = None

    def close(self) -> None:
        """End the process."""
        with self._schloss:
            self._end()


@dataclass
class _Leser:
    """Reads from a pipe until a moment of the monotonic clock."""

    fd: int
    bis: float
    rest: bytes = b""

    def _more(self) -> None:
        bereit, _, _ = select.select([self.fd], [], [], max(0.0, self.bis - time.monotonic()))
        chunk = os.read(self.fd, 1 << 20) if bereit else b""
        if not chunk:
            raise TimeoutError
        self.rest += chunk

    def line(self) -> bytes:
        """Return the next line."""
        while b"\n" not in self.rest:
            self._more()
        line, _, self.rest = self.rest.partition(b"\n")
        return line

    def take(self, anzahl: int) -> bytes:
        """Return so many bytes."""
        while len(self.rest) < anzahl:
            self._more()
        taken, self.rest = self.rest[:anzahl], self.rest[anzahl:]
        return taken


_setzerei: Setzerei | None = None


def use_own_process() -> None:
    """Set the letters of this process in one of their own from now on, and start it."""
    global _setzerei  # noqa: PLW0603 - one for the process
    if _setzerei is None:
        _setzerei = Setzerei()
    _setzerei.start()


def set_letter(
    html: str,
    *,
    anlage: bytes,
    anlage_name: str,
    datum: date,
    bilder: Mapping[str, bytes] | None = None,
) -> Satz:
    """Set a letter where letters of this process are set; raises SchreibenFehler.

    `bilder` are the pictures that it names, by SHA-256: it gets their bytes and no path.
    """
    if _setzerei is not None:
        render = _setzerei.render
    else:
        from cases.schreiben.satz.pdf import render_pdf as render  # noqa: PLC0415 - slow import

    return render(html, anlage=anlage, anlage_name=anlage_name, datum=datum, bilder=bilder)
