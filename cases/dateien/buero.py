"""What a DOCX or ODT may consist of: lists of parts, relations and fields; all else is refused.

A list of what is dangerous is never complete. What a letter, a report or a form needs is on these
lists; a part that nobody knows is not passed on to the office program of a colleague.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from defusedxml import ElementTree

from cases.dateien.grenzen import Ablehnung

_MAKRO = (
    "Das Dokument enthält Makros. Bitte lassen Sie sich eine Fassung ohne Makros oder eine "
    "PDF-Datei schicken."
)
_EINGEBETTET = (
    "Das Dokument enthält eingebettete Dateien. Bitte lassen Sie sich diese einzeln oder das "
    "Ganze als PDF-Datei schicken."
)
_AUSSEN = (
    "Das Dokument lädt beim Öffnen Inhalte aus dem Netz nach. Bitte lassen Sie sich eine "
    "PDF-Datei schicken."
)
_TEIL = (
    "Das Dokument enthält einen Teil, den Fallwerk nicht prüfen kann („{}“). Bitte lassen Sie "
    "sich eine PDF-Datei schicken."
)
_FELD = (
    "Das Dokument enthält ein Feld, das beim Öffnen etwas nachladen oder ausführen kann („{}“). "
    "Bitte lassen Sie sich eine PDF-Datei schicken."
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_BILD = r"\.(?:png|jpe?g|gif|tiff?|bmp|emf|wmf)"
_DOCX_TEILE = re.compile(
    r"\[Content_Types\]\.xml"
    r"|(?:word/|word/glossary/|customXml/)?_rels/[^/]*\.rels"
    r"|docProps/(?:core|app|custom)\.xml"
    rf"|docProps/thumbnail{_BILD}"
    r"|word/(?:glossary/)?(?:document|styles|stylesWithEffects|settings|webSettings|fontTable"
    r"|numbering|footnotes|endnotes|comments|commentsExtended|commentsIds|commentsExtensible"
    r"|people)\.xml"
    r"|word/(?:header|footer)\d*\.xml"
    r"|word/theme/(?:_rels/)?theme\d*\.xml(?:\.rels)?"
    r"|word/diagrams/[a-z]+\d*\.xml"
    rf"|word/media/[^/]+{_BILD}"
    r"|word/fonts/font\d+\.odttf"
    r"|customXml/item(?:Props)?\d+\.xml",
    re.IGNORECASE,
)
_BEZUEGE = frozenset(
    [
        "officeDocument",
        "core-properties",
        "extended-properties",
        "custom-properties",
        "thumbnail",
        "styles",
        "stylesWithEffects",
        "settings",
        "webSettings",
        "fontTable",
        "numbering",
        "footnotes",
        "endnotes",
        "comments",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "people",
        "header",
        "footer",
        "theme",
        "image",
        "hyperlink",
        "customXml",
        "customXmlProps",
        "glossaryDocument",
        "font",
        "diagramData",
        "diagramLayout",
        "diagramQuickStyle",
        "diagramColors",
        "diagramDrawing",
    ]
)
_FELDER = frozenset(
    [
        "PAGE",
        "NUMPAGES",
        "SECTION",
        "SECTIONPAGES",
        "DATE",
        "TIME",
        "CREATEDATE",
        "SAVEDATE",
        "PRINTDATE",
        "EDITTIME",
        "TOC",
        "TC",
        "TOA",
        "TA",
        "INDEX",
        "XE",
        "REF",
        "PAGEREF",
        "NOTEREF",
        "STYLEREF",
        "HYPERLINK",
        "SEQ",
        "LISTNUM",
        "AUTHOR",
        "TITLE",
        "SUBJECT",
        "KEYWORDS",
        "COMMENTS",
        "LASTSAVEDBY",
        "FILENAME",
        "FILESIZE",
        "NUMWORDS",
        "NUMCHARS",
        "REVNUM",
        "TEMPLATE",
        "USERNAME",
        "USERINITIALS",
        "USERADDRESS",
        "DOCPROPERTY",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "MERGEFIELD",
        "IF",
        "COMPARE",
        "NEXT",
        "SYMBOL",
        "ADVANCE",
        "EQ",
        "CITATION",
        "BIBLIOGRAPHY",
        "ADDRESSBLOCK",
        "GREETINGLINE",
        "SET",
        "ASK",
        "FILLIN",
        "=",
    ]
)
_MARKEN = frozenset({"altChunk", "OLEObject", "object", "control", "subDoc", "externalData"})
_ZIELE = ("http://", "https://", "mailto:", "tel:")

_ODT_TEILE = re.compile(
    r"mimetype|(?:content|styles|meta|settings)\.xml|manifest\.rdf|layout-cache"
    r"|META-INF/(?:manifest|documentsignatures)\.xml"
    rf"|(?:Pictures|Thumbnails)/[^/]+{_BILD}"
    r"|Configurations2/(?:[a-z]+/)*(?:current\.xml)?"
    r"|Fonts/[^/]+\.(?:ttf|otf)",
    re.IGNORECASE,
)
_ODT_MAKRO = frozenset({"script", "event-listener", "event-listeners", "execute-macro"})
_ODT_FREMD = frozenset(
    {"object", "object-ole", "applet", "plugin", "floating-frame", "dde-connection"}
)
_ODT_NACHLADEN = frozenset(
    [
        "dde-connection-decl",
        "dde-source",
        "dde-link",
        "section-source",
        "database-display",
        "database-next",
        "database-row-select",
        "connection-resource",
        "include",
    ]
)


def check_docx(namen: Mapping[str, bytes]) -> None:
    """Raise Ablehnung for a part, relation or field that is on no list."""
    klein = [name.lower() for name in namen]
    makro = any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in klein)
    if makro or b"macroenabled" in namen["[Content_Types].xml"].lower():
        raise Ablehnung(_MAKRO)
    if any(name.startswith(("word/embeddings/", "word/activex/")) for name in klein):
        raise Ablehnung(_EINGEBETTET)
    _known(namen, _DOCX_TEILE)
    for name, inhalt in namen.items():
        if name.lower().endswith(".rels"):
            for bezug in read_xml(inhalt).iter():
                _check_relation(bezug)
        elif name.lower().startswith("word/") and name.lower().endswith(".xml"):
            _check_words(read_xml(inhalt))


def _known(namen: Mapping[str, bytes], teile: re.Pattern[str]) -> None:
    """Refuse parts that are on no list."""
    for name in namen:
        if name.endswith("/") and not namen[name]:
            continue
        if not teile.fullmatch(name):
            raise Ablehnung(_TEIL.format(name[:60]))


def _check_relation(bezug: Any) -> None:
    art = bezug.get("Type", "").rpartition("/")[2]
    if not art:
        return
    ziel, aussen = bezug.get("Target", ""), bezug.get("TargetMode", "").lower() == "external"
    if art in {"oleObject", "package", "aFChunk", "control"}:
        raise Ablehnung(_AUSSEN if aussen else _EINGEBETTET)
    if aussen and (art != "hyperlink" or not ziel.lower().startswith(_ZIELE)):
        raise Ablehnung(_AUSSEN)
    if art not in _BEZUEGE:
        raise Ablehnung(_TEIL.format(art[:60]))


def _check_words(wurzel: Any) -> None:
    for element in wurzel.iter():
        marke = str(element.tag).rpartition("}")[2]
        if marke in _MARKEN:
            raise Ablehnung(_EINGEBETTET)
    for anweisung in _fields(wurzel):
        name = anweisung.split(maxsplit=1)[0] if anweisung.strip() else ""
        wort = "=" if name.startswith("=") else name.upper()
        # A field without a name is a reference to a bookmark; it consists of letters and digits.
        if wort and wort not in _FELDER:
            raise Ablehnung(_FELD.format(wort[:30]))


def _fields(wurzel: Any) -> Iterator[str]:
    """Yield what each field says; it may be cut into many runs, and fields stand in fields."""
    offen: list[list[str]] = []
    for element in wurzel.iter():
        if element.tag == f"{_W}fldSimple":
            yield element.get(f"{_W}instr", "")
        elif element.tag == f"{_W}fldChar":
            art = element.get(f"{_W}fldCharType", "")
            if art == "begin":
                offen.append([])
            elif offen and art in {"separate", "end"}:
                if offen[-1]:
                    yield "".join(offen[-1])
                offen[-1] = []
                if art == "end":
                    offen.pop()
        elif element.tag in {f"{_W}instrText", f"{_W}delInstrText"}:
            if offen:
                offen[-1].append(element.text or "")
            else:
                yield element.text or ""
    # What nobody ends is read as well.
    yield from ("".join(teile) for teile in offen if teile)


def check_odt(namen: Mapping[str, bytes]) -> None:
    """Raise Ablehnung for a part or element that is on no list."""
    if b"encryption-data" in namen.get("META-INF/manifest.xml", b""):
        raise Ablehnung("Das Dokument ist mit einem Kennwort geschützt.")
    if any(name.startswith(("Basic/", "Scripts/")) and namen[name] for name in namen):
        raise Ablehnung(_MAKRO)
    if any(name.startswith("Object") and namen[name] for name in namen):
        raise Ablehnung(_EINGEBETTET)
    _known(namen, _ODT_TEILE)
    for name, inhalt in namen.items():
        if inhalt and name.lower().endswith(".xml") and name != "meta.xml":
            for element in read_xml(inhalt).iter():
                _check_element(element, in_konfiguration=name.startswith("Configurations2/"))


def _check_element(element: Any, *, in_konfiguration: bool) -> None:
    raum, _, marke = str(element.tag).rpartition("}")
    if raum.endswith(":script:1.0") or marke in _ODT_MAKRO:
        raise Ablehnung(_MAKRO)
    if marke in _ODT_NACHLADEN:
        raise Ablehnung(_FELD.format(marke))
    if marke in _ODT_FREMD and raum.endswith((":drawing:1.0", ":text:1.0")):
        raise Ablehnung(_EINGEBETTET)
    ziel = next((v for k, v in element.attrib.items() if k.endswith("}href")), "").lower().strip()
    if ziel.startswith(("vnd.sun.star.script:", "script:", "macro:")):
        raise Ablehnung(_MAKRO)
    # Whatever names a scheme, a drive or another machine leads out of the file.
    draussen = bool(re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\|\.\./|/", ziel))
    if draussen and not (marke == "a" and ziel.startswith(_ZIELE) and not in_konfiguration):
        raise Ablehnung(_AUSSEN)


def read_xml(inhalt: bytes) -> Any:
    """Return the root of a part; raises for a document type declaration."""
    return ElementTree.fromstring(inhalt, forbid_dtd=True)
