"""The checks find what they are for; and all letter templates pass them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import settings

from cases.schreiben.satz.pdf import render_pdf
from tests.cases.schreiben.pruefer import check_pdf, check_vorlage

WURZEL = settings.BASE_DIR / "templates"
_BEZUG = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")


def render(body: str, style: str = "") -> bytes:
    html = f"<html lang=de><title>x</title><style>{style}</style><body><h1>x</h1>{body}"
    return render_pdf(html, anlage=b"{}", anlage_name="x.json", datum=date(2026, 11, 21)).pdf


def letter_templates() -> dict[str, str]:
    """All templates that extend the frame of letters, and all they include."""
    texte = {p.relative_to(WURZEL).as_posix(): p.read_text("utf-8") for p in WURZEL.rglob("*.html")}
    bezug = {name: set(_BEZUG.findall(text)) for name, text in texte.items()}
    gefunden = {name for name in texte if name.startswith("schreiben/")}
    gefunden |= {
        name for name, ziele in bezug.items() if any(z.startswith("schreiben/") for z in ziele)
    }
    while neu := {ziel for name in gefunden for ziel in bezug[name] & set(texte)} - gefunden:
        gefunden |= neu
    return {name: texte[name] for name in sorted(gefunden)}


def test_tables_of_all_letter_templates_have_caption_and_scope():
    vorlagen = letter_templates()
    befunde = {name: check_vorlage(text) for name, text in vorlagen.items()}
    assert {name: fehler for name, (_, fehler) in befunde.items() if fehler} == {}
    assert len(vorlagen) >= 9
    assert sum(tabellen for tabellen, _ in befunde.values()) >= 2


@pytest.mark.parametrize(
    ("html", "fehler"),
    [
        ("<table><caption>a</caption><tr><td>1</td></tr></table>", ["table ohne th"]),
        ("<table><tr><th scope='row'>1</th></tr></table>", ["table ohne caption"]),
        ("<table><caption>a</caption><tr><th>1</th></tr></table>", ["th ohne scope"]),
        ("<img src='x' alt=''>", ["img ohne alt"]),
        ("<p style='color: red'>a</p>", ["style im Element"]),
        ("{% if a %}<table><caption>a</caption>{# x #}<th scope='col'>1</th></table>", []),
    ],
)
def test_faulty_template_is_caught(html, fehler):
    assert check_vorlage(html)[1] == fehler


def test_table_without_header_cell_is_caught_in_the_file():
    body = "<table><caption>a</caption><tr><td>1</td></tr></table>"
    assert check_pdf(render(body)) == ["Tabelle ohne Kopfzelle"]


ZEILEN = "".join(f"<tr><th scope=row>{n}</th><td>x</td></tr>" for n in range(150))
SUMME = "<tfoot><tr><th scope=row>Summe</th><td>1</td></tr></tfoot>"
FUSS = f"<table><caption>a</caption>{SUMME}{ZEILEN}</table>"


def test_foot_of_a_split_table_is_printed_once():
    assert check_pdf(render(FUSS), einmal=("Summe",)) == []


def test_repeated_foot_of_a_split_table_is_caught():
    pdf = render(FUSS, "tfoot { display: table-footer-group !important }")
    assert check_pdf(pdf, einmal=("Summe",)) == ["Summe: 6-mal"]
