"""The words of an application, put right."""

from __future__ import annotations

from django import forms

from cases.forms.stand import StandForm


class BegehrenForm(StandForm):
    """What is applied for, in the words of the person, and why they are changed."""

    begehren = forms.CharField(
        label="Was wird beantragt?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In den Worten der Person. Schreiben, die hinausgegangen sind, bleiben, wie "
        "sie sind.",
    )
    grund = forms.CharField(
        label="Warum ändern Sie den Wortlaut?",
        max_length=200,
        help_text="Zum Beispiel: Schreibfehler, Zeichen nicht druckbar, auf Nachfrage ergänzt.",
    )
    layout = ("begehren", "grund")
    absenden = "Wortlaut berichtigen"
