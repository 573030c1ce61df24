"""Forms of the Bedarfsermittlung: one page, nine Lebensbereiche."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from crispy_forms.layout import Fieldset
from django import forms
from django.forms.boundfield import BoundField

from cases.forms.basis import BasisForm, group_field
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.schreiben.forms.brief import AngabenForm, text_field
from cases.textbaustein.forms import stellen_of
from gesamtplan.models import Instrumentfassung, Lebensbereich
from gesamtplan.models.angaben import Befund, Mengenangabe
from gesamtplan.models.bedarf import ZEITABSCHNITTE
from gesamtplan.models.stand import antwortfeld
from gesamtplan.states import Bedarfseinheit, Redestimme
from recht.instrumente import ROLLEN, Bogen, Feld

# What belongs into a Lebensbereich, in everyday words.
_BEISPIELE = {
    "d1": "zuhören, lesen, schreiben, rechnen, Probleme lösen, Entscheidungen treffen",
    "d2": "den Tag planen, Aufgaben beginnen und beenden, mit Stress umgehen",
    "d3": "verstehen und sich verständlich machen, Gespräche führen, Telefon und Geräte nutzen",
    "d4": "gehen, sich bewegen, Gegenstände tragen, Bus und Bahn benutzen",
    "d5": "sich waschen, pflegen und kleiden, essen und trinken, auf die Gesundheit achten",
    "d6": "wohnen, einkaufen, kochen, den Haushalt führen, anderen helfen",
    "d7": "Beziehungen zu Familie, Freunden und Bekannten, Umgang mit Fremden",
    "d8": "Schule, Ausbildung, Arbeit, Umgang mit Geld",
    "d9": "Freizeit, Vereine, Religion, Wahlen und andere staatsbürgerliche Rechte",
}
_FELDER = (
    (
        "beeintraechtigung",
        "Beeinträchtigung von Aktivität und Teilhabe",
        "Was gelingt nicht oder nur mit Hilfe, nicht nur vorübergehend, und woran fehlt die "
        "Teilhabe?",
    ),
    (
        "barrieren",
        "Barrieren",
        "Was hindert in der Umgebung: Wege, Geräte, Haltungen anderer, fehlende Dienste?",
    ),
    ("ressourcen", "Ressourcen", "Was gelingt gut? Was kann und weiß die Person?"),
    (
        "foerderfaktoren",
        "Förderfaktoren",
        "Wer oder was hilft schon: Familie, Nachbarschaft, Hilfsmittel, Dienste?",
    ),
    ("wunsch", "Wunsch der Person", "Möglichst in den eigenen Worten der Person."),
    ("bedarf", "Bedarf", "Welche Unterstützung ist nötig, wobei, wie oft und wie lange?"),
)
_OHNE = "ohne_beeintraechtigung"
_JA_NEIN = [("ja", "ja"), ("nein", "nein")]


class MengeInput(forms.TextInput):
    """Shows a number as an office writes it: 2,5."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return value or None


class MengeField(forms.CharField):
    """An extent such as 6 or 2,5; empty means that none is agreed."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "fw-eingabe--kurz"}
        super().__init__(widget=MengeInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the Decimal, None for nothing."""
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            zahl = Decimal(text.replace(",", "."))
        except InvalidOperation:
            zahl = Decimal("NaN")
        # A number with more figures than can be rounded is out of bounds anyway.
        if zahl.is_finite() and not 0 < zahl < 10**6:
            raise forms.ValidationError(
                "Die Menge muss größer als null und kleiner als 1 Mio. sein."
            )
        if not zahl.is_finite() or zahl != round(zahl, 2):
            raise forms.ValidationError(
                f"„{text}“ ist keine Menge. Schreiben Sie zum Beispiel 2,5 oder 30."
            )
        return zahl


@dataclass(frozen=True)
class Abschnitt:
    """One Lebensbereich of the form; open when something stands in it or an error does."""

    code: str
    titel: str
    beispiele: str
    felder: tuple[BoundField, ...]
    offen: bool
    gefuellt: int


