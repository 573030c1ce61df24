"""The wording of the notice on data: from which day, with which points and sources."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from recht.datenschutzhinweis import FASSUNGEN, PFLICHT_AB, datenschutzhinweis
from recht.fehler import AusserhalbDerDeckung
from recht.rechtsstand import DECKUNG_BIS

# What Art. 13 Abs. 1 and 2 DSGVO list, in the words of the notice.
VERLANGT = (
    "Wozu",
    "Welche Daten",
    "Woher",
    "Wer sie erhält",
    "Wie lange",
    "nicht angeben",
    "Ihre Rechte",
    "An wen Sie sich wenden",
    "Wer entscheidet",
)


@pytest.mark.parametrize("tag", [PFLICHT_AB, date(2026, 11, 30), DECKUNG_BIS])
def test_notice_holds_every_point_with_its_source(tag):
    punkte = datenschutzhinweis(tag).punkte
    assert [wort for wort in VERLANGT if not any(wort in p.titel for p in punkte)] == []
    assert [p.titel for p in punkte if not p.norm or not p.text.endswith(".")] == []


def test_before_the_law_there_is_none():
    with pytest.raises(AusserhalbDerDeckung, match="seit dem 25"):
        datenschutzhinweis(date(2018, 5, 24))


def test_wordings_leave_no_gap_and_no_overlap():
    tage = [(f.gueltig_ab, f.gueltig_bis) for f in FASSUNGEN]
    assert tage[0][0] == PFLICHT_AB
    assert tage[-1][1] == DECKUNG_BIS
    assert all((b[0] - a[1]).days == 1 for a, b in pairwise(tage))
    assert len({f.fassung for f in FASSUNGEN}) == len(FASSUNGEN)
