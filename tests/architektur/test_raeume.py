"""The rooms of the house: what belongs together stands together, in code, templates and tests."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
ROOMS = next(c for c in CONFIG["contracts"] if c["id"] == "schichten")["containers"]
LAYERS = (
    "views",
    "forms",
    "services",
    "schritte",
    "queries",
    "guards",
    "schreiben",
    "export",
    "tasks",
)


@cache
def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for app in ("cases", "gesamtplan", "budget")
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
    }


def room_of(module: str) -> str:
    head = ".".join(module.split(".")[:2])
    return head if head in ROOMS else ""


def imports_of(module: str) -> list[str]:
    """The modules of the house that a module imports, one entry per imported name."""
    found = []
    for node in ast.walk(ast.parse(modules()[module].read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            full = [f"{node.module}.{name.name}" for name in node.names]
            found += [f if f in modules() else node.module for f in full]
    return [name for name in found if name in modules()]


def test_most_imports_among_rooms_stay_in_their_room():
    pairs = [
        (room_of(module), room_of(target))
        for module in modules()
        if room_of(module)
        for target in imports_of(module)
        if room_of(target)
    ]
    inside = sum(a == b for a, b in pairs)
    assert len(ROOMS) >= 18
    assert len(pairs) > 500
    assert inside / len(pairs) >= 0.7, f"{inside} von {len(pairs)}"


def nouns_of(room: str) -> dict[str, set[str]]:
    """Each noun of a room with the layers that have a file for it."""
    nouns: dict[str, set[str]] = {}
    for module in modules():
        parts = module.split(".")
        if room_of(module) == room and len(parts) == 4 and parts[2] in LAYERS:
            nouns.setdefault(parts[3], set()).add(parts[2])
    return nouns


def test_a_form_or_guard_has_the_noun_of_another_layer_a_model_or_the_law():
    law = {p.stem for p in (ROOT / "recht").glob("*.py")}
    models = {
        p.stem
        for app in ("cases", "gesamtplan", "budget")
        for p in (ROOT / app / "models").glob("*.py")
    }
    rooms = {room.split(".")[-1] for room in ROOMS}
    alone, seen = [], 0
    for room in ROOMS:
        for noun, layers in nouns_of(room).items():
            seen += 1
            named = noun in models | rooms | law or len(layers) > 1
            if layers <= {"forms", "guards"} and not named:
                alone.append(f"{room}: {noun} ({', '.join(layers)})")
    assert seen > 60
    assert alone == []


def test_templates_stand_in_the_rooms_of_their_views():
    """A view names templates of its own room, of its floor, or of the frame that all share."""
    shared = ("cases/", "gesamtplan/", "budget/")
    foreign, seen = [], 0
    for module, path in modules().items():
        room = room_of(module)
        if not room:
            continue
        for name in re.findall(r'"([a-z_]+(?:/[a-z_0-9]+)+\.html)"', path.read_text()):
            if name.startswith(shared):
                seen += 1
                app, *folders, _file = name.split("/")
                own = [app, *folders[:1]] == room.split(".") or [app, *folders] == room.split(".")[
                    :1
                ]
                if not own:
                    foreign.append(f"{module}: {name}")
    assert seen > 80
    assert foreign == []


def test_tests_stand_in_the_rooms():
    """Under tests/ a folder is a room or the ground of the floor."""
    for app in ("cases", "gesamtplan", "budget"):
        folders = {p.name for p in (ROOT / "tests" / app).iterdir() if p.is_dir()} - {"__pycache__"}
        rooms = {room.split(".")[1] for room in ROOMS if room.startswith(f"{app}.")}
        assert folders, app
        assert folders <= rooms | {"grund"}, app


def test_the_picture_of_the_house_shows_every_room_and_all_of_the_ground():
    """What stands in the contracts stands in the docs, and nothing that is gone."""
    text = (ROOT / "docs" / "architektur.md").read_text()
    picture = text.split("```")[3]
    wiring = {"apps", "beitrag", "urls", "management", "templatetags", "accounts"}
    wiring |= {"laut", "zeitspanne", "erstanlage", "migrations"}
    wanted = {
        name
        for contract in CONFIG["contracts"]
        if contract["id"].startswith("raeume-")
        for row in contract["layers"]
        for name in re.findall(r"\w+", row)
    } - wiring
    assert len(wanted) > 30
    assert {name for name in wanted if not re.search(rf"\b{name}\b", picture)} == set()
    shown = set(re.findall(r"\b[a-z]+\b", picture)) - {"cases", "gesamtplan", "budget"}
    assert shown - wanted == set()
