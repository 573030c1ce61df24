from datetime import date, datetime

import pytest

from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig, FristUnbekannt, LandUnbekannt
from recht.fristen import compute_frist
from recht.laenge import Laenge
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand

MONTAG = date(2026, 4, 6)


def texte(ergebnis):
    return [schritt.text for schritt in ergebnis.schritte]


def test_shift_names_every_skipped_day():
    ergebnis = compute_frist("F51", date(2005, 11, 24), "BW")

    assert ergebnis.verschoben_wegen == (
        "Samstag, Sonntag (1. Weihnachtsfeiertag), 2. Weihnachtsfeiertag"
    )
    assert [(s.text, s.norm) for s in ergebnis.schritte] == [
        (
            "Auslöser am Donnerstag, 24.11.2005: Bekanntgabe des Bescheids."
            " Dieser Tag zählt nicht mit.",
            "§ 64 Abs. 1 SGG, § 187 Abs. 1 BGB",
        ),
        ("Die Frist beträgt 1 Monat.", "§ 84 Abs. 1 SGG"),
        ("Rechnerisches Ende: Samstag, 24.12.2005.", "§ 188 Abs. 2 BGB"),
        (
            "Samstag, 24.12.2005: kein Werktag, das Ende rückt weiter.",
            "§ 64 Abs. 3 SGG, § 26 Abs. 3 S. 1 SGB X",
        ),
        (
            "Sonntag, 25.12.2005 (1. Weihnachtsfeiertag): kein Werktag, das Ende rückt weiter.",
            "§ 64 Abs. 3 SGG, § 26 Abs. 3 S. 1 SGB X",
        ),
        (
            "Montag, 26.12.2005 (2. Weihnachtsfeiertag): kein Werktag, das Ende rückt weiter.",
            "§ 64 Abs. 3 SGG, § 26 Abs. 3 S. 1 SGB X",
        ),
        ("Ende der Frist: Dienstag, 27.12.2005.", "§ 64 Abs. 3 SGG, § 26 Abs. 3 S. 1 SGB X"),
        ("Wiedervorlage am Dienstag, 27.12.2005.", ""),
    ]


def test_result_carries_all_that_a_row_stores():
    ergebnis = compute_frist("F51", MONTAG, "BW")

    assert ergebnis.frist == "F51"
    assert ergebnis.bezeichnung == "Widerspruch"
    assert ergebnis.ausloeser == MONTAG
    assert (ergebnis.ende_rechnerisch, ergebnis.ende) == (date(2026, 5, 6), date(2026, 5, 6))
    assert ergebnis.wiedervorlage == date(2026, 5, 6)
    assert (ergebnis.norm, ergebnis.code, ergebnis.grad) == ("§ 84 Abs. 1 SGG", "S", "V-G26")
    assert ergebnis.rechtsstand is Rechtsstand.B
    assert ergebnis.anzeige == "06.05.2026"
    assert ergebnis.verschoben_wegen == ""
    assert ergebnis.vorwarnung is None


def test_first_day_that_counts_is_explained():
    ergebnis = compute_frist("F30", date(2005, 12, 1), "BW")

    assert ergebnis.schritte[0] == Schritt(
        "Beginn am Donnerstag, 01.12.2005. Dieser Tag zählt mit.",
        "§ 26 Abs. 1 SGB X, § 187 Abs. 2 BGB",
    )
    assert "Grundlage dieser Regel: Auslegung; von der Behörde einstellbar." in texte(ergebnis)
    assert texte(ergebnis)[-2] == (
        "Der Tag bleibt Mittwoch, 31.05.2006: er verschiebt sich nicht auf einen Werktag."
    )


def test_missing_day_of_the_month_is_explained():
    ergebnis = compute_frist("F51", date(2024, 1, 31), "BW")

    assert ergebnis.schritte[2] == Schritt(
        "Der Februar 2024 hat keinen 31. Tag; die Frist endet am letzten Tag des Monats:"
        " Donnerstag, 29.02.2024.",
        "§ 188 Abs. 3 BGB",
    )


def test_pause_moves_the_end_and_then_the_end_moves_to_a_working_day():
    ergebnis = compute_frist(
        "F57", MONTAG, "BW", laenge="1 Monat", pausen=[(date(2026, 4, 10), date(2026, 4, 20))]
    )

    assert ergebnis.ende_rechnerisch == date(2026, 5, 17)
    assert ergebnis.ende == date(2026, 5, 18)
    assert texte(ergebnis)[3:5] == [
        "Pause vom 10.04.2026 bis 20.04.2026: 11 Tage zählen nicht mit.",
        "Ende mit Pausen: Sonntag, 17.05.2026.",
    ]


