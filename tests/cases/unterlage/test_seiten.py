"""Pages of documents: upload with its messages, file, preview, rights, counts of queries."""

from __future__ import annotations

import email

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Lesezugriff, Unterlage
from tests.cases.unterlage import proben
from tests.cases.unterlage.bausteine import make_unterlage
from tests.fabriken import make_fall, make_fallmanager, make_team

pytestmark = pytest.mark.django_db
ANGABEN = {
    "art": "gutachten",
    "titel": "Gutachten",
    "datum": "10.11.2020",
    "eingegangen_am": "12.11.2020",
    "verfasser": "Praxis Lindner",
}


@pytest.fixture
def case(fallmanager, client):
    client.force_login(fallmanager)
    return make_fall(fallmanager)


def upload(client, case, *dateien: tuple[str, bytes], **felder: str):
    files = [SimpleUploadedFile(name, data) for name, data in dateien]
    url = reverse("unterlage_neu", args=[case.pk])
    return client.post(url, {**ANGABEN, **felder, "dateien": files})


def test_upload_files_each_document_and_says_what_was_removed(client, case):
    pdf = proben.text_pdf("Rollstuhl")
    pdf.docinfo["/Author"] = proben.GEHEIM
    antwort = upload(client, case, ("a.pdf", proben.saved(pdf)), ("b.txt", b"Notiz"))
    assert antwort["Location"] == reverse("fall_unterlagen", args=[case.pk])
    seite = client.get(antwort["Location"]).content.decode()
    assert "2 Unterlagen sind abgelegt. Entfernt: Metadaten (z. B. Bearbeiter" in seite
    assert list(Unterlage.objects.order_by("pk").values_list("dateiart", "mit_text")) == [
        ("pdf", True),
        ("txt", True),
    ]


def test_too_large_upload_gets_its_message_and_keeps_what_was_typed(client, case, settings):
    settings.DATEI_MB = 1
    antwort = upload(client, case, ("gross.pdf", b"x" * 2_200_000))
    text = antwort.content.decode()
    assert antwort.status_code == 422
    assert "„gross.pdf“: Die Datei ist 2,1 MB groß. Erlaubt sind 1 MB." in text
    assert 'value="Praxis Lindner"' in text


def test_fifty_megabytes_are_read_but_not_kept(client, case):
    antwort = upload(client, case, ("scan.pdf", b"\0" * 50 * 1024 * 1024))
    assert antwort.status_code == 422
    assert "Die Datei ist 50,0 MB groß. Erlaubt sind 25 MB." in antwort.content.decode()


@pytest.mark.parametrize(
    ("felder", "grund"),
    [
        ({"datum": "01.01.2199"}, "Der 01.01.2199 liegt in der Zukunft."),
        ({"eingegangen_am": "09.11.2020"}, "Der Eingang liegt vor dem Datum der Unterlage"),
        ({"gueltig_bis": "01.01.2019"}, "Das Ende liegt vor dem Datum der Unterlage"),
        ({"wiedervorlage": "28"}, "Für die Wiedervorlage fehlt, bis wann sie gilt."),
    ],
)
def test_wrong_angaben_get_their_message(client, case, felder, grund):
    antwort = upload(client, case, ("a.txt", b"Text"), **felder)
    assert antwort.status_code == 422
    assert grund in antwort.content.decode()
    assert Unterlage.objects.count() == 0


def test_one_bad_file_files_none(client, case):
    antwort = upload(client, case, ("a.txt", b"Text"), ("b.pdf", b"MZ" + b"\0" * 200))
    assert "Keine der Dateien wurde abgelegt" in antwort.content.decode()
    assert Unterlage.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    [
        'a"; filename=b.exe.txt',
        "a;b=c.txt",
        "a\r\nSet-Cookie: x=1.txt",
        "Größe 50 % – “neu”.txt",
        "a\\b.txt",
    ],
)
def test_no_file_name_adds_to_the_header(client, case, fallmanager, name):
    row = make_unterlage(case, fallmanager, "Text", name=name)
    antwort = client.get(reverse("unterlage_datei", args=[case.pk, row.pk]))
    kopf = email.message_from_string(f"Content-Disposition: {antwort['Content-Disposition']}\n\n")
    assert antwort.status_code == 200
    assert "Set-Cookie" not in antwort.headers
    assert kopf.keys() == ["Content-Disposition"]
    werte = kopf.get_params(header="Content-Disposition")
    assert [schluessel for schluessel, _ in werte] == ["attachment", "filename"]
    assert kopf.get_filename() == row.originalname


