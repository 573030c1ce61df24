"""Forms of handover: choose cases by filter and new owners, or one case."""

from __future__ import annotations

import re
from typing import Any, cast

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.fall.queries.uebergabe import Auswahl
from cases.forms.basis import BasisForm
from cases.forms.felder import PersonField
from cases.models import Team, User
from cases.states.fall import Fallzustand

_BUCHSTABEN = re.compile(r"[A-Za-zÄÖÜäöüß]{0,3}")
_TRENNER = re.compile(r"[\s,;]+")


class PersonenField(forms.ModelMultipleChoiceField):
    """Several people, with the team behind the name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return _mit_team(obj)


def _mit_team(user: User) -> str:
    return f"{user.get_full_name()} ({user.team})" if user.team_id else user.get_full_name()


class UebergabeForm(BasisForm):
    """Which cases go to whom."""

    von = PersonField(
        label="Zuständig ist", queryset=User.objects.none(), required=False, empty_label="alle"
    )
    team = forms.ModelChoiceField(
        label="Team", queryset=Team.objects.none(), required=False, empty_label="alle"
    )
    state = forms.ChoiceField(label="Zustand", choices=[], required=False)
    buchstabe_von = forms.CharField(
        label="Nachnamen von", required=False, max_length=3, help_text="z. B. A"
    )
    buchstabe_bis = forms.CharField(
        label="Nachnamen bis", required=False, max_length=3, help_text="z. B. K oder Sch"
    )
    aktenzeichen = forms.CharField(
        label="Einzelne Aktenzeichen",
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="eines je Zeile; leer lassen für alle, die zur Auswahl passen",
    )
    an = PersonenField(
        label="Neue Zuständige",
        queryset=User.objects.none(),
        help_text="Bei mehreren werden die Fälle gleichmäßig verteilt; "
        "alle Fälle einer Person bleiben zusammen.",
    )
    geschuetzte = forms.BooleanField(
        label="Auch geschützte Fälle übergeben",
        required=False,
        help_text="Die neue zuständige Person sieht sie dann.",
    )
    grund = forms.CharField(
        label="Grund", max_length=200, help_text="steht in der Chronik jedes Falls"
    )
    layout = (
        Fieldset(
            "Welche Fälle?",
            Row(Column("von"), Column("team"), Column("state")),
            Row(Column("buchstabe_von"), Column("buchstabe_bis")),
            "aktenzeichen",
        ),
        Fieldset("An wen?", "an", "geschuetzte", "grund"),
    )
    absenden = "Vorschau zeigen"

    def __init__(self, *args: Any, von: Any, teams: Any, an: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["von"]).queryset = von
        cast("forms.ModelChoiceField", self.fields["team"]).queryset = teams
        cast("PersonenField", self.fields["an"]).queryset = an
        offen = [(w, t) for w, t in Fallzustand.choices if w != Fallzustand.BEENDET]
        cast("forms.ChoiceField", self.fields["state"]).choices = [("", "alle"), *offen]
        self.fields["an"].error_messages["required"] = "Bitte wählen Sie mindestens eine Person."

    def clean_buchstabe_von(self) -> str:
        return self._letters("buchstabe_von")

    def clean_buchstabe_bis(self) -> str:
        return self._letters("buchstabe_bis")

    def _letters(self, name: str) -> str:
        value: str = self.cleaned_data[name].strip()
        if not _BUCHSTABEN.fullmatch(value):
            raise forms.ValidationError("Bitte nur Buchstaben, höchstens drei, zum Beispiel Sch.")
        return value

    def clean(self) -> dict[str, Any]:
        """A handover of everything by accident is refused: one filter at least."""
        data = super().clean() or {}
        von, bis = data.get("buchstabe_von", ""), data.get("buchstabe_bis", "")
        if von and bis and von[:1].upper() > bis[:1].upper():
            self.add_error("buchstabe_bis", f"„{bis}“ kommt im Alphabet vor „{von}“.")
        filter_felder = ("von", "team", "state", "buchstabe_von", "buchstabe_bis", "aktenzeichen")
        if not self.errors and not any(data.get(name) for name in filter_felder):
            self.add_error("von", "Bitte grenzen Sie ein, welche Fälle übergeben werden.")
        return data

    @property
    def auswahl(self) -> Auswahl:
        """Return the filter as the queries take it."""
        d = self.cleaned_data
        einzelne = dict.fromkeys(a for a in _TRENNER.split(d["aktenzeichen"].strip()) if a)
        return Auswahl(
            von=d["von"].pk if d["von"] else None,
            team=d["team"].pk if d["team"] else None,
            state=d["state"],
            buchstabe_von=d["buchstabe_von"],
            buchstabe_bis=d["buchstabe_bis"],
            aktenzeichen=tuple(einzelne),
        )


class FallUebergabeForm(BasisForm):
    """A new owner for one case; the team follows the owner."""

    an = PersonField(
        label="Neue zuständige Person",
        queryset=User.objects.none(),
        empty_label="Bitte wählen",
        help_text="Der Fall gehört danach zu ihrem Team.",
    )
    grund = forms.CharField(label="Grund", max_length=200)
    absenden = "Fall übergeben"

    def __init__(self, *args: Any, an: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["an"]).queryset = an
