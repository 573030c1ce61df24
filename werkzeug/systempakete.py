"""System packages: look for what is needed, install what is missing on Debian and Ubuntu."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from werkzeug.ausgabe import Abbruch, say

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


def _library(name: str) -> Callable[[], bool]:
    def present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def postgres_bin() -> Path | None:
    """Return the folder with initdb and postgres: on PATH, else the newest the system has."""
    on_path = shutil.which("initdb")
    if on_path and (Path(on_path).resolve().parent / "postgres").exists():
        return Path(on_path).resolve().parent
    found: list[tuple[int, Path]] = []
    for pattern in _POSTGRES_FOLDERS:
        for folder in Path("/").glob(pattern.lstrip("/")):
            if (folder / "initdb").exists() and (folder / "postgres").exists():
                digits = "".join(c for c in folder.parent.name.rpartition("@")[2] if c.isdigit())
                found.append((int(digits or 0), folder))
    return max(found)[1] if found else None


def chromium() -> str | None:
    """Return the path of Debian's Chromium or a sibling of it."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def _on_path(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


_LINUX_LIBRARIES: dict[str, Callable[[], bool]] = {
    "libpango-1.0-0": _library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": _library("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": _library("libharfbuzz-subset.so.0"),
    "libmagic1": _library("libmagic.so.1"),
}


def needed(*, tests: bool, database: bool, broker: bool) -> Mapping[str, Callable[[], bool]]:
    """Return package -> "is it here?" for this purpose."""
    packages = dict(_LINUX_LIBRARIES) if sys.platform == "linux" else {}
    if database:
        packages["postgresql"] = lambda: postgres_bin() is not None
    if broker:
        packages["redis-server"] = _on_path("redis-server")
    if tests:
        packages["chromium"] = lambda: chromium() is not None
        packages["poppler-utils"] = _on_path("pdftotext")
    return packages


def venv_package() -> str | None:
    """Return the Debian package that is missing for `python -m venv`, if any."""
    probe = subprocess.run(
        [sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False
    )
    if probe.returncode == 0:
        return None
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def ensure(packages: list[str]) -> None:
    """Install the packages, or say in one sentence what is missing and how to get it."""
    if not packages:
        return
    command = "apt-get install " + " ".join(packages)
    if shutil.which("apt-get") is None:
        raise Abbruch(
            f"Es fehlen {', '.join(packages)} (so heißen die Pakete unter Debian); bitte mit der "
            "Paketverwaltung dieses Systems einrichten oder `docker compose up` verwenden."
        )
    rights = _rights()
    if rights is None:
        raise Abbruch(f"Es fehlen Systempakete; bitte als root ausführen: {command}")
    say(f"Systempakete werden eingerichtet: {' '.join(packages)}")
    if _install(rights, packages) != 0:
        raise Abbruch(f"Die Systempakete ließen sich nicht einrichten; bitte von Hand: {command}")


def _rights() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if allowed.returncode == 0 else None


# No service of the system is started and no cluster of the system is created: Fallwerk
# brings its own. What is written for that is taken back when the packages are there.
_APT_SCRIPT = r"""
set -eu
export DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
policy=/usr/sbin/policy-rc.d
config=/etc/postgresql-common/createcluster.conf
own_policy=nein
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy"; chmod 755 "$policy"; own_policy=ja
fi
tidy() {
    [ "$own_policy" = nein ] || rm -f "$policy"
    [ ! -e "$config.fallwerk" ] || mv -f "$config.fallwerk" "$config"
}
trap tidy EXIT
apt="apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold \
    --no-install-recommends"
apt-get -q update || true
case " $* " in *" postgresql "*)
    $apt install postgresql-common
    cp -p "$config" "$config.fallwerk"
    sed -ri 's/^#?\s*(create_main_cluster)\b.*$/\1 = false/' "$config"
esac
$apt install "$@"
"""


def _install(rights: list[str], packages: list[str]) -> int:
    with tempfile.TemporaryFile() as log:
        done = subprocess.run(
            [*rights, "sh", "-c", _APT_SCRIPT, "sh", *packages],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode != 0:
            log.seek(0)
            lines = log.read().decode(errors="replace").splitlines()
            say("\n".join(lines[-15:]))
    return done.returncode
