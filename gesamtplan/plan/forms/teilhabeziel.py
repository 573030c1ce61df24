"""The form of a Teilhabeziel."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms

from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from gesamtplan.models import Lebensbereich
from gesamtplan.models.angaben import Zielangaben
from gesamtplan.models.zielhinweis import zielhinweise
from gesamtplan.states import Zielstatus

_FELDER = (
    "lebensbereich",
    "wortlaut",
    "text",
    "leichte_sprache",
    "kriterium",
    "ausgangswert",
    "zielwert",
    "bis",
    "schritte",
    "massnahmen",
    "bedarf_endet",
    "status",
)
# The name of the second button: the form says what it would do better and saves nothing.
PRUEFEN = "vorschau"


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TeilhabezielForm(StandForm):
    """What is to be reached, how that is recognised, and by when.

    Sent by its second button it is not saved: every hint on the goal stands at its field.
    """

    lebensbereich = forms.ChoiceField(
        label="Lebensbereich",
        choices=[("", "Bitte auswählen"), *Lebensbereich.choices],
        help_text="Bei einem neuen Ziel steht hier der nächste Bereich mit Bedarf, zu dem es noch "
        "kein Ziel gibt; zuerst, wo die Person einen Wunsch gesagt hat.",
    )
    wortlaut = forms.CharField(
        label="In den Worten der Person",
        required=False,
        widget=_area(2),
        help_text="Genau so, wie die Person es sagt. Die Behörde ändert diese Worte nicht.",
    )
    text = forms.CharField(
        label="Ziel",
        widget=_area(3),
        help_text="Ein Satz aus Sicht der Person, zum Beispiel „Ich kaufe einmal in der Woche "
        "selbst ein.“",
    )
    leichte_sprache = forms.CharField(
        label="In Leichter Sprache",
        required=False,
        widget=_area(2),
        help_text="Kurze Sätze, einfache Wörter. Steht in der Fassung in Leichter Sprache.",
    )
    kriterium = forms.CharField(
        label="Woran ist zu erkennen, dass das Ziel erreicht ist?",
        widget=_area(3),
        help_text="Beobachtbar, zum Beispiel „In drei von vier Wochen ohne Begleitung“.",
    )
    ausgangswert = forms.CharField(
        label="Stand heute",
        required=False,
        max_length=200,
        help_text="Zum Beispiel „in keiner Woche“.",
    )
    zielwert = forms.CharField(
        label="Stand am Ziel",
        required=False,
        max_length=200,
        help_text="Zum Beispiel „in drei von vier Wochen“.",
    )
    bis = DatumField(label="Bis wann?")
    schritte = forms.CharField(
        label="Schritte",
        required=False,
        widget=_area(3),
        help_text="Was die Person dafür nach und nach tut, eine Zeile je Schritt.",
    )
    massnahmen = forms.CharField(
        label="Was andere beitragen",
        required=False,
        widget=_area(3),
        help_text="Familie, Nachbarschaft, Selbsthilfe, Ehrenamt: eine Zeile je Beitrag. "
        "Leistungen tragen Sie eigens ein.",
    )
    bedarf_endet = forms.BooleanField(
        label="Mit dem Ziel endet der Bedarf",
        required=False,
        help_text="Ist das Ziel erreicht, braucht die Person diese Leistung nicht mehr. Das sollte "
        "sie beim Vereinbaren des Ziels wissen.",
    )
    status = forms.ChoiceField(
        label="Stand",
        choices=Zielstatus.choices,
        initial=Zielstatus.OFFEN,
        help_text="Bei der Fortschreibung: Wie weit ist das Ziel erreicht?",
    )
    layout = (
        Fieldset("Was die Person möchte", "lebensbereich", "wortlaut"),
        Fieldset("Das Ziel", "text", "leichte_sprache"),
        Fieldset(
            "Woran man es erkennt",
            "kriterium",
            Row("ausgangswert", "zielwert"),
            Row("bis", "status"),
        ),
        Fieldset("Der Weg dorthin", "schritte", "massnahmen", "bedarf_endet"),
    )
    absenden = "Ziel speichern"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if PRUEFEN not in self.data or self.errors:
            return cleaned
        hinweise = zielhinweise(self.angaben())
        for hinweis in hinweise:
            self.add_error(hinweis.feld, hinweis.text)
        self.add_error(None, _UNGESPEICHERT if hinweise else _NICHTS)
        return cleaned

    def angaben(self) -> Zielangaben:
        """Return what was typed as the service takes it."""
        return Zielangaben(**{name: self.cleaned_data.get(name, "") for name in _FELDER})


_UNGESPEICHERT = (
    "Noch nicht gespeichert. Die Hinweise stehen an ihren Feldern; speichern können Sie auch ohne "
    "sie zu befolgen."
)
_NICHTS = "Noch nicht gespeichert. Es gibt keinen Hinweis zu diesem Ziel."
