"""Forms of an interruption: the fact with its rule, and its last day."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from crispy_forms.layout import Fieldset, Row
from django import forms

from budget.models import PersoenlichesBudget
from budget.states.unterbrechung import Ruheregel, Unterbrechungsanlass
from budget.unterbrechung import guards
from budget.unterbrechung.queries import resting_teile, sum_of
from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, EuroField
from cases.forms.stand import StandForm
from recht.geld import format_euro

_TAGE_HOECHSTENS = 366


class UnterbrechungForm(StandForm):
    """Why, since when, how it is known; then what the agreement says for it."""

    anlass = forms.ChoiceField(
        label="Warum ist das Budget unterbrochen?",
        choices=Unterbrechungsanlass.choices,
        widget=forms.RadioSelect,
    )
    von = DatumField(label="Erster Tag", help_text="Zum Beispiel der Tag der Aufnahme.")
    bis = DatumField(
        label="Letzter Tag",
        required=False,
        help_text="Leer, solange er nicht bekannt ist. Auch ein geplantes Ende ist möglich.",
    )
    mitgeteilt_am = DatumField(label="Bekannt seit")
    quelle = forms.CharField(
        label="Woher bekannt",
        max_length=200,
        help_text="Zum Beispiel „Anruf der Betreuerin“ oder „Aufnahmebescheinigung der Klinik“. "
        "Steht im Bescheid.",
    )
    regel = forms.ChoiceField(
        label="Was sagt die Zielvereinbarung?",
        choices=Ruheregel.choices,
        widget=forms.RadioSelect,
        help_text="Der vereinbarte Text steht daneben.",
    )
    weiter_tage = forms.IntegerField(
        label="So viele Tage wird weitergezahlt",
        required=False,
        min_value=0,
        max_value=_TAGE_HOECHSTENS,
        help_text="Gezählt ab dem ersten Tag, er zählt mit.",
    )
    teile = forms.MultipleChoiceField(
        label="Danach ruht",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nur, soweit die Einrichtung die Unterstützung übernimmt oder sie entfällt.",
    )
    kosten = EuroField(
        label="Davon laufen als Kosten weiter, im Monat",
        required=False,
        help_text="Zum Beispiel Löhne bis zum Ende der Kündigungsfrist; sie werden weitergezahlt.",
    )
    kosten_nachweis = forms.CharField(
        label="Womit sind diese Kosten nachgewiesen?", required=False, max_length=200
    )
    nachfragen_am = DatumField(
        label="Nachfragen am",
        required=False,
        help_text="An diesem Tag erinnert Fallwerk daran, nach dem Ende zu fragen.",
    )
    layout = (
        Fieldset(
            "Die Unterbrechung",
            "anlass",
            Row("von", "bis"),
            "mitgeteilt_am",
            "quelle",
        ),
        Fieldset(
            "Die Regel der Zielvereinbarung",
            "regel",
            "weiter_tage",
            "teile",
            "kosten",
            "kosten_nachweis",
        ),
        "nachfragen_am",
    )
    absenden = "Unterbrechung speichern"

    def __init__(self, *args: Any, budget: PersoenlichesBudget, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.budget, self.heute = budget, heute
        self._teile = list(resting_teile(budget))
        feld = cast("forms.MultipleChoiceField", self.fields["teile"])
        feld.choices = [
            (str(teil.pk), f"{teil.leistung.bezeichnung}, {format_euro(teil.betrag)} im Monat")
            for teil in self._teile
        ]
        cast(DatumField, self.fields["mitgeteilt_am"]).spaetestens = heute

    def clean_nachfragen_am(self) -> date | None:
        tag: date | None = self.cleaned_data["nachfragen_am"]
        stand = self.gespeichert.get("nachfragen_am")
        if tag is not None and tag < self.heute and tag != stand:
            raise forms.ValidationError("Bitte wählen Sie einen Tag, der noch nicht vergangen ist.")
        return tag

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if von := data.get("von"):
            grund = guards.unterbrechung_im_zeitraum(self.budget, von, data.get("bis"))
            if grund is not None:
                feld = "bis" if (data.get("bis") or von) < von else "von"
                self.add_error(feld, f"{grund.text} ({grund.norm})")
        self._check_rule(data)
        return data

    def _check_rule(self, data: dict[str, Any]) -> None:
        """Ask for what the chosen rule needs, at the field where it is missing."""
        regel = data.get("regel")
        if not regel or "teile" not in data or "kosten" not in data:
            return
        if regel == Ruheregel.RUHT and data.get("weiter_tage") is None:
            if "weiter_tage" not in self.errors:
                self.add_error("weiter_tage", "Bitte geben Sie die Zahl der Tage an, auch 0.")
            return
        ruht = sum_of(t for t in self._teile if str(t.pk) in data["teile"])
        kosten, nachweis = data["kosten"] or ruht * 0, data.get("kosten_nachweis", "")
        grund = guards.regel_bestimmt(regel, ruht, kosten, nachweis, self.budget.beginn)
        if grund is None:
            return
        feld = "teile"
        if ruht and regel == Ruheregel.RUHT:
            feld = "kosten" if kosten > ruht else "kosten_nachweis"
        self.add_error(feld, f"{grund.text} ({grund.norm})")


class EndeForm(BasisForm):
    """The last day of an interruption."""

    bis = DatumField(
        label="Letzter Tag der Unterbrechung",
        help_text="Am Tag danach läuft das Budget wieder wie bewilligt.",
    )
    absenden = "Ende vermerken"
