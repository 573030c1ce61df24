"""Forms of a proposal: that it was made, and what the person has said to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from budget.models import Budgetvorschlag
from budget.vorschlag import guards
from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.models import Antragsweg

# How an answer of the person can reach the authority; forwarded it is none.
_WEGE = [(weg.value, weg.label) for weg in Antragsweg if weg != Antragsweg.WEITERGELEITET]


class _Eingaben(BasisForm):
    """A form that hands over all that is typed."""

    @property
    def eingaben(self) -> dict[str, Any]:
        """Return what is typed, without the mark of the form."""
        return {n: v for n, v in self.cleaned_data.items() if n != "vorgang"}


class VorschlagForm(_Eingaben):
    """When it was proposed, why, and when to ask again."""

    am = DatumField(label="Vorgeschlagen am")
    begruendung = forms.CharField(
        label="Warum es passen könnte",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Was die Person damit selbst bestimmen könnte, und was mit ihr besprochen ist.",
    )
    nachfragen_am = DatumField(
        label="Nachfragen am",
        required=False,
        help_text="An diesem Tag erinnert eine Wiedervorlage an die Antwort.",
    )
    layout: tuple[Any, ...] = ("am", "begruendung", "nachfragen_am")
    absenden = "Vorschlag festhalten"

    def __init__(self, *args: Any, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heute = heute

    def clean_am(self) -> date:
        am: date = self.cleaned_data["am"]
        if hindernis := guards.vorschlag_nicht_in_der_zukunft(am, self.heute):
            raise forms.ValidationError(hindernis.text)
        return am

    def clean_nachfragen_am(self) -> date | None:
        am: date | None = self.cleaned_data["nachfragen_am"]
        if am is not None and am < self.heute:
            raise forms.ValidationError("Der Tag ist vorbei. Bitte geben Sie einen späteren an.")
        return am


class AntwortForm(_Eingaben):
    """The day and the words of the person; with a yes also how it reached the authority."""

    am = DatumField(label="Antwort vom")
    weg = forms.ChoiceField(
        label="Wie kam die Antwort?",
        choices=_WEGE,
        widget=forms.RadioSelect,
        help_text="Ein Antrag braucht keine Form; was jemand im Gespräch sagt, halten Sie als "
        "Niederschrift fest.",
    )
    antwort = forms.CharField(
        label="Was die Person sagt",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Am besten in ihren Worten.",
    )
    layout: tuple[Any, ...] = ("am", "weg", "antwort")
    absenden = "Antwort vermerken"

    def __init__(
        self, *args: Any, vorschlag: Budgetvorschlag, heute: date, ja: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.vorschlag, self.heute = vorschlag, heute
        if not ja:
            del self.fields["weg"]
            self.layout = ("am", "antwort")  # one form, two answers

    def clean_am(self) -> date:
        am: date = self.cleaned_data["am"]
        if hindernis := guards.antwort_nach_dem_vorschlag(self.vorschlag, am, self.heute):
            raise forms.ValidationError(hindernis.text)
        return am
