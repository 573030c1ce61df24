"""One order of locks: the case first; only the helper locks a row of a case."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from cases.models import Case
from cases.services.sperre import path_to_case

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("cases", "gesamtplan", "budget", "berichte")
HELFER = "cases/services/sperre.py"
# These lock all the rows of a case that is locked already, or many rows behind `lock_cases_of`;
# the sweep skips what is locked and waits for nobody.
NACH_DEM_FALL = {
    ("cases/fall/services/case.py", "reopen_case"),
    ("cases/fall/services/uebergabe.py", "_lock"),
    ("cases/antrag/services/antragsbogen.py", "_lock"),
    ("cases/frist/services/fristpause.py", "end_pause"),
    ("cases/frist/services/fristenlauf.py", "_expire_silently"),
    ("cases/frist/services/fristenlauf.py", "_expire"),
    ("cases/frist/services/fristberichtigung.py", "_reopen"),
    ("cases/frist/services/fristneuberechnung.py", "_store"),
    ("cases/schreiben/services/druckstapel.py", "_waiting"),
    ("cases/schreiben/services/bekanntgabe.py", "settle_bekanntgabe"),
    ("cases/austausch/services/entscheidung.py", "*"),
}


def of_a_case() -> set[str]:
    """The names of all models whose rows belong to one case, and of the case itself."""
    names = {Case.__name__}
    for model in apps.get_models():
        try:
            path_to_case(model)
        except LookupError:
            continue
        names.add(model.__name__)
    return names


def locks(source: str) -> list[tuple[str, str]]:
    """Function and expression of every `select_for_update` in a module."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            found += [
                (function.name, ast.unparse(node.func.value))
                for node in ast.walk(function)
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "select_for_update"
            ]
    return found


def own_locks(sources: dict[str, str]) -> list[tuple[str, str, str]]:
    """Locks of rows of a case outside of the helper and of the list above."""
    names = of_a_case()
    return [
        (path, function, what)
        for path, source in sources.items()
        for function, what in locks(source)
        if path != HELFER
        and (path, function) not in NACH_DEM_FALL
        and (path, "*") not in NACH_DEM_FALL
        and (set(re.findall(r"\b[A-Z]\w+", what)) & names or not re.search(r"\b[A-Z]\w+", what))
    ]


def sources() -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_text()
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
    }


#: Rows of no case: accounts, directory, the authority, imports, the outbox.
OHNE_FALL = {
    "cases/services/auftrag.py",
    "cases/tisch/services/erinnerung.py",
    "cases/behoerde/services/eigener_wert.py",
    "cases/behoerde/services/bild.py",
    "cases/textbaustein/services.py",
    "gesamtplan/instrument/services.py",
    "cases/verzeichnis/services/verzeichnis.py",
    "cases/verzeichnis/services/zusammenfuehrung.py",
    "cases/person/services/personenangabe.py",
    "cases/austausch/services/austausch.py",
    "cases/fall/services/notfallzugriff.py",
}


def test_only_the_helper_locks_a_row_of_a_case():
    found = own_locks(sources())
    assert [row for row in found if row[0] not in OHNE_FALL] == []


def test_finder_sees_a_planted_lock():
    planted = "def step(x):\n    return Vermerk.objects.select_for_update().get(pk=x)\n"
    assert own_locks({"cases/neu.py": planted}) == [("cases/neu.py", "step", "Vermerk.objects")]
    plain = "def step(rows):\n    return rows.select_for_update().first()\n"
    assert len(own_locks({"cases/neu.py": plain})) == 1
    foreign = "def step(x):\n    return User.objects.select_for_update().get(pk=x)\n"
    assert own_locks({"cases/neu.py": foreign}) == []


@pytest.mark.parametrize(
    ("name", "pfad"),
    [
        ("Vermerk", "case"),
        ("Versand", "schreiben__case"),
        ("Bescheid", "persoenliches_budget__case"),
        ("Vorlaeufigkeit", "antrag__case"),
        ("Fristpause", "frist__case"),
    ],
)
def test_way_to_the_case(name, pfad):
    (model,) = [m for m in apps.get_models() if m.__name__ == name]
    assert path_to_case(model) == pfad


def test_lists_name_what_is_there():
    there = sources()
    assert {path for path, _ in NACH_DEM_FALL} | OHNE_FALL <= there.keys()
    functions = {(path, name) for path, text in there.items() for name, _ in locks(text)}
    assert {row for row in NACH_DEM_FALL if row[1] != "*"} <= functions
