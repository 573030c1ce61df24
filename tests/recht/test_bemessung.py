from datetime import date
from decimal import Decimal

import pytest

from recht.bemessung import (
    Betrag,
    Teil,
    abzug_beitrag,
    deckel,
    gesamtbudget,
    pauschale,
    sachkosten,
    stunden,
    summe,
    werkstatt,
)
from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig, ParameterUnbekannt
from recht.rechenweg import Schritt

A, B = date(2010, 6, 1), date(2026, 6, 1)


def betrag(zahl):
    return Betrag(Decimal(zahl), ())


def test_pauschale_cites_the_guide():
    ergebnis = pauschale(2, "seelisch", A)

    assert ergebnis.betrag == Decimal("640.00")
    assert ergebnis.rechenweg == (
        Schritt(
            "Pauschale Hilfebedarfsgruppe 2, seelische Behinderung: 640,00 €",
            "KVJS-Leitfaden 2010 Anlage 3",
        ),
    )


def test_sinnesbehinderung_counts_as_koerperlich():
    assert pauschale(5, "sinnes", A) == pauschale(5, "koerperlich", A)


@pytest.mark.parametrize("hbg", [0, 6, True, "3", None, 3.5])
def test_unknown_hilfebedarfsgruppe_is_refused(hbg):
    with pytest.raises(EingabeUngueltig, match="zulässig sind 1, 2, 3, 4 und 5"):
        pauschale(hbg, "geistig", A)


def test_pauschale_refuses_what_it_does_not_know():
    with pytest.raises(EingabeUngueltig, match="zulässig sind koerperlich, geistig, seelisch"):
        pauschale(3, "mehrfach", A)
    with pytest.raises(ParameterUnbekannt, match=r"01\.01\.2010 bis 31\.12\.2017"):
        pauschale(3, "geistig", date(2018, 1, 1))
    with pytest.raises(AusserhalbDerDeckung, match="kein Rechtsstand hinterlegt"):
        pauschale(3, "geistig", date(2003, 1, 1))


def test_weekly_hours_show_the_factor():
    ergebnis = stunden(Decimal("2.5"), Decimal(48), "woche", B)

    assert ergebnis.betrag == Decimal("520.00")
    assert ergebnis.rechenweg == (
        Schritt("2,5 Stunden je Woche × 48,00 € × 52/12 = 520,00 €", "§ 29 Abs. 2 S. 6 SGB IX"),
    )


def test_own_wochenfaktor_and_monthly_hours():
    eigener = stunden(Decimal(6), Decimal("42.50"), "woche", A, wochenfaktor=Decimal("4.33"))
    monatlich = stunden(Decimal(10), Decimal("42.50"), "monat", A, wochenfaktor=Decimal("4.33"))

    assert eigener.betrag == Decimal("1104.15")
    assert eigener.rechenweg[0].text == "6 Stunden je Woche × 42,50 € × 4,33 = 1.104,15 €"
    assert eigener.rechenweg[0].norm == "§ 17 Abs. 3 S. 3 SGB IX a.F."
    assert monatlich.betrag == Decimal("425.00")
    assert monatlich.rechenweg[0].text == "10 Stunden je Monat × 42,50 € = 425,00 €"


@pytest.mark.parametrize("faktor", ["3.99", "5.01", "0", "-4.33"])
def test_implausible_wochenfaktor_is_refused(faktor):
    with pytest.raises(EingabeUngueltig, match="Wochenfaktor"):
        stunden(Decimal(6), Decimal(40), "woche", B, wochenfaktor=Decimal(faktor))


@pytest.mark.parametrize("faktor", ["4", "5"])
def test_wochenfaktor_at_its_bounds(faktor):
    ergebnis = stunden(Decimal(1), Decimal(10), "woche", B, wochenfaktor=Decimal(faktor))

    assert ergebnis.betrag == Decimal(faktor) * 10


@pytest.mark.parametrize(
    ("anzahl", "satz", "je", "text"),
    [
        ("-1", "40", "woche", "Stunden: -1 ist nicht zulässig"),
        ("1", "-40", "woche", "Stundensatz: -40 ist nicht zulässig"),
        ("1", "40", "tag", "zulässig sind woche und monat"),
    ],
)
def test_impossible_hours_are_refused(anzahl, satz, je, text):
    with pytest.raises(EingabeUngueltig, match=text):
        stunden(Decimal(anzahl), Decimal(satz), je, B)


