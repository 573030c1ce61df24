from datetime import date

import pytest

from recht.fehler import FristUnbekannt
from recht.fristen import compute_frist
from recht.fristkatalog import CODES, RECHNUNGEN, WER, _read_regel, fristregel, katalog
from recht.fristrechnung import RECHNUNGEN as WEGE
from recht.grad import GRADE
from recht.laenge import Laenge
from recht.rechtsstand import Rechtsstand, rechtsstand_am

IDS = (
    "F01 F01b F02 F03 F04 F05 F06 F07 F08 F09 F10 F11 F12 F13 F14 F15 F16 F17 F18 F19 F20 F21 "
    "F30 F30b F31 F31b F32 F33 F33b F34 F35 F36 F37 F38 F39 F40 F41 F42 F43 "
    "F50 F51 F52 F53 F54 F55 F56 F57 F58 F59 F59b F60 "
    "F70 F71 F72 F73 F74 F75 F76 F77 F80 F81 F82 F83 F84 F85 F86 F87"
)
TAGE = {
    Rechtsstand.A: date(2010, 6, 1),
    Rechtsstand.UE: date(2018, 6, 1),
    Rechtsstand.B: date(2026, 6, 1),
}


def test_catalogue_holds_every_frist_in_order():
    # A later one has a test of its own; these are the table of the law as it was handed over.
    assert [frist for frist in katalog() if frist in IDS.split()] == IDS.split()


@pytest.mark.parametrize("frist", IDS.split())
def test_rule_is_complete(frist):
    regel = katalog()[frist]

    assert regel.code in CODES
    assert regel.wer_text == WER[regel.wer]
    assert regel.bezeichnung
    assert regel.ausloeser
    assert regel.folge.endswith(".")
    assert regel.fassungen
    for fassung in regel.fassungen.values():
        assert fassung.rechnung in RECHNUNGEN
        assert fassung.grad in GRADE
        assert (fassung.rechnung == "keine") == (regel.code == "-")
    assert bool(regel.anzeige) == (regel.code == "-")


# The shift codes of the table of Fristen.
@pytest.mark.parametrize(
    ("code", "fristen"),
    [
        ("-", "F01b F03 F14 F40 F60 F82 F85 F86 F87"),
        ("N", "F16 F17 F18 F19 F30 F30b F31b F37 F43 F50 F54 F55 F72 F75 F84"),
        ("Q", "F31 F32 F34 F35 F36 F38 F39 F42 F70 F73 F74 F83"),
    ],
)
def test_rules_have_the_shift_code_of_the_table(code, fristen):
    assert [r.id for r in katalog().values() if r.code == code] == fristen.split()


@pytest.mark.parametrize(
    ("frist", "laenge"),
    [
        ("F01", "2 Wochen"),
        ("F04", "3 Wochen"),
        ("F05", "2 Wochen"),
        ("F06", "2 Wochen"),
        ("F07", "2 Wochen"),
        ("F08", "6 Wochen"),
        ("F09", "2 Monate"),
        ("F12", "1 Woche"),
        ("F13", "2 Monate"),
        ("F15", "4 Wochen"),
        ("F16", "6 Monate"),
        ("F20", "6 Kalendermonate"),
        ("F21", "25 Arbeitstage"),
        ("F34", "2 Jahre"),
        ("F36", "6 Wochen"),
        ("F38", "4 Wochen"),
        ("F39", "2 Wochen"),
        ("F53", "1 Monat"),
        ("F58", "1 Jahr"),
        ("F59", "1 Monat"),
        ("F59b", "2 Wochen"),
        ("F70", "2 Jahre"),
        ("F71", "1 Jahr"),
        ("F73", "4 Jahre"),
        ("F76", "12 Monate"),
        ("F83", "1 Monat"),
        ("F84", "72 Stunden"),
        ("F86", "nach Festlegung der Behörde"),
    ],
)
def test_rule_has_the_length_of_the_table(frist, laenge):
    assert katalog()[frist].laenge_text == laenge


