"""A real browser against a real server, with a mail sink and an accessibility check."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as mail_policy
from shutil import which
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, sync_playwright

# Playwright's own loop runs in this thread; the tests themselves use the ORM synchronously.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

KENNWORT = "Teilhabe-Probe-2026"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = which("chromium") or which("chromium-browser")
    if path is None:
        pytest.fail("Für die Browsertests fehlt Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield running
        running.close()


@dataclass
class Seite:
    """One person at one screen."""

    page: Page
    adresse: str
    gesehen: list[str] = field(default_factory=list)
    meldungen: list[str] = field(default_factory=list)

    def offen(self, pfad: str) -> int:
        """Go to a path and return the status."""
        response = self.page.goto(self.adresse + pfad)
        assert response is not None
        return response.status

    def anmelden(self, username: str) -> None:
        """Log in by the form."""
        self.offen("/konto/anmelden/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", KENNWORT)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(self.adresse + "/**")

    def text(self) -> str:
        """Return what stands in the main part of the page."""
        return self.page.inner_text("main")

    def klick(self, name: str) -> None:
        """Press the button or follow the link of this name in the main part, to its page."""
        main = self.page.locator("main")
        button = main.get_by_role("button", name=name)
        target = button if button.count() else main.get_by_role("link", name=name)
        self.weiter(target.first)

    def weiter(self, ziel: Locator) -> None:
        """Press what leads to a new page; forms with a draft ask for the session first."""
        with self.page.expect_navigation():
            ziel.click()

    def ohne_barrieren(self) -> None:
        """Assert that axe finds no violation on this page, and that it is a page and no error."""
        assert self.page.locator("h1").count() == 1, self.page.url
        # Told is what is wrong; all that is right need not be gathered and sent.
        options: dict[str, Any] = {
            "runOnly": {"type": "tag", "values": AXE_TAGS},
            "resultTypes": ["violations"],
        }
        result = Axe().run(self.page, options=options)
        found = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in result.response["violations"]]
        self.gesehen.append(self.page.url)
        assert found == [], (self.page.url, found)

    def passt_in(self, breite: int) -> None:
        """Assert that the page needs no sideways scrolling at this width."""
        size = self.page.viewport_size or {"width": 1280, "height": 900}
        self.page.set_viewport_size({"width": breite, "height": 900})
        needed = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(size)
        assert needed <= breite, (self.page.url, needed)


@pytest.fixture
def neue_seite(browser: Browser, live_server: Any) -> Iterator[Callable[[], Seite]]:
    contexts = []

    def make(**options: Any) -> Seite:
        context = browser.new_context(
            locale="de-DE",
            timezone_id="Europe/Berlin",
            viewport={"width": 1280, "height": 900},
            **options,
        )
        contexts.append(context)
        seite = Seite(context.new_page(), live_server.url)
        seite.page.set_default_timeout(10_000)
        seite.page.on(
            "console", lambda m: seite.meldungen.append(m.text) if m.type == "error" else None
        )
        return seite

    yield make
    for context in contexts:
        context.close()


class Postfach:
    """What the mail server has received."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.empfaenger: list[list[str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take one mail."""
        self.mails.append(BytesParser(policy=mail_policy).parsebytes(envelope.content))
        self.empfaenger.append(list(envelope.rcpt_tos))
        return "250 OK"


@pytest.fixture
def postfach(settings: Any) -> Iterator[Postfach]:
    box = Postfach()
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = False
    yield box
    controller.stop()
