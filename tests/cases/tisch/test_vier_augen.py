"""What waits for a second person is on the desk of whoever may decide it, of nobody else.

One row for each pair of the first table of docs/zugang.md that waits for somebody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.urls import reverse

from cases.models import Auskunftssperre, Bankverbindung, User
from cases.person.services.auskunftssperre import decide_sperrende
from cases.person.services.bestaetigung import confirm_bankverbindung
from cases.person.services.personenangabe import add_angabe, change_angabe
from cases.states.rolle import Rolle
from cases.states.zugang import Kontovorgang
from cases.tisch.queries.arbeitstag import arbeitszeilen_of
from cases.zugang.services.abwesenheit import confirm_abwesenheit, create_abwesenheit
from cases.zugang.services.konto import change_konto, decide_aenderung
from tests.cases.zugang.test_umwege import DINGE, erste_person
from tests.fabriken import (
    HEUTE,
    make_fall,
    make_fallmanager,
    make_leitung,
    make_person,
    make_team,
    make_user,
)

pytestmark = pytest.mark.django_db
MITTAGS = datetime(HEUTE.year, HEUTE.month, HEUTE.day, 11, tzinfo=UTC)
Entscheiden = Callable[[User], object]


def sperrende(erste: User) -> Entscheiden:
    case = make_fall(erste)
    row = add_angabe(
        case=case,
        modell=Auskunftssperre,
        werte={"art": "eigene", "grund": "Gewalt"},
        gueltig_ab=HEUTE,
        by=erste,
        tag=HEUTE,
    )
    change_angabe(
        case=case,
        angabe=row,
        werte={"art": "eigene", "grund": "Gewalt"},
        gueltig_ab=HEUTE,
        gueltig_bis=HEUTE,
        by=erste,
        tag=HEUTE,
    )
    row.refresh_from_db()
    return lambda by: decide_sperrende(case=case, sperre=row, beenden=True, by=by, tag=HEUTE)


def fremdes_konto(erste: User) -> Entscheiden:
    case = make_fall(erste, person=make_person("Muster"))
    row = add_angabe(
        case=case,
        modell=Bankverbindung,
        werte={"iban": "DE02120300000000202051", "kontoinhaber": "Sozialstation Nord"},
        gueltig_ab=HEUTE,
        by=erste,
        tag=HEUTE,
    )
    return lambda by: confirm_bankverbindung(case=case, konto=row, by=by, tag=HEUTE)


def abwesenheit(erste: User) -> Entscheiden:
    row = create_abwesenheit(
        user=make_fallmanager("fort", erste.team),
        von=HEUTE,
        bis=HEUTE,
        vertretung=make_fallmanager("vertritt", erste.team),
        by=erste,
        zeitpunkt=MITTAGS,
    )
    return lambda by: confirm_abwesenheit(abwesenheit=row, by=by, zeitpunkt=MITTAGS)


def rolle(erste: User) -> Entscheiden:
    row = change_konto(
        konto=make_user("neu", Rolle.FACHDIENST),
        art=Kontovorgang.ROLLE_ERTEILEN,
        rolle=Rolle.FALLMANAGEMENT,
        by=erste,
        zeitpunkt=MITTAGS,
        begruendung="Verfügung",
    )
    return lambda by: decide_aenderung(
        aenderung=row, schritt="bestaetigen", by=by, zeitpunkt=MITTAGS
    )


NEU = {
    "Ende einer Auskunftssperre": sperrende,
    "fremdes Konto": fremdes_konto,
    "Vertretung": abwesenheit,
    "Rolle eines Kontos": rolle,
}
PAARE = {**DINGE, **NEU}
OHNE_FALL = (Rolle.FACHADMINISTRATION, Rolle.BERECHTIGUNG)


def first_of(ding: str) -> User:
    """Return who enters it."""
    if ding == "Rolle eines Kontos":
        return make_user("erste", Rolle.BERECHTIGUNG)
    return erste_person(ding)


def deciders(erste: User) -> list[User]:
    """Return who may decide beside the one who has entered it."""
    if erste.has_rolle(Rolle.BERECHTIGUNG):
        return [make_user("zweite", Rolle.BERECHTIGUNG)]
    leitung = make_leitung("zweite", make_team())
    if erste.has_rolle(Rolle.FACHADMINISTRATION):
        return [leitung, make_user("dritte", Rolle.FACHADMINISTRATION)]
    return [leitung]


def same_person(erste: User, andere: User) -> User:
    """Give an account like that of a decider to the one who has entered it."""
    konto = make_user(
        "zweitkonto", Rolle(next(iter(andere.rollen))), andere.team, leitet=bool(andere.team)
    )
    User.objects.filter(pk=konto.pk).update(
        first_name=erste.last_name.upper(), last_name=erste.first_name
    )
    return User.objects.get(pk=konto.pk)


def waiting(user: User) -> set[str]:
    """Return where the rows lead that ask this user to release or confirm."""
    rows = arbeitszeilen_of(User.objects.get(pk=user.pk), HEUTE)
    return {row.url for row in rows if row.art == "freigabe"}


@pytest.mark.parametrize("ding", PAARE)
def test_it_waits_with_who_may_decide_and_with_nobody_else(behoerde, ding):
    erste = first_of(ding)
    zweite = deciders(erste)
    zweitkonto = same_person(erste, zweite[-1])
    vorher = {user.pk: waiting(user) for user in (erste, zweitkonto, *zweite)}
    entscheide = PAARE[ding](erste)
    neu = [waiting(user) - vorher[user.pk] for user in zweite]
    assert all(len(urls) == 1 for urls in neu), neu
    assert len({*map(frozenset, neu)}) == 1
    (url,) = neu[0]
    for user in (erste, zweitkonto):
        assert url not in waiting(user), user.username
    entscheide(User.objects.get(pk=zweite[0].pk))
    assert url not in waiting(zweite[0])


@pytest.mark.parametrize("ding", ["Logo", "Rolle eines Kontos"])
def test_the_page_shows_it_to_a_role_without_cases(behoerde, client, ding):
    erste = first_of(ding)
    PAARE[ding](erste)
    zweite = deciders(erste)[-1]
    assert zweite.has_rolle(*OHNE_FALL)
    client.force_login(zweite)
    seite = client.get(reverse("start")).content.decode()
    (url,) = waiting(zweite)
    assert url in seite
    assert "Wartet auf Ihre Freigabe" in seite
    client.force_login(erste)
    assert url not in client.get(reverse("start")).content.decode()


@pytest.mark.parametrize("rolle", OHNE_FALL)
def test_a_role_without_cases_has_its_desk_and_says_when_nothing_waits(behoerde, client, rolle):
    client.force_login(make_user("wer", rolle))
    response = client.get(reverse("start"))
    assert response.status_code == 200
    assert "Heute wartet nichts auf Sie." in response.content.decode()
    menue = [e["titel"] for gruppe in response.context["menue"] for e in gruppe["eintraege"]]
    assert menue[0] == "Mein Tag"


def test_every_pair_of_the_table_is_looked_at_here():
    """Who adds a pair to docs/zugang.md says here whether and where it waits."""
    text = (settings.BASE_DIR / "docs" / "zugang.md").read_text(encoding="utf-8")
    tabelle = text.split("| Was | wer es beantragt")[1].split("\n\n")[0]
    paare = set(re.findall(r"^\| ([^|]+) \|", tabelle, re.M)) - {"Was"}
    assert paare - {"---"} == set(WARTET)


# What waits in the table above, by its name there; "" where nothing waits for a second person.
WARTET = {
    "Startpasswort, zweiter Faktor, Passkeys, E-Mail-Adresse, Entsperren": "Rolle eines Kontos",
    "Rolle, Team, Leitung": "Rolle eines Kontos",
    "zweites Konto gleichen Namens": "Rolle eines Kontos",
    "Abwesenheit und Vertretung für andere": "Vertretung",
    "Übergabe eines Falls": "",
    "Zuweisung": "",
    "Notfallzugriff": "tests/cases/zugang/test_notfallzugriff.py",
    "Schutz einer Person": "Schutz",
    "Ende einer Auskunftssperre": "Ende einer Auskunftssperre",
    "Konto, das nicht der Person gehört": "fremdes Konto",
    "Betrag und alles, worauf der Bescheid ruht": "tests/budget/test_seiten.py",
    "Freigabe des Bescheids": "tests/budget/test_seiten.py",
    "Freigabe eines Folgebescheids": "tests/budget/folge/test_seiten.py",
    "Entscheidung über einen Widerspruch": "tests/budget/folge/test_seiten.py",
    "Kündigung durch die Behörde": "tests/budget/folge/test_kuendigung.py",
    "Anschrift und Erreichbarkeit der Behörde, Dienststelle eines Teams": (
        "tests/cases/behoerde/test_aenderung.py"
    ),
    "Freigabe des Gesamtplans": "Gesamtplan",
    "eigener Wert der Behörde, auch Werte des Gesetzes der kommenden Zeit": "eigener Wert",
    "Logo und Dienstsiegel der Behörde": "Logo",
    "Wortlaut der Behörde in Schreiben": "eigener Wert",
    "Textbaustein": "Textbaustein",
    "geschwärzte Kopie einer Unterlage": "geschwärzte Kopie",
    "Instrument der Bedarfsermittlung": "Instrument",
    "Ende eines Instruments": "Ende eines Instruments",
    "Serienbriefe": "Serienbriefe",
    "Erstattung an einen anderen Träger": "Forderung eines Trägers",
    "Abgabe eines Falls an den neuen Träger": "tests/budget/traegerwechsel/test_traegerwechsel.py",
    "Übernahme von Beständen": "",
}


@pytest.mark.parametrize("wo", sorted({wo for wo in WARTET.values() if wo}))
def test_where_it_is_looked_at_exists(wo):
    assert wo in PAARE or (settings.BASE_DIR / wo).is_file()
