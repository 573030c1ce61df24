"""Scenes of the forms outside a case: authority, accounts, directory, import."""

from __future__ import annotations

from django.db.models import Model

from cases.models import Ansprechperson, Gattung, User
from cases.states.rolle import Rolle
from tests.cases.austausch.bausteine import make_profil
from tests.cases.verzeichnis.bausteine import (
    make_angebot,
    make_erbringer,
    make_kasse,
    make_preis,
    make_stelle,
)
from tests.fabriken import HEUTE, make_behoerde, make_fallmanager, make_team, make_user
from tests.oberflaeche.gleichzeitig import Szene, adresse, szene


def _paar(rolle: str = Rolle.FACHADMINISTRATION) -> tuple[User, User]:
    make_behoerde()
    return make_user("erste", rolle), make_user("zweite", rolle)


@szene("behoerde_aendern")
def _behoerde() -> Szene:
    return Szene(adresse("behoerde_aendern"), *_paar(), "telefon", ("07999 1", "07999 2"))


@szene("team_kuerzel")
def _kuerzel() -> Szene:
    url = adresse("team_kuerzel", make_team().pk)
    return Szene(url, *_paar(), "kuerzel", ("NORD", "NRD"), namenlos=True)


@szene("konto_angaben")
def _konto() -> Szene:
    paar = _paar(Rolle.BERECHTIGUNG)
    url = adresse("konto_angaben", make_fallmanager().pk)
    return Szene(url, *paar, "zimmer", ("1.01", "1.02"))


@szene("team")
def _team() -> Szene:
    paar = _paar(Rolle.BERECHTIGUNG)
    url = adresse("team", make_team().pk)
    return Szene(url, *paar, "name", ("Team Ost", "Team West"), namenlos=True)


@szene("importprofil")
def _profil() -> Szene:
    url = adresse("importprofil", make_profil().pk)
    return Szene(url, *_paar(), "spalte_telefon", ("Fon", "Ruf"))


def _eintrag(gattung: Gattung, row: Model) -> Szene:
    url = adresse("verzeichnis_bearbeiten", gattung, row.pk)
    return Szene(url, *_paar(), "telefon", ("07999 100", "07999 200"))


szene("verzeichnis_bearbeiten[leistungstraeger]")(
    lambda: _eintrag(Gattung.LEISTUNGSTRAEGER, make_kasse())
)
szene("verzeichnis_bearbeiten[leistungserbringer]")(
    lambda: _eintrag(Gattung.LEISTUNGSERBRINGER, make_erbringer())
)
szene("verzeichnis_bearbeiten[stelle]")(
    lambda: _eintrag(Gattung.STELLE, make_stelle("Praxis Dr. Berg"))
)


@szene("verzeichnis_beenden")
def _beenden() -> Szene:
    url = adresse("verzeichnis_beenden", Gattung.LEISTUNGSTRAEGER, make_kasse().pk)
    return Szene(url, *_paar(), "gueltig_bis", ("31.12.2026", "31.01.2027"))


@szene("ansprechperson")
def _ansprechperson() -> Szene:
    kasse = make_kasse()
    row = Ansprechperson.objects.create(leistungstraeger=kasse, name="Berg", telefon="07999 1")
    url = adresse("ansprechperson", Gattung.LEISTUNGSTRAEGER, kasse.pk, row.pk)
    return Szene(url, *_paar(), "name", ("Burg", "Borg"))


@szene("angebot")
def _angebot() -> Szene:
    row = make_angebot(make_erbringer())
    url = adresse("angebot", row.leistungserbringer_id, row.pk)
    return Szene(url, *_paar(), "ort", ("Musterau", "Seeheim"))


@szene("preis")
def _preis() -> Szene:
    angebot = make_angebot(make_erbringer())
    row = make_preis(angebot, HEUTE)
    url = adresse("preis", angebot.leistungserbringer_id, angebot.pk, row.pk)
    return Szene(url, *_paar(), "betrag", ("51,00", "52,00"))
