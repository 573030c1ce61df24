"""Every letter is PDF/A-3a and PDF/UA-1, whatever its data look like."""

from __future__ import annotations

import json
from io import BytesIO

import page
import pikepdf
import pydyf
import pytest

from cases.schreiben.satz.brief import Gerendert, render_brief
from cases.schreiben.satz.pdf import _finish, _werkstatt
from tests.cases.schreiben.proben import ABSATZ, make_daten, make_kopf, make_zeilen
from tests.cases.schreiben.pruefer import check_pdf, text_of

LANG = "Maximiliane-Friederike von und zu Hohenstein-Württemberg-Löwenstein"
LEER = {"absaetze": [], "zeilen": [], "schritte": [], "ziele": [], "parteien": []}
ECKEN = {
    "üblich": {},
    "leer": LEER,
    "lange Namen": {"name": LANG, "zeichnet": LANG, "parteien": [{"name": LANG, "rolle": LANG}]},
    "fremde Buchstaben": {"name": "Łőşğ Ćwierć Žďár Āķis Nguyễn Þórr", "absaetze": ["Ṁ Ḩ Ẁ ẞ €"]},
    "eine Zeile": {"zeilen": make_zeilen(1)},
    "200 Zeilen": {"zeilen": make_zeilen(200), "schritte": [{"text": "a", "betrag": "1"}] * 60},
    "kein Kontakt": {
        "kopf": make_kopf(
            ansprechpartner={"name": "", "zimmer": "", "telefon": "", "email": ""},
            behoerde=make_kopf()["behoerde"]
            | {"elektronischer_zugang": "", "traeger_bezeichnung": ""},
        )
    },
    "Großdruck": {"kopf": make_kopf(grossdruck=True), "zeilen": make_zeilen(40)},
    "langer Text": {"absaetze": [ABSATZ * 4] * 20},
}


def render(art: str = "probe", *, entwurf: bool = False, **werte) -> Gerendert:
    daten = make_daten(**werte)
    return render_brief(art=art, titel="Bescheid", daten=daten, entwurf=entwurf)


def failures(pdf: bytes) -> list[str]:
    return [
        f"{profile} {failure.rule_id}: {failure.message}"
        for profile in ("ua1", "3a")
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
    ]


@pytest.mark.parametrize("entwurf", [False, True], ids=["fertig", "Entwurf"])
@pytest.mark.parametrize("ecke", ECKEN)
@pytest.mark.parametrize("art", ["probe", "dokument"])
def test_letter_is_archivable_and_accessible(art, ecke, entwurf):
    pdf = render(art, entwurf=entwurf, **ECKEN[ecke]).pdf
    assert failures(pdf) == []
    assert check_pdf(pdf) == []


def test_validator_notices_a_file_without_the_declaration(monkeypatch):
    monkeypatch.setattr("cases.schreiben.satz.pdf._PDFUA", b"")
    assert [fund.split(":")[0] for fund in failures(render().pdf)] == [
        "ua1 PDFUA1-ID-PART-001",
        "ua1 PDFUA1-ID-SCHEMA-001",
    ]


def test_attached_json_equals_the_data():
    daten = make_daten(zusatz={"text": "ł 😀", "zahl": 3, "leer": None})
    gerendert = render_brief(art="probe", titel="Bescheid", daten=daten)
    with pikepdf.open(BytesIO(gerendert.pdf)) as datei:
        (name,) = datei.attachments
        spec = datei.attachments[name]
        assert name == "probe.json"
        assert json.loads(spec.get_file().read_bytes()) == daten
        assert spec.obj.AFRelationship == "/Data"
        assert len(datei.Root.AF) == 1


def test_file_says_what_it_is_but_not_for_whom():
    with pikepdf.open(BytesIO(render().pdf)) as datei:
        meta = datei.open_metadata()
        assert meta["dc:title"] == "Bescheid, Aktenzeichen EH-2026-00042"
        assert meta["dc:creator"] == ["Landkreis Musterau"]
        assert datei.Root.Lang == "de"
        assert "/Filter" not in datei.Root.Metadata
        assert "Łuczyńska" not in str(dict(datei.docinfo)) + str(meta)


def test_same_data_give_the_same_bytes_in_every_process():
    _werkstatt.cache_clear()  # as a process has it that has just started
    erste = render()
    render(**ECKEN["fremde Buchstaben"])
    assert render().pdf == erste.pdf


def test_stream_that_ends_in_a_carriage_return_keeps_its_length():
    pdf, metadata, stream = pydyf.PDF(), pydyf.Stream([b"x"]), pydyf.Stream([b"abc\r"])
    pdf.add_object(metadata)
    pdf.add_object(stream)
    pdf.catalog |= {"Metadata": metadata.reference, "AF": pydyf.Array()}
    _finish(None, pdf)
    pdf.write(geschrieben := BytesIO())
    assert b"/Length 4>>\nstream\nabc\r\r\nendstream" in geschrieben.getvalue()
    with pikepdf.open(geschrieben) as datei:
        assert datei.get_object(stream.number, 0).read_bytes() == b"abc\r"


def test_only_the_typeface_of_the_house_is_used():
    with pikepdf.open(BytesIO(render(**ECKEN["fremde Buchstaben"]).pdf)) as datei:
        fonts = {
            str(font.BaseFont).split("+")[1]
            for seite in datei.pages
            for font in seite.Resources.Font.values()
        }
    assert fonts == {"Fallwerk-Brief", "Fallwerk-Brief-Semi-Bold", "Fallwerk-Brief-Bold"}


@pytest.mark.parametrize("art", ["probe", "dokument"])
def test_draft_mark_stands_on_every_page_of_a_draft_only(art):
    entwurf = render(art, entwurf=True, **ECKEN["langer Text"])
    assert text_of(entwurf.pdf).count("Entwurf – nicht versandt") == entwurf.seiten > 2
    assert "Entwurf" not in text_of(render(art, **ECKEN["langer Text"]).pdf)


def test_pages_are_counted_from_the_second_one():
    gerendert = render(**ECKEN["langer Text"])
    text = text_of(gerendert.pdf)
    assert "Seite 1 von" not in text
    assert [text.count(f"Seite {n} von {gerendert.seiten}") for n in range(2, 4)] == [1, 1]


def test_large_print_is_set_in_sixteen_points_but_for_the_window():
    pdf = render(kopf=make_kopf(grossdruck=True)).pdf
    with pikepdf.open(BytesIO(pdf)) as datei:
        sizes = [
            round(float(operands[1]) * 0.75, 1)
            for seite in datei.pages
            for operands, operator in pikepdf.parse_content_stream(seite)
            if str(operator) == "Tf"
        ]
    assert {size for size in sizes if size < 16} <= {7.0, 10.5}


def test_sum_of_a_split_table_stands_there_once():
    pdf = render(zeilen=make_zeilen(200), summe="20100.00", schritte=[]).pdf
    assert check_pdf(pdf, einmal=("20.100,00 €", "Zahlung 200")) == []
