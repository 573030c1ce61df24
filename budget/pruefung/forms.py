"""The form of a yearly review: from when, which evidence, income, household and assets."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from budget.bescheid.forms.abzug import Einkommensfragen
from budget.bescheid.schreiben.abzug import compute_rechnung, gets_lebensunterhalt
from budget.models import PersoenlichesBudget
from budget.models.pruefung import FAKTEN, bescheid_with, written
from budget.pruefung import guards
from budget.pruefung.queries import compare
from budget.pruefung.schritte import earliest_month
from cases.forms.basis import form_helper
from cases.forms.felder import DatumField
from recht.geld import format_euro
from recht.rechtsstand import Rechtsstand

_BETRAEGE = ("einkommen", "monatseinkommen", "einkommenseinsatz", "vermoegen")


class PruefungForm(Einkommensfragen):
    """What the evidence shows; the sum follows from it."""

    ab = DatumField(
        label="Der neue Betrag gilt ab",
        help_text="Der erste Tag eines Monats. Es zählen die Werte seines Jahres. Zugunsten der "
        "Person gilt er ab der Änderung, sonst erst nach der Bekanntgabe (§ 48 Abs. 1 SGB X).",
    )
    nachweis = forms.CharField(
        label="Nachweis",
        max_length=200,
        help_text="Was vorliegt, zum Beispiel „Einkommensteuerbescheid 2024“ oder "
        "„Rentenbescheid“. Steht so im Bescheid.",
    )
    nachweis_vom = DatumField(label="Nachweis vom")
    absenden = "Neu rechnen"

    def __init__(self, *args: Any, budget: PersoenlichesBudget, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.budget, self.heute = budget, heute
        self._keep_fields_of_the_law()
        if "einkommen" in self.fields:
            self.fields["einkommen"].help_text = (
                "Das Einkommen des zweiten Jahres vor dem Tag, ab dem der Betrag gilt "
                "(§ 135 SGB IX); bei Minderjährigen das der Eltern."
            )

    @property
    def helper(self) -> FormHelper:
        fakten = (n for n in FAKTEN if n in self.fields)
        return form_helper(("ab", "nachweis", "nachweis_vom", *fakten))

    def clean_nachweis_vom(self) -> date:
        vom: date = self.cleaned_data["nachweis_vom"]
        if vom > self.heute:
            raise forms.ValidationError("Das Datum darf nicht in der Zukunft liegen.")
        return vom

    def clean_ab(self) -> date:
        ab: date = self.cleaned_data["ab"]
        if ab.day != 1:
            raise forms.ValidationError(
                "Bitte geben Sie den ersten Tag eines Monats an: Beitrag und Einsatz gelten je "
                "Monat."
            )
        for grund in (
            guards.im_zeitraum(self.budget, ab),
            guards.recht_des_budgets(self.budget, ab),
        ):
            if grund is not None:
                raise forms.ValidationError(f"{grund.text} ({grund.norm})")
        return ab

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ab = self.werte_ab = cleaned.get("ab")
        if ab is None:
            return cleaned
        self._check_einkommen(cleaned)
        for check in (self._check_known, self._check_day):
            if not self.errors:
                check(cleaned, ab)
        return cleaned

    def _check_known(self, cleaned: dict[str, Any], ab: date) -> None:
        """Refuse a review without facts, or for a year whose values nobody has entered."""
        if gets_lebensunterhalt(self.budget):
            return
        if all(cleaned.get(name) is None for name in _BETRAEGE):
            feld = "einkommen" if "einkommen" in self.fields else "vermoegen"
            self.add_error(feld, "Bitte geben Sie an, was der Nachweis ergibt, auch 0.")
            return
        fakten = bescheid_with(self.budget, written(cleaned))
        neues_recht = self.budget.rechtsstand is Rechtsstand.B
        if neues_recht and fakten.einkommen is not None and compute_rechnung(fakten, ab) is None:
            self.add_error(
                "ab",
                f"Für {ab.year} fehlt ein Wert des Gesetzes, etwa die Bezugsgröße. Die "
                "Fachadministration kann ihn unter „Rechtsstand und Werte“ eingeben, sobald er "
                "verkündet ist.",
            )

    def _check_day(self, cleaned: dict[str, Any], ab: date) -> None:
        """Refuse a day on which the decision could not take anything away any more."""
        vergleich = compare(self.budget, written(cleaned), ab)
        fruehestens = earliest_month(self.heute)
        if vergleich.belastet and ab < fruehestens:
            self.add_error(
                "ab",
                f"Der Abzug steigt von {format_euro(vergleich.bisher)} auf "
                f"{format_euro(vergleich.neu.betrag)} im Monat, oder Vermögen ist einzusetzen. "
                f"Das gilt nur für die Zukunft, bei Versand heute frühestens ab "
                f"{fruehestens:%d.%m.%Y} (§ 48 Abs. 1 S. 1 SGB X). Für die Zeit davor braucht es "
                "Anhörung und eine Aufhebung auch für die Vergangenheit („Weitere Bescheide“, "
                "§ 48 Abs. 1 S. 2 SGB X).",
            )
