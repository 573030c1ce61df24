from datetime import date
from decimal import Decimal

import pytest

from recht.fehler import EingabeUngueltig, ParameterUnbekannt
from recht.nachzahlung import nachzahlung, ueberzahlung, verwaltungskosten, zinsen
from recht.rechenweg import Schritt


def test_arrears_show_months_and_citation():
    assert nachzahlung(Decimal(150), 5).rechenweg == (
        Schritt("Nachzahlung: 5 × 150,00 € = 750,00 €", "§ 44 Abs. 4 SGB X"),
    )
    assert ueberzahlung(Decimal(1500), 3).rechenweg == (
        Schritt("Überzahlung: 3 × 1.500,00 € = 4.500,00 €", "§ 48 Abs. 1 S. 2 SGB X, § 50 SGB X"),
    )


@pytest.mark.parametrize("monate", [0, -1, True, 481, 1.5])
def test_arrears_refuse_impossible_months(monate):
    with pytest.raises(EingabeUngueltig, match="ganze Zahlen von 1 bis 480"):
        nachzahlung(Decimal(150), monate)


def test_arrears_refuse_negative_amounts():
    with pytest.raises(EingabeUngueltig, match="Nachzahlung: -1"):
        nachzahlung(Decimal(-1), 5)


@pytest.mark.parametrize(
    ("faellig", "zahlung", "antrag", "monate", "zins"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), None, 0, "0"),
        (date(2026, 1, 1), date(2026, 4, 1), None, 1, "1.50"),
        (date(2026, 1, 31), date(2026, 4, 30), None, 1, "1.50"),
        (date(2026, 1, 1), date(2027, 4, 1), None, 13, "19.50"),
        (date(2026, 1, 1), date(2026, 9, 1), date(2026, 1, 15), 1, "1.50"),
        (date(2026, 1, 1), date(2026, 8, 31), date(2026, 1, 15), 0, "0"),
        (date(2026, 5, 1), date(2026, 8, 1), date(2025, 1, 15), 1, "1.50"),
        (date(2025, 12, 31), date(2026, 3, 31), None, 1, "1.50"),
        (date(2026, 5, 1), date(2026, 1, 1), None, 0, "0"),
    ],
)
def test_interest_runs_in_full_calendar_months(faellig, zahlung, antrag, monate, zins):
    # § 44 SGB I: 4 percent, full Euro, after a calendar month or six after the Antrag.
    ergebnis = zinsen(Decimal("450.99"), faellig, zahlung, vollstaendiger_antrag=antrag)

    assert (ergebnis.monate, ergebnis.betrag) == (monate, Decimal(zins))


def test_interest_explains_itself():
    ergebnis = zinsen(Decimal("450.99"), date(2026, 1, 1), date(2026, 6, 10))

    assert ergebnis.rechenweg == (
        Schritt("Zinsen von März 2026 bis Mai 2026: 450,00 € × 4 % × 3/12 = 4,50 €", "§ 44 SGB I"),
    )
    keine = zinsen(Decimal(450), date(2026, 1, 1), date(2026, 1, 10))
    assert keine.rechenweg == (
        Schritt("Bis zum Monat vor der Zahlung fallen keine Zinsen an.", "§ 44 SGB I"),
    )


def test_interest_refuses_negative_amounts():
    with pytest.raises(EingabeUngueltig, match="Betrag: -1"):
        zinsen(Decimal(-1), date(2026, 1, 1), date(2026, 6, 10))


def test_verwaltungskosten_are_five_percent_since_2018():
    ergebnis = verwaltungskosten(Decimal("1234.50"), date(2026, 1, 1))

    assert ergebnis.betrag == Decimal("61.73")
    assert ergebnis.rechenweg == (
        Schritt("Verwaltungskosten: 1.234,50 € × 5 % = 61,73 €", "§ 16 Abs. 3 SGB IX"),
    )
    with pytest.raises(ParameterUnbekannt, match="kein Wert hinterlegt"):
        verwaltungskosten(Decimal(1), date(2017, 12, 31))
    with pytest.raises(EingabeUngueltig, match="Aufwendungen"):
        verwaltungskosten(Decimal(-1), date(2026, 1, 1))
