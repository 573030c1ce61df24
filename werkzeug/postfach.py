"""Mail sink of the demonstration: takes every mail, keeps it as .eml, sends nothing on.

Runs with the interpreter of the virtual environment:
`python -m werkzeug.postfach --port 2525 --ordner .dienste/post`.
"""

from __future__ import annotations

import argparse
import asyncio
import email
import email.policy
import re
import signal
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from werkzeug.ausgabe import say

#: Larger than any letter with its attachments.
_LARGEST_MAIL = 30 * 1024 * 1024


class Postfach:
    """Handler that writes each mail to a file and shows one line for it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self.numbers = count(1)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the mail under day, time, running number and first recipient."""
        content = envelope.original_content or b""
        recipients = ", ".join(envelope.rcpt_tos)
        moment = datetime.now(UTC).astimezone().strftime("%Y-%m-%d_%H%M%S")
        first = re.sub(r"[^a-z0-9.-]+", "-", (envelope.rcpt_tos or ["unbekannt"])[0].lower())
        path = self.folder / f"{moment}_{next(self.numbers):04d}_{first[:60]}.eml"
        draft = path.with_suffix(".neu")
        draft.write_bytes(content)
        draft.rename(path)
        subject = email.message_from_bytes(content, policy=email.policy.default)["subject"] or ""
        say(f"Post an {recipients}: {subject}  ({path.name})")
        return "250 Angenommen"


async def serve(host: str, port: int, folder: Path) -> None:
    """Take mail until the process is asked to end."""
    handler = Postfach(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, data_size_limit=_LARGEST_MAIL, enable_SMTPUTF8=True), host, port
    )
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    async with server:
        await ended.wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description="Nimmt Post an und legt sie als .eml ab.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=2525)
    parser.add_argument("--ordner", type=Path, required=True)
    options = parser.parse_args()
    asyncio.run(serve(options.host, options.port, options.ordner))


if __name__ == "__main__":
    main()
