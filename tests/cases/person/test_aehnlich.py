"""Who is shown as possibly the same person, why, and to whom nothing is shown."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from cases.person.queries.aehnlich import FREMDE_AKTE, aehnliche_personen
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