@pytest.mark.parametrize(
    ("frist", "norm_a", "norm_ue", "norm_b"),
    [
        (
            "F04",
            "§ 14 Abs. 2 S. 2 SGB IX a.F.",
            "§ 14 Abs. 2 S. 2 SGB IX",
            "§ 14 Abs. 2 S. 2 SGB IX",
        ),
        ("F12", "§ 3 Abs. 4 BudgetV", "", ""),
        ("F08", "", "§ 15 Abs. 4 S. 1 SGB IX", "§ 15 Abs. 4 S. 1 SGB IX"),
        (
            "F30",
            "§ 17 Abs. 2 S. 5 SGB IX a.F.",
            "§ 29 Abs. 1 S. 6 SGB IX",
            "§ 29 Abs. 1 S. 6 SGB IX",
        ),
        ("F35", "BAGüS-Empfehlung 2007 Nr. 4.7", "§ 144 Abs. 2 SGB XII", "§ 121 Abs. 2 SGB IX"),
        ("F80", "", "", "§ 148 Abs. 1 SGB IX"),
        (
            "F21",
            "§ 18 Abs. 3 SGB XI a.F.",
            "§ 18 Abs. 3 S. 2 SGB XI a.F.",
            "§ 18c Abs. 1 S. 1 SGB XI",
        ),
        ("F11", "", "§ 143a Abs. 1 SGB XII", "§ 120 Abs. 1 SGB IX"),
        ("F39", "", "§ 145 SGB XII", "§ 122 S. 3 SGB IX"),
        ("F42", "BAGüS-Empfehlung 2007 Nr. 3.5", "§ 141 SGB XII", "§ 117 SGB IX"),
        (
            "F14",
            "§ 98 Abs. 2 S. 3 SGB XII, § 43 Abs. 1 SGB I",
            "§ 98 Abs. 2 S. 3 SGB XII, § 24 S. 1 SGB IX",
            "§ 120 Abs. 4 SGB IX",
        ),
    ],
)
def test_rule_cites_the_law_of_its_time(frist, norm_a, norm_ue, norm_b):
    regel = katalog()[frist]

    assert (regel.norm_a, regel.norm_ue, regel.norm_b) == (norm_a, norm_ue, norm_b)


def test_length_differs_by_rechtsstand():
    regel = fristregel("F21")

    assert regel.fassung(Rechtsstand.A).laenge == Laenge(5, "wochen")
    assert regel.fassung(Rechtsstand.B).laenge == Laenge(25, "arbeitstage")


def test_frist_that_did_not_exist_is_refused():
    with pytest.raises(FristUnbekannt, match=r"gibt es im Rechtsstand B nicht.* Rechtsstand A"):
        fristregel("F12").fassung(Rechtsstand.B)


@pytest.mark.parametrize("frist", ["F99", "f51", "", None, 51, ["F51"]])
def test_unknown_frist_names_the_catalogue(frist):
    with pytest.raises(FristUnbekannt, match="zulässig sind F01, F01b, F02"):
        fristregel(frist)


def test_every_way_of_calculation_is_used_and_implemented():
    benutzt = {f.rechnung for r in katalog().values() for f in r.fassungen.values()}

    assert benutzt == set(RECHNUNGEN) == set(WEGE)


def test_grade_differs_by_rechtsstand():
    # Until 2017 only the recommendation of the BAGüS spoke of it, now § 121 Abs. 2 SGB IX does.
    grade = [fristregel("F35").fassung(stand).grad for stand in (Rechtsstand.A, Rechtsstand.B)]

    assert grade == ["SEED-B", "V-G26"]


def test_what_is_interpretation_is_marked():
    einstellbar = {r.id for r in katalog().values() if r.fassungen[max(r.fassungen)].einstellbar}

    assert {"F30", "F54", "F55", "F56", "F71", "F76", "F83"} <= einstellbar
    assert "F51" not in einstellbar


