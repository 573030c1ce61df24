"""Many papers as one PDF for a court: index in front, pages numbered through, bookmarks.

Among the papers are files from outside, and some are kept byte for byte because of their signature;
so this runs in the limited process like everything that opens them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

import pikepdf

from cases.dateien.grenzen import Papier

# A4 in points, and how many lines of the index fit on a page.
_BREITE, _HOEHE = 595, 842
_ZEILEN, _ABSTAND, _RAND = 44, 15, 56
# So many signs of a title fit beside day and numbers.
_TITEL = 62

# First and last page of a paper, 0 where it is not bound in.
Seiten = tuple[int, int]


def bind(
    titel: str, papiere: Sequence[Papier], beginnt: Callable[[int], None]
) -> tuple[bytes, list[Seiten]]:
    """Return the papers in the order given as one PDF, with the pages of each.

    `beginnt` is told the index of each paper before it is opened. What is locked or broken is left
    out whole. The same papers give the same bytes.
    """
    vorspann = max(1, -(-len(papiere) // _ZEILEN))
    with pikepdf.new() as akte:
        schrift = _font(akte)
        for _ in range(vorspann):
            akte.add_blank_page(page_size=(_BREITE, _HOEHE))
        seiten: list[Seiten] = []
        for nummer, papier in enumerate(papiere):
            beginnt(nummer)
            seiten.append(_append(akte, papier, schrift))
        beginnt(len(papiere))
        for nummer in range(vorspann):
            teil = slice(nummer * _ZEILEN, (nummer + 1) * _ZEILEN)
            zeilen = list(zip(papiere[teil], seiten[teil], strict=True))
            _write_index(akte, akte.pages[nummer], schrift, titel, zeilen)
            _stamp(akte, akte.pages[nummer], schrift, nummer + 1)
        with akte.open_outline() as gliederung:
            gliederung.root.append(pikepdf.OutlineItem("Inhaltsverzeichnis", 0))
            for papier, (von, _) in zip(papiere, seiten, strict=True):
                if von:
                    text = f"{papier.tag} {papier.titel}"
                    gliederung.root.append(pikepdf.OutlineItem(text, von - 1))
        out = BytesIO()
        akte.save(out, deterministic_id=True)
        return out.getvalue(), seiten


def _append(akte: pikepdf.Pdf, papier: Papier, schrift: pikepdf.Object) -> Seiten:
    """Add the pages of a paper with their numbers; none of them when one of them is broken."""
    if not papier.inhalt:
        return 0, 0
    vorher = len(akte.pages)
    try:
        with pikepdf.open(BytesIO(papier.inhalt)) as teil:
            akte.pages.extend(teil.pages)
        for nummer in range(vorher, len(akte.pages)):
            _stamp(akte, akte.pages[nummer], schrift, nummer + 1)
    except Exception:  # locked, broken, or strange in whatever way: the court gets it apart
        del akte.pages[vorher:]
    nachher = len(akte.pages)
    return (vorher + 1, nachher) if nachher > vorher else (0, 0)


def _font(akte: pikepdf.Pdf) -> pikepdf.Object:
    """Return a font that every reader has; its encoding knows the German letters."""
    return akte.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )


def _write_index(
    akte: pikepdf.Pdf,
    seite: pikepdf.Page,
    schrift: pikepdf.Object,
    titel: str,
    eintraege: Sequence[tuple[Papier, Seiten]],
) -> None:
    zeilen = [(14, 0, titel), (11, 0, "Inhaltsverzeichnis")]
    zeilen += [
        (9, spalte, text)
        for papier, seiten in eintraege
        for spalte, text in ((0, papier.tag), (70, _cut(papier.titel)), (420, _said(seiten)))
    ]
    y, teile = _HOEHE - _RAND, []
    for grad, spalte, text in zeilen:
        if spalte == 0:
            y -= _ABSTAND
        teile.append(_text(grad, _RAND + spalte, y, text))
    _draw(akte, seite, schrift, b"\n".join(teile))


def _said(seiten: Seiten) -> str:
    von, bis = seiten
    if not von:
        return "liegt gesondert vor"
    return f"Blatt {von}" if von == bis else f"Blatt {von}-{bis}"


def _cut(text: str) -> str:
    return text if len(text) <= _TITEL else f"{text[: _TITEL - 1]}…"


def _stamp(akte: pikepdf.Pdf, seite: pikepdf.Page, schrift: pikepdf.Object, nummer: int) -> None:
    """Write the number of the page into its upper right corner, whatever stands on it."""
    links, unten, rechts, oben = (float(wert) for wert in seite.mediabox)
    x, y = max(rechts - 70, links), max(oben - 18, unten)
    _draw(akte, seite, schrift, _text(9, x, y, f"Blatt {nummer}"))


def _text(grad: int, x: float, y: float, text: str) -> bytes:
    roh = text.encode("cp1252", "replace")
    for zeichen in (b"\\", b"(", b")"):
        roh = roh.replace(zeichen, b"\\" + zeichen)
    return b"BT /FwBlatt %d Tf %.1f %.1f Td (%b) Tj ET" % (grad, x, y, roh)


def _draw(akte: pikepdf.Pdf, seite: pikepdf.Page, schrift: pikepdf.Object, was: bytes) -> None:
    """Add to what stands on a page, with its graphics state as it was at its beginning."""
    with _own_resources(akte, seite) as ressourcen:
        if "/Font" not in ressourcen:
            ressourcen.Font = pikepdf.Dictionary()
        ressourcen.Font = pikepdf.Dictionary(dict(ressourcen.Font.items()))
        ressourcen.Font["/FwBlatt"] = schrift
    seite.contents_add(b"q\n", prepend=True)
    seite.contents_add(b"Q\nq 0 g\n" + was + b"\nQ\n")


@contextmanager
def _own_resources(akte: pikepdf.Pdf, seite: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """Give the page resources of its own: several pages may share one dictionary."""
    bisher = seite.obj.get("/Resources", pikepdf.Dictionary())
    seite.obj.Resources = pikepdf.Dictionary(dict(bisher.items()))
    yield seite.obj.Resources
