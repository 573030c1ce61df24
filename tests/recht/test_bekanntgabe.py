from datetime import date

import pytest

from recht.bekanntgabe import WEGE, KeineBekanntgabe, bekanntgabe
from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig, LandUnbekannt, ParameterUnbekannt
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand

DONNERSTAG = date(2026, 4, 9)


@pytest.mark.parametrize(
    ("weg", "alt", "neu", "norm"),
    [
        ("post", date(2025, 1, 3), date(2025, 1, 5), "§ 37 Abs. 2 SGB X"),
        ("elektronisch", date(2025, 1, 3), date(2025, 1, 5), "§ 37 Abs. 2 SGB X"),
        ("portal", date(2025, 1, 3), date(2025, 1, 5), "§ 37 Abs. 2a SGB X"),
        ("einschreiben", date(2025, 1, 3), date(2025, 1, 5), "§ 4 VwZG"),
        ("zustellung", date(2024, 12, 31), date(2025, 1, 1), "§ 65 SGB X"),
        ("uebergabe", date(2024, 12, 31), date(2025, 1, 1), "§ 37 Abs. 1 SGB X"),
        ("oeffentlich", date(2025, 1, 14), date(2025, 1, 15), "§ 10 Abs. 2 S. 6 VwZG"),
    ],
)
def test_day_by_way_before_and_after_the_change_of_2025(weg, alt, neu, norm):
    vorher = bekanntgabe(date(2024, 12, 31), weg, "BW")
    nachher = bekanntgabe(date(2025, 1, 1), weg, "BW")

    assert (vorher.bekanntgabe, nachher.bekanntgabe) == (alt, neu)
    assert (vorher.norm, nachher.norm) == (norm, norm)


def test_every_way_is_covered():
    assert list(WEGE) == [
        "post", "elektronisch", "portal", "einschreiben", "zustellung", "uebergabe", "oeffentlich"
    ]  # fmt: skip


def test_result_holds_the_frist_and_all_steps():
    ergebnis = bekanntgabe(DONNERSTAG, "post", "BW")

    assert (ergebnis.aufgabe, ergebnis.weg) == (DONNERSTAG, "post")
    assert ergebnis.rechtsstand is Rechtsstand.B
    assert ergebnis.frist.frist == "F51"
    assert ergebnis.frist.ausloeser == ergebnis.bekanntgabe == date(2026, 4, 13)
    assert ergebnis.widerspruch_bis == ergebnis.frist.ende == date(2026, 5, 13)
    assert ergebnis.schritte[2:] == ergebnis.frist.schritte
    assert ergebnis.schritte[0].text == (
        "Aufgabe oder Absendung am Donnerstag, 09.04.2026 (einfacher Brief); der Bescheid gilt am"
        " 4. Tag danach als bekannt gegeben: Montag, 13.04.2026."
    )
    assert ergebnis.warnung == ""


@pytest.mark.parametrize("rbb", ["fehlt", "falsch"])
def test_wrong_or_missing_belehrung_gives_a_year(rbb):
    ergebnis = bekanntgabe(DONNERSTAG, "post", "BW", rbb=rbb)

    assert ergebnis.frist.frist == "F52"
    assert ergebnis.widerspruch_bis == date(2027, 4, 13)


def test_abroad_gives_three_months():
    ergebnis = bekanntgabe(DONNERSTAG, "elektronisch", "BW", ausland=True)

    assert ergebnis.widerspruch_bis == date(2026, 7, 13)
    assert ergebnis.warnung == ""


@pytest.mark.parametrize("weg", ["post", "einschreiben"])
def test_letter_abroad_has_no_fictional_day(weg):
    # § 37 Abs. 2 S. 1 SGB X: only „im Inland“.
    with pytest.raises(KeineBekanntgabe, match="gibt es keinen fingierten Tag") as fehler:
        bekanntgabe(DONNERSTAG, weg, "BW", ausland=True)
    assert fehler.value.norm.startswith("§")

    ergebnis = bekanntgabe(DONNERSTAG, weg, "BW", ausland=True, zugang=DONNERSTAG)

    # § 84 Abs. 1 S. 2 SGG: three months; the day of the receipt counts, however early.
    assert ergebnis.bekanntgabe == DONNERSTAG
    assert ergebnis.widerspruch_bis == date(2026, 7, 9)
    assert ergebnis.warnung == ""


def test_later_receipt_replaces_the_fiction():
    ergebnis = bekanntgabe(date(2026, 4, 2), "post", "BW", zugang=date(2026, 4, 11))

    assert ergebnis.bekanntgabe == date(2026, 4, 11)
    assert ergebnis.widerspruch_bis == date(2026, 5, 11)
    assert ergebnis.warnung == ""
    assert [schritt.norm for schritt in ergebnis.schritte[:2]] == ["§ 37 Abs. 2 SGB X"] * 2
    assert ergebnis.schritte[1].text == (
        "Nachgewiesen ist der spätere Zugang am Samstag, 11.04.2026; die Fiktion gilt nicht, es"
        " zählt der Tag des Zugangs."
    )


def test_earlier_receipt_changes_nothing():
    ergebnis = bekanntgabe(DONNERSTAG, "post", "BW", zugang=date(2026, 4, 10))

    assert ergebnis.bekanntgabe == date(2026, 4, 13)
    assert ergebnis.schritte[1] == Schritt(
        "Der frühere Zugang am Freitag, 10.04.2026 ändert daran nichts.",
        "BSG 06.05.2010 - B 14 AS 12/09 R",
    )


