"""Every template gives a file that keeps (PDF/A-3a) and that is read aloud (PDF/UA-1)."""

from __future__ import annotations

import pytest

from cases.schreiben.satz.brief import render_brief
from tests.cases.schreiben.briefproben import in_large_print, letters
from tests.cases.schreiben.pruefer import check_pdf
from tests.cases.schreiben.test_pdf import failures

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def briefe(django_db_setup, django_db_blocker):
    """One letter of every kind and variant; the rows they came from are taken back."""
    return letters(django_db_blocker)


# The letters are read in parts, so that two workers share them.
TEILE = 3


@pytest.mark.parametrize("teil", range(TEILE))
@pytest.mark.parametrize("gross", [False, True], ids=["normal", "gross"])
def test_every_letter_is_archivable_and_accessible(briefe, gross, teil):
    assert len(briefe) > 45
    fehler = {}
    for name in sorted(briefe)[teil::TEILE]:
        art, daten = briefe[name]
        gesetzt = in_large_print(daten) if gross else daten
        pdf = render_brief(art=art, titel="Probe", daten=gesetzt).pdf
        if found := [*failures(pdf), *check_pdf(pdf)]:
            fehler[name] = found
    assert fehler == {}
