"""Documents and notes as somebody uses them: upload, preview, search, faults, note, amendment."""

from __future__ import annotations

import pytest

from tests.cases.unterlage import proben
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db(transaction=True)


def choose(seite, ordner, *dateien: tuple[str, bytes]) -> None:
    for name, data in dateien:
        (ordner / name).write_bytes(data)
    seite.page.set_input_files("input[name=dateien]", [ordner / name for name, _ in dateien])


def test_documents_from_upload_to_search(neue_seite, fallmanager, tmp_path):
    case = make_fall(fallmanager)
    seite = neue_seite()
    seite.anmelden("fallmanager")
    seite.offen(f"/faelle/{case.pk}/unterlagen/")
    assert "Es ist noch keine Unterlage abgelegt." in seite.text()
    seite.ohne_barrieren()
    seite.klick("Unterlagen ablegen")
    seite.page.select_option("select[name=art]", "gutachten")
    seite.page.fill("input[name=datum]", "02.01.2020")
    seite.page.fill("input[name=verfasser]", "Praxis Lindner")
    choose(
        seite,
        tmp_path,
        ("falsch.pdf", proben.make_image("JPEG")),
        ("gross.pdf", b"\0" * 50 * 2**20),
    )
    assert "gross.pdf (50 MB)" in seite.text()
    seite.klick("Unterlagen ablegen")
    seite.page.locator("[data-fw-fehler]").wait_for()
    assert "Die Datei ist 50,0 MB groß. Erlaubt sind 25 MB." in seite.text()
    assert "ist nach ihrem Inhalt aber ein JPEG-Bild" in seite.text()
    assert seite.page.input_value("input[name=verfasser]") == "Praxis Lindner"
    seite.ohne_barrieren()
    seite.passt_in(320)
    choose(seite, tmp_path, ("Gutachten Lindner.pdf", proben.make_pdf("Ein Rollstuhl ist noetig.")))
    seite.klick("Unterlagen ablegen")
    seite.page.get_by_text("Die Unterlage ist abgelegt.").wait_for()
    assert "Die Unterlage ist abgelegt." in seite.text()
    seite.ohne_barrieren()
    seite.klick("Vorschau")
    assert seite.page.locator("figure img").count() == 1
    seite.ohne_barrieren()
    seite.passt_in(320)
    seite.offen("/unterlagen/")
    seite.page.fill("main input[name=suchtext]", "Rollstuhl")
    seite.klick("Suchen")
    assert seite.page.inner_text("main mark") == "Rollstuhl"
    seite.ohne_barrieren()
    seite.passt_in(320)


def test_note_and_amendment(neue_seite, fallmanager):
    case = make_fall(fallmanager)
    seite = neue_seite()
    seite.anmelden("fallmanager")
    seite.offen(f"/faelle/{case.pk}/chronik/")
    seite.ohne_barrieren()
    seite.page.fill("#schnell-text", "Die Rampe fehlt noch.")
    seite.klick("Speichern")
    seite.page.get_by_text("Der Vermerk ist gespeichert.").wait_for()
    assert "Der Vermerk ist gespeichert." in seite.text()
    seite.klick("Nachtrag schreiben")
    seite.page.fill("textarea[name=text]", "Die Rampe ist bestellt.")
    seite.klick("Nachtrag speichern")
    seite.page.get_by_text("Der Nachtrag ist gespeichert.").wait_for()
    assert "Die Rampe ist bestellt." in seite.text()
    seite.ohne_barrieren()
    seite.offen(f"/faelle/{case.pk}/chronik/")
    seite.page.fill("main input[name=text]", "Rampe")
    seite.klick("Anzeigen")
    assert seite.page.locator("main .fw-chronik__punkt").count() == 2
    seite.ohne_barrieren()
    seite.passt_in(320)
