"""What the program knows about a Frist stands in the catalogue, and code calls it by its name."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from recht.fehler import FristUnbekannt
from recht.fristkatalog import GRUPPEN, Anlass, _read_regel, katalog, regeln_bis, regeln_mit
from recht.fristkennung import Regel
from tests.recht.test_fristkatalog import IDS

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = (
    "recht",
    "cases",
    "gesamtplan",
    "budget",
    "berichte",
    "config",
    "vorfuehrung",
    "bench",
    "tools",
    "werkzeug",
)
NUMMER = re.compile(r"F\d\d[a-z]?")


def bare_numbers(source: str) -> list[str]:
    """Strings that are the number of a Frist and nothing else."""
    return [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and NUMMER.fullmatch(node.value)
    ]


def test_names_and_catalogue_are_the_same_list():
    katalogzeilen = "\n".join(f'    {r.kennung} = "{r.id}"' for r in katalog().values())
    namen = "\n".join(f'    {r.name} = "{r.value}"' for r in Regel)
    assert namen == katalogzeilen, f"recht/fristkennung.py soll enthalten:\n{katalogzeilen}"


def test_no_bare_number_of_a_frist_stands_in_code():
    files = [
        path
        for folder in CODE
        for path in sorted((ROOT / folder).rglob("*.py"))
        # The faults of tools/stoerungen have numbers of their own.
        if not {"migrations", "stoerungen"} & set(path.parts) and path.name != "fristkennung.py"
    ]
    found = {str(p.relative_to(ROOT)): bare_numbers(p.read_text()) for p in files}
    assert len(files) > 400
    assert {name: rows for name, rows in found.items() if rows} == {}


def test_finder_sees_a_planted_number():
    assert bare_numbers('start(regel="F04", text="F04 läuft")') == ["F04"]


# recht: § 14 Abs. 1 S. 1, Abs. 2 S. 2-3, § 15 Abs. 4 SGB IX, § 88 Abs. 1 SGG.
@pytest.mark.parametrize(
    ("merkmal", "regeln"),
    [
        ("bei_eingang", "F01 F04 F54"),
        ("fremd", "F06 F07 F12 F13 F21 F56 F57"),
        (
            "von_hand",
            "F06 F07 F13 F15 F16 F19 F20 F21 F30b F32 F33 F41 F55 F56 F57 F58 F59 F59b "
            "F73 F74 F77 F83",
        ),
        ("gesetzt", "F56 F57"),
        ("seite", "F01"),
        ("im_bericht", "F01 F04 F31 F34 F35"),
    ],
)
def test_marks_of_the_catalogue(merkmal, regeln):
    assert [r for r in regeln_mit(merkmal) if r in IDS.split()] == regeln.split()


@pytest.mark.parametrize(
    ("anlass", "regeln"),
    [
        (Anlass.ZUSTAENDIGKEIT, "F01"),
        (Anlass.ENTSCHEIDUNG, "F04 F05 F08 F09"),
        (Anlass.BEKANNTGABE, "F54"),
    ],
)
def test_steps_about_an_antrag_end_their_fristen(anlass, regeln):
    assert [r for r in regeln_bis(anlass) if r in IDS.split()] == regeln.split()


def test_what_starts_with_the_receipt_ends_with_a_step():
    assert [r for r in regeln_mit("bei_eingang") if not katalog()[r].endet_mit] == []


def test_every_group_is_used_and_no_other():
    assert list(dict.fromkeys(r.gruppe for r in katalog().values())) == list(GRUPPEN)


def _zeile(**mehr):
    return {
        "id": "F99",
        "kennung": "PROBE",
        "gruppe": "statistik",
        "bezeichnung": "Probe",
        "ausloeser": "Probe",
        "wer": "T",
        "code": "S",
        "norm_b": "§ 14 SGB IX",
        "folge": "Keine.",
        "grad": "I",
        **mehr,
    }


def test_unknown_group_and_unknown_step_are_refused():
    with pytest.raises(FristUnbekannt, match="unbekannte Gruppe „andere“"):
        _read_regel(_zeile(gruppe="andere"))
    with pytest.raises(ValueError, match="widerruf"):
        _read_regel(_zeile(endet_mit="widerruf"))
