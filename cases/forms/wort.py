"""Cells of a file that hold a word of a list: an answer, a state, a country."""

from __future__ import annotations

from typing import Any

from django import forms

from recht.laender import DEUTSCHLAND, LAENDER


class WortField(forms.Field):
    """A cell whose word is one of a list; label or key, in any case.

    :param angebot: the words that the message offers, where not all are taken in the end
    """

    def __init__(
        self, *, worte: dict[str, Any], angebot: tuple[str, ...] = (), **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.worte = worte
        self.angebot = angebot or tuple(wort for wort in worte if "_" not in wort)

    def to_python(self, value: Any) -> Any:
        """Return what the word stands for."""
        text = " ".join(str(value or "").split()).casefold()
        if not text:
            return None
        if text not in self.worte:
            erlaubt = ", ".join(dict.fromkeys(f"„{w}“" for w in self.angebot))
            raise forms.ValidationError(f"„{value}“ ist nicht bekannt. Möglich sind: {erlaubt}.")
        return self.worte[text]


def words_of(choices: Any) -> dict[str, Any]:
    """Return what each word of a choice stands for: its label and its key, in any case."""
    return {str(wort).casefold(): wert for wert, label in choices for wort in (label, wert)}


class LandField(forms.Field):
    """A country by its name or its code, as files write it."""

    worte = words_of(LAENDER.items())

    def to_python(self, value: Any) -> str:
        """Return the code; an empty cell is Germany."""
        text = " ".join(str(value or "").split()).casefold()
        if text and text not in self.worte:
            raise forms.ValidationError(
                f"„{value}“ ist kein bekanntes Land. Bitte schreiben Sie den deutschen Namen oder "
                "das Kürzel, zum Beispiel Schweiz oder CH."
            )
        return str(self.worte[text]) if text else DEUTSCHLAND
