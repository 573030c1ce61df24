"""Documents: taking in, correcting, marking as filed by mistake, searching."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.dateien.aufruf import Bereich
from cases.forms.basis import BasisForm
from cases.forms.dateien import DateienField
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models import Unterlagenart
from cases.unterlage.guards import bereiche_auf_den_seiten
from cases.unterlage.queries.schwaerzung import read_bereiche

VORLAUF = [("", "keine"), ("28", "4 Wochen vorher"), ("56", "8 Wochen vorher"), ("91", "3 Monate")]


class _AngabenForm(StandForm):
    """What is known about a document; shared by taking in and correcting."""

    art = forms.ChoiceField(label="Art", choices=[("", "Bitte wählen"), *Unterlagenart.choices])
    titel = forms.CharField(label="Titel", max_length=180)
    datum = DatumField(
        label="Datum der Unterlage",
        help_text="Datum auf dem Schriftstück; steht keines darauf, der Tag des Eingangs.",
    )
    verfasser = forms.CharField(
        label="Verfasser",
        max_length=200,
        required=False,
        help_text="Stelle oder Person, von der die Unterlage stammt.",
    )
    eingegangen_am = DatumField(label="Eingegangen am")
    gueltig_bis = DatumField(
        label="Gültig bis",
        required=False,
        help_text="Zum Beispiel bei Ausweis, Betreuerausweis oder Gutachten.",
    )
    wiedervorlage = forms.TypedChoiceField(
        label="Wiedervorlage vor Ablauf",
        choices=VORLAUF,
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Erinnert Sie, bevor die Unterlage ungültig wird.",
    )

    angaben = Fieldset(
        "Angaben",
        Row(Column("art"), Column("titel")),
        Row(Column("datum"), Column("eingegangen_am")),
        "verfasser",
        Row(Column("gueltig_bis"), Column("wiedervorlage")),
    )

    def __init__(self, *args: Any, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heute = heute

    def _not_in_future(self, name: str) -> date:
        tag: date = self.cleaned_data[name]
        if tag > self.heute:
            raise forms.ValidationError(f"Der {tag:%d.%m.%Y} liegt in der Zukunft.")
        return tag

    def clean_datum(self) -> date:
        """Refuse a date in the future."""
        return self._not_in_future("datum")

    def clean_eingegangen_am(self) -> date:
        """Refuse a receipt in the future."""
        return self._not_in_future("eingegangen_am")

    def clean(self) -> dict[str, Any]:
        """Hold the dates against each other."""
        data = super().clean() or {}
        datum, eingang, bis = (data.get(n) for n in ("datum", "eingegangen_am", "gueltig_bis"))
        if datum and eingang and eingang < datum:
            self.add_error(
                "eingegangen_am",
                f"Der Eingang liegt vor dem Datum der Unterlage ({datum:%d.%m.%Y}).",
            )
        if datum and bis and bis < datum:
            self.add_error(
                "gueltig_bis", f"Das Ende liegt vor dem Datum der Unterlage ({datum:%d.%m.%Y})."
            )
        if data.get("wiedervorlage") and not bis and "gueltig_bis" not in self.errors:
            self.add_error("gueltig_bis", "Für die Wiedervorlage fehlt, bis wann sie gilt.")
        return data


class UnterlageNeuForm(_AngabenForm):
    """Files with what they are; several files share what is typed."""

    dateien = DateienField(label="Dateien")
    layout = ("dateien", _AngabenForm.angaben)
    absenden = "Unterlagen ablegen"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["titel"].required = False
        self.fields["titel"].help_text = "Leer: der Name der Datei."


class UnterlageForm(_AngabenForm):
    """Corrects what is known about a document; the file itself never changes."""

    layout = (_AngabenForm.angaben,)
    absenden = "Angaben berichtigen"


class IrrtumForm(BasisForm):
    """Why a document does not belong here, or does after all."""

    grund = forms.CharField(label="Grund", widget=forms.Textarea(attrs={"rows": 3}), max_length=300)


class SuchwortForm(forms.Form):
    """Words to look for in documents."""

    suchtext = forms.CharField(
        max_length=200,
        required=False,
        strip=True,
    )


class SchwaerzungForm(BasisForm):
    """Which areas of which pages are blackened, and why; the chosen page is shown meanwhile."""

    seite = forms.ChoiceField(label="Seite ansehen")
    bereiche = forms.CharField(
        label="Bereiche",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Je Zeile ein Bereich in Millimetern von der linken oberen Ecke: Seite; links; "
        "oben; Breite; Höhe. Zum Beispiel „1; 20; 45; 80; 12“. „3 ganz“ schwärzt die Seite 3 ganz.",
    )
    grund = forms.CharField(
        label="Warum wird geschwärzt?",
        max_length=300,
        help_text="Zum Beispiel „Angaben über die Schwester, geheim (§ 25 Abs. 3 SGB X)“.",
    )
    layout = ("seite", "bereiche", "grund")
    absenden = "Kopie anlegen und zur Freigabe vorlegen"
    einfuegen = "Seite ansehen"

    def __init__(self, *args: Any, seiten: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seiten = seiten
        wahl = [(str(n), f"Seite {n} von {seiten}") for n in range(1, seiten + 1)]
        cast("forms.ChoiceField", self.fields["seite"]).choices = wahl

    @property
    def gezeigte_seite(self) -> int:
        """Return the page that was chosen to be looked at, else the first."""
        wahl = str(self["seite"].value() or "")
        return next((n for n in range(1, self.seiten + 1) if str(n) == wahl), 1)

    @property
    def lesbare_bereiche(self) -> list[Bereich]:
        """Return the areas as far as they can be read, for the picture."""
        try:
            return read_bereiche(str(self["bereiche"].value() or ""))
        except ValueError:
            return []

    def clean_bereiche(self) -> list[Bereich]:
        """Read the lines; each must say a page that there is and four numbers."""
        try:
            bereiche = read_bereiche(self.cleaned_data["bereiche"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        if hindernis := bereiche_auf_den_seiten(bereiche, self.seiten):
            raise forms.ValidationError(hindernis.text)
        return bereiche


class SchwaerzungFreigabeForm(BasisForm):
    """The second person says that every page was looked at."""

    angesehen = forms.BooleanField(
        label="Ich habe jede Seite angesehen: Was geschützt ist, lässt sich nicht lesen"
    )
    layout = ("angesehen",)
    absenden = "Kopie freigeben"
