"""The mail server of the faults: it plays a script that changes while it runs, and keeps a ledger.

The ledger stands outside of the program under test: a key is entered when the server has taken a
mail, whether or not the program ever hears of it.
"""

from __future__ import annotations

import re
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable

_WORTE = {
    "gruss": "220 postamt",
    "ehlo": "250 postamt",
    "helo": "250 postamt",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 Text bitte",
    "text": "250 angenommen",
    "quit": "221 bis bald",
    "rset": "250 ok",
}
_KENNUNG = re.compile(rb"^Message-ID:\s*<([^@>]+)@", re.MULTILINE | re.IGNORECASE)
SCHWEIGEN, TRENNEN, TROPFEN = "schweigen", "trennen", "tropfen"
# Far longer than any wait of the program.
_LANGE = 600


class _Gespraech(socketserver.StreamRequestHandler):
    """One connection: answers phase by phase as the script says."""

    server: Postamt

    def handle(self) -> None:
        try:
            self._talk()
        except OSError:
            pass

    def _talk(self) -> None:
        if not self._answer("gruss"):
            return
        for command in self.rfile:
            phase = command[:4].decode(errors="replace").strip().lower()
            if phase == "data":
                if not self._take():
                    return
            elif not self._answer(phase) or phase == "quit":
                return

    def _take(self) -> bool:
        if "data" in self.server.plan:
            return self._answer("data")
        self._answer("data")
        text = b"".join(iter(self.rfile.readline, b".\r\n"))
        time.sleep(self.server.bedenkzeit)
        found = _KENNUNG.search(text)
        plan = self.server.plan.get("text", "")
        # Taken is what gets 250, and what is lost only on the way back.
        if found and (not plan or plan.startswith(("250", TRENNEN, SCHWEIGEN))):
            self.server.enter(found[1].decode())
        answered = self._answer("text")
        if self.server.nach_annahme is not None:
            self.server.nach_annahme()
        return answered

    def _answer(self, phase: str) -> bool:
        tun = self.server.plan.get(phase) or _WORTE.get(phase, "250 ok")
        if tun == TRENNEN:
            return False
        if tun == SCHWEIGEN:
            self.server.ende.wait(_LANGE)
            return False
        if tun == TROPFEN:
            for _ in range(_LANGE):
                self.wfile.write(b"2")
                self.wfile.flush()
                if self.server.ende.wait(0.2):
                    return False
        self.wfile.write(f"{tun}\r\n".encode())
        return True


class Postamt(socketserver.ThreadingTCPServer):
    """Serves connections side by side; `plan` maps phases to what it does instead."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Gespraech)
        self.port: int = self.socket.getsockname()[1]
        self.plan: dict[str, str] = {}
        self.bedenkzeit = 0.0
        self.nach_annahme: Callable[[], None] | None = None
        self.ledger: Counter[str] = Counter()
        self.zeiten: dict[str, float] = {}
        self.ende = threading.Event()
        self._schloss = threading.Lock()
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def enter(self, kennung: str) -> None:
        """Note that a mail was taken, and when."""
        with self._schloss:
            self.ledger[kennung] += 1
            self.zeiten.setdefault(kennung, time.monotonic())

    def play(self, **plan: str) -> None:
        """Change the script; conversations that hang under the old one end."""
        self.ende.set()
        time.sleep(0.05)
        self.ende.clear()
        self.plan = plan

    def close(self) -> None:
        """End all conversations and the server."""
        self.ende.set()
        self.shutdown()
        self.server_close()


def closed_port() -> int:
    """Return a port at which nobody answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
