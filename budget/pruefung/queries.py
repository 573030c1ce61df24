"""Reads of the yearly review: what counts now, what was reviewed, when the next one is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from budget.bescheid.queries import geltender_abzug
from budget.bescheid.schreiben.abzug import Abzug, compute_abzug
from budget.models import Beitragspruefung, Bescheid, PersoenlichesBudget
from budget.models.pruefung import FAKTEN, bescheid_with
from cases.frist.queries import fristen_of
from cases.models import Frist
from cases.states.frist import LAUFENDE
from recht.fristkennung import Regel

NULL = Decimal("0.00")


@dataclass(frozen=True)
class Vergleich:
    """What a review finds beside what counts now."""

    bisher: Decimal
    vorher: Mapping[date, Decimal]
    neu: Abzug
    ab: date

    @property
    def geaendert(self) -> bool:
        """Tell whether any month is paid otherwise than before."""
        return self.bisher != self.neu.betrag or self.vermoegen_anders

    @property
    def belastet(self) -> bool:
        """Tell whether any month is paid less than before."""
        monate = {*self._spaeter, *self.neu.verbrauch}
        if self.neu.betrag > self.bisher:
            return True
        weniger = self.bisher - self.neu.betrag
        return any(
            self.neu.verbrauch.get(m, NULL) > self._spaeter.get(m, NULL) + weniger for m in monate
        )

    @property
    def vermoegen_anders(self) -> bool:
        """Tell whether the assets bear another part of any month than before."""
        return self._spaeter != dict(self.neu.verbrauch)

    @property
    def _spaeter(self) -> dict[date, Decimal]:
        return {monat: betrag for monat, betrag in self.vorher.items() if monat >= self.ab}


def compare(budget: PersoenlichesBudget, angaben: Mapping[str, Any], ab: date) -> Vergleich:
    """Return what these facts give from a month on, beside what is kept back until then."""
    bescheid = Bescheid.objects.get(persoenliches_budget=budget)
    bisher, vorher = geltender_abzug(bescheid, ab)
    return Vergleich(bisher, vorher, compute_abzug(bescheid_with(budget, angaben), ab), ab)


def known_facts(budget: PersoenlichesBudget) -> dict[str, Any]:
    """Return the facts on which the sum of today rests: of the last decision, else the grant."""
    for row in pruefungen_of(budget):
        if row.folgebescheid is not None and row.folgebescheid.wirksam_am is not None:
            quelle = row.fakten
            break
    else:
        quelle = Bescheid.objects.get(persoenliches_budget=budget)
    return {name: getattr(quelle, name) for name in FAKTEN}


def pruefungen_of(budget: PersoenlichesBudget) -> list[Beitragspruefung]:
    """Return the reviews of a budget, the newest first; one query."""
    rows = Beitragspruefung.objects.filter(persoenliches_budget=budget)
    return list(rows.select_related("folgebescheid", "geprueft_von", "persoenliches_budget__case"))


def open_pruefung(budget: PersoenlichesBudget) -> Beitragspruefung | None:
    """Return the review that is not settled: computed, or its Bescheid has no effect yet."""
    return next((row for row in pruefungen_of(budget) if row.erledigt_am is None), None)


def next_frist(budget: PersoenlichesBudget) -> Frist | None:
    """Return the running Frist of the next turn of the year, of the budget or a review."""
    for ding in (*pruefungen_of(budget), budget):
        frist = fristen_of(budget.case, ding, Regel.NEUE_WERTE).filter(state__in=LAUFENDE).first()
        if frist is not None:
            return frist
    return None


def list_bekannte(stichtag: date) -> list[Beitragspruefung]:
    """Return reviews whose Bescheid is made known and whose Frist is not met yet."""
    rows = Beitragspruefung.objects.filter(
        erledigt_am__isnull=True, folgebescheid__wirksam_am__lte=stichtag
    )
    return list(rows.select_related("folgebescheid", "persoenliches_budget__case").order_by("pk"))
