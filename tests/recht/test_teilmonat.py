from datetime import date
from decimal import Decimal

import pytest

from recht.bemessung import Betrag
from recht.budgetrechnung import Teilmonat, compute_teilbudget
from recht.fehler import EingabeUngueltig, ParameterUnbekannt
from recht.rechenweg import Schritt
from recht.teilmonat import split_monat, teilmonat, unterbrechung
from recht.zeitraum import Zeitraum

LEISTUNG = Betrag(Decimal("1500.00"), (Schritt("davor"),))
MAERZ = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("von", "bis", "modus", "betrag"),
    [
        (date(2026, 3, 12), None, "dreissigstel", "1000.00"),
        (date(2026, 3, 12), None, "kalendertage", "967.74"),
        (date(2026, 3, 12), None, "voller_monat", "1500.00"),
        (date(2026, 3, 2), None, "dreissigstel", "1500.00"),
        (date(2026, 3, 2), None, "kalendertage", "1451.61"),
        (date(2026, 3, 1), date(2026, 3, 15), "dreissigstel", "750.00"),
        (date(2026, 3, 1), date(2026, 3, 1), "kalendertage", "48.39"),
        (date(2026, 2, 1), None, "dreissigstel", "1500.00"),
        (date(2026, 2, 2), None, "dreissigstel", "1350.00"),
        (date(2024, 2, 29), None, "kalendertage", "51.72"),
    ],
)
def test_share_of_a_month(von, bis, modus, betrag):
    assert teilmonat(LEISTUNG, von, modus, bis=bis).betrag == Decimal(betrag)


def test_share_names_its_days_and_its_model():
    assert teilmonat(LEISTUNG, date(2026, 3, 12), "dreissigstel").rechenweg == (
        Schritt("davor"),
        Schritt(
            "Teilmonat 12.03.2026 bis 31.03.2026: 20/30 von 1.500,00 € = 1.000,00 €",
            "§ 37 Abs. 2 SGB XI",
        ),
    )


def test_share_refuses_what_is_no_part_of_a_month():
    with pytest.raises(EingabeUngueltig, match="zulässig sind dreissigstel, kalendertage, voller"):
        teilmonat(LEISTUNG, MAERZ, "halb")
    with pytest.raises(EingabeUngueltig, match=r"Ende bis 31\.03\.2026"):
        teilmonat(LEISTUNG, MAERZ, "kalendertage", bis=date(2026, 4, 1))
    with pytest.raises(EingabeUngueltig, match="vor seinem Beginn"):
        teilmonat(LEISTUNG, MAERZ, "kalendertage", bis=date(2026, 2, 28))
    with pytest.raises(ParameterUnbekannt):
        teilmonat(LEISTUNG, date(2003, 3, 5), "dreissigstel")


@pytest.mark.parametrize("modus", ["dreissigstel", "kalendertage"])
def test_parts_of_a_month_lose_no_cent(modus):
    teile = split_monat(
        Betrag(Decimal("100.01"), ()), [date(2026, 3, 20), MAERZ, date(2026, 3, 11)], modus
    )

    assert sum(teil.betrag for teil in teile) == Decimal("100.01")
    assert [teil.rechenweg[0].text[:25] for teil in teile] == [
        "01.03.2026 bis 10.03.2026",
        "11.03.2026 bis 19.03.2026",
        "20.03.2026 bis 31.03.2026",
    ]


@pytest.mark.parametrize("modus", ["dreissigstel", "kalendertage"])
def test_last_part_takes_the_cent_that_rounding_left(modus):
    beginne = [date(2026, 4, 1), date(2026, 4, 11), date(2026, 4, 21)]

    teile = split_monat(Betrag(Decimal("100.00"), ()), beginne, modus)

    assert [str(teil.betrag) for teil in teile] == ["33.33", "33.33", "33.34"]


def test_month_without_a_split_stays_whole():
    [ganz] = split_monat(LEISTUNG, [MAERZ], "voller_monat")

    assert ganz.betrag == Decimal("1500.00")


@pytest.mark.parametrize(
    ("beginne", "modus", "text"),
    [
        ([], "kalendertage", "am Ersten beginnen"),
        ([date(2026, 3, 2)], "kalendertage", "am Ersten beginnen"),
        ([MAERZ, date(2026, 4, 1)], "kalendertage", "im selben Monat"),
        ([MAERZ, date(2026, 3, 2)], "voller_monat", "wird kein Monat geteilt"),
        ([MAERZ], "halb", "zulässig sind"),
    ],
)
def test_split_refuses_what_is_no_month(beginne, modus, text):
    with pytest.raises(EingabeUngueltig, match=text):
        split_monat(LEISTUNG, beginne, modus)


