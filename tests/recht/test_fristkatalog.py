from datetime import date

import pytest

from recht.fehler import FristUnbekannt
from recht.fristen import compute_frist
from recht.fristkatalog import CODES, RECHNUNGEN, WER, _read_regel, fristregel, katalog
from recht.fristrechnung import RECHNUNGEN as WEGE
from recht.grad import GRADE
from recht.laenge import Laenge
from recht.rechtsstand import Rechtsstand

IDS = (
    "F01 F01b F02 F03 F04 F05 F06 F07 F08 F09 F10 F11 F12 F13 F14 F15 F16 F17 F18 F19 F20 F21 "
    "F30 F30b F31 F32 F33 F34 F35 F36 F37 F38 F39 F40 F41 F42 F43 "
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
        ("-", "F01b F03 F14 F36 F39 F40 F60 F82 F85 F86 F87"),
        ("N", "F16 F17 F18 F19 F30 F30b F37 F43 F50 F54 F55 F72 F75 F84"),
        ("Q", "F31 F32 F34 F35 F38 F42 F70 F73 F74 F83"),
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
        ("F38", "4 Wochen"),
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
        ("F35", "BAGüS-Empfehlung 2007 Nr. 4.7", "§§ 141-145 SGB XII", "§ 121 Abs. 2 SGB IX"),
        ("F80", "", "", "§ 148 Abs. 1 SGB IX"),
        ("F21", "§ 18 Abs. 3 SGB XI a.F.", "§ 18 Abs. 3 SGB XI", "§ 18c SGB XI"),
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
