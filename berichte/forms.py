"""What the report on cases and Fristen is narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.models import Team


class BerichtForm(BasisForm):
    """Period and team; sent by GET, so it carries no one-time key."""

    von = DatumField(label="Von", required=False)
    bis = DatumField(label="Bis", required=False)
    team = forms.TypedChoiceField(label="Team", required=False, coerce=int, empty_value=None)
    layout = ("von", "bis", "team")
    absenden = "Anzeigen"

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["vorgang"]
        wahl = [("", "alle"), *((str(team.pk), str(team)) for team in teams)]
        cast("forms.TypedChoiceField", self.fields["team"]).choices = wahl

    def clean(self) -> dict[str, Any]:
        """Hold the days against each other."""
        data = super().clean() or {}
        if data.get("von") and data.get("bis") and data["bis"] < data["von"]:
            self.add_error("bis", f"Das Ende liegt vor dem Beginn ({data['von']:%d.%m.%Y}).")
        return data
