"""Real rows for tests, built the way the program builds them."""

from __future__ import annotations

from datetime import date
from itertools import count

from django.contrib.auth.models import Group

from cases.antrag.services.antrag import open_case
from cases.models import (
    Anschrift,
    Antrag,
    Bankverbindung,
    Behoerde,
    Case,
    Hilfebedarfseinstufung,
    LeistungsberechtigtePerson,
    Leistungstraeger,
    Team,
    User,
)
from cases.registry.schritt import Hindernis
from cases.states.rolle import Rolle

#: Counts the names that are given from here on.
_namen = {"nummer": count(1)}
_zwischen = count(100_001)
IBAN = "DE89370400440532013000"
HEUTE = date(2026, 11, 20)


def restart_names(*, within_test: bool) -> None:
    """Begin again with Muster1, so that every test tells its story in the same words.

    What fixtures of a whole module make between two tests has names that no test gives.
    """
    _namen["nummer"] = count(1 if within_test else next(_zwischen) * 100)


def make_behoerde(land: str = "BW") -> Behoerde:
    """Return the one authority, a Landkreis with the holidays of `land`."""
    return Behoerde.objects.update_or_create(
        pk=1,
        defaults={
            "name": "Landkreis Musterau",
            "traeger_bezeichnung": "Träger der Eingliederungshilfe",
            "amt": "Amt für Teilhabe und Soziales",
            "strasse": "Schlossplatz 1",
            "plz": "70999",
            "ort": "Musterau",
            "telefon": "07999 100-0",
            "email": "teilhabe@landkreis-musterau.example",
            "elektronischer_zugang": "poststelle@landkreis-musterau.example",
            "datenschutzbeauftragte": "Anke Sommer, Schlossplatz 1, 70999 Musterau, "
            "datenschutz@landkreis-musterau.example",
            "aufsichtsbehoerde": "Landesbeauftragte für den Datenschutz Musterland, Amtsgasse 3, "
            "70998 Musterstadt",
            "teilhabeberatung": "Ergänzende unabhängige Teilhabeberatung Musterau, "
            "Bahnhofstraße 6, 70999 Musterau, Telefon 07999 8811",
            "land": land,
        },
    )[0]


def make_team(name: str = "Team Nord") -> Team:
    """Return the team of this name."""
    return Team.objects.get_or_create(name=name)[0]


def make_user(username: str, rolle: str, team: Team | None = None, *, leitet: bool = False) -> User:
    """Return a user with one role; `leitet` makes the team one of those it leads."""
    user = User.objects.create_user(
        username,
        password="Teilhabe-Probe-2026",
        first_name=username.capitalize(),
        last_name="Beispiel",
        email=f"{username}@landkreis-musterau.example",
        funktion=str(rolle),
        telefon="07999 100-22",
        zimmer="2.14",
        zeichen=username[:3].upper(),
        team=team,
    )
    # Tests with real transactions empty all tables, the groups of the migration included.
    user.groups.add(Group.objects.get_or_create(name=str(rolle))[0])
    if leitet and team is not None:
        user.geleitete_teams.add(team)
    return user


def make_fallmanager(username: str = "fallmanager", team: Team | None = None) -> User:
    """Return a Fallmanager of the team (Team Nord unless said otherwise)."""
    return make_user(username, Rolle.FALLMANAGEMENT, team or make_team())


def make_leitung(username: str = "leitung", team: Team | None = None) -> User:
    """Return a Sachgebietsleitung that leads the team."""
    return make_user(username, Rolle.LEITUNG, team or make_team(), leitet=True)


def make_person(nachname: str = "", **felder: object) -> LeistungsberechtigtePerson:
    """Return a person with address, account and Hilfebedarfsgruppe; `""` or None leaves one out."""
    werte: dict[str, object] = {
        "anrede": "herr",
        "vorname": "Emil",
        "nachname": nachname or f"Muster{next(_namen['nummer'])}",
        "geburtsdatum": date(1985, 4, 17),
        "email": "emil@example.org",
        "email_zugang_seit": date(2004, 1, 1),
        "behinderungsart": "koerperlich",
    }
    iban = str(felder.pop("iban", IBAN))
    gruppe = felder.pop("hilfebedarfsgruppe", 3)
    werte.update(felder)
    person = LeistungsberechtigtePerson.objects.create(**werte)
    Anschrift.objects.create(
        leistungsberechtigte_person=person,
        strasse="Lindenweg 12",
        plz="70999",
        ort="Musterau",
        gueltig_ab=date(2000, 1, 1),
    )
    if iban:
        Bankverbindung.objects.create(
            leistungsberechtigte_person=person,
            iban=iban,
            iban_ende=iban[-4:],
            kontoinhaber=person.voller_name,
            gueltig_ab=date(2000, 1, 1),
        )
    if gruppe is not None:
        Hilfebedarfseinstufung.objects.create(
            leistungsberechtigte_person=person,
            hilfebedarfsgruppe=gruppe,
            gueltig_ab=date(2000, 1, 1),
        )
    return person


def make_traeger(art: str, name: str, *, eigener: bool = False) -> Leistungstraeger:
    """Return the Leistungsträger of this name."""
    return Leistungstraeger.objects.get_or_create(
        name=name,
        defaults={
            "art": art,
            "strasse": "Hauptstraße 5",
            "plz": "70999",
            "ort": "Musterau",
            "eigener": eigener,
        },
    )[0]


def make_fall(
    by: User,
    *,
    eingang: date = HEUTE,
    tag: date | None = None,
    person: LeistungsberechtigtePerson | None = None,
    persoenliches_budget: bool = True,
) -> Case:
    """Return a case with its application, opened by the service."""
    case, _ = open_case(
        leistungsberechtigte_person=person or make_person(),
        team=by.team,
        caseworker=by,
        eingang=eingang,
        weg="schriftlich",
        begehren="Assistenz in der eigenen Wohnung",
        persoenliches_budget=persoenliches_budget,
        by=by,
        tag=tag or eingang,
    )
    return case


def norm_of(hindernis: Hindernis | None) -> str:
    """Return the norm that a guard names, empty when it has nothing against the step."""
    return "" if hindernis is None else hindernis.norm


# §§ 14, 15 SGB IX, § 88 Abs. 1 SGG: what runs from the receipt of an Antrag. Tests that list it see
# these only, so that a further Frist of the catalogue does not have to be told to all of them.
EINGANGSFRISTEN = ("F01", "F04", "F54")


def antrag_of(case: Case) -> Antrag:
    """Return the only application of a case."""
    return case.antraege.get()
