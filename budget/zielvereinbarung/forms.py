"""The texts of a Zielvereinbarung and its signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.dateien import DateienField
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.forms.vorschlag import mark_ueberholt
from cases.models import Unterlage
from cases.models.vorschlag import Vorschlagstext
from recht.inhalte import Pflichtinhalt


class ZielvereinbarungForm(StandForm):
    """One text area per content of the law of the day, with help and norm."""

    gespraech_monate = forms.TypedChoiceField(
        label="Gespräche",
        coerce=int,
        choices=[(6, "alle sechs Monate"), (12, "alle zwölf Monate")],
        widget=forms.RadioSelect,
        help_text="In diesem Abstand sprechen beide Seiten über Ziele, Zufriedenheit und Höhe.",
    )
    absenden = "Zielvereinbarung speichern"

    def __init__(
        self,
        *args: Any,
        inhalte: Sequence[Pflichtinhalt],
        texte: Mapping[str, Vorschlagstext] | None = None,
        **kwargs: Any,
    ) -> None:
        self.inhalte = inhalte
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

    @property
    def texte(self) -> dict[str, str]:
        """Return the texts by key of the content."""
        return {i.schluessel: self.cleaned_data[i.schluessel] for i in self.inhalte}


class UnterschriftenForm(BasisForm):
    """Both signatures of the printed agreement."""

    person_am = DatumField(label="Von der Person unterzeichnet am")
    person_durch = forms.CharField(
        label="Unterzeichnet durch",
        max_length=200,
        help_text="Die Person selbst oder wer sie vertritt, zum Beispiel „Emil Muster“ oder "
        "„Frau Berg, rechtliche Betreuerin“.",
    )
    traeger_am = DatumField(label="Für den Leistungsträger unterzeichnet am")
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
    layout = ("person_am", "person_durch", "traeger_am", "vorbehalt", "unterlage", "datei")
    absenden = "Unterschriften vermerken"

    def __init__(
        self, *args: Any, ausgefertigt_am: date, heute: date, unterlagen: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ausgefertigt_am, self.heute = ausgefertigt_am, heute
        cast("forms.ModelChoiceField[Unterlage]", self.fields["unterlage"]).queryset = unterlagen

    def clean(self) -> dict[str, Any]:
        """One signed paper: chosen or uploaded, not both."""
        data = super().clean() or {}
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
