"""Closing the Bemessung; what it asks is asked again by every later step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from budget.bemessung import guards
from budget.bemessung.queries import list_daneben, recompute_all
from budget.states import BUDGET
from budget.verfahren.guards import konferenz_oder_absprachen
from budget.verfahren.queries import has_konferenz, list_leistungen
from budget.verfahren.schritte import Budgetlage, auf, je_recht
from cases.behoerde.queries.eigener_wert import hilfsmittelform
from cases.behoerde.queries.gesetzeswert import werte_des_rechts
from cases.models.wertschluessel import Hilfsmittelform
from cases.schritte import Pruefung, Schritttafel, Zeile
from gesamtplan.models import Leistung


@dataclass(frozen=True)
class Bemessungslage(Budgetlage):
    """A budget with the Leistungen of its plan that a Teilbudget is set for."""

    @cached_property
    def leistungen(self) -> Sequence[Leistung]:
        """Return the Leistungen; read when a guard asks for them first."""
        return list_leistungen(self.budget.gesamtplan)

    @cached_property
    def daneben(self) -> Sequence[Leistung]:
        """Return what the plan grants as Sachleistung beside the budget."""
        return list_daneben(self.budget.gesamtplan)


def _hilfsmittelform(lage: Bemessungslage) -> str:
    """Return the form that the authority has set; asked for only where it matters."""
    keys = [t.katalogschluessel for t in lage.budget.teilbudgets.all()]
    if "pk_pflegehilfsmittel" not in keys:
        return Hilfsmittelform.GUTSCHEIN
    return hilfsmittelform(lage.budget.beginn)


BEMESSUNG: tuple[Pruefung[Bemessungslage], ...] = (
    Pruefung(
        lambda lage: guards.teilbudgets_vorhanden(lage.budget, lage.leistungen),
        "Jede Leistung hat ihr Teilbudget",
        je_recht("§ 17 Abs. 3 S. 3 SGB IX a.F.", "§ 29 Abs. 2 S. 6 SGB IX"),
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.sachleistungen_beziffert(lage.budget, lage.daneben),
        "Sachleistungen neben dem Budget sind beziffert",
        je_recht("§ 17 Abs. 3 S. 4 SGB IX a.F.", "§ 29 Abs. 2 S. 7 SGB IX"),
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.leistungen_zugeordnet(lage.budget),
        "Jede Leistung ist dem Katalog zugeordnet",
        je_recht("§ 35 Abs. 1 SGB X", "§ 120 Abs. 2 S. 2 SGB IX", "§ 143a Abs. 2 S. 2 SGB XII"),
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.betraege_nachgerechnet(lage.budget, recompute_all(lage.budget)),
        "Jeder Betrag ergibt sich aus seinem Rechenweg",
        je_recht("§ 17 Abs. 3 S. 3 SGB IX a.F.", "§ 29 Abs. 2 S. 6 SGB IX"),
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.individuell_hergeleitet(lage.budget),
        "Ein im Einzelfall festgesetzter Betrag ist hergeleitet",
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
        lambda lage: guards.pflegesachleistungen_als_gutschein(lage.budget, _hilfsmittelform(lage)),
        "Pflegesachleistungen werden als Gutschein erbracht",
        "§ 35a SGB XI",
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.leistungen_decken_zeitraum(lage.budget),
        "Jede Leistung gilt für den ganzen Zeitraum des Budgets",
        "§ 33 Abs. 1 SGB X",
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.kombination_stimmt(lage.budget, werte_des_rechts()),
        "Neben Pflegesachleistung steht nur das anteilige Pflegegeld",
        "§ 38 SGB XI",
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.getrennte_bewilligung_dokumentiert(lage.budget),
        "Der Gesamtplan sagt, wer im eigenen Namen entscheidet",
        je_recht("§ 17 Abs. 4 SGB IX a.F.", "§ 15 Abs. 3 S. 1 SGB IX"),
        auf("budget"),
    ),
    Pruefung(
        lambda lage: guards.stellungnahmen_der_traeger(lage.budget),
        "Die Stellungnahmen der anderen Leistungsträger liegen vor",
        je_recht("§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 SGB IX"),
        auf("budget_traeger"),
    ),
)

# Asked once, when the Bemessung is closed: a budget that was agreed before is past it.
KONFERENZ: Pruefung[Bemessungslage] = Pruefung(
    lambda lage: konferenz_oder_absprachen(
        lage.budget,
        gehalten=lambda: has_konferenz(lage.budget.case, lage.budget.antrag.antragstag),
    ),
    "Die Träger haben sich in einer Konferenz oder durch Absprachen abgestimmt",
    je_recht("§ 3 Abs. 3 BudgetV", "§ 29 Abs. 3 S. 1 SGB IX"),
    auf("budget_traeger"),
)

BEMESSUNGSSCHRITTE = Schritttafel[Bemessungslage](
    BUDGET,
    lambda lage: lage.budget.state,
    lambda lage: [lage.budget.case_id],
    (Zeile("bemessen", "budget_bemessen", (*BEMESSUNG, KONFERENZ), methode="post", haupt=True),),
    stichtag=lambda lage: lage.budget.beginn,
    zu_lebzeiten=("bemessen",),
)
