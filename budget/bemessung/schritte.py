"""Closing the Bemessung; what it asks is asked again by every later step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from budget.bemessung import guards
from budget.bemessung.queries import list_leistungen
from budget.states import BUDGET
from budget.verfahren.schritte import Budgetlage, auf, je_recht
from cases.schritte import Pruefung, Schritttafel, Zeile
from gesamtplan.models import Leistung


@dataclass(frozen=True)
class Bemessungslage(Budgetlage):
    """A budget with the Leistungen of its plan that a Teilbudget is set for."""

    @cached_property
    def leistungen(self) -> Sequence[Leistung]:
        """Return the Leistungen; read when a guard asks for them first."""
        return list_leistungen(self.budget.gesamtplan)


BEMESSUNG: tuple[Pruefung[Bemessungslage], ...] = (
    Pruefung(
        lambda lage: guards.teilbudgets_vorhanden(lage.budget, lage.leistungen),
        "Jede Leistung hat ihr Teilbudget",
        je_recht("§ 17 Abs. 3 S. 3 SGB IX a.F.", "§ 29 Abs. 2 S. 6 SGB IX"),
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.deckel_eingehalten(lage.budget),
        "Die Obergrenze ist eingehalten oder die Ausnahme begründet",
        je_recht("§ 17 Abs. 3 S. 4 SGB IX a.F.", "§ 29 Abs. 2 S. 7 SGB IX"),
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.pflegesachleistungen_als_gutschein(lage.budget),
        "Pflegesachleistungen werden als Gutschein erbracht",
        "§ 35a SGB XI",
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.stellungnahmen_der_traeger(lage.budget),
        "Die Stellungnahmen der anderen Leistungsträger liegen vor",
        je_recht("§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 SGB IX"),
        auf("budget"),
    ),
)

BEMESSUNGSSCHRITTE = Schritttafel[Bemessungslage](
    BUDGET,
    lambda lage: lage.budget.state,
    lambda lage: [lage.budget.case_id],
    (Zeile("bemessen", "budget_bemessen", BEMESSUNG, methode="post", haupt=True),),
)
