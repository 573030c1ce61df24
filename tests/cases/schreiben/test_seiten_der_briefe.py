"""Every template on paper: nothing stands alone, nothing is torn, no page ends early."""

from __future__ import annotations

import pytest

from cases.registry.beitrag import registry
from tests.cases.schreiben.bilder import with_bilder
from tests.cases.schreiben.briefproben import FASSUNGEN, in_large_print, letters
from tests.cases.schreiben.seiten import check_pages, set_pages

pytestmark = pytest.mark.django_db
_KEINE_BRIEFE = ("probe", "x.html")


@pytest.fixture(scope="module")
def briefe(django_db_setup, django_db_blocker):
    """The letters of all templates; the rows they came from are taken back."""
    return letters(django_db_blocker)


def test_every_template_is_read(briefe):
    vorlagen = {
        art.template
        for art in registry.schreibenarten.values()
        if not art.template.startswith(_KEINE_BRIEFE)
    }
    assert vorlagen == {registry.schreibenarten[art].template for art, _ in briefe.values()}


# The letters are read in parts, so that two workers share them.
TEILE = 3


def _names(briefe) -> list[str]:
    """Return the letters to read: the sheet in plain words stands behind the same letter."""
    return sorted(name for name in briefe if f"{name} einfach" not in briefe)


@pytest.mark.parametrize("teil", range(TEILE))
@pytest.mark.parametrize("gross", [False, True], ids=["normal", "Großdruck"])
def test_pages_hold_together_with_logo_and_seal(briefe, gross, teil):
    """As they were told; what is done with their data is read without pictures below."""
    fehler = {}
    for name in _names(briefe)[teil::TEILE]:
        art, daten = briefe[name]
        gesetzt = with_bilder(daten)
        pages = set_pages(art, in_large_print(gesetzt) if gross else gesetzt)
        if found := check_pages(pages):
            fehler[name] = found
    assert fehler == {}


@pytest.mark.parametrize("teil", range(TEILE))
@pytest.mark.parametrize("gross", [False, True], ids=["normal", "Großdruck"])
@pytest.mark.parametrize("fassung", [name for name in FASSUNGEN if name != "wie erzählt"])
def test_pages_hold_together(briefe, fassung, gross, teil):
    fehler = {}
    for name in _names(briefe)[teil::TEILE]:
        art, daten = briefe[name]
        gesetzt = FASSUNGEN[fassung](daten)
        pages = set_pages(art, in_large_print(gesetzt) if gross else gesetzt)
        if found := check_pages(pages):
            fehler[name] = found
    assert fehler == {}
