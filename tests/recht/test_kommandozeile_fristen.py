"""Commands that compute days: Fristen and Bekanntgabe, with the Sitz of the authority."""

import pytest

from tests.recht.kommandoprobe import BEKANNTGABE, FRIST, rufe


def test_frist_with_pauses_and_first_day():
    _, antworten = rufe(
        "fristen",
        {**FRIST, "frist": "F56", "laenge": "1 Monat", "pausen": [["2026-04-10", "2026-04-20"]]},
        {**FRIST, "tagesbeginn": True},
        {**FRIST, "laenge": "3 Monate"},
        {**FRIST, "frist": "F37", "geltend_bis": "2026-05-31"},
        {**FRIST, "frist": "F14"},
        {"frist": "F12", "ausloeser": "2018-01-10", "land": "BW", "rechtsstand": "A"},
    )

    assert [a["ende"] for a in antworten] == [
        "2026-05-18", "2026-05-05", "2026-07-06", "2026-05-31", None, "2018-01-17"
    ]  # fmt: skip
    assert [antworten[0][f] for f in ("ausloeser", "ende_rechnerisch", "wiedervorlage")] == [
        "2026-04-06", "2026-05-17", "2026-05-18"
    ]  # fmt: skip
    assert antworten[0]["schritte"][0] == {
        "text": "Auslöser am Montag, 06.04.2026: Bekanntgabe des Anhörungsschreibens."
        " Dieser Tag zählt nicht mit.",
        "norm": "§ 26 Abs. 2 SGB X",
    }
    assert antworten[5]["rechtsstand"] == "A"


def test_first_day_counts_by_the_catalogue_unless_told_otherwise():
    bindung = {"frist": "F30", "ausloeser": "2005-12-01", "land": "BW"}

    _, antworten = rufe("fristen", bindung, {**bindung, "tagesbeginn": False})

    assert [a["ende"] for a in antworten] == ["2006-05-31", "2006-06-01"]


def test_bekanntgabe_with_its_options():
    _, antworten = rufe(
        "bekanntgabe",
        {**BEKANNTGABE, "rbb": "fehlt"},
        {**BEKANNTGABE, "weg": "elektronisch", "ausland": True},
        {**BEKANNTGABE, "zugang": "2026-04-11"},
    )

    assert [a["widerspruch_bis"] for a in antworten] == ["2027-04-06", "2026-07-06", "2026-05-11"]
    assert [a["bekanntgabe"] for a in antworten] == ["2026-04-06", "2026-04-06", "2026-04-11"]


AUSLAND = "§ 37 Abs. 2 S. 1 SGB X"


@pytest.mark.parametrize("ausland", [True, "ja", "Ja"])
def test_post_abroad_without_receipt_has_no_bekanntgabe(ausland):
    # § 37 Abs. 2 S. 1 SGB X: the fiction is one of post „im Inland“.
    status, [antwort] = rufe("bekanntgabe", {**BEKANNTGABE, "ausland": ausland, "zugang": None})

    assert (status, antwort["bekanntgabe"], antwort["widerspruch_bis"]) == (0, None, None)
    assert antwort["norm"] == AUSLAND
    assert antwort["grund"].startswith("Bei einem Versand ins Ausland (einfacher Brief) gibt es")


def test_post_abroad_counts_from_the_proven_receipt():
    # § 84 Abs. 1 S. 2 SGG: three months abroad; § 66 Abs. 2 SGG: one year without a right notice.
    # 03.04.2026 is before the fourth day: abroad there is no fourth day.
    abroad = {**BEKANNTGABE, "ausland": True, "zugang": "2026-04-03"}

    _, antworten = rufe(
        "bekanntgabe", abroad, {**abroad, "rbb": "fehlt"}, {**abroad, "rbb": "Unrichtig"}
    )

    assert {a["bekanntgabe"] for a in antworten} == {"2026-04-03"}
    assert [a["widerspruch_bis"] for a in antworten] == ["2026-07-03", "2027-04-05", "2027-04-05"]


