"""Forms around a Frist: start one, let it stand still, let it run on. None moves a day."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from recht.fehler import RechtFehler
from recht.fristkatalog import Pausengrund, Verlaengerungsgrund, katalog, regeln_mit
from recht.laenge import read_laenge


class FristForm(BasisForm):
    """Start a Frist of the catalogue; its end is computed, never typed."""

    regel = forms.ChoiceField(label="Frist")
    ausloeser = DatumField(
        label="Auslöser am",
        help_text="Der Tag, von dem die Frist läuft. Das Ende rechnet Fallwerk.",
    )
    laenge = forms.CharField(
        label="Länge, wenn die Behörde sie setzt",
        required=False,
        max_length=40,
        help_text="Nur bei Anhörung und Mitwirkung, z. B. „2 Wochen“ oder „14 Tage“.",
    )
    layout = ("regel", "ausloeser", "laenge")
    absenden = "Frist berechnen und aufnehmen"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Those with a length of the authority's own come first: they are needed most.
        von_hand = [katalog()[name] for name in regeln_mit("von_hand")]
        regeln = sorted(von_hand, key=lambda r: not r.gesetzt)
        cast("forms.ChoiceField", self.fields["regel"]).choices = [
            ("", "Bitte wählen"),
            *((r.id, f"{r.bezeichnung} ({r.id}): ab {r.ausloeser}") for r in regeln),
        ]

    def clean_laenge(self) -> str:
        """Read the length as the engine will read it."""
        text: str = self.cleaned_data["laenge"].strip()
        if text:
            try:
                read_laenge(text)
            except RechtFehler as error:
                raise forms.ValidationError(str(error)) from error
        return text

    def clean(self) -> dict[str, Any]:
        """A length belongs to those Fristen that the authority sets, and to no other."""
        data = super().clean() or {}
        regel = data.get("regel")
        if regel and data.get("laenge") and not katalog()[regel].gesetzt:
            self.add_error("laenge", "Die Länge dieser Frist steht in der Vorschrift.")
        fehlt = not data.get("laenge") and "laenge" not in self.errors
        if regel and katalog()[regel].laenge_noetig and fehlt:
            self.add_error("laenge", "Bitte geben Sie an, wie lang die gesetzte Frist ist.")
        return data


class FristpauseForm(BasisForm):
    """Why and from when a Frist stands still."""

    grund = forms.ChoiceField(label="Grund")
    von = DatumField(label="Erster Tag der Pause")
    bis = DatumField(
        label="Letzter Tag der Pause",
        required=False,
        help_text="Leer lassen, wenn er noch nicht feststeht.",
    )
    begruendung = forms.CharField(
        label="Begründung",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="Was die Frist aufhält und worauf sich das stützt.",
    )
    layout = ("grund", "von", "bis", "begruendung")
    absenden = "Frist anhalten"

    def __init__(self, *args: Any, gruende: tuple[Pausengrund, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["grund"]).choices = [
            ("", "Bitte wählen"),
            *((g.schluessel, f"{g.text} ({g.norm})" if g.norm else g.text) for g in gruende),
        ]


class VerlaengernForm(BasisForm):
    """A later end, and why."""

    grund = forms.ChoiceField(label="Grund")
    bis = DatumField(
        label="Neues Ende",
        help_text="Der letzte Tag der verlängerten Frist. Fällt er auf einen freien Tag, rückt das "
        "Ende auf den nächsten Werktag.",
    )
    mitgeteilt_am = DatumField(label="Mitgeteilt am", required=False)
    begruendung = forms.CharField(
        label="Begründung",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="Warum die Frist länger wird und wer darum gebeten hat.",
    )
    layout = ("grund", "bis", "mitgeteilt_am", "begruendung")
    absenden = "Frist verlängern"

    def __init__(self, *args: Any, gruende: tuple[Verlaengerungsgrund, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wahl = [(g.schluessel, f"{g.text} ({g.norm})") for g in gruende]
        cast("forms.ChoiceField", self.fields["grund"]).choices = [("", "Bitte wählen"), *wahl]
        self.fields["mitgeteilt_am"].help_text = (
            "Tag der begründeten Mitteilung; sie muss vor dem Ende der Frist liegen "
            "(§ 18 Abs. 1 SGB IX)."
            if any(g.mitteilung for g in gruende)
            else "Freiwillig: wann die Person davon erfahren hat."
        )


class FortsetzenForm(BasisForm):
    """Which day was the last of the pause."""

    bis = DatumField(label="Letzter Tag der Pause")
    layout = ("bis",)
    absenden = "Frist fortsetzen"

    def __init__(self, *args: Any, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bis"].initial = heute


class ErledigtForm(BasisForm):
    """What has answered a Frist that was started by hand."""

    durch = forms.CharField(
        label="Wodurch ist sie erledigt?",
        max_length=200,
        help_text="z. B. „Feststellungen eingegangen“. Bitte ohne Namen.",
    )
    layout = ("durch",)
    absenden = "Als erledigt vermerken"
