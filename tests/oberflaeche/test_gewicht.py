"""What a first visit costs, where it comes from, and whether everybody can read the colours."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import pytest

WURZEL = Path(__file__).resolve().parents[2]
STATIC = WURZEL / "static"
FALLWERK = STATIC / "fallwerk"
ERSTE_LADUNG = [
    STATIC / "kern/kern.min.css",
    FALLWERK / "bausteine.css",
    FALLWERK / "fallwerk.css",
    FALLWERK / "fallwerk.js",
    FALLWERK / "zeichen.svg",
    STATIC / "schrift/FiraSans-Regular.woff2",
    STATIC / "schrift/FiraSans-SemiBold.woff2",
    STATIC / "schrift/FiraSans-Bold.woff2",
]
# The pages themselves stay below this, compressed; measured again in the browser.
SEITE = 15_000


def transferred(path: Path) -> int:
    data = path.read_bytes()
    return len(data) if path.suffix == ".woff2" else len(brotli.compress(data))


def test_first_load_stays_under_its_limits():
    assert len(ERSTE_LADUNG) + 1 <= 10
    assert sum(transferred(path) for path in ERSTE_LADUNG) + SEITE < 150_000


def test_base_template_loads_exactly_these_files():
    base = (WURZEL / "templates/base.html").read_text()
    geladen = set(re.findall(r"{% static '([^']+)' %}", base))
    styles = (FALLWERK / "fallwerk.css").read_text() + (FALLWERK / "bausteine.css").read_text()
    geladen |= {f"schrift/{name}" for name in re.findall(r"schrift/([\w-]+\.woff2)", styles)}
    assert geladen == {str(path.relative_to(STATIC)) for path in ERSTE_LADUNG}


@pytest.mark.parametrize("name", ["fallwerk.css", "bausteine.css", "fallwerk.js"])
def test_own_files_are_small(name):
    assert (FALLWERK / name).stat().st_size < 20_000


def test_screen_fonts_are_small():
    schriften = sorted((STATIC / "schrift").glob("*.woff2"))
    assert len(schriften) == 3
    assert max(path.stat().st_size for path in schriften) < 25_000


def test_nothing_is_fetched_from_elsewhere():
    vorlagen = [
        path
        for path in (WURZEL / "templates").rglob("*.html")
        if not {"mail", "schreiben"} & set(path.parts)
    ]
    dateien = [*vorlagen, *FALLWERK.iterdir(), STATIC / "kern/kern.min.css"]
    fremd = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w.-]+\.[a-z]{2,}")
    funde = [(p.name, m[0]) for p in dateien for m in fremd.finditer(p.read_text())]
    assert len(dateien) > 80
    assert funde == []


def test_templates_carry_no_inline_style_or_script():
    vorlagen = [
        path
        for path in (WURZEL / "templates").rglob("*.html")
        if not {"mail", "schreiben"} & set(path.parts)
    ]
    verboten = re.compile(r"\sstyle=|\son[a-z]+=|<style|javascript:")
    skript = re.compile(r"<script(?![^>]*(?:\bsrc=|application/json))")
    funde = [p.name for p in vorlagen if verboten.search(t := p.read_text()) or skript.search(t)]
    assert len(vorlagen) > 80
    assert funde == []


def tokens() -> dict[str, tuple[str, str]]:
    css = (FALLWERK / "fallwerk.css").read_text()
    paare = re.findall(r"--fw-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", css)
    return {name: (hell, dunkel) for name, hell, dunkel in paare}


def luminance(farbe: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    kanaele = [int(farbe[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in kanaele)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(eine: str, andere: str) -> float:
    hell, dunkel = sorted((luminance(eine), luminance(andere)), reverse=True)
    return (hell + 0.05) / (dunkel + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


TEXT = [
    *[(text, flaeche) for text in ("text", "leise") for flaeche in ("grund", "karte", "ton")],
    *[("aktion", flaeche) for flaeche in ("grund", "karte", "ton", "aktion-ton")],
    ("auf-aktion", "aktion"),
    *[(kopf, flaeche) for kopf in ("auf-kopf", "kopf-leise") for flaeche in ("kopf", "kopf-ton")],
    *[(z, f"{z}-ton") for z in ("info", "success", "warning", "danger", "neutral")],
    *[("text", f"{z}-ton") for z in ("info", "success", "warning", "danger")],
    ("danger", "karte"),
    ("leise", "warning-ton"),
]
FORM = [
    *[("linie-stark", flaeche) for flaeche in ("karte", "ton", "grund")],
    *[("fokus", flaeche) for flaeche in ("karte", "grund", "ton", "danger-ton")],
    ("success", "karte"),
]


@pytest.mark.parametrize("thema", [0, 1], ids=["hell", "dunkel"])
@pytest.mark.parametrize(("vorn", "hinten"), TEXT)
def test_text_can_be_read(vorn, hinten, thema):
    farben = tokens()
    assert contrast(farben[vorn][thema], farben[hinten][thema]) >= 4.5


@pytest.mark.parametrize("thema", [0, 1], ids=["hell", "dunkel"])
@pytest.mark.parametrize(("vorn", "hinten"), FORM)
def test_borders_and_focus_can_be_seen(vorn, hinten, thema):
    farben = tokens()
    assert contrast(farben[vorn][thema], farben[hinten][thema]) >= 3


def test_every_token_used_is_defined():
    css = (FALLWERK / "fallwerk.css").read_text() + (FALLWERK / "bausteine.css").read_text()
    benutzt = set(re.findall(r"var\((--fw-[a-z-]+)", css))
    definiert = set(re.findall(r"(--fw-[a-z-]+):", css))
    assert len(benutzt) > 25
    assert benutzt - definiert == set()
