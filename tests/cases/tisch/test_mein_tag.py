"""The desk: what waits today, with the same number of queries however much it is."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cases.frist.queries import stufe_of
from cases.frist.services.wiedervorlage import create_wiedervorlage, end_wiedervorlage
from cases.states.tafel import SchrittUnzulaessig
from cases.tisch.queries.arbeitstag import fristen_of, wiedervorlagen_of
from tests.fabriken import make_fall, make_fallmanager

pytestmark = pytest.mark.django_db


def test_desk_shows_due_fristen_the_most_urgent_first(fallmanager):
    make_fall(fallmanager, eingang=date(2026, 3, 2))
    make_fall(fallmanager, eingang=date(2026, 2, 23))
    rows = [(f.regel, f.ende) for f in fristen_of(fallmanager, date(2026, 3, 13))]
    assert rows == [
        ("F01", date(2026, 3, 9)),
        ("F01", date(2026, 3, 16)),
        ("F04", date(2026, 3, 16)),
    ]


@pytest.mark.parametrize(
    ("tag", "wort"),
    [
        (date(2026, 3, 3), "läuft"),
        (date(2026, 3, 15), "noch 1 Tag"),
        (date(2026, 3, 16), "heute fällig"),
        (date(2026, 3, 17), "1 Tag überfällig, bei der Leitung"),
    ],
)
def test_frist_tells_its_stand_before_the_sweep_has_run(fallmanager, tag, wort):
    case = make_fall(fallmanager, eingang=date(2026, 3, 2))
    assert stufe_of(case.fristen.get(regel="F01"), tag)[0] == wort


def test_desk_of_a_colleague_stays_empty(fallmanager):
    make_fall(fallmanager, eingang=date(2026, 3, 2))
    assert list(fristen_of(make_fallmanager("zweite"), date(2026, 3, 17))) == []


def test_supervisor_sees_overdue_fristen_of_the_team(fallmanager, leitung):
    make_fall(fallmanager, eingang=date(2026, 3, 2))
    assert [f.regel for f in fristen_of(leitung, date(2026, 3, 17))] == ["F01"]


def test_wiedervorlage_shows_up_on_its_day_and_goes_when_done(fallmanager):
    case = make_fall(fallmanager)
    row = create_wiedervorlage(
        case=case,
        user=fallmanager,
        am=date(2026, 12, 1),
        anlass="Arztbericht",
        by=fallmanager,
        tag=date(2026, 11, 20),
    )
    assert list(wiedervorlagen_of(fallmanager, date(2026, 11, 30))) == []
    assert list(wiedervorlagen_of(fallmanager, date(2026, 12, 1))) == [row]
    end_wiedervorlage(wiedervorlage=row, by=fallmanager, tag=date(2026, 12, 1))
    assert list(wiedervorlagen_of(fallmanager, date(2026, 12, 1))) == []


def test_wiedervorlage_in_the_past_is_refused(fallmanager):
    case = make_fall(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="Vergangenheit"):
        create_wiedervorlage(
            case=case,
            user=fallmanager,
            am=date(2026, 11, 19),
            anlass="zu spät",
            by=fallmanager,
            tag=date(2026, 11, 20),
        )


@pytest.mark.parametrize(
    # „Mein Tag“ asks once for the decisions beside the grants and once for further accounts of the
    # same person, the list counts what is read.
    ("seite", "grenze"),
    [("start", 15), ("faelle", 12), ("antrag_neu", 12), ("suche", 12)],
)
def test_pages_need_the_same_few_queries_for_one_and_many_cases(
    client, fallmanager, django_assert_max_num_queries, seite, grenze
):
    client.force_login(fallmanager)
    client.get(reverse(seite))  # the first answer writes the marks of the session
    counts = []
    for _ in range(3):
        make_fall(fallmanager, eingang=date(2026, 3, 2))
        with (
            time_machine.travel("2026-03-20 09:00:00+01:00", tick=False),
            django_assert_max_num_queries(grenze) as captured,
        ):
            assert client.get(reverse(seite)).status_code in {200, 302}
        counts.append(len(captured))
    assert counts[1] == counts[2]


def test_case_page_stays_within_its_queries(client, fallmanager, django_assert_max_num_queries):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    client.get(reverse("fall", args=[case.pk]))  # the first answer writes the marks of the session
    with django_assert_max_num_queries(22):
        assert client.get(reverse("fall", args=[case.pk])).status_code == 200
    with django_assert_max_num_queries(15):
        assert client.get(reverse("fall_fristen", args=[case.pk])).status_code == 200