class _Bedarfsfelder(BasisForm):
    """The talk, six texts for each of the nine Lebensbereiche, and the summary."""

    datum = DatumField(label="Datum des Gesprächs")
    instrument = forms.CharField(
        label="Instrument",
        max_length=100,
        help_text="Womit wird der Bedarf ermittelt? Zum Beispiel BEI_BW oder HMB-W.",
    )
    beteiligte = forms.CharField(
        label="Beteiligte",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Eine Person je Zeile mit ihrer Rolle, zum Beispiel „Emil Muster, "
        "leistungsberechtigte Person“. Andere Stellen nur mit Zustimmung der Person.",
    )
    ergebnis = forms.CharField(
        label="Zusammenfassung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ergebnis in wenigen Sätzen. Besteht kein Bedarf, halten Sie es hier fest.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, titel in Lebensbereich.choices:
            for name, label, hilfe in _FELDER:
                self.fields[f"{code}_{name}"] = forms.CharField(
                    label=label,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 3}),
                    help_text=hilfe,
                )
                group_field(self.fields[f"{code}_{name}"], titel)
            ohne = forms.BooleanField(label="Besprochen, keine Beeinträchtigung", required=False)
            group_field(ohne, titel)
            self.fields[f"{code}_{_OHNE}"] = ohne

    def abschnitte(self) -> Iterator[Abschnitt]:
        """Return the nine Lebensbereiche with their fields, as the page shows them."""
        for code, titel in Lebensbereich.choices:
            felder = tuple(self[f"{code}_{name}"] for name, _, _ in _FELDER)
            ohne = self[f"{code}_{_OHNE}"]
            gefuellt = sum(bool(feld.value()) for feld in felder)
            offen = bool(gefuellt) or any(feld.errors for feld in (*felder, ohne))
            yield Abschnitt(code, str(titel), _BEISPIELE[code], (*felder, ohne), offen, gefuellt)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for code in Lebensbereich.values:
            beschrieben = cleaned.get(f"{code}_beeintraechtigung") or cleaned.get(f"{code}_bedarf")
            if cleaned.get(f"{code}_{_OHNE}") and beschrieben:
                self.add_error(
                    f"{code}_{_OHNE}",
                    "Das passt nicht zu der beschriebenen Beeinträchtigung oder dem Bedarf.",
                )
        return cleaned

    def befunde(self) -> dict[str, Befund]:
        """Return what was typed, by code of the Lebensbereich."""
        return {
            code: Befund(
                **{name: self.cleaned_data[f"{code}_{name}"] for name, _, _ in _FELDER},
                ohne_beeintraechtigung=self.cleaned_data[f"{code}_{_OHNE}"],
            )
            for code in Lebensbereich.values
        }