def test_pause_counts_the_trigger_day_only_if_it_counts():
    pause = [(MONTAG, MONTAG)]

    ohne = compute_frist("F33", MONTAG, "BW", pausen=pause, tagesbeginn=False)
    mit = compute_frist("F33", MONTAG, "BW", pausen=pause)

    assert ohne.ende == date(2026, 10, 6)
    assert "Die angegebenen Pausen liegen außerhalb der Frist." in texte(ohne)
    assert mit.ende == date(2026, 10, 6)
    assert "Pause vom 06.04.2026 bis 06.04.2026: 1 Tag zählt nicht mit." in texte(mit)


def test_pause_of_arbeitstage_says_so():
    pause = [(date(2026, 3, 6), date(2026, 3, 9))]

    ergebnis = compute_frist("F57", date(2026, 3, 2), "BW", laenge="25 Arbeitstage", pausen=pause)

    assert ergebnis.ende == date(2026, 4, 10)
    assert "2 Arbeitstage zählen nicht mit." in texte(ergebnis)[3]


@pytest.mark.parametrize(
    "pausen",
    [
        [(date(2026, 4, 20), date(2026, 4, 10))],
        [(date(2026, 4, 20), date(2100, 1, 1))],
        [("2026-04-20", date(2026, 4, 21))],
    ],
)
def test_impossible_pause_is_refused(pausen):
    with pytest.raises(EingabeUngueltig, match="Pause"):
        compute_frist("F32", MONTAG, "BW", pausen=pausen)


def test_pause_up_to_the_last_year_of_the_table_is_allowed():
    pause = [(date(2026, 4, 10), date(2026, 4, 10)), (date(2099, 1, 1), date(2099, 12, 31))]

    assert compute_frist("F57", MONTAG, "BW", laenge="1 Monat", pausen=pause).ende == date(
        2026, 5, 7
    )


def test_fixed_day_has_no_pauses():
    pause = [(date(2026, 4, 10), date(2026, 4, 20))]

    with pytest.raises(EingabeUngueltig, match="Pausen sind nur bei Fristen mit einer Länge"):
        compute_frist("F57", MONTAG, "BW", pausen=pause, geltend_bis=date(2026, 5, 31))


def test_length_set_by_the_authority_replaces_the_catalogue():
    ergebnis = compute_frist("F56", MONTAG, "BW", laenge="3 Wochen")

    assert ergebnis.ende == date(2026, 4, 27)
    assert texte(ergebnis)[1] == "Die festgelegte Länge beträgt 3 Wochen."
    assert compute_frist("F57", MONTAG, "BW", laenge=Laenge(14, "tage")).ende == date(2026, 4, 20)


def test_length_that_only_the_authority_can_set_is_asked_for():
    with pytest.raises(EingabeUngueltig, match=r"F57 \(Mitwirkung\) legt die Behörde fest"):
        compute_frist("F57", MONTAG, "BW")


@pytest.mark.parametrize("frist", ["F11", "F18", "F43", "F50", "F72", "F81"])
def test_length_is_refused_where_the_law_names_the_day(frist):
    with pytest.raises(EingabeUngueltig, match="keine Länge angegeben"):
        compute_frist(frist, MONTAG, "BW", laenge="2 Wochen")


def test_length_and_last_day_exclude_each_other():
    with pytest.raises(EingabeUngueltig, match="entweder eine Länge oder ein letzter Tag"):
        compute_frist("F56", MONTAG, "BW", laenge="2 Wochen", geltend_bis=date(2026, 5, 1))


def test_given_last_day_moves_unless_it_was_fixed():
    samstag = date(2026, 4, 25)

    frei = compute_frist("F56", MONTAG, "BW", geltend_bis=samstag)
    fest = compute_frist("F56", MONTAG, "BW", geltend_bis=samstag, fester_tag=True)

    assert (frei.ende_rechnerisch, frei.ende) == (samstag, date(2026, 4, 27))
    assert (fest.ende_rechnerisch, fest.ende) == (samstag, samstag)
    assert fest.schritte[-2] == Schritt(
        "Der Tag wurde als bestimmter Tag mit Hinweis auf diese Vorschrift mitgeteilt; er"
        " verschiebt sich nicht.",
        "§ 26 Abs. 3 S. 2 SGB X",
    )


