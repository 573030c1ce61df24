"""The file for a court: one PDF with index, numbers and bookmarks, named as a court takes it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from budget.folge.export import Stueck, bind_akte, file_name
from tests.budget.folge import geschichte
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
    assert [(e.stueck.titel, e.blatt) for e in eintraege] == [
        ("Antrag", "2-3"),
        ("Foto der Wohnung", "gesondert"),
        ("Kaputt", "gesondert"),
        ("Bescheid (Änderung) über 1.200 Euro", "4-6"),
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
