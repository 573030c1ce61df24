"""Forms of our part in the budget of another carrier."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, cast

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.db.models import QuerySet

from budget.models import Teilnahme
from budget.teilnahme import guards
from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, EuroField, IbanField
from cases.forms.stand import StandForm
from cases.models import Leistungstraeger
from cases.registry.schritt import Hindernis
from recht.geld import STUNDENSATZ_HOECHSTENS, format_euro
from recht.rechtsstand import DECKUNG_BIS, DECKUNG_VON


def _text(
    label: str, hilfe: str = "", *, pflicht: bool = False, zeilen: int = 3
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=pflicht,
        widget=forms.Textarea(attrs={"rows": zeilen}),
        help_text=hilfe,
    )


class _Eingaben(BasisForm):
    """A form that hands over all that is typed."""

    @property
    def eingaben(self) -> dict[str, Any]:
        """Return what is typed, without the mark of the form."""
        return {n: v for n, v in self.cleaned_data.items() if n != "vorgang"}

    def refuse_at(self, feld: str, hindernis: Hindernis | None) -> None:
        """Show a precondition that is not met at its field."""
        if hindernis is not None:
            self.add_error(feld, hindernis.text)


class AnforderungForm(_Eingaben):
    """Who asks, when, for what."""

    traeger = forms.ModelChoiceField(
        label="Leistender Träger",
        queryset=Leistungstraeger.objects.none(),
        empty_label="Bitte wählen",
    )
    aktenzeichen = forms.CharField(label="Aktenzeichen dort", required=False, max_length=60)
    angefordert_am = DatumField(
        label="Angefordert am",
        fruehestens=DECKUNG_VON,
        spaetestens=DECKUNG_BIS,
        help_text="Das Datum des Schreibens. Von diesem Tag an laufen unsere zwei Wochen.",
    )
    eingegangen_am = DatumField(label="Bei uns eingegangen am")
    frage = _text("Was gefragt ist", pflicht=True)
    layout = ("traeger", "aktenzeichen", Row("angefordert_am", "eingegangen_am"), "frage")
    absenden = "Anforderung aufnehmen"

    def __init__(
        self, *args: Any, traeger: QuerySet[Leistungstraeger], heute: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["traeger"]).queryset = traeger
        self._heute = heute

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        angefordert, eingegangen = data.get("angefordert_am"), data.get("eingegangen_am")
        if angefordert and eingegangen:
            hindernis = guards.tage_der_anforderung(angefordert, eingegangen, self._heute)
            self.refuse_at("eingegangen_am", hindernis)
        return data


class StellungnahmeForm(StandForm):
    """The four topics and our part: by weekly hours and rate, or as it is set."""

    bedarf = _text("Bedarf", "Welchen Bedarf wir in unserem Bereich feststellen.", zeilen=4)
    hoehe = _text("Höhe", "Woraus sich unser Teil ergibt.")
    ziele = _text("Inhalt der Zielvereinbarung", "Ziele, Nachweis und Qualität für unseren Teil.")
    beratung = _text("Beratung und Unterstützung", "Was die Person dafür braucht.")
    stunden = forms.DecimalField(
        label="Stunden in der Woche",
        required=False,
        min_value=Decimal("0.25"),
        max_value=Decimal(168),
        decimal_places=2,
    )
    satz = EuroField(label="Satz je Stunde", required=False, hoechstens=STUNDENSATZ_HOECHSTENS)
    betrag = EuroField(
        label="Betrag im Monat",
        required=False,
        help_text="Nur ohne Stunden; sonst wird er gerechnet.",
    )
    abweichung_grund = _text(
        "Woraus der Betrag folgt", "Auch: warum von uns nichts zu leisten ist."
    )
    leistung_von = DatumField(label="Leistung ab", required=False)
    leistung_bis = DatumField(label="Leistung bis", required=False)
    layout = (
        Fieldset("Stellungnahme", "bedarf", "hoehe", "ziele", "beratung"),
        Fieldset(
            "Unser Teilbudget",
            Row("stunden", "satz"),
            "betrag",
            "abweichung_grund",
            Row("leistung_von", "leistung_bis"),
        ),
    )
    absenden = "Stellungnahme speichern"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        hindernis = guards.betrag_hat_grund(
            data.get("stunden"),
            data.get("satz"),
            data.get("betrag"),
            data.get("abweichung_grund") or "",
        )
        if hindernis is not None:
            feld = "abweichung_grund" if data.get("betrag") else "satz"
            self.add_error(feld, hindernis.text)
        von, bis = data.get("leistung_von"), data.get("leistung_bis")
        if von and bis and bis < von:
            self.add_error("leistung_bis", "Das Ende liegt vor dem Anfang.")
        if bis and not von:
            self.add_error("leistung_von", "Bitte geben Sie auch den Anfang an.")
        return data


class ForderungForm(_Eingaben):
    """What the leistende Träger asks back for a time."""

    eingegangen_am = DatumField(label="Eingegangen am")
    von = DatumField(label="Für die Zeit vom")
    bis = DatumField(label="bis zum")
    aufwand = EuroField(
        label="Aufwendungen", help_text="Ohne Verwaltungskosten; die rechnet das Programm dazu."
    )
    iban = IbanField(label="IBAN des Trägers", help_text="Wie in der Forderung angegeben.")
    kassenzeichen = forms.CharField(label="Kassenzeichen dort", required=False, max_length=60)
    layout = ("eingegangen_am", Row("von", "bis"), "aufwand", Row("iban", "kassenzeichen"))
    absenden = "Forderung aufnehmen"

    def __init__(self, *args: Any, teilnahme: Teilnahme, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._teilnahme, self._heute = teilnahme, heute

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        von, bis, am = data.get("von"), data.get("bis"), data.get("eingegangen_am")
        if von and bis and bis < von:
            self.add_error("bis", "Das Ende liegt vor dem Anfang.")
        if von and am:
            hindernis = guards.forderung_nach_beginn(self._teilnahme, von, am, self._heute)
            self.refuse_at("von", hindernis)
        aufwand = data.get("aufwand")
        if aufwand is not None and aufwand <= 0:
            self.add_error("aufwand", "Bitte geben Sie einen Betrag über 0,00 € an.")
        return data


class AnerkennungForm(_Eingaben):
    """How much of a claim is refunded; less needs a reason."""

    anerkannt = EuroField(label="Anerkannte Aufwendungen")
    grund = _text("Gründe", "Nötig, wenn Sie weniger anerkennen, als gefordert ist.")
    layout = ("anerkannt", "grund")
    absenden = "Erstattung anerkennen"

    def __init__(
        self,
        *args: Any,
        aufwand: Decimal,
        hoechstens: Decimal | None,
        angefordert: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._aufwand, self._hoechstens, self._tag = aufwand, hoechstens, angefordert

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        betrag = data.get("anerkannt")
        if betrag is None:
            return data
        if not 0 < betrag <= self._aufwand:
            self.add_error("anerkannt", f"Gefordert sind {format_euro(self._aufwand)}.")
            return data
        hindernis = guards.erstattung_nach_feststellungen(betrag, self._hoechstens, self._tag)
        self.refuse_at("anerkannt", hindernis)
        if betrag < self._aufwand and not data.get("grund", "").strip():
            self.add_error("grund", "Bitte schreiben Sie, warum Sie weniger anerkennen.")
        return data


class AblehnungForm(_Eingaben):
    """Why a claim is refused."""

    grund = _text("Gründe", pflicht=True)
    layout = ("grund",)
    absenden = "Erstattung ablehnen"


class KontoForm(_Eingaben):
    """The account that the carrier has named for its claim."""

    iban = IbanField(label="IBAN des Trägers", help_text="Wie in der Forderung angegeben.")
    kassenzeichen = forms.CharField(label="Kassenzeichen dort", required=False, max_length=60)
    layout = (Row("iban", "kassenzeichen"),)
    absenden = "Konto eintragen"
