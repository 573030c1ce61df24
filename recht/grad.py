"""How well a value or a rule is verified; shown beside it wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

GRADE: Mapping[str, str] = MappingProxyType(
    {
        "V-G26": "am Gesetzestext geprüft, Stand 19.08.2026",
        "V-G22": "am Gesetzestext geprüft, Stand Ende 2021",
        "V-G12": "am Gesetzestext geprüft, Stand 02.07.2012",
        "V-P": "an einer veröffentlichten Quelle geprüft",
        "SEED-B": "Empfehlung der BAGüS 2007",
        "SEED-K": "Leitfaden des KVJS 2010",
        "E": "von der Behörde aus der genannten Quelle eingegeben, von zwei Personen geprüft",
        "CALC": "aus geprüften Werten berechnet",
        "M": "nicht geprüft; vor Gebrauch von der Behörde zu bestätigen",
        "I": "Auslegung; von der Behörde einstellbar",
    }
)
SICHER, EMPFEHLUNG, GEDAECHTNIS, AUSLEGUNG = (
    "Gesichert",
    "Empfehlung",
    "Aus dem Gedächtnis",
    "Auslegung",
)
# From the surest to the least sure: what rests on several has the grade of the last one.
STUFEN: Mapping[str, str] = MappingProxyType(
    {
        "V-G26": SICHER,
        "V-G22": SICHER,
        "V-G12": SICHER,
        "V-P": SICHER,
        "E": SICHER,
        "CALC": SICHER,
        "SEED-B": EMPFEHLUNG,
        "SEED-K": EMPFEHLUNG,
        "I": AUSLEGUNG,
        "M": GEDAECHTNIS,
    }
)
_RANG = {grad: rang for rang, grad in enumerate(STUFEN)}
# What a reader should make of it; where the grade is sure, its meaning says it all.
_SAETZE = {
    EMPFEHLUNG: "{}. Sie bindet die Behörde nicht.",
    GEDAECHTNIS: "nicht am Gesetzestext geprüft. Bitte vergleichen Sie mit dem Gesetz, bevor Sie"
    " sich darauf verlassen.",
    AUSLEGUNG: "Das Gesetz sagt es nicht ausdrücklich; eine andere Ansicht ist möglich. Die Behörde"
    " kann es anders festlegen.",
}


def schwaechster(grade: Iterable[str]) -> str:
    """The least sure of several grades, empty where none is named."""
    return max((grad for grad in grade if grad), key=lambda grad: _RANG[grad], default="")


def grad_satz(grad: str) -> str:
    """Say in a sentence how sure a date or a value is; empty without a grade."""
    if not grad:
        return ""
    stufe = STUFEN[grad]
    return f"{stufe}: {_SAETZE.get(stufe, '{}.').format(GRADE[grad])}"


# What carries one of these is a setting of the authority with a default, never a silent constant.
EINSTELLBAR = frozenset({"M", "I"})
