"""Forms of the review of a budget and of its proofs."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.db.models import QuerySet

from budget.states.ueberpruefung import Budgetpruefanlass, Budgetpruefergebnis
from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, EuroField
from cases.forms.stand import StandForm
from cases.models import Unterlage


def _thema(label: str, hilfe: str, *, pflicht: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=pflicht,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=hilfe,
        max_length=4000,
    )


class AnlassForm(BasisForm):
    """Why the budget is talked about."""

    anlass = forms.ChoiceField(
        label="Anlass", choices=Budgetpruefanlass.choices, widget=forms.RadioSelect
    )
    absenden = "Überprüfung beginnen"


class ProtokollForm(StandForm):
    """The talk with its six topics and one example of how the help really was."""

    gespraech_am = DatumField(label="Gespräch am", required=False)
    beteiligte = forms.CharField(
        label="Wer dabei war", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    verwendung = _thema("Verwendung der Mittel", "Wofür das Geld ausgegeben wurde, was übrig ist.")
    wirkung = _thema("Wirkung", "Was sich durch die Leistung verändert hat.")
    zufriedenheit = _thema("Zufriedenheit", "Wie die Person es selbst sieht, in ihren Worten.")
    umfeld = _thema("Umfeld", "Angehörige, Helfende, Wohnung, Arbeit.")
    zielerreichung = _thema("Erreichen der Ziele", "Je Ziel des Gesamtplans.")
    stabilitaet = _thema("Stabilität", "Ob die Versorgung trägt, auch bei Ausfall einer Hilfe.")
    beispiel = _thema(
        "Beispielhafte Dokumentation",
        "Ein Tag oder eine Woche, wie die Hilfe wirklich war; keine lückenlose Aufzeichnung.",
    )
    layout = (
        Fieldset("Das Gespräch", "gespraech_am", "beteiligte"),
        Fieldset(
            "Protokoll",
            "verwendung",
            "wirkung",
            "zufriedenheit",
            "umfeld",
            "zielerreichung",
            "stabilitaet",
            "beispiel",
        ),
    )
    absenden = "Protokoll speichern"


class ErgebnisForm(BasisForm):
    """Where a review leads."""

    ergebnis = forms.ChoiceField(
        label="Ergebnis", choices=Budgetpruefergebnis.choices, widget=forms.RadioSelect
    )
    grund = _thema("Begründung", "Was dafür spricht, in zwei oder drei Sätzen.", pflicht=True)
    absenden = "Überprüfung abschließen"


class NachweisForm(BasisForm):
    """For which stretch a proof is asked, and until when."""

    von = DatumField(label="Zeitraum vom")
    bis = DatumField(label="bis")
    faellig_am = DatumField(
        label="Vorzulegen bis",
        help_text="Wie es die Zielvereinbarung sagt. Fällt der Tag auf ein Wochenende oder einen "
        "Feiertag, gilt der nächste Werktag.",
    )
    layout = (Row("von", "bis"), "faellig_am")
    absenden = "Nachweis verlangen"


class EingangForm(BasisForm):
    """When a proof has come in, and which document it is."""

    eingegangen_am = DatumField(label="Eingegangen am")
    unterlage = forms.ModelChoiceField(
        label="Belege in der Akte",
        queryset=Unterlage.objects.none(),
        required=False,
        empty_label="liegen nur auf Papier vor",
    )
    absenden = "Eingang festhalten"

    def __init__(self, *args: Any, unterlagen: QuerySet[Unterlage], heute: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["unterlage"]).queryset = unterlagen
        cast(DatumField, self.fields["eingegangen_am"]).spaetestens = heute


class PruefungForm(BasisForm):
    """What the check of a proof has shown; the three amounts make up the whole."""

    verwendet = EuroField(label="Verwendet wie vereinbart")
    angespart = EuroField(
        label="Angespart",
        help_text="Innerhalb des Bewilligungszeitraums erlaubt, wenn die Zielvereinbarung nichts "
        "anderes sagt.",
    )
    zurueck = EuroField(label="Zurückzugeben")
    ergebnis = _thema(
        "Ergebnis", "Was geprüft wurde und was auffiel. Der Text steht im Schreiben.", pflicht=True
    )
    layout = (Row("verwendet", "angespart", "zurueck"), "ergebnis")
    absenden = "Prüfung abschließen"
