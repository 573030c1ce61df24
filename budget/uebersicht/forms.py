"""The day that is asked about; sent by GET, so it carries no one-time key."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField


class GeltungForm(BasisForm):
    """One day, past or ahead."""

    am = DatumField(label="Tag")
    layout = ("am",)
    absenden = "Anzeigen"

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stichtag = stichtag

    @property
    def gewaehlt(self) -> date:
        """Return the chosen day, today where none is chosen or it is none."""
        return self.cleaned_data["am"] if self.is_valid() else self._stichtag
