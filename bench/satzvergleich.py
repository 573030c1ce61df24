"""Our letters against a plain call of WeasyPrint and against LibreOffice, in one run.

All as CPU seconds for one letter on one core, each pair measured in turn: what else the machine
does meets both. A ratio below 1 means that ours is the faster one.
"""

from __future__ import annotations

import cProfile
import pstats
import resource
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from pathlib import Path

from lxml import html as lxml_html  # type: ignore[import-untyped]  # no stubs
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench.tabelle import Messung
from cases.models import Schreiben
from cases.schreiben.satz.brief import json_of, render_html
from cases.schreiben.satz.pdf import SCHEME, STYLES, AssetFetcher, asset_path, render_pdf
from cases.schreiben.satz.setzerei import Setzerei
from cases.schreiben.satz.umbruch import keep_together

PAARE = 12
# What the issue of the letters asks for: at least 1.4 times as fast as the plain call.
NAIV_HOECHSTENS = 1 / 1.4
POOL_MINDESTENS = 1.8
MASSE, MASSE_SEITEN, MASSE_STUNDEN = 70_000, 3, 3.0
_JE_ARBEITER = 10
_ORTE = 8


def measure() -> Iterator[Messung]:
    """Return the ratios on the newest Bescheid, the rate of two processes, and where time goes."""
    brief = Schreiben.objects.filter(art="bescheid").order_by("pk").last()
    if brief is None:
        return
    html = keep_together(render_html(art=brief.art, titel=brief.titel, daten=brief.daten))
    anlage, datum = json_of(brief.daten), brief.datum

    def ours() -> None:
        render_pdf(html, anlage=anlage, anlage_name="bescheid.json", datum=datum)

    ours()
    _naive(html)
    paare = [(_cpu(ours), _cpu(lambda: _naive(html))) for _ in range(PAARE)]
    unser = statistics.median(eigen for eigen, _ in paare)
    was = f"Bescheid mit {brief.pdf_seiten} Seiten, PDF/A-3a und PDF/UA-1"
    yield Messung(was, unser * 1000, "ms")
    yield Messung("derselbe, einfacher Aufruf von WeasyPrint", _median(paare) * 1000, "ms")
    verhaeltnis = statistics.median(eigen / naiv for eigen, naiv in paare)
    yield Messung("unser Satz zum einfachen Aufruf", verhaeltnis, "-fach", NAIV_HOECHSTENS)
    yield from _libreoffice(html, unser)
    yield from _pool(html, anlage, datum, brief.pdf_seiten)
    yield from _profile(ours)


def _median(paare: list[tuple[float, float]]) -> float:
    return statistics.median(naiv for _, naiv in paare)


def _cpu(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _naive(html: str) -> None:
    """Set the letter as the first example of the manual does: fonts and CSS each time anew."""
    fonts, fetcher = FontConfiguration(), AssetFetcher()
    styles = [
        CSS(
            string=asset_path(name).read_text("utf-8"),
            base_url=SCHEME,
            url_fetcher=fetcher,
            font_config=fonts,
        )
        for name in STYLES
    ]
    HTML(string=html, base_url=SCHEME, url_fetcher=fetcher).write_pdf(
        stylesheets=styles, font_config=fonts
    )


def _libreoffice(html: str, unser: float) -> Iterator[Messung]:
    """Return the CPU of one batch call of LibreOffice, building its documents included."""
    soffice = shutil.which("soffice")
    if soffice is None:
        yield Messung("LibreOffice ist hier nicht installiert", 0, "ms")
        return
    with tempfile.TemporaryDirectory() as ordner:
        began = time.process_time()
        namen = []
        for nummer in range(PAARE):
            pfad = Path(ordner) / f"{nummer}.fodt"
            pfad.write_text(_fodt(html), encoding="utf-8")
            namen.append(str(pfad))
        bauen = time.process_time() - began
        vorher = _children()
        subprocess.run(
            [
                soffice,
                "--headless",
                f"-env:UserInstallation=file://{ordner}/profil",
                "--convert-to",
                "pdf",
                "--outdir",
                ordner,
                *namen,
            ],
            check=True,
            capture_output=True,
            timeout=600,
        )
        je_brief = (bauen + _children() - vorher) / PAARE
    yield Messung("derselbe Text, LibreOffice in einem Aufruf", je_brief * 1000, "ms")
    yield Messung("unser Satz zu LibreOffice", unser / je_brief, "-fach", 1.0)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _fodt(html: str) -> str:
    """Return the words of the letter as a flat text document: its paragraphs and table cells."""
    baum = lxml_html.fromstring(html)
    zeilen = [
        " ".join(teil.text_content().split()) for teil in baum.iter("h1", "h2", "p", "li", "td")
    ]
    absaetze = "".join(f"<text:p>{escape(zeile)}</text:p>" for zeile in zeilen if zeile)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><office:document '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.2">'
        f"<office:body><office:text>{absaetze}</office:text></office:body></office:document>"
    )


def _pool(html: str, anlage: bytes, datum: date, seiten: int) -> Iterator[Messung]:
    """Return how much more two processes set than one, and how long a house of letters takes."""
    eine, zwei = (_rate(anzahl, html, anlage, datum) for anzahl in (1, 2))
    yield Messung("ein Prozess", eine, "je s")
    yield Messung("zwei Prozesse", zwei, "je s")
    yield Messung("einer zu zweien, mal 1,8", POOL_MINDESTENS * eine / zwei, "-fach", 1.0)
    stunden = MASSE * MASSE_SEITEN / (zwei * seiten) / 3600
    anzahl = f"{MASSE:,}".replace(",", ".")
    was = f"{anzahl} Schreiben zu {MASSE_SEITEN} Seiten, zwei Prozesse"
    yield Messung(was, stunden, "h", MASSE_STUNDEN)


def _rate(anzahl: int, html: str, anlage: bytes, datum: date) -> float:
    """Return letters per second of so many processes at once."""
    setzereien = [Setzerei() for _ in range(anzahl)]

    def work(setzerei: Setzerei) -> None:
        for _ in range(_JE_ARBEITER):
            setzerei.render(html, anlage=anlage, anlage_name="bescheid.json", datum=datum)

    try:
        for setzerei in setzereien:
            setzerei.start()
            setzerei.render(html, anlage=anlage, anlage_name="bescheid.json", datum=datum)
        threads = [threading.Thread(target=work, args=(setzerei,)) for setzerei in setzereien]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return anzahl * _JE_ARBEITER / (time.perf_counter() - began)
    finally:
        for setzerei in setzereien:
            setzerei.close()


def _profile(ours: Callable[[], None]) -> Iterator[Messung]:
    """Return the share of each module in the time of one letter, the greatest first."""
    profil = cProfile.Profile()
    profil.runcall(ours)
    je_modul: dict[str, float] = {}
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    stats = pstats.Stats(profil).stats  # type: ignore[attr-defined]  # not in the stubs
    for (datei, _, funktion), (_, _, eigen, _, _) in stats.items():
        pfad = Path(datei)
        wo = funktion if datei == "~" else "/".join(pfad.with_suffix("").parts[-2:])
        je_modul[wo] = je_modul.get(wo, 0.0) + eigen
    gesamt = sum(je_modul.values())
    for wo, eigen in sorted(je_modul.items(), key=lambda paar: -paar[1])[:_ORTE]:
        yield Messung(f"  davon {wo[:50]}", eigen / gesamt * 100, "%")
