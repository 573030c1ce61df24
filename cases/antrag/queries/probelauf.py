"""What the intake of an Antrag needs on a day."""

from __future__ import annotations

from collections.abc import Iterator

from cases.registry.probe import Mangel, Probe, Probenlage, present
from recht.einwilligungstext import einwilligungstext
from recht.fristen import compute_frist
from recht.fristkatalog import katalog
from recht.hinweise import HINWEISE, hinweistext
from recht.kataloge import leistungstraeger
from recht.pruefkatalog import LISTEN, pruefkriterien

_STATION = "Aufnahme"


def _fristen(lage: Probenlage) -> Iterator[Mangel]:
    for regel in katalog().values():
        if regel.bei_eingang:
            frist = compute_frist(regel.id, lage.tag, lage.sitz)
            if frist.warnung:
                yield Mangel(f"{regel.bezeichnung}: {frist.warnung}", "§ 26 Abs. 3 S. 1 SGB X")


def _wortlaute(lage: Probenlage) -> list[Mangel]:
    texte = [hinweistext(schluessel, lage.tag) for schluessel in HINWEISE]
    return present("Hinweise zum Antrag", all(texte) and einwilligungstext(lage.tag).hinweise)


def _kataloge(lage: Probenlage) -> list[Mangel]:
    listen = {liste: pruefkriterien(liste, lage.tag) for liste in LISTEN}
    return [
        *present("Prüfkatalog", all(listen.values())),
        *present("Leistungsträger", leistungstraeger(lage.tag)),
    ]


PROBEN = (
    Probe(_STATION, "Fristen ab dem Eingang", _fristen),
    Probe(_STATION, "Hinweise und Einwilligung", _wortlaute),
    Probe(_STATION, "Prüfkatalog und Leistungsträger", _kataloge),
)
