"""A line between program and PostgreSQL that is slow, or breaks just after a COMMIT."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

# What the server says when a transaction is stored: CommandComplete of COMMIT.
_GESPEICHERT = b"C\x00\x00\x00\x0bCOMMIT\x00"


class Leitung:
    """Listens at a socket of its own folder and passes everything on to the real one."""

    def __init__(self, ziel: Path, folder: Path) -> None:
        self.ziel, self.folder = ziel, folder
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        self.path = folder / ziel.name
        self.path.unlink(missing_ok=True)
        self.verzug = 0.0
        # Of so many answers to a COMMIT one is swallowed and the line cut; 0: none.
        self.schneidet_je = 0
        self.geschnitten = 0
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(self.path))
        self.server.listen(128)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            back = socket.socket(socket.AF_UNIX)
            try:
                back.connect(str(self.ziel))
            except OSError:
                client.close()
                continue
            for von, nach, hin in ((client, back, True), (back, client, False)):
                threading.Thread(target=self._pass, args=(von, nach, hin), daemon=True).start()

    def _pass(self, von: socket.socket, nach: socket.socket, hin: bool) -> None:
        with suppress(OSError):
            while chunk := von.recv(65536):
                if hin:
                    time.sleep(self.verzug)
                elif _GESPEICHERT in chunk and self._cuts():
                    break
                nach.sendall(chunk)
        for each in (von, nach):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _cuts(self) -> bool:
        if not self.schneidet_je or secrets.randbelow(self.schneidet_je):
            return False
        self.geschnitten += 1
        return True

    def close(self) -> None:
        """Take no more calls."""
        self.server.close()
        self.path.unlink(missing_ok=True)
