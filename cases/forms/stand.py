"""A form that notices when somebody else has saved meanwhile and lets one choose per field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from cases.forms.basis import BasisForm

MEINE, GESPEICHERT = "meine", "gespeichert"


@dataclass(frozen=True)
class Konflikt:
    """One field that two people have filled in differently.

    `vorschlag` is preselected: whoever left the field as it was yields; where both have changed
    it, it is empty and the person must choose.
    """

    name: str
    bezeichnung: str
    meine: str
    gespeichert: str
    vorschlag: str

    @property
    def wahlfeld(self) -> str:
        """Return the name of the choice in the form."""
        return f"wahl_{self.name}"


class StandForm(BasisForm):
    """Carries the mark of the text as it was shown; a stale one is refused once.

    The refused form keeps what was typed and shows for each differing field what is stored now.
    Sent again it carries a choice per field and the new mark: saving is then a decision and not
    an accident. `gespeichert` maps field names to the stored values of this moment.
    """

    data: Any

    stand = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    # Short marks of the values as they were shown: they tell who has changed a field.
    basis = forms.CharField(required=False, max_length=20000, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        stand_jetzt: str = "",
        zuletzt: str = "",
        gespeichert: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stand_jetzt, self.zuletzt = stand_jetzt, zuletzt or "Jemand"
        self.gespeichert = gespeichert or {}
        self.konflikte: list[Konflikt] = []
        self.fields["stand"].initial = stand_jetzt
        self.fields["basis"].initial = json.dumps(
            {name: _mark(self._stored(name)) for name in self._compared()}
        )
        if self.is_bound:
            self._take_choices()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        gesehen = cleaned.get("stand")
        if not gesehen or gesehen == self.stand_jetzt:
            self._refuse_open_choices()
            return cleaned
        self.konflikte = self._find_konflikte()
        # What was sent is immutable; the page that comes back needs the new mark.
        self.data = self.data.copy()
        self.data[self.add_prefix("stand")] = self.stand_jetzt
        self.add_error(
            None,
            f"{self.zuletzt} hat diese Angaben inzwischen geändert. Ihre Eingaben sind noch da. "
            + ("Bitte wählen Sie je Feld, was gelten soll." if self.konflikte else _GLEICH),
        )
        return cleaned

    def _compared(self) -> list[str]:
        return [name for name in self.gespeichert if name in self.fields]

    def _find_konflikte(self) -> list[Konflikt]:
        shown = self._basis()
        found = []
        for name in self._compared():
            mine, stored = self._mine(name), self._stored(name)
            if mine == stored:
                continue
            field = self.fields[name]
            found.append(
                Konflikt(
                    name,
                    _label(field),
                    _readable(field, mine),
                    _readable(field, stored),
                    _proposal(shown.get(name), mine, stored),
                )
            )
        return found

    def _take_choices(self) -> None:
        """Put the stored value where the person has chosen it."""
        chosen = [name for name in self._compared() if self.data.get(f"wahl_{name}") == GESPEICHERT]
        if not chosen:
            return
        self.data = self.data.copy()
        for name in chosen:
            key, stored = self.add_prefix(name), self._stored(name)
            if stored:
                self.data.setlist(key, stored)
            else:
                self.data.pop(key, None)

    def _refuse_open_choices(self) -> None:
        offen = [n for n in self.data.getlist("wahl_noetig") if not self.data.get(f"wahl_{n}")]
        if not offen:
            return
        self.konflikte = [k for k in self._find_konflikte() if k.name in offen]
        if self.konflikte:
            self.add_error(None, "Bitte wählen Sie je Feld, was gelten soll.")

    def _mine(self, name: str) -> list[str]:
        return [v.replace("\r\n", "\n") for v in self.data.getlist(self.add_prefix(name)) if v]

    def _stored(self, name: str) -> list[str]:
        """Return the stored value as a browser would send it; empty for nothing."""
        field, value = self.fields[name], self.gespeichert.get(name)
        if isinstance(field, forms.BooleanField):
            return ["on"] if value else []
        value = field.prepare_value(value)
        if value is None or value == "":
            return []
        if isinstance(field.widget, forms.SelectMultiple | forms.CheckboxSelectMultiple):
            return sorted(str(getattr(v, "pk", v)) for v in value)
        show: Callable[[Any], Any] | None = getattr(field.widget, "format_value", None)
        if show is not None and not isinstance(field.widget, forms.Select):
            value = show(value)
        return [str(value).replace("\r\n", "\n")] if value not in (None, "") else []

    def _basis(self) -> dict[str, str]:
        try:
            value = json.loads(self.data.get(self.add_prefix("basis"), "") or "{}")
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


_GLEICH = "Sie haben dasselbe eingetragen: Speichern Sie erneut."


def _mark(values: Iterable[str]) -> str:
    return hashlib.sha256(json.dumps(list(values)).encode()).hexdigest()[:10]


def _proposal(shown: str | None, mine: list[str], stored: list[str]) -> str:
    if shown == _mark(mine):
        return GESPEICHERT
    if shown == _mark(stored):
        return MEINE
    return ""


def _label(field: forms.Field) -> str:
    bereich = getattr(field, "bereich", "")
    return f"{bereich}: {field.label}" if bereich else str(field.label)


def _readable(field: forms.Field, values: list[str]) -> str:
    if isinstance(field, forms.BooleanField):
        return "ja" if values else "nein"
    if isinstance(field, forms.ChoiceField):
        names = {str(key): str(label) for key, label in field.choices}  # type: ignore[union-attr,misc]
        return ", ".join(names.get(v, v) for v in values)
    return ", ".join(values)
