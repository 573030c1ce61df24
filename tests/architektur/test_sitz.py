"""Holidays are asked for at the seat of the authority, never for its Land (§ 26 Abs. 3 SGB X)."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Who reads the Land itself: the query of the seat, the page and command of the authority, and the
# guard that tells which local holidays a Land has.
DARF = {
    "cases/behoerde/queries/sitz.py",
    "cases/behoerde/guards/eigener_wert.py",
    "cases/behoerde/views/behoerde.py",
    "cases/management/commands/behoerde.py",
}
LAND = re.compile(r"""behoerde\.land\b|Behoerde\b[^\n]*["']land["']|\bland=["'][A-Z]{2}["']""")
_APPS = ("cases", "gesamtplan", "budget", "berichte", "config")


def sources() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text()
        for app in _APPS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
    }


def test_only_the_query_of_the_seat_reads_the_land():
    gefunden = {name for name, text in sources().items() if LAND.search(text)}

    assert gefunden == DARF - {"cases/behoerde/views/behoerde.py"}


def test_whoever_asks_for_a_working_day_asks_at_the_seat():
    fragt = re.compile(r"\b(compute_frist|naechster_werktag|is_werktag|feiertag_name|feiertage)\(")
    am_sitz = re.compile(r"\b(sitz|land|hier|wo|ort)\b")
    for name, text in sources().items():
        for treffer in fragt.finditer(text):
            aufruf = text[treffer.start() : treffer.start() + 200]
            assert am_sitz.search(aufruf), f"{name}: {aufruf.splitlines()[0]}"
