"""What a series of letters asks: which list, then whom of it, in which words, by which way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, cast

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.registry.beitrag import registry
from cases.registry.serienart import Posten
from cases.registry.textstelle import has_platzhalter
from cases.schreiben.forms.brief import ErinnerungForm, FreibriefForm, text_field
from cases.schreiben.guards.brief import kein_bescheid
from cases.schreiben.guards.serie import serie_im_umfang
from cases.schreiben.queries.serie import ALLE, EIGENE, HOECHSTENS
from cases.states.fall import Fallzustand
from cases.states.serie import Serienweg
from cases.textbaustein.forms import BausteineForm
from cases.textbaustein.guards import platzhalter_bekannt
from cases.textbaustein.queries import Angebot, bausteine_on

_ZEITRAUM = "Der letzte Tag liegt vor dem ersten."


class ListenwahlForm(BasisForm):
    """Whose cases the list holds; subclasses ask what it is about."""

    kreis = forms.ChoiceField(
        label="Welche Fälle?",
        choices=[(ALLE, "alle, die ich sehe"), (EIGENE, "für die ich zuständig bin")],
    )
    absenden = "Liste anzeigen"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # It stands above another form, whose fields may have the same names.
        super().__init__(*args, auto_id="wahl_%s", **kwargs)
        # It only looks; its answers stand in the address.
        del self.fields["vorgang"]

    def worte(self) -> str:
        """Return what the title of a series adds to that of its kind."""
        return ""


class ZeitraumwahlForm(ListenwahlForm):
    """A list of what falls into a time."""

    von = DatumField(label="Von")
    bis = DatumField(label="Bis")

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        von, bis = cleaned.get("von"), cleaned.get("bis")
        if von and bis and bis < von:
            self.add_error("bis", _ZEITRAUM)
        return cleaned

    def worte(self) -> str:
        """Return the time."""
        data = self.cleaned_data
        return f" ({data['von']:%d.%m.%Y} bis {data['bis']:%d.%m.%Y})"


class FaelleWahlForm(ListenwahlForm):
    """Cases of one state, or all that run."""

    zustand = forms.ChoiceField(
        label="Zustand",
        required=False,
        choices=[
            ("", "alle, die nicht beendet sind"),
            *((z.value, z.label) for z in Fallzustand if z != Fallzustand.BEENDET),
        ],
    )


class UnbeantwortetWahlForm(ZeitraumwahlForm):
    """Letters of one kind that left in a time."""

    schreibenart = forms.ChoiceField(label="Welche Schreiben?")
    field_order = ("schreibenart", "kreis", "von", "bis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["von"].label, self.fields["bis"].label = "Aufgegeben von", "Aufgegeben bis"
        arten = [
            (art.schluessel, art.titel)
            for art in registry.schreibenarten.values()
            # A decision is not reminded of, and a reminder is no letter of its own.
            if not (art.an_dritte or art.rechtsbehelf or art.schluessel == "erinnerung")
        ]
        feld = cast("forms.ChoiceField", self.fields["schreibenart"])
        feld.choices = [("", "Bitte wählen"), *sorted(arten, key=lambda paar: paar[1])]


class SerienForm(BausteineForm):
    """The words that all letters of a series share, and to whom of the list they go.

    Texts of the authority are offered with their placeholders: each letter fills in its own.
    """

    offen_erlaubt = True
    posten = forms.MultipleChoiceField(
        label="An wen?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Nehmen Sie den Haken weg, wo kein Schreiben hinausgehen soll.",
        error_messages={
            "required": "Bitte wählen Sie mindestens eine Person aus.",
            "invalid_choice": "Ein gewähltes Schreiben steht nicht mehr auf der Liste. Bitte "
            "wählen Sie neu aus.",
        },
    )
    weg = forms.ChoiceField(label="Wie?", choices=Serienweg.choices, widget=forms.RadioSelect)
    absenden = "Schreiben setzen lassen"
    #: The fields of the words; what stands in them goes into every letter.
    worte: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, posten: Sequence[Posten], stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._posten = {eine.schluessel: eine for eine in posten}
        self._stichtag = stichtag
        feld = cast("forms.MultipleChoiceField", self.fields["posten"])
        feld.choices = [(eine.schluessel, _line(eine)) for eine in posten]
        keys = [stelle.schluessel for stelle in self.textstellen.values()]
        texte = bausteine_on(keys[0].rsplit(".", 1)[0] + ".", stichtag) if keys else {}
        self.offer(
            {stelle: [Angebot(row, row.text) for row in rows] for stelle, rows in texte.items()},
            stichtag,
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a placeholder that no file fills, and more letters than a series may have."""
        cleaned = super().clean()
        for feld, stelle in self.textstellen.items():
            text = cleaned.get(feld)
            if text and (hindernis := platzhalter_bekannt(stelle.schluessel, text)):
                self.add_error(feld, hindernis.text)
        gewaehlt = cleaned.get("posten")
        if gewaehlt and (hindernis := serie_im_umfang(len(gewaehlt), HOECHSTENS)):
            self.add_error("posten", hindernis.text)
        return cleaned

    def gewaehlt(self) -> list[Posten]:
        """Return whom the letters go to."""
        return [self._posten[schluessel] for schluessel in self.cleaned_data["posten"]]

    def angaben(self) -> dict[str, str]:
        """Return the shared words as a series keeps them, days as ISO."""
        werte = {name: self.cleaned_data[name] for name in self.worte}
        return {n: w.isoformat() if isinstance(w, date) else str(w) for n, w in werte.items()}


def _line(posten: Posten) -> str:
    return ", ".join(teil for teil in (posten.aktenzeichen, posten.name, posten.anlass) if teil)


class FreiSerienForm(SerienForm):
    """A letter in own words to many."""

    betreff = forms.CharField(label="Betreff", max_length=120)
    text = text_field(
        "Text",
        "Anrede, Gruß und Ihr Name kommen von selbst. Platzhalter wie [[Aktenzeichen]] füllt jedes "
        "Schreiben aus seiner Akte.",
        rows=12,
    )
    textstellen = FreibriefForm.textstellen
    worte = ("betreff", "text")
    layout = ("betreff", "text", "weg", "posten")

    def clean_betreff(self) -> str:
        """Refuse placeholders: the subject is the title of every letter."""
        betreff: str = self.cleaned_data["betreff"]
        if has_platzhalter(betreff):
            raise forms.ValidationError("Im Betreff steht kein Platzhalter.")
        return betreff

    def clean(self) -> dict[str, Any]:
        """Refuse what reads like a decision: it would need a Bescheid for each person."""
        cleaned = super().clean()
        if hindernis := kein_bescheid(cleaned.get("text") or ""):
            self.add_error("text", hindernis.text)
        return cleaned


class ErinnerungSerienForm(SerienForm):
    """What is still missing from all of them, and until when."""

    fehlt = text_field("Was fehlt noch?", "Je Zeile ein Punkt.", rows=4)
    bis = DatumField(label="Bitte bis zum")
    textstellen = ErinnerungForm.textstellen
    worte = ("fehlt", "bis")
    layout = ("fehlt", "bis", "weg", "posten")

    def clean(self) -> dict[str, Any]:
        """Refuse a day that has passed."""
        cleaned = super().clean()
        bis = cleaned.get("bis")
        if bis is not None and bis <= self._stichtag:
            self.add_error("bis", "Bitte nennen Sie einen Tag nach heute.")
        return cleaned