def test_sachkosten_are_rounded_to_the_cent():
    ergebnis = sachkosten(Decimal("46.005"), B)

    assert ergebnis.betrag == Decimal("46.01")
    assert ergebnis.rechenweg == (
        Schritt("Sachkosten je Monat: 46,01 €", "§ 29 Abs. 2 S. 6 SGB IX"),
    )
    with pytest.raises(EingabeUngueltig, match="Sachkosten: -1 ist nicht zulässig"):
        sachkosten(Decimal(-1), B)


def test_sum_shows_its_parts_only_if_there_are_several():
    eine = sachkosten(Decimal(46), B)

    assert summe([eine]) == eine
    beide = summe([eine, eine])
    assert beide.betrag == Decimal(92)
    assert beide.rechenweg[:2] == eine.rechenweg * 2
    assert beide.rechenweg[2:] == (Schritt("Summe: 46,00 € + 46,00 € = 92,00 €"),)
    with pytest.raises(EingabeUngueltig, match="mindestens eine"):
        summe([])


@pytest.mark.parametrize(
    ("bedarf", "daneben", "ausnahme", "erwartet"),
    [
        ("2780", "0", "", ("2780", False, "0")),
        ("2780.01", "0", "", ("2780.00", True, "0.01")),
        ("2950", "0", "Anleitung neuer Assistenz", ("2950", False, "170.00")),
        ("2950", "0", "  ", ("2780.00", True, "170.00")),
        ("2700", "100", "", ("2680.00", True, "20.00")),
        ("100", "3000", "", ("0", True, "100")),
        ("0", "3000", "", ("0", False, "0")),
    ],
)
def test_ceiling_compares_with_the_cost_without_budget(bedarf, daneben, ausnahme, erwartet):
    ergebnis = deckel(betrag(bedarf), Decimal(2780), B, daneben=Decimal(daneben), ausnahme=ausnahme)

    assert (ergebnis.betrag, ergebnis.gedeckelt, ergebnis.rest) == (
        Decimal(erwartet[0]),
        erwartet[1],
        Decimal(erwartet[2]),
    )


def test_ceiling_explains_itself():
    eingehalten = deckel(betrag("640"), Decimal(760), A, daneben=Decimal(120))
    begrenzt = deckel(betrag("2950"), Decimal(2780), B)
    ausnahme = deckel(betrag("2950"), Decimal(2780), B, ausnahme=" befristet höherer Bedarf ")

    assert eingehalten.rechenweg == (
        Schritt(
            "Vergleich: 640,00 € und 120,00 € verbleibenden Sachleistungen gegen 760,00 € ohne"
            " Persönliches Budget; die Obergrenze ist eingehalten.",
            "§ 17 Abs. 3 S. 4 SGB IX a.F.",
        ),
    )
    assert begrenzt.rechenweg[-1].text.endswith("; begrenzt auf 2.780,00 €.")
    assert begrenzt.rechenweg[-1].norm == "§ 29 Abs. 2 S. 7 SGB IX"
    assert ausnahme.rechenweg[-1] == Schritt(
        "Vergleich: 2.950,00 € gegen 2.780,00 € ohne Persönliches Budget; die Überschreitung um"
        " 170,00 € ist als Ausnahme begründet: befristet höherer Bedarf",
        "§ 29 Abs. 2 S. 7 SGB IX, BSG 31.01.2012 - B 2 U 1/11 R",
    )


def test_ceiling_refuses_negative_costs():
    with pytest.raises(EingabeUngueltig, match="Vergleichskosten"):
        deckel(betrag("1"), Decimal(-1), B)
    with pytest.raises(EingabeUngueltig, match="Verbleibende Sachleistungen"):
        deckel(betrag("1"), Decimal(1), B, daneben=Decimal(-1))


def test_werkstatt_below_the_nearest_one_is_paid_in_full():
    ergebnis = werkstatt(Decimal(1200), Decimal("1236.40"))

    assert (ergebnis.betrag, ergebnis.gedeckelt, ergebnis.rest) == (Decimal(1200), False, 0)
    assert len(ergebnis.rechenweg) == 1
    teurer = werkstatt(Decimal("1410.00"), Decimal("1236.40"))
    assert teurer.rechenweg[1].text == "Die leistungsberechtigte Person trägt 173,60 € selbst."


