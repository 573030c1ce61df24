from datetime import date
from decimal import Decimal

import pytest

from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig, ParameterUnbekannt
from recht.pflege import halbes_pflegegeld, kombileistung, pflegegeld_bis
from recht.rechenweg import Schritt

TAG = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("stufe", "sachleistung", "tag", "geld"),
    [
        ("grad3", "0", TAG, "599.00"),
        ("grad3", "1497", TAG, "0.00"),
        ("grad3", "748.50", TAG, "299.50"),
        ("stufe2", "921", date(2005, 12, 1), "0.00"),
        ("stufe2", "460.50", date(2005, 12, 1), "205.00"),
    ],
)
def test_combination_reduces_the_money_by_the_same_share(stufe, sachleistung, tag, geld):
    ergebnis = kombileistung(stufe, Decimal(sachleistung), tag)

    assert ergebnis.gutschein == Decimal(sachleistung)
    assert ergebnis.geld == Decimal(geld)


def test_combination_explains_itself():
    assert kombileistung("grad3", Decimal("748.50"), TAG).rechenweg == (
        Schritt(
            "Pflegesachleistung als Gutschein: 748,50 € von höchstens 1.497,00 €",
            "§ 35a SGB XI, § 36 Abs. 3 SGB XI",
        ),
        Schritt(
            "Anteiliges Pflegegeld: 599,00 € × (1 − 748,50 € / 1.497,00 €) = 299,50 €",
            "§ 38 SGB XI, § 37 Abs. 1 SGB XI",
        ),
    )


def test_higher_amounts_for_limited_alltagskompetenz():
    tag = date(2013, 6, 1)

    assert kombileistung("stufe1", Decimal(0), tag).geld == Decimal(235)
    assert kombileistung("stufe1", Decimal(0), tag, alltagskompetenz=True).geld == Decimal(305)


@pytest.mark.parametrize(
    ("stufe", "sachleistung", "tag", "fehler"),
    [
        ("grad1", "0", TAG, EingabeUngueltig),
        ("grad3", "1497.01", TAG, EingabeUngueltig),
        ("grad3", "-1", TAG, EingabeUngueltig),
        ("stufe2", "0", TAG, ParameterUnbekannt),
        ("grad3", "0", date(2016, 12, 31), ParameterUnbekannt),
        ("stufe2", "0", date(2003, 1, 1), AusserhalbDerDeckung),
    ],
)
def test_impossible_combination_is_refused(stufe, sachleistung, tag, fehler):
    with pytest.raises(fehler, match=r"zulässig|erlaubt"):
        kombileistung(stufe, Decimal(sachleistung), tag)


def test_pflegegeld_goes_on_for_four_or_eight_weeks():
    assert pflegegeld_bis(date(2025, 12, 31))[0] == date(2026, 1, 27)
    letzter, schritt = pflegegeld_bis(date(2026, 1, 1))
    assert letzter == date(2026, 2, 25)
    assert schritt == Schritt(
        "Pflegegeld läuft die ersten 8 Wochen weiter, bis 25.02.2026.", "§ 34 Abs. 2 SGB XI"
    )


def test_half_of_the_pflegegeld():
    assert halbes_pflegegeld(Decimal(599)) == (
        Decimal("299.50"),
        Schritt("Hälfte des Pflegegelds: 299,50 €", "§ 37 Abs. 2 SGB XI"),
    )
    with pytest.raises(EingabeUngueltig, match="Pflegegeld: -1"):
        halbes_pflegegeld(Decimal(-1))
