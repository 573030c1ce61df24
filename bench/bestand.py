"""A stock of 100,000 cases, made up and repeatable; written past the services, for measuring."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Model

from cases.models import (
    Anschrift,
    Antrag,
    Case,
    Ereignis,
    Frist,
    LeistungsberechtigtePerson,
    Suchzeile,
    Team,
    User,
    Wiedervorlage,
)
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from recht.fristkennung import Regel

FAELLE, TEAMS, JE_TEAM = 100_000, 20, 10
_BLOCK = 5_000
_VORNAMEN = [
    "Anna",
    "Ben",
    "Clara",
    "David",
    "Emil",
    "Fatma",
    "Georg",
    "Hanna",
    "Ivan",
    "Jürgen",
    "Kaja",
    "Lena",
    "Mehmet",
    "Nina",
    "Olaf",
    "Paula",
    "Quirin",
    "Rosa",
    "Sören",
    "Tim",
    "Ute",
    "Viktor",
    "Wanda",
    "Xaver",
    "Yusuf",
    "Zoë",
    "Łucja",
    "Änne",
    "Óscar",
    "Øyvind",
]
_NACHNAMEN = [
    "Müller",
    "Schmidt",
    "Schneider",
    "Fischer",
    "Weber",
    "Meyer",
    "Wagner",
    "Becker",
    "Schulz",
    "Hoffmann",
    "Schäfer",
    "Koch",
    "Bauer",
    "Richter",
    "Klein",
    "Wolf",
    "Schröder",
    "Neumann",
    "Schwarz",
    "Zimmermann",
    "Braun",
    "Krüger",
    "Hofmann",
    "Hartmann",
    "Lange",
    "Schmitt",
    "Werner",
    "Krause",
    "Meier",
    "Lehmann",
    "Köhler",
    "Herrmann",
    "König",
    "Walter",
    "Mayer",
    "Huber",
    "Kaiser",
    "Fuchs",
    "Peters",
    "Lang",
    "Scholz",
    "Möller",
    "Weiß",
    "Jung",
    "Hahn",
    "Schubert",
    "Vogel",
    "Friedrich",
    "Keller",
    "Günther",
    "Demirci",
    "Wiśniewska",
    "Özdemir",
    "Nowak",
    "Yılmaz",
    "Popović",
    "Öhler",
]
_ENDUNG = [
    "bach",
    "berg",
    "feld",
    "haus",
    "heim",
    "hof",
    "land",
    "mann",
    "moor",
    "see",
    "stein",
    "tal",
    "thal",
    "wald",
    "weg",
]
_STRASSEN = "Gartenweg Hauptstraße Lindenallee Mühlgasse Bahnhofstraße Schlossplatz Ringstraße"
_ORTE = (("70999", "Musterau"), ("70998", "Neustadt"), ("70997", "Großdorf"), ("70996", "Altheim"))
_LAUFEND = [s for s in Fallzustand.values if s != Fallzustand.BEENDET]


@dataclass(frozen=True)
class Bestand:
    """Whom to measure as."""

    fallmanager: User
    leitung: User
    revision: User
    faelle: list[int]


def build(stichtag: date) -> Bestand:
    """Write the stock; the caller takes the transaction back."""
    rng = random.Random(20261122)
    teams = Team.objects.bulk_create([Team(name=f"Bestand {n:02}") for n in range(TEAMS)])
    staff = [_user(f"bestand{n}", Rolle.FALLMANAGEMENT, teams[n % TEAMS]) for n in _staff()]
    leitung = _user("bestandleitung", Rolle.LEITUNG, teams[0])
    leitung.geleitete_teams.add(teams[0])
    revision = _user("bestandrevision", Rolle.REVISION, None)
    models = (LeistungsberechtigtePerson, Anschrift, Case, Antrag, Frist, Wiedervorlage, Ereignis)
    _triggers("DISABLE", models)
    personen = _write(LeistungsberechtigtePerson, _personen(rng))
    _write(Anschrift, (_anschrift(rng, person) for person in personen))
    cases = _write(Case, (_case(rng, n, p, staff, stichtag) for n, p in enumerate(personen)))
    _write(Antrag, (_antrag(case) for case in cases))
    _write(Frist, (f for case in cases for f in _fristen(rng, case, stichtag)))
    _write(Wiedervorlage, (_wiedervorlage(rng, c, stichtag) for c in cases if c.pk % 3 == 0))
    _write(Ereignis, (_ereignis(case, n) for case in cases for n in range(4)))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT count(suchzeile_neu(id)) FROM cases_leistungsberechtigteperson WHERE id >= %s",
            [personen[0].pk],
        )
    _triggers("ENABLE", models)
    with connection.cursor() as cursor:
        for model in (*models, Suchzeile):
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')
    own = [case.pk for case in cases if case.caseworker_id == staff[0].pk]
    return Bestand(staff[0], leitung, revision, own)


def _staff() -> range:
    return range(TEAMS * JE_TEAM)


def _user(name: str, rolle: str, team: Team | None) -> User:
    user = User.objects.create(
        username=name, first_name="Erika", last_name=name.capitalize(), team=team
    )
    user.set_unusable_password()
    user.groups.add(Group.objects.get(name=rolle))
    return user


def _triggers(what: str, models: Iterable[type[Model]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in models:
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" {what} TRIGGER USER')


def _write(model: Any, rows: Iterable[Any]) -> list[Any]:
    written: list[Any] = []
    iterator = iter(rows)
    while block := list(islice(iterator, _BLOCK)):
        written += model.objects.bulk_create(block)
    return written


def _personen(rng: random.Random) -> Iterator[LeistungsberechtigtePerson]:
    for _ in range(FAELLE):
        nachname = rng.choice(_NACHNAMEN)
        if rng.random() < 0.6:
            nachname = nachname.rstrip("aeiou") + rng.choice(_ENDUNG)
        yield LeistungsberechtigtePerson(
            anrede=rng.choice(("frau", "herr", "ohne")),
            vorname=rng.choice(_VORNAMEN),
            nachname=nachname,
            geburtsdatum=date(1930, 1, 1) + timedelta(days=rng.randrange(34_000)),
        )


def _anschrift(rng: random.Random, person: LeistungsberechtigtePerson) -> Anschrift:
    plz, ort = rng.choice(_ORTE)
    return Anschrift(
        leistungsberechtigte_person=person,
        strasse=f"{rng.choice(_STRASSEN.split())} {rng.randrange(1, 200)}",
        plz=plz,
        ort=ort,
        gueltig_ab=person.geburtsdatum,
    )


def _case(
    rng: random.Random,
    n: int,
    person: LeistungsberechtigtePerson,
    staff: list[User],
    stichtag: date,
) -> Case:
    user = staff[n % len(staff)]
    ended = n % 4 == 0
    seit = max(person.geburtsdatum, stichtag - timedelta(days=rng.randrange(2_400)))
    return Case(
        aktenzeichen=f"BM-{seit.year}-{n:06}",
        leistungsberechtigte_person=person,
        team_id=user.team_id,
        caseworker=user,
        state=Fallzustand.BEENDET if ended else rng.choice(_LAUFEND),
        eroeffnet_am=seit,
        beendet_am=stichtag if ended else None,
        geschuetzt=n % 200 == 7,
    )


def _antrag(case: Case) -> Antrag:
    return Antrag(
        case=case,
        eingang=case.eroeffnet_am,
        weg="schriftlich",
        begehren="Assistenz beim Wohnen",
        persoenliches_budget=case.pk % 2 == 0,
        aufgenommen_von_id=case.caseworker_id,
    )


def _fristen(rng: random.Random, case: Case, stichtag: date) -> Iterator[Frist]:
    for regel in (
        Regel.ZUSTAENDIGKEITSPRUEFUNG,
        Regel.ENTSCHEIDUNG,
        Regel.ERSTE_UEBERPRUEFUNG,
        Regel.BEDARF_WIEDERHOLEN,
    ):
        ende = stichtag + timedelta(days=rng.randrange(-20, 700))
        offen = case.state != Fallzustand.BEENDET and regel in {
            Regel.ERSTE_UEBERPRUEFUNG,
            Regel.BEDARF_WIEDERHOLEN,
        }
        yield Frist(
            case=case,
            regel=regel,
            bezeichnung="Überprüfung",
            gegenstand=f"antrag:{case.pk}",
            ausloeser_datum=case.eroeffnet_am,
            ende_rechnerisch=ende,
            ende=ende,
            anzeige=f"{ende:%d.%m.%Y}",
            wiedervorlage=ende - timedelta(days=14),
            eskalation=ende + timedelta(days=1),
            norm="§ 121 Abs. 2 SGB IX",
            rechtsstand="B",
            wirkung="handlung",
            state="offen" if offen else "gewahrt",
        )


def _wiedervorlage(rng: random.Random, case: Case, stichtag: date) -> Wiedervorlage:
    return Wiedervorlage(
        case=case,
        user_id=case.caseworker_id,
        am=stichtag + timedelta(days=rng.randrange(-5, 200)),
        anlass="Bericht anfordern",
    )


def _ereignis(case: Case, n: int) -> Ereignis:
    return Ereignis(case=case, am=case.eroeffnet_am, art="antrag", text=f"Schritt {n}")
