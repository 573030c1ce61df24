"""The steps by which a date or an amount explains itself."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Schritt:
    """One step: a German sentence and the citation as printed (empty if it has none)."""

    text: str
    norm: str = ""
    # How well what the step uses is verified (``recht.grad``); empty where it uses nothing dated.
    grad: str = field(default="", compare=False)
