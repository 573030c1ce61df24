"""Forms of a Gutachten: question and experts, choice, receipt, use in the Bedarf."""

from __future__ import annotations

from typing import Any, cast

from crispy_forms.layout import Fieldset
from django import forms

from cases.forms.basis import BasisForm, group_field
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models import Unterlage
from gesamtplan.gutachten.queries import expertenfeld
from gesamtplan.models import Gutachten, Lebensbereich
from gesamtplan.models.angaben import Gutachtenangaben, Sachverstaendigenangabe
from gesamtplan.models.gutachten import BENANNTE
from gesamtplan.states.gutachten import Wahldurch


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _experte(nummer: int) -> dict[str, forms.Field]:
    return {
        "name": forms.CharField(label="Name", max_length=200, required=False),
        "fachgebiet": forms.CharField(label="Fachgebiet", max_length=200, required=False),
        "anschrift": forms.CharField(
            label="Anschrift",
            max_length=300,
            required=False,
            widget=_area(2),
            help_text="Straße und Ort, je eine Zeile.",
        ),
        "zugang": forms.CharField(
            label="Weg und Barrieren",
            max_length=200,
            required=False,
            help_text="Wie weit es ist und ob die Person hinein- und sich verständigen kann.",
        ),
    }


class GutachtenForm(StandForm):
    """What is asked, whom the person may choose from, and why the rule is departed from."""

    anlass = forms.CharField(
        label="Worum geht es?", widget=_area(3), help_text="Nur, was für das Gutachten nötig ist."
    )
    fragen = forms.CharField(
        label="Fragen an das Gutachten",
        widget=_area(5),
        help_text="Je Absatz eine Frage. Nur was für die Entscheidung nötig ist "
        "(§ 67a Abs. 1 SGB X).",
    )
    weniger_grund = forms.CharField(
        label="Warum weniger als drei Sachverständige?",
        required=False,
        widget=_area(2),
        help_text="Zum Beispiel: Nur das Gesundheitsamt kommt infrage.",
    )
    neu_grund = forms.CharField(
        label="Warum genügt nicht, was schon vorliegt?",
        required=False,
        widget=_area(2),
        help_text="Nur wenn schon ein Gutachten, ein Befund oder Feststellungen eines anderen "
        "Trägers in der Akte liegen (§ 96 SGB X).",
    )
    absenden = "Speichern"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nummer in BENANNTE:
            for name, feld in _experte(nummer).items():
                group_field(feld, f"Sachverständige {nummer}")
                self.fields[expertenfeld(name, nummer)] = feld
        self.layout = (  # as many as there are experts
            "anlass",
            "fragen",
            *(
                Fieldset(
                    f"Sachverständige {nummer}",
                    *(expertenfeld(name, nummer) for name in _experte(nummer)),
                )
                for nummer in BENANNTE
            ),
            "weniger_grund",
            "neu_grund",
        )

    def clean(self) -> dict[str, Any]:
        """Ask for name and address of everybody of whom anything is said."""
        cleaned = super().clean()
        for nummer in BENANNTE:
            werte = {name: cleaned.get(expertenfeld(name, nummer)) for name in _experte(nummer)}
            if not any(werte.values()):
                continue
            for name in ("name", "anschrift"):
                feld = expertenfeld(name, nummer)
                if not werte[name] and feld not in self.errors:
                    self.add_error(feld, "Bitte ausfüllen; der Brief braucht Name und Anschrift.")
        return cleaned

    def angaben(self) -> Gutachtenangaben:
        """Return what was typed; experts without a name are left out."""
        data = self.cleaned_data
        return Gutachtenangaben(
            data["anlass"],
            data["fragen"],
            tuple(
                Sachverstaendigenangabe(
                    **{name: data[expertenfeld(name, nummer)] for name in _experte(nummer)}
                )
                for nummer in BENANNTE
                if data[expertenfeld("name", nummer)]
            ),
            data["weniger_grund"],
            data["neu_grund"],
        )


class WahlForm(BasisForm):
    """Whom the person has chosen, and when."""

    wahl = forms.TypedChoiceField(
        label="Wer schreibt das Gutachten?", coerce=int, widget=forms.RadioSelect
    )
    durch = forms.ChoiceField(
        label="Gewählt hat", choices=Wahldurch.choices, widget=forms.RadioSelect
    )
    am = DatumField(label="Gewählt am")
    grund = forms.CharField(
        label="Warum nicht die Person?",
        required=False,
        widget=_area(2),
        help_text="Nur wenn die Behörde gewählt hat.",
    )
    absenden = "Wahl festhalten"

    def __init__(self, *args: Any, row: Gutachten, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["wahl"]).choices = [
            (eine.nummer, str(eine)) for eine in row.sachverstaendige.all()
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where the authority has chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("durch") == Wahldurch.BEHOERDE and not cleaned.get("grund"):
            self.add_error("grund", "Bitte begründen Sie, warum nicht die Person gewählt hat.")
        return cleaned


class EingangForm(BasisForm):
    """When the Gutachten came, and where it is in the file."""

    am = DatumField(label="Eingegangen am")
    unterlage = forms.ModelChoiceField(
        label="In der Akte",
        queryset=Unterlage.objects.none(),
        required=False,
        empty_label="noch nicht abgelegt",
        help_text="Gezeigt werden die Unterlagen der Art „Gutachten“.",
    )
    absenden = "Eingang festhalten"

    def __init__(self, *args: Any, unterlagen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Unterlage]", self.fields["unterlage"]).queryset = unterlagen


class VerwertungForm(BasisForm):
    """What the Gutachten finds, by Lebensbereich."""

    absenden = "Im Bedarf verwerten"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, titel in Lebensbereich.choices:
            self.fields[code] = forms.CharField(label=str(titel), required=False, widget=_area(3))

    def clean(self) -> dict[str, Any]:
        """Ask for at least one finding."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(self.texte(cleaned).values()):
            self.add_error(
                Lebensbereich.D1.value,
                "Bitte halten Sie in mindestens einem Lebensbereich fest, was das Gutachten "
                "feststellt.",
            )
        return cleaned

    def texte(self, data: dict[str, Any] | None = None) -> dict[str, str]:
        """Return the findings by code of the Lebensbereich."""
        werte = self.cleaned_data if data is None else data
        return {code: str(werte.get(code) or "") for code in Lebensbereich.values}
