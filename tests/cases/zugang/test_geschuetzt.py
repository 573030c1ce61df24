"""A protected case leaves no trace: no list, no count, no search, no report shows it to others."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Case
from cases.registry.routen import FALL, ROUTES
from cases.states.rolle import Rolle
from tests.architektur.test_adressen import own_patterns
from tests.fabriken import make_fall, make_fallmanager, make_person, make_team, make_user

pytestmark = pytest.mark.django_db
KANARIE = "Xanthippowski"


@pytest.fixture
def geschuetzt(fallmanager) -> Case:
    case = make_fall(fallmanager, person=make_person(KANARIE))
    Case.objects.filter(pk=case.pk).update(geschuetzt=True)
    return case


def pages(rolle: str) -> list[str]:
    return [
        reverse(p.name)
        for p in own_patterns()
        if not p.pattern.converters
        and rolle in ROUTES[p.name or ""].rollen
        and ROUTES[p.name or ""].objekt != FALL
    ]


@pytest.mark.parametrize(
    ("rolle", "mindestens"),
    [(Rolle.FALLMANAGEMENT, 10), (Rolle.FACHDIENST, 5), (Rolle.REVISION, 5), (Rolle.LEITUNG, 10)],
)
def test_no_page_names_it(client, geschuetzt, rolle, mindestens):
    team = make_team("Team Süd") if rolle == Rolle.LEITUNG else make_team()
    user = make_user("andere", rolle, team, leitet=rolle == Rolle.LEITUNG)
    client.force_login(user)
    urls = pages(rolle)
    found = []
    for url in urls:
        text = client.get(url).content.decode(errors="replace")
        if KANARIE in text or geschuetzt.aktenzeichen in text:
            found.append(url)
    assert len(urls) >= mindestens
    assert found == []


@pytest.mark.parametrize("text", [KANARIE, KANARIE[:6], "17.04.1985", "{az}", "3000", "Lindenweg"])
def test_search_finds_nothing(client, geschuetzt, text):
    client.force_login(make_fallmanager("kollege"))
    response = client.post(
        reverse("suche"), {"suchtext": text.format(az=geschuetzt.aktenzeichen)}, follow=True
    )
    assert f"{KANARIE}, Emil" not in response.text
    assert reverse("fall", args=[geschuetzt.pk]) not in response.text


def test_responsible_person_still_finds_it(client, geschuetzt, fallmanager):
    client.force_login(fallmanager)
    response = client.post(reverse("suche"), {"suchtext": KANARIE}, follow=True)
    assert reverse("fall", args=[geschuetzt.pk]) in response.text
