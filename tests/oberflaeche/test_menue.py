"""The navigation: what is needed every day in the row, the rest under headings."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from cases.registry.menue import MENUE
from cases.registry.routen import ROUTES
from cases.states.rolle import Rolle
from config.menu import menu_entries, menu_groups
from tests.fabriken import make_user
from tests.oberflaeche.test_rahmen import make_request


@pytest.fixture(autouse=True)
def _urls_loaded():
    assert get_resolver().url_patterns


def groups_of(rolle: Rolle) -> list[tuple[str, int]]:
    user = make_user("wer", rolle)
    groups = menu_groups(menu_entries(make_request(user)))
    return [(group["titel"], len(group["eintraege"])) for group in groups]


@pytest.mark.django_db
def test_long_navigation_stands_under_headings():
    assert groups_of(Rolle.LEITUNG) == [
        ("", 9),
        ("Vertretung", 4),
        ("Verwaltung", 10),
        ("Nachschlagen", 3),
    ]


@pytest.mark.django_db
def test_short_navigation_is_one_row_without_headings():
    assert {titel for titel, _anzahl in groups_of(Rolle.FACHDIENST)} == {""}


def test_every_page_of_the_navigation_has_its_place():
    platziert = {name for _titel, namen in MENUE for name in namen}
    assert {row.name for row in ROUTES.values() if row.menue} == platziert
