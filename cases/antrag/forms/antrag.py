"""Intake: search of the person, then a short first form for an application or an Anfrage."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms

from cases.antrag.guards.antrag import antragserfordernis
from cases.forms.anschrift import ANSCHRIFT_LAYOUT, AnschriftMixin
from cases.forms.basis import BasisForm
from cases.forms.felder import DatumField, GeburtsdatumField, IbanField, genauigkeit_of
from cases.forms.konto import konto_passt
from cases.forms.stand import StandForm
from cases.models import (
    Anrede,
    Antragsteller,
    Antragsweg,
    Behinderungsart,
    Pflegestand,
    User,
    Wohnform,
)
from cases.models.personenangabe import ERSTER_PFLEGEGRAD
from recht.fehler import RechtFehler
from recht.rechtsstand import DECKUNG_VON

ALTER_HOECHSTENS = 120


class CaseworkerField(forms.ModelChoiceField):
    """A list of people by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name())


class StichtagForm(BasisForm):
    """Knows the day and refuses days after it and birth dates that cannot be."""

    def __init__(self, *args: Any, stichtag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stichtag = stichtag

    def not_later_than_today(self, name: str, was: str) -> date | None:
        """Return the day of a field; the message of a future one names it."""
        value: date | None = self.cleaned_data[name]
        if value is not None and value > self.stichtag:
            raise forms.ValidationError(f"{was} am {value:%d.%m.%Y} liegt in der Zukunft.")
        return value

    def clean_geburtsdatum(self) -> date | None:
        """Refuse a birth date in the future or more than 120 years ago."""
        value: date | None = self.cleaned_data["geburtsdatum"]
        if value is None:
            return None
        if value > self.stichtag:
            raise forms.ValidationError("Das Geburtsdatum liegt in der Zukunft.")
        if value.year < self.stichtag.year - ALTER_HOECHSTENS:
            raise forms.ValidationError("Das Geburtsdatum liegt mehr als 120 Jahre zurück.")
        return value


class PersonSucheForm(StichtagForm):
    """Whom the new application is for; the way to it begins here."""

    nachname = forms.CharField(label="Nachname", max_length=100)
    vorname = forms.CharField(label="Vorname", max_length=100, required=False)
    geburtsdatum = GeburtsdatumField(label="Geburtsdatum", required=False)
    layout: tuple[Any, ...] = (Row(Column("nachname"), Column("vorname")), "geburtsdatum")
    absenden = "Person suchen"


class NeuePersonForm(AnschriftMixin, StichtagForm):
    """A person who is not known yet; a similar one must be looked at before."""

    anrede = forms.ChoiceField(label="Anrede", choices=[("", "Bitte wählen"), *Anrede.choices])
    titel = forms.CharField(label="Titel", max_length=60, required=False)
    vorname = forms.CharField(
        label="Vorname",
        max_length=100,
        required=False,
        help_text="Alle Vornamen. Leer, wenn die Person nur einen Namen hat.",
    )
    nachname = forms.CharField(label="Nachname", max_length=100)
    geburtsname = forms.CharField(
        label="Geburtsname", max_length=100, required=False, help_text="Falls er anders lautet."
    )
    geburtsdatum = GeburtsdatumField(label="Geburtsdatum")
    telefon = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(label="E-Mail", max_length=254, required=False)
    email_zugang = forms.BooleanField(
        label="Die Person möchte Schreiben per E-Mail erhalten",
        required=False,
        help_text="Nur dann darf ein Bescheid per E-Mail gehen (§ 36a Abs. 1 SGB I).",
    )
    # Drawn with the warning and not by the layout; carries the mark of the persons shown.
    dublette_bestaetigt = forms.CharField(
        label="Es ist eine andere Person", required=False, max_length=64
    )
    person_layout = (
        Fieldset(
            "Person",
            Row(Column("anrede"), Column("titel")),
            Row(Column("vorname"), Column("nachname")),
            Row(Column("geburtsname"), Column("geburtsdatum")),
        ),
        HTML('{% include "cases/antrag/warnung.html" %}'),
        Fieldset(
            "Anschrift und Erreichbarkeit",
            *ANSCHRIFT_LAYOUT,
            Row(Column("telefon"), Column("email")),
            "email_zugang",
        ),
    )

    def __init__(self, *args: Any, aehnliche: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aehnliche = aehnliche

    def clean(self) -> dict[str, Any]:
        """Ask for the comparison with similar persons, once for those that were shown."""
        data = super().clean() or {}
        self.clean_anschrift(data)
        data["geburt_genau"] = genauigkeit_of(self.data.get("geburtsdatum"))
        if data.get("email_zugang") and not data.get("email"):
            self.add_error("email", "Für Schreiben per E-Mail fehlt die Adresse.")
        born, day = data.get("geburtsdatum"), data.get("eingang") or data.get("am")
        if born and day and day < born:
            name = "eingang" if "eingang" in self.fields else "am"
            self.add_error(name, f"Der Tag liegt vor der Geburt ({born:%d.%m.%Y}).")
        if self.aehnliche and data.get("dublette_bestaetigt") != self.aehnliche:
            self.add_error(
                "dublette_bestaetigt",
                "Bitte vergleichen Sie und bestätigen Sie, dass es eine andere Person ist.",
            )
        return data


class ZustaendigForm(StichtagForm):
    """Who gets the case."""

    caseworker = CaseworkerField(
        label="Fallmanagement", queryset=User.objects.none(), empty_label="Bitte wählen"
    )

    def __init__(self, *args: Any, caseworker: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("CaseworkerField", self.fields["caseworker"]).queryset = caseworker


class AntragsangabenForm(StichtagForm):
    """Receipt and Begehren: as short as the law allows, the rest comes section by section."""

    eingang = DatumField(
        label="Eingang des Antrags",
        help_text="Tag, an dem der Antrag bei der Behörde einging. Von da an laufen die Fristen.",
    )
    weg = forms.ChoiceField(label="Form des Antrags", choices=Antragsweg.choices)
    antragsteller = forms.ChoiceField(
        label="Antrag gestellt durch",
        choices=Antragsteller.choices,
        initial=Antragsteller.PERSON,
        required=False,
    )
    vertreten_durch = forms.CharField(
        label="Name der Vertretung",
        max_length=200,
        required=False,
        help_text="Nur wenn eine Vertretung den Antrag stellt.",
    )
    fremdsprache = forms.CharField(
        label="Sprache, wenn nicht Deutsch",
        max_length=60,
        required=False,
        help_text="Dann beginnen die Fristen der Behörde erst mit der Übersetzung "
        "(§ 19 Abs. 3 SGB X).",
    )
    uebersetzung_am = DatumField(
        label="Übersetzung liegt vor seit", required=False, help_text="Leer, solange sie fehlt."
    )
    begehren = forms.CharField(
        label="Was wird beantragt?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In den Worten der Person, z. B. Assistenz in der eigenen Wohnung.",
    )
    persoenliches_budget = forms.BooleanField(
        label="Die Leistungen sollen als Persönliches Budget erbracht werden", required=False
    )
    antrag_layout = (
        Row(Column("eingang"), Column("weg")),
        "begehren",
        "persoenliches_budget",
        Row(Column("antragsteller"), Column("vertreten_durch")),
        Row(Column("fremdsprache"), Column("uebersetzung_am")),
    )
    layout: tuple[Any, ...] = (Fieldset("Antrag", *antrag_layout),)
    absenden = "Antrag aufnehmen"

    def clean_eingang(self) -> date | None:
        """Refuse a receipt in the future."""
        return self.not_later_than_today("eingang", "Der Eingang")

    def clean_antragsteller(self) -> str:
        """Take the person as the one who applies unless something else is said."""
        return str(self.cleaned_data["antragsteller"] or Antragsteller.PERSON)

    def clean_uebersetzung_am(self) -> date | None:
        """Refuse a translation in the future."""
        return self.not_later_than_today("uebersetzung_am", "Die Übersetzung")

    def clean(self) -> dict[str, Any]:
        """Hold who applies, language and days against each other."""
        data = super().clean() or {}
        eingang, uebersetzung = data.get("eingang"), data.get("uebersetzung_am")
        if data.get("antragsteller") == Antragsteller.VERTRETUNG and not data["vertreten_durch"]:
            self.add_error("vertreten_durch", "Bitte nennen Sie, wer den Antrag gestellt hat.")
        if uebersetzung and not data.get("fremdsprache"):
            self.add_error("fremdsprache", "Bitte nennen Sie die Sprache des Antrags.")
        if eingang and uebersetzung and uebersetzung < eingang:
            self.add_error(
                "uebersetzung_am",
                f"Die Übersetzung kann nicht vor dem Eingang am {eingang:%d.%m.%Y} vorliegen.",
            )
        if eingang and data.get("antragsteller"):
            self._ask_for_antrag(data["antragsteller"], eingang)
        return data

    def _ask_for_antrag(self, antragsteller: str, eingang: date) -> None:
        try:
            hindernis = antragserfordernis(antragsteller, eingang)
        except RechtFehler as error:
            self.add_error("eingang", str(error))
            return
        if hindernis:
            self.add_error("antragsteller", f"{hindernis.text} ({hindernis.norm})")


class AnfrageangabenForm(StichtagForm):
    """Advice without an application (§ 106 SGB IX)."""

    am = DatumField(label="Tag der Beratung", fruehestens=DECKUNG_VON)
    inhalt = forms.CharField(
        label="Worum ging es, worüber wurde beraten?",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Anliegen, Auskunft und nächste Schritte, auch Hinweise auf andere Stellen.",
    )
    layout: tuple[Any, ...] = (Fieldset("Beratung", "am", "inhalt"),)
    absenden = "Beratung vermerken"

    def clean_am(self) -> date | None:
        """Refuse a counselling in the future."""
        return self.not_later_than_today("am", "Die Beratung")


class ErstangabenForm(StichtagForm):
    """What may be known of the person already; none of it is asked for on this day."""

    behinderungsart = forms.ChoiceField(
        label="Vorrangige Behinderungsart",
        required=False,
        choices=[
            ("", "noch nicht bekannt"),
            *((c.value, c.label) for c in Behinderungsart if c is not Behinderungsart.UNBEKANNT),
        ],
    )
    pflegegrad = forms.ChoiceField(
        label="Pflegegrad",
        required=False,
        choices=[
            ("", "noch nicht bekannt"),
            *((p.value, p.label) for p in Pflegestand if not p.startswith(("stufe", "haerte"))),
        ],
    )
    wohnform = forms.ChoiceField(
        label="Wohnform", required=False, choices=[("", "noch nicht bekannt"), *Wohnform.choices]
    )
    krankenkasse = forms.CharField(label="Krankenkasse", max_length=200, required=False)
    iban = IbanField(
        label="IBAN der Person",
        required=False,
        help_text="Nur ein eigenes Konto; das Konto einer anderen Person tragen Sie bei der Person "
        "ein.",
    )
    angaben_layout = (
        Fieldset(
            "Schon bekannt? Gilt ab dem Eingang des Antrags",
            Row(Column("behinderungsart"), Column("pflegegrad")),
            Row(Column("wohnform"), Column("krankenkasse")),
            "iban",
        ),
    )

    def clean_iban(self) -> str:
        """Doubt an account number that its bank would not give."""
        iban = str(self.cleaned_data["iban"] or "")
        if iban and not konto_passt(iban):
            raise forms.ValidationError(
                "Die Kontonummer passt nicht zum Prüfverfahren dieser Bank. Bitte vergleichen Sie "
                "die IBAN. Stimmt sie, tragen Sie sie nach der Aufnahme bei der Person ein."
            )
        return iban

    def clean(self) -> dict[str, Any]:
        """Refuse a Pflegegrad for a day on which there was none."""
        data = super().clean() or {}
        grad = (data.get("pflegegrad") or "").startswith("grad")
        if grad and data.get("eingang") and data["eingang"] < ERSTER_PFLEGEGRAD:
            self.add_error("pflegegrad", "Pflegegrade gibt es erst seit dem 01.01.2017.")
        return data

    def erstangaben(self) -> dict[str, str]:
        """Return what was filled in, by name of the field."""
        namen = ErstangabenForm.base_fields.keys() - StichtagForm.base_fields.keys()
        return {name: self.cleaned_data[name] for name in namen if self.cleaned_data[name]}


class AntragForm(NeuePersonForm, ErstangabenForm, AntragsangabenForm, ZustaendigForm):
    """A new person with an application."""

    layout: tuple[Any, ...] = (
        *NeuePersonForm.person_layout,
        *ErstangabenForm.angaben_layout,
        Fieldset("Antrag", *AntragsangabenForm.antrag_layout, "caseworker"),
    )
    absenden = "Fall anlegen"


class AnfrageForm(NeuePersonForm, AnfrageangabenForm, ZustaendigForm):
    """A new person who only asks."""

    layout: tuple[Any, ...] = (
        *NeuePersonForm.person_layout,
        Fieldset("Beratung", "am", "inhalt", "caseworker"),
    )
    absenden = "Anfrage anlegen"


class NeuerFallForm(AntragsangabenForm, ZustaendigForm):
    """An application of a person who is known already, as a case of its own."""

    layout: tuple[Any, ...] = (Fieldset("Antrag", *AntragsangabenForm.antrag_layout, "caseworker"),)
    absenden = "Fall anlegen"


class NeueAnfrageForm(AnfrageangabenForm, ZustaendigForm):
    """An Anfrage of a person who is known already."""

    layout: tuple[Any, ...] = (Fieldset("Beratung", "am", "inhalt", "caseworker"),)
    absenden = "Anfrage anlegen"


class KenntnisForm(StandForm, StichtagForm):
    """Since when the carrier of the Sozialhilfe knew of the need, and how."""

    kenntnis_am = DatumField(
        label="Der Bedarf ist bekannt seit",
        help_text="Der Tag, an dem der Träger der Sozialhilfe oder eine von ihm beauftragte Stelle "
        "davon erfuhr (§ 18 Abs. 1 SGB XII).",
    )
    kenntnis_durch = forms.CharField(
        label="Wodurch",
        max_length=200,
        help_text="Zum Beispiel: Anruf des Krankenhauses, Vermerk vom selben Tag.",
    )
    layout: tuple[Any, ...] = ("kenntnis_am", "kenntnis_durch")
    absenden = "Kenntnis festhalten"

    def clean_kenntnis_am(self) -> date | None:
        """Refuse a day in the future."""
        return self.not_later_than_today("kenntnis_am", "Die Kenntnis")


class UebersetzungForm(StichtagForm):
    """Since when the translation of the application is there."""

    am = DatumField(
        label="Übersetzung liegt vor seit", help_text="Von diesem Tag an laufen die Fristen."
    )
    absenden = "Übersetzung vermerken"

    def clean_am(self) -> date | None:
        """Refuse a translation in the future."""
        return self.not_later_than_today("am", "Die Übersetzung")
