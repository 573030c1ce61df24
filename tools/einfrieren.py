"""Freezes the migrations of a version: from then on a test fails when one changes or vanishes.

The list names for each file the version that brought it and its SHA-256. What stands there under
another version is never written again; what the last version brings is, until it is handed out.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

WURZEL = Path(__file__).resolve().parent.parent
LISTE = WURZEL / "tests" / "upgrade" / "eingefroren.txt"


class Eintrag(NamedTuple):
    """A file that stays as it is."""

    version: str
    sha256: str
    path: str


def entries() -> list[Eintrag]:
    """Return what is frozen, in the order of the list."""
    lines = LISTE.read_text(encoding="utf-8").splitlines() if LISTE.exists() else []
    return [Eintrag(*line.split()) for line in lines if line and not line.startswith("#")]


def migrations() -> Iterator[tuple[str, str]]:
    """Return path and hash of every migration of ours."""
    for path in sorted(WURZEL.glob("*/migrations/[0-9]*.py")):
        yield path.relative_to(WURZEL).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def faults(frozen: list[Eintrag], present: dict[str, str]) -> list[str]:
    """Return a sentence for every frozen file that was changed or is gone."""
    return [
        f"{each.path} gehört zu {each.version} und "
        + ("fehlt." if each.path not in present else "wurde geändert.")
        for each in frozen
        if present.get(each.path) != each.sha256
    ]


def earlier(version: str) -> list[Eintrag]:
    """Return what other versions brought; nothing of it may be written again."""
    return [each for each in entries() if each.version != version]


def freeze(version: str) -> None:
    """Write into the list what this version brings; it must be the last one."""
    kept = earlier(version)
    present = dict(migrations())
    found = faults(kept, present)
    if entries() and entries()[-1].version != version and len(kept) < len(entries()):
        found.append(f"{version} ist nicht die letzte Fassung der Liste.")
    if found:
        sys.exit("\n".join(found))
    names = {each.path for each in kept}
    new = [Eintrag(version, digest, path) for path, digest in present.items() if path not in names]
    lines = ["# Fassung, SHA-256, Datei; geschrieben von `make fassung`, nie von Hand."]
    lines += [" ".join(each) for each in [*kept, *new]]
    LISTE.write_text("\n".join(lines) + "\n", encoding="utf-8")
