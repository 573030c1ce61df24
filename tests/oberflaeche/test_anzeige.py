"""How dates, amounts and accounts are shown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from cases.templatetags import fallwerk


@pytest.mark.parametrize(
    ("filter_name", "wert", "gezeigt"),
    [
        ("datum", date(2025, 12, 1), "01.12.2025"),
        ("datum", datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "01.01.2026"),
        ("datum", None, "–"),
        ("datum_lang", date(2025, 12, 1), "1.\u00a0Dezember\u00a02025"),
        ("datum_lang", None, "–"),
        ("monat_jahr", date(2026, 3, 31), "März\u00a02026"),
        ("monat_jahr", None, "–"),
        ("zeitpunkt", datetime(2026, 7, 1, 7, 5, tzinfo=UTC), "01.07.2026, 09:05\u00a0Uhr"),
        ("zeitpunkt", None, "–"),
        ("euro", Decimal("2714"), "2.714,00\u00a0€"),
        ("euro", "1234567.895", "1.234.567,90\u00a0€"),
        ("euro", Decimal("-12.5"), "−12,50\u00a0€"),
        ("euro", 0, "0,00\u00a0€"),
        ("euro", None, "–"),
        ("betrag", Decimal("413"), "413,00"),
        ("iban_maskiert", "DE89370400440532013000", "DE89\u00a0…\u00a03000"),
        ("iban_maskiert", "DE89 3704", "…"),
        ("iban_maskiert", "", "–"),
    ],
)
def test_filter_shows(filter_name, wert, gezeigt):
    assert getattr(fallwerk, filter_name)(wert) == gezeigt


@pytest.mark.parametrize(
    ("farbe", "symbol", "klasse", "zeichen"),
    [
        ("success", "", "success", "success"),
        ("neutral", "", "neutral", "draft"),
        ("", "", "neutral", "draft"),
        ("success", "add", "success", "add"),
    ],
)
def test_mark_has_icon_and_word_and_escapes_both(farbe, symbol, klasse, zeichen):
    marke = fallwerk.zustand(farbe=farbe, text="läuft <bald>", symbol=symbol)
    assert marke == (
        f'<span class="fw-zustand fw-zustand--{klasse}">'
        f'<span class="kern-icon kern-icon--{zeichen}" aria-hidden="true"></span> '
        "läuft &lt;bald&gt;</span>"
    )
    assert "<x>" not in fallwerk.zustand(farbe="<x>", text="", symbol="<x>")


@pytest.mark.parametrize(
    ("agent", "gezeigt"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Firefox/153.0", "Firefox unter Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/156 Safari/537 Edg/156",
            "Edge unter Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604", "Safari unter iOS"),
        ("", "unbekannt unter unbekannt"),
    ],
)
def test_browser_names_the_device(agent, gezeigt):
    assert fallwerk.browser(agent) == gezeigt


def test_filters_leave_escaping_to_the_template():
    vorlage = Template("{% load fallwerk %}{{ wert|iban_maskiert }}|{{ wert|browser }}")
    wert = "<b>Fire</b>fox<script>x"
    gezeigt = vorlage.render(Context({"wert": wert}))
    assert gezeigt == "&lt;b&gt;F\u00a0…\u00a0pt&gt;x|unbekannt unter unbekannt"


def test_block_tags_escape_what_stands_in_them():
    vorlage = Template(
        "{% load fallwerk %}{% karte titel %}{{ boese }}{% endkarte %}"
        "{% tabelle titel %}<tbody><tr><td>{{ boese }}</td></tr></tbody>{% endtabelle %}"
    )
    html = vorlage.render(Context({"titel": "<i>T</i>", "boese": "<script>"}))
    assert (html.count("<script>"), html.count("&lt;script&gt;"), html.count("<i>")) == (0, 2, 0)


def test_neuer_vorgang_is_new_each_time():
    leer = Context({})
    assert fallwerk.neuer_vorgang(leer) != fallwerk.neuer_vorgang(leer)


def render(text: str, **daten: object) -> str:
    return Template("{% load fallwerk %}" + text).render(Context(daten))


def test_begruendung_shows_each_step_with_its_norm_and_escapes_them():
    schritte = [
        {"text": "Eingang <b>3.4.</b>", "norm": "§ 14 SGB IX"},
        {"text": "Ende", "norm": ""},
    ]
    html = render("{% begruendung schritte worum=worum %}", schritte=schritte, worum="F<01>")
    assert "<summary>Warum dieses Datum?<span" in html
    assert "F&lt;01&gt;" in html
    assert html.count("<li>") == 2
    assert "Eingang &lt;b&gt;3.4.&lt;/b&gt; <span" in html
    assert html.count("fw-norm") == 1
    assert " open" not in html


def test_begruendung_without_steps_shows_nothing():
    assert render("{% begruendung schritte %}", schritte=[]) == ""
    assert "details" in render(
        '{% begruendung schritte titel="Warum?" offen=True %}', schritte=[{"text": "x"}]
    )
