"""Zustellung with proof, registered mail, public notice; batches by envelope, print houses."""

from __future__ import annotations

import csv
import zipfile
from datetime import timedelta
from io import BytesIO, StringIO

import pikepdf
import pytest
from django.urls import reverse

from cases.models import Frist, Versand, Wiedervorlage
from cases.schreiben.queries.umfang import Umfang, umschlag_of
from cases.schreiben.services import bekanntgabe
from cases.schreiben.services.aushang import record_aushang
from cases.schreiben.services.druckstapel import create_druckstapel, read_druckstapel, read_paket
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from tests import fabriken
from tests.cases.schreiben.versand.proben import BRIEFTAG, make_schreiben

pytestmark = pytest.mark.django_db
WOCHE = timedelta(days=7)


def post(schreiben, weg, by):
    row = send(schreiben=schreiben, weg=weg, by=by, tag=BRIEFTAG)
    return record_aufgabe(versand=row, aufgabe_am=BRIEFTAG, by=by, tag=BRIEFTAG)


def test_nothing_is_served_before_the_urkunde_is_back(schreiben, fallmanager):
    row = post(schreiben, "zustellung", fallmanager)
    assert (row.state, row.bekanntgabe, row.widerspruch_bis) == ("aufgegeben", None, None)
    assert not Frist.objects.filter(case=schreiben.case, regel="F51").exists()
    assert "Zustellungsurkunde" in Wiedervorlage.objects.get(case=schreiben.case).anlass
    am = BRIEFTAG + timedelta(days=3)
    row = bekanntgabe.correct_bekanntgabe(
        versand=row,
        zugang_am=am,
        ausland=False,
        rbb=row.rbb,
        feststellung="Urkunde, Blatt 7",
        by=fallmanager,
        tag=am,
        gesehen="",
    )
    row = Versand.objects.get(pk=row.pk)
    assert row.bekanntgabe == am
    assert Frist.objects.get(case=schreiben.case, regel="F51").ausloeser_datum == am


def test_registered_mail_has_its_own_fiction(schreiben, fallmanager):
    row = post(schreiben, "einschreiben", fallmanager)
    assert row.bekanntgabe == BRIEFTAG + timedelta(days=4)
    assert row.schritte[0]["norm"] == "§ 4 VwZG"


TAFEL = "Tafel im Eingang"


def test_public_notice_serves_after_two_weeks(schreiben):
    leitung = fabriken.make_leitung()
    row = record_aushang(
        schreiben=schreiben,
        am=BRIEFTAG,
        stelle=TAFEL,
        grund="Melderegister leer",
        by=leitung,
        tag=BRIEFTAG,
    )
    assert (row.weg, row.bekanntgabe) == ("oeffentlich", BRIEFTAG + 2 * WOCHE)
    assert row.feststellung == "Melderegister leer"


@pytest.mark.parametrize("grund", ["", "  "])
def test_public_notice_needs_its_reason(schreiben, grund):
    leitung = fabriken.make_leitung()
    with pytest.raises(SchrittUnzulaessig, match="wie nach der Anschrift gesucht"):
        record_aushang(
            schreiben=schreiben, am=BRIEFTAG, stelle=TAFEL, grund=grund, by=leitung, tag=BRIEFTAG
        )


def test_public_notice_is_ordered_by_the_leitung(schreiben, fallmanager, client):
    with pytest.raises(SchrittUnzulaessig, match="ordnet die Sachgebietsleitung an"):
        record_aushang(
            schreiben=schreiben,
            am=BRIEFTAG,
            stelle=TAFEL,
            grund="leer",
            by=fallmanager,
            tag=BRIEFTAG,
        )
    with pytest.raises(SchrittUnzulaessig, match="Bekanntmachung"):
        send(schreiben=schreiben, weg="oeffentlich", by=fallmanager, tag=BRIEFTAG)
    client.force_login(fallmanager)
    url = reverse("versand_neu", args=[schreiben.case_id, schreiben.pk])
    form = client.get(url).context["form"]
    assert "oeffentlich" not in dict(form.fields["weg"].choices)
    assert "aushang_am" not in form.fields


@pytest.mark.parametrize(
    ("blaetter", "umschlag"), [(1, "DIN lang"), (3, "DIN lang"), (4, "C5"), (8, "C5"), (9, "C4")]
)
def test_envelope_follows_the_sheets(blaetter, umschlag):
    assert umschlag_of(Umfang((("Brief", 2 * blaetter),))) == umschlag


