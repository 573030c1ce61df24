"""A person at a screen whose hand is counted: clicks, pages, fields."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Frame, Locator, Page


@dataclass
class Zaehler:
    """What one way takes so far; `stationen` by name of the station."""

    klicks: int = 0
    seiten: int = 0
    felder: int = 0
    stationen: list[tuple[str, int, int, int]] = field(default_factory=list)

    def station(self, name: str) -> None:
        """Note what the station that ends here has taken."""
        bisher = [sum(zeile[n] for zeile in self.stationen) for n in (1, 2, 3)]
        jetzt = (self.klicks, self.seiten, self.felder)
        self.stationen.append((name, *(j - b for j, b in zip(jetzt, bisher, strict=True))))


class Platz:
    """One person at a screen whose hand is counted."""

    def __init__(self, page: Page, zaehler: Zaehler) -> None:
        self.page, self.zaehler = page, zaehler
        page.set_default_timeout(60_000)

    def log_in(self, adresse: str, username: str, password: str) -> None:
        """Log in; from here on everything counts."""
        self.page.goto(f"{adresse}/konto/anmelden/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_load_state("load")
        self.page.on("framenavigated", self._count)

    def _count(self, frame: Frame) -> None:
        if frame.parent_frame is None:
            self.zaehler.seiten += 1

    def follow(self, ziel: Locator) -> None:
        """Click what leads to another page."""
        self.zaehler.klicks += 1
        with self.page.expect_navigation(wait_until="load"):
            ziel.first.click()

    def click(self, name: str, *, exact: bool = False) -> None:
        """Press the button or follow the link of this name in the page."""
        main = self.page.locator("body")
        button = main.get_by_role("button", name=name, exact=exact)
        link = main.get_by_role("link", name=name, exact=exact)
        visible = [t for t in (button, link) if t.count()]
        if not visible:
            raise RuntimeError(f"„{name}“ fehlt auf {self.page.url}")
        self.follow(visible[0])
        self._refuse_errors()

    def click_row(self, name: str, was: str) -> None:
        """Follow the link of the row of a list that names this person and this task."""
        zeile = self.page.locator("main tr, main li").filter(has_text=name).filter(has_text=was)
        self.follow(zeile.get_by_role("link"))

    def send(self) -> None:
        """Press the main button of the form of the page."""
        self.follow(self.page.locator("main form button.kern-btn--primary[type=submit]"))
        self._refuse_errors()

    def _refuse_errors(self) -> None:
        fehler = self.page.locator("main :is([data-fw-fehler], .fw-meldungen .fw-hinweis--danger)")
        if fehler.count():
            raise RuntimeError(f"{self.page.url}: {fehler.all_inner_texts()}")

    def unfold(self, name: str) -> None:
        """Open the folded part of the page in which a field stands."""
        teil = self.page.locator("details").filter(has=self.page.locator(f"[name='{name}']"))
        if not teil.evaluate("e => e.open"):
            self.zaehler.klicks += 1
            teil.locator("summary").first.click()

    def choose(self, name: str, text: str) -> None:
        """Choose the option that reads so."""
        feld = self.page.locator(f"main [name='{name}']")
        wert = feld.locator("option").filter(has_text=text).first.get_attribute("value")
        self.zaehler.felder += _put(feld, wert or "")

    def fill(self, **werte: str | bool) -> None:
        """Fill fields by name; what stands there already costs nothing."""
        for name, wert in werte.items():
            feld = self.page.locator(f"main [name='{name}']")
            self.zaehler.felder += _put(feld, wert)


def _put(feld: Locator, wert: str | bool) -> int:
    """Bring a field to a value; return 1 when the hand had to do it, 0 otherwise."""
    art = feld.first.get_attribute("type")
    if feld.first.evaluate("e => e.tagName") == "SELECT":
        if feld.input_value() == wert:
            return 0
        feld.select_option(str(wert))
    elif art == "radio" or (art == "checkbox" and feld.count() > 1):
        eines = feld.and_(feld.page.locator(f"[value='{wert}']"))
        if eines.is_checked():
            return 0
        eines.check()
    elif art == "checkbox":
        if feld.is_checked() == wert:
            return 0
        feld.set_checked(bool(wert))
    else:
        if feld.input_value() == wert:
            return 0
        feld.fill(str(wert))
    return 1
