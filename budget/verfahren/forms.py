"""The frame of a Persönliches Budget: period, ceiling, procedure; and its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import Truncator

from budget.states import Deckelausnahme, Verfahrensart
from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, EuroField
from cases.forms.stand import StandForm
from cases.models import Antrag


class BudgetForm(StandForm):
    """About which Antrag, from when to when, compared with which cost, in which procedure.

    The Antrag is asked for only where the case has several that fit.
    """

    beginn = DatumField(
        label="Beginn",
        help_text="Frühestens der Erste des Monats, in dem der Antrag eingegangen ist, auch bei "
        "einem Träger, der ihn weitergeleitet hat. Bis 2019 frühestens der Tag der Kenntnis.",
    )
    ende = DatumField(
        label="Ende",
        required=False,
        help_text="Leer lassen, wenn bis auf Weiteres bewilligt wird. Das ist der Regelfall, "
        "solange die zugrunde liegende Leistung nicht befristet werden darf.",
    )
    befristungsgrund = forms.CharField(
        label="Grund der Befristung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nur bei einem Ende. Beispiel: Der Bedarf wird in der Regel nach zwei Jahren neu "
        "festgestellt; eine Veränderung durch den Umzug ist absehbar.",
    )
    bindung_ab = DatumField(
        label="Bindung ab",
        required=False,
        help_text="Die Person ist sechs Monate an ihre Entscheidung gebunden. Leer: ab Beginn.",
    )
    vergleichssumme = EuroField(
        label="Kosten der Leistungen ohne Persönliches Budget",
        required=False,
        help_text="Je Monat, für alle festgestellten Leistungen, auch für die, die Sachleistung "
        "bleiben. Diese Summe sollen Budget und Sachleistungen nicht übersteigen (§ 29 Abs. 2 S. 7 "
        "SGB IX).",
    )
    sachleistung_daneben = EuroField(
        label="Davon bleiben als Sachleistung neben dem Budget",
        required=False,
        help_text="Je Monat. Nur wenn der Plan neben dem Budget Sach- oder Dienstleistungen "
        "vorsieht; sonst leer.",
    )
    deckel_ausnahme = forms.CharField(
        label="Grund für eine höhere Summe",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nur wenn die Summe überschritten wird, zum Beispiel wegen eines "
        "vorübergehenden Mehrbedarfs an Beratung.",
    )
    deckel_ausnahme_art = forms.ChoiceField(
        label="Art der Ausnahme",
        choices=[("", "keine Ausnahme"), *Deckelausnahme.choices],
        required=False,
        help_text="Anerkannt sind vor allem ein vorübergehend wesentlich veränderter Bedarf und "
        "vorübergehend mehr Beratung; der Aufwand als Arbeitgeber allein genügt nicht "
        "(BSG 31.01.2012 - B 2 U 1/11 R).",
    )
    verfahrensart = forms.ChoiceField(
        label="Verfahren der Leistungsträger",
        choices=Verfahrensart.choices,
        initial=Verfahrensart.VEREINFACHT,
        widget=forms.RadioSelect,
    )
    absprachen = forms.CharField(
        label="Absprachen anstelle der Budgetkonferenz",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nur wenn mehrere Träger leisten und keine Budgetkonferenz stattfindet: wer wann "
        "wem zugesagt hat, auch die Person. Ohne Absprache wird die Bemessung nicht abgeschlossen.",
    )
    layout: tuple[Any, ...] = (
        "beginn",
        "ende",
        "befristungsgrund",
        "bindung_ab",
        "vergleichssumme",
        "sachleistung_daneben",
        "deckel_ausnahme_art",
        "deckel_ausnahme",
        "verfahrensart",
        "absprachen",
    )

    def __init__(
        self, *args: Any, antraege: Sequence[Antrag], antrag: Antrag | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._antraege = antraege
        if len(antraege) > 1:
            self.fields["antrag"] = forms.ChoiceField(
                label="Über welchen Antrag wird entschieden?",
                choices=[(str(a.pk), _antrag_text(a)) for a in antraege],
                widget=forms.RadioSelect,
                initial=str(antrag.pk) if antrag else None,
                help_text="Mit dem Bescheid enden nur die Fristen dieses Antrags.",
                error_messages={"required": "Bitte wählen Sie den Antrag."},
            )
            self.layout = ("antrag", *self.layout)  # two shapes

    @property
    def antrag(self) -> Antrag:
        """Return the chosen Antrag, the only one where there is no choice."""
        wahl = self.cleaned_data.get("antrag", str(self._antraege[0].pk))
        return next(a for a in self._antraege if str(a.pk) == wahl)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self._antraege:
            self.add_error(None, "Für diesen Fall ist kein Antrag erfasst.")
        beginn: date | None = data.get("beginn")
        ende: date | None = data.get("ende")
        if beginn and ende and ende < beginn:
            self.add_error("ende", "Das Ende darf nicht vor dem Beginn liegen.")
        if ende and not data.get("befristungsgrund", "").strip():
            self.add_error(
                "befristungsgrund",
                "Bitte begründen Sie die Befristung oder lassen Sie das Ende leer.",
            )
        ausnahme = data.get("deckel_ausnahme", "").strip()
        if ausnahme and not data.get("deckel_ausnahme_art"):
            self.add_error("deckel_ausnahme_art", "Bitte wählen Sie, welche Ausnahme vorliegt.")
        if data.get("deckel_ausnahme_art") and not ausnahme:
            self.add_error("deckel_ausnahme", "Bitte begründen Sie die Ausnahme.")
        return data


class NachfolgeForm(BasisForm):
    """From when to when the next budget is granted, and what has changed."""

    beginn = DatumField(
        label="Ab wann gilt das neue Persönliche Budget?",
        help_text="Am Tag davor endet das bisherige. Zum Nachteil der Person nur für die Zukunft, "
        "außer in den Fällen des § 48 Abs. 1 S. 2 SGB X.",
    )
    sachverhalt = forms.CharField(
        label="Was hat sich geändert?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tatsachen mit Tagen. Steht so im Bescheid und in der Anhörung.",
    )
    ende = DatumField(
        label="Ende",
        required=False,
        help_text="Leer lassen, wenn bis auf Weiteres bewilligt wird.",
    )
    befristungsgrund = forms.CharField(
        label="Grund der Befristung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nur bei einem Ende.",
    )
    layout: tuple[Any, ...] = ("beginn", "sachverhalt", "ende", "befristungsgrund")
    absenden = "Vorbereitung beginnen"

    def __init__(self, *args: Any, fruehestens: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fruehestens = fruehestens

    def clean_beginn(self) -> date:
        beginn: date = self.cleaned_data["beginn"]
        if beginn < self._fruehestens:
            raise forms.ValidationError(
                f"Das bisherige Persönliche Budget gilt erst ab {self._fruehestens:%d.%m.%Y}."
            )
        return beginn

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        beginn, ende = data.get("beginn"), data.get("ende")
        if beginn and ende and ende < beginn:
            self.add_error("ende", "Das Ende darf nicht vor dem Beginn liegen.")
        if ende and not data.get("befristungsgrund", "").strip():
            self.add_error(
                "befristungsgrund",
                "Bitte begründen Sie die Befristung oder lassen Sie das Ende leer.",
            )
        return data


def _antrag_text(antrag: Antrag) -> str:
    wunsch = ", als Persönliches Budget beantragt" if antrag.persoenliches_budget else ""
    return f"{antrag}{wunsch}: {Truncator(antrag.begehren).chars(80)}"


class GrundForm(BasisForm):
    """One reason in a few sentences; label and button come from the page."""

    text = forms.CharField(label="Grund", widget=forms.Textarea(attrs={"rows": 4}))
    layout: tuple[Any, ...] = ("text",)

    def __init__(self, *args: Any, label: str, hilfe: str, knopf: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        self.fields["text"].help_text = hilfe
        self.absenden = knopf  # one form, several buttons