@pytest.fixture
def stapel(fallmanager):
    """Three letters: a thick one, a thin one, one with proof, ordered in that sequence."""
    ids = []
    for seiten, weg in ((8, "post"), (1, "post"), (1, "zustellung")):
        brief = make_schreiben(fabriken.make_fall(fallmanager), fallmanager, seiten=seiten)
        ids.append(send(schreiben=brief, weg=weg, by=fallmanager, tag=BRIEFTAG).pk)
    return create_druckstapel(versand_ids=ids, by=fallmanager, tag=BRIEFTAG, trennblaetter=True)


def test_batch_lies_in_envelope_order_behind_its_sheets(stapel, fallmanager):
    assert (stapel.seiten, stapel.vorblatt_seiten) == (8 + 2 + 2 + 6, 6)
    pdf = read_druckstapel(druckstapel=stapel, by=fallmanager, route="druck", tag=BRIEFTAG)
    with pikepdf.open(BytesIO(pdf)) as datei:
        assert len(datei.pages) == stapel.seiten


def test_print_house_gets_one_pdf_and_one_index(stapel, fallmanager):
    daten = read_paket(druckstapel=stapel, by=fallmanager, route="paket", tag=BRIEFTAG)
    assert daten == read_paket(druckstapel=stapel, by=fallmanager, route="paket", tag=BRIEFTAG)
    with zipfile.ZipFile(BytesIO(daten)) as paket:
        pdf, index = (paket.read(f"Druckstapel-{stapel.pk}.{e}") for e in ("pdf", "csv"))
    zeilen = list(csv.DictReader(StringIO(index.decode("utf-8-sig")), delimiter=";"))
    assert [(z["Weg"], z["Umschlag"], z["Seite von"], z["Seite bis"]) for z in zeilen] == [
        ("Brief", "DIN lang", "1", "2"),
        ("Brief", "C5", "3", "10"),
        ("Zustellung mit Urkunde", "DIN lang", "11", "12"),
    ]
    with pikepdf.open(BytesIO(pdf)) as datei:
        assert len(datei.pages) == 12


def test_what_goes_to_an_old_address_is_not_printed(stapel, fallmanager):
    versand = stapel.versand_liste.first()
    person = versand.schreiben.case.leistungsberechtigte_person
    morgen = BRIEFTAG + timedelta(days=1)
    person.anschriften.update(gueltig_bis=BRIEFTAG)
    person.anschriften.create(
        strasse="Neue Gasse 3", plz="70999", ort="Musterau", gueltig_ab=morgen
    )
    with pytest.raises(SchrittUnzulaessig, match="Die Anschrift hat sich"):
        read_paket(druckstapel=stapel, by=fallmanager, route="paket", tag=morgen)
    with pytest.raises(SchrittUnzulaessig, match="Die Anschrift hat sich"):
        read_druckstapel(druckstapel=stapel, by=fallmanager, route="druck", tag=morgen)


@pytest.mark.parametrize(
    ("werte", "fehler"),
    [
        ({}, ["aushang_am", "aushang_stelle", "aushang_grund"]),
        ({"aushang_grund": "leer", "aushang_stelle": "Tafel"}, ["aushang_am"]),
        (
            {"aushang_grund": "leer", "aushang_stelle": "x", "aushang_am": "01.01.2099"},
            ["aushang_am"],
        ),
    ],
)
def test_page_asks_for_day_and_reason_of_the_notice(client, schreiben, werte, fehler):
    client.force_login(fabriken.make_leitung())
    url = reverse("versand_neu", args=[schreiben.case_id, schreiben.pk])
    seite = client.post(url, {"weg": "oeffentlich", **werte})
    assert list(seite.context["form"].errors) == fehler
    assert not Versand.objects.exists()


def test_page_posts_with_proof_and_says_what_comes_next(client, schreiben, fallmanager):
    client.force_login(fallmanager)
    url = reverse("versand_neu", args=[schreiben.case_id, schreiben.pk])
    antwort = client.post(url, {"weg": "zustellung"})
    row = Versand.objects.get()
    assert antwort.url == reverse("versand", args=[schreiben.case_id, row.pk])
    vermerken = reverse("versand_vermerken", args=[schreiben.case_id, row.pk])
    assert "Zustellungsurkunde" in client.get(vermerken).content.decode()
    client.post(vermerken, {"aufgabe_am": f"{BRIEFTAG:%d.%m.%Y}"})
    seite = client.get(antwort.url).content.decode()
    assert "Zustellung mit Urkunde" in seite
    assert "Sie steht noch aus" in seite
