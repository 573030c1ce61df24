"""The form of a Teilhabeziel."""

from __future__ import annotations

from django import forms

from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from gesamtplan.models import Lebensbereich
from gesamtplan.models.angaben import Zielangaben
from gesamtplan.states import Zielstatus


class TeilhabezielForm(StandForm):
    """What is to be reached, how that is recognised, and by when."""

    lebensbereich = forms.ChoiceField(
        label="Lebensbereich", choices=[("", "Bitte auswählen"), *Lebensbereich.choices]
    )
    text = forms.CharField(
        label="Ziel",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ein Satz aus Sicht der Person, zum Beispiel „Ich kaufe einmal in der Woche "
        "selbst ein.“",
    )
    kriterium = forms.CharField(
        label="Woran ist zu erkennen, dass das Ziel erreicht ist?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Beobachtbar, zum Beispiel „In drei von vier Wochen ohne Begleitung“.",
    )
    bis = DatumField(label="Bis wann?")
    status = forms.ChoiceField(
        label="Stand",
        choices=Zielstatus.choices,
        initial=Zielstatus.OFFEN,
        help_text="Bei der Fortschreibung: Wie weit ist das Ziel erreicht?",
    )
    layout = ("lebensbereich", "text", "kriterium", "bis", "status")
    absenden = "Ziel speichern"

    def angaben(self) -> Zielangaben:
        """Return what was typed as the service takes it."""
        names = ("lebensbereich", "text", "kriterium", "bis", "status")
        return Zielangaben(**{name: self.cleaned_data[name] for name in names})
