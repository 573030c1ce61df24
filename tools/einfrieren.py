"""Freezes the migrations of a version: from then on a test fails when one changes or vanishes.

    python tools/einfrieren.py 0.3.0

The list names for each file the version that brought it and its SHA-256. What stands there under
another version is never written again; what the named version brings is, until it is handed out.
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


def handed_out(version: str) -> bool:
    """Whether a version before this one has frozen migrations."""
    return any(each.version != version for each in entries())


def write_list(version: str) -> None:
    """Write into the list what this version brings."""
    kept = [each for each in entries() if each.version != version]
    names = {each.path for each in kept}
    new = [Eintrag(version, digest, path) for path, digest in migrations() if path not in names]
    lines = ["# Version, SHA-256, Datei; geschrieben von tools/einfrieren.py, nie von Hand."]
    lines += [" ".join(each) for each in [*kept, *new]]
    LISTE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Write the list, unless a file of an earlier version was changed."""
    (version,) = arguments
    earlier = [each for each in entries() if each.version != version]
    found = faults(earlier, dict(migrations()))
    if found:
        print("\n".join(found))
        return 1
    write_list(version)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
