"""A refusal is tested by what it says: that somebody refuses somehow proves nothing."""

from __future__ import annotations

import ast

from tests.architektur.test_regeln import APPS, ROOT, layers, python_files


def guard_names() -> set[str]:
    """All functions that return an obstacle or nothing."""
    return {
        node.name
        for path in python_files(*APPS)
        if "guards" in layers(path)
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and node.returns is not None
        and "Hindernis | None" in ast.unparse(node.returns)
    }


def called_name(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)


def silent_checks(source: str, guards: set[str]) -> list[str]:
    """Checks that an obstacle is there without its sentence or norm."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        kept = {
            target.id
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and called_name(node.value) in guards
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(function):
            if not (isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Is | ast.IsNot)):
                continue
            asks = called_name(node.left) in guards or ast.unparse(node.left) in kept
            # `is None` says all there is to say, unless a flag turns it round.
            flagged = isinstance(node.ops[0], ast.IsNot) or any(
                isinstance(outer, ast.Compare) and outer.left is node
                for outer in ast.walk(function)
            )
            if asks and flagged:
                found.append(ast.unparse(node))
    return found


def test_no_guard_is_tested_without_its_sentence_or_norm():
    guards = guard_names()
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    found = {str(p.relative_to(ROOT)): silent_checks(p.read_text(), guards) for p in files}
    assert len(guards) > 80
    assert {name: checks for name, checks in found.items() if checks} == {}


def test_finder_sees_planted_checks():
    for line in (
        "assert guards.darf_es(1) is not None",
        "assert (darf_es(tag) is None) == offen",
        "hindernis = darf_es(1); assert hindernis is not None",
    ):
        assert silent_checks(f"def test(): {line}", {"darf_es"}) != [], line
    good = "assert darf_es(1) is None; assert darf_es(2).norm == '§ 1 BGB'"
    assert silent_checks(f"def test(): {good}", {"darf_es"}) == []


# These carry no words: their class stands for one thing alone.
OHNE_WORTE = {"Abbruch", "KeyboardInterrupt", "Getoetet", "LaeuftSchon"}


def silent_raises(source: str) -> list[int]:
    """Lines that expect an error and look neither at its words nor at the error itself."""
    tree = ast.parse(source)
    seen = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "value"
        and isinstance(node.value, ast.Name)
    }
    kept = {
        item.context_expr: item.optional_vars.id
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.optional_vars, ast.Name)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "pytest.raises"
        and not any(k.arg == "match" for k in node.keywords)
        and kept.get(node) not in seen
        and ast.unparse(node.args[0]) not in OHNE_WORTE
    ]


def test_every_expected_error_is_known_by_its_words():
    files = sorted((ROOT / "tests").rglob("*.py"))
    found = {str(p.relative_to(ROOT)): silent_raises(p.read_text()) for p in files}
    assert sum(p.read_text().count("pytest.raises(") for p in files) > 300
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_finder_sees_a_planted_silent_raises():
    assert silent_raises("with pytest.raises(ValueError): f()") == [1]
    assert silent_raises("with pytest.raises(ValueError) as e: f()") == [1]
    assert silent_raises("pytest.raises(ValueError, f)") == [1]
    assert silent_raises("with pytest.raises(ValueError, match='x'): f()") == []
    assert silent_raises("with pytest.raises(ValueError) as e: f()\nassert e.value.x") == []
