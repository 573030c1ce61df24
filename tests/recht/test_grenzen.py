from datetime import date
from decimal import Decimal

import pytest

from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig, ParameterUnbekannt
from recht.grenzen import (
    einkommenseinsatz,
    einkommensgrenze,
    vermoegensgrenze,
    vermoegensgrenze_pflege,
)
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
        Schritt("Bezugsgröße: 47.460,00 €", "§ 18 SGB IV"),
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


# Grundbetrag 2026: 2 × 563 € = 1.126 € (§ 85 Abs. 1 Nr. 1 SGB XII); with 500 € for housing 1.626 €.
@pytest.mark.parametrize(
    ("einkommen", "angehoerige", "prozent", "geschont", "einsatz"),
    [
        ("1626", 0, 100, False, "0.00"),
        ("1626.01", 0, 100, False, "0.01"),
        ("2000", 0, 50, False, "187.00"),
        ("2000", 0, 40, True, "149.60"),
        ("2000", 0, 0, False, "0.00"),
        # 70 % of 563 € for a partner: rounded up 395 € (§ 85 Abs. 1 Nr. 3 SGB XII).
        ("2021", 1, 100, False, "0.00"),
    ],
)
def test_einkommenseinsatz(einkommen, angehoerige, prozent, geschont, einsatz):
    ergebnis = einkommenseinsatz(
        date(2026, 5, 1), Decimal(einkommen), Decimal(500), angehoerige, prozent, geschont=geschont
    )
    assert ergebnis.betrag == Decimal(einsatz)
    assert ergebnis.rechenweg[-1].norm == (
        "§ 85 SGB XII" if einkommen == "1626" or angehoerige else "§ 87 SGB XII"
    )


def test_einkommenseinsatz_says_each_step():
    tag = date(2026, 5, 1)
    schritte = einkommenseinsatz(tag, Decimal(2000), Decimal(500), 0, 40, geschont=True).rechenweg
    assert [s.text for s in schritte][3:] == [
        "2.000,00 € − 1.626,00 € = 374,00 €",
        "Mindestens 60 % bleiben frei.",
        "Davon 40 % in angemessenem Umfang: 149,60 €",
    ]
    assert (schritte[4].norm, schritte[4].grad) == ("§ 87 Abs. 1 S. 3 SGB XII", "M")
    assert schritte[5].grad == "I"
    frei = einkommenseinsatz(tag, Decimal(100), Decimal(500), 0, 40).rechenweg[-1].text
    assert (
        frei == "Das Einkommen von 100,00 € übersteigt die Grenze nicht; es ist nichts einzusetzen."
    )


@pytest.mark.parametrize(("prozent", "geschont"), [(41, True), (101, False), (-1, False)])
def test_einkommenseinsatz_refuses_what_the_law_does_not_allow(prozent, geschont):
    with pytest.raises(EingabeUngueltig, match=r"Anteil|bleiben mindestens 60"):
        einkommenseinsatz(
            date(2026, 5, 1), Decimal(2000), Decimal(500), 0, prozent, geschont=geschont
        )


@pytest.mark.parametrize(
    ("tag", "angaben", "grenze"),
    [
        (date(2026, 5, 1), {}, "10000"),
        (date(2022, 12, 31), {}, "5000"),
        (date(2026, 5, 1), {"partner": True, "unterhaltene": 2}, "21000"),
        (date(2026, 5, 1), {"erwerb": True}, "35000"),
        # § 66a SGB XII came with 2017.
        (date(2016, 12, 31), {"erwerb": True}, "2600"),
        (date(2017, 1, 1), {"erwerb": True}, "27600"),
    ],
)
def test_vermoegensgrenze_pflege(tag, angaben, grenze):
    ergebnis = vermoegensgrenze_pflege(tag, **angaben)
    assert ergebnis.betrag == Decimal(grenze)
    assert ergebnis.rechenweg[-1].norm == "§ 90 SGB XII"
