"""Forms of a version of the Gesamtplan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from gesamtplan.models.pflichtinhalt import Inhaltszeile

_PRAEFIX = "inhalt_"
GRADE = {"P": "Pflichtinhalt", "U": "üblicher Inhalt", "F": "nur im genannten Fall"}


class AnlassForm(BasisForm):
    """Why a version is made, and its date."""

    anlass = forms.CharField(
        label="Anlass",
        max_length=200,
        help_text="Zum Beispiel „Erstantrag“, „Überprüfung nach zwei Jahren“ oder „Umzug in die "
        "eigene Wohnung“.",
    )
    datum = DatumField(
        label="Datum des Plans",
        help_text="Nach diesem Tag richten sich die Pflichtinhalte und die Überprüfung.",
    )

    def __init__(self, *args: Any, absenden: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.absenden = absenden  # type: ignore[misc]  # one form, two buttons


@dataclass(frozen=True)
class Inhaltsfeld:
    """One content on the edit page: its field and what the law says about it."""

    zeile: Inhaltszeile
    feld: BoundField
    grad: str


class InhalteForm(StandForm):
    """Dates of the version and one text for each content of its Rechtsstand."""

    anlass = AnlassForm.base_fields["anlass"]
    datum = AnlassForm.base_fields["datum"]
    ueberpruefung_am = DatumField(
        label="Überprüfung spätestens am",
        required=False,
        help_text="Regelmäßig, spätestens nach zwei Jahren (§ 121 Abs. 2 SGB IX).",
    )

    def __init__(
        self,
        *args: Any,
        zeilen: list[Inhaltszeile],
        weitere: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zeilen = zeilen
        self.weitere = weitere
        for zeile in zeilen:
            hilfe = zeile.inhalt.hinweis
            if zeile.abschnitt:
                hilfe += f" Dazu dient der Abschnitt „{zeile.abschnitt}“; hier nur Zusätze."
            self._add(zeile.inhalt.schluessel, zeile.inhalt.bezeichnung, hilfe)
        for schluessel, bezeichnung in weitere:
            self._add(schluessel, bezeichnung, "Aus einer früheren Fassung übernommen.")

    def _add(self, schluessel: str, bezeichnung: str, hilfe: str) -> None:
        self.fields[f"{_PRAEFIX}{schluessel}"] = forms.CharField(
            label=bezeichnung,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=hilfe,
        )

    def inhaltsfelder(self) -> Iterator[Inhaltsfeld]:
        """Return the contents of the Rechtsstand in statutory order."""
        for zeile in self.zeilen:
            feld = self[f"{_PRAEFIX}{zeile.inhalt.schluessel}"]
            yield Inhaltsfeld(zeile, feld, GRADE[zeile.inhalt.grad])

    def weitere_felder(self) -> list[BoundField]:
        """Return the texts that an older version has left."""
        return [self[f"{_PRAEFIX}{schluessel}"] for schluessel, _ in self.weitere]

    def texte(self) -> dict[str, str]:
        """Return what was typed, by key of the content."""
        return {
            name.removeprefix(_PRAEFIX): text
            for name, text in self.cleaned_data.items()
            if name.startswith(_PRAEFIX)
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        datum: date | None = cleaned.get("datum")
        ueberpruefung: date | None = cleaned.get("ueberpruefung_am")
        if datum and ueberpruefung and ueberpruefung < datum:
            self.add_error(
                "ueberpruefung_am", "Die Überprüfung kann nicht vor dem Datum des Plans liegen."
            )
        return cleaned


class RueckgabeForm(BasisForm):
    """Why a submitted version goes back."""

    grund = forms.CharField(
        label="Was soll überarbeitet werden?",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Der Grund steht über dem Entwurf, bis er wieder vorgelegt wird.",
    )
    absenden = "Zurückgeben"
