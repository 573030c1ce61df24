"""An absence with its deputy."""

from __future__ import annotations

from typing import Any, cast

from crispy_forms.layout import Column, Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, PersonField
from cases.models import Abwesenheitsgrund, User


class AbwesenheitForm(BasisForm):
    """Who is away from when to when, and who stands in."""

    user = PersonField(label="Abwesend ist", queryset=User.objects.none(), empty_label=None)
    von = DatumField(label="Erster Tag")
    bis = DatumField(label="Letzter Tag")
    vertretung = PersonField(
        label="Vertretung",
        queryset=User.objects.none(),
        empty_label="Bitte wählen",
        help_text="Sieht in dieser Zeit die Fälle der abwesenden Person.",
    )
    grund = forms.ChoiceField(
        label="Grund (freiwillig)",
        choices=Abwesenheitsgrund.choices,
        required=False,
        help_text="Bitte nie eine Krankheit nennen.",
    )
    geschuetzte = forms.BooleanField(
        label="Die Vertretung sieht auch geschützte Fälle", required=False
    )
    layout: tuple[Any, ...] = (
        "user",
        Row(Column("von"), Column("bis")),
        "vertretung",
        "grund",
        "geschuetzte",
    )
    absenden = "Abwesenheit eintragen"

    def __init__(
        self, *args: Any, personen: Any, vertretungen: Any, leitung: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["user"]).queryset = personen
        cast("PersonField", self.fields["vertretung"]).queryset = vertretungen
        if not leitung:
            del self.fields["geschuetzte"]
            # One form, two roles.
            self.layout = self.layout[:-1]

    def clean(self) -> dict[str, Any]:
        """Hold the days against each other."""
        data = super().clean() or {}
        von, bis = data.get("von"), data.get("bis")
        if von and bis and bis < von:
            self.add_error("bis", f"Der letzte Tag liegt vor dem {von:%d.%m.%Y}.")
        return data
