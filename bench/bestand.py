"""A stock of 100,000 cases, made up and repeatable; written past the services, for measuring."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from bench.spalten import copy_rows
from cases.models import (
    Anschrift,
    Antrag,
    Behoerde,
    Case,
    Ereignis,
    Frist,
    LeistungsberechtigtePerson,
    Leistungstraeger,
    Team,
    User,
    Wiedervorlage,
)
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from gesamtplan.models import Bedarfsermittlung, Gesamtplan, Leistung, Planinhalt, Teilhabeziel
from recht.fristkennung import Regel
from recht.inhalte import pflichtinhalte

FAELLE, TEAMS, JE_TEAM = 100_000, 20, 10
# Of every how many cases one is ended, has a plan, has a Wiedervorlage.
ENDE_JE, PLAN_JE, VORLAGE_JE = 4, 5, 3
VORNAMEN = str.split(
    "Anna Ben Clara David Emil Fatma Georg Hanna Ivan Jürgen Kaja Lena Mehmet Nina Olaf Paula "
    "Quirin Rosa Sören Tim Ute Viktor Wanda Xaver Yusuf Zoë Łucja Änne Óscar Øyvind"
)
NACHNAMEN = str.split(
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch "
    "Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann "
    "Hartmann Lange Schmitt Werner Krause Meier Lehmann Köhler Herrmann König Walter Mayer "
    "Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich "
    "Keller Günther Demirci Wiśniewska Özdemir Nowak Yılmaz Popović Öhler"
)
_ENDUNG = str.split("bach berg feld haus heim hof land mann moor see stein tal thal wald weg")

_STRASSEN = str.split(
    "Gartenweg Hauptstraße Lindenallee Mühlgasse Bahnhofstraße Schlossplatz Ringstraße"
)
_ORTE = (("70999", "Musterau"), ("70998", "Neustadt"), ("70997", "Großdorf"), ("70996", "Altheim"))
# Most cases of an office are in receipt of something; the others stand all along the way.
_LAUFEND = [s for s in Fallzustand.values if s != Fallzustand.BEENDET]
_LAUFEND += [Fallzustand.LEISTUNG_LAEUFT.value] * 5
_GEPLANT = frozenset({Fallzustand.BEDARF_ERMITTELT, Fallzustand.GEPLANT, Fallzustand.UEBERPRUEFUNG})


@dataclass(frozen=True)
class Bestand:
    """Whom to measure as, and the cases of each; `geplant` have a plan."""

    fallmanager: list[User]
    leitung: User
    revision: User
    faelle: dict[int, list[int]]
    geplant: list[int]


def whom() -> Bestand:
    """Return the users of a stock that was built, and cases of the first ones."""
    users = {u.username: u for u in User.objects.filter(username__startswith="bestand")}
    staff = [users[f"bestand{n}"] for n in range(JE_TEAM)]
    rows = Case.objects.exclude(state=Fallzustand.BEENDET).order_by("pk")
    return Bestand(
        staff,
        users["bestandleitung"],
        users["bestandrevision"],
        {u.pk: list(rows.filter(caseworker=u).values_list("pk", flat=True)) for u in staff},
        list(
            rows.filter(caseworker=staff[0], gesamtplaene__isnull=False).values_list(
                "pk", flat=True
            )
        ),
    )


def build(stichtag: date) -> None:
    """Write the stock into an empty database and let PostgreSQL look at it."""
    with transaction.atomic():
        _quietly()
        _authority()
        _rows(random.Random(20261122), _staff(), stichtag)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(suchzeile_neu(id)) FROM cases_leistungsberechtigteperson")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _quietly() -> None:
    """Write no change history of what nobody did; the rows are whole by construction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")


def _authority() -> None:
    Behoerde.objects.create(
        id=1,
        name="Landkreis Musterau",
        traeger_bezeichnung="Träger der Eingliederungshilfe",
        amt="Amt für Teilhabe und Soziales",
        strasse="Schlossplatz 1",
        plz="70999",
        ort="Musterau",
        telefon="07999 100-0",
        email="teilhabe@landkreis-musterau.example",
        elektronischer_zugang="https://landkreis-musterau.example/kontakt",
        land="BW",
    )


