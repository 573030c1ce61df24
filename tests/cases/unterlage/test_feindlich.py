"""The corpus of hostile files: each is refused with its reason, or comes out harmless."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from cases.dateien.aufruf import examine_apart, read_table_apart
from cases.dateien.erkennung import examine
from cases.dateien.grenzen import Ablehnung, Grenzen
from tests.cases.unterlage import feindlich as f
from tests.cases.unterlage import proben

GRENZEN = Grenzen()
_BOMBE = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>'
_DDE = 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'

# What is refused: how the file is made, and a part of the sentence.
ABGELEHNT: dict[str, tuple[Callable[[], bytes], str]] = {
    "pdf Programm eingebettet": (lambda: f.with_file("x.exe", b"MZ\x90\x00" + b"\0" * 9), "einge"),
    "pdf PDF eingebettet": (lambda: f.with_file("a.pdf", proben.make_pdf()), "eingebettete"),
    "pdf HTML eingebettet": (lambda: f.with_file("a.htm", b"<html><script>x</script>"), "einge"),
    "pdf falsches JSON": (lambda: f.with_file("a.json", b"{MZ\x90"), "eingebettete"),
    "pdf XML mit DTD": (
        lambda: f.with_file("a.xml", f'<?xml version="1.0"?>{_BOMBE}'.encode()),
        "eingebettete",
    ),
    "pdf Programm in Notiz": (f.with_attached_program, "eingebettete"),
    "pdf Sammelmappe": (f.portfolio, "eingebettete"),
    "pdf verschachtelt": (f.nested_pdf, "beschädigt"),
    "pdf abgeschnitten": (lambda: proben.make_pdf()[:200], "beschädigt"),
    "pdf Signatur und Skript": (lambda: f.signed(f.with_script(proben.text_pdf())), "signiert"),
    "docx Makro": (lambda: proben.make_docx(mehr={"word/vbaProject.bin": b"x"}), "Makros"),
    "docx Makroart": (
        lambda: proben.make_docx(mehr={"[Content_Types].xml": "<Types>macroEnabled</Types>"}),
        "Makros",
    ),
    "docx DDEAUTO": (lambda: f.docx_body(f.field_of(_DDE)), "DDEAUTO"),
    "docx DDE zerlegt": (lambda: f.docx_body(f.field_of("DD", "EAU", "TO cmd")), "DDEAUTO"),
    "docx DDE einfach": (lambda: f.docx_body('<w:fldSimple w:instr="DDE cmd"/>'), "„DDE“"),
    "docx DDE klein": (lambda: f.docx_body(f.field_of(" ddeauto cmd")), "DDEAUTO"),
    "docx DDE offen": (
        lambda: f.docx_body(f.field_of(_DDE).replace('<w:fldChar w:fldCharType="end"/>', "")),
        "DDEAUTO",
    ),
    "docx DDE in Feld": (
        lambda: f.docx_body(
            f.field_of("IF 1=1").replace(
                "</w:instrText></w:r>", f"</w:instrText></w:r>{f.field_of(_DDE)}", 1
            )
        ),
        "DDEAUTO",
    ),
    "docx QUOTE": (lambda: f.docx_body(f.field_of("QUOTE 68 68 69 65")), "QUOTE"),
    "docx INCLUDEPICTURE": (
        lambda: f.docx_body(f.field_of('INCLUDEPICTURE "http://boese.example/x.png"')),
        "INCLUDEPICTURE",
    ),
    "docx INCLUDETEXT": (lambda: f.docx_body(f.field_of("INCLUDETEXT a.docx")), "INCLUDETEXT"),
    "docx Feld in Kopfzeile": (
        lambda: proben.make_docx(
            mehr={"word/header1.xml": f'<w:hdr xmlns:w="{f._W}">{f.field_of(_DDE)}</w:hdr>'}
        ),
        "DDEAUTO",
    ),
    "docx altChunk": (
        lambda: f.docx_relation("aFChunk", "x.htm", aussen=False, word__x_bin=b"<html>"),
        "nicht prüfen kann|eingebettete",
    ),
    "docx altChunk ohne Teil": (lambda: f.docx_body('<w:altChunk id="r1"/>'), "eingebettete"),
    "docx OLE außerhalb": (
        lambda: f.docx_relation("oleObject", "daten/x.bin", aussen=False),
        "eingebettete",
    ),
    "docx OLE von außen": (lambda: f.docx_relation("oleObject", "http://boese.example"), "Netz"),
    "docx Paket": (lambda: f.docx_relation("package", "x.xlsx", aussen=False), "eingebettete"),
    "docx OLE-Element": (lambda: f.docx_body("<w:object/>"), "eingebettete"),
    "docx Vorlage von außen": (
        lambda: f.docx_relation("attachedTemplate", "http://boese.example/t.dotm"),
        "Netz",
    ),
    "docx Bild von außen": (lambda: f.docx_relation("image", "http://boese.example/x"), "Netz"),
    "docx Rahmen": (lambda: f.docx_relation("frame", "x.htm", aussen=False), "nicht prüfen kann"),
    "docx Verweis auf Datei": (lambda: f.docx_relation("hyperlink", "file:///c:/x.exe"), "Netz"),
    "docx fremder Teil": (lambda: proben.make_docx(mehr={"word/x.htm": b"x"}), "nicht prüfen kann"),
    "docx DTD": (lambda: proben.make_docx(mehr={"word/document.xml": _BOMBE}), "beschädigt"),
    "docx Pfad nach oben": (lambda: proben.make_docx(mehr={"../x.xml": b"x"}), "beschädigt"),
    "docx zwei Körper": (f.docx_twice, "beschädigt"),
    "docx Bombe": (
        lambda: proben.make_docx(mehr={"word/media/x.bmp": b"\0" * 20_000_000}),
        "entpackt größer",
    ),
    "odt Basic": (lambda: proben.make_odt(mehr={"Basic/x.xml": b"Sub x"}), "Makros"),
    "odt Ereignis": (
        lambda: proben.make_odt('<x:event-listener xmlns:x="urn:x:script:1.0"/>'),
        "Makros",
    ),
    "odt DDE": (lambda: proben.make_odt("<text:dde-connection-decl/>"), "dde-connection-decl"),
    "odt Abschnitt von außen": (
        lambda: proben.make_odt('<text:section-source xlink:href="http://boese.example"/>'),
        "section-source",
    ),
    "odt Datei": (lambda: proben.make_odt('<text:p xlink:href="file:///etc/passwd"/>'), "Netz"),
    "odt Freigabe": (lambda: proben.make_odt('<text:p xlink:href="//boese/x"/>'), "Netz"),
    "odt Makroverweis": (
        lambda: proben.make_odt('<text:a xlink:href="vnd.sun.star.script:x"/>'),
        "Makros",
    ),
    "odt Objekt": (lambda: proben.make_odt(mehr={"Object 1/content.xml": b"<x/>"}), "eingebettete"),
    "odt fremder Teil": (lambda: proben.make_odt(mehr={"x.js": b"x"}), "nicht prüfen kann"),
    "bild Pixelflut": (proben.flood_png, "Bildpunkte"),
    "text SVG": (lambda: b"<svg onload='x()'/>", "nicht angenommen"),
    "text HTML": (lambda: b"<html><script>x</script>", "nicht angenommen"),
}

# What is taken, and which bytes are not in what is kept.
ENTSCHAERFT: dict[str, tuple[Callable[[], bytes], bytes]] = {
    "pdf Skript": (lambda: proben.saved(f.with_script(proben.text_pdf())), b"alert"),
    "pdf Start": (lambda: f.with_action("/Launch", F="cmd.exe"), b"cmd.exe"),
    "pdf Absenden": (lambda: f.with_action("/SubmitForm", F="http://boese"), b"boese"),
    "pdf fremde Datei": (lambda: f.with_action("/GoToR", F="\\\\boese\\x"), b"boese"),
    "pdf Medien": (lambda: f.with_annotation("/RichMedia", Inhalt="boese"), b"boese"),
    "pdf ByteRange irgendwo": (f.byterange_anywhere, b"alert"),
    "pdf Signatur behauptet": (
        lambda: f.claimed_signature(f.with_script(proben.text_pdf())),
        b"alert",
    ),
    "pdf Signatur zu groß": (
        lambda: f.claimed_signature(f.with_script(proben.text_pdf()), ByteRange=[0, 9, 10, 10**6]),
        b"alert",
    ),
    "pdf Signatur ohne CMS": (
        lambda: f.signed(f.with_script(proben.text_pdf()), lambda _: b"x" * 99),
        b"alert",
    ),
    "pdf Signatur anderer Bytes": (
        lambda: f.signed(f.with_script(proben.text_pdf()), lambda b: f.cms(b + b"x")),
        b"alert",
    ),
    "pdf nach der Signatur geändert": (
        lambda: f.signed(f.with_script(proben.text_pdf())) + b"\n% mehr\n%%EOF\n",
        b"alert",
    ),
    "pdf Daten eingebettet": (lambda: f.with_file("a.json", b'{"boese": 1}'), b"boese"),
    "jpeg mit Anhang": (proben.jpeg_with_metadata, b"Anhang"),
}


def clear(data: bytes) -> bytes:
    """Return a file as readable as it gets."""
    if not data.startswith(b"%PDF"):
        return data
    with pikepdf.open(BytesIO(data)) as pdf:
        return proben.saved(
            pdf,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )


@pytest.mark.parametrize("name", ABGELEHNT)
def test_hostile_file_is_refused_with_its_reason(name):
    make, grund = ABGELEHNT[name]
    with pytest.raises(Ablehnung, match=grund):
        examine(make(), "", GRENZEN)


@pytest.mark.parametrize("name", ENTSCHAERFT)
def test_hostile_file_comes_out_harmless(name):
    make, boese = ENTSCHAERFT[name]
    data = make()
    assert boese in clear(data)
    fund = examine(data, "", GRENZEN)
    assert boese not in clear(fund.inhalt)
    assert fund.signiert is False


def test_corpus_is_large_enough(capsys):
    anzahl = len(ABGELEHNT) + len(ENTSCHAERFT)
    with capsys.disabled():
        sys.stdout.write(f"\n{anzahl} feindliche Dateien\n")
    assert anzahl >= 40


def test_true_signature_is_kept_byte_for_byte_and_said():
    data = f.signed(proben.text_pdf("Unterschrieben"))
    fund = examine_apart(data, "a.pdf", GRENZEN)
    assert (fund.signiert, fund.inhalt == data, fund.bereinigt) == (True, True, [])


def test_signed_form_with_its_own_data_is_kept():
    pdf = proben.text_pdf("Zielvereinbarung")
    pdf.attachments["zielvereinbarung.json"] = b'{"summe": "1050.00"}'
    data = f.signed(pdf)
    fund = examine(data, "a.pdf", GRENZEN)
    assert (fund.signiert, fund.inhalt == data) == (True, True)


def test_embedded_data_is_taken_out_and_named():
    fund = examine(f.with_file("zielvereinbarung.json", b'{"summe": 1}'), "a.pdf", GRENZEN)
    assert "eingebettete Datei „zielvereinbarung.json“" in fund.bereinigt
    with pikepdf.open(BytesIO(fund.inhalt)) as pdf:
        assert list(pdf.attachments) == []
    assert fund.text.strip() == "Anschreiben"


def test_claim_of_a_signature_is_named():
    fund = examine(f.claimed_signature(proben.text_pdf()), "a.pdf", GRENZEN)
    assert fund.bereinigt[-1] == "Angabe einer Signatur, die den Inhalt nicht deckt"


@pytest.mark.parametrize("feld", ["PAGE", "TOC \\o", 'HYPERLINK "https://x"', "REF a \\h", "= 1+1"])
def test_usual_fields_are_taken(feld):
    assert examine(f.docx_body(f.field_of(*feld)), "a.docx", GRENZEN).art == "docx"


@pytest.mark.parametrize(
    ("data", "grund"),
    [
        (f.xlsx(spalte=5000), "mehr als 100 Spalten"),
        (
            f.xlsx({"xl/sharedStrings.xml": f.shared_strings(3_000_000)}),
            "größer als gepackt|Zellen",
        ),
        (f.xlsx({"xl/vbaProject.bin": b"x"}), "Makros"),
    ],
    ids=["weit rechts", "Zeichenketten", "Makro"],
)
def test_hostile_table_is_refused_apart_and_soon(data, grund):
    with pytest.raises(Ablehnung, match=grund):
        read_table_apart(data)


def test_nested_dictionary_hides_no_action():
    pdf = proben.text_pdf()
    pdf.Root.Egal = Dictionary(Kind=Dictionary(S=Name.Launch, F="cmd.exe"))
    assert b"cmd.exe" not in clear(examine(proben.saved(pdf), "", GRENZEN).inhalt)
