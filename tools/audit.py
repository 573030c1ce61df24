"""`make audit`: hold the locked versions against what is known to be vulnerable.

Uses pip-audit where it is installed; it asks its source over the network. Ends with 0 when nothing
is known, 1 when something is, 3 when the tool or its source cannot be had: then nothing is proven.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPERREN = ("base", "werkzeug", "dev")
OHNE_QUELLE = 3
Lauf = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]


def _run(befehl: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        befehl, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600
    )


def find_tool() -> list[str]:
    """Return how pip-audit is called here, empty when it is not there."""
    daneben = Path(sys.executable).with_name("pip-audit")
    gefunden = str(daneben) if daneben.is_file() else shutil.which("pip-audit")
    return [gefunden] if gefunden else []


def audit(werkzeug: Sequence[str], run: Lauf = _run) -> tuple[int, list[str]]:
    """Return the exit code and the lines to print."""
    if not werkzeug:
        return OHNE_QUELLE, [
            "Nichts geprüft: pip-audit ist nicht installiert; bitte einrichten mit: "
            "pipx install pip-audit"
        ]
    zeilen: dict[str, None] = {}
    gezaehlt: set[str] = set()
    for name in SPERREN:
        datei = f"requirements/{name}.txt"
        ergebnis = run(
            [*werkzeug, "--disable-pip", "--require-hashes", "-r", datei, "--format", "json"]
        )
        pakete = _packages(ergebnis.stdout)
        if pakete is None:
            return OHNE_QUELLE, [
                "Nichts geprüft: Die Quelle der bekannten Schwachstellen ist nicht erreichbar."
            ]
        for paket in pakete:
            gezaehlt.add(f"{paket['name']} {paket.get('version', '')}")
            zeilen.update(dict.fromkeys(_faults(paket)))
    if zeilen:
        return 1, [*zeilen, f"{len(zeilen)} bekannte Schwachstellen in {len(gezaehlt)} Paketen."]
    return 0, [f"{len(gezaehlt)} Pakete geprüft, keine bekannte Schwachstelle."]


def _packages(ausgabe: str) -> list[dict[str, object]] | None:
    """Return what the tool has looked at; None when it gave no answer."""
    try:
        pakete = json.loads(ausgabe)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None
    # A package that the source does not know was not looked at: that is no clean answer.
    return None if not pakete or any("skip_reason" in paket for paket in pakete) else pakete


def _faults(paket: dict[str, object]) -> list[str]:
    return [
        f"{paket['name']} {paket['version']}: {fehler['id']}, behoben in "
        f"{', '.join(fehler['fix_versions']) or 'noch keiner Fassung'}"
        for fehler in paket.get("vulns", [])  # type: ignore[attr-defined]
    ]


def main() -> int:
    """Print the result and return the exit code."""
    try:
        code, zeilen = audit(find_tool())
    except subprocess.TimeoutExpired:
        code, zeilen = OHNE_QUELLE, ["Nichts geprüft: Die Quelle antwortet nicht."]
    sys.stdout.write("\n".join(zeilen) + "\n")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
