from datetime import date

import pytest

from recht.eingliederungshilfe import GRUNDLAGEN, genannte_paragrafen, is_eingliederungshilfe
from recht.norm import parse_normen

A, UE, B = date(2010, 6, 1), date(2019, 12, 31), date(2020, 1, 1)


@pytest.mark.parametrize(
    ("norm", "buch", "genannt"),
    [
        ("§ 36 SGB XI", "SGB XI", {"36"}),
        ("§§ 61, 63 SGB XII", "SGB XI", set()),
        ("§ 113 Abs. 2 Nr. 2, § 78 SGB IX", "SGB IX", {"113", "78"}),
        ("§§ 53, 54 SGB XII i. V. m. § 55 SGB IX", "SGB XII", {"53", "54"}),
        ("§ 64b SGB XII", "SGB XII", {"64b"}),
    ],
)
def test_paragrafen_of_a_book(norm, buch, genannt):
    assert genannte_paragrafen(norm, buch) == genannt


@pytest.mark.parametrize(
    ("norm", "tag", "ja"),
    [
        ("§§ 53, 54 SGB XII", A, True),
        ("§ 54 SGB XII i. V. m. § 55 SGB IX", A, True),
        ("§ 55 SGB IX", A, True),
        ("§ 55 SGB IX", UE, True),
        ("§ 55 SGB IX", B, False),
        ("§ 78 SGB IX", date(2017, 12, 31), False),
        ("§ 78 SGB IX", date(2018, 1, 1), True),
        ("§§ 113, 78 SGB IX", UE, True),
        ("§ 113 Abs. 2 Nr. 2 SGB IX", UE, False),
        ("§ 113 Abs. 2 Nr. 2 SGB IX", B, True),
        ("§ 112 SGB IX", B, True),
        ("§§ 53, 54 SGB XII", B, True),
        ("§ 117 SGB IX", B, False),
        ("§§ 61, 63 SGB XII", B, False),
        ("§ 36 SGB XI", B, False),
        ("§ 29 SGB IX", B, False),
    ],
)
def test_the_day_decides_what_belongs_to_the_eingliederungshilfe(norm, tag, ja):
    assert is_eingliederungshilfe(norm, tag) == ja


def test_each_ground_is_cited():
    assert [str(parse_normen(g.norm)[0]) for g in GRUNDLAGEN] == [g.norm for g in GRUNDLAGEN]
    assert len(GRUNDLAGEN) == 4