# Widerspruchsfrist by sitz: from Tuesday 15.07. to Friday 15.08.2025 (Art. 1 FTG BY).
WOCHENENDE, AM_TAG = "2025-08-18", "2025-08-15"


@pytest.mark.parametrize(
    ("land", "sitz", "ende"),
    [
        ("BY", "München", WOCHENENDE),
        ("BY", "muenchen", WOCHENENDE),
        ("BY", "Stadt München", WOCHENENDE),
        (None, "München", WOCHENENDE),
        (None, {"gemeinde": "Augsburg"}, WOCHENENDE),
        ("BY", "BY-Augsburg", WOCHENENDE),
        ("BY", "mariae_himmelfahrt", WOCHENENDE),
        ("BY", "Mariä Himmelfahrt gilt hier", WOCHENENDE),
        ("BY", ["Mariä Himmelfahrt", "Friedensfest"], WOCHENENDE),
        ("BY", "katholisch", WOCHENENDE),
        ("BY", {"gemeinde": "Neudorf", "mariae_himmelfahrt": True}, WOCHENENDE),
        ("BY", {"gemeinde": "Nürnberg", "mariae_himmelfahrt": True}, WOCHENENDE),
        ("BY", "Nürnberg", AM_TAG),
        ("BY", "keine", AM_TAG),
        ("BY", [], AM_TAG),
        ("BY", {"mariae_himmelfahrt": False}, AM_TAG),
        ("BW", "Stuttgart", AM_TAG),
        ("SL", None, WOCHENENDE),
    ],
)
def test_sitz_decides_whether_15_august_is_a_holiday(land, sitz, ende):
    item = {"frist": "F51", "ausloeser": "2025-07-15", "land": land, "sitz": sitz}

    status, [antwort] = rufe("fristen", {k: v for k, v in item.items() if v is not None})

    assert (status, antwort["ende"], antwort["warnung"]) == (0, ende, "")


@pytest.mark.parametrize(
    ("land", "sitz", "aufgabe", "bis"),
    [
        # Fronleichnam 04.06.2026; Bekanntgabe 04.05., the month ends on that Thursday.
        ("SN", "Crostwitz", "2026-04-30", "2026-06-05"),
        ("SN", "Dresden", "2026-04-30", "2026-06-04"),
        ("TH", "Heilbad Heiligenstadt", "2026-04-30", "2026-06-05"),
        ("TH", "Erfurt", "2026-04-30", "2026-06-04"),
        ("NW", "Köln", "2026-04-30", "2026-06-05"),
        # Friedensfest 08.08.2025, a Friday.
        ("BY", "Augsburg", "2025-07-04", "2025-08-11"),
        ("BY", "München", "2025-07-04", "2025-08-08"),
    ],
)
def test_sitz_decides_the_end_of_the_widerspruchsfrist(land, sitz, aufgabe, bis):
    item = {"aufgabe": aufgabe, "weg": "post", "land": land, "sitz": sitz}

    _, [antwort] = rufe("bekanntgabe", item)

    assert (antwort["widerspruch_bis"], "Sitz der Behörde" in antwort["warnung"]) == (bis, False)


@pytest.mark.parametrize("sitz", [None, "BY", "Bayern", {"augsburger_friedensfest": False}])
def test_without_sitz_the_answer_says_what_hangs_on_it(sitz):
    item = {"frist": "F51", "ausloeser": "2025-07-15", "land": "BY", "sitz": sitz}
    brief = {"aufgabe": "2025-07-11", "weg": "post", "land": "BY", "sitz": sitz}

    (_, [frist]), (_, [bescheid]) = rufe("fristen", item), rufe("bekanntgabe", brief)

    assert (frist["ende"], bescheid["widerspruch_bis"]) == (AM_TAG, AM_TAG)
    assert frist["warnung"] == bescheid["warnung"]
    assert frist["warnung"] == (
        "Freitag, 15.08.2025 (Mariä Himmelfahrt) ist Feiertag in einem Teil des Landes Bayern."
        " Ob das am Sitz der Behörde gilt, ist nicht hinterlegt; gilt es dort, endet die Frist"
        " am Montag, 18.08.2025."
    )