def test_receipt_on_the_fictional_day_is_no_later_one():
    # § 37 Abs. 2 S. 3 SGB X: only a later receipt replaces the fiction.
    ergebnis = bekanntgabe(DONNERSTAG, "post", "BW", zugang=date(2026, 4, 13))

    assert ergebnis.bekanntgabe == date(2026, 4, 13)
    assert [s for s in ergebnis.schritte if "die Fiktion gilt nicht" in s.text] == []


def test_receipt_counts_for_zustellung():
    ergebnis = bekanntgabe(DONNERSTAG, "zustellung", "BW", zugang=date(2026, 4, 11))

    assert ergebnis.bekanntgabe == date(2026, 4, 11)
    assert ergebnis.warnung == ""
    assert ergebnis.schritte[0] == Schritt(
        "Zustellung mit Urkunde oder Empfangsbekenntnis am Samstag, 11.04.2026: dieser Tag zählt.",
        "§ 65 SGB X",
    )


def test_handing_over_counts_at_once():
    assert bekanntgabe(DONNERSTAG, "uebergabe", "BW").schritte[0] == Schritt(
        "Persönliche Übergabe am Donnerstag, 09.04.2026: dieser Tag zählt.", "§ 37 Abs. 1 SGB X"
    )


def test_the_other_view_depends_on_the_land():
    # 06.01.2025 is a holiday in BW and none in HH.
    assert "07.02.2025" in bekanntgabe(date(2025, 1, 2), "post", "BW").warnung
    assert bekanntgabe(date(2025, 1, 2), "post", "HH").warnung == ""


@pytest.mark.parametrize(
    ("angaben", "fehler", "text"),
    [
        ({"weg": "fax"}, EingabeUngueltig, "zulässig sind post, elektronisch"),
        ({"rbb": "egal"}, EingabeUngueltig, "zulässig sind richtig, fehlt, falsch"),
        ({"zugang": date(2026, 4, 8)}, EingabeUngueltig, "liegt vor der Aufgabe"),
        ({"aufgabe": "2026-04-09"}, EingabeUngueltig, "Tag der Aufgabe"),
        ({"zugang": "2026-04-09"}, EingabeUngueltig, "Zugang"),
        ({"land": "XX"}, LandUnbekannt, "zulässig sind BB"),
        ({"aufgabe": date(2003, 12, 31)}, AusserhalbDerDeckung, "kein Rechtsstand"),
        ({"aufgabe": date(2012, 7, 2), "weg": "portal"}, ParameterUnbekannt, r"10\.12\.2020"),
    ],
)
def test_what_cannot_be_meant_is_refused(angaben, fehler, text):
    alle = {"aufgabe": DONNERSTAG, "weg": "post", "land": "BW", **angaben}

    with pytest.raises(fehler, match=text):
        bekanntgabe(**alle)


def test_receipt_on_the_day_of_dispatch_is_possible():
    ergebnis = bekanntgabe(DONNERSTAG, "post", "BW", zugang=DONNERSTAG)

    assert ergebnis.bekanntgabe == date(2026, 4, 13)


def test_warnings_word_for_word():
    ostern = bekanntgabe(date(2026, 4, 2), "post", "BW")

    assert ostern.warnung == (
        "Die Bekanntgabe fällt auf Montag, 06.04.2026. Nach der Gegenansicht, die im Steuerrecht"
        " gilt, wäre sie erst am Dienstag, 07.04.2026; der Widerspruch wäre also bis Donnerstag,"
        " 07.05.2026 möglich. Ein Widerspruch bis dahin sollte nicht ohne Prüfung als verspätet"
        " behandelt werden."
    )
    assert ostern.schritte[1] == Schritt(
        "Der Tag der Bekanntgabe verschiebt sich nicht, auch nicht auf einen Werktag.",
        "BSG 06.05.2010 - B 14 AS 12/09 R",
    )


GEGENANSICHT = "Nach der Gegenansicht, die im Steuerrecht gilt, wäre sie erst am "


def test_the_other_view_counts_three_months_abroad():
    ostern = bekanntgabe(date(2026, 4, 2), "elektronisch", "BW", ausland=True)
    samstag = bekanntgabe(date(2026, 4, 7), "elektronisch", "BW", ausland=True)

    assert (ostern.widerspruch_bis, samstag.widerspruch_bis) == (
        date(2026, 7, 6),
        date(2026, 7, 13),
    )
    assert "bis Dienstag, 07.07.2026 möglich" in ostern.warnung
    assert samstag.warnung == (
        f"Die Bekanntgabe fällt auf Samstag, 11.04.2026. {GEGENANSICHT}Montag, 13.04.2026;"
        " am Ende der Widerspruchsfrist ändert das hier nichts."
    )


def test_two_warnings_follow_each_other_as_sentences():
    # Bekanntgabe on Saturday 15.07.2023, the month ends on Tuesday 15.08.2023 (Art. 1 FTG BY).
    warnung = bekanntgabe(date(2023, 7, 12), "post", "BY").warnung

    assert "Montag, 17.07.2023; der Widerspruch wäre also bis" in warnung
    assert "behandelt werden. Dienstag, 15.08.2023 (Mariä Himmelfahrt) ist Feiertag" in warnung
