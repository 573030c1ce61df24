"""Legal preconditions of the steps of a case: one function each, citation first."""

from __future__ import annotations

from cases.registry.schritt import Hindernis
from cases.states.tafel import SchrittUnzulaessig


def refuse(hindernis: Hindernis | None) -> None:
    """Raise what a guard has found; nothing found lets the step go on."""
    if hindernis is not None:
        raise SchrittUnzulaessig(hindernis.text, hindernis.norm)
