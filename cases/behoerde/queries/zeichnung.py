"""How a letter would be signed under a rule, saved or only typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.models import Behoerde, Zeichnung
from cases.states.rolle import Rolle

_NAME = "Vorname Nachname"
_LAENGSTE = 80


@dataclass(frozen=True)
class Beispiel:
    """The signature of one role, with its data as a letter carries them."""

    rolle: str
    unterzeichner: dict[str, str]


def examples_of(regel: Mapping[str, Any] | Behoerde) -> list[Beispiel]:
    """Return one signature for each role that signs; a value out of the list counts as usual."""
    behoerde = regel if isinstance(regel, Behoerde) else _behoerde(regel)
    return [
        Beispiel(
            str(rolle.label),
            {
                "name": _NAME,
                "funktion": str(rolle.label),
                **behoerde.zeichnung(leitung=rolle is Rolle.LEITUNG),
            },
        )
        for rolle in (Rolle.LEITUNG, Rolle.FALLMANAGEMENT)
    ]


def _behoerde(regel: Mapping[str, Any]) -> Behoerde:
    def zusatz(name: str) -> str:
        wert = str(regel.get(name) or "")
        return wert if wert in Zeichnung.values else Zeichnung.IM_AUFTRAG

    return Behoerde(
        amtsleitung=str(regel.get("amtsleitung") or "")[:_LAENGSTE].strip(),
        zusatz_leitung=zusatz("zusatz_leitung"),
        zusatz_fallmanagement=zusatz("zusatz_fallmanagement"),
    )
