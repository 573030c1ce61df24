"""Every kind of file: what is taken, what is taken out, what is refused and why."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from cases.dateien.aufruf import ABGEBROCHEN, _run, examine_apart, render_apart
from cases.dateien.erkennung import examine
from cases.dateien.grenzen import Ablehnung, Grenzen
from cases.dateien.name import clean_name
from tests.cases.unterlage import proben

GRENZEN = Grenzen()
VORLAGE = proben.relationship("attachedTemplate", "http://boese.example/t.dotm")
BOMBE = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>'


def refusal(data: bytes, name: str = "", grenzen: Grenzen = GRENZEN) -> str:
    with pytest.raises(Ablehnung) as error:
        examine(data, name, grenzen)
    return str(error.value)


@pytest.mark.parametrize(
    ("data", "name", "art"),
    [
        (proben.make_pdf(), "a.pdf", "pdf"),
        (proben.make_image("JPEG"), "a.jpg", "jpeg"),
        (proben.make_image("PNG"), "a.PNG", "png"),
        (proben.make_image("TIFF"), "a.tif", "tiff"),
        (proben.make_docx(), "a.docx", "docx"),
        (proben.make_odt(), "a.odt", "odt"),
        ("Grüße aus Musterau".encode(), "a.txt", "txt"),
        (proben.make_pdf(), "ohne-endung", "pdf"),
    ],
)
def test_allowed_kind_is_found_by_its_content(data, name, art):
    assert examine(data, name, GRENZEN).art == art


@pytest.mark.parametrize(
    ("data", "name", "grund"),
    [
        (proben.make_image("JPEG"), "a.pdf", "endet auf „.pdf“, ist nach ihrem Inhalt aber ein"),
        (proben.make_pdf(), "a.pdf.exe", "endet auf „.exe“"),
        (b"MZ" + b"\0" * 400, "a.pdf", "Diese Art von Datei wird nicht angenommen"),
        (b"<html><body><script>alert(1)</script>", "a.txt", "wird nicht angenommen"),
        (b"<svg onload='x()' xmlns='http://www.w3.org/2000/svg'/>", "a.txt", "nicht angenommen"),
        (proben.make_zip({"a.txt": "x"}), "a.zip", "Gepackte Dateien (ZIP)"),
        (b"", "a.pdf", "leer"),
        (b"%PDF-1.7\nkaputt", "a.pdf", "beschädigt"),
        (proben.make_image("JPEG")[:300], "a.jpg", "beschädigt"),
    ],
)
def test_wrong_file_is_refused_with_its_reason(data, name, grund):
    assert grund in refusal(data, name)


def test_pdf_loses_scripts_actions_and_metadata():
    pdf = proben.text_pdf("Gutachten")
    pdf.docinfo["/Author"] = proben.GEHEIM
    pdf.Root.Metadata = pdf.make_stream(proben.GEHEIM.encode())
    skript = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
    pdf.Root.OpenAction = pdf.make_indirect(skript)
    pdf.pages[0].obj["/AA"] = pikepdf.Dictionary(
        O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    )
    fund = examine(proben.saved(pdf), "a.pdf", GRENZEN)
    assert fund.bereinigt == [
        "Skripte und selbsttätige Aktionen",
        "Metadaten (z. B. Bearbeiter, Programm, Bearbeitungszeiten)",
    ]
    rein = pikepdf.open(BytesIO(fund.inhalt))
    klar = proben.saved(
        rein, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
    )
    assert [w for w in (b"alert", b"cmd.exe", b"Geheim", b"/AA", b"/JavaScript") if w in klar] == []
    assert fund.text.strip() == "Gutachten"


def test_clean_pdf_says_that_nothing_was_removed():
    assert examine(proben.make_pdf(), "a.pdf", GRENZEN).bereinigt == []


def test_pdf_with_password_is_refused():
    data = proben.saved(
        proben.text_pdf(), encryption=pikepdf.Encryption(user="geheim", owner="geheim2")
    )
    assert "mit einem Kennwort geschützt" in refusal(data)


def test_pdf_that_only_forbids_copying_is_taken():
    data = proben.saved(proben.text_pdf(), encryption=pikepdf.Encryption(user="", owner="x"))
    fund = examine(data, "a.pdf", GRENZEN)
    assert fund.bereinigt == ["Bearbeitungsschutz ohne Kennwort"]
    assert not pikepdf.open(BytesIO(fund.inhalt)).is_encrypted


def test_too_many_pages_are_refused():
    data = proben.make_pdf("1", "2", "3")
    assert "hat 3 Seiten. Erlaubt sind 2" in refusal(data, "a.pdf", replace(GRENZEN, seiten=2))


@pytest.mark.parametrize("data", [proben.jpeg_with_metadata(), proben.png_with_metadata()])
def test_image_loses_its_metadata_and_keeps_its_picture(data):
    fund = examine(data, "", GRENZEN)
    assert proben.GEHEIM.encode() in data
    assert proben.GEHEIM.encode() not in fund.inhalt
    assert b"Anhang" not in fund.inhalt
    vorher, nachher = (Image.open(BytesIO(d)).convert("RGB") for d in (data, fund.inhalt))
    assert vorher.tobytes() == nachher.tobytes()


def test_turned_photo_stays_upright():
    fund = examine(proben.jpeg_with_metadata(orientation=6), "a.jpg", GRENZEN)
    assert Image.open(BytesIO(fund.inhalt)).getexif() == {0x0112: 6}
    [(_, roh)] = render_apart("jpeg", fund.inhalt, von=0, anzahl=1, breite=500)
    assert Image.open(BytesIO(roh)).size == (80, 120)


def test_tiff_pages_are_written_anew_without_tags():
    blatt = Image.new("1", (100, 50))
    ziel = BytesIO()
    blatt.save(ziel, "TIFF", save_all=True, append_images=[blatt], description=proben.GEHEIM)
    fund = examine(ziel.getvalue(), "a.tiff", GRENZEN)
    assert (fund.seiten, proben.GEHEIM.encode() in fund.inhalt) == (2, False)
    assert Image.open(BytesIO(fund.inhalt)).info["compression"] == "group4"


def test_pixel_flood_is_refused_before_decoding():
    assert "60000 × 60000 Bildpunkte" in refusal(proben.flood_png())


@pytest.mark.parametrize(
    ("data", "grund"),
    [
        (proben.make_docx(mehr={"word/vbaProject.bin": b"x"}), "Makros"),
        (proben.make_docx(mehr={"word/embeddings/a.bin": b"x"}), "eingebettete Dateien"),
        (proben.make_docx(mehr={"word/_rels/settings.xml.rels": VORLAGE}), "lädt beim Öffnen"),
        (proben.make_docx(mehr={"word/document.xml": BOMBE}), "beschädigt"),
        (proben.make_odt(mehr={"Basic/script.xml": b"Sub x"}), "Makros"),
        (proben.make_odt('<text:p xlink:href="file:///etc/passwd">x</text:p>'), "lädt beim"),
        (proben.make_odt(mehr={"META-INF/manifest.xml": "<encryption-data/>"}), "Kennwort"),
    ],
)
def test_dangerous_office_file_is_refused(data, grund):
    assert grund in refusal(data)


def test_docx_keeps_links_and_loses_its_properties():
    verweis = proben.relationship("hyperlink", "https://www.gesetze-im-internet.de")
    teile = {"word/_rels/document.xml.rels": verweis}
    fund = examine(proben.make_docx("Hausbesuch", teile), "a.docx", GRENZEN)
    inhalt = zipfile.ZipFile(BytesIO(fund.inhalt))
    assert fund.text == "Hausbesuch"
    assert proben.GEHEIM.encode() not in inhalt.read("docProps/core.xml")


def test_odt_keeps_its_mark_in_front():
    fund = examine(proben.make_odt(), "a.odt", GRENZEN)
    erster = zipfile.ZipFile(BytesIO(fund.inhalt)).infolist()[0]
    assert (erster.filename, erster.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert fund.text == "Stellungnahme des Fachdienstes"


def test_zip_bomb_is_refused_by_its_unpacked_size():
    bombe = proben.make_docx(mehr={"word/media/x.bmp": b"\0" * 3_000_000})
    assert len(bombe) < 10_000
    grund = refusal(bombe, "", replace(GRENZEN, entpackt=1024 * 1024))
    assert grund == "Das Dokument ist entpackt größer als 1 MB und wird nicht geöffnet."


@pytest.mark.parametrize(
    ("roh", "rein"),
    [
        ("..\\..\\etc/Gutachten.pdf", "Gutachten.pdf"),
        ("Bescheid\u202efdp.exe", "Bescheidfdp.exe"),
        ("a\x00b\r\nc\u200b.pdf", "abc.pdf"),
        ("...", "Datei"),
        ("x" * 300 + ".pdf", "x" * 145 + "….pdf"),
    ],
)
def test_name_is_cleaned_for_display(roh, rein):
    assert clean_name(roh) == rein


@pytest.mark.parametrize(
    ("grenze", "satz"),
    [
        ({"speicher": 40_000_000}, "beschädigt oder ungewöhnlich|zu viel Speicher"),
        ({"sekunden": 0}, "zu viel Zeit"),
    ],
)
def test_hostile_file_ends_only_its_own_process(grenze, satz):
    auftrag = {"aufgabe": "pruefen", "name": "a.pdf", "grenzen": {}, **grenze}
    with pytest.raises(Ablehnung, match=satz):
        _run(auftrag, proben.make_pdf())


def test_killed_process_is_told_from_a_refusal():
    with pytest.raises(Ablehnung) as error:
        _run({"aufgabe": "pruefen", "name": "a", "grenzen": {}, "sekunden": 0}, b"x" * 99)
    assert str(error.value) == ABGEBROCHEN


def test_too_slow_file_is_given_up(monkeypatch):
    monkeypatch.setattr("cases.dateien.aufruf._WARTEN", 0.01)
    with pytest.raises(Ablehnung, match="zu viel Zeit"):
        examine_apart(proben.make_pdf(), "a.pdf", GRENZEN)


def test_child_process_gets_no_secret(monkeypatch):
    gesehen = {}

    def spy(*args, **kwargs):
        gesehen.update(kwargs["env"])
        raise Ablehnung("genug")

    monkeypatch.setattr("cases.dateien.aufruf.subprocess.run", spy)
    with pytest.raises(Ablehnung, match="genug"):
        examine_apart(b"x", "a", GRENZEN)
    assert set(gesehen) == {"PATH", "LANG", "PYTHONDONTWRITEBYTECODE"}
