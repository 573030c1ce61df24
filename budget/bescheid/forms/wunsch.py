"""The wishes of the person in the form of a Bescheid: to each an answer, and its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from budget.bescheid.schreiben.wunsch import Wunsch, needs_grund, wuensche_of
from budget.models import PersoenlichesBudget
from budget.states import Wunschantwort
from cases.forms.stand import StandForm


def felder_of(wunsch: Wunsch) -> tuple[str, str]:
    """Return the names of the two fields of a wish: its answer and the reason."""
    return f"antwort_{wunsch.schluessel}", f"grund_{wunsch.schluessel}"


class WunschForm(StandForm):
    """A form that asks what is done with each wish of Bedarf and Gesamtplan."""

    wuensche: list[Wunsch]

    @property
    def eingaben(self) -> dict[str, Any]:
        """Return what the services take; the answers to the wishes as one list."""
        eingaben = super().eingaben
        eingaben["wuensche"] = [
            {
                "schluessel": wunsch.schluessel,
                "wunsch": wunsch.text,
                "antwort": eingaben.pop(antwort),
                "grund": eingaben.pop(grund),
            }
            for wunsch in self.wuensche
            for antwort, grund in (felder_of(wunsch),)
        ]
        return eingaben

    def _add_wuensche(self, budget: PersoenlichesBudget) -> None:
        """Ask for an answer to each wish; an empty one can be saved, but not submitted."""
        self.wuensche = wuensche_of(budget)
        for wunsch in self.wuensche:
            antwort, grund = felder_of(wunsch)
            self.fields[antwort] = forms.ChoiceField(
                label=f"Wunsch ({wunsch.bereich}): „{wunsch.text}“",
                required=False,
                choices=Wunschantwort.choices,
                help_text=wunsch.dafuer,
            )
            self.fields[grund] = forms.CharField(
                label="Grund der Antwort",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Er steht im Bescheid, so wie Sie ihn schreiben.",
            )

    def _check_wuensche(self, cleaned: Mapping[str, Any]) -> None:
        """Ask for the reason where the answer alone says nothing."""
        for wunsch in self.wuensche:
            antwort, grund = felder_of(wunsch)
            if needs_grund(wunsch, cleaned.get(antwort, "")) and not cleaned.get(grund):
                warum = (
                    "Bitte schreiben Sie, wodurch dem Wunsch gefolgt wird."
                    if cleaned[antwort] == Wunschantwort.GEFOLGT
                    else "Bitte begründen Sie, warum dem Wunsch nicht oder nicht ganz gefolgt wird."
                )
                self.add_error(grund, warum)
