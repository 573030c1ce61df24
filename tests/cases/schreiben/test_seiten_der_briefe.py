"""Every template on paper: nothing stands alone, nothing is torn, no page ends early."""

from __future__ import annotations

import pytest
from django.db import transaction

from cases.registry.beitrag import registry
from tests.cases.schreiben.briefproben import FASSUNGEN, collect, in_large_print
from tests.cases.schreiben.seiten import check_pages, set_pages

pytestmark = pytest.mark.django_db
_KEINE_BRIEFE = ("probe", "x.html")


@pytest.fixture(scope="module")
def briefe(django_db_setup, django_db_blocker):
    """The letters of all templates; the rows they came from are taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        gesammelt = collect()
        transaction.set_rollback(True)
    return gesammelt


def test_every_template_is_read(briefe):
    vorlagen = {
        art.template
        for art in registry.schreibenarten.values()
        if not art.template.startswith(_KEINE_BRIEFE)
    }
    assert vorlagen == {registry.schreibenarten[art].template for art, _ in briefe.values()}


# The letters are read in parts, so that two workers share them.
TEILE = 3


@pytest.mark.parametrize("teil", range(TEILE))
@pytest.mark.parametrize("gross", [False, True], ids=["normal", "Großdruck"])
@pytest.mark.parametrize("fassung", FASSUNGEN)
def test_pages_hold_together(briefe, fassung, gross, teil):
    fehler = {}
    for name in sorted(briefe)[teil::TEILE]:
        art, daten = briefe[name]
        gesetzt = FASSUNGEN[fassung](daten)
        pages = set_pages(art, in_large_print(gesetzt) if gross else gesetzt)
        if found := check_pages(pages):
            fehler[name] = found
    assert fehler == {}
