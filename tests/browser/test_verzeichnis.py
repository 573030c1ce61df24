"""The directory in a browser: find, add in spite of a warning, merge, undo."""

from __future__ import annotations

import pytest

from cases.models import Leistungserbringer
from tests.cases.verzeichnis.bausteine import make_admin, make_erbringer
from tests.fabriken import make_behoerde, make_fallmanager

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def leute():
    make_behoerde()
    make_fallmanager()
    make_admin()


def check(seite) -> None:
    seite.ohne_barrieren()
    seite.passt_in(320)


def go(seite, name: str) -> None:
    """Press and wait for the page that follows, even when it has the same address."""
    with seite.page.expect_navigation():
        seite.klick(name)


def search(seite, text: str) -> None:
    seite.page.fill("#suchtext", text)
    go(seite, "Suchen")


def test_entry_is_found_doubled_merged_and_separated(neue_seite, leute):
    alt = make_erbringer("Lebenshilfe Musterau e. V.")
    seite = neue_seite()
    seite.anmelden("fallmanager")
    seite.offen("/verzeichnis/?bereich=erbringer")
    search(seite, "Lebenshife")
    assert "Lebenshilfe Musterau e. V." in seite.text()
    assert "Lebenshife" not in seite.page.url
    check(seite)
    go(seite, "Neuer Eintrag")
    check(seite)
    go(seite, "Speichern")
    check(seite)
    felder = {"name": "Lebenshilfe Musterau", "strasse": "Weg 3", "plz": "70999", "ort": "Musterau"}
    for name, wert in felder.items():
        seite.page.fill(f"[name={name}]", wert)
    go(seite, "Speichern")
    assert "Gibt es den Eintrag schon?" in seite.text()
    assert seite.page.input_value("[name=strasse]") == "Weg 3"
    check(seite)
    seite.page.check("[name=trotzdem]")
    go(seite, "Speichern")
    assert "Der Eintrag ist angelegt." in seite.text()
    check(seite)
    neu = Leistungserbringer.objects.get(name="Lebenshilfe Musterau")
    merge_and_undo(neue_seite(), alt, neu)


def merge_and_undo(seite, alt: Leistungserbringer, neu: Leistungserbringer) -> None:
    seite.anmelden("admin")
    seite.offen("/verzeichnis/doppel/")
    check(seite)
    go(seite, "Vergleichen")
    check(seite)
    go(seite, "Zusammenführen")
    assert "Die Einträge sind zusammengeführt." in seite.text()
    check(seite)
    neu.refresh_from_db()
    assert neu.zusammengefuehrt_in == alt
    go(seite, "Ansehen und rückgängig machen")
    check(seite)
    go(seite, "Rückgängig machen")
    assert "Die Zusammenführung ist rückgängig gemacht." in seite.text()
    check(seite)
    neu.refresh_from_db()
    assert neu.zusammengefuehrt_in is None
    assert [m for m in seite.meldungen if "422" not in m] == []


def test_empty_directory_is_accessible(neue_seite, leute):
    seite = neue_seite()
    seite.anmelden("admin")
    for pfad in ("/verzeichnis/", "/verzeichnis/doppel/"):
        assert seite.offen(pfad) == 200
        check(seite)
