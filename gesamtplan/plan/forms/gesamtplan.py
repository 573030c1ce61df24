"""Forms of a version of the Gesamtplan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.textbaustein.queries import Angebot
from gesamtplan.models.pflichtinhalt import Inhaltszeile
from gesamtplan.plan.guards.angaben import ueberpruefung_nach_dem_plan
from gesamtplan.states.lebensuebergang import Planungsanlass

_PRAEFIX = "inhalt_"
_BAUSTEIN = "baustein_"
GRADE = {"P": "Pflichtinhalt", "U": "üblicher Inhalt", "F": "nur im genannten Fall"}


class AnlassForm(BasisForm):
    """Why a version is made, and its date."""

    anlass = forms.CharField(
        label="Anlass",
        max_length=200,
        help_text="Zum Beispiel „Erstantrag“, „Überprüfung nach zwei Jahren“ oder „Umzug in die "
        "eigene Wohnung“.",
    )
    anlaesse = forms.MultipleChoiceField(
        label="Gründe der Planung",
        required=False,
        choices=Planungsanlass.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Die Anlässe der BAGüS-Empfehlung 2007 Nr. 3.5. Seit 2018 wird der Plan in jedem "
        "Fall aufgestellt; die übrigen sagen, worauf es diesmal ankommt.",
    )
    datum = DatumField(
        label="Datum des Plans",
        help_text="Nach diesem Tag richten sich die Pflichtinhalte und die Überprüfung.",
    )

    def __init__(self, *args: Any, absenden: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.absenden = absenden  # one form, two buttons


@dataclass(frozen=True)
class Inhaltsfeld:
    """One content on the edit page: its field and what the law says about it."""

    zeile: Inhaltszeile
    feld: BoundField
    grad: str
    bausteine: BoundField | None = None


class InhalteForm(StandForm):
    """Dates of the version and one text for each content of its Rechtsstand."""

    anlass = AnlassForm.base_fields["anlass"]
    anlaesse = AnlassForm.base_fields["anlaesse"]
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
        angebote: Mapping[str, list[Angebot]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.angebote = angebote or {}
        self.zeilen = zeilen
        self.weitere = weitere
        for zeile in zeilen:
            hilfe = zeile.inhalt.hinweis
            if zeile.abschnitt:
                hilfe += f" Dazu dient der Abschnitt „{zeile.abschnitt}“; hier nur Zusätze."
            self._add(zeile.inhalt.schluessel, zeile.inhalt.bezeichnung, hilfe)
            self._offer(zeile.inhalt.schluessel, zeile.inhalt.bezeichnung)
        for schluessel, bezeichnung in weitere:
            self._add(schluessel, bezeichnung, "Aus einer früheren Fassung übernommen.")

    def _add(self, schluessel: str, bezeichnung: str, hilfe: str) -> None:
        self.fields[f"{_PRAEFIX}{schluessel}"] = forms.CharField(
            label=bezeichnung,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=hilfe,
        )

    def _offer(self, schluessel: str, bezeichnung: str) -> None:
        """Let texts of the authority be taken over; they follow what was typed."""
        angebote = self.angebote.get(schluessel)
        if angebote:
            self.fields[f"{_BAUSTEIN}{schluessel}"] = forms.MultipleChoiceField(
                label=f"Textbausteine einfügen: {bezeichnung}",
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(a.baustein.pk), f"{a.baustein.titel}: {a.text}") for a in angebote],
                help_text="Beim Speichern steht der gewählte Text hinter Ihrem eigenen.",
            )

    def inhaltsfelder(self) -> Iterator[Inhaltsfeld]:
        """Return the contents of the Rechtsstand in statutory order."""
        for zeile in self.zeilen:
            feld = self[f"{_PRAEFIX}{zeile.inhalt.schluessel}"]
            name = f"{_BAUSTEIN}{zeile.inhalt.schluessel}"
            bausteine = self[name] if name in self.fields else None
            yield Inhaltsfeld(zeile, feld, GRADE[zeile.inhalt.grad], bausteine)

    def weitere_felder(self) -> list[BoundField]:
        """Return the texts that an older version has left."""
        return [self[f"{_PRAEFIX}{schluessel}"] for schluessel, _ in self.weitere]

    def texte(self) -> dict[str, str]:
        """Return what was typed, by key of the content, with the texts taken over behind it."""
        return {
            (schluessel := name.removeprefix(_PRAEFIX)): self._with_bausteine(schluessel, text)
            for name, text in self.cleaned_data.items()
            if name.startswith(_PRAEFIX)
        }

    def _with_bausteine(self, schluessel: str, text: str) -> str:
        gewaehlt = self.cleaned_data.get(f"{_BAUSTEIN}{schluessel}", [])
        teile = [
            a.text for a in self.angebote.get(schluessel, ()) if str(a.baustein.pk) in gewaehlt
        ]
        return "\n\n".join(teil for teil in (text.strip(), *teile) if teil)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        datum: date | None = cleaned.get("datum")
        ueberpruefung: date | None = cleaned.get("ueberpruefung_am")
        hindernis = ueberpruefung_nach_dem_plan(datum, ueberpruefung) if datum else None
        if hindernis is not None:
            self.add_error("ueberpruefung_am", f"{hindernis.text} ({hindernis.norm})")
        return cleaned


class RueckgabeForm(BasisForm):
    """Why a submitted version goes back."""

    grund = forms.CharField(
        label="Was soll überarbeitet werden?",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Der Grund steht über dem Entwurf, bis er wieder vorgelegt wird.",
    )
    absenden = "Zurückgeben"