def test_eleven_files_are_too_many(client, case):
    antwort = upload(client, case, *((f"{n}.txt", b"Text %d" % n) for n in range(11)))
    assert "Sie haben 11 Dateien ausgewählt. Möglich sind 10" in antwort.content.decode()


def test_file_is_only_ever_saved_and_its_reading_logged(client, case, fallmanager):
    row = make_unterlage(case, fallmanager, "Text", name="Übersicht.txt")
    antwort = client.get(reverse("unterlage_datei", args=[case.pk, row.pk]))
    assert antwort.content == b"Text"
    assert antwort["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%9C")
    assert antwort["X-Content-Type-Options"] == "nosniff"
    assert antwort["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert antwort["Cache-Control"] == "no-store, private"
    assert Lesezugriff.objects.filter(route="unterlage_datei", case=case).count() == 1


def test_preview_draws_pages_and_offers_their_text(client, case):
    upload(client, case, ("a.pdf", proben.make_pdf("Erste Seite", "Zweite Seite")))
    row = Unterlage.objects.get()
    antwort = client.get(reverse("unterlage_vorschau", args=[case.pk, row.pk]))
    assert [n for n, _ in antwort.context["bilder"]] == [1, 2]
    assert antwort.context["bilder"][0][1].startswith("data:image/png;base64,")
    assert "Zweite Seite" in antwort.content.decode()


def test_locked_document_leads_back_with_the_reason(client, case, fallmanager):
    row = make_unterlage(case, fallmanager, "Text")
    Unterlage.objects.filter(pk=row.pk).update(pruefstand="befallen")
    for name in ("unterlage_datei", "unterlage_vorschau"):
        antwort = client.get(reverse(name, args=[case.pk, row.pk]), follow=True)
        assert "In ihr wurde Schadsoftware gefunden." in antwort.content.decode()


def test_document_of_another_case_does_not_exist(client, case, fallmanager):
    row = make_unterlage(make_fall(fallmanager), fallmanager, "Text")
    for name in ("unterlage", "unterlage_datei", "unterlage_vorschau", "unterlage_berichtigen"):
        assert client.get(reverse(name, args=[case.pk, row.pk])).status_code == 404


def test_outsider_gets_nothing(client, case, fallmanager):
    row = make_unterlage(case, fallmanager, "Text")
    client.force_login(make_fallmanager("fremd", make_team("Team Süd")))
    assert client.get(reverse("unterlage_datei", args=[case.pk, row.pk])).status_code == 404


def test_list_costs_the_same_with_many_rows(
    client, case, fallmanager, django_assert_max_num_queries
):
    for n in range(60):
        make_unterlage(case, fallmanager, f"Text {n}", titel=f"Bericht {n}")
    url = reverse("fall_unterlagen", args=[case.pk])
    client.get(url)
    with django_assert_max_num_queries(12):
        antwort = client.get(url)
    assert (len(antwort.context["zeilen"]), antwort.context["seite"].paginator.count) == (50, 60)


def test_excerpt_is_escaped(client, case, fallmanager):
    make_unterlage(case, fallmanager, "Ein Rollstuhl & die <Rampe zum Haus")
    antwort = client.post(reverse("unterlagen_suche"), {"suchtext": "Rollstuhl"})
    text = antwort.content.decode()
    [treffer] = antwort.context["ergebnis"].treffer
    assert ("Rollstuhl", True) in treffer.auszug
    assert "<mark>Rollstuhl</mark> &amp; die &lt;Rampe" in text