@pytest.mark.parametrize("rechtsstand", Rechtsstand)
def test_every_frist_of_a_rechtsstand_can_be_computed(rechtsstand):
    tag = TAGE[rechtsstand]
    gerechnet = 0
    for regel in katalog().values():
        if rechtsstand not in regel.fassungen:
            continue
        bis = tag if regel.id == "F11" else None
        laenge = "2 Wochen" if regel.laenge_noetig else None
        ergebnis = compute_frist(regel.id, tag, "BW", laenge=laenge, geltend_bis=bis)
        assert ergebnis.norm == regel.fassungen[rechtsstand].norm
        assert (ergebnis.ende is None) == (regel.code == "-")
        assert ergebnis.anzeige
        assert len(ergebnis.schritte) >= 2
        gerechnet += 1
    assert gerechnet >= 50


def test_row_with_an_unknown_field_is_refused():
    zeile = {"id": "F99", "code": "S", "norm_b": "§ 14 SGB IX", "grad": "I", "vorlauf": 3}

    with pytest.raises(FristUnbekannt, match=r"F99: unbekannte Angaben im Katalog: \['vorlauf'\]"):
        _read_regel(zeile)


# Texts of 2.7.2012, 12/2021 and 19.8.2026 of §§ 18, 18c, 37 SGB XI; the days between them are from
# memory: PSG II 1.1.2017, PUEG 1.10.2023, the change of § 37 Abs. 3 on 1.1.2026, DSGVO 25.5.2018.
@pytest.mark.parametrize(
    ("frist", "tag", "laenge", "norm"),
    [
        ("F21", date(2016, 12, 31), "5 Wochen", "§ 18 Abs. 3 SGB XI a.F."),
        ("F21", date(2017, 1, 1), "25 Arbeitstage", "§ 18 Abs. 3 S. 2 SGB XI a.F."),
        ("F21", date(2019, 12, 31), "25 Arbeitstage", "§ 18 Abs. 3 S. 2 SGB XI a.F."),
        ("F21", date(2023, 9, 30), "25 Arbeitstage", "§ 18 Abs. 3 S. 2 SGB XI a.F."),
        ("F21", date(2023, 10, 1), "25 Arbeitstage", "§ 18c Abs. 1 S. 1 SGB XI"),
        ("F41", date(2012, 7, 2), "6 Monate", "§ 37 Abs. 3 S. 1 Nr. 1 SGB XI a.F."),
        ("F41", date(2025, 12, 31), "6 Monate", "§ 37 Abs. 3 S. 1 Nr. 1 SGB XI a.F."),
        ("F41", date(2026, 1, 1), "6 Monate", "§ 37 Abs. 3 S. 1 SGB XI"),
        ("F41b", date(2012, 7, 2), "3 Monate", "§ 37 Abs. 3 S. 1 Nr. 2 SGB XI a.F."),
        ("F41b", date(2018, 6, 1), "3 Monate", "§ 37 Abs. 3 S. 1 Nr. 2 SGB XI a.F."),
        ("F41b", date(2025, 12, 31), "3 Monate", "§ 37 Abs. 3 S. 1 Nr. 2 SGB XI a.F."),
        ("F41b", date(2026, 1, 1), "6 Monate", "§ 37 Abs. 3 S. 1 SGB XI"),
        ("F83", date(2018, 5, 25), "1 Monat", "Art. 12 Abs. 3 DSGVO, § 83 SGB X"),
        ("F84", date(2018, 5, 25), "72 Stunden", "Art. 33 Abs. 1 DSGVO"),
        ("F86", date(2018, 5, 24), None, "§ 84 SGB X"),
        ("F86", date(2018, 5, 25), None, "§ 84 SGB X, Art. 17 DSGVO"),
    ],
)
def test_rule_changes_on_days_of_its_own(frist, tag, laenge, norm):
    fassung = fristregel(frist).fassung(rechtsstand_am(tag), tag)
    assert (str(fassung.laenge or "") or None, fassung.norm) == (laenge, norm)
    assert compute_frist(frist, tag, "BW").norm == norm


