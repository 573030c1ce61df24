"""Each contract about imports is seen to fail on a planted line."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from werkzeug import orte

CONFIG = tomllib.loads((orte.PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]
PLANTED = {
    "stockwerke": ("cases/states.py", "import budget.states"),
    "schichten": ("cases/models/geplant.py", "import cases.services.case"),
    "recht-rein": ("recht/geplant.py", "import django"),
    "services-ohne-tasks": ("cases/services/geplant.py", "import cases.tasks"),
    "ein-satz": ("budget/models/geplant.py", "import weasyprint"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(orte.PROJECT / "pyproject.toml", tmp_path)
    for package in CONFIG["root_packages"]:
        pattern = shutil.ignore_patterns("__pycache__", "migrations", "static")
        shutil.copytree(orte.PROJECT / package, tmp_path / package, ignore=pattern)
    return tmp_path


def _lint(folder: Path, contract: str) -> tuple[int, str]:
    done = subprocess.run(
        [orte.VENV / "bin" / "lint-imports", "--no-logo", "--no-cache", "--contract", contract],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_every_contract_is_planted() -> None:
    assert {contract["id"] for contract in CONFIG["contracts"]} == set(PLANTED)


@pytest.mark.parametrize("contract", sorted(PLANTED))
def test_contract_refuses_a_planted_import(copy: Path, contract: str) -> None:
    name, line = PLANTED[contract]
    with (copy / name).open("a") as file:
        file.write(f"\n{line}\n")
    title = next(row["name"] for row in CONFIG["contracts"] if row["id"] == contract)

    code, said = _lint(copy, contract)

    assert (code, re.findall(r"^(.*) BROKEN", said, re.M)) == (1, [title])
    assert Path(name).stem in said


def test_layers_refuse_a_module_without_a_layer(copy: Path) -> None:
    (copy / "cases" / "helfer.py").write_text("")

    code, said = _lint(copy, "schichten")

    assert (code, re.findall(r"cases\.helfer", said)) == (1, ["cases.helfer"])
