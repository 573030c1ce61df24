"""Hostile files, each made here: what attackers are known to send, one of a kind."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from openpyxl import Workbook
from pikepdf import Array, Dictionary, Name

from tests.cases.unterlage import proben

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PLATZ = 8192


# ---------------------------------------------------------------- PDF


def with_script(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    """Put a script into a PDF that runs when it is opened."""
    pdf.Root.OpenAction = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert('x')"))
    return pdf


def with_action(art: str, **mehr: object) -> bytes:
    """Return a PDF whose first page acts when it is shown."""
    pdf = proben.text_pdf("Gutachten")
    pdf.pages[0].obj["/AA"] = Dictionary(O=Dictionary(S=Name(art), **mehr))
    return proben.saved(pdf)


def with_file(name: str, inhalt: bytes) -> bytes:
    """Return a PDF with an embedded file."""
    pdf = proben.text_pdf("Anschreiben")
    pdf.attachments[name] = inhalt
    return proben.saved(pdf)


def with_annotation(subtype: str, **mehr: object) -> bytes:
    """Return a PDF with one annotation on its page."""
    pdf = proben.text_pdf("Anschreiben")
    notiz = Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=[0, 0, 9, 9], **mehr)
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(notiz)])
    return proben.saved(pdf)


def with_attached_program() -> bytes:
    """Return a PDF that carries a program in an annotation, not in the list of its files."""
    pdf = proben.text_pdf("Anschreiben")
    strom = pdf.make_stream(b"MZ\x90\x00" + b"\0" * 99)
    datei = Dictionary(Type=Name.Filespec, F="x.exe", EF=Dictionary(F=strom))
    notiz = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=datei)
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(notiz)])
    return proben.saved(pdf)


def portfolio() -> bytes:
    """Return a PDF that is only the cover of the files in it."""
    pdf = proben.text_pdf("Deckblatt")
    pdf.attachments["a.txt"] = b"harmlos"
    pdf.Root.Collection = Dictionary(View=Name.T)
    return proben.saved(pdf)


def nested_pdf(tiefe: int = 300) -> bytes:
    """Return a PDF with arrays in arrays."""
    pdf = proben.text_pdf()
    kern: object = Dictionary(S=Name.JavaScript, JS="x")
    for _ in range(tiefe):
        kern = Array([kern])
    pdf.Root.Tief = kern
    return proben.saved(pdf)


def _signature(**felder: object) -> Dictionary:
    return Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/adbe.pkcs7.detached"),
        **felder,
    )


def claimed_signature(pdf: pikepdf.Pdf, **felder: object) -> bytes:
    """Return a PDF that says it is signed."""
    felder.setdefault("ByteRange", [0, 1, 2, 3])
    felder.setdefault("Contents", b"x")
    feld = Dictionary(FT=Name.Sig, T="Sig1", V=pdf.make_indirect(_signature(**felder)))
    pdf.Root.AcroForm = Dictionary(Fields=[pdf.make_indirect(feld)], SigFlags=3)
    return proben.saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def byterange_anywhere() -> bytes:
    """Return a PDF with a script and the word /ByteRange in a dictionary that nobody reads."""
    pdf = with_script(proben.text_pdf("Gutachten"))
    pdf.Root.Egal = pdf.make_indirect(Dictionary(ByteRange=[0, 1, 2, 3]))
    return proben.saved(pdf)


def signed(pdf: pikepdf.Pdf, cms_of: Callable[[bytes], bytes] | None = None) -> bytes:
    """Return a PDF with a signature over the whole file, made as a signing program does it."""
    roh = claimed_signature(
        pdf, ByteRange=[0, 1111111111, 2222222222, 3333333333], Contents=b"\x00" * _PLATZ
    )
    treffer = re.search(rb"<0{%d}>" % (2 * _PLATZ), roh)
    assert treffer is not None
    vorn, hinten = treffer.span()
    alt = re.search(rb"/ByteRange \[[^\]]*\]", roh)
    assert alt is not None
    neu = b"/ByteRange [0 %d %d %d]" % (vorn, hinten, len(roh) - hinten)
    roh = roh.replace(alt.group(), neu.ljust(len(alt.group())))
    behaelter = (cms_of or cms)(roh[:vorn] + roh[hinten:])
    inhalt = behaelter.ljust(_PLATZ, b"\x00").hex().encode()
    return roh[: vorn + 1] + inhalt + roh[hinten - 1 :]


def cms(bereich: bytes) -> bytes:
    """Return a detached CMS signature of these bytes by a key of the moment."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Erika Muster")])
    heute = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    zertifikat = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(heute)
        .not_valid_after(heute + dt.timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(bereich)
        .add_signer(zertifikat, key, hashes.SHA256())
        .sign(
            serialization.Encoding.DER,
            [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary],
        )
    )


# ---------------------------------------------------------------- DOCX, ODT


def docx_body(koerper: str, mehr: dict[str, bytes | str] | None = None) -> bytes:
    """Return a DOCX with this XML in its body."""
    xml = f'<w:document xmlns:w="{_W}"><w:body><w:p>{koerper}</w:p></w:body></w:document>'
    return proben.make_docx(mehr={"word/document.xml": xml, **(mehr or {})})


def field_of(*teile: str) -> str:
    """Return a field whose instruction is cut into these runs."""
    laeufe = "".join(f"<w:r><w:instrText>{teil}</w:instrText></w:r>" for teil in teile)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{laeufe}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def docx_relation(art: str, ziel: str, *, aussen: bool = True, **mehr: bytes) -> bytes:
    """Return a DOCX with one relation of its body, and further parts."""
    bezug = proben.relationship(art, ziel)
    if not aussen:
        bezug = bezug.replace(' TargetMode="External"', "")
    teile: dict[str, bytes | str] = {"word/_rels/document.xml.rels": bezug}
    teile |= {
        name.replace("__", "/").replace("_bin", ".bin"): inhalt for name, inhalt in mehr.items()
    }
    return proben.make_docx(mehr=teile)


def docx_twice() -> bytes:
    """Return a DOCX with two bodies: which of them an office program reads, nobody knows."""
    ziel = BytesIO(proben.make_docx())
    with warnings.catch_warnings(), zipfile.ZipFile(ziel, "a") as archiv:
        warnings.simplefilter("ignore")
        archiv.writestr("word/document.xml", f'<w:document xmlns:w="{_W}"/>')
    return ziel.getvalue()


# ---------------------------------------------------------------- XLSX


def xlsx(mehr: dict[str, bytes] | None = None, *, spalte: int = 0) -> bytes:
    """Return a table; `mehr` replaces or adds parts, `spalte` puts a cell far to the right."""
    mappe, ziel = Workbook(), BytesIO()
    mappe.active.append(["Name"])
    mappe.active.append(["Muster"])
    if spalte:
        mappe.active.cell(2, spalte, "versteckt")
    mappe.save(ziel)
    alt = zipfile.ZipFile(ziel)
    teile: dict[str, bytes | str] = {name: alt.read(name) for name in alt.namelist()}
    return proben.make_zip({**teile, **(mehr or {})})


def shared_strings(anzahl: int) -> bytes:
    """Return many shared strings; packed they are small."""
    kern = b"<si><t>x</t></si>" * anzahl
    raum = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<sst xmlns="' + raum + b'">' + kern + b"</sst>"