def test_counselling_of_the_severely_dependent_was_quarterly():
    alt, neu = date(2025, 12, 1), date(2026, 1, 1)
    assert compute_frist("F41b", alt, "BW").ende == date(2026, 3, 2)
    assert compute_frist("F41b", neu, "BW").ende == date(2026, 7, 1)
    assert fristregel("F41b").fassung(Rechtsstand.B, alt).grad == "M"
    assert fristregel("F41b").fassung(Rechtsstand.B, neu).grad == "V-G26"


@pytest.mark.parametrize("frist", ["F83", "F84"])
def test_data_protection_of_the_dsgvo_begins_with_it(frist):
    with pytest.raises(FristUnbekannt, match=r"erst seit dem 25\.05\.2018"):
        compute_frist(frist, date(2018, 5, 24), "BW")
    with pytest.raises(FristUnbekannt, match="gibt es im Rechtsstand A nicht"):
        compute_frist(frist, date(2017, 12, 31), "BW")


@pytest.mark.parametrize(
    ("frist", "tag", "norm"),
    [
        ("F33", date(2026, 1, 1), "§ 29 Abs. 4 S. 2 Nr. 2 SGB IX"),
        ("F32", date(2010, 1, 1), "KVJS-Leitfaden 2010 Nr. 3.6"),
    ],
)
def test_pause_of_an_agreed_frist_rests_on_the_agreement(frist, tag, norm):
    """The Zielvereinbarung sets it; § 209 BGB is about the Hemmung of a Verjährung."""
    pause = (tag.replace(day=5), tag.replace(day=9))
    ergebnis = compute_frist(frist, tag, "BW", pausen=[pause])
    assert [s.norm for s in ergebnis.schritte if "Pause" in s.text] == [norm, norm]
    assert "Schriftlich" in fristregel(frist).pausen[0].text


