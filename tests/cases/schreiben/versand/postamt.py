"""A mail server that plays a script: at each phase it answers, cuts the line or keeps silent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ANTWORTEN = {
    "gruss": "220 postamt",
    "ehlo": "250 postamt",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 Text bitte",
    "text": "250 angenommen",
    "quit": "221 bis bald",
    "rset": "250 ok",
}


class Postamt:
    """Serves connections one after the other; `post` holds the texts it said 250 to."""

    def __init__(self, plan: dict[str, str]) -> None:
        self.plan = plan
        self.post: list[bytes] = []
        self.empfaenger: list[str] = []
        self.ende = threading.Event()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(0.1)
        self.port: int = self.server.getsockname()[1]
        self.faden = threading.Thread(target=self._serve, daemon=True)
        self.faden.start()

    def _serve(self) -> None:
        while not self.ende.is_set():
            try:
                line, _ = self.server.accept()
            except TimeoutError:
                continue
            line.settimeout(5)
            with line, line.makefile("rb") as lines:
                try:
                    self._talk(line, lines)
                except OSError:
                    pass

    def _talk(self, line: socket.socket, lines) -> None:
        if not self._answer(line, "gruss"):
            return
        for command in lines:
            word = command[:4].decode().strip().lower()
            if word == "rcpt":
                self.empfaenger.append(command.decode().partition("<")[2].partition(">")[0])
            if not self._answer(line, word):
                return
            if word == "data" and "data" not in self.plan:
                text = b"".join(iter(lines.readline, b".\r\n"))
                if not self._answer(line, "text"):
                    return
                if self.plan.get("text", "250").startswith("250"):
                    self.post.append(text)
            if word == "quit":
                return

    def _answer(self, line: socket.socket, phase: str) -> bool:
        """Play the script of a phase; False ends the conversation."""
        tun = self.plan.get(phase, _ANTWORTEN.get(phase, "250 ok"))
        if tun == "schweigen":
            self.ende.wait(5)
            return False
        if tun == "trennen":
            return False
        line.sendall(f"{tun}\r\n".encode())
        return True

    def close(self) -> None:
        self.ende.set()
        self.faden.join(2)
        self.server.close()


@contextmanager
def postamt(settings, **plan: str) -> Iterator[Postamt]:
    """Run the server with this script and point the program to it."""
    amt = Postamt(plan)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", amt.port
    settings.EMAIL_TIMEOUT = 0.4
    try:
        yield amt
    finally:
        amt.close()