def test_end_of_the_bewilligungszeitraum_never_moves():
    ergebnis = compute_frist("F37", date(2025, 6, 1), "BW", geltend_bis=date(2026, 5, 31))

    assert ergebnis.ende == date(2026, 5, 31)
    assert ergebnis.wiedervorlage == date(2026, 2, 13)
    assert ergebnis.schritte[-2].norm == "§ 26 Abs. 4 SGB X"


def test_last_day_may_be_the_trigger_but_not_before_it():
    assert compute_frist("F11", MONTAG, "BW", geltend_bis=MONTAG).ende == date(2026, 4, 7)
    with pytest.raises(EingabeUngueltig, match="liegt vor dem Auslöser"):
        compute_frist("F11", MONTAG, "BW", geltend_bis=date(2026, 4, 5))
    with pytest.raises(EingabeUngueltig, match="Letzter Tag"):
        compute_frist("F11", MONTAG, "BW", geltend_bis="2026-04-10")


def test_last_day_is_asked_for_or_refused():
    with pytest.raises(EingabeUngueltig, match="erforderlich ist der Tag, bis zu dem sie gilt"):
        compute_frist("F11", MONTAG, "BW")
    with pytest.raises(EingabeUngueltig, match="ein eigener letzter Tag nicht zulässig"):
        compute_frist("F81", MONTAG, "BW", geltend_bis=date(2026, 5, 1))


@pytest.mark.parametrize(
    ("frist", "ausloeser", "ende"),
    [
        ("F16", date(2026, 1, 31), date(2026, 7, 31)),
        ("F17", date(2026, 4, 30), date(2026, 2, 28)),
        ("F18", date(2026, 4, 30), date(2026, 4, 1)),
        ("F18", date(2010, 4, 30), date(2010, 4, 30)),
        ("F19", date(2026, 1, 1), date(2026, 2, 28)),
        ("F20", date(2026, 1, 15), date(2026, 7, 31)),
        ("F43", date(2026, 1, 1), date(2027, 1, 1)),
        ("F43", date(2010, 1, 1), date(2010, 7, 1)),
        ("F43", date(2010, 7, 1), date(2011, 1, 1)),
        ("F43", date(2011, 8, 1), date(2012, 1, 1)),
        # § 28a SGB XII: no change on 01.07. since 2012.
        ("F43", date(2012, 1, 1), date(2013, 1, 1)),
        ("F43", date(2017, 3, 1), date(2018, 1, 1)),
        ("F50", date(2024, 12, 31), date(2025, 1, 3)),
        ("F50", date(2025, 1, 1), date(2025, 1, 5)),
        ("F70", date(2026, 2, 28), date(2028, 2, 28)),
        ("F73", date(2026, 1, 1), date(2030, 12, 31)),
        ("F74", date(2026, 12, 31), date(2030, 12, 31)),
        ("F75", date(2026, 1, 31), date(2026, 2, 28)),
        ("F81", date(2026, 4, 29), date(2026, 4, 30)),
        ("F81", date(2026, 4, 30), date(2027, 4, 30)),
        ("F84", date(2026, 4, 3), date(2026, 4, 6)),
    ],
)
def test_special_ways_of_counting(frist, ausloeser, ende):
    assert compute_frist(frist, ausloeser, "BW").ende == ende


def test_erstattung_lapses_after_thirty_years_with_a_second_bescheid():
    ergebnis = compute_frist("F73", date(2026, 5, 1), "BW", laenge="30 Jahre")

    assert ergebnis.ende == date(2056, 12, 31)


def test_counting_in_months_refuses_weeks():
    with pytest.raises(
        EingabeUngueltig, match="rechnet in Monaten oder Jahren, nicht mit 2 Wochen"
    ):
        compute_frist("F31", MONTAG, "BW", laenge="2 Wochen")


def test_frist_without_length_has_a_day_to_look_at_it():
    ergebnis = compute_frist("F14", date(2026, 4, 4), "BW")

    assert (ergebnis.ende_rechnerisch, ergebnis.ende) == (None, None)
    assert ergebnis.anzeige == "sofort"
    assert ergebnis.wiedervorlage == date(2026, 4, 7)


def test_aufbewahrung_is_counted_when_the_authority_has_set_it():
    ergebnis = compute_frist("F86", date(2026, 1, 31), "BW", laenge="10 Jahre")

    assert (ergebnis.ende, ergebnis.anzeige) == (date(2036, 1, 31), "31.01.2036")


