"""The renderer reaches nothing, and text of the file stays text."""

from __future__ import annotations

import contextlib
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import weasyprint

from cases.schreiben.satz.brief import render_brief
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.satz.pdf import GESCHEITERT, render_pdf
from tests.cases.schreiben.proben import make_daten, make_kopf
from tests.cases.schreiben.pruefer import text_of

SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    " width='9' height='9'>"
)
VEKTOREN = {
    "img": "<img alt=x src='{u}'>",
    "img relativ": "<base href='{u}'><img alt=x src='bild.png'>",
    "link": "<link rel=stylesheet href='{u}'>",
    "import": "<style>@import url({u});</style>",
    "schrift": "<style>@font-face {{ font-family: f; src: url({u}) }}</style>",
    "hintergrund": "<style>p {{ background: url({u}) }}</style>",
    "liste": "<style>li {{ list-style-image: url({u}) }}</style><ul><li>x</li></ul>",
    "inhalt": "<style>p::before {{ content: url({u}) }}</style>",
    "seite": "<style>@page {{ background: url({u}) }}</style>",
    "anlage im kopf": "<link rel=attachment href='{u}'>",
    "anlage im text": "<a rel=attachment href='{u}'>x</a>",
    "svg image": SVG + "<image width='9' height='9' xlink:href='{u}'/></svg>",
    "svg use": SVG + "<use xlink:href='{u}#a'/></svg>",
    "object": "<object data='{u}'>x</object>",
    "embed": "<embed src='{u}'>",
    "eingabe": "<input type=image src='{u}'>",
}
# WeasyPrint asks for these when nobody stops it.
GEFRAGT = set(VEKTOREN) - {"svg use", "eingabe"}


def render(stueck: str) -> bytes:
    html = f"<html lang=de><title>x</title><body><h1>x</h1><p>y</p>{stueck}"
    return render_pdf(html, anlage=b"{}", anlage_name="x.json", datum=date(2026, 11, 21)).pdf


@pytest.fixture
def server():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.hits += 1
            self.send_error(404)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        httpd.hits = 0
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield httpd
        httpd.shutdown()


@pytest.mark.parametrize("vektor", VEKTOREN)
def test_letter_asks_no_server(server, vektor):
    stueck = VEKTOREN[vektor].format(u=f"http://127.0.0.1:{server.server_port}/x")
    with contextlib.suppress(SchreibenFehler):
        render(stueck)
    assert server.hits == 0


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("vektor", sorted(GEFRAGT))
def test_vector_would_ask_an_unguarded_renderer(server, vektor):
    stueck = VEKTOREN[vektor].format(u=f"http://127.0.0.1:{server.server_port}/x")
    weasyprint.HTML(string=f"<p>y</p>{stueck}").write_pdf()
    assert server.hits >= 1


@pytest.mark.parametrize("vektor", sorted(GEFRAGT))
@pytest.mark.parametrize("ziel", ["file:///etc/hostname", "http://127.0.0.1:1/x", "data:,x"])
def test_refused_address_fails_the_letter(vektor, ziel):
    with pytest.raises(SchreibenFehler) as error:
        render(VEKTOREN[vektor].format(u=ziel))
    assert error.value.text == GESCHEITERT
    assert len(error.value.gruende) == 1


@pytest.mark.parametrize("name", ["../schreiben/satz.css", "wappen.svg/../x", "unbekannt"])
def test_only_named_assets_are_handed_out(name):
    with pytest.raises(SchreibenFehler, match="lässt sich nicht setzen"):
        render(f"<img alt=x src='schreiben:{name}'>")


def test_warning_of_the_renderer_fails_the_letter():
    with pytest.raises(SchreibenFehler) as error:
        render("<style>p {farbe:rot}</style>")
    assert error.value.gruende == ("Ignored `farbe:rot` at 1:4, unknown property.",)


BOESE = [
    "<b>fett</b>",
    "</td></tr></table><h1>Neu</h1>",
    "{{ 7*7 }} {% include 'base.html' %} {0.__class__}",
    "<style>*{display:none}</style>",
    "<img src=http://127.0.0.1:1/x>",
    "&lt;i&gt; &amp; \"'",
]


@pytest.mark.parametrize("text", BOESE)
@pytest.mark.parametrize("art", ["probe", "dokument"])
def test_markup_in_data_is_printed_as_it_stands(art, text):
    def seiten(wort: str):
        kopf = make_kopf(betreff=wort)
        daten = make_daten(kopf=kopf, name=wort, absaetze=[wort], zeichnet=wort)
        daten["zeilen"][0]["leistung"] = daten["ziele"][0]["text"] = wort
        return render_brief(art=art, titel="Bescheid", daten=daten)

    gerendert = seiten(text)
    gedruckt = " ".join(text_of(gerendert.pdf).split())
    assert gedruckt.count(text) == {"probe": 5, "dokument": 4}[art]
    assert gerendert.seiten == seiten("x" * len(text)).seiten
