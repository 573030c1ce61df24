"""What a person decides about an order whose fate nobody knows, or that failed."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from cases.forms.basis import BasisForm
from cases.states.auftrag import Auftragzustand

GESENDET, NOCHMALS, BELASSEN = "gesendet", "nochmals", "belassen"
ZIEL = {
    GESENDET: Auftragzustand.FERTIG,
    NOCHMALS: Auftragzustand.OFFEN,
    BELASSEN: Auftragzustand.ABGEBROCHEN,
}
_WORTE = {
    GESENDET: "Wurde gesendet – als erledigt vermerken",
    NOCHMALS: "Wurde nicht gesendet – erneut senden",
    BELASSEN: "Dabei belassen – nicht noch einmal senden",
}


class KlaerungForm(BasisForm):
    """One of three choices; what is of no use is left out, with the reason."""

    wahl = forms.ChoiceField(
        label="Was ist geschehen, und was soll geschehen?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Bitte wählen Sie, was geschehen ist.",
            "invalid_choice": "Diese Wahl gibt es nicht mehr. Bitte wählen Sie neu.",
        },
    )
    layout = ("wahl",)
    absenden = "Entscheidung vermerken"

    def __init__(self, *args: Any, ungewiss: bool, ueberholt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["wahl"])
        zu = {*({NOCHMALS} if ueberholt else ()), *(() if ungewiss else {GESENDET})}
        field.choices = [(wert, wort) for wert, wort in _WORTE.items() if wert not in zu]
        if ueberholt:
            field.help_text = f"Erneut senden ist nicht möglich: {ueberholt}"
