"""What a further decision of a kind can be about in a case."""

from __future__ import annotations

from functools import cached_property

from budget.bescheid.queries.vorlaeufig import abzurechnende, wirksame_vorlaeufige
from budget.folge.queries import bewilligte_budgets, laufende_budgets, offene_antraege
from budget.models import PersoenlichesBudget, Widerspruch
from budget.states.folge import Bezug, Folgezeile
from budget.states.widerspruch import SCHWEBEND
from cases.models import Antrag, Case


class Gegenstaende:
    """What the decisions of a case can be about, each kind read once for all of them."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def of(self, zeile: Folgezeile) -> list[Antrag | PersoenlichesBudget | Widerspruch]:
        """Return what a decision of this kind could be about."""
        if zeile.abrechnung:
            return list(abzurechnende(list(self.case.antraege.order_by("eingang", "id"))))
        if zeile.mindert:
            laufend = wirksame_vorlaeufige(Case.objects.filter(pk=self.case.pk))
            gezahlt = {row.antrag for row in laufend if row.wird_gezahlt}
            return [antrag for antrag in self._antraege if antrag.pk in gezahlt]
        if zeile.bezug == Bezug.ANTRAG:
            return list(self._antraege)
        if zeile.bezug == Bezug.WIDERSPRUCH:
            return list(self._widersprueche)
        if zeile.mit_nachfolger:
            # It begins with the budget that takes the place of the running one.
            return []
        return list(self._bewilligte if zeile.geld or zeile.vergangen else self._laufende)

    @cached_property
    def _antraege(self) -> list[Antrag]:
        return offene_antraege(self.case)

    @cached_property
    def _widersprueche(self) -> list[Widerspruch]:
        rows = Widerspruch.objects.filter(case=self.case, state=SCHWEBEND[0])
        return list(rows.select_related("schreiben").order_by("eingang_am", "id"))

    @cached_property
    def _bewilligte(self) -> list[PersoenlichesBudget]:
        return bewilligte_budgets(self.case)

    @cached_property
    def _laufende(self) -> list[PersoenlichesBudget]:
        return laufende_budgets(self.case)


def gegenstaende_of(
    case: Case, zeile: Folgezeile
) -> list[Antrag | PersoenlichesBudget | Widerspruch]:
    """Return what a decision of this kind could be about in this case."""
    return Gegenstaende(case).of(zeile)
