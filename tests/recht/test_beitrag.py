from datetime import date
from decimal import Decimal

import pytest

from recht.beitrag import (
    Leistungsteil,
    abziehbarer_beitrag,
    bestandsschutz,
    compute_beitrag,
    einmaliger_beitrag,
)
from recht.fehler import EingabeUngueltig, ParameterUnbekannt
from recht.rechenweg import Schritt


@pytest.mark.parametrize(
    ("angaben", "grenze"),
    [
        ({"art": "sv"}, 40341),
        ({"art": "nicht_sv"}, 35595),
        ({"art": "rente"}, 28476),
        ({"art": "sv", "partner": "unter_grenze"}, 40341 + 7119),
        ({"art": "sv", "partner": "ueber_grenze"}, 40341),
        ({"art": "sv", "kinder": 2}, 40341 + 2 * 4746),
        ({"art": "sv", "kinder": 1, "partner": "unter_grenze"}, 40341 + 7119 + 4746),
        ({"art": "sv", "kinder": 3, "partner": "ueber_grenze"}, 40341 + 3 * 2373),
        ({"art": "sv", "minderjaehrige": 1}, 40341 + 35595),
        ({"art": "rente", "minderjaehrige": 2}, 28476 + 2 * 35595),
        ({"art": "sv", "minderjaehrige": 1, "kinder": 4, "partner": "unter_grenze"}, 40341 + 35595),
    ],
)
def test_limit_of_2026_equals_the_table(angaben, grenze):
    # Amounts of the table for 2026, § 136 Abs. 2-5 SGB IX.
    assert compute_beitrag(2026, Decimal(0), **angaben).grenze == Decimal(grenze)


@pytest.mark.parametrize(
    ("einkommen", "beitrag"),
    [
        ("40341.00", "0.00"),
        ("40341.01", "0.00"),
        ("40840.99", "0.00"),
        ("40841.00", "10.00"),
        ("41340.99", "10.00"),
        ("41341.00", "20.00"),
        ("140341.00", "2000.00"),
    ],
)
def test_beitrag_rises_in_steps_of_ten(einkommen, beitrag):
    ergebnis = compute_beitrag(2026, Decimal(einkommen), "sv")

    assert str(ergebnis.beitrag) == beitrag


def test_beitrag_explains_itself():
    ergebnis = compute_beitrag(2026, Decimal(60000), "sv", partner="unter_grenze", kinder=2)

    assert ergebnis.rechenweg == (
        Schritt("Bezugsgröße 2026: 47.460,00 €", "§ 18 SGB IV"),
        Schritt(
            "Grenze bei Einkommen überwiegend aus sozialversicherungspflichtiger Beschäftigung"
            " oder selbständiger Tätigkeit: 85 %",
            "§ 136 Abs. 2 Nr. 1 SGB IX",
        ),
        Schritt("Erhöhung um 1 × 15 % (Partner)", "§ 136 Abs. 3 SGB IX"),
        Schritt("Erhöhung um 2 × 10 % (Kind)", "§ 136 Abs. 3 SGB IX"),
        Schritt("Grenze: 120 % der Bezugsgröße = 56.952,00 €", "§ 136 SGB IX"),
        Schritt(
            "60.000,00 € − 56.952,00 € = 3.048,00 €; davon 2 % = 60,96 €", "§ 137 Abs. 2 SGB IX"
        ),
        Schritt("Abgerundet auf volle 10 Euro: 60,00 €", "§ 137 Abs. 2 SGB IX"),
    )
    assert ergebnis.norm == "§ 136 SGB IX, § 137 SGB IX"
    assert (ergebnis.jahr, ergebnis.einkommen) == (2026, Decimal(60000))


def test_income_up_to_the_limit_needs_no_beitrag():
    ergebnis = compute_beitrag(2026, Decimal(100), "sv", kinder=1, partner="ueber_grenze")

    assert ergebnis.beitrag == 0
    texte = [schritt.text for schritt in ergebnis.rechenweg]
    assert "Erhöhung um 1 × 5 % (Kind, Einkommen des Partners über der Grenze)" in texte
    assert texte[-1] == (
        "Das Einkommen von 100,00 € übersteigt die Grenze nicht; es ist kein Beitrag aufzubringen."
    )


def test_income_equal_to_the_limit_needs_no_beitrag():
    # § 137 Abs. 2: only what exceeds the limit counts.
    assert compute_beitrag(2026, Decimal(40341), "sv").rechenweg[-1] == Schritt(
        "Das Einkommen von 40.341,00 € übersteigt die Grenze nicht; es ist kein Beitrag"
        " aufzubringen.",
        "§ 137 Abs. 2 SGB IX",
    )


def test_minors_say_that_partner_and_children_do_not_count():
    hinweis = Schritt(
        "Partner und Kinder erhöhen die Grenze hier nicht.", "§ 136 Abs. 5 S. 2 SGB IX"
    )

    def weg(**angaben):
        return compute_beitrag(2026, Decimal(1), "sv", minderjaehrige=1, **angaben).rechenweg

    assert hinweis not in weg()
    assert hinweis in weg(kinder=1)
    assert hinweis in weg(partner="unter_grenze")
    assert "Erhöhung um 1 × 75 % (minderjährige leistungsberechtigte Person)" in [
        schritt.text for schritt in weg()
    ]


