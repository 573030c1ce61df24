"""The rehearsal of a day: what all stations of the work would miss, asked before the day comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cases.behoerde.queries.gesetzeswert import werte_des_rechts
from cases.behoerde.queries.sitz import ortszeilen, sitz
from cases.behoerde.queries.werte import missing_values
from cases.registry.beitrag import registry
from cases.registry.probe import Mangel, Probe, Probenlage
from recht.rechtsstand import GEPRUEFT_AM, rechtsstand_am
from recht.vorgriff import Wertebestand

_STATION = "Recht und Behörde"
_JAHR = timedelta(days=365)


@dataclass(frozen=True)
class Befund:
    """What one station answered; without `maengel` it has all it needs."""

    station: str
    titel: str
    maengel: tuple[Mangel, ...]


def _rechtsstand(lage: Probenlage) -> Iterator[Mangel]:
    rechtsstand_am(lage.tag)
    if lage.tag > GEPRUEFT_AM + _JAHR:
        yield Mangel(
            f"Das Recht wurde zuletzt am {GEPRUEFT_AM:%d.%m.%Y} am Gesetzestext geprüft. Was sich "
            "danach geändert hat, kennt die Software nicht; vergleichen Sie mit dem geltenden Text."
        )


def _werte(lage: Probenlage) -> list[Mangel]:
    return [Mangel(luecke.text, luecke.norm) for luecke in missing_values(lage.tag, lage.werte)]


def _sitz(lage: Probenlage) -> list[Mangel]:
    return [
        Mangel(
            f"{zeile.bezeichnung}: Ob der Feiertag am Sitz der Behörde gilt, ist nicht hinterlegt.",
            zeile.norm,
        )
        for zeile in ortszeilen(lage.tag, lage.sitz)
        if zeile.offen
    ]


PROBEN = (
    Probe(_STATION, "Rechtsstand", _rechtsstand),
    Probe(_STATION, "Gesetzliche Werte", _werte),
    Probe(_STATION, "Feiertage am Sitz der Behörde", _sitz),
)


def rehearse(tag: date, werte: Wertebestand | None = None) -> list[Befund]:
    """Return what every station misses on the day, in the order of the work; writes nothing.

    Two queries whatever the number of questions, one where the caller has read the values.
    """
    lage = Probenlage(tag, sitz(), werte_des_rechts() if werte is None else werte)
    proben = (*PROBEN, *registry.proben)
    return [Befund(p.station, p.titel, tuple(p.antwort(lage))) for p in proben]
