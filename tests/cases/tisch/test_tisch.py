"""The desk by sections, and the team page, with a fixed number of queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.fall.queries.team import team_load
from cases.frist.services.fristpause import begin_pause
from cases.frist.services.handfrist import start_handfrist
from cases.frist.services.wiedervorlage import create_wiedervorlage, end_wiedervorlage
from cases.models import Abwesenheit, Entwurf
from cases.tisch.queries.arbeitstag import abschnitte_of, case_rows, fristen_of
from tests.fabriken import make_fall, make_fallmanager, make_team

pytestmark = pytest.mark.django_db

EINGANG = date(2026, 3, 2)
HEUTE = date(2026, 3, 17)


def titles(user, stichtag=HEUTE):
    return {a.schluessel: [z.titel for z in a.zeilen] for a in abschnitte_of(user, stichtag)}


@pytest.fixture
def case(fallmanager):
    return make_fall(fallmanager, eingang=EINGANG)


def absent(user, vertretung):
    Abwesenheit.objects.create(
        user=user,
        vertretung=vertretung,
        von=HEUTE,
        bis=HEUTE + timedelta(days=5),
        eingetragen_von=user,
    )


def test_sections_by_day(case, fallmanager):
    create_wiedervorlage(
        case=case, user=fallmanager, am=HEUTE, anlass="Rückruf", by=fallmanager, tag=EINGANG
    )
    assert titles(fallmanager) == {
        "ueberfaellig": ["Zuständigkeitsprüfung"],
        "faellig": ["Rückruf"],
        "kommend": ["Entscheidung ohne Gutachten"],
    }


def test_frist_of_others_is_waited_for(case, fallmanager):
    start_handfrist(
        case=case, regel="F07", ausloeser=date(2026, 3, 6), laenge="", by=fallmanager, tag=HEUTE
    )
    assert titles(fallmanager)["warten"] == ["Feststellungen der beteiligten Träger"]


def test_paused_frist_leaves_the_desk(case, fallmanager):
    frist = start_handfrist(
        case=case, regel="F32", ausloeser=date(2025, 9, 10), laenge="", by=fallmanager, tag=HEUTE
    )
    assert "F32" in {f.regel for f in fristen_of(fallmanager, HEUTE)}
    begin_pause(
        frist=frist,
        von=date(2026, 3, 9),
        bis=None,
        grund="einvernehmen",
        begruendung="Krankenhaus",
        by=fallmanager,
        tag=HEUTE,
    )
    assert "F32" not in {f.regel for f in fristen_of(fallmanager, HEUTE)}


def test_deputy_sees_the_desk_of_the_absent_person(case, fallmanager):
    zweite = make_fallmanager("zweite")
    assert titles(zweite) == {}
    absent(fallmanager, zweite)
    assert titles(zweite)["ueberfaellig"] == ["Zuständigkeitsprüfung"]
    zeile = abschnitte_of(zweite, HEUTE)[0].zeilen[0]
    assert zeile.fuer == fallmanager.get_full_name()


def test_case_that_nothing_brings_back_is_named(case, fallmanager):
    case.fristen.update(state="gewahrt", erledigt_am=HEUTE)
    type(case).objects.update(state="zustaendig")
    [row] = case_rows(fallmanager, HEUTE)
    assert row.gruppe == "Fälle ohne nächsten Schritt"
    vorlage = create_wiedervorlage(
        case=case, user=fallmanager, am=HEUTE, anlass="x", by=fallmanager, tag=HEUTE
    )
    assert case_rows(fallmanager, HEUTE) == []
    end_wiedervorlage(wiedervorlage=vorlage, by=fallmanager, tag=HEUTE)
    assert len(case_rows(fallmanager, HEUTE)) == 1


def test_begun_form_leads_back(client, case, fallmanager):
    Entwurf.objects.create(
        user=fallmanager, pfad="/antrag/neu/", titel="Neuer Antrag", case=case, daten="{}"
    )
    client.force_login(fallmanager)
    text = client.get(reverse("start")).content.decode()
    assert 'href="/antrag/neu/">Neuer Antrag weiterschreiben' in text.replace("\n", "")


def test_desk_keeps_its_queries_for_a_full_desk(
    client, fallmanager, leitung, django_assert_max_num_queries
):
    for _ in range(4):
        make_fall(fallmanager, eingang=EINGANG)
    absent(make_fallmanager("dritte"), fallmanager)
    for user in (fallmanager, leitung):
        client.force_login(user)
        with time_machine.travel("2026-03-17 09:00:00+01:00", tick=False):
            client.get(reverse("start"))
            # Two of them say whose data it shows, one which accounts are the same pair of eyes.
            with django_assert_max_num_queries(16):
                assert client.get(reverse("start")).status_code == 200


def test_team_load_counts_by_person(case, fallmanager, leitung):
    make_fallmanager("zweite")
    absent(fallmanager, leitung)
    found = {m.user.username: m for m in team_load(leitung, HEUTE)}
    erste = found["fallmanager"]
    assert (erste.faelle, erste.laufend, erste.ueberfaellig, erste.gemeldet) == (1, 2, 1, 1)
    assert (erste.bald, erste.aelteste) == (1, date(2026, 3, 16))
    assert erste.abwesenheit is not None
    assert (found["zweite"].faelle, found["zweite"].aelteste) == (0, None)


def test_team_page_keeps_its_queries_for_fifty(client, leitung, django_assert_max_num_queries):
    for n in range(50):
        make_fallmanager(f"person{n}")
    client.force_login(leitung)
    client.get(reverse("teamlast"))
    with django_assert_max_num_queries(12):
        assert client.get(reverse("teamlast")).status_code == 200


def test_member_of_another_team_is_unknown(client, leitung):
    fremd = make_fallmanager("fremd", make_team("Team Süd"))
    client.force_login(leitung)
    assert client.get(reverse("team_mitglied", args=[fremd.pk])).status_code == 404
