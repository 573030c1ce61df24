"""Signature, logo and seal of the authority in a browser: what is chosen is seen at once."""

from __future__ import annotations

import pytest

from cases.models import Behoerdenbild
from cases.states.rolle import Rolle
from tests.cases.behoerde.bildproben import encoded, make_image
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def leute(behoerde):
    for name in ("erste", "zweite"):
        make_user(name, Rolle.FACHADMINISTRATION)


def check(seite) -> None:
    seite.ohne_barrieren()
    seite.passt_in(320)


def test_the_example_follows_the_choice(neue_seite, leute):
    seite = neue_seite()
    seite.anmelden("erste")
    assert seite.offen("/behoerde/unterschrift/") == 200
    beispiel = seite.page.locator("[data-fw-zeichnung-beispiel]")
    assert "Im Auftrag" in beispiel.inner_text()
    seite.page.fill("[name=amtsleitung]", "Die Landrätin")
    seite.page.check("[name=zusatz_leitung][value=in_vertretung]")
    beispiel.get_by_text("In Vertretung").wait_for()
    assert beispiel.get_by_text("Die Landrätin").count() == 2
    check(seite)
    seite.klick("Speichern")
    assert "Die Regel für die Unterschrift ist gespeichert." in seite.text()
    check(seite)


def test_a_logo_needs_two_people(neue_seite, leute):
    seite = neue_seite()
    seite.anmelden("erste")
    assert seite.offen("/behoerde/bilder/logo/neu/") == 200
    seite.page.set_input_files(
        "[name=datei]", {"name": "x.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}
    )
    seite.page.fill("[name=alternativtext]", "Wappen des Landkreises Musterau")
    seite.klick("Zur Freigabe vorlegen")
    assert "kein PNG- und kein JPEG-Bild" in seite.text()
    check(seite)
    seite.page.set_input_files(
        "[name=datei]",
        {"name": "x.png", "mimeType": "image/png", "buffer": encoded(make_image())},
    )
    seite.klick("Zur Freigabe vorlegen")
    assert "Sie haben dieses Bild selbst hochgeladen." in seite.text()
    check(seite)
    zweite = neue_seite()
    zweite.anmelden("zweite")
    assert zweite.offen("/behoerde/bilder/") == 200
    zweite.klick("Freigeben")
    check(zweite)
    zweite.klick("Bild freigeben")
    assert "Das Bild ist freigegeben." in zweite.text()
    assert Behoerdenbild.objects.get().state == "gueltig"