def test_overview_by_month_asks_for_the_first_working_day():
    juni = compute_frist("F31", date(2005, 12, 15), "BW", vorlauf_tage=0)
    pfingsten = compute_frist("F31", date(2025, 12, 15), "BW", vorlauf_tage=7)

    assert juni.wiedervorlage == date(2006, 6, 1)
    assert pfingsten.wiedervorlage == date(2026, 5, 22)
    assert pfingsten.anzeige == "Juni 2026"


@pytest.mark.parametrize(
    ("frist", "ausloeser", "vorlauf", "wiedervorlage"),
    [
        ("F01", date(2026, 11, 2), None, date(2026, 11, 12)),
        ("F01", date(2026, 11, 2), 0, date(2026, 11, 16)),
        ("F01", date(2026, 11, 2), 1, date(2026, 11, 13)),
        ("F01", date(2026, 11, 7), 99, date(2026, 11, 9)),
        ("F34", date(2026, 11, 16), 0, date(2028, 11, 15)),
        ("F34", date(2026, 11, 18), 0, date(2028, 11, 17)),
        ("F34", date(2026, 11, 19), 0, date(2028, 11, 17)),
        ("F42", date(2026, 9, 14), None, date(2026, 3, 18)),
        ("F17", date(2026, 11, 7), None, date(2026, 11, 9)),
    ],
)
def test_reminder_is_a_working_day_with_lead_time(frist, ausloeser, vorlauf, wiedervorlage):
    ergebnis = compute_frist(frist, ausloeser, "BW", vorlauf_tage=vorlauf)

    assert ergebnis.wiedervorlage == wiedervorlage


@pytest.mark.parametrize(("frist", "bis"), [("F56", date(2026, 4, 7)), ("F37", date(2026, 4, 9))])
def test_reminder_does_not_come_before_the_trigger(frist, bis):
    dienstag = date(2026, 4, 7)

    ergebnis = compute_frist(frist, dienstag, "BW", geltend_bis=bis, vorlauf_tage=30)

    assert ergebnis.wiedervorlage == dienstag


def test_early_warning_of_the_two_year_rules():
    ergebnis = compute_frist("F35", date(2024, 2, 29), "BW")

    assert ergebnis.vorwarnung == date(2025, 11, 28)
    assert ergebnis.wiedervorlage == date(2026, 2, 27)
    assert "Es zählt der unverschobene Tag" in texte(ergebnis)[-2]


def test_negative_lead_time_is_refused():
    with pytest.raises(EingabeUngueltig, match="zulässig sind 0 und mehr"):
        compute_frist("F01", MONTAG, "BW", vorlauf_tage=-1)


def test_rechtsstand_of_the_verfahren_may_differ_from_the_day():
    ergebnis = compute_frist("F12", date(2018, 1, 10), "BW", rechtsstand=Rechtsstand.A)

    assert ergebnis.rechtsstand is Rechtsstand.A
    assert ergebnis.norm == "§ 3 Abs. 4 BudgetV"


def test_holidays_of_the_land_decide():
    # Fronleichnam, 04.06.2026, is a holiday in BW and none in HH.
    assert compute_frist("F51", date(2026, 5, 4), "BW").ende == date(2026, 6, 5)
    assert compute_frist("F51", date(2026, 5, 4), "HH").ende == date(2026, 6, 4)


@pytest.mark.parametrize(
    ("frist", "ausloeser", "land", "fehler", "satz"),
    [
        ("F99", MONTAG, "BW", FristUnbekannt, "steht nicht im Katalog"),
        ("F51", MONTAG, "XX", LandUnbekannt, "Das Land „XX“ ist nicht bekannt"),
        ("F51", date(2003, 12, 31), "BW", AusserhalbDerDeckung, "kein Rechtsstand"),
        ("F51", date(2100, 1, 1), "BW", AusserhalbDerDeckung, "kein Rechtsstand"),
        ("F12", MONTAG, "BW", FristUnbekannt, "gibt es im Rechtsstand B nicht"),
        ("F51", datetime(2026, 4, 6, 8, 0), "BW", EingabeUngueltig, "ohne Uhrzeit"),  # noqa: DTZ001
        ("F51", None, "BW", EingabeUngueltig, "ohne Uhrzeit"),
    ],
)
def test_what_cannot_be_computed_raises(frist, ausloeser, land, fehler, satz):
    with pytest.raises(fehler, match=satz):
        compute_frist(frist, ausloeser, land)
