from __future__ import annotations

import email
import email.policy
import os
import re
import shlex
import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

from werkzeug import orte
from werkzeug.starten import free_port


def _letter() -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Übersicht für Mittwoch"
    mail["From"] = "teilhabe@landkreis-musterau.example"
    mail["To"] = "fallmanager@landkreis-musterau.example"
    mail.set_content("Drei Fristen sind fällig.")
    return mail


def _deliver(port: int, mail: EmailMessage, patience: float = 15.0) -> None:
    limit = time.monotonic() + patience
    while True:
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
                client.send_message(mail)
            return
        except ConnectionRefusedError:
            assert time.monotonic() < limit
            time.sleep(0.05)


def test_postfach_keeps_the_mail(tmp_path: Path) -> None:
    port = free_port(20_000)
    line = re.search(r"^post: exec (.*)$", (orte.PROJECT / "Procfile").read_text(), re.M)
    assert line is not None
    command = line[1].replace("python", shlex.quote(sys.executable))
    command = command.replace(".dienste/post", shlex.quote(str(tmp_path)))
    env = {**os.environ, "FALLWERK_SMTP_PORT": str(port)}
    sink = subprocess.Popen(["sh", "-c", f"exec {command}"], cwd=orte.PROJECT, env=env)
    try:
        _deliver(port, _letter())
    finally:
        sink.terminate()
        sink.wait()

    (kept,) = tmp_path.iterdir()
    stored = email.message_from_bytes(kept.read_bytes(), policy=email.policy.default)
    assert kept.name.endswith("_0001_fallmanager-landkreis-musterau.example.eml")
    assert stored.get_content().splitlines() == ["Drei Fristen sind fällig."]
