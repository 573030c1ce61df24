"""The month whose payments are shown; sent by GET, so it carries no one-time key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from budget.models.zahlung import Zahlungswunsch
from cases.forms.basis import BasisForm
from cases.states.tafel import SchrittUnzulaessig
from recht.laenge import plus_monate

# So many months back and ahead can be looked at.
_ZURUECK, _VORAUS = 24, 3
_NAMEN = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
_FREMD = "Bitte wählen Sie die Auszahlungen in der Liste aus."


def monatsname(monat: date) -> str:
    """Return „Juni 2026“."""
    return f"{_NAMEN[monat.month - 1]} {monat.year}"


def read_wuensche(werte: Iterable[str]) -> list[Zahlungswunsch]:
    """Return what the ticks of the list ask for: budget, month and amount each.

    Raises SchrittUnzulaessig where a browser sends something else.
    """
    try:
        found = [
            Zahlungswunsch(int(budget), date.fromisoformat(monat), Decimal(betrag))
            for budget, monat, betrag in (wert.split(":") for wert in werte)
        ]
    except (ValueError, InvalidOperation):
        raise SchrittUnzulaessig(_FREMD) from None
    if not all(wunsch.betrag.is_finite() for wunsch in found):
        raise SchrittUnzulaessig(_FREMD)
    return found


class MonatForm(BasisForm):
    """One month out of the last two years and the next three months."""

    monat = forms.ChoiceField(
        label="Monat",
        required=False,
        error_messages={"invalid_choice": "Diesen Monat gibt es hier nicht. Bitte wählen Sie ihn."},
    )
    layout = ("monat",)
    absenden = "Anzeigen"

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["vorgang"]
        self.dieser = stichtag.replace(day=1)
        monate = [plus_monate(self.dieser, n) for n in range(_VORAUS, -_ZURUECK - 1, -1)]
        self.fields["monat"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (f"{m:%Y-%m}", monatsname(m)) for m in monate
        ]
        self.fields["monat"].initial = f"{self.dieser:%Y-%m}"

    @property
    def gewaehlt(self) -> date:
        """Return the first day of the chosen month, of this month where none is chosen."""
        wert = self.cleaned_data.get("monat") if self.is_valid() else ""
        return date.fromisoformat(f"{wert}-01") if wert else self.dieser
