"""Which waiting letters go into the next print batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundWidget

from cases.forms.basis import BasisForm
from cases.models import Versand
from cases.schreiben.queries.umfang import Umfang


class DruckstapelForm(BasisForm):
    """A tick for each letter; the table of the page draws the boxes."""

    versand = forms.TypedMultipleChoiceField(
        label="Schreiben",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Bitte wählen Sie mindestens ein Schreiben aus.",
            "invalid_choice": "Ein gewähltes Schreiben liegt nicht mehr im Postausgang. "
            "Bitte wählen Sie neu aus.",
        },
    )
    trennblaetter = forms.BooleanField(
        label="Mit Trennblättern",
        required=False,
        help_text="Vor jedem Weg und jedem Umschlag liegt ein Blatt mit der Versandliste.",
    )
    absenden = "Druckstapel erstellen"

    def __init__(
        self, *args: Any, wartend: Sequence[tuple[Versand, Umfang]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wartend = wartend
        field = cast(forms.TypedMultipleChoiceField, self.fields["versand"])
        field.choices = [(row.pk, row.schreiben.nummer) for row, _ in wartend]

    def zeilen(self) -> Iterator[tuple[Versand, Umfang, BoundWidget]]:
        """Yield each waiting letter with its pages and its box."""
        for (row, umfang), kaestchen in zip(self.wartend, self["versand"], strict=True):
            yield row, umfang, kaestchen
