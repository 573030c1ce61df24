"""What is asked for security and what proves it: reads the two tables, writes the page about them.

`python -m tools.nachweise` writes docs/sicherheit/README.md anew; a test holds table, tests,
settings and page together.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ORT = ROOT / "docs" / "sicherheit"
SEITE = ORT / "README.md"
URTEILE = ("erfüllt", "Einstellung", "trifft nicht zu", "offen")


@dataclass(frozen=True)
class Zeile:
    """One requirement with its judgement.

    `tests` are node ids, `einstellungen` are `settings:NAME=value` (as in production) or
    `datei:path:words that stand there`.
    """

    kennung: str
    kurz: str
    urteil: str
    tests: tuple[str, ...]
    einstellungen: tuple[str, ...]
    grund: str


def rows_of(name: str, kennung: str) -> list[Zeile]:
    """Return the rows of one table; `kennung` is its first column."""
    with (ORT / name).open(newline="", encoding="utf-8") as datei:
        return [
            Zeile(
                row[kennung].removeprefix("v5.0.0-"),
                row["kurz"],
                row["urteil"],
                _parts(row["test_id"]),
                _parts(row["einstellung"]),
                row["grund"],
            )
            for row in csv.DictReader(datei)
        ]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(teil.strip() for teil in text.split(";") if teil.strip())


def missbrauch() -> list[Zeile]:
    """Return the 30 cases of abuse."""
    return rows_of("abuse_cases.csv", "id")


def asvs() -> list[Zeile]:
    """Return the requirements of ASVS 5.0.0."""
    return rows_of("asvs.csv", "req_id")


_KOPF = """# Sicherheit

Was verlangt ist, was es beweist und was fehlt. Diese Seite entsteht aus den beiden Tabellen daneben
(`python -m tools.nachweise`); ein Test hält jeden genannten Test, jede Einstellung und diese Zahlen
wahr. Wie Schwachstellen gemeldet werden und wogegen Fallwerk schützt, steht in
[SECURITY.md](../../SECURITY.md).

| Papier | Inhalt |
|---|---|
| [verarbeitungen.md](verarbeitungen.md) | Verzeichnis der Verarbeitungen (Art. 30 DSGVO) |
| [folgenabschaetzung.md](folgenabschaetzung.md) | Grundlage der Abschätzung (Art. 35 DSGVO) |
| [rechte.md](rechte.md) | wer welchen Inhalt sieht, je Rolle und Grund |
| [loeschkonzept.md](loeschkonzept.md) | Löschregeln mit Zweck und Fundstelle |
| [felder.md](felder.md) | jedes Feld: Form, Löschregel, Empfindlichkeit |
| [technik.md](technik.md) | Schlüssel, Verfahren, Verbindungen, Protokolle, Gefährdetes |
| [sbom.json](sbom.json) | Stückliste der Abhängigkeiten (CycloneDX) |

Die Urteile: **erfüllt** – ein Test beweist es. **Einstellung** – es hängt an einer Einstellung, die
geprüft ist oder die Behörde setzt. **trifft nicht zu** – mit Grund. **offen** – fehlt, mit Grund.
"""


def page() -> str:
    """Return the whole page as Markdown."""
    faelle, anforderungen = missbrauch(), asvs()
    teile = [_KOPF, _numbers(faelle, anforderungen), _open(faelle, anforderungen)]
    teile.append(_table("Missbrauchsfälle", faelle))
    kapitel: dict[str, list[Zeile]] = {}
    for zeile in anforderungen:
        kapitel.setdefault(zeile.kennung.partition(".")[0], []).append(zeile)
    teile += [
        _table(f"ASVS 5.0, V{nummer}: {_KAPITEL[nummer]}", kapitel[nummer])
        for nummer in sorted(kapitel, key=int)
    ]
    return "\n".join(teile)


_KAPITEL = {
    "1": "Kodieren und Säubern",
    "2": "Prüfen und Fachlogik",
    "3": "Browser",
    "4": "HTTP",
    "5": "Dateien",
    "6": "Anmeldung",
    "7": "Sitzungen",
    "8": "Rechte",
    "9": "Signierte Angaben",
    "10": "OAuth und OpenID Connect",
    "11": "Kryptografie",
    "12": "Verbindungen",
    "13": "Einstellungen",
    "14": "Datenschutz",
    "15": "Aufbau und Abhängigkeiten",
    "16": "Protokolle und Fehler",
    "17": "WebRTC",
}


def _numbers(faelle: list[Zeile], anforderungen: list[Zeile]) -> str:
    zeilen = ["## Zahlen", "", f"| | Zeilen | {' | '.join(URTEILE)} |", "|---|" + "---|" * 5]
    for titel, rows in (("Missbrauchsfälle", faelle), ("ASVS 5.0", anforderungen)):
        zahl = Counter(row.urteil for row in rows)
        worte = " | ".join(str(zahl[urteil]) for urteil in URTEILE)
        zeilen.append(f"| {titel} | {len(rows)} | {worte} |")
    tests = {test for row in (*faelle, *anforderungen) for test in row.tests}
    return "\n".join([*zeilen, "", f"Genannt sind {len(tests)} verschiedene Tests.", ""])


def _open(faelle: list[Zeile], anforderungen: list[Zeile]) -> str:
    zeilen = ["## Was fehlt", "", "| Nr. | Anforderung | Grund |", "|---|---|---|"]
    zeilen += [
        f"| {row.kennung} | {row.kurz} | {row.grund} |"
        for row in (*faelle, *anforderungen)
        if row.urteil == "offen"
    ]
    return "\n".join([*zeilen, ""])


def _table(titel: str, rows: list[Zeile]) -> str:
    zeilen = [f"## {titel}", "", "| Nr. | Anforderung | Urteil | Nachweis | Bemerkung |"]
    zeilen.append("|---|---|---|---|---|")
    for row in rows:
        nachweis = [f"`{test.partition('::')[2]}`" for test in row.tests]
        nachweis += [f"`{_shown(wert)}`" for wert in row.einstellungen]
        zeilen.append(
            f"| {row.kennung} | {row.kurz} | {row.urteil} | {'<br>'.join(nachweis)} | {row.grund} |"
        )
    return "\n".join([*zeilen, ""])


def _shown(wert: str) -> str:
    art, _, rest = wert.partition(":")
    if art == "settings":
        return rest
    pfad, _, worte = rest.partition(":")
    return f"{pfad}: {worte}"


def exists(test: str) -> bool:
    """Tell whether a node id names a file and a function that pytest would collect."""
    pfad, _, name = test.partition("::")
    funktion = name.partition("[")[0].rpartition("::")[2]
    datei = ROOT / pfad
    return (
        datei.is_file()
        and datei.name.startswith("test_")
        and re.search(rf"^(?:async )?def {re.escape(funktion)}\(", datei.read_text(), re.M)
        is not None
    )


if __name__ == "__main__":
    SEITE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{SEITE.relative_to(ROOT)} ist geschrieben.\n")
