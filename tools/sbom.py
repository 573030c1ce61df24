"""Write docs/sicherheit/sbom.json: what the product consists of, from the lock file (CycloneDX)."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ZIEL = ROOT / "docs" / "sicherheit" / "sbom.json"


def bill() -> dict[str, Any]:
    """Return the bill of materials; equal locks give equal bills."""
    projekt = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    text = (ROOT / "requirements" / "base.txt").read_text()
    pakete = re.findall(r"^([\w.-]+)==(\S+) \\$", text, re.M)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": projekt["name"],
                "version": _version(projekt),
            }
        },
        "components": [
            {
                "type": "library",
                "name": name,
                "version": fassung,
                "purl": f"pkg:pypi/{name}@{fassung}",
            }
            for name, fassung in sorted(pakete)
        ],
    }


def _version(projekt: dict[str, Any]) -> str:
    return str(projekt.get("version") or _setting())


def _setting() -> str:
    text = (ROOT / "config" / "settings.py").read_text()
    return re.findall(r'^VERSION = "(.+)"$', text, re.M)[0]


def text_of() -> str:
    """Return the file as it is written."""
    return json.dumps(bill(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    ZIEL.write_text(text_of(), encoding="utf-8")
    sys.stdout.write(f"{ZIEL.relative_to(ROOT)} ist geschrieben.\n")
