"""The texts of a Zielvereinbarung and its signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms

from budget.states.vereinbarung import ELEKTRONISCH, Ruecklaufweg
from budget.zielvereinbarung.guards import (
    arbeitsvertrag_im_arbeitgebermodell,
    unterzeichnung_durch_berechtigte,
)
from cases.forms.basis import BasisForm
from cases.forms.dateien import DateienField
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.forms.vorschlag import mark_ueberholt
from cases.models import LeistungsberechtigtePerson, Unterlage, Vertretungsverhaeltnis
from cases.models.vorschlag import Vorschlagstext
from cases.person.guards.adressat import vertreter_am
from recht.inhalte import Pflichtinhalt

_SELBST = "person"


def _bezeichnung(row: Vertretungsverhaeltnis) -> str:
    return f"{row.voller_name} ({row.get_art_display()})"


class ZielvereinbarungForm(StandForm):
    """One text area per content of the law of the day, with help and norm."""

    gespraech_monate = forms.TypedChoiceField(
        label="Gespräche",
        coerce=int,
        choices=[(6, "alle sechs Monate"), (12, "alle zwölf Monate")],
        widget=forms.RadioSelect,
        help_text="In diesem Abstand sprechen beide Seiten über Ziele, Zufriedenheit und Höhe.",
    )
    arbeitgebermodell = forms.BooleanField(
        label="Arbeitgebermodell: Die Person beschäftigt ihre Assistenz selbst",
        required=False,
        help_text="Dann verlangt die Vereinbarung Nachweise als Arbeitgeberin oder Arbeitgeber: "
        "Betriebsnummer, Arbeitsvertrag, Anmeldung, Unfallversicherung.",
    )
    probe_bis = DatumField(
        label="Erprobung bis",
        required=False,
        help_text="Nur wenn das Budget zunächst erprobt wird. Es endet damit nicht von selbst.",
    )
    probe_gespraech_am = DatumField(
        label="Erprobung auswerten am",
        required=False,
        help_text="Der Tag des Gesprächs, spätestens der letzte Tag der Erprobung. Er steht als "
        "Frist im Kalender, sobald bewilligt ist.",
    )
    absenden = "Zielvereinbarung speichern"

    def __init__(
        self,
        *args: Any,
        inhalte: Sequence[Pflichtinhalt],
        texte: Mapping[str, Vorschlagstext] | None = None,
        vertraege: Sequence[str],
        beginn: date,
        **kwargs: Any,
    ) -> None:
        self.inhalte = inhalte
        self.vertraege, self.beginn = vertraege, beginn
        super().__init__(*args, **kwargs)
        for inhalt in inhalte:
            # Nothing is required while drafting; the Ausfertigung names what is missing.
            self.fields[inhalt.schluessel] = forms.CharField(
                label=inhalt.bezeichnung,
                required=False,
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text=f"{inhalt.hinweis} ({inhalt.norm})",
            )
        mark_ueberholt(self, (texte or {}).values())

    def clean(self) -> dict[str, Any]:
        """A trial has a last day and a talk before it ends; a contract of work has an employer."""
        data = super().clean() or self.cleaned_data
        if ohne := arbeitsvertrag_im_arbeitgebermodell(
            bool(data.get("arbeitgebermodell")), self.vertraege, self.beginn
        ):
            self.add_error("arbeitgebermodell", ohne.text)
        bis, am = data.get("probe_bis"), data.get("probe_gespraech_am")
        if bis and not am and "probe_gespraech_am" not in self.errors:
            self.add_error("probe_gespraech_am", "Bitte nennen Sie den Tag der Auswertung.")
        if am and not bis and "probe_bis" not in self.errors:
            self.add_error("probe_bis", "Bitte nennen Sie den letzten Tag der Erprobung.")
        if bis and am and am > bis:
            self.add_error(
                "probe_gespraech_am",
                "Die Auswertung liegt nach dem Ende der Erprobung. Bitte wählen Sie einen "
                "früheren Tag.",
            )
        return data

    @property
    def texte(self) -> dict[str, str]:
        """Return the texts by key of the content."""
        return {i.schluessel: self.cleaned_data[i.schluessel] for i in self.inhalte}


class UnterschriftenForm(BasisForm):
    """Both signatures of the printed agreement."""

    person_am = DatumField(label="Von der Person unterzeichnet am")
    unterzeichnet = forms.MultipleChoiceField(
        label="Unterzeichnet hat",
        widget=forms.CheckboxSelectMultiple,
        help_text="Alle, deren Unterschrift auf der Ausfertigung steht. Hat jemand anderes für die "
        "Person unterzeichnet, tragen Sie die Vertretung zuerst bei der Person ein.",
        error_messages={"required": "Bitte wählen Sie, wer unterzeichnet hat."},
    )
    traeger_am = DatumField(label="Für den Leistungsträger unterzeichnet am")
    ruecklauf = forms.ChoiceField(
        label="Wie kam sie zurück?",
        choices=Ruecklaufweg.choices,
        initial=Ruecklaufweg.PAPIER,
        required=False,
        widget=forms.RadioSelect,
        help_text="Elektronisch nur mit der Datei. Zu einem Scan oder Foto lassen Sie sich das "
        "Original nachreichen.",
    )
    vorbehalt = forms.CharField(
        label="Vorbehalt der Person",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Die Person darf unter Vorbehalt unterzeichnen, zum Beispiel wegen der Höhe.",
    )
    unterlage = forms.ModelChoiceField(
        label="Unterschriebene Fassung",
        queryset=Unterlage.objects.none(),
        required=False,
        empty_label="liegt nicht eingescannt vor",
        help_text="Unterlagen dieses Falls mit der Art „unterschriebene Zielvereinbarung“.",
    )
    datei = DateienField(
        label="oder jetzt hochladen",
        required=False,
        help_text="Der Scan wird als Unterlage des Falls abgelegt.",
    )
    layout: tuple[Any, ...] = (
        "person_am",
        "unterzeichnet",
        "traeger_am",
        "ruecklauf",
        "vorbehalt",
        "unterlage",
        "datei",
    )
    absenden = "Unterschriften vermerken"

    def __init__(
        self,
        *args: Any,
        ausgefertigt_am: date,
        heute: date,
        unterlagen: Any,
        person: LeistungsberechtigtePerson,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ausgefertigt_am, self.heute, self.person = ausgefertigt_am, heute, person
        self._vertretungen = {str(row.pk): row for row in person.vertretungen.all()}
        if self._vertretungen:
            feld = cast("forms.MultipleChoiceField", self.fields["unterzeichnet"])
            feld.choices = [
                (_SELBST, person.voller_name),
                *((key, _bezeichnung(row)) for key, row in self._vertretungen.items()),
            ]
            handelt = [str(row.pk) for row in vertreter_am(person, heute)]
            feld.initial = handelt or [_SELBST]
        else:
            # Nobody else can have signed: there is nothing to choose.
            del self.fields["unterzeichnet"]
            self.layout = tuple(
                name for name in self.layout if name != "unterzeichnet"
            )  # shorter without a choice
        cast("forms.ModelChoiceField[Unterlage]", self.fields["unterlage"]).queryset = unterlagen

    @property
    def selbst(self) -> bool:
        """Tell whether the person has signed herself."""
        return _SELBST in self.cleaned_data.get("unterzeichnet", [_SELBST])

    @property
    def vertretungen(self) -> list[Vertretungsverhaeltnis]:
        """Return who has signed for the person."""
        gewaehlt = self.cleaned_data.get("unterzeichnet", ())
        return [row for key, row in self._vertretungen.items() if key in gewaehlt]

    @property
    def namen(self) -> str:
        """Return who has signed on her side, as the Bescheid names them."""
        eigener = [self.person.voller_name] if self.selbst else []
        return ", ".join([*eigener, *(_bezeichnung(row) for row in self.vertretungen)])

    def clean(self) -> dict[str, Any]:
        """One signed paper, chosen or uploaded, not both; signed by those who may."""
        data = super().clean() or {}
        if "unterzeichnet" not in self.errors and data.get("person_am"):
            hindernis = unterzeichnung_durch_berechtigte(
                self.person,
                data["person_am"],
                selbst=self.selbst,
                vertretungen=self.vertretungen,
            )
            if hindernis is not None:
                feld = "unterzeichnet" if "unterzeichnet" in self.fields else "person_am"
                self.add_error(feld, f"{hindernis.text} ({hindernis.norm})")
        data["ruecklauf"] = data.get("ruecklauf") or Ruecklaufweg.PAPIER.value
        if data["ruecklauf"] in ELEKTRONISCH and not (data.get("datei") or data.get("unterlage")):
            self.add_error(
                "datei",
                "Kam sie elektronisch zurück, laden Sie bitte die Datei hoch (§ 36a SGB I).",
            )
        if data.get("datei") and data.get("unterlage"):
            self.add_error("datei", "Bitte wählen Sie eine Unterlage oder laden Sie eine hoch.")
        if len(data.get("datei") or []) > 1:
            self.add_error("datei", "Die unterschriebene Fassung ist eine Datei.")
        return data

    def _check_tag(self, name: str) -> date:
        tag: date = self.cleaned_data[name]
        if tag > self.heute:
            raise forms.ValidationError("Das Datum darf nicht in der Zukunft liegen.")
        if tag < self.ausgefertigt_am:
            raise forms.ValidationError(
                f"Das Datum darf nicht vor der Ausfertigung am {self.ausgefertigt_am:%d.%m.%Y} "
                "liegen."
            )
        return tag

    def clean_person_am(self) -> date:
        return self._check_tag("person_am")

    def clean_traeger_am(self) -> date:
        return self._check_tag("traeger_am")


class SachleistungForm(BasisForm):
    """Whether the person wants the Sachleistung, and why there is no budget."""

    wunsch = forms.ChoiceField(
        label="Wie kommt es dazu?",
        choices=[
            ("person", "Die Person wünscht die Sachleistung; ihr Antrag auf die Form ist erledigt"),
            ("behoerde", "Das Budget kommt nicht zustande; der Antrag ist abzulehnen"),
        ],
        widget=forms.RadioSelect,
        help_text="Den Wunsch der Person lassen Sie sich schriftlich geben oder vermerken ihn.",
    )
    grund = forms.CharField(
        label="Warum?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tatsachen mit Tagen: was besprochen wurde, worüber man sich nicht einig wurde.",
    )
    layout: tuple[Any, ...] = ("wunsch", "grund")
    absenden = "Sachleistung statt Budget festhalten"

    @property
    def auf_wunsch(self) -> bool:
        """Tell whether the person wants it so."""
        return bool(self.cleaned_data["wunsch"] == "person")
