"""A small client of clamd: sends the bytes, reads the verdict (command INSTREAM)."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass

_STUECK = 64 * 1024
_FUND = re.compile(r"stream: (.+) FOUND")
ZIEL = re.compile(r"(/.+|[^/:\s]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5})")


class NichtErreichbar(Exception):
    """clamd did not answer, or with an error: nothing is known about the file."""


@dataclass(frozen=True)
class Urteil:
    """What clamd said; `fund` is the name of the malware, empty when there is none."""

    fund: str = ""


def scan(data: bytes, ziel: str, sekunden: float = 20.0) -> Urteil:
    """Ask clamd at `ziel` (host:port or path of a socket); raises NichtErreichbar."""
    try:
        with _connect(ziel, sekunden) as verbindung:
            antwort = _ask(verbindung, data)
    except (OSError, ValueError) as error:
        raise NichtErreichbar(type(error).__name__) from error
    if fund := _FUND.search(antwort):
        return Urteil(fund[1][:200])
    if antwort.endswith("OK"):
        return Urteil()
    raise NichtErreichbar("keine verwertbare Antwort")


def _connect(ziel: str, sekunden: float) -> socket.socket:
    if ziel.startswith("/"):
        verbindung = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        verbindung.settimeout(sekunden)
        try:
            verbindung.connect(ziel)
        except OSError:
            verbindung.close()
            raise
        return verbindung
    host, _, port = ziel.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=sekunden)


def _ask(verbindung: socket.socket, data: bytes) -> str:
    verbindung.sendall(b"zINSTREAM\0")
    try:
        for stelle in range(0, len(data), _STUECK):
            stueck = data[stelle : stelle + _STUECK]
            verbindung.sendall(len(stueck).to_bytes(4, "big") + stueck)
        verbindung.sendall(b"\0\0\0\0")
    except (BrokenPipeError, ConnectionResetError):
        pass  # clamd stops reading above its own size limit and says so in its answer
    teile = []
    while teil := verbindung.recv(4096):
        teile.append(teil)
        if b"\0" in teil:
            break
    return b"".join(teile).split(b"\0")[0].decode("utf-8", "replace").strip()
