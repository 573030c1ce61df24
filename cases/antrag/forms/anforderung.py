"""What letters that ask others need: whom, which questions, until when, by which consent."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from cases.forms.felder import DatumField
from cases.models import Einwilligung, Einwilligungsteil
from cases.schreiben.forms.brief import AngabenForm, MitAnschriftForm, text_field
from cases.textbaustein.forms import stellen_of

_FRAGEN = "Je Absatz eine Frage. Nur was für die Entscheidung nötig ist (§ 67a Abs. 1 SGB X)."


class StellungnahmeForm(MitAnschriftForm):
    """Whom to ask what, and until when."""

    anlass = text_field("Worum geht es?", "Nur, was die Stelle dafür wissen muss.", rows=3)
    fragen = text_field("Ihre Fragen", _FRAGEN, rows=5)
    bis = DatumField(label="Bitte bis zum")
    textstellen = stellen_of(
        "schreiben.stellungnahme.",
        "Bitte um Stellungnahme",
        "§ 69 Abs. 1 Nr. 1 SGB X",
        {
            "anlass": "[[Name]] hat am [[Antragsdatum]] bei uns Leistungen der "
            "Eingliederungshilfe beantragt. Für die Entscheidung brauchen wir Ihre "
            "Auskunft."
        },
        anlass="Worum es geht",
        fragen="Fragen",
    )
    layout = ("an_name", "an_anschrift", "ihr_zeichen", "anlass", "fragen", "bis")

    def clean(self) -> dict[str, Any]:
        """Refuse a day that has passed."""
        data = super().clean() or self.cleaned_data
        self._only_later("bis")
        return data


class BefundForm(AngabenForm):
    """Which consent carries the question, and what is asked."""

    einwilligung = forms.ModelChoiceField(
        label="An wen, auf Grund welcher Einwilligung?",
        queryset=Einwilligung.objects.none(),
        empty_label="Bitte wählen",
        help_text="Gezeigt werden Einwilligungen, die heute gelten und Gutachten und Befunde "
        "umfassen. Fehlt sie, drucken Sie zuerst den Vordruck.",
    )
    anlass = text_field("Worum geht es?", "Nur, was die Praxis dafür wissen muss.", rows=3)
    fragen = text_field("Ihre Fragen", _FRAGEN, rows=5)
    bis = DatumField(label="Bitte bis zum")
    textstellen = stellen_of(
        "schreiben.befund.",
        "Bitte um einen Befundbericht",
        "§ 67b Abs. 1 SGB X",
        {
            "anlass": "[[Name]] hat am [[Antragsdatum]] bei uns Leistungen der "
            "Eingliederungshilfe beantragt und darin eingewilligt, dass wir Sie "
            "fragen."
        },
        anlass="Worum es geht",
        fragen="Fragen",
    )
    layout = ("einwilligung", "anlass", "fragen", "bis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Einwilligung.objects.wirksam_am(self.stichtag).filter(
            case=self.case, teile__contains=[Einwilligungsteil.GUTACHTEN]
        )
        feld = cast("forms.ModelChoiceField[Einwilligung]", self.fields["einwilligung"])
        feld.queryset = rows.order_by("empfaenger_name", "pk")

    def clean(self) -> dict[str, Any]:
        """Refuse a day that has passed."""
        data = super().clean() or self.cleaned_data
        self._only_later("bis")
        return data
