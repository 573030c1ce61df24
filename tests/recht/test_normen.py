"""The index of the cited norms: days, sources, and why a citation is refused."""

from datetime import date

import pytest

from recht.grad import GRADE
from recht.norm import Norm
from recht.normen import check_fundstelle, normzeilen, quellen, zeilen_zu

A, UE, B = date(2010, 6, 1), date(2018, 6, 1), date(2026, 6, 1)


def zeile(text: str):
    (eine,) = zeilen_zu(Norm.parse(text))
    return eine


def test_every_row_is_complete_and_unique():
    gesehen = set()
    for z in normzeilen():
        key = (str(z.norm), z.von)
        assert key not in gesehen
        gesehen.add(key)
        assert z.von <= z.bis
        assert z.grad in GRADE
        assert z.zeit in ("", *GRADE)
        # Without a text of the law at hand the row says so.
        gesetz = z.norm.zeichen != ""
        assert not gesetz or bool(z.texte) == (z.grad != "M")
        assert (z.anfang is None and z.ende is None) or z.zeit or z.grad
    assert len(gesehen) > 600


def test_rows_are_sorted_and_their_laws_named():
    normen = [z.norm for z in normzeilen()]
    assert normen == sorted(normen)
    assert quellen()[0] == "SGB I"
    assert set(quellen()) == {n.gesetz for n in normen}


@pytest.mark.parametrize(
    ("text", "von", "bis", "quelle", "grad", "gedaechtnis"),
    [
        ("§ 58 SGB XII", date(2005, 1, 1), date(2017, 12, 31), "02.07.2012", "V-G12", False),
        ("§ 144 Abs. 2 SGB XII", date(2018, 1, 1), date(2019, 12, 31), "", "M", True),
        ("§ 121 Abs. 2 SGB IX", date(2020, 1, 1), None, "Ende 2021, 19.08.2026", "V-G26", False),
        ("§ 14 Abs. 3 SGB IX", date(2018, 1, 1), None, "Ende 2021, 19.08.2026", "V-G26", False),
        ("§ 26 Abs. 7 SGB X", None, None, "02.07.2012, Ende 2021, 19.08.2026", "V-G26", False),
        ("§ 18c Abs. 1 S. 1 SGB XI", date(2023, 10, 1), None, "19.08.2026", "V-G26", True),
        ("Art. 33 Abs. 1 DSGVO", date(2018, 5, 25), None, "", "M", True),
        ("§ 3 Abs. 5 BudgetV", date(2004, 7, 1), date(2017, 12, 31), "02.07.2012", "V-G12", False),
    ],
)
def test_row_says_when_and_where_from(text, von, bis, quelle, grad, gedaechtnis):
    z = zeile(text)
    assert (z.anfang, z.ende) == (von, bis)
    assert (z.quelle, z.grad, z.gedaechtnis) == (quelle, grad, gedaechtnis)


@pytest.mark.parametrize(
    ("text", "tage", "grund"),
    [
        ("§ 14 Abs. 3 SGB IX", (UE, B), ""),
        ("§ 14 Abs. 2 S. 1 SGB IX", (A, B), ""),
        ("§ 58 SGB XII", (A, A), ""),
        ("§ 17 Abs. 2 S. 5 SGB IX a.F.", (A, A), ""),
        ("§§ 141-145 SGB XII", (UE, UE), ""),
        ("§ 999 SGB IX", (B, B), "§ 999 SGB IX steht nicht im Verzeichnis der Normen."),
        (
            "§ 14 Abs. 3 SGB IX",
            (A, B),
            "§ 14 Abs. 3 SGB IX galt am 01.06.2010 nicht (im Verzeichnis ab 01.01.2018).",
        ),
        (
            "§ 58 SGB XII",
            (A, UE),
            "§ 58 SGB XII galt am 01.01.2018 nicht (im Verzeichnis ab 01.01.2005 bis 31.12.2017).",
        ),
        (
            "§ 14 Abs. 2 S. 3 SGB IX",
            (A, A),
            "",
        ),
        (
            "§ 26 Abs. 7 SGB X a.F.",
            (A, A),
            "§ 26 Abs. 7 SGB X a.F. gilt noch; eine alte Fassung gibt es im Verzeichnis nicht.",
        ),
        (
            "§ 14 Abs. 2 S. 4 SGB IX",
            (A, B),
            "§ 14 Abs. 2 S. 4 SGB IX sagt seit dem 01.01.2018 etwas anderes; zu datieren.",
        ),
        (
            "§ 17 Abs. 2 S. 5 SGB IX a.F.",
            (UE, UE),
            "§ 17 Abs. 2 S. 5 SGB IX a.F. galt am 01.06.2018 nicht"
            " (im Verzeichnis bis 31.12.2017).",
        ),
    ],
)
def test_citation_is_checked_for_its_days(text, tage, grund):
    assert check_fundstelle(Norm.parse(text), *tage) == grund
