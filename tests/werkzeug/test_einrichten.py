"""What the set-up says when something is missing: one German sentence with the way out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from werkzeug import orte

#: Everything that the script calls before it installs anything.
TOOLS = (
    *("sh", "awk", "cat", "chmod", "df", "flock", "grep", "id", "ldconfig", "ls", "mkdir"),
    *("readlink", "sha256sum", "tr", "cut", "initdb", "redis-server"),
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    copy = tmp_path / "Früh start"
    for name in ("werkzeug", "requirements"):
        shutil.copytree(orte.PROJECT / name, copy / name)
    return copy


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A PATH of our own, where a test can leave out or replace a program."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
        (folder / tool).symlink_to(found or "/bin/true")
    return folder


def _write(path: Path, script: str) -> None:
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def _set_up(checkout: Path, **env: str) -> tuple[int, str]:
    done = subprocess.run(
        ["/bin/sh", "werkzeug/einrichten.sh", "base"],
        cwd=checkout,
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("Fallwerk: ")]
    return done.returncode, "\n".join(lines)


def test_no_room_on_the_disk(checkout: Path, bin_folder: Path) -> None:
    _write(bin_folder / "df", "echo Kopf; echo disk 100 95 5 95% /")

    assert _set_up(checkout, PATH=f"{bin_folder}:{os.environ['PATH']}") == (
        1,
        f"Fallwerk: Auf dem Datenträger von {checkout} sind nur 5 MB frei; bitte Platz schaffen "
        "(nötig ist rund 1 GB) und den Befehl wiederholen.",
    )


def test_no_network_at_the_first_time(checkout: Path) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    empty = {"HOME": str(checkout), "PIP_NO_CACHE_DIR": "1", "PIP_CONFIG_FILE": os.devnull}

    assert _set_up(checkout, **nowhere, **empty) == (
        1,
        "Fallwerk: Die Python-Pakete ließen sich nicht holen (siehe "
        ".dienste/protokolle/einrichten.log); bitte die Verbindung zum Paketverzeichnis oder "
        "PIP_INDEX_URL prüfen.",
    )


def test_no_network_is_needed_when_nothing_changed(checkout: Path) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    (checkout / ".venv").symlink_to(orte.VENV.resolve())

    assert _set_up(checkout, **nowhere) == (0, "")


def test_missing_packages_are_named_to_those_without_rights(
    checkout: Path, bin_folder: Path
) -> None:
    (bin_folder / "redis-server").unlink()
    _write(bin_folder / "id", "echo 1000")
    _write(bin_folder / "sudo", "exit 1")
    _write(bin_folder / "apt-get", "exit 0")

    assert _set_up(checkout, PATH=str(bin_folder)) == (
        1,
        "Fallwerk: Es fehlen Systempakete; bitte als root ausführen: apt-get install redis-server",
    )


def test_missing_packages_are_named_on_other_systems(checkout: Path, bin_folder: Path) -> None:
    (bin_folder / "redis-server").unlink()

    assert _set_up(checkout, PATH=str(bin_folder)) == (
        1,
        "Fallwerk: Es fehlen redis-server (so heißen die Pakete unter Debian); bitte mit der "
        "Paketverwaltung dieses Systems einrichten oder `docker compose up` verwenden.",
    )


def test_services_that_the_environment_names_need_no_package(
    checkout: Path, bin_folder: Path
) -> None:
    (bin_folder / "redis-server").unlink()
    (checkout / ".venv").symlink_to(orte.VENV.resolve())

    code, said = _set_up(checkout, PATH=str(bin_folder), REDIS_URL="redis://broker/0")

    assert (code, said) == (0, "")


def test_a_folder_of_somebody_else(checkout: Path, bin_folder: Path) -> None:
    _write(bin_folder / "mkdir", "exit 1")

    assert _set_up(checkout, PATH=f"{bin_folder}:{os.environ['PATH']}") == (
        1,
        f"Fallwerk: {checkout} ist für dieses Konto gesperrt; bitte Fallwerk in einen eigenen "
        "Ordner holen.",
    )
