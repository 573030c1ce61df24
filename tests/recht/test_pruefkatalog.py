from datetime import date

import pytest

from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig
from recht.grad import GRADE
from recht.pruefkatalog import LISTEN, pruefkriterien

TAGE = [date(2010, 6, 1), date(2018, 6, 1), date(2026, 6, 1)]


@pytest.mark.parametrize(
    ("tag", "anzahl"),
    [
        (TAGE[0], [9, 5, 4, 3, 10, 1]),
        (TAGE[1], [9, 5, 4, 3, 10, 2]),
        (TAGE[2], [8, 5, 4, 3, 10, 3]),
    ],
)
def test_lists_have_the_length_of_their_law(tag, anzahl):
    assert [len(pruefkriterien(liste, tag)) for liste in LISTEN] == anzahl


def test_income_and_assets_are_no_condition_since_2020():
    vorher = {k.schluessel for k in pruefkriterien("voraussetzung", date(2019, 12, 31))}
    nachher = {k.schluessel for k in pruefkriterien("voraussetzung", date(2020, 1, 1))}
    assert vorher - nachher == {"einkommensgrenze", "vermoegensgrenze"}


def test_every_line_has_key_norm_and_grade():
    for tag in TAGE:
        rows = [k for liste in LISTEN for k in pruefkriterien(liste, tag)]
        assert len({k.schluessel for k in rows}) == len(rows)
        assert {k.grad for k in rows} <= set(GRADE)
        assert [k for k in rows if not k.norm or not k.bezeichnung] == []


def test_claim_since_2018_is_marked_as_interpretation():
    rows = [k for k in pruefkriterien("hinweis", date(2026, 6, 1)) if k.grad == "I"]
    assert [(k.schluessel, k.norm) for k in rows] == [("rechtsanspruch", "§ 29 Abs. 1 S. 1 SGB IX")]
    assert [k for k in pruefkriterien("hinweis", date(2010, 6, 1)) if k.grad == "I"] == []


def test_unknown_list_and_uncovered_day_are_errors():
    with pytest.raises(EingabeUngueltig, match="Die Liste „punkte“ gibt es nicht"):
        pruefkriterien("punkte", date(2026, 6, 1))
    with pytest.raises(AusserhalbDerDeckung, match="kein Rechtsstand hinterlegt"):
        pruefkriterien("ziel", date(2003, 12, 31))