@pytest.mark.parametrize(
    ("angaben", "text"),
    [
        ({"jahr": "2026"}, "Jahr"),
        ({"jahr": True}, "Jahr"),
        ({"jahr": 0}, "Jahr"),
        ({"einkommen": Decimal(-1)}, "Einkommen: -1 ist nicht zulässig"),
        ({"art": "minijob"}, "zulässig sind sv, nicht_sv, rente"),
        ({"partner": "ja"}, "unter_grenze und ueber_grenze"),
        ({"kinder": -1}, "Kinder"),
        ({"kinder": 31}, "von 0 bis 30"),
        ({"minderjaehrige": -1}, "Minderjährige"),
    ],
)
def test_impossible_input_is_refused(angaben, text):
    alle = {"jahr": 2026, "einkommen": Decimal(1), "art": "sv", **angaben}

    with pytest.raises(EingabeUngueltig, match=text):
        compute_beitrag(**alle)


@pytest.mark.parametrize("jahr", [2019, 2027])
def test_years_without_a_value_are_refused(jahr):
    with pytest.raises(ParameterUnbekannt, match="zulässig sind Tage"):
        compute_beitrag(jahr, Decimal(1), "sv")


@pytest.mark.parametrize(
    ("teile", "abzug"),
    [
        ([("Assistenz", "900", "")], "270"),
        ([("Assistenz", "200", ""), ("Werkstatt", "900", "frei_arbeitsleben")], "200"),
        ([("Werkstatt", "900", "frei_arbeitsleben")], "0"),
        ([("Assistenz", "900", ""), ("Grundsicherung", "0", "frei_lebensunterhalt")], "0"),
        ([("Assistenz", "100", ""), ("Beförderung", "100", "")], "200"),
        ([], "0"),
    ],
)
def test_beitrag_is_deducted_only_from_what_is_not_exempt(teile, abzug):
    leistungen = [Leistungsteil(name, Decimal(zahl), frei) for name, zahl, frei in teile]

    ergebnis = abziehbarer_beitrag(Decimal(270), leistungen)

    assert ergebnis.betrag == Decimal(abzug)
    assert len(ergebnis.rechenweg) == 1 + sum(bool(teil.frei) for teil in leistungen)


def test_exemption_is_cited():
    leistungen = [Leistungsteil("Werkstatt", Decimal(900), "frei_arbeitsleben")]

    assert abziehbarer_beitrag(Decimal(270), leistungen).rechenweg == (
        Schritt("Werkstatt: kein Beitrag aufzubringen.", "§ 138 Abs. 1 Nr. 3 SGB IX"),
        Schritt(
            "Beitrag 270,00 €, beitragspflichtige Leistungen 0,00 €: abgezogen werden 0,00 €.",
            "§ 137 Abs. 3 SGB IX, § 138 Abs. 1 SGB IX",
        ),
    )


def test_unknown_exemption_and_negative_amounts_are_refused():
    with pytest.raises(EingabeUngueltig, match="zulässig sind frei_heilpaedagogik"):
        abziehbarer_beitrag(Decimal(1), [Leistungsteil("x", Decimal(1), "frei")])
    with pytest.raises(EingabeUngueltig, match="x: -1"):
        abziehbarer_beitrag(Decimal(1), [Leistungsteil("x", Decimal(-1))])
    with pytest.raises(EingabeUngueltig, match="Beitrag: -1"):
        abziehbarer_beitrag(Decimal(-1), [])


def test_one_off_beitrag_is_at_most_four_months():
    tag = date(2026, 6, 1)

    assert einmaliger_beitrag(Decimal(60), Decimal(5000), tag).betrag == Decimal(240)
    kleiner = einmaliger_beitrag(Decimal(60), Decimal("199.99"), tag)
    assert kleiner.betrag == Decimal("199.99")
    assert kleiner.rechenweg == (
        Schritt("Höchstens 4 × 60,00 € = 240,00 €; angesetzt 199,99 €", "§ 138 Abs. 3 SGB IX"),
    )
    for beitrag, sache in ((-1, 1), (1, -1)):
        with pytest.raises(EingabeUngueltig, match="-1 ist nicht zulässig"):
            einmaliger_beitrag(Decimal(beitrag), Decimal(sache), tag)


def test_old_limits_stay_while_the_new_beitrag_is_higher():
    assert bestandsschutz(Decimal(100), Decimal(60)).betrag == Decimal(60)
    assert bestandsschutz(Decimal(50), Decimal(60)).rechenweg == (
        Schritt("Neues Recht 50,00 €, früheres Recht 60,00 €: es gilt 50,00 €", "§ 150 SGB IX"),
    )
    for neu, alt in ((-1, 1), (1, -1)):
        with pytest.raises(EingabeUngueltig, match="-1 ist nicht zulässig"):
            bestandsschutz(Decimal(neu), Decimal(alt))
