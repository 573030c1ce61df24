"""What a file may be at most, why one is refused, and what is known of one that was taken."""

from __future__ import annotations

from dataclasses import dataclass, field

MIB = 1024 * 1024

ENDUNGEN: dict[str, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "jpeg": ("jpg", "jpeg", "jpe"),
    "png": ("png",),
    "tiff": ("tif", "tiff"),
    "docx": ("docx",),
    "odt": ("odt",),
    "txt": ("txt",),
}
NAMEN: dict[str, str] = {
    "pdf": "eine PDF-Datei",
    "jpeg": "ein JPEG-Bild",
    "png": "ein PNG-Bild",
    "tiff": "ein TIFF-Bild",
    "docx": "ein Word-Dokument (DOCX)",
    "odt": "ein OpenDocument-Text (ODT)",
    "txt": "eine Textdatei",
}
ERLAUBT = "PDF, JPEG, PNG, TIFF, DOCX, ODT und TXT"
BESCHAEDIGT = "Die Datei ist beschädigt oder ungewöhnlich aufgebaut und lässt sich nicht lesen."


class Ablehnung(Exception):
    """A file that is not taken; the message is the German sentence that the user reads."""


@dataclass(frozen=True)
class Grenzen:
    """Limits of one file; all of them are checked before anything is unpacked or decoded."""

    byte: int = 25 * MIB
    seiten: int = 500
    pixel: int = 60_000_000
    pixel_gesamt: int = 600_000_000
    entpackt: int = 200 * MIB
    eintraege: int = 3000
    verhaeltnis: int = 400
    text: int = 400_000


@dataclass(frozen=True)
class Pruefung:
    """What looking into a file has found; `inhalt` is what is kept of it.

    `signiert`: a PDF whose electronic signature holds for the whole file.
    """

    art: str
    inhalt: bytes
    seiten: int = 1
    text: str = ""
    bereinigt: list[str] = field(default_factory=list)
    signiert: bool = False


@dataclass(frozen=True)
class Tabellengrenzen:
    """What a table may be at most."""

    byte: int = 10 * MIB
    entpackt: int = 100 * MIB
    eintraege: int = 500
    verhaeltnis: int = 200
    zeichenketten: int = 400_000
    zellen: int = 1_000_000
    zeilen: int = 20_000
    spalten: int = 100
    zeichen: int = 2_000


@dataclass(frozen=True)
class Tabelle:
    """Headings, and rows with their number in the file; `gelesen_als` says how it was read."""

    kopf: list[str]
    zeilen: list[tuple[int, list[str]]]
    gelesen_als: str


@dataclass(frozen=True)
class Tabellenwunsch:
    """What is known of a table: the headings that are looked for, the sheet, the row of headings.

    Without a row it is the one of the first rows that names most of the headings.
    """

    kopf: tuple[str, ...] = ()
    blatt: str = ""
    kopfzeile: int | None = None


@dataclass(frozen=True)
class Logogrenzen:
    """What a logo or seal may be at most; `kante` is what is kept of it, sharp in print."""

    byte: int = 2 * MIB
    pixel: int = 16_000_000
    mindestens: int = 100
    verhaeltnis: int = 6
    kante: int = 600
    ergebnis: int = 400 * 1024


@dataclass(frozen=True)
class Logobild:
    """A picture that was drawn anew: PNG, width and height in pixels."""

    inhalt: bytes
    breite: int
    hoehe: int


@dataclass(frozen=True)
class Papier:
    """One paper to bind: its day as it is printed, its title, its PDF or nothing."""

    tag: str
    titel: str
    inhalt: bytes = b""
