"""What only a person knows about a letter: subject, text, day, recipient, the letter it follows.

The usual page of „Neues Schreiben“ shows the form that a kind names (`Schreibenart.formular`).
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField
from cases.models import Case, Schreiben, Unterlage
from cases.schreiben.queries.schreiben import left_letters, sendable_letters, sendable_unterlagen
from cases.textbaustein.forms import BausteineForm, stellen_of
from cases.textbaustein.queries import angebote_for

_BETREFF_HOECHSTENS = 120
_ANSCHRIFT_ZEILEN = 8


def lines_of(text: str) -> list[str]:
    """Return what stands in the lines of a text, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def text_field(label: str, hilfe: str = "", *, rows: int = 8, pflicht: bool = True) -> Any:
    """Return a field for paragraphs that are printed as they are typed."""
    return forms.CharField(
        label=label,
        required=pflicht,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=hilfe,
    )


class AngabenForm(BausteineForm):
    """The base of these forms: made for a case and a day, it returns the `angaben` of a letter.

    `textstellen` of a subclass names the fields at which texts of the authority are offered.
    """

    absenden = "Festschreiben und versenden"

    def __init__(self, *args: Any, case: Case, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.stichtag = case, stichtag
        keys = [stelle.schluessel for stelle in self.textstellen.values()]
        anfang = keys[0].rsplit(".", 1)[0] + "." if keys else ""
        self.offer(angebote_for(case, anfang, stichtag) if keys else {}, stichtag)

    @classmethod
    def vorgaben(cls, case: Case, stichtag: date) -> dict[str, Any]:
        """Return what stands in the empty form."""
        return {}

    def angaben(self) -> dict[str, Any]:
        """Return what was answered, as the kind of letter reads it."""
        return {n: w for n, w in self.cleaned_data.items() if n not in BasisForm.base_fields}

    def gegenstand(self) -> Any:
        """Return the row that the letter is about, None where the form does not choose it."""
        return None

    def _only_later(self, name: str) -> None:
        """Refuse a day that is not after the day of the letter."""
        tag = self.cleaned_data.get(name)
        if tag is not None and tag <= self.stichtag:
            self.add_error(name, "Bitte nennen Sie einen Tag nach heute.")


class FreibriefForm(AngabenForm):
    """A letter in own words."""

    betreff = forms.CharField(label="Betreff", max_length=_BETREFF_HOECHSTENS)
    text = text_field(
        "Text",
        "Anrede, Gruß und Ihr Name kommen von selbst. Eine Leerzeile beginnt einen Absatz. Eine "
        "Entscheidung über Rechte der Person gehört in einen Bescheid mit Rechtsbehelfsbelehrung.",
        rows=12,
    )
    textstellen = stellen_of(
        "schreiben.frei.", "Schreiben an die Person", "§ 9 SGB X", text="Text des Schreibens"
    )
    layout = ("betreff", "text")


class MitAnschriftForm(AngabenForm):
    """Whom a letter to another body goes to; the forms of such letters add what they ask."""

    an_name = forms.CharField(label="Empfänger", max_length=200)
    an_anschrift = forms.CharField(
        label="Anschrift",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Straße und Ort, je eine Zeile.",
    )
    ihr_zeichen = forms.CharField(
        label="Zeichen des Empfängers", required=False, max_length=60, help_text="Falls bekannt."
    )

    def clean_an_anschrift(self) -> str:
        """Ask for street and town, and no more than fits the window."""
        text: str = self.cleaned_data["an_anschrift"]
        zeilen = lines_of(text)
        if not 2 <= len(zeilen) <= _ANSCHRIFT_ZEILEN:
            raise forms.ValidationError(
                "Bitte nennen Sie Straße und Ort, je eine Zeile, höchstens acht Zeilen."
            )
        return text

    def angaben(self) -> dict[str, Any]:
        """Return the address as the lines of the window."""
        data = super().angaben()
        return data | {"an": [data.pop("an_name"), *lines_of(data.pop("an_anschrift"))]}


class DritteForm(MitAnschriftForm):
    """A letter in own words to another body: first on which ground it may go there."""

    grundlage = forms.ChoiceField(
        label="Warum darf das Schreiben dorthin?",
        choices=[
            ("aufgabe", "Wir brauchen es für unsere Aufgabe (§ 69 Abs. 1 Nr. 1 SGB X)"),
            ("gericht", "Ein Gericht führt dazu ein Verfahren (§ 69 Abs. 1 Nr. 2 SGB X)"),
            ("ohne", "Es nennt nichts über die Person"),
        ],
        widget=forms.RadioSelect,
        help_text="Auf Grund einer Einwilligung geht ein Abdruck hinaus: Reiter „Einwilligungen“.",
    )
    betreff = forms.CharField(label="Betreff", max_length=_BETREFF_HOECHSTENS)
    text = text_field(
        "Text", "Nennen Sie nur, was der Empfänger dafür braucht (§ 67d Abs. 1 SGB X).", rows=12
    )
    textstellen = stellen_of(
        "schreiben.stelle.",
        "Schreiben an eine andere Stelle",
        "§ 69 Abs. 1 SGB X",
        text="Text an eine andere Stelle",
    )
    layout = ("an_name", "an_anschrift", "ihr_zeichen", "grundlage", "betreff", "text")


class BezugForm(AngabenForm):
    """The earlier letter that a new one names."""

    bezug = forms.ModelChoiceField(
        label="Zu welchem Schreiben?",
        queryset=Schreiben.objects.none(),
        empty_label="Bitte wählen",
    )
    #: Whether the letter is one to the person; the others go where the earlier one went.
    an_person = True

    def __init__(self, *args: Any, case: Case, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, case=case, stichtag=stichtag, **kwargs)
        feld = cast("forms.ModelChoiceField[Schreiben]", self.fields["bezug"])
        feld.queryset = left_letters(case, an_dritte=not self.an_person)
        feld.help_text = "Gezeigt wird, was das Haus verlassen hat."

    def gegenstand(self) -> Schreiben:
        """Return the earlier letter."""
        row: Schreiben = self.cleaned_data["bezug"]
        return row


class ErinnerungForm(BezugForm):
    """What is still missing, and until when."""

    fehlt = text_field("Was fehlt noch?", "Je Zeile ein Punkt.", rows=4)
    bis = DatumField(label="Bitte bis zum")
    textstellen = stellen_of(
        "schreiben.erinnerung.", "Erinnerung", "§ 9 SGB X", fehlt="Was noch fehlt"
    )
    layout = ("bezug", "fehlt", "bis")

    def clean(self) -> dict[str, Any]:
        """Refuse a day that has passed."""
        data = super().clean() or self.cleaned_data
        self._only_later("bis")
        return data


class ErinnerungDritteForm(ErinnerungForm):
    """The same to another body."""

    an_person = False


class BerichtigungForm(BezugForm):
    """What was wrong in an earlier letter, and how it is right."""

    falsch = text_field("Was steht falsch im Schreiben?", "So, wie es dort steht.", rows=3)
    richtig = text_field("Wie ist es richtig?", rows=3)
    offenbar = forms.BooleanField(
        label="Es ist ein Schreib- oder Rechenfehler oder eine ähnliche offenbare Unrichtigkeit",
        help_text="Nur dann genügt eine Berichtigung (§ 38 SGB X). Soll anders entschieden werden, "
        "ist ein neuer Bescheid nötig.",
    )
    textstellen = stellen_of(
        "schreiben.berichtigung.", "Berichtigung", "§ 38 SGB X", richtig="Wie es richtig ist"
    )
    layout = ("bezug", "falsch", "richtig", "offenbar")


class BerichtigungDritteForm(BerichtigungForm):
    """The same to another body."""

    an_person = False


class AktenForm(AngabenForm):
    """Which papers of the file go out, and on which ground."""

    grund = forms.ChoiceField(label="Warum?", choices=[], widget=forms.RadioSelect)
    schreiben = forms.ModelMultipleChoiceField(
        label="Eigene Schreiben",
        queryset=Schreiben.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sie liegen dem Versand bei, wie sie festgeschrieben sind.",
    )
    unterlagen = forms.ModelMultipleChoiceField(
        label="Unterlagen",
        queryset=Unterlage.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sie stehen in der Liste des Schreibens; die Kopien legen Sie selbst bei.",
    )
    nicht = text_field(
        "Was bleibt in der Akte, und warum?",
        "Zum Beispiel Angaben über andere Menschen, die geheim zu halten sind. Steht im Schreiben.",
        rows=3,
        pflicht=False,
    )

    textstellen = stellen_of(
        "schreiben.akte.",
        "Kopien und Übersendung der Akte",
        "§ 25 SGB X",
        nicht="Was in der Akte bleibt",
    )

    def __init__(self, *args: Any, case: Case, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, case=case, stichtag=stichtag, **kwargs)
        wahl = cast("forms.ModelMultipleChoiceField[Any]", self.fields["schreiben"])
        wahl.queryset = sendable_letters(case)
        wahl = cast("forms.ModelMultipleChoiceField[Any]", self.fields["unterlagen"])
        wahl.queryset = sendable_unterlagen(case)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one paper."""
        data = super().clean() or self.cleaned_data
        if not data.get("schreiben") and not data.get("unterlagen"):
            self.add_error("schreiben", "Bitte wählen Sie aus, was übersandt wird.")
        return data

    def angaben(self) -> dict[str, Any]:
        """Return the papers as lists."""
        data = super().angaben()
        return data | {"schreiben": list(data["schreiben"]), "unterlagen": list(data["unterlagen"])}


class AktenPersonForm(AktenForm):
    """Copies for the person (§ 25 Abs. 5 SGB X)."""

    layout = ("grund", "schreiben", "unterlagen", "nicht")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["grund"]).choices = [
            ("einsicht", "Die Person nimmt Akteneinsicht (§ 25 Abs. 1 und 5 SGB X)"),
            ("auskunft", "Die Person hat Kopien ihrer Daten verlangt (Art. 15 Abs. 3 DSGVO)"),
        ]


class AktenDritteForm(MitAnschriftForm, AktenForm):
    """The file, or part of it, for a court or another authority."""

    layout = ("an_name", "an_anschrift", "ihr_zeichen", "grund", "schreiben", "unterlagen", "nicht")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["grund"]).choices = [
            ("gericht", "Ein Gericht fordert die Akte an (§ 69 Abs. 1 Nr. 2 SGB X)"),
            ("widerspruch", "Über den Widerspruch wird dort entschieden (§ 69 Abs. 1 Nr. 1 SGB X)"),
            ("abgabe", "Der Fall wird dorthin abgegeben (§ 69 Abs. 1 Nr. 1 SGB X)"),
        ]


class DatenauskunftForm(AngabenForm):
    """When the person has asked; the month to answer runs from that day."""

    verlangt_am = DatumField(label="Auskunft verlangt am")
    ohne = text_field(
        "Was teilen Sie nicht mit, und warum?",
        "Nur in den Fällen des § 83 Abs. 1 SGB X. Steht so im Schreiben.",
        rows=3,
        pflicht=False,
    )
    textstellen = stellen_of(
        "schreiben.datenauskunft.",
        "Auskunft über gespeicherte Daten",
        "Art. 15 DSGVO, § 83 SGB X",
        ohne="Was nicht mitgeteilt wird",
    )
    layout = ("verlangt_am", "ohne")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("DatumField", self.fields["verlangt_am"]).spaetestens = self.stichtag
