"""The reader of pages finds what it is there for."""

from __future__ import annotations

import pytest
from weasyprint import CSS, HTML

from tests.cases.schreiben.seiten import check_pages

_BLATT = CSS(
    string="@page { size: 100mm 100mm; margin: 10mm } body { font: 5mm/6mm sans-serif; margin: 0 } "
    "p, h2, table { margin: 0 } .weiter { break-before: page } "
    "table { border-collapse: collapse } td, th { padding: 0 }"
)


def check(html: str) -> str:
    return " ".join(check_pages(HTML(string=html).render(stylesheets=[_BLATT]).pages))


def table(*rows: str) -> str:
    return (
        "<table><thead><tr><th>Kopf</th></tr></thead><tbody>" + "".join(rows) + "</tbody></table>"
    )


ZEILE, SUMME = "<tr><td>Zeile</td></tr>", '<tr class="summe"><td>Summe</td></tr>'
VOLL = "<p>Text</p>" * 12


@pytest.mark.parametrize(
    ("html", "fund"),
    [
        (VOLL + "<h2>Kopf</h2><p class='weiter'>Text</p>", "„Kopf“ ohne das, was folgt"),
        (VOLL + "<div class='unterschrift weiter'><p>Gruß</p></div>", "nur Unterschrift"),
        (VOLL + "<div class='fuss weiter'><p>Telefon</p></div>", "nur Unterschrift"),
        (VOLL[:-22] + table(ZEILE, ZEILE, ZEILE, SUMME), "Summe mit"),
        (table(*[ZEILE] * 13), "letzte Zeile einer Tabelle allein"),
        (
            VOLL[:-22] + "<div class='ueberschrift'><h2>Kopf</h2><p>§ 1</p></div>"
            "<p class='weiter'>Text</p>",
            "„§ 1“ ohne das, was folgt",
        ),
        ("<p>Anfang</p><p class='weiter'>Text</p>", "leer vor „Text“"),
        ("<p style='width: 200mm; white-space: nowrap'>" + "Wort " * 40 + "</p>", "außerhalb"),
        ("<p>nach §<br>29 gilt</p>", "Umbruch in"),
        ("<p>nach § 29 Abs. 4<br>Satz 2</p>", "Umbruch in"),
        ("<p>am 1.<br>Dezember</p>", "Umbruch in"),
        ("<p>vom 12.<br>11. an</p>", "Umbruch in"),
        ("<p>42,50<br>€</p>", "Umbruch in"),
        ("<p>das SGB<br>IX</p>", "Umbruch in"),
        ("<p>E-<br>Mail</p>", "Umbruch in"),
        (
            "<p>Die <span style='display: inline-block; width: 79mm'></span> Worte im Monat</p>",
            "endet vor",
        ),
    ],
)
def test_planted_fault_is_found(html, fund):
    assert fund in check(html)


def test_sound_page_has_no_fault():
    assert check(VOLL[:-44] + table(ZEILE, ZEILE, SUMME) + "<p>Ende</p>") == ""
