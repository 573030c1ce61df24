"""Citations in sentences: several of one law, written out, with old wording."""

import pytest

from recht.fehler import NormUngueltig
from recht.zitat import read_zitate


@pytest.mark.parametrize(
    ("text", "normen"),
    [
        ("§§ 99, 105 Abs. 4, 108 SGB IX", ["§ 99 SGB IX", "§ 105 Abs. 4 SGB IX", "§ 108 SGB IX"]),
        (
            "§ 14 Abs. 2 S. 2 und 4 SGB IX",
            ["§ 14 Abs. 2 S. 2 SGB IX", "§ 14 Abs. 2 S. 4 SGB IX"],
        ),
        ("§ 15 Abs. 2 bis 4 SGB IX", ["§ 15 Abs. 2-4 SGB IX"]),
        ("§§ 53 ff., 57 SGB XII", ["§§ 53 ff. SGB XII", "§ 57 SGB XII"]),
        ("§§ 60 ff. SGB I", ["§§ 60 ff. SGB I"]),
        ("§ 29 Abs. 4 Satz 2 Nr. 4 SGB IX", ["§ 29 Abs. 4 S. 2 Nr. 4 SGB IX"]),
        ("§ 18c SGB XI", ["§ 18c SGB XI"]),
        ("§ 98 Abs. 2, § 120 Abs. 4 SGB IX", ["§ 98 Abs. 2 SGB IX", "§ 120 Abs. 4 SGB IX"]),
        (
            "§ 17 Abs. 2 S. 1 in Verbindung mit § 159 Abs. 5 SGB IX",
            ["§ 17 Abs. 2 S. 1 SGB IX", "§ 159 Abs. 5 SGB IX"],
        ),
        (
            "§ 14 Abs. 6 S. 2 SGB IX in der bis zum 31. Dezember 2017 geltenden Fassung",
            ["§ 14 Abs. 6 S. 2 SGB IX a.F."],
        ),
        (
            "Art. 15 der Datenschutz-Grundverordnung, § 83 des Zehnten Buches Sozialgesetzbuch",
            ["Art. 15 DSGVO", "§ 83 SGB X"],
        ),
        (
            "§ 55 Abs. 2 Nr. 3 und 7 SGB IX a.F.",
            ["§ 55 Abs. 2 Nr. 3 SGB IX a.F.", "§ 55 Abs. 2 Nr. 7 SGB IX a.F."],
        ),
        ("Art. 5 Abs. 1 Buchst. d DSGVO: x", ["Art. 5 Abs. 1 Buchst. d DSGVO"]),
        (
            "§ 32 SGB X, BSG 28.01.2021 - B 8 SO 9/19 R",
            ["§ 32 SGB X", "BSG 28.01.2021 - B 8 SO 9/19 R"],
        ),
        ("§ 36a Abs. 2a SGB I und § 9a Abs. 5 OZG", ["§ 36a Abs. 2a SGB I", "§ 9a Abs. 5 OZG"]),
        ("KVJS-Leitfaden 2010 Anlage 2 Nr. 10", ["KVJS-Leitfaden 2010 Anlage 2 Nr. 10"]),
        ("ohne Fundstelle § und Art. von gestern", []),
    ],
)
def test_citations_are_read_out_of_sentences(text, normen):
    assert [str(zitat.norm) for zitat in read_zitate(text)] == normen


@pytest.mark.parametrize(
    ("text", "normen"),
    [
        (
            "nach § 14 Absatz 2 Satz 3 Nummer 1 des Neunten Buches",
            ["§ 14 Abs. 2 S. 3 Nr. 1 SGB IX"],
        ),
        ("§\xa0117 Abs.\xa02 SGB IX", ["§ 117 Abs. 2 SGB IX"]),
        (
            "§ 4 der Budgetverordnung und § 104 des Bürgerlichen Gesetzbuchs",
            ["§ 4 BudgetV", "§ 104 BGB"],
        ),
        ("§ 188 Abs. 2 Alt. 2 BGB", ["§ 188 Abs. 2 Alt. 2 BGB"]),
        ("§ 14 Abs. 1 und § 15 SGB IX", ["§ 14 Abs. 1 SGB IX", "§ 15 SGB IX"]),
        ("§ 18 Abs. 1, Abs. 3 SGB IX", ["§ 18 Abs. 1 SGB IX", "§ 18 Abs. 3 SGB IX"]),
        ("§ 98 Abs. 1 S. 4-5 SGB IX", ["§ 98 Abs. 1 S. 4-5 SGB IX"]),
        ("§ 1 SGB I, § 2 SGB X; § 3 SGB XI", ["§ 1 SGB I", "§ 2 SGB X", "§ 3 SGB XI"]),
        ("BAGüS-Empfehlung 2007 Nr. 4.7", ["BAGüS-Empfehlung 2007 Nr. 4.7"]),
    ],
)
def test_forms_of_writing(text, normen):
    assert [str(zitat.norm) for zitat in read_zitate(text)] == normen
    assert all(zitat.vollstaendig for zitat in read_zitate(text))


def test_citation_without_its_law_is_told():
    (zitat,) = read_zitate("wie in § 15 Abs. 2 S. 2.")
    assert (zitat.vollstaendig, zitat.norm.paragraf, zitat.stelle) == (False, "15", 7)


def test_what_cannot_be_read_is_refused():
    with pytest.raises(NormUngueltig, match="nicht lesbar"):
        read_zitate("§ 12Xyz")