class BedarfNeuForm(_Bedarfsfelder):
    """Begins a Bedarfsermittlung with what was found already.

    Of a repetition it asks why it comes before its time, and whether it begins with the findings
    of the last one.
    """

    grund = forms.CharField(
        label="Warum schon wieder?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nur, wenn die letzte Bedarfsermittlung weniger als zwei Jahre her ist.",
    )

    instrumentfassung = forms.ChoiceField(
        label="Mit den Bögen von",
        required=False,
        help_text="Dann tragen Sie auch die Fragen dieses Instruments ein; es bleibt bei dieser "
        "Fassung bis zum Abschluss.",
    )

    def __init__(
        self,
        *args: Any,
        wiederholt: bool = False,
        fassungen: Sequence[Instrumentfassung] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not wiederholt:
            del self.fields["grund"]
        wahl = [
            (str(f.pk), f"{f}{'' if f.vollstaendig else ' (unvollständig)'}") for f in fassungen
        ]
        if wahl:
            cast("forms.ChoiceField", self.fields["instrumentfassung"]).choices = [
                ("", "ohne Bögen, nur die Lebensbereiche"),
                *wahl,
            ]
        else:
            del self.fields["instrumentfassung"]


class BogenForm(StandForm):
    """One sheet of the instrument: its questions as fields, each with who speaks."""

    def __init__(self, *args: Any, bogen: Bogen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bogen = bogen
        for feld in bogen.felder:
            self.fields[antwortfeld(feld.schluessel)] = _antwortfeld(feld)

    def abschnitte(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Return the sections with their fields, as the page shows them."""
        for abschnitt in self.bogen.abschnitte:
            felder = [self[antwortfeld(feld.schluessel)] for feld in abschnitt.felder]
            yield abschnitt.titel, felder

    def antworten(self) -> dict[str, str]:
        """Return what was typed, by key of the question; a day as ISO."""
        return {
            feld.schluessel: str(self.cleaned_data[antwortfeld(feld.schluessel)] or "")
            for feld in self.bogen.felder
        }


def _antwortfeld(feld: Feld) -> forms.Field:
    """Return the form field of a question; nothing is required before the survey is closed."""
    hilfe = f"Es spricht: {ROLLEN[feld.rolle]}." + (" Pflichtfrage." if feld.pflicht else "")
    angaben: dict[str, Any] = {"label": feld.frage, "required": False, "help_text": hilfe}
    if feld.art == "tag":
        return DatumField(**angaben)
    if feld.art == "zeile":
        return forms.CharField(max_length=200, **angaben)
    if feld.art == "text":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **angaben)
    stufen = [(w, f"{w} – {t}") for w, t in feld.skala.stufen] if feld.skala else _JA_NEIN
    return forms.ChoiceField(choices=[("", "keine Angabe"), *stufen], **angaben)


class BedarfForm(_Bedarfsfelder, StandForm):
    """What was found so far, to be changed."""


class AussageForm(BasisForm):
    """What somebody said, in the person's or another's own words."""

    lebensbereich = forms.ChoiceField(label="Lebensbereich", choices=Lebensbereich.choices)
    stimme = forms.ChoiceField(label="Wer spricht", choices=Redestimme.choices)
    urheber = forms.CharField(label="Name", max_length=200)
    am = DatumField(label="Gesagt am")
    text = forms.CharField(
        label="Aussage",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Wörtlich. Was hier steht, wird nicht mehr geändert; wer es später anders sieht, "
        "bekommt einen eigenen Eintrag.",
    )
    abweichend = forms.BooleanField(
        label="Sieht es anders als die Feststellung",
        required=False,
        help_text="Abweichende Sichtweisen bleiben neben der Feststellung stehen.",
    )
    absenden = "Aussage festhalten"


_ABSCHNITTSFELDER = ("von", "bis", "menge", "einheit", "begruendung")


class MengenForm(StandForm):
    """How much is needed in one Lebensbereich, in up to three stretches of time."""

    absenden = "Mengen speichern"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nummer in ZEITABSCHNITTE:
            felder: dict[str, forms.Field] = {
                "von": DatumField(label="Von", required=False),
                "bis": DatumField(label="Bis", required=False),
                "menge": MengeField(label="Menge", required=False),
                "einheit": forms.ChoiceField(
                    label="Einheit",
                    required=False,
                    choices=[("", "Bitte auswählen"), *Bedarfseinheit.choices],
                ),
                "begruendung": forms.CharField(
                    label="Begründung",
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 2}),
                    help_text="Woraus sich die Menge ergibt. Sie wird nie aus Einstufungen "
                    "errechnet.",
                ),
            }
            for name, feld in felder.items():
                group_field(feld, f"Zeitabschnitt {nummer}")
                self.fields[f"{name}_{nummer}"] = feld
        self.layout = tuple(  # as many as there are stretches
            Fieldset(f"Zeitabschnitt {n}", *(f"{name}_{n}" for name in _ABSCHNITTSFELDER))
            for n in ZEITABSCHNITTE
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        bisher: date | None = date.min
        for nummer in ZEITABSCHNITTE:
            werte = {name: cleaned.get(f"{name}_{nummer}") for name in _ABSCHNITTSFELDER}
            if not any(werte.values()):
                continue
            for name in ("von", "menge", "einheit", "begruendung"):
                if not werte[name] and f"{name}_{nummer}" not in self.errors:
                    self.add_error(f"{name}_{nummer}", "Bitte ausfüllen.")
            von, bis = werte["von"], werte["bis"]
            if von and bis and bis < von:
                self.add_error(f"bis_{nummer}", "Das Ende liegt vor dem Beginn.")
            if von and (bisher is None or von <= bisher):
                self.add_error(f"von_{nummer}", "Der vorige Zeitabschnitt endet erst später.")
            bisher = bis
        return cleaned

    def mengen(self) -> list[Mengenangabe]:
        """Return what was typed, in the order of the stretches."""
        data = self.cleaned_data
        return [
            Mengenangabe(
                data[f"von_{n}"],
                data[f"menge_{n}"],
                data[f"einheit_{n}"],
                data[f"begruendung_{n}"],
                data[f"bis_{n}"],
            )
            for n in ZEITABSCHNITTE
            if data.get(f"menge_{n}")
        ]


class GespraechForm(AngabenForm):
    """When and where to talk, about what."""

    thema = forms.CharField(
        label="Worüber?", max_length=300, help_text="Ein Satz, der mit einem Punkt endet."
    )
    termin = DatumField(label="Tag")
    uhrzeit = forms.TimeField(
        label="Uhrzeit", widget=forms.TimeInput(attrs={"type": "time"}), input_formats=["%H:%M"]
    )
    ort = forms.CharField(label="Ort", max_length=200, help_text="Raum und Anschrift.")
    mitbringen = text_field("Was hilft?", "Je Zeile ein Punkt.", rows=3, pflicht=False)
    textstellen = stellen_of(
        "schreiben.gespraech.",
        "Einladung zum Gespräch",
        "§ 117 Abs. 1 SGB IX",
        mitbringen="Was hilft",
    )
    layout = ("thema", "termin", "uhrzeit", "ort", "mitbringen")

    def clean(self) -> dict[str, Any]:
        """Refuse a day that has passed."""
        data = super().clean() or self.cleaned_data
        self._only_later("termin")
        return data
