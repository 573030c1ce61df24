"""Forms of the instruments of the authority."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from crispy_forms.layout import Row
from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from gesamtplan.instrument import guards
from gesamtplan.models import Instrumentfassung
from recht.instrumente import vorlagen
from recht.laender import LAENDER
from recht.rechtsstand import DECKUNG_BIS, DECKUNG_VON

_HILFE = (
    "Eine Zeile je Sache: „Bogen A: Titel“, „Abschnitt: Titel [d5, d6]“ mit den Lebensbereichen "
    "d1 bis d9, „- Frage | Art | Rolle“ mit den Arten text, zeile, tag, ja/nein, skala Name und "
    "den Rollen person, fallmanagement, fachdienst, leistungserbringer; „| Pflicht“ am Ende macht "
    "ein Feld zur Pflicht. Skalen stehen vorher: „Skala Name: 0 gar nicht; 1 wenig“."
)


class VorlageForm(BasisForm):
    """With which delivered instrument to begin; sent by GET."""

    vorlage = forms.ChoiceField(label="Vorlage", help_text="Sie ergänzen und ändern sie danach.")
    layout = ("vorlage",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["vorgang"]
        cast("forms.ChoiceField", self.fields["vorlage"]).choices = [
            (
                v.schluessel,
                f"{v.bezeichnung} {v.fassung}{'' if v.vollstaendig else ' (unvollständig)'}",
            )
            for v in vorlagen()
        ]


class InstrumentForm(StandForm):
    """One version of an instrument."""

    bezeichnung = forms.CharField(label="Bezeichnung", max_length=80)
    fassung = forms.CharField(label="Fassung", max_length=19)
    land = forms.ChoiceField(
        label="Land",
        required=False,
        choices=[("", "alle"), *sorted(LAENDER.items(), key=lambda eines: eines[1])],
    )
    gueltig_ab = DatumField(label="Gilt ab", fruehestens=DECKUNG_VON, spaetestens=DECKUNG_BIS)
    gueltig_bis = DatumField(
        label="Gilt bis", required=False, fruehestens=DECKUNG_VON, spaetestens=DECKUNG_BIS
    )
    vollstaendig = forms.BooleanField(
        label="Das Instrument ist vollständig erfasst",
        required=False,
        help_text="Dann müssen alle neun Lebensbereiche des § 118 Abs. 1 SGB IX zugeordnet sein.",
    )
    quelle = forms.CharField(
        label="Quelle und Rechte",
        max_length=300,
        help_text="Woher die Bögen stammen und ob die Behörde sie verwenden darf.",
    )
    aufbau = forms.CharField(
        label="Aufbau", widget=forms.Textarea(attrs={"rows": 24}), help_text=_HILFE
    )
    layout = (
        Row("bezeichnung", "fassung", "land"),
        Row("gueltig_ab", "gueltig_bis"),
        "vollstaendig",
        "quelle",
        "aufbau",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("aufbau") and (found := guards.aufbau_lesbar(cleaned["aufbau"])):
            self.add_error("aufbau", found.text)
        ab, bis = cleaned.get("gueltig_ab"), cleaned.get("gueltig_bis")
        if ab and bis and bis < ab:
            self.add_error("gueltig_bis", "Der letzte Tag liegt vor dem ersten.")
        return cleaned


class InstrumentendeForm(BasisForm):
    """On which day an instrument ends without a successor, and why."""

    letzter_tag = DatumField(
        label="Letzter Tag",
        spaetestens=DECKUNG_BIS,
        help_text="Danach beginnt keine Bedarfsermittlung mehr damit; begonnene enden in ihr.",
    )
    grund = forms.CharField(label="Grund", max_length=200)
    absenden = "Ende eintragen"

    def __init__(self, *args: Any, fassung: Instrumentfassung, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fassung, self.heute = fassung, heute

    def clean_letzter_tag(self) -> date:
        """Refuse a day that has passed or lies before the first of the version."""
        tag: date = self.cleaned_data["letzter_tag"]
        if found := guards.ende_nicht_vorbei(tag, self.fassung, self.heute):
            raise forms.ValidationError(found.text)
        return tag


class InstrumentfreigabeForm(BasisForm):
    """Nothing to fill in: the page shows the questions, the button says yes."""

    absenden = "Instrument freigeben"
