"""Mail sink of the demonstration: keeps every mail as .eml, sends nothing on.

A handler for `python -m aiosmtpd`, see Procfile.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Postfach:
    """Write each mail to a file under day, time, running number and first recipient."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self.numbers = count(1)

    @classmethod
    def from_cli(cls, _parser: ArgumentParser, folder: str) -> Postfach:
        """Take the folder from the command line."""
        return cls(Path(folder))

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the mail; nobody sees half a file."""
        moment = datetime.now(UTC).astimezone().strftime("%Y-%m-%d_%H%M%S")
        first = re.sub(r"[^a-z0-9.-]+", "-", (envelope.rcpt_tos or ["unbekannt"])[0].lower())
        path = self.folder / f"{moment}_{next(self.numbers):04d}_{first[:60]}.eml"
        draft = path.with_suffix(".neu")
        draft.write_bytes(envelope.original_content or b"")
        draft.rename(path)
        return "250 Angenommen"
