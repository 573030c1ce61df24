"""Forms of the directory: entries, contacts, services, prices, merging."""

from __future__ import annotations

import re
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from cases.forms.anschrift import ANSCHRIFT_LAYOUT, AnschriftMixin
from cases.forms.basis import BasisForm, form_helper
from cases.forms.felder import DatumField, EuroField
from cases.forms.stand import StandForm
from cases.models import Gattung, Preiseinheit, Stellenart, Traegerart, Verzeichniseintrag
from cases.verzeichnis.queries.doppel import aehnliche_eintraege
from cases.verzeichnis.queries.verzeichnis import Bereich, felder_of, has_traeger
from recht.kataloge import LEBENSBEREICHE, Eintrag, alle_eintraege
from recht.rechtsstand import Rechtsstand

# One number or several, with an extension.
_TELEFONWORT = re.compile(r"^(?:Telefon|Tel|Fon|Mobil)\b[.:]*\s*", re.IGNORECASE)
_TELEFON = re.compile(
    r"\+?[0-9 ()/.–-]+(?:(?:,|;|oder|und|bis|Durchwahl|App\.)[ ]*\+?[0-9 ()/.–-]+)*", re.IGNORECASE
)


class TelefonField(forms.CharField):
    """A phone number as one writes it: digits, spaces, + / - ( )."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "tel", "autocomplete": "off"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        """What stands before the number in a letterhead is no part of it."""
        return _TELEFONWORT.sub("", super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        ziffern = len(re.findall(r"[0-9]", value))
        if not _TELEFON.fullmatch(value) or ziffern < 3:
            raise ValidationError(
                f"„{value}“ ist keine Telefonnummer. Bitte schreiben Sie Ziffern, zum Beispiel "
                "07999 100-22, auch mehrere („07999 100-0 oder -22“). Wer wann zu erreichen ist, "
                "steht bei der Ansprechperson.",
                code="form",
            )


class KennzeichenField(forms.CharField):
    """An Institutionskennzeichen (§ 293 Abs. 1 SGB V): nine digits."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "fw-eingabe--kurz"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s+", "", super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(r"[0-9]{9}", value):
            raise ValidationError(
                f"„{value}“ ist kein Institutionskennzeichen: Es hat neun Ziffern.", code="form"
            )


