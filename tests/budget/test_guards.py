"""Every legal precondition of the budget opens with its citation and has a test of its name."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import budget
from tests.budget import __path__ as PROBEN

BELEG = ("§ ", "Art. ", "BSG ", "KVJS", "Vier-Augen-Grundsatz")
# Every room with preconditions; one that is added stands here, or the test says so.
RAEUME = {
    *("arbeitgeber", "bemessung", "bescheid", "folge", "pruefung", "teilnahme", "ueberpruefung"),
    *("traegerwechsel", "umzug", "unterbrechung", "verfahren", "vorschlag", "zahlung"),
    "zielvereinbarung",
}


def _modules() -> Iterator[tuple[str, ModuleType]]:
    """Return each module of guards with its room, one file or a folder of them."""
    for found in pkgutil.walk_packages(budget.__path__, "budget."):
        teile = found.name.split(".")
        if len(teile) > 2 and teile[2] == "guards":
            yield teile[1], importlib.import_module(found.name)


def test_every_guard_opens_with_its_citation_and_has_a_test():
    found = [
        (raum, function)
        for raum, guards in _modules()
        for _, function in inspect.getmembers(guards, inspect.isfunction)
        if function.__module__ == guards.__name__ and not function.__name__.startswith("_")
    ]
    assert {raum for raum, _ in found} == RAEUME
    assert [f.__name__ for _, f in found if not (f.__doc__ or "").startswith(BELEG)] == []
    tests = "".join(file.read_text() for path in PROBEN for file in Path(path).rglob("test_*.py"))
    assert [f.__name__ for _, f in found if f"def test_{f.__name__}" not in tests] == []
    assert len(found) > 140