# The table of the law as it was handed over (section 2.3: norm until 2017, norm today), with the
# corrections of November 2026; written apart from the catalogue, so that a swapped § is noticed.
SOLL = """
F01 | § 14 Abs. 1 S. 1 SGB IX a.F. | § 14 Abs. 1 S. 1 SGB IX, § 14 Abs. 4 SGB IX
F01b | § 19 Abs. 3 SGB X, § 19 Abs. 4 SGB X | § 19 Abs. 3 SGB X, § 19 Abs. 4 SGB X
F02 | § 14 Abs. 1 S. 2 SGB IX a.F. | § 14 Abs. 1 S. 2 SGB IX
F03 | § 14 Abs. 2 S. 5 SGB IX a.F. | § 14 Abs. 3 SGB IX
F04 | § 14 Abs. 2 S. 2 SGB IX a.F. | § 14 Abs. 2 S. 2 SGB IX
F05 | § 14 Abs. 2 S. 4 SGB IX a.F. | § 14 Abs. 2 S. 3 SGB IX
F06 | § 14 Abs. 5 S. 5 SGB IX a.F. | § 17 Abs. 2 S. 1 SGB IX
F07 | § 3 Abs. 1 BudgetV | § 15 Abs. 2 S. 2 SGB IX
F08 | | § 15 Abs. 4 S. 1 SGB IX
F09 | | § 15 Abs. 4 S. 2 SGB IX, § 20 Abs. 4 SGB IX
F10 | | § 19 Abs. 2 S. 1 SGB IX
F11 | | § 120 Abs. 1 SGB IX
F12 | § 3 Abs. 4 BudgetV |
F13 | | § 18 Abs. 1 SGB IX, § 18 Abs. 3 SGB IX, § 18 Abs. 7 SGB IX
F15 | § 98 Abs. 2 S. 3 SGB XII | § 98 Abs. 2 S. 1 SGB IX
F16 | | § 98 Abs. 1 S. 4-5 SGB IX
F17 | § 98 Abs. 2 SGB XII | § 98 Abs. 1 S. 1 SGB IX
F18 | § 18 SGB XII | § 108 Abs. 1 S. 2 SGB IX
F19 | § 42 SGB I | § 42 SGB I
F20 | § 28 SGB X | § 28 SGB X
F30 | § 17 Abs. 2 S. 5 SGB IX a.F. | § 29 Abs. 1 S. 6 SGB IX
F30b | § 38 S. 3 SGB XI | § 38 S. 3 SGB XI
F33 | § 4 Abs. 1 Nr. 2 BudgetV | § 29 Abs. 4 S. 2 Nr. 2 SGB IX
F33b | § 4 Abs. 1 Nr. 2 BudgetV | § 29 Abs. 4 S. 2 Nr. 2 SGB IX
F34 | § 3 Abs. 6 BudgetV | § 29 Abs. 2 S. 4-5 SGB IX
F35 | BAGüS-Empfehlung 2007 Nr. 4.7 | § 121 Abs. 2 SGB IX
F36 | § 10 Abs. 1 S. 2 SGB IX a.F. | § 19 Abs. 3 SGB IX
F38 | § 12 SGB XII a.F. |
F39 | | § 122 S. 3 SGB IX
F40 | § 4 Abs. 2 BudgetV | § 29 Abs. 4 S. 4-7 SGB IX
F50 | § 37 Abs. 2 SGB X | § 37 Abs. 2 SGB X
F51 | § 84 Abs. 1 SGG | § 84 Abs. 1 SGG
F52 | § 66 Abs. 2 SGG | § 66 Abs. 2 SGG
F53 | § 87 SGG | § 87 SGG
F54 | § 88 Abs. 1 SGG | § 88 Abs. 1 SGG
F55 | § 88 Abs. 2 SGG | § 88 Abs. 2 SGG
F56 | § 24 SGB X | § 24 SGB X
F57 | § 66 Abs. 3 SGB I | § 66 Abs. 3 SGB I
F58 | § 35 Abs. 3 SGB X | § 35 Abs. 3 SGB X
F59 | § 67 SGG | § 67 SGG
F59b | § 27 SGB X | § 27 SGB X
F60 | § 86 SGG | § 86 SGG
F70 | § 45 Abs. 3 SGB X | § 45 Abs. 3 SGB X
F72 | § 44 Abs. 4 SGB X | § 44 Abs. 4 SGB X
F73 | § 50 Abs. 4 SGB X | § 50 Abs. 4 SGB X
F74 | § 45 SGB I | § 45 SGB I
F75 | § 44 SGB I | § 44 SGB I
F76 | § 111 SGB X | § 111 SGB X
F77 | | § 16 Abs. 2 SGB IX, § 111 SGB X
F80 | | § 148 Abs. 1 SGB IX
F81 | | § 41 Abs. 2 SGB IX
F83 | | Art. 12 Abs. 3 DSGVO, § 83 SGB X
F84 | | Art. 33 Abs. 1 DSGVO
F85 | | § 145 Abs. 2 SGB IX
F86 | § 84 SGB X | § 84 SGB X, Art. 17 DSGVO
F87 | § 67b Abs. 2 SGB X | § 67b Abs. 2 SGB X, § 23 SGB IX
"""


@pytest.mark.parametrize("zeile", SOLL.strip().splitlines())
def test_rule_cites_what_the_table_of_the_law_says(zeile):
    frist, norm_a, norm_b = (teil.strip() for teil in zeile.split("|"))
    regel = katalog()[frist]
    ohne_urteil = [n.partition(", BSG")[0] for n in (regel.norm_a, regel.norm_b)]
    assert ohne_urteil == [norm_a, norm_b]
