"""PDF: what may not be in it, what is taken out, its text, its pages as images."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2

from cases.dateien.anlage import drop_attachments, read_attachments
from cases.dateien.grenzen import BESCHAEDIGT, Ablehnung, Grenzen, Pruefung
from cases.dateien.signatur import claims_signature, signed_whole

_TIEFE = 60
_AKTIONEN = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/Movie",
    "/Sound",
    "/RichMediaExecute",
}
_MULTIMEDIA = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
_ENTFALLEN = _MULTIMEDIA | {"/FileAttachment"}
_AKTIV = "Skripte und selbsttätige Aktionen"
_MEDIEN = "eingebettete Medien"
_META = "Metadaten (z. B. Bearbeiter, Programm, Bearbeitungszeiten)"
_SCHUTZ = "Bearbeitungsschutz ohne Kennwort"
_KEINE_SIGNATUR = "Angabe einer Signatur, die den Inhalt nicht deckt"


def check(data: bytes, grenzen: Grenzen) -> Pruefung:
    """Clean a PDF and read its text; one with a signature is kept byte for byte or refused.

    What only claims to be signed is cleaned like any other. Embedded text and data (JSON, XML) are
    taken out and named, or stay below a signature. Raises Ablehnung for a password, for other
    embedded files (taking them out would lose content), for too many pages and for what cannot be
    read.
    """
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError:
        raise Ablehnung(
            "Die PDF-Datei ist mit einem Kennwort geschützt und lässt sich nicht prüfen. Bitte "
            "lassen Sie sich eine ungeschützte Fassung schicken."
        ) from None
    except pikepdf.PdfError:
        raise Ablehnung(BESCHAEDIGT) from None
    with pdf:
        seiten = len(pdf.pages)
        if not 1 <= seiten <= grenzen.seiten:
            raise Ablehnung(_seiten(seiten, grenzen))
        gefunden, behauptet = _survey(pdf)
        anlagen = read_attachments(pdf, _containers(pdf))
        if behauptet and signed_whole(data, _containers(pdf)):
            if gefunden:
                raise Ablehnung(
                    "Die PDF-Datei ist elektronisch signiert und enthält aktive Inhalte. Beides "
                    "zusammen geht nicht: Entfernen würde die Signatur zerstören."
                )
            return Pruefung("pdf", data, seiten, _text(data, grenzen), signiert=True)
        inhalt, bereinigt = _cleaned(pdf, gefunden)
    if behauptet:
        bereinigt.append(_KEINE_SIGNATUR)
    bereinigt += [f"eingebettete Datei „{name}“" for name in anlagen]
    return Pruefung("pdf", inhalt, seiten, _text(inhalt, grenzen), bereinigt)


def _seiten(seiten: int, grenzen: Grenzen) -> str:
    if seiten < 1:
        return "Die PDF-Datei hat keine Seite."
    return f"Die PDF-Datei hat {seiten} Seiten. Erlaubt sind {grenzen.seiten}; bitte teilen Sie."


def _containers(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary of the file, those inside others included."""
    stapel: list[tuple[Any, int]] = [(obj, 0) for obj in pdf.objects]
    stapel.append((pdf.trailer, 0))
    while stapel:
        obj, tiefe = stapel.pop()
        if tiefe > _TIEFE:
            raise Ablehnung(BESCHAEDIGT)
        kinder: list[Any]
        if isinstance(obj, pikepdf.Array):
            kinder = list(obj)
        elif isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
            yield obj
            kinder = [obj.get(key) for key in obj.keys()]  # noqa: SIM118 - not a mapping
        else:
            continue
        stapel.extend(
            (kind, tiefe + 1)
            for kind in kinder
            if isinstance(kind, pikepdf.Object) and not kind.is_indirect
        )


def _survey(pdf: pikepdf.Pdf) -> tuple[set[str], bool]:
    """Return what is active in the file and whether it claims to be signed."""
    gefunden: set[str] = set()
    behauptet = False
    for obj in _containers(pdf):
        if _name(obj, "/S") in _AKTIONEN or "/JS" in obj or "/JavaScript" in obj or "/XFA" in obj:
            gefunden.add(_AKTIV)
        if "/AA" in obj:
            gefunden.add(_AKTIV)
        if _name(obj, "/Subtype") in _MULTIMEDIA and "/Rect" in obj:
            gefunden.add(_MEDIEN)
        behauptet |= claims_signature(obj)
    return gefunden, behauptet


def _name(obj: Any, key: str) -> str:
    value = obj.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _cleaned(pdf: pikepdf.Pdf, gefunden: set[str]) -> tuple[bytes, list[str]]:
    """Return the file without actions, scripts, media and metadata, and what was taken out."""
    bereinigt = sorted(gefunden)
    if pdf.is_encrypted:
        bereinigt.append(_SCHUTZ)
    metadaten = _drop_keys(pdf.trailer, ("/Info",))
    for obj in list(_containers(pdf)):
        metadaten |= _drop_keys(obj, ("/Metadata", "/PieceInfo"))
        _drop_keys(obj, ("/AA", "/OpenAction", "/JS", "/JavaScript", "/XFA"))
        if _name(obj, "/S") in _AKTIONEN and _name(obj, "/Type") != "/StructElem":
            _drop_keys(obj, tuple(obj.keys()))
            obj["/S"] = pikepdf.Name("/GoTo")
    drop_attachments(pdf, _containers(pdf))
    for page in pdf.pages:
        _drop_media(page)
    ziel = BytesIO()
    pdf.save(ziel, encryption=False, deterministic_id=True, fix_metadata_version=False)
    return ziel.getvalue(), [*bereinigt, _META] if metadaten else bereinigt


def _drop_keys(obj: Any, keys: tuple[str, ...]) -> bool:
    da = [key for key in keys if key in obj]
    for key in da:
        del obj[key]
    return bool(da)


def _drop_media(page: pikepdf.Page) -> None:
    annots = page.obj.get("/Annots")
    if not isinstance(annots, pikepdf.Array):
        return
    bleibt = [
        a
        for a in annots
        if not (isinstance(a, pikepdf.Dictionary) and _name(a, "/Subtype") in _ENTFALLEN)
    ]
    page.obj["/Annots"] = pikepdf.Array(bleibt)


def _text(data: bytes, grenzen: Grenzen) -> str:
    teile: list[str] = []
    laenge = 0
    try:
        pdf = pypdfium2.PdfDocument(data)
        for page in pdf:
            textpage = page.get_textpage()
            teil = textpage.get_text_bounded()
            textpage.close()
            page.close()
            teile.append(teil)
            laenge += len(teil)
            if laenge > grenzen.text:
                break
        pdf.close()
    except pypdfium2.PdfiumError:
        raise Ablehnung(BESCHAEDIGT) from None
    return "\n".join(teile)[: grenzen.text]


def render(data: bytes, von: int, anzahl: int, breite: int) -> list[Any]:
    """Return pages as images of this width, filled-in fields included; `von` counts from 0."""
    bilder = []
    pdf = pypdfium2.PdfDocument(data)
    pdf.init_forms()
    for nummer in range(von, min(von + anzahl, len(pdf))):
        page = pdf[nummer]
        w, h = page.get_size()
        if w <= 0 or h <= 0:
            raise Ablehnung(BESCHAEDIGT)
        scale = min(breite / w, 4 * breite / h)
        bilder.append(page.render(scale=scale).to_pil())
        page.close()
    pdf.close()
    return bilder