@pytest.mark.parametrize(
    ("pause", "weiter", "modus", "betrag"),
    [
        ((date(2026, 3, 11), date(2026, 3, 20)), 0, "dreissigstel", "1000.00"),
        ((date(2026, 3, 11), date(2026, 3, 20)), 5, "dreissigstel", "1250.00"),
        ((date(2026, 3, 11), date(2026, 3, 20)), 9, "dreissigstel", "1450.00"),
        ((date(2026, 3, 11), date(2026, 3, 20)), 10, "dreissigstel", "1500.00"),
        ((date(2026, 2, 1), date(2026, 4, 30)), 0, "kalendertage", "0"),
        ((date(2026, 2, 1), None), 28, "voller_monat", "0.00"),
        ((date(2026, 2, 1), None), 29, "voller_monat", "1500.00"),
        ((date(2026, 3, 17), None), 0, "kalendertage", "774.19"),
        ((date(2026, 4, 1), None), 0, "kalendertage", "1500.00"),
    ],
)
def test_interruption_rests_after_the_agreed_days(pause, weiter, modus, betrag):
    ergebnis = unterbrechung(LEISTUNG, date(2026, 3, 15), Zeitraum(*pause), weiter, modus)

    assert ergebnis.betrag == Decimal(betrag)
    assert len(ergebnis.rechenweg) == 2


def test_interruption_explains_itself():
    pause = Zeitraum(date(2026, 3, 11), date(2026, 3, 20))

    assert unterbrechung(LEISTUNG, MAERZ, pause, 0, "dreissigstel").rechenweg[-1].text == (
        "Unterbrechung 11.03.2026 bis 20.03.2026: 10/30 ruhen, 1.500,00 € − 500,00 € = 1.000,00 €"
    )
    with pytest.raises(EingabeUngueltig, match="zulässig sind 0 und mehr"):
        unterbrechung(LEISTUNG, MAERZ, pause, -1, "dreissigstel")


def test_teilbudget_takes_the_steps_in_order():
    # Ceiling, then Beitrag, then the share: (2780 − 270) × 20/30.
    ergebnis = compute_teilbudget(
        [Betrag(Decimal(2950), ())],
        MAERZ,
        sachleistung_vergleich=Decimal(2780),
        beitrag=Decimal(270),
        anteil=Teilmonat(date(2026, 3, 12), "dreissigstel"),
    )

    assert ergebnis.betrag == Decimal("1673.33")
    assert ergebnis.gedeckelt is True
    assert len(ergebnis.rechenweg) == 3


def test_teilbudget_without_options_is_the_sum():
    ergebnis = compute_teilbudget([LEISTUNG, LEISTUNG], MAERZ)

    assert (ergebnis.betrag, ergebnis.gedeckelt) == (Decimal(3000), False)


def test_parts_of_a_month_are_counted_in_days():
    beginne = [MAERZ, date(2026, 3, 11), date(2026, 3, 31)]

    drei = split_monat(LEISTUNG, beginne, "dreissigstel")
    tage = split_monat(LEISTUNG, beginne, "kalendertage")

    assert [teil.betrag for teil in drei] == [Decimal(500), Decimal(1000), Decimal(0)]
    assert [str(teil.betrag) for teil in tage] == ["483.87", "967.74", "48.39"]
    assert drei[0].rechenweg == (
        Schritt("davor"),
        Schritt("01.03.2026 bis 10.03.2026: 500,00 €", "§ 37 Abs. 2 SGB XI"),
    )


def test_interruption_names_why_it_pays_on():
    voll = unterbrechung(LEISTUNG, MAERZ, Zeitraum(MAERZ), 99, "kalendertage")
    angebrochen = unterbrechung(LEISTUNG, MAERZ, Zeitraum(date(2026, 3, 2)), 0, "voller_monat")
    ruht = unterbrechung(LEISTUNG, MAERZ, Zeitraum(MAERZ), 0, "voller_monat")

    anfang = "Unterbrechung ab 01.03.2026 bis auf Weiteres: "
    assert voll.rechenweg[-1] == Schritt(anfang + "in diesem Monat wird voll weitergezahlt.")
    assert angebrochen.rechenweg[-1] == Schritt(
        "Unterbrechung ab 02.03.2026 bis auf Weiteres: ein angebrochener Monat wird voll gezahlt."
    )
    assert ruht.rechenweg[-1].text == anfang + "31/31 ruhen, 1.500,00 € − 1.500,00 € = 0,00 €"
    teil = unterbrechung(LEISTUNG, MAERZ, Zeitraum(date(2026, 3, 17)), 0, "kalendertage")
    assert teil.rechenweg[-1].norm == "§ 27a Abs. 3 SGB XII"


def test_teilbudget_counts_the_sachleistung_that_stays():
    ergebnis = compute_teilbudget(
        [LEISTUNG], MAERZ, sachleistung_vergleich=Decimal(1560), daneben=Decimal(120)
    )

    assert (ergebnis.betrag, ergebnis.gedeckelt) == (Decimal(1440), True)
    assert ergebnis.rechenweg[0] == Schritt("davor")
