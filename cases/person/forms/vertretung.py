"""Who stands for or by the person: Vertretung, relatives, household."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from cases.forms.anschrift import ANSCHRIFT_LAYOUT, ANSCHRIFTFELDER, AnschriftMixin
from cases.forms.felder import DatumField
from cases.models import Anrede, Aufgabenkreis, Beziehung, Vertretungsform
from cases.person.forms.personenangabe import AngabeForm

_ZEITRAUM = Row(Column("gueltig_ab"), Column("gueltig_bis"))
_MIT_ANSCHRIFT = (
    Vertretungsform.BETREUUNG,
    Vertretungsform.VOLLMACHT,
    Vertretungsform.VORMUND,
    Vertretungsform.ERBE,
)
_FUER_MINDERJAEHRIGE = (Vertretungsform.ELTERN, Vertretungsform.VORMUND)


class VertretungForm(AnschriftMixin, AngabeForm):
    """A Vertretung with its Aufgabenkreise and how to reach it."""

    werte_felder = (
        "art",
        "anrede",
        "vorname",
        "nachname",
        "organisation",
        *ANSCHRIFTFELDER,
        "telefon",
        "email",
        "aufgabenkreise",
        "einwilligungsvorbehalt",
        "handlungsfaehigkeit_eingeschraenkt",
        "gemeinschaftlich",
        "gericht",
        "gerichtsaktenzeichen",
        "nachweis_vom",
        "bemerkung",
    )

    art = forms.ChoiceField(label="Art", choices=[("", "Bitte wählen"), *Vertretungsform.choices])
    anrede = forms.ChoiceField(
        label="Anrede", required=False, choices=Anrede.choices, initial=Anrede.OHNE
    )
    vorname = forms.CharField(label="Vorname", max_length=100, required=False)
    nachname = forms.CharField(
        label="Nachname",
        max_length=100,
        required=False,
        help_text="Leer, wenn ein Verein oder eine Behörde selbst bestellt ist (§ 1818 BGB).",
    )
    organisation = forms.CharField(
        label="Verein, Kanzlei oder Behörde", max_length=200, required=False
    )
    telefon = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(label="E-Mail", max_length=254, required=False)
    aufgabenkreise = forms.MultipleChoiceField(
        label="Aufgabenkreise",
        required=False,
        choices=Aufgabenkreis.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Wie im Beschluss oder in der Vollmacht. Eine Vollmacht ohne Einschränkung "
        "bleibt leer (§ 13 Abs. 1 S. 2 SGB X).",
    )
    einwilligungsvorbehalt = forms.BooleanField(
        label="Einwilligungsvorbehalt angeordnet (§ 1825 BGB)", required=False
    )
    handlungsfaehigkeit_eingeschraenkt = forms.BooleanField(
        label="Handlungsfähigkeit ab 15 schriftlich eingeschränkt (§ 36 Abs. 2 SGB I)",
        required=False,
    )
    gemeinschaftlich = forms.BooleanField(
        label="Vertritt nur gemeinsam mit den anderen (§ 1817 Abs. 2, § 1629 Abs. 1 BGB)",
        required=False,
        help_text="Dann unterschreiben alle; die Bekanntgabe an eine oder einen genügt.",
    )
    gericht = forms.CharField(label="Gericht", max_length=200, required=False)
    gerichtsaktenzeichen = forms.CharField(
        label="Aktenzeichen des Gerichts", max_length=60, required=False
    )
    nachweis_vom = DatumField(
        label="Nachweis vorgelegt am",
        required=False,
        help_text="Betreuerausweis, Vollmacht oder Beschluss.",
    )
    bemerkung = forms.CharField(
        label="Bemerkung",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wird verschlüsselt gespeichert.",
    )

    layout = (
        "art",
        Fieldset(
            "Wer",
            "anrede",
            Row(Column("vorname"), Column("nachname")),
            "organisation",
            *ANSCHRIFT_LAYOUT,
            Row(Column("telefon"), Column("email")),
        ),
        Fieldset(
            "Wofür",
            "aufgabenkreise",
            "einwilligungsvorbehalt",
            "handlungsfaehigkeit_eingeschraenkt",
            "gemeinschaftlich",
            Row(Column("gericht"), Column("gerichtsaktenzeichen")),
            "nachweis_vom",
        ),
        Fieldset("Wie lange", _ZEITRAUM, "bemerkung"),
    )

    def clean_anrede(self) -> str:
        """Take none where nothing was chosen, as for a body."""
        return str(self.cleaned_data["anrede"] or Anrede.OHNE)

    def clean(self) -> dict[str, Any]:
        """Ask for what a letter to this Vertretung needs."""
        data = super().clean()
        art = data.get("art")
        self.clean_anschrift(data, noetig=art in _MIT_ANSCHRIFT)
        if not data.get("nachname") and not data.get("organisation"):
            self.add_error(
                "nachname", "Bitte nennen Sie eine Person, einen Verein oder eine Behörde."
            )
        if art == Vertretungsform.BETREUUNG and not data.get("aufgabenkreise"):
            self.add_error(
                "aufgabenkreise", "Bitte wählen Sie aus, was das Gericht angeordnet hat."
            )
        if data.get("einwilligungsvorbehalt") and art != Vertretungsform.BETREUUNG:
            self.add_error(
                "einwilligungsvorbehalt", "Den gibt es nur bei einer rechtlichen Betreuung."
            )
        if data.get("handlungsfaehigkeit_eingeschraenkt") and art not in _FUER_MINDERJAEHRIGE:
            self.add_error(
                "handlungsfaehigkeit_eingeschraenkt",
                "Das können nur Eltern oder Vormund erklären.",
            )
        return data


class BezugspersonForm(AngabeForm):
    """Somebody close to the person."""

    werte_felder = (
        "beziehung",
        "vorname",
        "nachname",
        "telefon",
        "email",
        "im_haushalt",
        "bemerkung",
    )

    beziehung = forms.ChoiceField(
        label="Beziehung", choices=[("", "Bitte wählen"), *Beziehung.choices]
    )
    vorname = forms.CharField(label="Vorname", max_length=100, required=False)
    nachname = forms.CharField(label="Nachname", max_length=100)
    telefon = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(label="E-Mail", max_length=254, required=False)
    im_haushalt = forms.BooleanField(label="Lebt im selben Haushalt", required=False)
    bemerkung = forms.CharField(
        label="Bemerkung",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Zum Beispiel, wobei sie unterstützt. Wird verschlüsselt gespeichert.",
    )

    layout = (
        "beziehung",
        Row(Column("vorname"), Column("nachname")),
        Row(Column("telefon"), Column("email")),
        "im_haushalt",
        _ZEITRAUM,
        "bemerkung",
    )
