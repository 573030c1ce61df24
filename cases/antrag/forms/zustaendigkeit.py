"""The questions of the guided check and the forms of its steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset
from django import forms

from cases.forms.basis import BasisForm, form_helper
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models import Leistungstraeger, Vorlaeufigkeitsgrund
from recht.zustaendigkeitsfragen import Angaben, Frage

_TEXT = forms.Textarea(attrs={"rows": 4})


class PruefungForm(StandForm):
    """The questions that matter now; none must be answered to save."""

    absenden = "Antworten speichern"

    def __init__(self, *args: Any, fragen: Sequence[Frage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fragen = {frage.schluessel: frage for frage in fragen}
        for frage in fragen:
            self.fields[frage.schluessel] = _field(frage)
        self.fields["notiz"] = forms.CharField(
            label="Notiz zur Prüfung",
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Zum Beispiel: wen Sie angerufen haben und was fehlt.",
        )

    def angaben(self) -> Angaben:
        """Return the answers; what was not asked stays empty."""
        leer = Angaben()
        werte: dict[str, Any] = {}
        for name in self.fragen:
            wert = self.cleaned_data.get(name) or getattr(leer, name)
            werte[name] = tuple(wert) if isinstance(wert, list) else wert
        return Angaben(**werte)

    @property
    def helper(self) -> FormHelper:
        """Lay the questions out under the headings of the law."""
        namen: dict[str, list[str]] = {}
        for name, frage in self.fragen.items():
            namen.setdefault(frage.abschnitt, []).append(name)
        teile = [Fieldset(titel, *felder) for titel, felder in namen.items()]
        return form_helper((*teile, "notiz"))


def _field(frage: Frage) -> forms.Field:
    # Explanation and citation stand beside the field; the hint ties them to it for readers.
    hilfe = f"{frage.erklaerung} ({frage.norm})" if frage.erklaerung else f"({frage.norm})"
    if frage.art == "datum":
        return DatumField(label=frage.text, required=False, help_text=hilfe)
    if frage.art == "mehrfach":
        return forms.MultipleChoiceField(
            label=frage.text,
            choices=frage.antworten,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=hilfe,
        )
    return forms.ChoiceField(
        label=frage.text,
        choices=frage.antworten,
        required=False,
        widget=forms.RadioSelect,
        help_text=hilfe,
    )


class _TraegerForm(BasisForm):
    """A form that names another carrier."""

    def __init__(self, *args: Any, traeger: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("an", "von", "traeger", "erstattung_durch"):
            if name in self.fields:
                cast("forms.ModelChoiceField", self.fields[name]).queryset = traeger


def _traeger_field(label: str, **kwargs: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=Leistungstraeger.objects.none(), **kwargs)


class WeiterleitungForm(_TraegerForm):
    """To whom an application goes, why, and when that was found."""

    an = _traeger_field("Weiterleiten an")
    grund = forms.CharField(
        label="Grund",
        widget=_TEXT,
        max_length=400,
        help_text="Steht im Schreiben an den Träger und an die antragstellende Person.",
    )
    festgestellt_am = DatumField(label="Unzuständigkeit festgestellt am")
    absenden = "Antrag weiterleiten"

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DatumField, self.fields["festgestellt_am"]).spaetestens = stichtag


class UebernahmeForm(_TraegerForm):
    """From whom a forwarded application came."""

    von = _traeger_field("Weitergeleitet von")
    erster_eingang = DatumField(
        label="Dort eingegangen am",
        help_text="Dieser Tag zählt für den Anspruch; unsere Fristen laufen ab dem Eingang hier.",
    )
    absenden = "Übernahme festhalten"

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DatumField, self.fields["erster_eingang"]).spaetestens = stichtag


class TurboklaerungForm(_TraegerForm):
    """The third carrier and its consent."""

    an = _traeger_field("Weiterleiten an")
    einvernehmen_am = DatumField(label="Einvernehmen erklärt am")
    einvernehmen_durch = forms.CharField(
        label="Erklärt durch", max_length=200, help_text="Name und Weg, z. B. Frau Bauer, Telefon."
    )
    grund = forms.CharField(label="Grund", widget=_TEXT, max_length=400)
    absenden = "Im Einvernehmen weiterleiten"

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DatumField, self.fields["einvernehmen_am"]).spaetestens = stichtag


class _GruppenForm(_TraegerForm):
    """A form that names another carrier and Leistungsgruppen."""

    gruppen = forms.MultipleChoiceField(
        label="Leistungsgruppen", widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, gruppen: Sequence[tuple[str, str]], stichtag: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["gruppen"]).choices = gruppen
        if "festgestellt_am" in self.fields:
            cast(DatumField, self.fields["festgestellt_am"]).spaetestens = stichtag


class TeilweiterleitungForm(_GruppenForm):
    """Which part goes where."""

    an = _traeger_field("Teil weiterleiten an")
    inhalt = forms.CharField(
        label="Welcher Teil, und warum",
        widget=_TEXT,
        max_length=1000,
        help_text="Steht im Schreiben an den Träger und an die antragstellende Person.",
    )
    festgestellt_am = DatumField(label="Festgestellt am")
    field_order = ("an", "gruppen", "inhalt", "festgestellt_am")
    absenden = "Teil weiterleiten"


class BeteiligungForm(_GruppenForm):
    """Whose findings are needed."""

    traeger = _traeger_field("Zu beteiligender Träger")
    frage = forms.CharField(
        label="Welche Feststellungen werden gebraucht?", widget=_TEXT, max_length=1000
    )
    field_order = ("traeger", "gruppen", "frage")
    absenden = "Träger beteiligen"


class FeststellungForm(BasisForm):
    """What a carrier that takes part has found."""

    eingegangen_am = DatumField(label="Eingegangen am")
    feststellung = forms.CharField(
        label="Feststellungen", widget=forms.Textarea(attrs={"rows": 6}), max_length=4000
    )
    absenden = "Feststellungen erfassen"


class VorlaeufigForm(BasisForm):
    """Why the authority renders before all is clear."""

    grund = forms.ChoiceField(
        label="Grund", choices=Vorlaeufigkeitsgrund.choices, widget=forms.RadioSelect
    )
    begruendung = forms.CharField(label="Begründung", widget=_TEXT, max_length=300)
    absenden = "Vorläufig leisten"


class KlaerungForm(_TraegerForm):
    """What the open point came to."""

    ergebnis = forms.CharField(label="Ergebnis", widget=_TEXT, max_length=1000)
    erstattung_durch = _traeger_field(
        "Kosten erstattet",
        required=False,
        empty_label="niemand, wir sind zuständig",
    )
    absenden = "Klärung festhalten"


class ZustaendigkeitForm(BasisForm):
    """Why the authority is competent."""

    begruendung = forms.CharField(
        label="Warum ist die Behörde zuständig?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=400,
        help_text="z. B. gewöhnlicher Aufenthalt im Landkreis seit 2019 (§ 98 Abs. 1 SGB IX).",
    )
    absenden = "Zuständigkeit feststellen"
