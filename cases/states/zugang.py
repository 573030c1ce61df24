"""Access as words and tables: why a case was open, emergency access, changes of accounts."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import Rolle
from cases.states.tafel import Uebergang, Zustandstafel


class Zugriffsgrund(TextChoices):
    """Why somebody could open a case; stands with every read in the log."""

    ZUSTAENDIG = "zustaendig", "zuständige Person"
    ZUWEISUNG = "zuweisung", "befristete Zuweisung"
    VERTRETUNG = "vertretung", "Vertretung bei Abwesenheit"
    LEITUNG = "leitung", "Leitung des Teams"
    TEAM = "team", "Mitglied des Teams"
    REVISION = "revision", "Prüfung durch die Revision"
    NOTFALL = "notfall", "Notfallzugriff"
    DATENSCHUTZ = "datenschutz", "Kontrolle durch den Datenschutz"
    ZAHLUNG = "zahlung", "Auszahlung durch die Kasse"
    UNBEKANNT = "unbekannt", "nicht aufgezeichnet"


class Abrufart(TextChoices):
    """How a page showed cases that it did not open."""

    LISTE = "liste", "in einer Liste gezeigt"
    SUCHE = "suche", "als Treffer einer Suche gezeigt"
    AUSFUHR = "ausfuhr", "in einer Datei mitgenommen"


class Pruefergebnis(TextChoices):
    """What the review of an emergency access found."""

    BERECHTIGT = "berechtigt", "Der Zugriff war berechtigt."
    NICHT_BERECHTIGT = "nicht_berechtigt", "Der Zugriff war nicht berechtigt."


class Kontovorgang(TextChoices):
    """What can happen to an account."""

    ANGELEGT = "angelegt", "Konto angelegt"
    ANGABEN = "angaben", "Angaben geändert"
    ROLLE_ERTEILEN = "rolle_erteilen", "Rolle erteilen"
    ROLLE_ENTZIEHEN = "rolle_entziehen", "Rolle entziehen"
    TEAM = "team", "Team zuordnen"
    TEAM_VERLASSEN = "team_verlassen", "aus dem Team nehmen"
    LEITUNG_ERTEILEN = "leitung_erteilen", "Leitung eines Teams übertragen"
    LEITUNG_ENTZIEHEN = "leitung_entziehen", "Leitung eines Teams entziehen"
    SPERREN = "sperren", "Konto sperren"
    ENTSPERREN = "entsperren", "Konto entsperren"
    PASSWORT = "passwort", "Startpasswort setzen"
    EMAIL = "email", "E-Mail-Adresse ändern"
    ZWEITER_FAKTOR = "zweiter_faktor", "Zweiten Faktor zurücksetzen"


# Who renews a credential of somebody has the account: afterwards it rests, see `freigaben_ruhen`.
ERNEUERT = frozenset(
    {
        Kontovorgang.ENTSPERREN,
        Kontovorgang.PASSWORT,
        Kontovorgang.ZWEITER_FAKTOR,
        Kontovorgang.EMAIL,
    }
)
# What opens something waits for a second person; what closes something holds at once.
VIER_AUGEN = ERNEUERT | {
    Kontovorgang.ROLLE_ERTEILEN,
    Kontovorgang.TEAM,
    Kontovorgang.LEITUNG_ERTEILEN,
}


class Kontozustand(TextChoices):
    """Where a change of an account stands."""

    OFFEN = "offen", "wartet auf eine zweite Person"
    WIRKSAM = "wirksam", "wirksam"
    ABGELEHNT = "abgelehnt", "abgelehnt"
    ZURUECKGEZOGEN = "zurueckgezogen", "zurückgezogen"


_BV = frozenset({Rolle.BERECHTIGUNG.value})

KONTOAENDERUNG = Zustandstafel(
    "Kontoänderung",
    Kontozustand,
    (
        Uebergang(
            "bestaetigen",
            "Bestätigen",
            (Kontozustand.OFFEN,),
            Kontozustand.WIRKSAM,
            _BV,
            zweite_person=True,
        ),
        Uebergang("ablehnen", "Ablehnen", (Kontozustand.OFFEN,), Kontozustand.ABGELEHNT, _BV),
        Uebergang(
            "zurueckziehen", "Zurückziehen", (Kontozustand.OFFEN,), Kontozustand.ZURUECKGEZOGEN, _BV
        ),
    ),
    {
        Kontozustand.OFFEN: "warning",
        Kontozustand.WIRKSAM: "success",
        Kontozustand.ABGELEHNT: "danger",
        Kontozustand.ZURUECKGEZOGEN: "neutral",
    },
)

# Pairs of roles that nobody holds at once, with the reason that the page gives.
_INHALT = (Rolle.FALLMANAGEMENT, Rolle.LEITUNG, Rolle.FACHDIENST)
_OHNE_INHALT = "Wer {} hat, sieht keine Fallinhalte."
_UNABHAENGIG = "Wer prüft, darf an nichts mitwirken, was zu prüfen ist."
_KONFLIKT = (
    "Die Aufgaben des Datenschutzes dürfen nicht zu einem Interessenkonflikt führen "
    "(Art. 38 Abs. 6 DSGVO)."
)
_ZAHLUNG = "Wer eine Zahlung veranlasst, zahlt sie nicht aus: Anordnung und Kasse sind getrennt."


def _unvereinbar() -> dict[frozenset[str], str]:
    paare: dict[frozenset[str], str] = {}

    def note(eine: Rolle, andere: tuple[Rolle, ...], grund: str) -> None:
        for rolle in andere:
            paare.setdefault(frozenset({eine.value, rolle.value}), grund)

    alle = tuple(Rolle)
    note(Rolle.REVISION, tuple(r for r in alle if r != Rolle.REVISION), _UNABHAENGIG)
    note(Rolle.DATENSCHUTZ, tuple(r for r in alle if r != Rolle.DATENSCHUTZ), _KONFLIKT)
    note(
        Rolle.FACHADMINISTRATION,
        (*_INHALT, Rolle.KASSE),
        _OHNE_INHALT.format("die Fachadministration"),
    )
    note(
        Rolle.BERECHTIGUNG,
        (*_INHALT, Rolle.KASSE),
        _OHNE_INHALT.format("die Berechtigungsverwaltung"),
    )
    note(Rolle.KASSE, (Rolle.FALLMANAGEMENT, Rolle.LEITUNG), _ZAHLUNG)
    return paare


UNVEREINBAR = _unvereinbar()


def konflikt(vorhanden: frozenset[str], rolle: str) -> tuple[str, str] | None:
    """Return the role that stands against a new one and the reason; None when they go together."""
    for andere in sorted(vorhanden):
        grund = UNVEREINBAR.get(frozenset({andere, rolle}))
        if grund is not None:
            return andere, grund
    return None