def _staff() -> list[User]:
    """Write the teams, their caseworkers, and one person each who leads and who audits."""
    teams = Team.objects.bulk_create([Team(name=f"Bestand {n:02}") for n in range(TEAMS)])
    # The first ten are one team: they are asked for their lists in turn.
    wer = range(TEAMS * JE_TEAM)
    staff = [_user(f"bestand{n}", Rolle.FALLMANAGEMENT, teams[n // JE_TEAM]) for n in wer]
    leitung = _user("bestandleitung", Rolle.LEITUNG, teams[0])
    leitung.geleitete_teams.add(teams[0])
    _user("bestandrevision", Rolle.REVISION, None)
    return staff


def _user(name: str, rolle: str, team: Team | None) -> User:
    user = User(username=name, first_name="Erika", last_name=name.capitalize(), team=team)
    user.set_unusable_password()
    user.save()
    user.groups.add(Group.objects.get(name=rolle))
    return user


def _rows(rng: random.Random, staff: list[User], stichtag: date) -> None:
    personen = [_person(rng, n) for n in range(1, FAELLE + 1)]
    copy_rows(LeistungsberechtigtePerson, personen)
    copy_rows(Anschrift, (_anschrift(rng, person) for person in personen))
    cases = [_case(rng, person, staff, stichtag) for person in personen]
    copy_rows(Case, cases)
    copy_rows(Antrag, (_antrag(case) for case in cases))
    copy_rows(Frist, (frist for case in cases for frist in _fristen(rng, case, stichtag)))
    vorgelegt = [case for case in cases if case["id"] % VORLAGE_JE == 0]
    copy_rows(Wiedervorlage, (_wiedervorlage(rng, case, stichtag) for case in vorgelegt))
    jetzt = timezone.now()
    copy_rows(Ereignis, (_ereignis(case, n, jetzt) for case in cases for n in range(4)))
    geplant = [case for case in cases if case["state"] in _GEPLANT]
    _plans([case for case in geplant if case["id"] // len(staff) % PLAN_JE == 0], stichtag)


def _person(rng: random.Random, n: int) -> dict[str, Any]:
    nachname = rng.choice(NACHNAMEN)
    if rng.random() < 0.6:
        nachname = nachname.rstrip("aeiou") + rng.choice(_ENDUNG)
    return {
        "id": n,
        "anrede": rng.choice(("frau", "herr", "ohne")),
        "vorname": rng.choice(VORNAMEN),
        "nachname": nachname,
        "geburtsdatum": date(1930, 1, 1) + timedelta(days=rng.randrange(34_000)),
    }


def _anschrift(rng: random.Random, person: dict[str, Any]) -> dict[str, Any]:
    plz, ort = rng.choice(_ORTE)
    return {
        "leistungsberechtigte_person_id": person["id"],
        "strasse": f"{rng.choice(_STRASSEN)} {rng.randrange(1, 200)}",
        "plz": plz,
        "ort": ort,
        "gueltig_ab": person["geburtsdatum"],
    }


def _case(
    rng: random.Random, person: dict[str, Any], staff: list[User], stichtag: date
) -> dict[str, Any]:
    n = person["id"]
    user = staff[n % len(staff)]
    # A share of the cases of each person is ended, not all cases of every fourth person.
    ended = n // len(staff) % ENDE_JE == 0
    seit = max(person["geburtsdatum"], stichtag - timedelta(days=rng.randrange(2_400)))
    return {
        "id": n,
        "aktenzeichen": f"BM-{seit.year}-{n:06}",
        "leistungsberechtigte_person_id": n,
        "team_id": user.team_id,
        "caseworker_id": user.pk,
        "state": Fallzustand.BEENDET.value if ended else rng.choice(_LAUFEND),
        "eroeffnet_am": seit,
        "beendet_am": stichtag if ended else None,
        "geschuetzt": n % 200 == 7,
    }


def _antrag(case: dict[str, Any]) -> dict[str, Any]:
    return {
        "case_id": case["id"],
        "eingang": case["eroeffnet_am"],
        "weg": "schriftlich",
        "begehren": "Assistenz beim Wohnen",
        "persoenliches_budget": case["id"] % 2 == 0,
        "aufgenommen_von_id": case["caseworker_id"],
    }


def _fristen(rng: random.Random, case: dict[str, Any], stichtag: date) -> Iterator[dict[str, Any]]:
    for regel in (
        Regel.ZUSTAENDIGKEITSPRUEFUNG,
        Regel.ENTSCHEIDUNG,
        Regel.ERSTE_UEBERPRUEFUNG,
        Regel.BEDARF_WIEDERHOLEN,
    ):
        ende = stichtag + timedelta(days=rng.randrange(-20, 700))
        offen = case["state"] != Fallzustand.BEENDET and regel in {
            Regel.ERSTE_UEBERPRUEFUNG,
            Regel.BEDARF_WIEDERHOLEN,
        }
        yield {
            "case_id": case["id"],
            "regel": regel.value,
            "bezeichnung": "Überprüfung",
            "gegenstand": f"antrag:{case['id']}",
            "ausloeser_datum": case["eroeffnet_am"],
            "ende_rechnerisch": ende,
            "ende": ende,
            "anzeige": f"{ende:%d.%m.%Y}",
            "wiedervorlage": ende - timedelta(days=14),
            "eskalation": ende + timedelta(days=1),
            "norm": "§ 121 Abs. 2 SGB IX",
            "rechtsstand": "B",
            "wirkung": "handlung",
            "state": "offen" if offen else "gewahrt",
        }


def _wiedervorlage(rng: random.Random, case: dict[str, Any], stichtag: date) -> dict[str, Any]:
    return {
        "case_id": case["id"],
        "user_id": case["caseworker_id"],
        "am": stichtag + timedelta(days=rng.randrange(-5, 200)),
        "anlass": "Bericht anfordern",
    }


def _ereignis(case: dict[str, Any], n: int, jetzt: Any) -> dict[str, Any]:
    return {
        "case_id": case["id"],
        "am": case["eroeffnet_am"],
        "zeit": jetzt,
        "art": "antrag",
        "text": f"Schritt {n}",
    }


def _plans(cases: list[dict[str, Any]], stichtag: date) -> None:
    """Write a determination of need and a plan with its contents, goals and Leistungen."""
    traeger = Leistungstraeger.objects.create(
        name="Landkreis Musterau", art="eingliederungshilfe", eigener=True
    )
    inhalte = [inhalt.schluessel for inhalt in pflichtinhalte("gesamtplan", stichtag)]
    copy_rows(Bedarfsermittlung, (_ermittlung(case, stichtag) for case in cases))
    copy_rows(Gesamtplan, (_plan(case, stichtag) for case in cases))
    teile = [(case["id"], n) for case in cases for n in (1, 2)]
    copy_rows(
        Planinhalt,
        (
            {"gesamtplan_id": case["id"], "schluessel": name, "text": "Siehe Gespräch."}
            for case in cases
            for name in inhalte
        ),
    )
    copy_rows(Teilhabeziel, (_ziel(plan, n, stichtag) for plan, n in teile))
    copy_rows(Leistung, (_leistung(plan, n, traeger.pk, stichtag) for plan, n in teile))


def _ermittlung(case: dict[str, Any], stichtag: date) -> dict[str, Any]:
    return {
        "id": case["id"],
        "case_id": case["id"],
        "datum": stichtag,
        "instrument": "BEI_BW",
        "state": "abgeschlossen",
        "abgeschlossen_am": stichtag,
        "erstellt_von_id": case["caseworker_id"],
        "bearbeitet_von_id": case["caseworker_id"],
    }


def _plan(case: dict[str, Any], stichtag: date) -> dict[str, Any]:
    return {
        "id": case["id"],
        "case_id": case["id"],
        "version": 1,
        "bedarfsermittlung_id": case["id"],
        "anlass": "Erster Gesamtplan",
        "datum": stichtag,
        "erstellt_von_id": case["caseworker_id"],
        "bearbeitet_von_id": case["caseworker_id"],
    }


def _ziel(plan: int, n: int, stichtag: date) -> dict[str, Any]:
    return {
        "id": 2 * plan + n,
        "gesamtplan_id": plan,
        "kennung": uuid.UUID(int=2 * plan + n),
        "nummer": n,
        "lebensbereich": f"d{n}",
        "text": "In der eigenen Wohnung leben",
        "kriterium": "Der Mietvertrag läuft.",
        "bis": stichtag + timedelta(days=365),
    }


def _leistung(plan: int, n: int, traeger: int, stichtag: date) -> dict[str, Any]:
    return {
        "gesamtplan_id": plan,
        "kennung": uuid.UUID(int=2 * plan + n),
        "teilhabeziel_id": 2 * plan + n,
        "leistungstraeger_id": traeger,
        "bezeichnung": "Assistenz",
        "norm": "§ 78 SGB IX",
        "leistungsform": "dienstleistung",
        "umfang": "6 Stunden in der Woche",
        "beginn": stichtag,
    }
