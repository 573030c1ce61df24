"""A form that notices when somebody else has saved meanwhile and lets one choose per field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget

from cases.forms.basis import BasisForm
from cases.models.stand import stand_of

MEINE, GESPEICHERT = "meine", "gespeichert"
# The mark to which the choices of a form belong, written by komponenten/konflikt.html.
ENTSCHIEDEN = "entschieden_zu"


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
    """Carries the mark of the values as they were shown; a stale one is refused once.

    `gespeichert` maps field names to the values stored at this moment, None stands for a new row.
    The refused form keeps what was typed and shows for each differing field what is stored now.
    Sent again it carries a choice per field and the mark to which the choice belongs: saving is
    then a decision and not an accident. The mark as it was shown stays in the form until then, so
    a draft that is taken up later asks again.
    """

    data: Any

    gesehen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    # Short marks of the values as they were shown: they tell who has changed a field.
    basis = forms.CharField(required=False, max_length=20000, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        gespeichert: Mapping[str, Any] | None = None,
        zuletzt: str | Callable[[], str] = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.gespeichert = dict(gespeichert or {})
        self.stand_jetzt = stand_of(self.gespeichert) if gespeichert is not None else ""
        self.konflikte: list[Konflikt] = []
        self._zuletzt = zuletzt

    @property
    def zuletzt(self) -> str:
        """Return who changed the values last; asked for only when there is something to tell."""
        if callable(self._zuletzt):
            self._zuletzt = self._zuletzt()
        return self._zuletzt or "Jemand"

    @property
    def eingaben(self) -> dict[str, Any]:
        """Return the cleaned values without the marks of the form."""
        return {n: v for n, v in self.cleaned_data.items() if n not in StandForm.base_fields}

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "gesehen":
            return self.stand_jetzt
        if field_name == "basis":
            return self._marks() if self.stand_jetzt else ""
        return super().get_initial_for_field(field, field_name)

    def full_clean(self) -> None:
        # Not before: a subclass adds fields after this class has been set up.
        if self.is_bound and self._decided:
            self._take_choices()
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        gesehen = cleaned.get("gesehen")
        if not gesehen or gesehen == self.stand_jetzt:
            return cleaned
        self.konflikte = self._find_konflikte()
        if self._decided:
            offen = self._open_choices()
            self.konflikte = [k for k in self.konflikte if k.name in offen]
            if self.konflikte:
                self.add_error(None, _WAEHLEN)
            else:
                self._settle()
        elif self.konflikte:
            self.add_error(
                None,
                f"{self.zuletzt} hat diese Angaben inzwischen geändert. Ihre Eingaben sind noch "
                f"da. {_WAEHLEN}",
            )
        return cleaned

    @property
    def _decided(self) -> bool:
        """Tell whether the choice that was sent belongs to what is stored now."""
        return bool(self.stand_jetzt) and self.data.get(ENTSCHIEDEN) == self.stand_jetzt

    def _settle(self) -> None:
        """Take the decision as seen: an error elsewhere does not bring the question back."""
        self.data = self.data.copy()
        self.data[self.add_prefix("gesehen")] = self.stand_jetzt
        self.data[self.add_prefix("basis")] = self._marks()

    def _marks(self) -> str:
        return json.dumps({name: _mark(self._stored(name)) for name in self._compared()})

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
                    readable(field, mine),
                    readable(field, stored),
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

    def _open_choices(self) -> list[str]:
        noetig = self.data.getlist("wahl_noetig")
        return [n for n in noetig if self.data.get(f"wahl_{n}") not in (MEINE, GESPEICHERT)]

    def _mine(self, name: str) -> list[str]:
        values = [v.replace("\r\n", "\n") for v in self.data.getlist(self.add_prefix(name)) if v]
        return sorted(values) if _multiple(self.fields[name]) else values

    def _stored(self, name: str) -> list[str]:
        """Return the stored value as a browser would send it; empty for nothing."""
        field, value = self.fields[name], self.gespeichert.get(name)
        if isinstance(field, forms.BooleanField):
            return ["on"] if value else []
        value = field.prepare_value(value)
        if value is None or value == "":
            return []
        if _multiple(field):
            return sorted(str(getattr(v, "pk", v)) for v in value)
        show: Callable[[Any], Any] | None = getattr(field.widget, "format_value", None)
        if show is not None and not isinstance(field.widget, ChoiceWidget):
            value = show(value)
        return [str(value).replace("\r\n", "\n")] if value not in (None, "") else []

    def _basis(self) -> dict[str, str]:
        try:
            value = json.loads(self.data.get(self.add_prefix("basis"), "") or "{}")
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}


_WAEHLEN = "Bitte wählen Sie je Feld, was gelten soll."


def _multiple(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.SelectMultiple | forms.CheckboxSelectMultiple)


def _mark(values: Iterable[str]) -> str:
    return hashlib.sha256(json.dumps(list(values)).encode()).hexdigest()[:10]


def _proposal(shown: str | None, mine: list[str], stored: list[str]) -> str:
    if shown == _mark(mine) or (shown is None and not mine):
        return GESPEICHERT
    if shown == _mark(stored):
        return MEINE
    return ""


def _label(field: forms.Field) -> str:
    bereich = getattr(field, "bereich", "")
    return f"{bereich}: {field.label}" if bereich else str(field.label)


def readable(field: forms.Field, values: list[str]) -> str:
    """Return what a browser sends for a field as a person reads it."""
    if isinstance(field, forms.BooleanField):
        return "ja" if values else "nein"
    if isinstance(field, forms.ChoiceField):
        names = {str(key): str(label) for key, label in field.choices}  # type: ignore[union-attr,misc]  # pairs, as every form has them
        return ", ".join(names.get(v, v) for v in values)
    return ", ".join(values)
