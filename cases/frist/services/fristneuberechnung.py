"""Running Fristen are computed again when a holiday, a rule or an own value has changed.

Nothing moves silently: every difference is a row that pages and desks show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cases.behoerde.queries.eigener_wert import Wertetafel
from cases.frist.services.frist import WERTFELDER, aenderung_of, land, recalculate_frist, set_values
from cases.models import Frist, Fristaenderung, Fristneuberechnung, Fristpause
from cases.registry.beitrag import registry
from cases.services.sperre import lock_cases_of
from cases.states.frist import LAUFENDE
from recht import feiertag, fristen, fristrechnung, laenge, ortsfeiertag, rechtsstand
from recht.fehler import RechtFehler
from recht.fristkatalog import katalog
from recht.parameter import reihe

_STAPEL = 1000
# What makes a day another day; a new text of a rule alone is none.
_TAGE = ("ende_rechnerisch", "ende", "wiedervorlage", "eskalation")
_RECHENWEGE = (feiertag, ortsfeiertag, fristen, fristrechnung, laenge, rechtsstand)
_GEMERKT_HOECHSTENS = 20_000

Pausen = tuple[tuple[date, date], ...]


@dataclass(frozen=True)
class Unterschied:
    """One Frist whose days come out differently, or cannot be computed (`fehler`)."""

    frist: Frist
    werte: dict[str, Any]
    fehler: str = ""


@dataclass
class Neuberechnungsergebnis:
    """What a run has found; `unterschiede` holds the first ones for the report of a dry run."""

    geprueft: int = 0
    geaendert: int = 0
    gescheitert: int = 0
    unterschiede: list[Unterschied] = field(default_factory=list)
    neuberechnung: Fristneuberechnung | None = None


def fingerprint() -> str:
    """Return one number for all that the days of a Frist depend on, besides its own facts."""
    hier = land()
    summe = hashlib.sha256(f"{hier} {hier.angaben}".encode())
    for jahr in range(feiertag.JAHR_VON, feiertag.JAHR_BIS + 1):
        summe.update(repr(sorted(feiertag.feiertage(jahr, hier))).encode())
    summe.update(repr(dict(katalog())).encode())
    summe.update(repr(reihe("bekanntgabe_tage")).encode())
    for modul in _RECHENWEGE:
        summe.update(Path(str(modul.__file__)).read_bytes())
    summe.update("\n".join(Wertetafel("vorlauf.", "eskalation.").zeilen()).encode())
    return summe.hexdigest()


def recompute_if_changed(*, tag: date) -> Fristneuberechnung | None:
    """Compute all running Fristen anew when what they rest on differs from the last run.

    Raises nothing, as `recompute_fristen` does.
    """
    last = Fristneuberechnung.objects.filter(fertig=True).first()
    if last is not None and last.kennung == fingerprint():
        return None
    anlass = "Grundlagen geändert" if last is not None else "erste Prüfung"
    return recompute_fristen(tag=tag, anlass=anlass, anwenden=True).neuberechnung


def recompute_fristen(
    *, tag: date, anlass: str, anwenden: bool, zeigen: int = 200
) -> Neuberechnungsergebnis:
    """Compute every running Frist again; store the differences only with `anwenden`.

    Works in batches, each its own transaction; a run that was cut off is simply done again. Raises
    nothing: a Frist that cannot be computed keeps its days and counts as gescheitert.
    """
    ergebnis = Neuberechnungsergebnis()
    if anwenden:
        ergebnis.neuberechnung = Fristneuberechnung.objects.create(
            datum=tag, anlass=anlass, kennung=fingerprint()
        )
    rechner = _Rechner()
    for stapel in _batches():
        ergebnis.geprueft += len(stapel)
        unterschiede = list(rechner.differences(stapel))
        ergebnis.gescheitert += sum(1 for u in unterschiede if u.fehler)
        ergebnis.geaendert += sum(1 for u in unterschiede if not u.fehler)
        frei = zeigen - len(ergebnis.unterschiede)
        ergebnis.unterschiede += unterschiede[: max(frei, 0)]
        if ergebnis.neuberechnung is not None and unterschiede:
            _store(ergebnis.neuberechnung, unterschiede, tag)
    if ergebnis.neuberechnung is not None:
        _finish(ergebnis.neuberechnung, ergebnis)
    return ergebnis


class _Rechner:
    """Computes with tables read once; equal questions are answered once."""

    def __init__(self) -> None:
        self.land = land()
        self.werte = Wertetafel("vorlauf.", "eskalation.")
        self.gemerkt: dict[tuple[object, ...], dict[str, Any] | str] = {}

    def differences(self, stapel: Sequence[Frist]) -> Iterator[Unterschied]:
        """Yield those of the batch whose days come out differently."""
        pausen = _pauses_of(stapel)
        for frist in stapel:
            neu = self._compute(frist, pausen.get(frist.pk, ()))
            if isinstance(neu, str):
                yield Unterschied(frist, {}, neu)
            elif any(getattr(frist, feld) != neu[feld] for feld in _TAGE):
                yield Unterschied(frist, neu)

    def _compute(self, frist: Frist, pausen: Pausen) -> dict[str, Any] | str:
        frage = (
            frist.regel,
            frist.ausloeser_datum,
            frist.rechtsstand,
            frist.wirkung,
            tuple(sorted(frist.angaben.items())),
            pausen,
        )
        if frage not in self.gemerkt:
            if len(self.gemerkt) >= _GEMERKT_HOECHSTENS:
                self.gemerkt.clear()
            try:
                self.gemerkt[frage] = recalculate_frist(frist, self.land, pausen, self.werte.get)
            except (RechtFehler, ValueError) as error:
                self.gemerkt[frage] = str(error)[:300]
        return self.gemerkt[frage]


def _running() -> QuerySet[Frist]:
    return Frist.objects.filter(state__in=LAUFENDE)


def _batches() -> Iterator[list[Frist]]:
    last = 0
    while stapel := list(_running().filter(pk__gt=last).order_by("pk")[:_STAPEL]):
        yield stapel
        last = stapel[-1].pk


def _pauses_of(stapel: Sequence[Frist]) -> dict[int, Pausen]:
    rows = Fristpause.objects.filter(frist__in=[f.pk for f in stapel], bis__isnull=False)
    found: dict[int, Pausen] = {}
    for pause in rows.order_by("von"):
        if pause.bis is not None:
            found[pause.frist_id] = (*found.get(pause.frist_id, ()), (pause.von, pause.bis))
    return found


@transaction.atomic
def _store(
    neuberechnung: Fristneuberechnung, unterschiede: Sequence[Unterschied], tag: date
) -> None:
    """Write a batch: first the rows that say why, then the new days."""
    rows = _running().filter(pk__in=[u.frist.pk for u in unterschiede])
    lock_cases_of(rows)
    locked = {frist.pk: frist for frist in rows.select_for_update(no_key=True).order_by("pk")}
    aenderungen, fristen_neu = [], []
    for unterschied in unterschiede:
        frist = locked.get(unterschied.frist.pk)
        # Somebody has worked on it meanwhile: the next run looks at it again.
        if frist is None or any(
            getattr(frist, f) != getattr(unterschied.frist, f) for f in ("ende", "state")
        ):
            continue
        werte = unterschied.werte or {feld: getattr(frist, feld) for feld in WERTFELDER}
        aenderungen.append(
            Fristaenderung(
                **aenderung_of(frist, werte, tag),
                fristneuberechnung=neuberechnung,
                fehler=unterschied.fehler,
            )
        )
        if not unterschied.fehler:
            set_values(frist, werte, tag)
            fristen_neu.append(frist)
    Fristaenderung.objects.bulk_create(aenderungen)
    Frist.objects.bulk_update(fristen_neu, [*WERTFELDER, "stufe"])
    for frist in fristen_neu:
        for follow in registry.nach_fristneuberechnung:
            follow(frist, tag)


def _finish(neuberechnung: Fristneuberechnung, ergebnis: Neuberechnungsergebnis) -> None:
    neuberechnung.geprueft = ergebnis.geprueft
    neuberechnung.geaendert = ergebnis.geaendert
    neuberechnung.gescheitert = ergebnis.gescheitert
    neuberechnung.fertig = True
    neuberechnung.save(update_fields=["geprueft", "geaendert", "gescheitert", "fertig"])
