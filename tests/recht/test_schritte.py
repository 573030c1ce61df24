"""What a Fallmanager reads under "Warum dieses Datum?", for each way of counting."""

from datetime import date

import pytest

from recht.fristen import compute_frist

BSG = "BSG 06.05.2010 - B 14 AS 12/09 R"
AUSLEGUNG = ("Grundlage dieser Regel: Auslegung; von der Behörde einstellbar.", "")
DONNERSTAG = date(2026, 4, 30)


def bleibt(tag):
    return (f"Der Tag bleibt {tag}: er verschiebt sich nicht auf einen Werktag.", "")


def offen(tag):
    return (
        f"Ob sich das Ende ({tag}) auf einen Werktag verschiebt, ist nicht gesichert. Es zählt der"
        " unverschobene Tag; die Wiedervorlage liegt davor.",
        "",
    )


@pytest.mark.parametrize(
    ("frist", "schritte"),
    [
        (
            "F17",
            [
                (
                    "Auslöser am Donnerstag, 30.04.2026: Aufnahme in die besondere Wohnform oder"
                    " Einrichtung.",
                    "",
                ),
                (
                    "Zurückgerechnet: 2 Monate; der Zeitraum beginnt am Samstag, 28.02.2026.",
                    "§ 98 Abs. 1 S. 1 SGB IX",
                ),
                bleibt("Samstag, 28.02.2026"),
            ],
        ),
        (
            "F18",
            [
                ("Auslöser am Donnerstag, 30.04.2026: Antrag.", ""),
                (
                    "Maßgeblich ist der Erste des Monats: Mittwoch, 01.04.2026.",
                    "§ 108 Abs. 1 S. 2 SGB IX",
                ),
                bleibt("Mittwoch, 01.04.2026"),
            ],
        ),
        (
            "F31",
            [
                ("Auslöser am Donnerstag, 30.04.2026: erste Auszahlung.", ""),
                (
                    "Die Frist beträgt 6 Monate.",
                    "§ 29 Abs. 4 SGB IX, § 121 Abs. 4 Nr. 1 SGB IX",
                ),
                (
                    "Vereinbart ist ein Monat, kein Tag: Oktober 2026.",
                    "§ 29 Abs. 4 SGB IX, § 121 Abs. 4 Nr. 1 SGB IX",
                ),
                offen("31.10.2026"),
            ],
        ),
        (
            "F42",
            [
                ("Maßgeblich ist der Tag selbst: Donnerstag, 30.04.2026.", "§ 117 SGB IX"),
                offen("30.04.2026"),
            ],
        ),
        (
            "F43",
            [
                (
                    "Auslöser am Donnerstag, 30.04.2026: Tag, von dem aus der nächste"
                    " Jahreswechsel gesucht wird.",
                    "",
                ),
                (
                    "Der nächste feste Tag ist Freitag, 01.01.2027.",
                    "§ 135 SGB IX, § 136 SGB IX, § 137 SGB IX",
                ),
                bleibt("Freitag, 01.01.2027"),
            ],
        ),
        (
            "F50",
            [
                (
                    "Auslöser am Donnerstag, 30.04.2026: Aufgabe zur Post oder Absendung."
                    " Dieser Tag zählt nicht mit.",
                    "§ 37 Abs. 2 SGB X",
                ),
                (
                    "Der 4. Tag danach ist Montag, 04.05.2026 (Regel ab 01.01.2025).",
                    "§ 37 Abs. 2 SGB X",
                ),
                (
                    "Der Tag bleibt Montag, 04.05.2026: er verschiebt sich nicht auf einen"
                    " Werktag.",
                    BSG,
                ),
            ],
        ),
        (
            "F72",
            [
                (
                    "Auslöser am Donnerstag, 30.04.2026: Antrag auf Überprüfung oder Rücknahme.",
                    "",
                ),
                (
                    "Zurückgerechnet: 4 Jahre vom 01.01.2026 aus; erster Tag ist Samstag,"
                    " 01.01.2022.",
                    "§ 44 Abs. 4 SGB X",
                ),
                bleibt("Samstag, 01.01.2022"),
            ],
        ),
        (
            "F74",
            [
                ("Auslöser am Donnerstag, 30.04.2026: Entstehung des Anspruchs.", ""),
                (
                    "Die Frist beträgt 4 Jahre ab dem 31.12.2026 und endet am Dienstag,"
                    " 31.12.2030.",
                    "§ 45 SGB I",
                ),
                offen("31.12.2030"),
            ],
        ),
        (
            "F14",
            [
                ("Auslöser am Donnerstag, 30.04.2026: Kenntnis des Eilfalls.", ""),
                (
                    "Eine feste Länge gibt es nicht. Sofort und vorläufig leisten; das"
                    " Gesamtplanverfahren wird nachgeholt.",
                    "§ 120 Abs. 4 SGB IX",
                ),
            ],
        ),
        (
            "F80",
            [
                (
                    "Auslöser am Donnerstag, 30.04.2026: Ende des Berichtsjahres. Dieser Tag"
                    " zählt nicht mit.",
                    "§ 26 Abs. 1 SGB X, § 187 Abs. 1 BGB",
                ),
                ("Die Frist beträgt 40 Arbeitstage.", "§ 148 Abs. 1 SGB IX"),
                ("Rechnerisches Ende: Mittwoch, 01.07.2026.", "§ 188 Abs. 1 BGB"),
                AUSLEGUNG,
            ],
        ),
    ],
)
def test_every_way_of_counting_explains_itself(frist, schritte):
    ergebnis = compute_frist(frist, DONNERSTAG, "BW")

    assert [(s.text, s.norm) for s in ergebnis.schritte[:-1]] == schritte
    assert ergebnis.schritte[-1].text.startswith("Wiedervorlage am ")


