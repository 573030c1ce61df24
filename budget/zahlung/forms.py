"""The month whose payments are shown; sent by GET, so it carries no one-time key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms

from budget.models.zahlung import Zahlungswunsch
from budget.verfahren.forms import GrundForm
from budget.zahlung.queries.rechnung import VORLAEUFIG
from cases.forms.basis import BasisForm
from cases.states.tafel import SchrittUnzulaessig
from recht.geld import HOECHSTBETRAG
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
    """Return what the ticks of the list ask for: under what, month and amount each.

    Raises SchrittUnzulaessig where a browser sends something else.
    """
    try:
        found = [
            Zahlungswunsch(
                int(grund.removeprefix(VORLAEUFIG)),
                date.fromisoformat(monat),
                Decimal(betrag),
                grund.startswith(VORLAEUFIG),
            )
            for grund, monat, betrag in (wert.split(":") for wert in werte)
        ]
    except (ValueError, InvalidOperation):
        raise SchrittUnzulaessig(_FREMD) from None
    if not all(w.betrag.is_finite() and 0 < w.betrag <= HOECHSTBETRAG for w in found):
        raise SchrittUnzulaessig(_FREMD)
    return found


class AnweisungRuecknahmeForm(GrundForm):
    """Why an order is taken back, and that its money is not with the person."""

    nicht_gezahlt = forms.BooleanField(
        label="Das Geld ist nicht ausgezahlt worden oder zurückgekommen",
        required=False,
        help_text="Ausgezahltes Geld bleibt als angewiesen stehen und wird nur mit einem "
        "Erstattungsbescheid zurückgefordert (§ 50 Abs. 1 SGB X).",
    )
    layout: tuple[Any, ...] = ("text", "nicht_gezahlt")

    def __init__(self, *args: Any, zahltag_erreicht: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zahltag_erreicht = zahltag_erreicht
        if not zahltag_erreicht:
            del self.fields["nicht_gezahlt"]
            self.layout = ("text",)  # one form, two states

    def clean_nicht_gezahlt(self) -> bool:
        bestaetigt: bool = self.cleaned_data["nicht_gezahlt"]
        if self._zahltag_erreicht and not bestaetigt:
            raise forms.ValidationError(
                "Der Zahltag ist vorbei. Bitte bestätigen Sie, dass das Geld nicht bei der Person "
                "ist; sonst hilft nur ein Erstattungsbescheid."
            )
        return bestaetigt


class MonatForm(BasisForm):
    """One month out of the last two years and the next three months."""

    monat = forms.ChoiceField(
        label="Monat",
        required=False,
        error_messages={"invalid_choice": "Diesen Monat gibt es hier nicht. Bitte wählen Sie ihn."},
    )
    layout: tuple[Any, ...] = ("monat",)
    absenden = "Anzeigen"

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["vorgang"]
        self.dieser = stichtag.replace(day=1)
        monate = [plus_monate(self.dieser, n) for n in range(_VORAUS, -_ZURUECK - 1, -1)]
        cast("forms.ChoiceField", self.fields["monat"]).choices = [
            (f"{m:%Y-%m}", monatsname(m)) for m in monate
        ]
        self.fields["monat"].initial = f"{self.dieser:%Y-%m}"

    @property
    def gewaehlt(self) -> date:
        """Return the first day of the chosen month, of this month where none is chosen."""
        wert = self.cleaned_data.get("monat") if self.is_valid() else ""
        return date.fromisoformat(f"{wert}-01") if wert else self.dieser
