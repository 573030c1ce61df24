"""Blackened copies: nothing of the rest is inside, a second person releases, the original stays."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from PIL import Image

from cases.dateien.annahme import Annahme
from cases.dateien.aufruf import blacken_apart, blacken_page_apart
from cases.dateien.grenzen import Ablehnung, Pruefung
from cases.dateien.schwaerzung import SEITEN_HOECHSTENS, blacken
from cases.models import Schwaerzung, Unterlage
from cases.queries.kurzzeile import rows_of
from cases.schreiben.queries.schreiben import sendable_unterlagen
from cases.states.tafel import SchrittUnzulaessig
from cases.unterlage import guards
from cases.unterlage.queries.schwaerzung import KURZQUELLE, read_bereiche, write_bereiche
from cases.unterlage.services import schwaerzung as services
from cases.unterlage.services.unterlage import content_of, file_unterlagen, text_of
from tests.cases.unterlage.bausteine import HEUTE, JETZT, make_angaben, make_unterlage
from tests.cases.unterlage.proben import make_image, make_pdf, saved, text_pdf
from tests.fabriken import make_fall, make_fallmanager
from tests.oberflaeche.gleichzeitig import Fenster

pytestmark = pytest.mark.django_db
GEHEIM = "Schwester Petra Geheimnis"
GANZ = [(1, 0.0, 0.0, 5000.0, 5000.0)]


def loaded_pdf() -> bytes:
    """A PDF that carries the secret in its text, its metadata, an attachment and a bookmark."""
    pdf = text_pdf(GEHEIM, "Zweite Seite")
    pdf.docinfo["/Title"] = GEHEIM
    with pdf.open_metadata() as meta:
        meta["dc:title"] = GEHEIM
    pdf.attachments["geheim.txt"] = GEHEIM.encode()
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(GEHEIM, 0))
    return saved(pdf)


def everything_in(data: bytes) -> str:
    """Return all strings, names and unpacked streams of a PDF, and its bytes."""
    teile = [data.decode("latin-1")]
    with pikepdf.open(BytesIO(data)) as pdf:
        for obj in pdf.objects:
            teile.append(repr(obj))
            if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") != "/Image":
                teile.append(obj.read_bytes().decode("latin-1"))
    return "\n".join(teile)


def words_in(data: bytes) -> str:
    pdf = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_bounded() for page in pdf)


@pytest.fixture
def case(fallmanager):
    return make_fall(fallmanager)


@pytest.fixture
def original(case, fallmanager) -> Unterlage:
    data = make_pdf(GEHEIM, "Zweite Seite")
    summe = hashlib.sha256(data).hexdigest()
    annahme = Annahme("g.pdf", Pruefung("pdf", data, 2, GEHEIM), summe, True)
    [row] = file_unterlagen(
        case=case, dateien=[annahme], angaben=make_angaben(), by=fallmanager, zeitpunkt=JETZT
    )
    return row


@pytest.fixture
def zweite(fallmanager):
    return make_fallmanager("zweite", fallmanager.team)


def blackened_copy(original, by, bereiche=GANZ) -> Schwaerzung:
    return services.create_schwaerzung(
        unterlage=original, bereiche=bereiche, grund="Angaben Dritter", by=by, zeitpunkt=JETZT
    )


def test_nothing_of_the_rest_is_in_the_copy():
    data = loaded_pdf()
    assert GEHEIM in words_in(data)
    pdf, seiten = blacken_apart("pdf", data, GANZ, 2)
    assert (seiten, words_in(pdf)) == (2, "")
    alles = everything_in(pdf)
    for spur in (
        "Schwester",
        "Geheimnis",
        "geheim.txt",
        "/Font",
        "/Info",
        "/Metadata",
        "/Outlines",
    ):
        assert spur not in alles, spur
    with pikepdf.open(BytesIO(pdf)) as gelesen:
        arten = {str(o.get("/Type", "")) for o in gelesen.objects if hasattr(o, "keys")}
        assert arten <= {"/Catalog", "/Pages", "/Page", "/XObject", "", "/XRef", "/ObjStm"}
        assert not gelesen.attachments
    assert blacken("pdf", data, GANZ)[0] == pdf


def test_the_areas_are_black_to_their_edges_and_the_rest_is_seen():
    pdf, _ = blacken_apart("pdf", make_pdf("Text " * 5), [(1, 20.0, 30.0, 50.0, 40.0)], 1)
    seite = pypdfium2.PdfDocument(pdf)[0]
    je_mm = 6
    bild = seite.render(scale=je_mm * 25.4 / 72).to_pil().convert("L")
    assert abs(seite.get_size()[0] - pypdfium2.PdfDocument(make_pdf("x"))[0].get_size()[0]) < 1
    innen = bild.crop((20 * je_mm, 30 * je_mm, 70 * je_mm, 70 * je_mm))
    assert innen.getextrema()[1] < 40
    assert bild.crop((80 * je_mm, 30 * je_mm, 120 * je_mm, 70 * je_mm)).getextrema()[0] > 200


@pytest.mark.parametrize("art", ["jpeg", "png", "tiff"])
def test_an_image_becomes_a_page_of_210_mm(art):
    pdf, seiten = blacken_apart(art, make_image(art, (600, 400)), [(1, 0.0, 0.0, 105.0, 140.0)], 1)
    seite = pypdfium2.PdfDocument(pdf)[0]
    assert (seiten, round(seite.get_size()[0] * 25.4 / 72)) == (1, 210)
    bild = seite.render(scale=1).to_pil().convert("L")
    assert bild.getpixel((bild.width // 4, bild.height // 2)) < 40
    assert bild.getpixel((bild.width * 3 // 4, bild.height // 2)) > 40


def test_one_page_is_shown_with_its_size():
    mime, roh, mm = blacken_page_apart("pdf", make_pdf("A", "B"), GANZ, 2)
    assert mime.startswith("image/")
    assert Image.open(BytesIO(roh)).convert("L").getextrema()[1] > 200
    assert mm[0] < mm[1]


def test_too_many_pages_are_refused():
    with pytest.raises(Ablehnung, match="höchstens 100 Seiten"):
        blacken_apart("pdf", make_pdf(*["x"] * (SEITEN_HOECHSTENS + 1)), GANZ, 101)


def test_copy_is_a_document_of_its_own_and_the_original_stays(original, fallmanager):
    vorher = content_of(original)
    row = blackened_copy(original, fallmanager)
    original.refresh_from_db()
    assert content_of(original) == vorher
    assert (row.kopie.titel, row.kopie.art) == ("Gutachten (geschwärzt)", original.art)
    assert (row.kopie.mit_text, text_of(row.kopie), row.state) == (False, "", "vorgelegt")
    assert words_in(content_of(row.kopie)) == ""


def test_kopie_freigegeben(original, case, fallmanager, zweite, client):
    """Before the release the copy neither leaves with a letter nor as a file."""
    row = blackened_copy(original, fallmanager)
    assert guards.kopie_freigegeben(None) is None
    assert "noch nicht" in guards.kopie_freigegeben(row).text
    assert list(sendable_unterlagen(case)) == [original]
    client.force_login(fallmanager)
    url = reverse("unterlage_datei", args=[case.pk, row.kopie_id])
    assert client.get(url).status_code == 302
    services.release_schwaerzung(schwaerzung=row, by=zweite, zeitpunkt=JETZT)
    assert set(sendable_unterlagen(case)) == {original, row.kopie}
    assert client.get(url).content.startswith(b"%PDF-")


def test_schwaerzung_durch_zweite_person(original, fallmanager, zweite):
    row = blackened_copy(original, fallmanager)
    assert guards.schwaerzung_durch_zweite_person(row, fallmanager).norm == "Vier-Augen-Grundsatz"
    assert guards.schwaerzung_durch_zweite_person(row, zweite) is None
    with pytest.raises(SchrittUnzulaessig, match="selbst geschwärzt"):
        services.release_schwaerzung(schwaerzung=row, by=fallmanager, zeitpunkt=JETZT)
    row.freigegeben_von, row.freigegeben_am, row.state = fallmanager, HEUTE, "freigegeben"
    with pytest.raises(DatabaseError, match="schwaerzung_vier_augen"), transaction.atomic():
        row.save()


def test_nur_seiten(original, case, fallmanager):
    assert guards.nur_seiten(original) is None
    text = make_unterlage(case, fallmanager, "Nur Text")
    assert "PDF-Dateien und Bilder" in guards.nur_seiten(text).text
    with pytest.raises(SchrittUnzulaessig, match="PDF-Dateien und Bilder"):
        blackened_copy(text, fallmanager)
    original.irrtuemlich_am = JETZT
    assert "gesperrt" in guards.nur_seiten(original).text


def test_kein_abbild(original, fallmanager):
    row = blackened_copy(original, fallmanager)
    assert guards.kein_abbild(original, None) is None
    with pytest.raises(SchrittUnzulaessig, match="schon eine geschwärzte Kopie"):
        blackened_copy(row.kopie, fallmanager)


def test_bereiche_auf_den_seiten(original, fallmanager):
    assert guards.bereiche_auf_den_seiten(GANZ, 1) is None
    assert "mindestens einen" in guards.bereiche_auf_den_seiten([], 1).text
    with pytest.raises(SchrittUnzulaessig, match="Seite 3 gibt es nicht"):
        blackened_copy(original, fallmanager, [(3, 0.0, 0.0, 1.0, 1.0)])


def test_a_dropped_copy_is_locked_and_the_next_begins_with_its_areas(
    original, fallmanager, zweite, case
):
    row = blackened_copy(original, fallmanager, [(1, 20.0, 45.5, 80.0, 12.0)])
    services.reject_schwaerzung(
        schwaerzung=row, grund="Name unten noch lesbar", by=zweite, zeitpunkt=JETZT
    )
    row.kopie.refresh_from_db()
    assert row.kopie.gesperrt
    with pytest.raises(SchrittUnzulaessig, match="verworfen"):
        services.release_schwaerzung(schwaerzung=row, by=zweite, zeitpunkt=JETZT)
    url = reverse("schwaerzung_neu", args=[case.pk, original.pk])
    fenster = Fenster.open(fallmanager, url)
    assert fenster.read()["bereiche"] == ["1; 20; 45,5; 80; 12"]


def test_areas_are_read_as_people_write_them():
    text = "1; 20; 45,5; 80; 12\n\n 2 ganz\n3 1 2 3 4"
    bereiche = read_bereiche(text)
    assert bereiche[0] == (1, 20.0, 45.5, 80.0, 12.0)
    assert write_bereiche(bereiche) == "1; 20; 45,5; 80; 12\n2 ganz\n3; 1; 2; 3; 4"
    for falsch in (
        "1; 2; 3",
        "eins; 1; 1; 1; 1",
        "1; 1; 1; 0; 5",
        "1; -1; 1; 1; 1",
        "1; 1; 1; 1; 9999",
        "1; nan; nan; nan; nan",
        "1; nan; -5; 10; 10",
    ):
        with pytest.raises(ValueError, match="Zeile 1"):
            read_bereiche(falsch)


def test_pages_ask_show_and_release(original, case, fallmanager, zweite):
    fenster = Fenster.open(fallmanager, reverse("schwaerzung_neu", args=[case.pk, original.pk]))
    felder = fenster.read()
    felder["bereiche"], felder["grund"] = ["1; 1"], ["Angaben der Schwester"]
    answer = fenster.send(felder)
    assert answer.status_code == 422
    assert "ist nicht lesbar" in answer.content.decode()
    felder["bereiche"], felder["seite"] = ["1 ganz"], ["2"]
    for keine in ("9" * 5000, "²", "0", "nan"):
        gezeigt = fenster.send({**felder, "seite": [keine], "einfuegen": ["1"]})
        assert gezeigt.context["blatt"]["nummer"] == 1
    gezeigt = fenster.send({**felder, "einfuegen": ["1"]})
    assert gezeigt.context["blatt"]["nummer"] == 2
    assert "data:image/" in gezeigt.content.decode()
    assert not Schwaerzung.objects.exists()
    assert fenster.send(felder).status_code == 302
    row = Schwaerzung.objects.get()
    url = reverse("schwaerzung_freigeben", args=[case.pk, row.pk])
    selbst = fenster.client.get(url).content.decode()
    assert "selbst geschwärzt" in selbst
    andere = Fenster.open(zweite, url)
    felder = andere.read()
    assert andere.send(felder).status_code == 422
    assert andere.send({**felder, "angesehen": ["on"]}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.freigegeben_von) == ("freigegeben", zweite)


def test_the_second_person_finds_it_on_her_desk(original, fallmanager, zweite):
    blackened_copy(original, fallmanager)
    [zeile] = rows_of([KURZQUELLE], zweite, HEUTE)
    assert "Gutachten" in zeile.titel
    assert rows_of([KURZQUELLE], fallmanager, HEUTE) == []
