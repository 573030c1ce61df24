"""The file for a court: one PDF with index, numbers and bookmarks, named as a court takes it."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from defusedxml import ElementTree
from django.urls import reverse

from budget.folge.export import (
    NAMENSRAUM,
    Gerichtsakte,
    Stueck,
    bind_akte,
    file_name,
    index_record,
)
from cases.dateien import aufruf
from cases.dateien.annahme import Annahme
from cases.dateien.grenzen import Pruefung
from cases.unterlage.services.unterlage import file_unterlagen
from tests.budget.folge import geschichte
from tests.cases.unterlage.bausteine import JETZT, make_angaben
from tests.fabriken import make_user

# Rotated, with an own box and a name with umlauts: what a file holds.
TAG = date(2026, 5, 20)


def _pdf(seiten: int, groesse=(595, 842)) -> bytes:
    out = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(seiten):
            pdf.add_blank_page(page_size=groesse)
        pdf.save(out)
    return out.getvalue()


STUECKE = [
    Stueck(date(2026, 6, 1), "Bescheid (Änderung) über 1.200 Euro", _pdf(3)),
    Stueck(date(2026, 5, 1), "Antrag", _pdf(2, (842, 595))),
    Stueck(date(2026, 5, 15), "Foto der Wohnung"),
    Stueck(date(2026, 5, 16), "Kaputt", b"%PDF-1.4 nichts"),
]


def _words(seite: pikepdf.Page) -> str:
    return b"".join(
        bytes(op.operands[0])
        for op in pikepdf.parse_content_stream(seite)
        if str(op.operator) == "Tj"
    ).decode("cp1252")


def test_papers_stand_in_the_order_of_their_days_with_their_pages():
    daten, eintraege = bind_akte("Akte 50-1", STUECKE)
    assert [(e.stueck.titel, e.von, e.bis) for e in eintraege] == [
        ("Antrag", 2, 3),
        ("Foto der Wohnung", 0, 0),
        ("Kaputt", 0, 0),
        ("Bescheid (Änderung) über 1.200 Euro", 4, 6),
    ]
    with pikepdf.open(BytesIO(daten)) as akte:
        assert len(akte.pages) == 6
        assert [_words(seite) for seite in akte.pages[1:]] == [f"Blatt {n}" for n in range(2, 7)]
        index = _words(akte.pages[0])
        assert "Bescheid (Änderung) über 1.200 Euro" in index
        assert "liegt gesondert vor" in index
        with akte.open_outline() as gliederung:
            marken = [item.title for item in gliederung.root]
        assert marken == [
            "Inhaltsverzeichnis",
            "01.05.2026 Antrag",
            "01.06.2026 Bescheid (Änderung) über 1.200 Euro",
        ]


def test_the_same_papers_give_the_same_file_and_many_need_more_pages_of_index():
    viele = [Stueck(date(2026, 1, 1), f"Stück {n}", _pdf(1)) for n in range(45)]
    daten, eintraege = bind_akte("Akte", viele)
    assert bind_akte("Akte", viele)[0] == daten
    assert (eintraege[0].von, eintraege[-1].bis) == (3, 47)
    leer, nichts = bind_akte("Akte", [])
    assert nichts == []
    with pikepdf.open(BytesIO(leer)) as akte:
        assert len(akte.pages) == 1


@pytest.mark.parametrize(
    ("aktenzeichen", "name"),
    [
        ("50.2-0001/26", "50_2-0001_26_Verwaltungsakte_2026-05-20"),
        ("EGH Süd/ß", "EGH_Sued_ss_Verwaltungsakte_2026-05-20"),
    ],
)
def test_the_name_has_only_what_a_court_takes(aktenzeichen, name):
    assert file_name(aktenzeichen, TAG) == name


@pytest.mark.django_db
def test_who_works_on_the_case_binds_its_file(client):
    akte = geschichte.running()
    wider = geschichte.attack(akte, akte.bescheid.schreiben, TAG)
    url = reverse("widerspruch_akte", args=[akte.case.pk, wider.pk])
    client.force_login(akte.fallmanager)
    antwort = client.get(url)
    assert antwort["Content-Type"] == "application/pdf"
    assert "_Verwaltungsakte_" in antwort["Content-Disposition"]
    with pikepdf.open(BytesIO(antwort.content)) as pdf, pdf.open_outline() as gliederung:
        marken = [item.title for item in gliederung.root]
    assert any("bescheid" in marke for marke in marken)
    client.force_login(make_user("fremd", "Fallmanagement"))
    assert client.get(url).status_code in {403, 404}


SCHEMA = Path(__file__).parents[3] / "docs" / "schema" / "verwaltungsakte-1.xsd"
XSD, NS = "{http://www.w3.org/2001/XMLSchema}", f"{{{NAMENSRAUM}}}"


def test_the_record_names_the_pdf_and_each_paper_with_its_pages():
    pdf, eintraege = bind_akte(
        "Akte", [*STUECKE, Stueck(TAG, "A & <B>\x07", b"", "unterlage", "7")]
    )
    akte = Gerichtsakte("Landkreis Süd", "EGH Süd/ß", TAG, pdf, eintraege)
    roh = index_record(akte)
    assert index_record(akte) == roh
    wurzel = ElementTree.fromstring(roh)
    assert wurzel.findtext(f"{NS}behoerde") == "Landkreis Süd"
    assert wurzel.findtext(f"{NS}erstellt") == "2026-05-20"
    assert wurzel.find(f"{NS}datei").attrib == {
        "name": "EGH_Sued_ss_Verwaltungsakte_2026-05-20.pdf",
        "sha256": hashlib.sha256(pdf).hexdigest(),
    }
    stuecke = [(s.text, s.get("von"), s.get("bis")) for s in wurzel.iter(f"{NS}stueck")]
    assert stuecke == [
        ("Antrag", "2", "3"),
        ("Foto der Wohnung", None, None),
        ("Kaputt", None, None),
        ("A & <B>", None, None),
        ("Bescheid (Änderung) über 1.200 Euro", "4", "6"),
    ]


def test_the_schema_names_what_the_record_holds_and_nothing_else():
    _, eintraege = bind_akte("Akte", [Stueck(TAG, "a", _pdf(1), "unterlage", "7")])
    wurzel = ElementTree.fromstring(index_record(Gerichtsakte("b", "c", TAG, b"", eintraege)))
    schema = ElementTree.parse(SCHEMA).getroot()
    assert schema.get("targetNamespace") == NAMENSRAUM
    gesagt = {e.get("name") for art in ("element", "attribute") for e in schema.iter(f"{XSD}{art}")}
    da = {e.tag.removeprefix(NS) for e in wurzel.iter()}
    assert gesagt == da | {name for e in wurzel.iter() for name in e.attrib}


@pytest.mark.django_db
def test_the_record_goes_out_beside_the_pdf(client):
    akte = geschichte.running()
    wider = geschichte.attack(akte, akte.bescheid.schreiben, TAG)
    args = [akte.case.pk, wider.pk]
    client.force_login(akte.fallmanager)
    pdf = client.get(reverse("widerspruch_akte", args=args))
    antwort = client.get(reverse("widerspruch_datensatz", args=args))
    assert antwort["Content-Type"] == "application/xml"
    assert antwort["Content-Disposition"].endswith('.xml"')
    assert hashlib.sha256(pdf.content).hexdigest() in antwort.text
    assert (
        reverse("widerspruch_datensatz", args=args)
        in client.get(reverse("widerspruch", args=args)).text
    )
    client.force_login(make_user("fremd", "Fallmanagement"))
    assert client.get(reverse("widerspruch_datensatz", args=args)).status_code in {403, 404}


@pytest.mark.django_db
def test_uploads_are_bound_in_the_limited_process(client, monkeypatch):
    """A paper from outside is kept byte for byte when it is signed: no page may open it."""
    akte = geschichte.running()
    wider = geschichte.attack(akte, akte.bescheid.schreiben, TAG)
    inhalt = _pdf(2)
    datei = Annahme(
        "brief.pdf", Pruefung("pdf", inhalt, 2), hashlib.sha256(inhalt).hexdigest(), geprueft=True
    )
    file_unterlagen(
        case=akte.case,
        dateien=[datei],
        angaben=make_angaben(titel="Brief der Klinik"),
        by=akte.fallmanager,
        zeitpunkt=JETZT,
    )
    monkeypatch.setattr(pikepdf, "open", _refuse)
    client.force_login(akte.fallmanager)
    antwort = client.get(reverse("widerspruch_akte", args=[akte.case.pk, wider.pk]))
    monkeypatch.undo()
    with pikepdf.open(BytesIO(antwort.content)) as pdf, pdf.open_outline() as gliederung:
        marken = [item.title for item in gliederung.root]
    assert any("Brief der Klinik" in marke for marke in marken)


@pytest.mark.django_db
def test_papers_that_are_too_much_are_told_with_a_way_out(client, monkeypatch):
    akte = geschichte.running()
    wider = geschichte.attack(akte, akte.bescheid.schreiben, TAG)
    monkeypatch.setattr(aufruf, "SPEICHER", 1)
    client.force_login(akte.fallmanager)
    antwort = client.get(reverse("widerspruch_akte", args=[akte.case.pk, wider.pk]))
    assert antwort.status_code == 409
    assert "legen Sie sie dem Gericht geordnet nach Tagen vor" in antwort.text


def test_a_strange_page_takes_its_paper_out_whole():
    """Two good pages before the broken one would be a paper that misses something."""
    out = BytesIO()
    with pikepdf.open(BytesIO(_pdf(3))) as pdf:
        pdf.pages[2].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Name("/X"))
        pdf.save(out)
    stuecke = [Stueck(TAG, "Seltsam", out.getvalue()), Stueck(TAG, "Gut", _pdf(1))]
    _, eintraege = bind_akte("Akte", stuecke)
    assert [(e.von, e.bis) for e in eintraege] == [(0, 0), (2, 2)]


def _refuse(*_args, **_kwargs):
    raise AssertionError("Eine Seite öffnet eine fremde Datei.")
