from datetime import date
from decimal import Decimal

import pytest

from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig, ParameterUnbekannt
from recht.grenzen import einkommensgrenze, vermoegensgrenze
from recht.rechenweg import Schritt


@pytest.mark.parametrize(
    ("tag", "unterkunft", "angehoerige", "grenze"),
    [
        (date(2010, 6, 1), "400", 0, "1118.00"),
        (date(2010, 6, 1), "400", 2, "1622.00"),
        (date(2005, 1, 1), "0", 1, "932.00"),
        (date(2017, 12, 31), "350.50", 1, "1455.50"),
        (date(2026, 6, 1), "0", 0, "1126.00"),
    ],
)
def test_income_limit_of_the_sgb_xii(tag, unterkunft, angehoerige, grenze):
    assert einkommensgrenze(tag, Decimal(unterkunft), angehoerige).betrag == Decimal(grenze)


def test_income_limit_explains_itself():
    assert einkommensgrenze(date(2010, 6, 1), Decimal(400), 2).rechenweg == (
        Schritt("Grundbetrag: 718,00 €", "§ 85 Abs. 1 Nr. 1 SGB XII"),
        Schritt("Kosten der Unterkunft: 400,00 €", "§ 85 Abs. 1 Nr. 2 SGB XII"),
        Schritt("Familienzuschlag: 2 × 252,00 € = 504,00 €", "§ 85 Abs. 1 Nr. 3 SGB XII"),
        Schritt("Einkommensgrenze: 1.622,00 €", "§ 85 SGB XII"),
    )
    assert len(einkommensgrenze(date(2010, 6, 1), Decimal(400)).rechenweg) == 3


@pytest.mark.parametrize(
    ("tag", "partner", "unterhaltene", "grenze"),
    [
        (date(2010, 6, 1), False, 0, "2600"),
        (date(2010, 6, 1), True, 0, "3214"),
        (date(2010, 6, 1), True, 2, "3726"),
        (date(2016, 12, 31), False, 0, "2600"),
        (date(2017, 1, 1), False, 0, "27600"),
        (date(2017, 4, 1), False, 0, "30000"),
        (date(2019, 12, 31), True, 1, "35500"),
        (date(2020, 1, 1), False, 0, "57330"),
        (date(2026, 6, 1), True, 3, "71190"),
    ],
)
def test_protected_assets_by_time(tag, partner, unterhaltene, grenze):
    ergebnis = vermoegensgrenze(tag, partner=partner, unterhaltene=unterhaltene)

    assert ergebnis.betrag == Decimal(grenze)


def test_protected_assets_of_one_person_are_the_default():
    assert vermoegensgrenze(date(2010, 6, 1)).betrag == Decimal(2600)


def test_protected_assets_explain_themselves():
    alt = vermoegensgrenze(date(2018, 6, 1), partner=True, unterhaltene=2)
    neu = vermoegensgrenze(date(2026, 6, 1))

    assert [schritt.text for schritt in alt.rechenweg] == [
        "leistungsberechtigte Person: 1 × 5.000,00 €",
        "Partner: 1 × 5.000,00 €",
        "unterhaltene Personen: 2 × 500,00 €",
        "zusätzlich in der Eingliederungshilfe: 1 × 25.000,00 €",
        "Vermögensgrenze: 36.000,00 €",
    ]
    assert [schritt.norm for schritt in alt.rechenweg][-2:] == ["§ 60a SGB XII", "§ 90 SGB XII"]
    assert neu.rechenweg == (
        Schritt("Bezugsgröße: 47.460,00 €", "§ 18 Abs. 1 SGB IV"),
        Schritt("davon 150 % = 71.190,00 €", "§ 139 S. 2 SGB IX"),
    )


def test_impossible_input_is_refused():
    tag = date(2010, 6, 1)
    with pytest.raises(EingabeUngueltig, match="Unterkunft"):
        einkommensgrenze(tag, Decimal(-1))
    with pytest.raises(EingabeUngueltig, match="Angehörige"):
        einkommensgrenze(tag, Decimal(1), -1)
    with pytest.raises(EingabeUngueltig, match="Unterhaltene"):
        vermoegensgrenze(tag, unterhaltene=31)
    with pytest.raises(AusserhalbDerDeckung, match="kein Rechtsstand hinterlegt"):
        einkommensgrenze(date(2003, 6, 1), Decimal(1))
    with pytest.raises(ParameterUnbekannt, match="kein Wert hinterlegt"):
        vermoegensgrenze(date(2004, 6, 1))
