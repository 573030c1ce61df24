"""How well a value or a rule is verified; shown beside it wherever it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GRADE: Mapping[str, str] = MappingProxyType(
    {
        "V-G26": "am Gesetzestext geprüft, Stand 19.08.2026",
        "V-G22": "am Gesetzestext geprüft, Stand Ende 2021",
        "V-G12": "am Gesetzestext geprüft, Stand 02.07.2012",
        "V-P": "an einer veröffentlichten Quelle geprüft",
        "SEED-B": "Empfehlung der BAGüS 2007",
        "SEED-K": "Leitfaden des KVJS 2010",
        "CALC": "aus geprüften Werten berechnet",
        "M": "nicht geprüft; vor Gebrauch von der Behörde zu bestätigen",
        "I": "Auslegung; von der Behörde einstellbar",
    }
)
# What carries one of these is a setting of the authority with a default, never a silent constant.
EINSTELLBAR = frozenset({"M", "I"})
