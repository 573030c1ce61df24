"""Authority, teams, users and Leistungsträger of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from cases.behoerde.services.eigener_wert import create_eigener_wert, release_eigener_wert
from cases.models import Behoerde, Leistungstraeger, Team, User
from cases.models.wertschluessel import GEBIET
from cases.states.rolle import Rolle
from vorfuehrung.models import Vorfuehrkonto

# By this domain the accounts of the demonstration are known.
DOMAENE = "landkreis-musterau.example"
# No Land in Germany has the number 99.
KREIS = "99901"
_GEMEINDEN = {"Musterau": f"{KREIS}001"}
_SEIT = date(2020, 1, 1)


@dataclass(frozen=True)
class Konto:
    """One login of the demonstration."""

    username: str
    vorname: str
    nachname: str
    rolle: Rolle
    team: str
    zimmer: str
    durchwahl: str
    funktion: str


KONTEN: tuple[Konto, ...] = (
    Konto(
        "fallmanager",
        "Jonas",
        "Brandt",
        Rolle.FALLMANAGEMENT,
        "Team Nord",
        "2.14",
        "214",
        "Fallmanager",
    ),
    Konto(
        "kollegin",
        "Miriam",
        "Aydın",
        Rolle.FALLMANAGEMENT,
        "Team Süd",
        "2.20",
        "220",
        "Fallmanagerin",
    ),
    Konto(
        "leitung",
        "Sabine",
        "Kröger",
        Rolle.LEITUNG,
        "Team Nord",
        "2.01",
        "201",
        "Sachgebietsleiterin",
    ),
    Konto(
        "fachdienst",
        "Dr. Peter",
        "Łukasik",
        Rolle.FACHDIENST,
        "",
        "1.05",
        "105",
        "Medizinisch-Pädagogischer Dienst",
    ),
    Konto("kasse", "Renate", "Öztürk", Rolle.KASSE, "", "0.12", "012", "Kreiskasse"),
    Konto(
        "revision", "Holger", "Thiele", Rolle.REVISION, "", "3.30", "330", "Rechnungsprüfungsamt"
    ),
    Konto(
        "datenschutz",
        "Anke",
        "Sommer",
        Rolle.DATENSCHUTZ,
        "",
        "3.31",
        "331",
        "Datenschutzbeauftragte",
    ),
    Konto(
        "admin", "Kim", "Vogel", Rolle.FACHADMINISTRATION, "", "1.40", "140", "Fachadministration"
    ),
    Konto(
        "berechtigung",
        "Ayşe",
        "Demir",
        Rolle.BERECHTIGUNG,
        "",
        "1.41",
        "141",
        "Berechtigungsverwaltung",
    ),
    Konto(
        "berechtigung2",
        "Lars",
        "Nyström",
        Rolle.BERECHTIGUNG,
        "",
        "1.42",
        "142",
        "Berechtigungsverwaltung",
    ),
)

TRAEGER: tuple[tuple[str, str, str, str, str, bool], ...] = (
    (
        "eingliederungshilfe",
        "Landkreis Musterau – Eingliederungshilfe",
        "Schlossplatz 1",
        "70999",
        "Musterau",
        True,
    ),
    (
        "sozialhilfe",
        "Landkreis Musterau – Sozialhilfe",
        "Schlossplatz 1",
        "70999",
        "Musterau",
        True,
    ),
    ("pflegekasse", "AOK Musterland – Pflegekasse", "Kassenstraße 3", "70999", "Musterau", False),
    ("krankenkasse", "Muster-BKK", "Betriebsweg 8", "70173", "Stuttgart", False),
    (
        "arbeitsagentur",
        "Agentur für Arbeit Musterau",
        "Bahnhofstraße 22",
        "70999",
        "Musterau",
        False,
    ),
    (
        "rentenversicherung",
        "Deutsche Rentenversicherung Musterland",
        "Rentenallee 1",
        "76135",
        "Karlsruhe",
        False,
    ),
    (
        "integrationsamt",
        "Integrationsamt Musterland",
        "Lindenspürstraße 39",
        "70176",
        "Stuttgart",
        False,
    ),
    ("jugendhilfe", "Landkreis Musterau – Jugendamt", "Schlossplatz 1", "70999", "Musterau", False),
)


def create_behoerde() -> Behoerde:
    """Create the authority in Baden-Württemberg with teams and Leistungsträger."""
    behoerde, _ = Behoerde.objects.update_or_create(
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
            "land": "BW",
            "aktenzeichen_praefix": "EH",
        },
    )
    for name in ("Team Nord", "Team Süd"):
        Team.objects.get_or_create(name=name)
    for art, name, strasse, plz, ort, eigener in TRAEGER:
        Leistungstraeger.objects.get_or_create(
            name=name,
            defaults={"art": art, "strasse": strasse, "plz": plz, "ort": ort, "eigener": eigener},
        )
    return behoerde


def create_users(password: str) -> dict[str, User]:
    """Create the logins; the supervisor leads both teams."""
    users: dict[str, User] = {}
    # All accounts have the one password that the start prints; hashing it is slow on purpose.
    kennwort = make_password(password)
    for konto in KONTEN:
        user, _ = User.objects.get_or_create(username=konto.username)
        user.first_name, user.last_name = konto.vorname, konto.nachname
        user.email = f"{konto.username}@{DOMAENE}"
        user.funktion, user.zimmer = konto.funktion, konto.zimmer
        user.telefon = f"07999 100-{konto.durchwahl}"
        user.zeichen = konto.username[:3].upper()
        user.team = Team.objects.filter(name=konto.team).first()
        user.password = kennwort
        user.save()
        mark_account(user)
        user.groups.set([Group.objects.get_or_create(name=konto.rolle.value)[0]])
        users[konto.username] = user
    users["leitung"].geleitete_teams.set(Team.objects.all())
    return users


def gemeinde_of(ort: str) -> str:
    """Return the Gemeindeschlüssel of an invented town; a real one is not guessed."""
    return _GEMEINDEN.get(ort, "")


def create_gebiet(users: dict[str, User], tag: date) -> None:
    """Set the area of the authority by two people; no Land in Germany has the number 99."""
    wert = create_eigener_wert(
        schluessel=GEBIET,
        gueltig_ab=_SEIT,
        text=f"{KREIS} Landkreis Musterau",
        begruendung="Gebiet des Landkreises seit Beginn des neuen Rechts",
        by=users["admin"],
        tag=tag,
    )
    release_eigener_wert(wert=wert, by=users["leitung"], tag=tag)


def mark_account(user: User) -> None:
    """Note that everybody may know the password of this account; production refuses it."""
    Vorfuehrkonto.objects.get_or_create(user=user)


def known_users() -> dict[str, User]:
    """Return the logins of the demonstration as they are in the database."""
    namen = [konto.username for konto in KONTEN]
    rows = User.objects.filter(username__in=namen).select_related("team")
    return {user.username: user for user in rows}


def renew_password(password: str) -> None:
    """Set the password of the logins, unless it is theirs already: that would end sessions."""
    users = known_users()
    if users["fallmanager"].check_password(password):
        return
    kennwort = make_password(password)
    for user in users.values():
        user.password = kennwort
        user.save(update_fields=["password"])
