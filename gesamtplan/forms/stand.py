"""A form that notices when somebody else has saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from cases.forms.basis import BasisForm


class StandForm(BasisForm):
    """Carries the mark of the text as it was shown; a stale one is refused once.

    The refused form keeps what was typed, shows what is stored now beside it and takes the new
    mark: saving again is then a decision and not an accident.
    """

    data: Any

    stand = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        stand_jetzt: str = "",
        zuletzt: str = "",
        gespeichert: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stand_jetzt, self.zuletzt = stand_jetzt, zuletzt
        self.gespeichert = gespeichert or {}
        self.abweichungen: list[tuple[str, str]] = []
        self.fields["stand"].initial = stand_jetzt

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        gesehen = cleaned.get("stand")
        if not gesehen or gesehen == self.stand_jetzt:
            return cleaned
        self.abweichungen = [
            (_label(self.fields[name]), _shown(self.fields[name], stored))
            for name, stored in self.gespeichert.items()
            if name in self.fields and stored != cleaned.get(name)
        ]
        # What was sent is immutable; the page that comes back needs the new mark.
        self.data = self.data.copy()
        self.data[self.add_prefix("stand")] = self.stand_jetzt
        self.add_error(
            None,
            f"{self.zuletzt} hat diese Angaben inzwischen geändert. Ihre Eingaben sind noch da. "
            "Wenn Sie jetzt erneut speichern, gilt Ihr Text.",
        )
        return cleaned


def _label(field: forms.Field) -> str:
    bereich = getattr(field, "bereich", "")
    return f"{bereich}: {field.label}" if bereich else str(field.label)


def _shown(field: forms.Field, value: Any) -> str:
    show: Callable[[Any], Any] | None = getattr(field.widget, "format_value", None)
    if isinstance(field, forms.ModelChoiceField):
        return str(value or "")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str((show(value) if show else value) or "")
