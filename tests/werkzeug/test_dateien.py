"""The files beside the code agree with it: locks, containers, documents."""

from __future__ import annotations

import ast
import re
import subprocess
from typing import Any

import pytest
import yaml

from werkzeug import orte

REQUIREMENTS = orte.PROJECT / "requirements"
COMPOSE: dict[str, Any] = yaml.safe_load((orte.PROJECT / "docker-compose.yml").read_text())
OWN = ("web", "worker", "beat", "einrichten")


def _direct(name: str) -> list[str]:
    lines = (REQUIREMENTS / f"{name}.in").read_text().split()
    return [
        re.split(r"[\[<>=]", line)[0]
        for line in lines
        if line[0].isalpha() and not line.endswith(".in")
    ]


def _locked(name: str) -> dict[str, str]:
    return dict(
        re.findall(r"^([\w.-]+)==(\S+) \\$", (REQUIREMENTS / f"{name}.txt").read_text(), re.M)
    )


@pytest.mark.parametrize(("name", "least"), [("base", 40), ("dev", 40), ("werkzeug", 3)])
def test_lock_has_hashes_and_no_address(name: str, least: int) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text()

    assert len(_locked(name)) >= least
    assert text.count("--hash=sha256:") >= len(_locked(name))
    assert "://" not in text


def test_lock_of_the_developers_contains_the_product() -> None:
    dev = set(_locked("dev").items())

    assert set(_locked("base").items()) - dev == set()
    assert set(_locked("werkzeug").items()) - dev == set()


@pytest.mark.parametrize(("name", "least"), [("base", 20), ("dev", 10), ("werkzeug", 3)])
def test_every_direct_dependency_has_its_reason(name: str, least: int) -> None:
    text = (orte.PROJECT / "docs" / "abhaengigkeiten.md").read_text()
    direct = _direct(name)

    assert len(direct) >= least
    assert [package for package in direct if f"\n| {package} | " not in text] == []


def test_product_has_at_most_26_direct_dependencies() -> None:
    assert 0 < len(_direct("base")) <= 26


def test_every_setting_is_documented() -> None:
    source = (orte.PROJECT / "config" / "settings.py").read_text()
    names = set(re.findall(r'env\.\w+\(\s*"(\w+)"', source))
    text = (orte.PROJECT / "docs" / "betrieb.md").read_text()

    assert len(names) > 20
    assert {name for name in names if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_container_is_closed(name: str) -> None:
    service = COMPOSE["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "innen" in service["networks"]
    assert name in {"einrichten", "rollen"} or service["healthcheck"]["test"]


def test_containers_have_no_default_secret() -> None:
    secrets = ("SECRET_KEY", "FELDSCHLUESSEL", "DB_PASSWORT", "DB_ADMIN_PASSWORT", "REDIS_PASSWORT")
    text = (orte.PROJECT / "docker-compose.yml").read_text()
    found = re.findall(r"\$\{FALLWERK_(\w+)(.{2})", text)

    assert {name for name, _ in found} >= set(secrets)
    assert {mark for name, mark in found if name in secrets} == {":?"}


def test_containers_of_the_product_run_without_root() -> None:
    lines = (orte.PROJECT / "Dockerfile").read_text().splitlines()
    users = [line for line in lines if line.startswith("USER ")]

    assert users[-1] == "USER fallwerk"
    assert all(COMPOSE["services"][name]["build"] == "." for name in OWN)
    assert {COMPOSE["services"][name]["user"] for name in ("db", "redis")} == {"postgres", "redis"}


def test_database_container_sorts_german() -> None:
    arguments = COMPOSE["services"]["db"]["environment"]["POSTGRES_INITDB_ARGS"].split()

    assert {"--locale-provider=icu", "--icu-locale=de-DE", "--encoding=UTF8"} <= set(arguments)


def test_every_target_of_the_makefile_has_a_line_of_help() -> None:
    text = (orte.PROJECT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (help .*)$", text, re.M)
    explained = re.findall(r"^(\w+): ## \S", text, re.M)

    assert phony is not None
    assert sorted(explained) == sorted(phony[1].split())
    listed = subprocess.check_output(["make", "help"], cwd=orte.PROJECT, text=True)
    assert re.findall(r"^  make (\w+) ", listed, re.M) == explained


def test_check_ends_with_the_tests_without_browser() -> None:
    text = (orte.PROJECT / "Makefile").read_text()
    steps = re.findall(r"^\t(.*)$", text.partition("\npruefschritte:\n")[2], re.M)

    assert [step.split()[0] for step in steps[:-2]] == [
        *("ruff", "ruff", "djlint", "djlint", "lint-imports")
    ]
    # Both fail the check: what the tests say, and what mypy says beside them.
    assert steps[-2] == (
        "mypy & typen=$$!; python manage.py makemigrations --check --dry-run"
        " && pytest -q -m 'not browser'; rest=$$?; wait $$typen && exit $$rest"
    )


def test_hooks_before_a_commit_come_from_the_environment() -> None:
    config = yaml.safe_load((orte.PROJECT / ".pre-commit-config.yaml").read_text())
    programs = [hook["entry"].split()[0] for hook in config["repos"][0]["hooks"]]

    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    assert len(programs) == 5
    assert [name for name in programs if not (orte.PROJECT / name).exists()] == []


def test_ci_calls_both_commands_of_the_readme() -> None:
    text = (orte.PROJECT / ".ci" / "run").read_text()
    minutes = [int(number) for number in re.findall(r"\b(\d+) \* 60", text)]

    assert re.findall(r"^timeout .* make (\w+)(.*)$", text, re.M) == [
        ("check", ""),
        ("test", " ARGS='tests/browser'"),
    ]
    assert "make test" in (orte.PROJECT / "README.md").read_text()
    assert len(minutes) == 1
    assert minutes[0] < 60


def test_every_file_names_the_same_version() -> None:
    said = {
        "pyproject.toml": r'^version = "(.*)"$',
        "config/settings.py": r'^VERSION = "(.*)"$',
        "docker-compose.yml": r"image: fallwerk:(.*)$",
        "publiccode.yml": r'^softwareVersion: "(.*)"$',
    }
    found = {
        name: re.findall(pattern, (orte.PROJECT / name).read_text(), re.M)
        for name, pattern in said.items()
    }

    assert found == dict.fromkeys(said, found["pyproject.toml"][:1])


def test_procfile_starts_what_the_containers_start() -> None:
    text = (orte.PROJECT / "Procfile").read_text()
    names = re.findall(r"^(\w+): ", text, re.M)

    assert names == ["redis", "web", "aufgaben", "masse", "takt", "post", "vorfuehrung"]
    for part in ("config.wsgi:application", "-A config.celery worker", "-A config.celery beat"):
        assert part in text
        words = part.split()
        assert any(
            set(words) <= set(line)
            for line in [
                *[service.get("command", []) for service in COMPOSE["services"].values()],
                re.findall(r'"([^"]+)"', (orte.PROJECT / "Dockerfile").read_text()),
            ]
        )


def _floats(source: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]


def test_recht_counts_without_float() -> None:
    files = list((orte.PROJECT / "recht").rglob("*.py"))
    found = {path.name: lines for path in files if (lines := _floats(path.read_text()))}

    assert _floats("x = 0.1\ny = float(x)") == [1, 2]
    assert len(files) > 10
    assert found == {}
