"""HTML to PDF: the only module that knows WeasyPrint; import it late, it takes its time.

One file fulfils PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1). WeasyPrint writes one of the
two declarations, the other one is added to the XMP packet here. The renderer reaches nothing: no
network, no file, only the assets named in `ASSETS` and the pictures handed over with the letter.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.css import ColorProfile
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.satz.felder import settle_fields

VARIANT = "pdf/a-3a"
SCHEME = "schreiben:"
STYLES = (
    "schreiben/satz.css",
    "schreiben/brief.css",
    "schreiben/dokument.css",
    "schreiben/formular.css",
)
# Lets words in tables break anywhere; only for a letter that would else run off the paper.
NARROW = "schreiben/eng.css"
_RAND_PX = 8 / 25.4 * 96
# All that a letter may load: name behind `schreiben:` -> file below the static folders, type.
ASSETS = {
    "FiraSans-Regular.ttf": ("schrift/brief/FiraSans-Regular.ttf", "font/ttf"),
    "FiraSans-Italic.ttf": ("schrift/brief/FiraSans-Italic.ttf", "font/ttf"),
    "FiraSans-SemiBold.ttf": ("schrift/brief/FiraSans-SemiBold.ttf", "font/ttf"),
    "FiraSans-Bold.ttf": ("schrift/brief/FiraSans-Bold.ttf", "font/ttf"),
    "Zeichen-Regular.ttf": ("schrift/brief/Zeichen-Regular.ttf", "font/ttf"),
    "Zeichen-Bold.ttf": ("schrift/brief/Zeichen-Bold.ttf", "font/ttf"),
    "wappen.svg": ("schreiben/wappen.svg", "image/svg+xml"),
    "marken.svg": ("schreiben/marken.svg", "image/svg+xml"),
    "entwurf.svg": ("schreiben/entwurf.svg", "image/svg+xml"),
}
# Behind it the SHA-256 of a picture of the authority, whose bytes come with the letter.
BILD = "bild/"
GESCHEITERT = (
    "Das Schreiben lässt sich nicht setzen. Bitte wenden Sie sich an die Fachadministration."
)
ZU_BREIT = (
    "Eine Tabelle oder ein Wort des Schreibens ist breiter als die Seite. "
    "Bitte kürzen Sie den Text in der Tabelle."
)
# PDF/A knows no pdfuaid schema of its own, so the declaration brings its description along
# (ISO 19005-3, 6.6.2.3.1).
_PDFUA = (
    b'<rdf:Description rdf:about=""'
    b' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    b'<rdf:Description rdf:about=""'
    b' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 that the file follows"
    b"</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
_CR_END = b"\r\nendstream\nendobj"
# Shared font and style objects are not made for two threads at once.
_lock = threading.Lock()


@dataclass(frozen=True)
class Satz:
    """A set letter: the file and its number of pages."""

    pdf: bytes
    seiten: int


# Where the assets lie, in a process that knows no settings.
_stellen: dict[str, str] = {}


def place_assets(dateien: dict[str, str]) -> None:
    """Say where the assets lie, before the first letter of a process without settings."""
    _stellen.update(dateien)


@cache
def asset_path(name: str) -> Path:
    """Return the file of a static asset; a missing one is a fault of the installation."""
    found = _stellen.get(name) or finders.find(name)
    if not found:
        raise SchreibenFehler(GESCHEITERT, (f"Die Datei {name} fehlt.",))
    return Path(found)


class AssetFetcher(URLFetcher):
    """Hands out the assets of the map and refuses everything else, which stops the rendering.

    The map is fixed: the own assets, and the pictures that came with this letter, by their SHA-256.
    """

    def __init__(self, bilder: Mapping[str, bytes] | None = None) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._bilder = {f"{BILD}{sha256}": inhalt for sha256, inhalt in (bilder or {}).items()}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the bytes of an asset or raise; `headers` is part of the inherited signature."""
        name = url.removeprefix(SCHEME)
        if url.startswith(SCHEME) and name in self._bilder:
            return URLFetcherResponse(url, self._bilder[name], {"Content-Type": "image/png"})
        if not url.startswith(SCHEME) or name not in ASSETS:
            raise ValueError(f"Adresse im Schreiben nicht erlaubt: {url[:200]}")
        path, content_type = ASSETS[name]
        return URLFetcherResponse(
            url, asset_path(path).read_bytes(), {"Content-Type": content_type}
        )


class _Messages(logging.Handler):
    """Collects what WeasyPrint warns about while the lock is held."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


@contextmanager
def _strict() -> Iterator[None]:
    """Let any warning of the renderer and any refused address fail the letter."""
    messages = _Messages()
    logger = logging.getLogger("weasyprint")
    propagate = logger.propagate
    logger.addHandler(messages)
    # A warning may quote the letter, and letters do not belong in logs.
    logger.propagate = False
    try:
        yield
    except FatalURLFetchingError as error:
        raise SchreibenFehler(GESCHEITERT, (str(error.__cause__ or error),)) from None
    finally:
        logger.removeHandler(messages)
        logger.propagate = propagate
    if messages.found:
        raise SchreibenFehler(GESCHEITERT, tuple(messages.found))


class _Farbprofil(ColorProfile):
    """sRGB, embedded as it was published: written anew it would differ from letter to letter."""

    def __init__(self) -> None:
        self._bytes = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
        components = (["r"], ["g"], ["b"])
        super().__init__(BytesIO(self._bytes), "sRGB2014.icc", "relative-colorimetric", components)

    @property
    def content(self) -> bytes:
        """Return the bytes that go into the PDF."""
        return self._bytes


@dataclass(frozen=True)
class _Werkstatt:
    """What is expensive and the same for every letter of the process."""

    fonts: FontConfiguration
    counters: CounterStyle
    styles: list[CSS]
    narrow: CSS
    images: dict[str, Any]
    profile: ColorProfile


@cache
def _werkstatt() -> _Werkstatt:
    fonts, counters = FontConfiguration(), CounterStyle()
    *styles, narrow = [
        CSS(
            string=asset_path(name).read_text(encoding="utf-8"),
            base_url=SCHEME,
            url_fetcher=AssetFetcher(),
            font_config=fonts,
            counter_style=counters,
        )
        for name in (*STYLES, NARROW)
    ]
    return _Werkstatt(fonts, counters, styles, narrow, {}, _Farbprofil())


def _images(bilder: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what is remembered of images: with own pictures only for as long as this letter."""
    images = _werkstatt().images
    return dict(images) if bilder else images


