"""Forms of a change of the carrier: what is noted, promised and claimed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from crispy_forms.layout import Row
from django import forms
from django.db.models import QuerySet

from budget.models import PersoenlichesBudget, Traegerwechsel
from budget.states.traegerwechsel import Wechselgrund
from budget.traegerwechsel import guards
from budget.verfahren.queries.gebiet import area_on
from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, EuroField
from cases.models import Leistungstraeger
from cases.registry.schritt import Hindernis
from recht.rechtsstand import DECKUNG_BIS, DECKUNG_VON
from recht.umzug import Pause


def _show(form: forms.Form, feld: str, grund: Hindernis | None) -> None:
    if grund is not None:
        form.add_error(feld, f"{grund.text} ({grund.norm})" if grund.norm else grund.text)


def _ohne_leistung(pausen: Sequence[Pause]) -> str:
    """Return which times without Leistung are on record, for who looks for six months of them."""
    if not pausen:
        return "Ohne Leistung: Am Budget ist keine Unterbrechung festgehalten, in der alles ruhte."
    zeiten = (
        f"{pause.von:%d.%m.%Y} {f'bis {pause.bis:%d.%m.%Y}' if pause.bis else 'an'}"
        f"{' (Krankenhaus oder Reha, zählt nicht)' if pause.medizinisch else ''}"
        for pause in pausen
    )
    return f"Festgehalten ohne Leistung: vom {'; vom '.join(zeiten)}."


class WechselForm(BasisForm):
    """To whom, from when, why, known since."""

    an = forms.ModelChoiceField(
        label="Wer wird zuständig?",
        queryset=Leistungstraeger.objects.none(),
        empty_label="Bitte auswählen",
        help_text="Ein Leistungsträger des Verzeichnisses.",
    )
    grund = forms.ChoiceField(
        label="Warum?", choices=Wechselgrund.choices, widget=forms.RadioSelect
    )
    ab = DatumField(label="Zuständig ab", fruehestens=DECKUNG_VON, spaetestens=DECKUNG_BIS)
    bekannt_seit = DatumField(label="Bekannt seit")
    begruendung = forms.CharField(
        label="Woraus ergibt sich das?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="Steht in der Mitteilung an den neuen Träger und im Bescheid.",
    )
    layout = ("an", "grund", Row("ab", "bekannt_seit"), "begruendung")
    absenden = "Trägerwechsel vermerken"

    def __init__(
        self,
        *args: Any,
        traeger: QuerySet[Leistungstraeger],
        budget: PersoenlichesBudget,
        pausen: Sequence[Pause],
        land: str,
        heute: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Leistungstraeger]", self.fields["an"]).queryset = traeger
        self.budget, self.heute = budget, heute
        self.pausen, self.land = pausen, land
        self.fields["grund"].help_text = _ohne_leistung(pausen)
        cast(DatumField, self.fields["bekannt_seit"]).spaetestens = heute

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if an := data.get("an"):
            _show(self, "an", guards.anderer_traeger(an))
        ab, seit, grund = data.get("ab"), data.get("bekannt_seit"), data.get("grund")
        if ab and grund:
            _show(self, "grund", guards.wechsel_nach_dem_gesetz(grund, ab))
            _show(
                self,
                "grund",
                guards.unterbrechung_festgehalten(grund, ab, self.pausen, self.heute, self.land),
            )
            gebiet = area_on(self.budget, ab)
            _show(self, "grund", guards.wohnt_ausserhalb(grund, ab, gebiet))
        if ab and seit:
            _show(self, "ab", guards.tage_des_wechsels(self.budget, ab, seit, self.heute))
        return data


class ZusageForm(BasisForm):
    """The answer of the new carrier."""

    vom = DatumField(label="Zusage vom")
    uebernimmt_ab = DatumField(
        label="Der neue Träger leistet ab",
        help_text="Bis zum Tag davor leisten wir weiter (§ 2 Abs. 3 S. 1 SGB X).",
    )
    aktenzeichen = forms.CharField(label="Aktenzeichen dort", required=False, max_length=60)
    layout = (Row("vom", "uebernimmt_ab"), "aktenzeichen")
    absenden = "Zusage vermerken"

    def __init__(self, *args: Any, row: Traegerwechsel, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.heute = row, heute

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        vom, ab = data.get("vom"), data.get("uebernimmt_ab")
        if vom and ab:
            feld = "vom" if vom > self.heute else "uebernimmt_ab"
            _show(self, feld, guards.zusage_passt(self.row, vom, ab, self.heute))
        return data


class VerlangenForm(BasisForm):
    """When the refund was claimed, and how much."""

    am = DatumField(label="Verlangt am")
    betrag = EuroField(
        label="Betrag",
        help_text="Für einen geteilten Monat nur der Teil seit dem Wechsel.",
    )
    layout = (Row("am", "betrag"),)
    absenden = "Erstattung vermerken"

    def __init__(self, *args: Any, geleistet: Decimal, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.geleistet = geleistet
        cast(DatumField, self.fields["am"]).spaetestens = heute

    def clean_betrag(self) -> Decimal:
        betrag: Decimal = self.cleaned_data["betrag"]
        grund = guards.verlangt_hoechstens(betrag, self.geleistet)
        if grund is not None:
            raise forms.ValidationError(f"{grund.text} ({grund.norm})")
        return betrag
