from datetime import date
from decimal import Decimal

import pytest

from recht.fehler import AusserhalbDerDeckung, EingabeUngueltig, ParameterUnbekannt
from recht.pflege import (
    fortzahlung_wochen,
    halbes_pflegegeld,
    kombileistung,
    pflegegeld_ruht,
)
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


@pytest.mark.parametrize(
    ("von", "bis", "ruht"),
    [
        # Four weeks until 2025 (recht.md R12): 28 days are paid, the 29th rests.
        ("2010-03-01", "2010-03-29", []),
        ("2010-03-01", "2010-03-30", [("2010-03-29", "2010-03-29")]),
        ("2025-03-03", "2025-05-05", [("2025-03-31", "2025-05-04")]),
        # Eight weeks since 2026: 56 days.
        ("2026-01-01", "2026-02-26", []),
        ("2026-01-01", "2026-02-27", [("2026-02-26", "2026-02-26")]),
        ("2026-06-10", None, [("2026-08-05", None)]),
        # Over the change: the law of each day.
        ("2025-12-15", "2026-02-10", [("2026-02-09", "2026-02-09")]),
        ("2025-11-20", "2026-02-01", [("2025-12-18", "2025-12-31"), ("2026-01-15", "2026-01-31")]),
        ("2025-11-01", "2026-01-10", [("2025-11-29", "2026-01-09")]),
        ("2025-11-01", None, [("2025-11-29", None)]),
        ("2025-11-20", "2026-01-10", [("2025-12-18", "2025-12-31")]),
        # Admitted and discharged on one day.
        ("2026-06-10", "2026-06-10", []),
    ],
)
def test_pflegegeld_rests_after_the_first_weeks_of_a_stay(von, bis, ruht):
    tag = date.fromisoformat
    ruhe = pflegegeld_ruht(tag(von), tag(bis) if bis else None)
    assert [(str(z.von), str(z.bis) if z.bis else None) for z in ruhe.zeitraeume] == ruht
    # Whoever employs carers gets it all the time.
    beschaeftigt = pflegegeld_ruht(tag(von), tag(bis) if bis else None, arbeitgebermodell=True)
    assert beschaeftigt.zeitraeume == ()
    assert beschaeftigt.rechenweg[1] == Schritt(
        "Die Pflegekräfte sind selbst angestellt; das Pflegegeld läuft ganz weiter.",
        "§ 34 Abs. 2 S. 3 SGB XI",
    )


def test_a_rest_tells_its_days_and_explains_itself():
    ruhe = pflegegeld_ruht(date(2025, 11, 20), date(2026, 2, 1))
    tage = [date(2025, 12, 17), date(2025, 12, 18), date(2026, 1, 14), date(2026, 1, 31)]
    assert [ruhe.ruht_am(tag) for tag in tage] == [False, True, False, True]
    norm = "§ 34 Abs. 2 SGB XI"
    assert ruhe.rechenweg == (
        Schritt("Aufenthalt im Krankenhaus oder in der Rehabilitation: 20.11.2025 bis 01.02.2026."),
        Schritt(
            "In diese Zeit fällt eine Änderung des Gesetzes; für jeden Tag gilt sein Recht.", norm
        ),
        Schritt(
            "In den ersten 4 Wochen läuft das Pflegegeld weiter, bis 17.12.2025; es ruht vom "
            "18.12.2025 bis 31.12.2025.",
            norm,
        ),
        Schritt(
            "In den ersten 8 Wochen läuft das Pflegegeld weiter, bis 14.01.2026; es ruht vom "
            "15.01.2026 bis 31.01.2026.",
            norm,
        ),
        Schritt("Ab dem Tag der Entlassung, dem 01.02.2026, läuft es wieder.", norm),
    )
    assert [s.grad for s in ruhe.rechenweg] == ["", "I", "V-P", "V-P", "M"]


def test_an_open_and_a_short_stay_are_explained():
    offen = pflegegeld_ruht(date(2026, 6, 10)).rechenweg
    assert offen[-1].text.endswith("es ruht ab 05.08.2026, solange der Aufenthalt dauert.")
    assert len(offen) == 2
    ein_tag = pflegegeld_ruht(date(2010, 3, 1), date(2010, 3, 30)).rechenweg
    assert [s.text for s in ein_tag][1:] == [
        "In den ersten 4 Wochen läuft das Pflegegeld weiter, bis 28.03.2010; es ruht am "
        "29.03.2010.",
        "Ab dem Tag der Entlassung, dem 30.03.2010, läuft es wieder.",
    ]
    kurz = pflegegeld_ruht(date(2026, 6, 10), date(2026, 6, 20)).rechenweg
    assert kurz[-1] == Schritt(
        "Der Aufenthalt reicht nicht über die ersten 8 Wochen hinaus. Das Pflegegeld läuft weiter.",
        "§ 34 Abs. 2 SGB XI",
    )
    assert kurz[-1].grad == "V-P"


def test_an_impossible_stay_is_refused():
    with pytest.raises(EingabeUngueltig, match="vor seinem Beginn"):
        pflegegeld_ruht(date(2026, 6, 10), date(2026, 6, 9))
    with pytest.raises((AusserhalbDerDeckung, ParameterUnbekannt), match=r"ab 01\.01\.2004"):
        pflegegeld_ruht(date(2003, 1, 1))
    assert [int(fortzahlung_wochen(date(jahr, 7, 1)).wert) for jahr in (2005, 2025, 2026)] == [
        4,
        4,
        8,
    ]


def test_half_of_the_pflegegeld():
    assert halbes_pflegegeld(Decimal(599)) == (
        Decimal("299.50"),
        Schritt("Hälfte des Pflegegelds: 299,50 €", "§ 37 Abs. 2 SGB XI"),
    )
    with pytest.raises(EingabeUngueltig, match="Pflegegeld: -1"):
        halbes_pflegegeld(Decimal(-1))
