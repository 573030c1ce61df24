"""What Bedarf and Gesamtplan need on a day."""

from __future__ import annotations

from cases.registry.probe import Mangel, Probe, Probenlage, present
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.inhalte import pflichtinhalte
from recht.kataloge import leistungskatalog

_STATION = "Gesamtplan"


def _ueberpruefung(lage: Probenlage) -> list[Mangel]:
    frist = compute_frist(Regel.UEBERPRUEFUNG_GESAMTPLAN, lage.tag, lage.sitz)
    return [Mangel(frist.warnung, "§ 26 Abs. 3 S. 1 SGB X")] if frist.warnung else []


PROBEN = (
    Probe(
        _STATION,
        "Inhalte des Gesamtplans",
        lambda lage: present("Inhalte des Gesamtplans", pflichtinhalte("gesamtplan", lage.tag)),
    ),
    Probe(
        _STATION,
        "Leistungskatalog",
        lambda lage: present("Leistungskatalog", leistungskatalog(lage.tag)),
    ),
    Probe(_STATION, "Überprüfung des Gesamtplans", _ueberpruefung),
)
