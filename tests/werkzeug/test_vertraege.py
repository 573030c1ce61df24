"""Each contract about imports is seen to fail: every room and every layer gets a planted import."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from werkzeug import orte

CONFIG = tomllib.loads((orte.PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]
VERTRAEGE: dict[str, dict[str, Any]] = {row["id"]: row for row in CONFIG["contracts"]}
# The contracts about what is forbidden; those about an order plant themselves, see `upward`.
VERBOTEN = {
    "recht-rein": [("recht.geplant", "import django")],
    "services-ohne-tasks": [
        ("cases.services.geplant", "import cases.tasks"),
        ("cases.unterlage.services.geplant", "import cases.unterlage.tasks"),
    ],
    "ein-satz": [("budget.models.geplant", "import weasyprint")],
}
GEORDNET = sorted(set(VERTRAEGE) - set(VERBOTEN))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(orte.PROJECT / "pyproject.toml", tmp_path)
    for package in CONFIG["root_packages"]:
        pattern = shutil.ignore_patterns("__pycache__", "migrations", "static")
        shutil.copytree(orte.PROJECT / package, tmp_path / package, ignore=pattern)
    return tmp_path


def lint(folder: Path, contract: str) -> tuple[int, str]:
    done = subprocess.run(
        [orte.VENV / "bin" / "lint-imports", "--no-logo", "--no-cache", "--contract", contract],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def plant(folder: Path, module: str, line: str) -> None:
    """Add the line to the module; a package gets a module of its own for it."""
    path = folder / module.replace(".", "/")
    if path.is_dir():
        path = path / "geplant"
    with path.with_suffix(".py").open("a") as file:
        file.write(f"\n{line}\n")


def exists(folder: Path, module: str) -> bool:
    path = folder / module.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").exists()


def rows_of(vertrag: dict[str, Any]) -> list[list[str]]:
    """The layers of a contract from above, each with its modules."""
    return [re.findall(r"[\w-]+", row) for row in vertrag["layers"]]


def upward(folder: Path, vertrag: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs (lower, upper) of modules that exist: each layer below its next neighbour above."""
    for container in vertrag.get("containers", [""]):
        names = [
            [name for part in row if exists(folder, name := f"{container}.{part}".lstrip("."))]
            for row in rows_of(vertrag)
        ]
        for upper, lower in pairwise([row for row in names if row]):
            for module in lower:
                yield module, upper[0]


def test_every_contract_is_planted() -> None:
    assert {"stockwerke", "raeume-cases", "raeume-gesamtplan", "raeume-budget", "schichten"} == set(
        GEORDNET
    )


def test_every_room_has_its_layers_checked() -> None:
    """A package that is named as a room must also be a container of the layers."""
    ground = {"views", "tasks", "forms", "services", "schreiben", "export", "queries", "guards"}
    ground |= {"apps", "beitrag", "urls", "management", "middleware", "accounts", "templatetags"}
    ground |= {"dateien", "access", "registry", "models", "schritte", "states", "crypto"}
    ground |= {"laut", "erstanlage", "reihe", "vordruck", "rechte", "zaehlwerk", "chiffre"}
    ground |= {"zeitspanne"}
    rooms = {
        f"{app}.{room}"
        for app in ("cases", "gesamtplan", "budget")
        for row in rows_of(VERTRAEGE[f"raeume-{app}"])
        for room in row
        if room not in ground or (app, room) == ("cases", "schreiben")
    }
    assert len(rooms) >= 18
    assert rooms <= set(VERTRAEGE["schichten"]["containers"])


@pytest.mark.parametrize("contract", GEORDNET)
def test_order_refuses_an_import_upward_from_every_layer(copy: Path, contract: str) -> None:
    pairs = list(upward(copy, VERTRAEGE[contract]))
    for lower, upper in pairs:
        plant(copy, lower, f"import {upper}")

    code, said = lint(copy, contract)

    # The program folds long lines.
    sentences = " ".join(said.split())
    assert len(pairs) >= 5
    assert (code, re.findall(r"^(.*) BROKEN", said, re.M)) == (1, [VERTRAEGE[contract]["name"]])
    unseen = [
        (lower, upper)
        for lower, upper in pairs
        if f"{lower} is not allowed to import {upper}:" not in sentences
    ]
    assert unseen == []


@pytest.mark.parametrize("contract", sorted(VERBOTEN))
def test_contract_refuses_each_planted_import(copy: Path, contract: str) -> None:
    for module, line in VERBOTEN[contract]:
        plant(copy, module, line)

    code, said = lint(copy, contract)

    assert (code, re.findall(r"^(.*) BROKEN", said, re.M)) == (1, [VERTRAEGE[contract]["name"]])
    assert [module for module, _ in VERBOTEN[contract] if module not in said] == []


@pytest.mark.parametrize(
    ("contract", "seat"),
    [("raeume-cases", "cases"), ("raeume-budget", "budget"), ("schichten", "cases.person")],
)
def test_order_refuses_a_module_without_a_seat(copy: Path, contract: str, seat: str) -> None:
    (copy / seat.replace(".", "/") / "helfer.py").write_text("")

    code, said = lint(copy, contract)

    assert (code, re.findall(r"[\w.]+\.helfer", said)) == (1, [f"{seat}.helfer"])
