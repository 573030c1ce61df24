"""The report counts what the reader may see, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from berichte.queries import bestand, fristentreue
from cases.fall.services.case import determine_zustaendigkeit
from cases.states.rolle import Rolle
from tests.fabriken import antrag_of, make_fall, make_fallmanager, make_team, make_user

pytestmark = pytest.mark.django_db
STICHTAG = date(2026, 3, 30)


def test_bestand_counts_visible_cases_per_state(fallmanager, leitung):
    first, _ = make_fall(fallmanager), make_fall(fallmanager)
    determine_zustaendigkeit(
        antrag=antrag_of(first), begruendung="hier", by=fallmanager, tag=date(2026, 11, 20)
    )
    make_fall(make_fallmanager("andere", make_team("Team Süd")))
    counted = {z.zustand: z.anzahl for z in bestand(leitung, date(2026, 11, 20)) if z.anzahl}
    assert counted == {"antrag_eingegangen": 1, "zustaendig": 1}


def test_fristentreue_tells_kept_missed_open_and_overdue(fallmanager, leitung):
    for tag in (10, 17):
        case = make_fall(fallmanager, eingang=date(2026, 3, 2))
        determine_zustaendigkeit(
            antrag=antrag_of(case), begruendung="hier", by=fallmanager, tag=date(2026, 3, tag)
        )
    make_fall(fallmanager, eingang=date(2026, 3, 2))
    make_fall(fallmanager, eingang=date(2026, 3, 25))
    row = next(z for z in fristentreue(leitung, STICHTAG) if z.regel == "F01")
    assert (row.gewahrt, row.versaeumt, row.offen, row.ueberfaellig) == (1, 1, 1, 1)


def test_report_needs_the_same_queries_for_one_and_three_cases(
    client, fallmanager, leitung, django_assert_num_queries
):
    client.force_login(leitung)
    client.get(reverse("bericht"))  # the first answer writes the marks of the session
    for _ in range(2):
        make_fall(fallmanager)
        with django_assert_num_queries(5):
            assert client.get(reverse("bericht")).status_code == 200


def test_revision_reads_the_report(client, fallmanager):
    client.force_login(make_user("revision", Rolle.REVISION))
    assert client.get(reverse("bericht")).status_code == 200
