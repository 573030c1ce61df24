"""Emergency access and its review, alerts, the read log and its answer."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.states.zugang import Pruefergebnis
from cases.zugang.guards.zugang import GRUND_MINDESTENS


class NotfallForm(BasisForm):
    """Which case, and why it cannot wait."""

    aktenzeichen = forms.CharField(
        label="Aktenzeichen", max_length=30, help_text="Vollständig, zum Beispiel EH-2026-00042."
    )
    grund = forms.CharField(
        label="Warum kann das nicht warten?",
        min_length=GRUND_MINDESTENS,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Mindestens {GRUND_MINDESTENS} Zeichen. Bitte ohne Diagnosen: Leitung und "
        "Datenschutz lesen diesen Text.",
        error_messages={
            "min_length": f"Bitte begründen Sie den Zugriff mit mindestens {GRUND_MINDESTENS} "
            "Zeichen."
        },
    )
    layout = ("aktenzeichen", "grund")
    absenden = "Notfallzugriff eröffnen"


class PruefungForm(BasisForm):
    """What the review found."""

    ergebnis = forms.ChoiceField(
        label="Ergebnis", choices=Pruefergebnis.choices, widget=forms.RadioSelect
    )
    bemerkung = forms.CharField(
        label="Bemerkung",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Worauf sich das Ergebnis stützt und was veranlasst ist.",
    )
    layout = ("ergebnis", "bemerkung")
    absenden = "Prüfung abschließen"


class AuffaelligkeitForm(BasisForm):
    """What became of an alert."""

    bemerkung = forms.CharField(
        label="Ergebnis der Prüfung", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    absenden = "Prüfung abschließen"


class AktenzeichenForm(BasisForm):
    """The case whose read log is asked for; sent by POST."""

    aktenzeichen = forms.CharField(label="Aktenzeichen", max_length=30)
    absenden = "Zugriffe zeigen"


class LesefilterForm(BasisForm):
    """Period and person of the read log; sent by GET: dates and the number of an account."""

    von = DatumField(label="von", required=False)
    bis = DatumField(label="bis", required=False)
    person = forms.ChoiceField(label="Person", required=False)
    layout = ("von", "bis", "person")

    def __init__(self, *args: Any, personen: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["vorgang"]
        cast("forms.ChoiceField", self.fields["person"]).choices = [("", "alle"), *personen]


class LeseauskunftForm(BasisForm):
    """The answer letter: period, and whether names are given."""

    von = DatumField(label="Zugriffe vom")
    bis = DatumField(label="bis zum")
    umfang = forms.ChoiceField(
        label="Wer hat gelesen?",
        choices=[
            ("funktionen", "Funktionen nennen (Regelfall)"),
            ("namen", "Funktionen und Namen nennen"),
        ],
        widget=forms.RadioSelect,
        help_text="Die Person erfährt, wann und wozu ihre Akte gelesen wurde. Namen von "
        "Beschäftigten nur, wenn sie sie braucht, um ihre Rechte wahrzunehmen "
        "(EuGH, Urteil vom 22.6.2023, C-579/21).",
    )
    begruendung = forms.CharField(
        label="Warum sind die Namen nötig?",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nur wenn Namen genannt werden. Steht in der Chronik, nicht im Schreiben.",
    )
    layout = ("von", "bis", "umfang", "begruendung")
    absenden = "Schreiben erstellen"

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("DatumField", self.fields["bis"]).spaetestens = stichtag

    def clean(self) -> dict[str, Any]:
        """Ask for the reason when names are to be given."""
        data = super().clean() or self.cleaned_data
        if data.get("umfang") == "namen" and not data.get("begruendung"):
            self.add_error("begruendung", "Bitte begründen Sie, warum die Namen nötig sind.")
        von, bis = data.get("von"), data.get("bis")
        if von and bis and von > bis:
            self.add_error("bis", f"Das Ende liegt vor dem Beginn am {von:%d.%m.%Y}.")
        return data