def test_pauses_explain_themselves():
    pausen = [(date(2026, 5, 4), date(2026, 5, 5)), (date(2026, 5, 9), date(2026, 5, 9))]

    schritte = compute_frist("F56", DONNERSTAG, "BW", pausen=pausen).schritte[3:6]

    assert [(s.text, s.norm) for s in schritte] == [
        ("Pause vom 04.05.2026 bis 05.05.2026: 2 Tage zählen nicht mit.", "§ 209 BGB"),
        ("Pause vom 09.05.2026 bis 09.05.2026: 1 Tag zählt nicht mit.", "§ 209 BGB"),
        ("Ende mit Pausen: Sonntag, 17.05.2026.", "§ 209 BGB"),
    ]
    vorbei = compute_frist("F56", DONNERSTAG, "BW", pausen=[(DONNERSTAG, DONNERSTAG)])
    assert vorbei.schritte[3].norm == "§ 209 BGB"


@pytest.mark.parametrize(
    ("frist", "norm"),
    [("F01", "§ 188 Abs. 2 BGB"), ("F51", "§ 188 Abs. 2 BGB"), ("F84", "§ 188 Abs. 1 BGB")],
)
def test_end_cites_the_rule_of_its_unit(frist, norm):
    assert compute_frist(frist, date(2026, 4, 7), "BW").schritte[2].norm == norm


def test_given_last_day_is_explained():
    schritte = compute_frist("F56", DONNERSTAG, "BW", geltend_bis=date(2026, 5, 20)).schritte

    assert (schritte[0].text, schritte[0].norm) == (
        "Festgelegter letzter Tag: Mittwoch, 20.05.2026.",
        "§ 24 SGB X",
    )


def test_length_set_by_the_authority_cites_the_rule():
    schritt = compute_frist("F56", DONNERSTAG, "BW", laenge="3 Wochen").schritte[1]

    assert (schritt.text, schritt.norm) == (
        "Die festgelegte Länge beträgt 3 Wochen.",
        "§ 24 SGB X",
    )


def test_leap_day_that_the_next_year_lacks_is_explained():
    ergebnis = compute_frist("F52", date(2024, 2, 29), "BW")

    assert ergebnis.ende == date(2025, 2, 28)
    assert (ergebnis.schritte[2].text, ergebnis.schritte[2].norm) == (
        "Der Februar 2025 hat keinen 29. Tag; die Frist endet am letzten Tag des Monats:"
        " Freitag, 28.02.2025.",
        "§ 188 Abs. 3 BGB",
    )
