"""One way for all letters: one place freezes them, one view shows them before."""

from __future__ import annotations

import ast

from tests.architektur.test_regeln import APPS, ROOT, python_files

WEG = "cases/schreiben/services/schreiben.py"
# The empty form belongs to no case: it is printed and kept nowhere.
OHNE_FALL = "cases/antrag/views/antragsbogen.py"


def calls(source: str, name: str) -> int:
    """How often a function is called, by its bare name or through its module."""
    return sum(
        isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name
        for node in ast.walk(ast.parse(source))
    )


def callers(name: str) -> list[str]:
    files = python_files(*APPS)
    assert len(files) > 350
    return [str(p.relative_to(ROOT)) for p in files if calls(p.read_text(), name)]


def test_only_one_place_freezes_a_letter():
    assert callers("freeze_schreiben") == [WEG]


def test_only_one_place_sets_a_letter_of_a_case():
    assert callers("render_brief") == [OHNE_FALL, WEG]


def test_finder_sees_planted_calls():
    assert calls("schreiben = dienst.freeze_schreiben(case=case)", "freeze_schreiben") == 1
    assert calls("freeze_schreiben = 1", "freeze_schreiben") == 0
