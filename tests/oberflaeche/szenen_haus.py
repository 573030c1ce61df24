"""Scenes of the forms outside a case: authority, accounts, directory, import."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Model

from cases.models import Ansprechperson, Gattung, Importstapel, User
from cases.states.austausch import Stapelzustand
from cases.states.rolle import Rolle
from gesamtplan.instrument.services import create_instrument
from tests.cases.austausch.bausteine import make_profil
from tests.cases.textbaustein.proben import write
from tests.cases.verzeichnis.bausteine import (
    make_angebot,
    make_erbringer,
    make_kasse,
    make_preis,
    make_stelle,
)
from tests.fabriken import (
    HEUTE,
    make_behoerde,
    make_fallmanager,
    make_leitung,
    make_team,
    make_user,
)
from tests.gesamtplan.instrument.test_instrument import angaben
from tests.oberflaeche.gleichzeitig import Szene, adresse, szene
from tests.uhr import JETZT


def _paar(rolle: str = Rolle.FACHADMINISTRATION) -> tuple[User, User]:
    make_behoerde()
    return make_user("erste", rolle), make_user("zweite", rolle)


@szene("behoerde_aendern")
def _behoerde() -> Szene:
    return Szene(adresse("behoerde_aendern"), *_paar(), "amt", ("Sozialamt", "Teilhabeamt"))


@szene("team_kuerzel")
def _kuerzel() -> Szene:
    url = adresse("team_kuerzel", make_team().pk)
    return Szene(url, *_paar(), "kuerzel", ("NORD", "NRD"), namenlos=True)


@szene("team_dienststelle")
def _dienststelle() -> Szene:
    # A proposal of somebody else is not written over at all; one person has two windows.
    eine, _ = _paar()
    url = adresse("team_dienststelle", make_team().pk)
    dazu = (("strasse", "Gasse 1"), ("plz", "70999"), ("ort", "Musterau"))
    werte = ("Außenstelle Nord", "Nord")
    return Szene(url, eine, eine, "dienststelle", werte, dazu=dazu, namenlos=True)


@szene("behoerde_unterschrift")
def _unterschrift() -> Szene:
    namen = ("Der Landrat", "Die Landrätin")
    return Szene(adresse("behoerde_unterschrift"), *_paar(), "amtsleitung", namen)


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


@szene("textbaustein_bearbeiten")
def _textbaustein() -> Szene:
    paar = _paar()
    url = adresse("textbaustein_bearbeiten", write(paar[0]).pk)
    return Szene(url, *paar, "titel", ("Beitrag der Person", "Was sie selbst tut"))


@szene("instrument_bearbeiten")
def _instrument() -> Szene:
    paar = _paar()
    row = create_instrument(angaben=angaben(), by=paar[0], tag=HEUTE)
    url = adresse("instrument_bearbeiten", row.pk)
    return Szene(url, *paar, "quelle", ("Bögen des Landes", "Bögen des Kreises"))


@szene("importprofil")
def _profil() -> Szene:
    url = adresse("importprofil", make_profil().pk)
    return Szene(url, *_paar(), "spalte_telefon", ("Fon", "Ruf"))


@szene("importstapel_vorlage")
def _vorlage() -> Szene:
    """Two who lead the team say when the running cases come before somebody."""
    make_behoerde()
    eine, andere = make_leitung("erste"), make_leitung("zweite")
    tag = HEUTE + timedelta(days=30)
    stapel = Importstapel.objects.create(
        profil=make_profil(),
        team=eine.geleitete_teams.get(),
        state=Stapelzustand.GEPRUEFT,
        dateiname="alt.csv",
        sha256="0" * 64,
        gelesen_als="CSV",
        kopf="[]",
        summen={"geprueft": {"ohne_tag": 2}},
        vorlage_ab=tag,
        vorlage_bis=tag + timedelta(days=14),
        angelegt_von=eine,
        angelegt_am=JETZT,
    )
    werte = tuple(f"{tag + timedelta(days=n):%d.%m.%Y}" for n in (15, 20))
    return Szene(adresse("importstapel_vorlage", stapel.pk), eine, andere, "vorlage_bis", werte)


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
