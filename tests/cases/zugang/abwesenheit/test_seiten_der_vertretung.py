"""What a deputy sees through real requests, whose user is read in one query."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cases import access
from cases.models import Abwesenheit, User
from tests.fabriken import HEUTE, make_fall, make_fallmanager, make_team

pytestmark = pytest.mark.django_db
MITTAGS = "2026-11-20 12:00:00+01:00"


def absence(fallmanager, vertretung, von: date, bis: date) -> None:
    Abwesenheit.objects.create(
        user=fallmanager, vertretung=vertretung, von=von, bis=bis, eingetragen_von=fallmanager
    )


@pytest.mark.parametrize(
    ("beginn", "ende", "status"),
    [(0, 0, 200), (-3, 3, 200), (1, 5, 404), (-5, -1, 404)],
)
def test_deputy_opens_the_case_on_these_days_only(client, fallmanager, beginn, ende, status):
    case = make_fall(fallmanager)
    deputy = make_fallmanager("vertretung", make_team("Team Süd"))
    tage = [HEUTE + timedelta(days=n) for n in (beginn, ende)]
    absence(fallmanager, deputy, *tage)
    with time_machine.travel(MITTAGS, tick=False):
        client.force_login(deputy)
        page = client.get(reverse("fall", args=[case.pk]))
        liste = client.get(reverse("faelle"))
    assert page.status_code == status
    assert (case.aktenzeichen in liste.text) == (status == 200)


def test_one_query_reads_roles_and_days(fallmanager, django_assert_num_queries):
    deputy = make_fallmanager("vertretung")
    absence(fallmanager, deputy, HEUTE, HEUTE)
    user = User.objects.get(pk=deputy.pk)
    with django_assert_num_queries(1):
        access.load_user(user)
        assert user.rollen == {"Fallmanagement"}
        assert access.stands_in(user, HEUTE)
        assert not access.stands_in(user, HEUTE + timedelta(days=1))
    assert access.stands_in(User.objects.get(pk=deputy.pk), HEUTE + timedelta(days=1))
