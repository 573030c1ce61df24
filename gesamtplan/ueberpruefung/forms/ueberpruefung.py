"""Forms of a review: the talk with a rating per goal and voice, reports, the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField

from cases.forms.basis import BasisForm, group_field
from cases.forms.felder import DatumField
from cases.forms.stand import StandForm
from cases.models import Leistungserbringer
from cases.schreiben.forms.brief import text_field
from cases.schreiben.forms.serie import SerienForm, ZeitraumwahlForm
from cases.textbaustein.forms import stellen_of
from gesamtplan.models import Teilhabeziel
from gesamtplan.models.angaben import Bewertung, Bewertungsstelle, Sprecher
from gesamtplan.models.stand import bewertungsfeld
from gesamtplan.states import Zielstatus
from gesamtplan.states.ueberpruefung import Pruefanlass, Pruefergebnis, Stimme, named_provider

_STATUS = [("", "noch nicht eingeschätzt"), *Zielstatus.choices]


class BeginnForm(BasisForm):
    """Why the goals are looked at."""

    anlass = forms.ChoiceField(label="Anlass", choices=Pruefanlass.choices)
    absenden = "Überprüfung beginnen"


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _add_bewertung(form: BasisForm, ziel: Teilhabeziel, name: str, wer: str) -> None:
    """Add the two fields of one rating under this beginning of their names."""
    bereich = f"Ziel {ziel.nummer}"
    felder: dict[str, forms.Field] = {
        "status": forms.ChoiceField(label=wer, choices=_STATUS, required=False),
        "grund": forms.CharField(label=f"Warum ({wer})", required=False, widget=_area(2)),
    }
    for teil, feld in felder.items():
        group_field(feld, bereich)
        form.fields[f"{name}_{teil}"] = feld


def _add_getan(form: BasisForm, ziel: Teilhabeziel, name: str) -> None:
    feld = forms.CharField(label="Was getan wurde", required=False, widget=_area(2))
    group_field(feld, f"Ziel {ziel.nummer}")
    form.fields[f"{name}_getan"] = feld


def _refuse_half(form: BasisForm, name: str) -> None:
    """Show at its field what a rating lacks."""
    status = form.cleaned_data.get(f"{name}_status")
    grund = (form.cleaned_data.get(f"{name}_grund") or "").strip()
    if status and not grund:
        form.add_error(f"{name}_grund", "Bitte begründen Sie die Einschätzung.")
    getan = (form.cleaned_data.get(f"{name}_getan") or "").strip()
    if (grund or getan) and not status:
        form.add_error(f"{name}_status", "Bitte wählen Sie die Einschätzung.")


def _bewertung(form: BasisForm, name: str) -> Bewertung:
    data = form.cleaned_data
    return Bewertung(
        data.get(f"{name}_status") or "",
        data.get(f"{name}_grund") or "",
        data.get(f"{name}_getan"),
    )


@dataclass(frozen=True)
class Zielabschnitt:
    """One goal of the form with the fields of each voice."""

    ziel: Teilhabeziel
    stimmen: tuple[tuple[BoundField, BoundField], ...]
    gefuellt: int
    offen: bool


class UeberpruefungForm(StandForm):
    """The talk, and for each goal what the person, each provider and the Fallmanagement say."""

    gespraech_am = DatumField(label="Gespräch am", required=False)
    ort = forms.CharField(
        label="Ort",
        required=False,
        max_length=200,
        help_text="Zum Beispiel „Hausbesuch“ oder „Werkstatt, Besprechungsraum“.",
    )
    beteiligte = forms.CharField(
        label="Beteiligte", required=False, widget=_area(3), help_text="Eine Person je Zeile."
    )
    notiz = forms.CharField(
        label="Was sich verändert hat",
        required=False,
        widget=_area(4),
        help_text="Neue Wünsche, neue Umstände, was gut läuft und was fehlt.",
    )
    absenden = "Speichern"

    def __init__(
        self,
        *args: Any,
        ziele: Sequence[Teilhabeziel],
        sprecher: Mapping[UUID, Sequence[Sprecher]],
        heute: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ziele, self.heute = ziele, heute
        self.sprecher = {
            k: [*reihe, *self._typed_nameless(k, reihe)] for k, reihe in sprecher.items()
        }
        for ziel in ziele:
            for einer in self.sprecher[ziel.kennung]:
                _add_bewertung(self, ziel, bewertungsfeld(einer.stelle), einer.wer)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for stelle in self._stellen():
            _refuse_half(self, bewertungsfeld(stelle))
        tag = cleaned.get("gespraech_am")
        vor_dem_gespraech = "gespraech_am" not in self.errors and (tag is None or tag > self.heute)
        if vor_dem_gespraech and self._rated_in_talk():
            self.add_error(
                "gespraech_am",
                "Die Person und das Fallmanagement schätzen die Ziele im Gespräch ein. Bitte "
                "nennen Sie den Tag, an dem es war (§ 117 Abs. 1 Nr. 1 SGB IX).",
            )
        return cleaned

    def _rated_in_talk(self) -> bool:
        return any(
            eine.status and stelle.stimme != Stimme.LEISTUNGSERBRINGER.value
            for stelle, eine in self.bewertungen().items()
        )

    def _typed_nameless(self, kennung: UUID, sprecher: Sequence[Sprecher]) -> Iterator[Sprecher]:
        """Keep what was typed for a provider without a name before one became known."""
        stelle = Bewertungsstelle(kennung, Stimme.LEISTUNGSERBRINGER.value)
        if all(einer.stelle != stelle for einer in sprecher) and any(
            self.data.get(f"{bewertungsfeld(stelle)}_{teil}") for teil in ("status", "grund")
        ):
            yield Sprecher(stelle, named_provider(""))

    def _stellen(self) -> Iterator[Bewertungsstelle]:
        return (einer.stelle for ziel in self.ziele for einer in self.sprecher[ziel.kennung])

    def abschnitte(self) -> Iterator[Zielabschnitt]:
        """Return the goals with their fields, as the page shows them."""
        for ziel in self.ziele:
            namen = [bewertungsfeld(einer.stelle) for einer in self.sprecher[ziel.kennung]]
            felder = tuple((self[f"{n}_status"], self[f"{n}_grund"]) for n in namen)
            gefuellt = sum(bool(status.value()) for status, _ in felder)
            fehler = any(feld.errors for paar in felder for feld in paar)
            yield Zielabschnitt(ziel, felder, gefuellt, fehler or gefuellt < len(namen))

    def bewertungen(self) -> dict[Bewertungsstelle, Bewertung]:
        """Return what was typed, by goal and voice."""
        return {stelle: _bewertung(self, bewertungsfeld(stelle)) for stelle in self._stellen()}


class AnforderungForm(BasisForm):
    """Who is asked for a report, and until when."""

    leistungserbringer = forms.ModelChoiceField(
        label="Leistungserbringer",
        queryset=Leistungserbringer.objects.none(),
        empty_label="Bitte auswählen",
    )
    bis = DatumField(label="Bericht erbeten bis")
    absenden = "Anforderung vermerken"

    def __init__(self, *args: Any, erbringer: Any, heute: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["leistungserbringer"]).queryset = erbringer
        self.heute = heute

    def clean_bis(self) -> date:
        """Refuse a day that is past."""
        bis: date = self.cleaned_data["bis"]
        if bis < self.heute:
            raise forms.ValidationError("Dieser Tag ist vorbei.")
        return bis


class BerichtForm(BasisForm):
    """A report that has come in: its text, and how the provider sees each goal."""

    eingegangen_am = DatumField(label="Eingegangen am")
    text = forms.CharField(
        label="Bericht",
        required=False,
        widget=_area(6),
        help_text="Was zu keinem einzelnen Ziel gehört. Das Original legen Sie unter „Unterlagen“ "
        "ab.",
    )
    absenden = "Bericht eintragen"

    def __init__(
        self, *args: Any, ziele: Sequence[Teilhabeziel], heute: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ziele, self.heute = ziele, heute
        for ziel in ziele:
            _add_bewertung(self, ziel, f"z_{ziel.kennung.hex}", f"Ziel {ziel.nummer}")
            self.fields[f"z_{ziel.kennung.hex}_status"].help_text = ziel.text
            _add_getan(self, ziel, f"z_{ziel.kennung.hex}")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for ziel in self.ziele:
            _refuse_half(self, f"z_{ziel.kennung.hex}")
        tag = cleaned.get("eingegangen_am")
        if tag is not None and tag > self.heute:
            self.add_error("eingegangen_am", "Der Tag des Eingangs liegt in der Zukunft.")
        return cleaned

    def bewertungen(self) -> dict[UUID, Bewertung]:
        """Return what was typed, by goal."""
        return {ziel.kennung: _bewertung(self, f"z_{ziel.kennung.hex}") for ziel in self.ziele}


class AbschlussForm(BasisForm):
    """Where the review leads, and why."""

    ergebnis = forms.ChoiceField(
        label="Ergebnis", choices=Pruefergebnis.choices, widget=forms.RadioSelect
    )
    grund = forms.CharField(
        label="Begründung",
        widget=_area(4),
        help_text="Was die Einschätzungen der Beteiligten zeigen und was daraus folgt.",
    )
    absenden = "Überprüfung abschließen"


class AnkuendigungSerienForm(SerienForm):
    """What the office adds to the announcement of many reviews."""

    text = text_field(
        "Was möchten Sie noch sagen?",
        "Freiwillig. Platzhalter wie [[Aktenzeichen]] füllt jedes Schreiben aus seiner Akte.",
        rows=5,
        pflicht=False,
    )
    textstellen = stellen_of(
        "schreiben.ueberpruefung.",
        "Ankündigung der Überprüfung",
        "§ 121 Abs. 2 SGB IX",
        text="Zusatz zur Ankündigung",
    )
    worte = ("text",)
    layout = ("text", "weg", "posten")


class FaelligWahlForm(ZeitraumwahlForm):
    """Reviews that are due in a time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["von"].label, self.fields["bis"].label = "Fällig von", "Fällig bis"
