"""Lists of terms and values: one block for all of them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.template import Context, Template

ROOT = Path(__file__).resolve().parent.parent.parent


def render(source: str, **context) -> str:
    text = Template("{% load fallwerk %}" + source).render(Context(context))
    return re.sub(r">\s+|\s+<", lambda m: m.group().strip(), text).strip()


@pytest.mark.parametrize(
    ("schalter", "klassen"),
    [
        ("", ("", "")),
        (" zahl=True", ("", ' class="fw-zahlen"')),
        (" text=True umbruch=True", ("", ' class="fw-text fw-umbruch"')),
        (" absatz=True norm=False", ("", ' class="fw-absatz"')),
        (" breit=True", (' class="fw-angaben__breit"', "")),
        (" summe=True breit=True", (' class="fw-angaben__breit"', ' class="fw-unterlage__summe"')),
    ],
)
def test_a_term_with_its_value(schalter, klassen):
    html = render(
        "{% angaben %}{% angabe 'Ort'" + schalter + " %} Bonn {% endangabe %}{% endangaben %}"
    )
    div, dd = klassen
    assert html == f'<dl class="fw-angaben"><div{div}><dt>Ort</dt><dd{dd}>Bonn</dd></div></dl>'


def test_terms_are_put_together_and_escaped_values_stay_as_rendered():
    html = render(
        "{% angaben schmal=True %}{% angabe 'Gilt ab ' tag|datum ' ' wort %}"
        "<b>{{ wert }}</b>{% endangabe %}{% endangaben %}",
        tag=date(2026, 11, 21),
        wort="<i>",
        wert="<script>",
    )
    assert html.startswith('<dl class="fw-angaben fw-angaben--schmal">')
    assert "<dt>Gilt ab 21.11.2026 &lt;i&gt;</dt><dd><b>&lt;script&gt;</b></dd>" in html


def test_an_unknown_kind_of_value_is_refused():
    with pytest.raises(KeyError, match="gross"):
        render("{% angabe 'Ort' gross=True %}x{% endangabe %}")


def by_hand(source: str) -> list[str]:
    return re.findall(r"<dl[^>]*\bfw-angaben\b", source)


def test_no_list_is_written_by_hand():
    files = sorted((ROOT / "templates").rglob("*.html"))
    found = [str(p.relative_to(ROOT)) for p in files if by_hand(p.read_text())]
    assert found == []
    assert sum(p.read_text().count("{% angaben") for p in files) >= 54
    assert by_hand('<dl id="x" class="fw-angaben fw-angaben--schmal">') != []
