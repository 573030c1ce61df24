"""Each Frist of the catalogue has a place that starts it and one that ends it, or a reason."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from recht.fristkatalog import Fristregel, katalog
from recht.fristkennung import Regel

ROOT = Path(__file__).resolve().parent.parent.parent.parent
ZEILE = re.compile(r"^\| (F\d\d[a-z]?) (.+?) \| (.+) \| (.+) \|$", re.MULTILINE)
ORT = re.compile(r"`([\w/]+\.py)::(\w+)`")
HAND = ("cases/frist/services/handfrist.py", "start_handfrist")
ABLAUF = ("cases/frist/services/fristenlauf.py", "_expire")
# Rules that a place takes from the catalogue by a mark instead of naming them one by one.
DURCH_MERKMAL = {
    "start_eingangsfristen": "bei_eingang",
    "start_handfrist": "von_hand",
    "end_handfrist": "von_hand",
}
# Places that end all that runs for an object, or what the computed Bekanntgabe names.
ALLE = {"_settle_frist", "_end_adaptations", "lift_laufzeit", "_run_frist"}
ENDET = {
    "confirm_zustaendigkeit": "zustaendigkeit",
    "determine_zustaendigkeit": "zustaendigkeit",
    "forward_antrag": "zustaendigkeit",
    "keep_entscheidung": "entscheidung",
    "_decide_antrag": "entscheidung",
    "_take_effect": "bekanntgabe",
    "_end_waiting": "bekanntgabe",
}


def zeilen() -> dict[str, tuple[str, str]]:
    tafel = (ROOT / "docs/fristen.md").read_text().partition("## Wo jede Frist beginnt")[2]
    return {m[1]: (m[3], m[4]) for m in ZEILE.finditer(tafel.partition("\n## ")[0])}


@cache
def funktionen(path: str) -> dict[str, str]:
    tree = ast.parse((ROOT / path).read_text())
    return {n.name: ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}


def fits(regel: Fristregel, path: str, name: str) -> bool:
    """Tell whether this place is about the rule: by its name, by a mark, or all."""
    if (path, name) == ABLAUF:
        return not {"T", "RT"} & set(regel.wer.split())
    if name in DURCH_MERKMAL:
        return bool(getattr(regel, DURCH_MERKMAL[name]))
    if name in ENDET:
        return regel.endet_mit == ENDET[name]
    return name in ALLE or f"Regel.{Regel(regel.id).name}" in funktionen(path)[name]


def test_table_names_every_frist_of_the_catalogue_once_and_in_order():
    assert list(zeilen()) == list(katalog())


@pytest.mark.parametrize("frist", list(katalog()))
def test_each_frist_starts_and_ends_somewhere_or_says_why_not(frist):
    regel, (beginnt, endet) = katalog()[frist], zeilen()[frist]
    orte = [ORT.findall(beginnt), ORT.findall(endet)]
    for path, name in (*orte[0], *orte[1]):
        assert name in funktionen(path), f"{path} hat kein {name}"
    if endet == "–":
        # No place of its own: the reason stands in words.
        assert len(ORT.sub("", beginnt).split()) >= 4
        assert not regel.von_hand
        assert not regel.bei_eingang
        return
    assert all(orte)
    fremd = [
        f"{path}::{name}" for path, name in (*orte[0], *orte[1]) if not fits(regel, path, name)
    ]
    assert fremd == []


def test_what_is_taken_in_by_hand_says_so():
    von_hand = {frist for frist, (beginnt, _) in zeilen().items() if HAND in ORT.findall(beginnt)}
    assert von_hand == {regel.id for regel in katalog().values() if regel.von_hand}


def started_in_code() -> set[str]:
    """Return the rules that some service names where it starts a Frist."""
    found = set()
    for top in ("cases", "gesamtplan", "budget"):
        for path in (ROOT / top).rglob("*.py"):
            for text in funktionen(str(path.relative_to(ROOT))).values():
                if re.search(r"\b(start|correct)_frist\(", text) and path.name != "queries.py":
                    found |= set(re.findall(r"regel=Regel\.(\w+)", text))
    return found


def test_what_a_service_starts_has_its_place_in_the_table():
    genannt = {Regel(frist).name for frist, (_, endet) in zeilen().items() if endet != "–"}
    assert started_in_code() - genannt == set()
