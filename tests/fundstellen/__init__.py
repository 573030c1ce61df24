"""Every citation of the product with the days on which it can be read.

A place in data has its days from the row, one in code from the conditions above it: a comparison
with a `Rechtsstand` or with a day, `norm_am`, `je_recht`, a dict by Rechtsstand, `@gilt_in`. What
stands under no condition can be read on every day. Help texts and labels speak of today, and a
docstring of the law that it names.
"""

from __future__ import annotations

import yaml

from tests.fundstellen.code import aus_code, aus_datei
from tests.fundstellen.daten import aus_daten, aus_text
from tests.fundstellen.vorlagen import aus_vorlage, aus_vorlagen
from tests.fundstellen.zeiten import ROOT, Stelle

__all__ = [
    "SOLL",
    "Stelle",
    "alle",
    "aus_code",
    "aus_daten",
    "aus_einer_datei",
    "aus_vorlagen",
    "soll",
    "write_soll",
]

SOLL = ROOT / "tests" / "fundstellen" / "soll.yaml"
_KOPF = """# Welche Fundstellen an welcher Stelle stehen, wie sie zuletzt durchgesehen wurden.
# Eine geänderte Stelle lässt den Test scheitern; neu schreibt sie python -m tests.fundstellen.
"""


def alle() -> list[Stelle]:
    """Every citation of the product."""
    return [*aus_daten(), *aus_code(), *aus_vorlagen()]


def aus_einer_datei(datei: str, text: str) -> list[Stelle]:
    """The citations of one file, whatever its kind."""
    if datei.endswith(".yaml"):
        return list(aus_text(datei, text))
    return list(aus_vorlage(datei, text)) if datei.endswith(".html") else aus_datei(datei, text)


def soll(stellen: list[Stelle]) -> dict[str, list[str]]:
    """The citations of each place: of a function, a row of data, a template."""
    je_ort: dict[str, list[str]] = {}
    for stelle in stellen:
        if not stelle.erklaert:
            ort = f"{stelle.datei}::{stelle.schluessel}".removesuffix("::")
            je_ort.setdefault(ort, []).append(str(stelle.norm))
    return {ort: sorted(normen) for ort, normen in sorted(je_ort.items())}


def write_soll() -> None:
    """Write down what is cited where; the difference is for a person to read."""
    text = yaml.safe_dump(soll(alle()), allow_unicode=True, width=10_000, sort_keys=True)
    SOLL.write_text(_KOPF + text, encoding="utf-8")
