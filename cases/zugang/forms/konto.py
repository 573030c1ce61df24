"""Accounts, roles, teams, start passwords."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from cases.forms.basis import BasisForm
from cases.forms.stand import StandForm
from cases.models import Team, User
from cases.states.rolle import Rolle

_GRUND = "Warum, zum Beispiel Verfügung oder Auftrag mit Datum. Steht im Verlauf des Kontos."


ANGABEN = ("first_name", "last_name", "email", "funktion", "telefon", "zimmer", "zeichen")


class KontosucheForm(BasisForm):
    """What narrows the list of accounts; sent by POST, so no name stands in an address."""

    text = forms.CharField(label="Name, Anmeldename oder E-Mail", required=False, max_length=100)
    rolle = forms.ChoiceField(label="Rolle", required=False, choices=[("", "alle"), *Rolle.choices])
    zustand = forms.ChoiceField(
        label="Zustand",
        required=False,
        choices=[("", "alle"), ("aktiv", "aktiv"), ("gesperrt", "gesperrt")],
    )
    layout: tuple[Any, ...] = ("text", "rolle", "zustand")


class KontoangabenForm(StandForm):
    """Who the account belongs to."""

    first_name = forms.CharField(label="Vorname", max_length=150)
    last_name = forms.CharField(label="Nachname", max_length=150)
    email = forms.EmailField(
        label="E-Mail",
        error_messages={"invalid": "Bitte eine vollständige Adresse, zum Beispiel a@b.de."},
        help_text="Dienstliche Adresse. An sie gehen Erinnerungen ohne Angaben zu Personen.",
    )
    funktion = forms.CharField(
        label="Funktion", max_length=100, help_text="Steht unter Schreiben, z. B. Fallmanagerin."
    )
    telefon = forms.CharField(label="Telefon", max_length=40, required=False)
    zimmer = forms.CharField(label="Zimmer", max_length=20, required=False)
    zeichen = forms.CharField(label="Zeichen", max_length=10, required=False)
    layout: tuple[Any, ...] = ANGABEN

    @property
    def angaben(self) -> dict[str, str]:
        """Return what `Kontoangaben` takes."""
        return {name: self.cleaned_data[name] for name in ANGABEN}


class KontoNeuForm(KontoangabenForm):
    """A new account; roles and team are asked for and wait for a second person."""

    username = forms.CharField(
        label="Anmeldename",
        max_length=150,
        validators=[
            RegexValidator(
                r"^[\w.-]+\Z", "Erlaubt sind Buchstaben, Ziffern, Punkt, Binde- und Unterstrich."
            )
        ],
    )
    rollen = forms.MultipleChoiceField(
        label="Rollen",
        choices=Rolle.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Gelten, sobald eine zweite Person der Berechtigungsverwaltung bestätigt hat.",
    )
    team = forms.ModelChoiceField(
        label="Team", queryset=Team.objects.none(), required=False, empty_label="kein Team"
    )
    begruendung = forms.CharField(
        label="Begründung",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_GRUND,
    )
    andere_person = forms.BooleanField(
        label="Es gibt schon ein Konto dieses Namens; dies ist eine andere Person.",
        required=False,
    )
    layout: tuple[Any, ...] = (
        "username",
        *ANGABEN,
        "rollen",
        "team",
        "begruendung",
        "andere_person",
    )
    absenden = "Konto anlegen"

    def __init__(self, *args: Any, teams: Any, gleichnamig: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["team"]).queryset = teams
        self._gleichnamig = gleichnamig

    def clean(self) -> dict[str, Any]:
        """Ask about an account of the same name."""
        data = super().clean() or self.cleaned_data
        namen = data.get("first_name"), data.get("last_name")
        if all(namen) and not data.get("andere_person") and self._gleichnamig(*namen).exists():
            self.add_error(
                "andere_person",
                "Es gibt schon ein aktives Konto dieses Namens. Jede Person hat genau ein Konto. "
                "Bestätigen Sie, wenn es eine andere Person ist.",
            )
        return data


class KontoaenderungForm(BasisForm):
    """One change of rights with its reason; `auswahl` is a role, a team, or nothing."""

    auswahl = forms.ChoiceField(label="Auswahl")
    begruendung = KontoNeuForm.base_fields["begruendung"]
    layout: tuple[Any, ...] = ("auswahl", "begruendung")

    def __init__(
        self, *args: Any, wahl: list[tuple[str, str]] | None, label: str, absenden: str, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.absenden = absenden  # one form, several buttons
        if wahl is None:
            del self.fields["auswahl"]
            self.layout = ("begruendung",)  # nothing to choose
        else:
            feld = cast("forms.ChoiceField", self.fields["auswahl"])
            feld.label, feld.choices = label, [("", "Bitte wählen"), *wahl]


class EntscheidungForm(BasisForm):
    """Confirm what another person asked for; with `konto` the start password is set here."""

    password = forms.CharField(
        label="Startpasswort",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text="Mindestens zwölf Zeichen. Gilt sieben Tage; die Person muss es bei der ersten "
        "Anmeldung ändern. Geben Sie es persönlich weiter, nicht per E-Mail.",
    )
    absenden = "Bestätigen"
    layout: tuple[Any, ...] = ("password",)

    def __init__(self, *args: Any, konto: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._konto = konto
        if konto is None:
            del self.fields["password"]
            self.layout = ()  # nothing to enter

    def clean(self) -> dict[str, Any]:
        """Check the password against name and address of the account."""
        data = super().clean() or self.cleaned_data
        password = data.get("password")
        if password:
            try:
                validate_password(password, self._konto)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class AblehnungForm(BasisForm):
    """Refuse what another person asked for."""

    grund = forms.CharField(
        label="Grund der Ablehnung", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    absenden = "Ablehnen"


class TeamForm(StandForm):
    """The name of a team."""

    name = forms.CharField(label="Name des Teams", max_length=100)
    layout: tuple[Any, ...] = ("name",)
