"""Until when the proofs of an employer are owed, when they came in, when was reminded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from budget.states.vereinbarung import Arbeitgebernachweisart
from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.models import Unterlage

_HILFE = {
    Arbeitgebernachweisart.BETRIEBSNUMMER: "Vergibt die Bundesagentur für Arbeit; im "
    "Haushaltsscheck-Verfahren die Minijob-Zentrale.",
    Arbeitgebernachweisart.ARBEITSVERTRAG: "Mit jeder beschäftigten Person.",
    Arbeitgebernachweisart.ANMELDUNG: "Bis zur Geringfügigkeitsgrenze bei der Minijob-Zentrale, "
    "darüber bei der Krankenkasse der beschäftigten Person.",
    Arbeitgebernachweisart.UNFALLVERSICHERUNG: "Die Bestätigung des Unfallversicherungsträgers.",
}


class VerlangenForm(BasisForm):
    """One day per proof; what stays empty is not asked for."""

    absenden = "Nachweise verlangen"

    def __init__(
        self,
        *args: Any,
        arten: Sequence[Arbeitgebernachweisart],
        heute: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._arten, self._heute = arten, heute
        for art in arten:
            self.fields[art.value] = DatumField(
                label=f"{art.label}: vorzulegen bis",
                required=False,
                help_text=f"{_HILFE[art]} Leer lassen, wenn er nicht verlangt wird.",
            )

    @property
    def faellig(self) -> dict[str, date]:
        """Return the days by kind of proof."""
        return {
            art.value: self.cleaned_data[art.value]
            for art in self._arten
            if self.cleaned_data.get(art.value)
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, tag in self.faellig.items():
            if tag <= self._heute:
                self.add_error(name, "Bitte nennen Sie einen Tag in der Zukunft.")
        if not self.faellig and not self.errors:
            self.add_error(None, "Bitte nennen Sie zu mindestens einem Nachweis den Tag.")
        return data


class ArbeitgebereingangForm(BasisForm):
    """When a proof has come in, and which document it is."""

    eingegangen_am = DatumField(label="Eingegangen am")
    unterlage = forms.ModelChoiceField(
        label="Beleg in der Akte",
        queryset=Unterlage.objects.none(),
        required=False,
        empty_label="liegt nur auf Papier vor",
    )
    absenden = "Eingang festhalten"

    def __init__(self, *args: Any, unterlagen: QuerySet[Unterlage], heute: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["unterlage"]).queryset = unterlagen
        cast(DatumField, self.fields["eingegangen_am"]).spaetestens = heute


class ErinnerungForm(BasisForm):
    """When was reminded, and until when the proof is owed now."""

    am = DatumField(label="Erinnert am")
    faellig_am = DatumField(
        label="Jetzt vorzulegen bis",
        help_text="Fällt der Tag auf ein Wochenende oder einen Feiertag, gilt der nächste Werktag.",
    )
    absenden = "Erinnerung festhalten"

    def __init__(self, *args: Any, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DatumField, self.fields["am"]).spaetestens = heute
