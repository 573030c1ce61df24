"""The first load in a real browser with an empty cache: bytes over the wire, requests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from django.urls import reverse
from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.tabelle import Messung
from werkzeug import orte
from werkzeug.dienste import running, wait_for
from werkzeug.starten import free_port, healthy

LIMIT_KB, LIMIT_REQUESTS = 150, 10


class _Wire:
    """Counts what the browser fetches."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        self.requests = 0
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._count)
        session.on("Network.loadingFinished", self._add)

    def _count(self, event: dict[str, object]) -> None:
        request = event["request"]
        if isinstance(request, dict) and str(request["url"]).startswith("http"):
            self.requests += 1

    def _add(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])


def _login(page: Page, address: str) -> None:
    page.goto(f"{address}{reverse('account_login')}")
    page.fill("input[name=login]", "fallmanager")
    page.fill("input[name=password]", os.environ["FALLWERK_DEMO_PASSWORT"])
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def _loads(address: str) -> Iterator[Messung]:
    with sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox"],
        )
        context = browser.new_context()
        page = context.new_page()
        for name, route in (("Anmeldung", "account_login"), ("Mein Tag", "start")):
            if route == "start":
                _login(page, address)
            session = context.new_cdp_session(page)
            session.send("Network.clearBrowserCache")
            wire = _Wire(session)
            answer = page.goto(f"{address}{reverse(route)}", wait_until="networkidle")
            # An error page is light and would please every limit.
            if answer is None or answer.status != 200 or not page.url.endswith(reverse(route)):
                raise RuntimeError(f"{route} wurde nicht geladen, sondern {page.url}.")
            yield Messung(f"{name} – übertragen", wire.bytes / 1000, "kB", LIMIT_KB)
            yield Messung(f"{name} – Anfragen", wire.requests, "", LIMIT_REQUESTS)
            session.detach()
        browser.close()


def measure() -> Iterator[Messung]:
    """Start the application as in operation, load two pages, stop it."""
    host = f"127.0.0.1:{free_port(18_000)}"
    command = [str(orte.PYTHON), "-m", "gunicorn", "config.wsgi:application", "--bind", host]
    command += ["--threads", "4", "--no-control-socket"]
    with running("bench-web", command, env=os.environ, cwd=orte.PROJECT) as web:
        wait_for("bench-web", web, lambda: healthy(host))
        yield from _loads(f"http://{host}")