@pytest.mark.parametrize(
    ("beitrag", "pflichtig", "rest"),
    [("270", None, "2130"), ("270", "100", "2300"), ("9000", None, "0"), ("0", None, "2400")],
)
def test_beitrag_is_deducted_up_to_what_it_is_due_for(beitrag, pflichtig, rest):
    ergebnis = abzug_beitrag(
        betrag("2400"),
        Decimal(beitrag),
        pflichtig=None if pflichtig is None else Decimal(pflichtig),
    )

    assert ergebnis.betrag == Decimal(rest)
    assert ergebnis.rechenweg[-1].norm == "§ 137 Abs. 3 SGB IX"


def test_deduction_refuses_negative_amounts():
    with pytest.raises(EingabeUngueltig, match="Beitrag: -1"):
        abzug_beitrag(betrag("1"), Decimal(-1))
    with pytest.raises(EingabeUngueltig, match="Beitragspflichtige Leistungen: -1"):
        abzug_beitrag(betrag("1"), Decimal(1), pflichtig=Decimal(-1))


def test_gesamtbudget_explains_forms_and_complementary_benefits():
    teile = [
        Teil("Assistenz", "Landkreis", Decimal("1050")),
        Teil("Grundsicherung", "Landkreis", Decimal("330"), ergaenzend=True),
        Teil("Pflege", "AOK", Decimal("921"), "gutschein"),
    ]

    weg = gesamtbudget(teile, stichtag=B).rechenweg

    assert [schritt.text for schritt in weg] == [
        "Assistenz (Landkreis): 1.050,00 €",
        "Grundsicherung (Landkreis): 330,00 €, ergänzende Leistung außerhalb des Persönlichen"
        " Budgets",
        "Pflege (AOK): 921,00 € als Gutschein",
        "Summe 2.301,00 €, davon 1.380,00 € als Geld und 921,00 € als Gutscheine.",
        "Persönliches Budget ohne ergänzende Leistungen: 1.971,00 €.",
    ]
    assert [schritt.norm for schritt in weg] == [
        "", "", "§ 35a SGB XI", "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX", "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX"
    ]  # fmt: skip


def test_gesamtbudget_cites_the_law_of_the_day():
    teile = [Teil("Assistenz", "Landkreis", Decimal(5))]

    assert len(gesamtbudget(teile).rechenweg) == 2
    assert gesamtbudget(teile).rechenweg[-1].norm == ""
    assert gesamtbudget(teile, stichtag=A).rechenweg[-1].norm == "§ 17 Abs. 3 SGB IX a.F."


def test_gesamtbudget_refuses_what_is_no_budget():
    with pytest.raises(EingabeUngueltig, match="mindestens ein Teilbudget"):
        gesamtbudget([])
    with pytest.raises(EingabeUngueltig, match="zulässig sind geld und gutschein"):
        gesamtbudget([Teil("x", "y", Decimal(1), "bar")])
    with pytest.raises(EingabeUngueltig, match="x: -1 ist nicht zulässig"):
        gesamtbudget([Teil("x", "y", Decimal(-1))])


def test_every_complementary_benefit_stays_outside():
    teile = [
        Teil("Assistenz", "Landkreis", Decimal(100)),
        Teil("Grundsicherung", "Landkreis", Decimal(30), ergaenzend=True),
        Teil("Pflege", "AOK", Decimal(20), "gutschein", ergaenzend=True),
    ]

    ergebnis = gesamtbudget(teile)

    assert ergebnis.ohne_ergaenzende == Decimal(100)
    assert ergebnis.rechenweg[2].text == (
        "Pflege (AOK): 20,00 € als Gutschein, ergänzende Leistung außerhalb des Persönlichen"
        " Budgets"
    )


def test_werkstatt_and_deduction_explain_themselves():
    norm = "KVJS-Leitfaden 2010 Nr. 2.4"

    assert werkstatt(Decimal("1410.00"), Decimal("1236.40")).rechenweg == (
        Schritt(
            "Gewählte Werkstatt 1.410,00 €, nächstgelegene 1.236,40 €: anerkannt werden"
            " 1.236,40 €.",
            norm,
        ),
        Schritt("Die leistungsberechtigte Person trägt 173,60 € selbst.", norm),
    )
    assert abzug_beitrag(betrag("2400"), Decimal(270)).rechenweg == (
        Schritt("Abzug des Beitrags: 2.400,00 € − 270,00 € = 2.130,00 €", "§ 137 Abs. 3 SGB IX"),
    )