def _remember(images: Mapping[str, Any]) -> None:
    """Keep what every letter loads; a picture of one letter is none of another's."""
    own = {url: images[url] for name in ASSETS if (url := f"{SCHEME}{name}") in images}
    _werkstatt().images.update(own)


def _lay_out(html: str, bilder: Mapping[str, bytes], images: dict[str, Any]) -> Document:
    """Return the pages; nothing of the text may be off the paper."""
    werkstatt = _werkstatt()
    fetcher = AssetFetcher(bilder)
    for styles in (werkstatt.styles, [*werkstatt.styles, werkstatt.narrow]):
        document = HTML(string=html, base_url=SCHEME, url_fetcher=fetcher).render(
            font_config=werkstatt.fonts,
            counter_style=werkstatt.counters,
            stylesheets=styles,
            cache=images,
            color_profiles={"srgb": werkstatt.profile},
            pdf_variant=VARIANT,
        )
        if all(_fits(page) for page in document.pages):
            return document
    raise SchreibenFehler(ZU_BREIT)


def _fits(page: Page) -> bool:
    """Tell whether all text of a page stays 8 mm away from the right and the lower edge."""
    # WeasyPrint has no public way to ask where text came to stand.
    boxes = page._page_box.descendants()  # noqa: SLF001
    return all(
        box.position_x + box.width <= page.width - _RAND_PX
        and box.position_y + box.height <= page.height - _RAND_PX
        for box in boxes
        if isinstance(box, TextBox) and box.text.strip()
    )


def _declare_pdfua(document: Document) -> None:
    """Add the PDF/UA-1 declaration inside the RDF of the XMP packet.

    The option of WeasyPrint for own XMP writes behind `</rdf:RDF>`, where no validator looks.
    """
    generate: Callable[..., bytes] = document.metadata.generate_rdf_metadata

    def generate_both(*args: Any) -> bytes:
        return generate(*args).replace(b"</rdf:RDF>", _PDFUA + b"</rdf:RDF>")

    document.metadata.generate_rdf_metadata = generate_both


def _finish(_document: Document, pdf: Any) -> None:
    """Settle what WeasyPrint leaves open: fields, XMP packet, attachment, ends of streams."""
    settle_fields(pdf)
    # Archives read the packet without a PDF library.
    number = int(pdf.catalog["Metadata"].split()[0])
    pdf.objects[number].compress = False
    # The same attachment is entered twice.
    associated = pdf.catalog["AF"]
    associated[:] = dict.fromkeys(associated)
    write_line: Callable[[bytes, IO[bytes]], None] = pdf.write_line

    def write_clearly(content: bytes, output: IO[bytes]) -> None:
        # A stream whose last byte is CR seems to be one byte shorter than its /Length, because
        # CR LF before `endstream` is one line end (ISO 19005-3, 6.1.7.1); it gets its own CR.
        if content.endswith(_CR_END):
            content = content.removesuffix(_CR_END) + b"\r" + _CR_END
        write_line(content, output)

    pdf.write_line = write_clearly


def warm_up() -> None:
    """Load typeface and styles, so that the first letter of a process is as fast as the next."""
    with _lock, _strict():
        _werkstatt()


def render_pdf(
    html: str,
    *,
    anlage: bytes,
    anlage_name: str,
    datum: date,
    bilder: Mapping[str, bytes] | None = None,
) -> Satz:
    """Set the HTML of a letter and attach its data as JSON (relationship Data).

    `datum` is the day on the letter and goes into the file as its date, so that the bytes do not
    depend on the clock. `bilder` are the pictures that the letter names, by SHA-256. Raises
    SchreibenFehler on any warning of the renderer.
    """
    with _lock, _strict():
        stamp = datetime.combine(datum, time())
        attachment = Attachment(
            string=anlage,
            name=anlage_name,
            description="Daten dieses Schreibens in maschinenlesbarer Form",
            relationship="Data",
            base_url=SCHEME,
            url_fetcher=AssetFetcher(),
            created=stamp,
            modified=stamp,
        )
        images = _images(bilder or {})
        document = _lay_out(html, bilder or {}, images)
        _declare_pdfua(document)
        pdf = document.write_pdf(
            pdf_variant=VARIANT,
            attachments=[attachment],
            cache=images,
            # Empty keeps the profile given above; WeasyPrint would read its own for each letter
            # and leave the file open.
            output_intent="",
            finisher=_finish,
        )
        _remember(images)
        return Satz(pdf, len(document.pages))