class GueltigForm(StandForm):
    """Something that holds from one day to another; both may be open."""

    gueltig_ab = DatumField(label="Gültig ab", required=False)
    gueltig_bis = DatumField(label="Gültig bis", required=False, help_text="Leer: ohne Ende.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        ab, bis = cleaned.get("gueltig_ab"), cleaned.get("gueltig_bis")
        if ab and bis and bis < ab:
            self.add_error("gueltig_bis", "Das Ende liegt vor dem Beginn.")
        return cleaned


def _arten(bereich: Bereich) -> list[tuple[str, str]]:
    if bereich.gattung == Gattung.LEISTUNGSTRAEGER:
        return list(Traegerart.choices)
    return [(art, str(Stellenart(art).label)) for art in bereich.arten]


class EintragForm(AnschriftMixin, GueltigForm):
    """An entry; while adding, look-alikes are shown and must be confirmed to be others."""

    art = forms.ChoiceField(label="Art")
    name = forms.CharField(label="Name", max_length=200)
    fachrichtung = forms.CharField(
        label="Fachrichtung",
        max_length=100,
        required=False,
        help_text="Zum Beispiel Neurologie oder Psychiatrie.",
    )
    telefon = TelefonField(label="Telefon", required=False)
    email = forms.EmailField(label="E-Mail", max_length=254, required=False)
    institutionskennzeichen = KennzeichenField(
        label="Institutionskennzeichen", required=False, help_text="Neun Ziffern, falls bekannt."
    )
    trotzdem = forms.BooleanField(label="Es ist ein anderer Eintrag", required=False)

    def __init__(
        self, *args: Any, bereich: Bereich, eintrag: Verzeichniseintrag | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bereich, self.eintrag = bereich, eintrag
        self.aehnliche: list[Verzeichniseintrag] = []
        arten = _arten(bereich)
        if len(arten) < 2 or eintrag is not None:
            # The kind decides what the entry may be used for; it never changes afterwards.
            del self.fields["art"]
        else:
            cast("forms.ChoiceField", self.fields["art"]).choices = [
                ("", "Bitte auswählen"),
                *arten,
            ]
        if not {Stellenart.ARZT.value, Stellenart.GUTACHTER.value} & set(bereich.arten):
            del self.fields["fachrichtung"]

    @property
    def helper(self) -> FormHelper:
        oben = [name for name in ("art", "name", "fachrichtung") if name in self.fields]
        return form_helper(
            (
                *(["trotzdem"] if self.aehnliche else []),
                Fieldset("Wer", *oben, "institutionskennzeichen"),
                Fieldset("Wo", *ANSCHRIFT_LAYOUT),
                Fieldset("Erreichbar", Row(Column("telefon"), Column("email"))),
                Fieldset("Gültigkeit", Row(Column("gueltig_ab"), Column("gueltig_bis"))),
            )
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.clean_anschrift(cleaned)
        name = cleaned.get("name")
        ohne = self.eintrag.pk if self.eintrag else None
        if name and self.bereich.gattung == Gattung.LEISTUNGSTRAEGER and has_traeger(name, ohne):
            self.add_error("name", "Einen Leistungsträger mit diesem Namen gibt es schon.")
        if self.eintrag is None and name:
            self._warn_of_doubles(cleaned)
        return cleaned

    def _warn_of_doubles(self, cleaned: dict[str, Any]) -> None:
        self.aehnliche = aehnliche_eintraege(self.bereich.gattung, {**cleaned, "art": self._art()})
        if self.aehnliche and not cleaned.get("trotzdem"):
            self.add_error(
                "trotzdem",
                "Es gibt schon ähnliche Einträge. Bitte nehmen Sie einen davon, oder bestätigen "
                "Sie, dass dies ein anderer ist.",
            )

    def _art(self) -> str:
        chosen = str(self.cleaned_data.get("art") or "")
        return chosen or (self.bereich.arten[0] if len(self.bereich.arten) == 1 else "")

    @property
    def werte(self) -> dict[str, Any]:
        """Return the facts as the service takes them."""
        werte = {n: v for n, v in self.eingaben.items() if n not in {"trotzdem", "art"}}
        if self.eintrag is None and self._art():
            werte["art"] = self._art()
        return werte


class BeendenForm(StandForm):
    """The last day of an entry."""

    gueltig_bis = DatumField(label="Letzter Tag")
    layout = ("gueltig_bis",)
    absenden = "Eintrag beenden"


class LoeschenForm(BasisForm):
    """Nothing to fill in: the page says what goes, the button says yes."""

    absenden = "Eintrag löschen"


class AnsprechpersonForm(GueltigForm):
    """Whom one reaches at an entry."""

    name = forms.CharField(label="Name", max_length=150)
    funktion = forms.CharField(
        label="Aufgabe",
        max_length=150,
        required=False,
        help_text="Zum Beispiel Reha-Beratung oder Leitung Ambulant Betreutes Wohnen.",
    )
    telefon = TelefonField(label="Telefon", required=False)
    email = forms.EmailField(label="E-Mail", max_length=254, required=False)
    layout = (
        "name",
        "funktion",
        Row(Column("telefon"), Column("email")),
        Row(Column("gueltig_ab"), Column("gueltig_bis")),
    )
    absenden = "Ansprechperson speichern"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("telefon") or cleaned.get("email")) and not self.errors:
            self.add_error("telefon", "Bitte Telefon oder E-Mail eintragen.")
        return cleaned


def _epoche(eintrag: Eintrag) -> str:
    if Rechtsstand.B in eintrag.rechtsstaende:
        return "seit 2018" if Rechtsstand.UE in eintrag.rechtsstaende else "seit 2020"
    return "bis 2019" if Rechtsstand.UE in eintrag.rechtsstaende else "bis 2017"


def _katalog(name: str, leer: str) -> list[Any]:
    """Choices of a catalogue grouped by when they hold, the present law first."""
    gruppen: dict[str, list[tuple[str, str]]] = {}
    for eintrag in sorted(alle_eintraege(name), key=_epoche, reverse=True):
        zeile = (eintrag.schluessel, f"{eintrag.bezeichnung} ({eintrag.norm})")
        gruppen.setdefault(_epoche(eintrag), []).append(zeile)
    return [("", leer), *gruppen.items()]


class AngebotForm(GueltigForm):
    """A service of a provider."""

    name = forms.CharField(
        label="Bezeichnung",
        max_length=200,
        help_text="Zum Beispiel „Assistenz im eigenen Wohnraum“.",
    )
    leistungsgruppe = forms.ChoiceField(label="Leistungsgruppe")
    leistungstyp = forms.ChoiceField(label="Leistung", required=False)
    lebensbereiche = forms.MultipleChoiceField(
        label="Lebensbereiche",
        required=False,
        choices=[(b.code, f"{b.code} {b.name}") for b in LEBENSBEREICHE],
        widget=forms.CheckboxSelectMultiple,
        help_text="Wofür das Angebot gedacht ist (§ 118 Abs. 1 SGB IX).",
    )
    ort = forms.CharField(
        label="Ort der Leistung",
        max_length=100,
        required=False,
        help_text="Leer: am Sitz oder bei der Person.",
    )
    layout = (
        Fieldset("Was", "name", "leistungsgruppe", "leistungstyp", "ort", "lebensbereiche"),
        Fieldset("Gültigkeit", Row(Column("gueltig_ab"), Column("gueltig_bis"))),
    )
    absenden = "Angebot speichern"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for feld, katalog, leer in (
            ("leistungsgruppe", "leistungsgruppen", "Bitte auswählen"),
            ("leistungstyp", "leistungskatalog", "keine Angabe"),
        ):
            cast("forms.ChoiceField", self.fields[feld]).choices = _katalog(katalog, leer)


class PreisForm(GueltigForm):
    """A price with its agreement and its days."""

    betrag = EuroField(label="Betrag in Euro")
    einheit = forms.ChoiceField(
        label="Je", choices=[("", "Bitte auswählen"), *Preiseinheit.choices]
    )
    vereinbarung = forms.CharField(
        label="Vereinbarung",
        max_length=200,
        help_text="Zum Beispiel „Vergütungsvereinbarung vom 12.01.2026, Az. 4711“.",
    )
    layout = (
        Row(Column("betrag"), Column("einheit")),
        "vereinbarung",
        Row(Column("gueltig_ab"), Column("gueltig_bis")),
    )
    absenden = "Preis speichern"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gueltig_ab"].required = True
        self.fields["gueltig_ab"].error_messages["required"] = "Bitte ausfüllen."

    def clean_betrag(self) -> Any:
        """Refuse a price of nothing."""
        betrag = self.cleaned_data["betrag"]
        if betrag <= 0:
            raise ValidationError("Der Betrag muss größer als null sein.")
        if betrag >= 10**8:
            raise ValidationError("Der Betrag ist zu hoch.")
        return betrag


class ZusammenfuehrungForm(BasisForm):
    """Which of two entries stays, and for each differing field whose value it takes."""

    bleibt = forms.ChoiceField(label="Welcher Eintrag bleibt?", widget=forms.RadioSelect)
    absenden = "Zusammenführen"

    def __init__(
        self, *args: Any, eins: Verzeichniseintrag, zwei: Verzeichniseintrag, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.eins, self.zwei = eins, zwei
        self.unterschiede = [
            name for name in felder_of(type(eins)) if getattr(eins, name) != getattr(zwei, name)
        ]
        cast("forms.ChoiceField", self.fields["bleibt"]).choices = [
            (str(row.pk), f"Eintrag {row.pk}: {', '.join((row.name, *row.anschriftzeilen()))}")
            for row in (eins, zwei)
        ]
        self.fields["bleibt"].initial = str(eins.pk)
        for name in self.unterschiede:
            self.fields[f"feld_{name}"] = forms.ChoiceField(
                label=feldname(eins, name),
                choices=[(str(row.pk), shown(row, name)) for row in (eins, zwei)],
                widget=forms.RadioSelect,
                initial=str((eins if getattr(eins, name) else zwei).pk),
                error_messages={"required": "Bitte auswählen."},
            )

    @property
    def helper(self) -> FormHelper:
        felder = [f"feld_{name}" for name in self.unterschiede]
        was = [Fieldset("Was soll im verbleibenden Eintrag stehen?", *felder)] if felder else []
        return form_helper(("bleibt", *was))

    @property
    def paar(self) -> tuple[Any, Any]:
        """Return the entry that stays and the one that goes."""
        rows: tuple[Any, Any] = (self.eins, self.zwei)
        return rows if self.cleaned_data["bleibt"] == str(self.eins.pk) else (rows[1], rows[0])

    @property
    def werte(self) -> dict[str, Any]:
        """Return the chosen value of each differing field."""
        by_pk = {str(row.pk): row for row in (self.eins, self.zwei)}
        return {
            name: getattr(by_pk[self.cleaned_data[f"feld_{name}"]], name)
            for name in self.unterschiede
        }


class RueckgaengigForm(BasisForm):
    """Nothing to fill in: the page says what happens."""

    absenden = "Rückgängig machen"


def shown(row: Model, name: str) -> str:
    """Return a value as one reads it."""
    value = getattr(row, name)
    if value is None or value == "":
        return "keine Angabe"
    return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value)


def feldname(row: Model, name: str) -> str:
    """Return what a field is called."""
    field: Any = row._meta.get_field(name)
    return str(field.verbose_name)
