"""Every legal precondition of the budget opens with its citation and has a test of its name."""

from __future__ import annotations

import inspect
from pathlib import Path

from budget.bemessung import guards as bemessung
from budget.bescheid import guards as bescheid
from budget.ueberpruefung import guards as ueberpruefung
from budget.verfahren import guards as verfahren
from budget.zahlung import guards as zahlung
from budget.zielvereinbarung import guards as zielvereinbarung

RAEUME = {
    "verfahren": verfahren,
    "bemessung": bemessung,
    "zielvereinbarung": zielvereinbarung,
    "bescheid": bescheid,
    "zahlung": zahlung,
    "ueberpruefung": ueberpruefung,
}
BELEG = ("§ ", "Art. ", "BSG ", "KVJS")


def test_every_guard_opens_with_its_citation_and_has_a_test():
    found = [
        (raum, function)
        for raum, guards in RAEUME.items()
        for _, function in inspect.getmembers(guards, inspect.isfunction)
        if function.__module__ == guards.__name__ and not function.__name__.startswith("_")
    ]
    assert len(found) == 81
    assert [f.__name__ for _, f in found if not (f.__doc__ or "").startswith(BELEG)] == []
    hier = Path(__file__).parent
    tests = {r: "".join(f.read_text() for f in (hier / r).glob("test_*.py")) for r in RAEUME}
    assert [f.__name__ for raum, f in found if f"def test_{f.__name__}" not in tests[raum]] == []
