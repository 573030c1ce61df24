"""Who is shown as possibly the same person, why, and to whom nothing is shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case, Listenabruf, Zugriffsverweigerung
from cases.person.queries.aehnlich import FREMDE_AKTE, aehnliche_personen
from cases.person.services.aehnlich import PRUEFUNGEN_JE_TAG, ROUTE, check_person
from tests.fabriken import HEUTE, make_fall, make_fallmanager, make_person, make_team

pytestmark = pytest.mark.django_db
GEBOREN = date(1966, 5, 7)


def ask(user, vorname="Petra", nachname="Maier", geburtsdatum=GEBOREN):
    return aehnliche_personen(
        user=user, vorname=vorname, nachname=nachname, geburtsdatum=geburtsdatum, stichtag=HEUTE
    )


@pytest.fixture
def petra(fallmanager):
    person = make_person("Maier", vorname="Petra", geburtsdatum=GEBOREN)
    return make_fall(fallmanager, person=person)


@pytest.mark.parametrize(
    ("vorname", "nachname", "geboren", "gruende"),
    [
        ("Petra", "Maier", GEBOREN, ("gleicher Name", "gleiches Geburtsdatum")),
        ("petra", "MAIER", GEBOREN, ("gleicher Name", "gleiches Geburtsdatum")),
        ("Petra", "Meyer", GEBOREN, ("gleicher Klang", "gleiches Geburtsdatum")),
        ("Petra", "Meyer", date(1966, 7, 5), ("gleicher Klang", "Tag und Monat vertauscht")),
        (
            "Maier",
            "Petra",
            GEBOREN,
            ("Vorname und Nachname vertauscht", "gleiches Geburtsdatum"),
        ),
        (
            "Petra",
            "Maier",
            date(1966, 5, 8),
            ("gleicher Name", "Geburtsdatum weicht in einer Ziffer ab"),
        ),
        ("Petra", "Maierle", GEBOREN, ("ähnliche Schreibweise", "gleiches Geburtsdatum")),
        ("Petra", "Huber", GEBOREN, ("ähnlicher Vorname", "gleiches Geburtsdatum")),
        ("Petra", "Maier", date(1990, 1, 1), ("gleicher Name", "anderes Geburtsdatum")),
        ("Petra", "Meyer", None, ("gleicher Klang",)),
    ],
)
def test_similar_person_is_found_with_its_reasons(
    fallmanager, petra, vorname, nachname, geboren, gruende
):
    hits = ask(fallmanager, vorname, nachname, geboren)
    assert [(h.name, h.gruende, h.faelle) for h in hits] == [("Petra Maier", gruende, (petra,))]


@pytest.mark.parametrize(
    ("vorname", "nachname", "geboren"),
    [
        ("Petra", "Meyer", date(1990, 1, 1)),
        ("Otto", "Maier", date(1990, 1, 1)),
        ("Hannelore", "Bäuerle", GEBOREN),
        ("Petra", "", GEBOREN),
        ("Petra", "Maier\x00", GEBOREN),
        ("x" * 150, "y" * 80, GEBOREN),
    ],
)
def test_other_person_is_not_shown(fallmanager, petra, vorname, nachname, geboren):
    assert ask(fallmanager, vorname, nachname, geboren) == []


def test_most_alike_person_comes_first(fallmanager, petra):
    zweite = make_person("Meyer", vorname="Petra", geburtsdatum=date(1966, 7, 5))
    make_fall(fallmanager, person=zweite)
    dritte = make_person("Meier", vorname="Petra", geburtsdatum=GEBOREN)
    make_fall(fallmanager, person=dritte)
    assert [h.name for h in ask(fallmanager)] == ["Petra Maier", "Petra Meier", "Petra Meyer"]


def test_file_of_another_team_is_hinted_at_without_content(petra):
    fremd = make_fallmanager("fremd", make_team("Team Süd"))
    (hit,) = ask(fremd)
    assert (hit.fremd, hit.name, hit.geburtsdatum, hit.person_id) == (True, "", None, None)
    assert hit.gruende == (FREMDE_AKTE,)
    assert ask(fremd, geburtsdatum=None) == []


def test_protected_file_of_another_team_is_never_mentioned(petra):
    Case.objects.filter(pk=petra.pk).update(geschuetzt=True)
    fremd = make_fallmanager("fremd", make_team("Team Süd"))
    assert ask(fremd) == []


def test_number_of_queries_does_not_grow_with_the_hits(fallmanager, petra):
    for _ in range(3):
        make_fall(fallmanager, person=make_person("Maier", vorname="Petra", geburtsdatum=GEBOREN))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(ask(fallmanager)) == 4
    assert len(queries) <= 5


def frage(user, vorname="Petra", nachname="Maier", geboren=GEBOREN):
    return check_person(
        user=user, vorname=vorname, nachname=nachname, geburtsdatum=geboren, stichtag=HEUTE
    )


@pytest.mark.parametrize(
    ("vorname", "nachname", "geboren", "fremd"),
    [
        ("Petra", "Maier", GEBOREN, True),
        ("PETRA", "maier", GEBOREN, True),
        ("Petra", "Meier", GEBOREN, False),
        ("Petr", "Maier", GEBOREN, False),
        ("Petra", "Maier", GEBOREN + timedelta(days=1), False),
        ("Petra", "Maier", GEBOREN.replace(year=GEBOREN.year + 1), False),
        ("Petra", "Maier", None, False),
        ("", "Maier", GEBOREN, False),
    ],
)
def test_strangers_file_answers_to_three_exact_facts_only(petra, vorname, nachname, geboren, fremd):
    fremde = make_fallmanager("fremd", make_team("Team Süd"))
    treffer = frage(fremde, vorname, nachname, geboren)
    assert [hit.fremd for hit in treffer] == ([True] if fremd else [])
    assert all("Leitung" in hit.gruende[0] and "Team" not in hit.gruende[0] for hit in treffer)


def test_guessing_is_counted_logged_and_answered_alike_in_the_end(petra):
    fremde = make_fallmanager("fremd", make_team("Team Süd"))
    for n in range(PRUEFUNGEN_JE_TAG):
        assert frage(fremde, geboren=date(1950, 1, 1) + timedelta(days=n)) == []
    gibt_es = frage(fremde)
    gibt_es_nicht = frage(fremde, "Xaver", "Unbekannt", date(1951, 5, 5))
    assert gibt_es == gibt_es_nicht
    assert [hit.fremd for hit in gibt_es] == [True]
    assert Listenabruf.objects.filter(user=fremde, route=ROUTE).count() == PRUEFUNGEN_JE_TAG + 2
    assert Zugriffsverweigerung.objects.filter(user=fremde, route=ROUTE).count() == 2


def test_asking_the_same_again_counts_once_and_others_are_not_held_up(petra, fallmanager):
    fremde = make_fallmanager("fremd", make_team("Team Süd"))
    for _ in range(PRUEFUNGEN_JE_TAG + 5):
        frage(fremde)
    assert Listenabruf.objects.filter(user=fremde, route=ROUTE).count() == 1
    assert frage(fremde, "Xaver", "Unbekannt", date(1951, 5, 5)) == []
    assert [hit.name for hit in frage(fallmanager)] == ["Petra Maier"]


def test_page_while_typing_asks_the_counted_way(client, petra):
    client.force_login(make_fallmanager("fremd", make_team("Team Süd")))
    felder = {
        "vorname": "Petra",
        "nachname": "Maier",
        "geburtsdatum": f"{GEBOREN:%d.%m.%Y}",
    }
    text = client.post(reverse("antrag_aehnlich"), felder).text
    assert "an die Leitung" in text
    assert "Team" not in text
    assert Listenabruf.objects.filter(route=ROUTE).count() == 1
