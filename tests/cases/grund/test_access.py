"""Who sees which case."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from cases.access import visible_to
from cases.models import Case, Lesezugriff, Zugriffsverweigerung, Zuweisung
from cases.states.rolle import Rolle
from tests.fabriken import HEUTE, make_fall, make_fallmanager, make_leitung, make_team, make_user

pytestmark = pytest.mark.django_db


def without_token(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


def test_fallmanagement_sees_the_own_team_only(fallmanager):
    other = make_fallmanager("andere", make_team("Team Süd"))
    own, foreign = make_fall(fallmanager), make_fall(other)
    assert list(visible_to(fallmanager, HEUTE)) == [own]
    assert list(visible_to(other, HEUTE)) == [foreign]


def test_protected_case_is_seen_by_the_responsible_person_and_the_supervisor(fallmanager, leitung):
    colleague = make_fallmanager("zweite")
    revision = make_user("revision", Rolle.REVISION)
    case = make_fall(fallmanager)
    Case.objects.filter(pk=case.pk).update(geschuetzt=True)
    seen = {
        u.username: visible_to(u, HEUTE).count()
        for u in (fallmanager, leitung, colleague, revision)
    }
    assert seen == {"fallmanager": 1, "leitung": 1, "zweite": 0, "revision": 0}


@pytest.mark.parametrize(
    ("rolle", "anzahl"),
    [
        (Rolle.FACHDIENST, 0),
        (Rolle.KASSE, 0),
        (Rolle.REVISION, 1),
        (Rolle.DATENSCHUTZ, 0),
        (Rolle.FACHADMINISTRATION, 0),
    ],
)
def test_other_roles_see_what_their_task_needs(fallmanager, rolle, anzahl):
    make_fall(fallmanager)
    assert visible_to(make_user("x", rolle), HEUTE).count() == anzahl


@pytest.mark.parametrize(
    ("tag", "anzahl"),
    [
        (date(2026, 11, 9), 0),
        (date(2026, 11, 10), 1),
        (date(2026, 11, 20), 1),
        (date(2026, 11, 21), 0),
    ],
)
def test_dated_assignment_opens_a_case_for_its_days_only(fallmanager, tag, anzahl):
    deputy = make_fallmanager("vertretung", make_team("Team Süd"))
    Zuweisung.objects.create(
        case=make_fall(fallmanager),
        user=deputy,
        rolle=Rolle.FALLMANAGEMENT,
        von=date(2026, 11, 10),
        bis=date(2026, 11, 20),
        grund="Urlaub",
    )
    assert visible_to(deputy, tag).count() == anzahl


def test_supervisor_sees_each_case_of_the_led_teams_once(fallmanager):
    north, south = make_team(), make_team("Team Süd")
    boss = make_leitung("chefin", north)
    boss.geleitete_teams.add(south)
    make_fall(fallmanager)
    make_fall(make_fallmanager("andere", south))
    assert visible_to(boss, HEUTE).count() == 2


def test_inactive_user_sees_nothing(fallmanager):
    make_fall(fallmanager)
    fallmanager.is_active = False
    assert visible_to(fallmanager, HEUTE).count() == 0


def test_foreign_case_is_404_and_noted(client, fallmanager):
    foreign = make_fall(make_fallmanager("andere", make_team("Team Süd")))
    client.force_login(fallmanager)
    response = client.get(reverse("fall", args=[foreign.pk]))
    assert response.status_code == 404
    assert foreign.leistungsberechtigte_person.nachname not in response.text
    assert Lesezugriff.objects.count() == 0
    refused = Zugriffsverweigerung.objects.get()
    assert (refused.user, refused.route, refused.case_id_angefragt) == (
        fallmanager,
        "fall",
        foreign.pk,
    )


def test_foreign_case_and_missing_case_answer_alike(client, fallmanager):
    foreign = make_fall(make_fallmanager("andere", make_team("Team Süd")))
    client.force_login(fallmanager)
    first = client.get(reverse("fall", args=[foreign.pk]))
    second = client.get(reverse("fall", args=[987654]))
    assert without_token(first.text) == without_token(second.text)
    assert (first.status_code, second.status_code) == (404, 404)


def test_right_ends_with_the_next_request(client, fallmanager):
    case = make_fall(make_fallmanager("zweite"))
    client.force_login(fallmanager)
    assert client.get(reverse("fall", args=[case.pk])).status_code == 200
    fallmanager.team = make_team("Team Süd")
    fallmanager.save()
    assert client.get(reverse("fall", args=[case.pk])).status_code == 404


@pytest.mark.parametrize(
    "sql", ["UPDATE cases_lesezugriff SET route='x'", "DELETE FROM cases_lesezugriff"]
)
def test_read_log_cannot_be_changed(client, fallmanager, sql):
    client.force_login(fallmanager)
    client.get(reverse("fall", args=[make_fall(fallmanager).pk]))
    with (
        pytest.raises(DatabaseError, match=r"Cannot update or delete|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Lesezugriff.objects.count() == 1


def test_database_refuses_an_unknown_state(fallmanager):
    case = make_fall(fallmanager)
    with pytest.raises(IntegrityError, match="case_state_gueltig"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="irgendwas")


def test_row_changes_are_kept_with_user_and_page(client, fallmanager):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    client.post(reverse("zustaendigkeit", args=[case.pk]), {"begruendung": "wohnt hier"})
    last = (
        apps.get_model("cases", "CaseEvent")
        .objects.filter(pgh_obj=case)
        .order_by("-pgh_id")
        .first()
    )
    assert last.state == "zustaendig"
    assert last.pgh_context.metadata["user"] == fallmanager.pk


@pytest.mark.parametrize(
    "sql", ["UPDATE cases_caseevent SET state = 'geplant'", "DELETE FROM cases_caseevent"]
)
def test_change_history_cannot_be_changed(fallmanager, sql):
    make_fall(fallmanager)
    with (
        pytest.raises(DatabaseError, match=r"append_only|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
