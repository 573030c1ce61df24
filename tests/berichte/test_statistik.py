"""What the yearly report lacks: listed all year, gone once it is entered."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from berichte.queries import statistikluecken
from cases.models import Anschrift, Case, Statistikangabe
from tests import uhr
from tests.fabriken import make_fall, make_fallmanager, make_person, make_team

pytestmark = pytest.mark.django_db
ALLES = ("Staatsangehörigkeit", "Geschlecht", "Zusammenleben", "gleichzeitige Leistungen",
         "Gemeindeschlüssel")  # fmt: skip


@pytest.fixture
def laufend(fallmanager):
    case = make_fall(fallmanager, person=make_person("Muster"))
    Case.objects.filter(pk=case.pk).update(state="leistung_laeuft")
    return case


def gaps(user):
    return [(luecke.case.pk, luecke.fehlt) for luecke in statistikluecken(user, uhr.HEUTE)]


def complete(person, geschlecht="divers"):
    person.staatsangehoerigkeit = "DE"
    person.save()
    Anschrift.objects.filter(leistungsberechtigte_person=person).update(
        gemeindeschluessel="08111000"
    )
    Statistikangabe.objects.create(
        leistungsberechtigte_person=person,
        geschlecht=geschlecht,
        zusammenleben="nein",
        gleichzeitige_leistungen=["keine"],
        gueltig_ab=date(2026, 1, 1),
    )


def test_what_is_missing_is_named(fallmanager, laufend):
    assert gaps(fallmanager) == [(laufend.pk, ALLES)]


@pytest.mark.parametrize("geschlecht", ["weiblich", "divers", "ohne"])
def test_complete_case_leaves_the_list(fallmanager, laufend, geschlecht):
    complete(laufend.leistungsberechtigte_person, geschlecht)
    assert gaps(fallmanager) == []


@pytest.mark.parametrize(("genau", "fehlt"), [("jahr", [("Monat der Geburt",)]), ("monat", [])])
def test_report_needs_the_month_of_birth_only(fallmanager, laufend, genau, fehlt):
    person = laufend.leistungsberechtigte_person
    complete(person)
    person.geburt_genau = genau
    person.save()
    assert [f for _, f in gaps(fallmanager)] == fehlt


def test_list_follows_what_one_may_see(client, fallmanager, laufend):
    andere = make_fallmanager("andere", make_team("Team Süd"))
    assert gaps(andere) == []
    client.force_login(fallmanager)
    assert "Gemeindeschlüssel" in client.get(reverse("statistik")).text


def test_number_of_queries_does_not_grow(fallmanager, laufend, django_assert_max_num_queries):
    for _ in range(5):
        case = make_fall(fallmanager, person=make_person())
        Case.objects.filter(pk=case.pk).update(state="bewilligt")
    with django_assert_max_num_queries(8):
        assert len(gaps(fallmanager)) == 6
