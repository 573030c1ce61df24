"""What the dispatch of a Bescheid needs on a day."""

from __future__ import annotations

from collections.abc import Iterator

from cases.registry.probe import Mangel, Probe, Probenlage
from recht.bekanntgabe import RECHTSBEHELFSBELEHRUNGEN, WEGE, bekanntgabe


def _bekanntgabe(lage: Probenlage) -> Iterator[Mangel]:
    """Ask for every way with every state of the Belehrung; one warning is told once."""
    gesagt = set()
    for weg, name in WEGE.items():
        for rbb in RECHTSBEHELFSBELEHRUNGEN:
            frist = bekanntgabe(lage.tag, weg, lage.sitz, rbb=rbb).frist
            if frist.warnung and frist.warnung not in gesagt:
                gesagt.add(frist.warnung)
                yield Mangel(f"Versand als {name}: {frist.warnung}", "§ 64 Abs. 3 SGG")


PROBEN = (Probe("Versand", "Bekanntgabe und Widerspruchsfrist", _bekanntgabe),)
