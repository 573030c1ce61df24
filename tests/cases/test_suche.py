"""The one search box."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Case
from cases.queries.suche import search_cases
from tests.fabriken import HEUTE, make_fall, make_fallmanager, make_person, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def mueller(fallmanager) -> Case:
    person = make_person("Müller", vorname="Jürgen", geburtsdatum="1971-08-09")
    return make_fall(fallmanager, person=person)


@pytest.mark.parametrize(
    "text",
    [
        "Müller",
        "mueller",
        "muller",
        "Müler",
        "jürgen müller",
        "Müller, Jürgen",
        "juergen",
        "09.08.1971",
        "9.8.1971 Müller",
        "EH-2026-00001",
        "eh-2026-00001",
        "  Müller   ",
    ],
)
def test_search_finds(fallmanager, mueller, text):
    assert list(search_cases(fallmanager, text, HEUTE)) == [mueller]


@pytest.mark.parametrize(
    "text",
    ["", "Schmidt", "31.02.1971", "08.09.1971", "Müller 01.01.2000", "EH-2026-00002", "%", "_"],
)
def test_search_finds_nothing(fallmanager, mueller, text):
    assert list(search_cases(fallmanager, text, HEUTE)) == []


def test_search_does_not_see_foreign_cases(mueller):
    other = make_fallmanager("andere", make_team("Team Süd"))
    assert list(search_cases(other, "Müller", HEUTE)) == []


def test_words_of_the_search_travel_by_post_only(client, fallmanager, mueller):
    client.force_login(fallmanager)
    assert "Müller, Jürgen" in client.post(reverse("suche"), {"suchtext": "Müller"}).text
    assert "Müller, Jürgen" not in client.get(reverse("suche"), {"suchtext": "Müller"}).text


def test_search_with_a_control_character_answers(client, fallmanager, mueller):
    client.force_login(fallmanager)
    assert "Müller, Jürgen" in client.post(reverse("suche"), {"suchtext": "Müller\x00"}).text
