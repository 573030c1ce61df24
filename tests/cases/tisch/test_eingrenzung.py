"""The filter of „Mein Tag“: the choices of the list of cases, kept, and free while unused."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import Case
from tests.fabriken import make_fall, make_fallmanager, make_leitung, make_team

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 11, 20)


@pytest.fixture
def drin(client, fallmanager):
    client.force_login(fallmanager)
    with time_machine.travel("2026-11-20 09:00:00+01:00", tick=False):
        yield client


def shown(client, **angaben: str) -> set[str]:
    """Return the Aktenzeichen that the page names."""
    context = client.get("/", angaben).context
    zeilen = [zeile.case.aktenzeichen for a in context["abschnitte"] for zeile in a.zeilen]
    zeilen += [zeile.fall for _, rows in context["arten"] for zeile in rows]
    return set(zeilen)


def remind(case, user) -> Case:
    create_wiedervorlage(case=case, user=user, am=HEUTE, anlass="Ruf an", by=user, tag=HEUTE)
    return case


@pytest.mark.parametrize(
    ("wahl", "erwartet"),
    [
        ({"frist": ""}, {"spät", "neu", "läuft"}),
        ({"frist": "ueberfaellig"}, {"spät"}),
        ({"frist": "", "zustand": "leistung_laeuft"}, {"läuft"}),
        ({"frist": "", "recht": "A"}, {"läuft"}),
        ({"frist": "", "handlung": "1"}, {"spät", "neu", "läuft"}),
        ({"frist": "", "zustand": "beendet"}, set()),
    ],
)
def test_choice_restricts_every_section(drin, fallmanager, wahl, erwartet):
    faelle = {
        "spät": make_fall(fallmanager, eingang=date(2026, 10, 1)),
        "neu": make_fall(fallmanager, eingang=date(2026, 11, 19)),
        "läuft": remind(make_fall(fallmanager, eingang=date(2026, 11, 19)), fallmanager),
    }
    faelle["läuft"].fristen.update(state="aufgehoben")
    Case.objects.filter(pk=faelle["läuft"].pk).update(
        state="leistung_laeuft", eroeffnet_am=date(2017, 1, 2)
    )
    assert shown(drin, **wahl) == {faelle[name].aktenzeichen for name in erwartet}


def test_leitung_filters_by_team(client, behoerde):
    eins, zwei = make_team("Eins"), make_team("Zwei")
    leitung = make_leitung("chefin", eins)
    leitung.geleitete_teams.add(zwei)
    spaet = {
        team: make_fall(make_fallmanager(f"fm{team.pk}", team), eingang=date(2026, 9, 1))
        for team in (eins, zwei)
    }
    client.force_login(leitung)
    with time_machine.travel("2026-11-20 09:00:00+01:00", tick=False):
        alle = shown(client)
        nur = shown(client, frist="", team=str(zwei.pk))
    assert {case.aktenzeichen for case in spaet.values()} <= alle
    assert nur == {spaet[zwei].aktenzeichen}


def test_choice_stays_beside_the_part_until_it_is_lifted(drin, fallmanager):
    make_fall(fallmanager, eingang=date(2026, 10, 1))
    shown(drin, frist="ueberfaellig")
    shown(drin, was="ueberfaellig")
    fallmanager.refresh_from_db()
    assert fallmanager.listenfilter["start"] == {"frist": "ueberfaellig", "was": "ueberfaellig"}
    seite = drin.get("/").content.decode()
    assert 'value="ueberfaellig" selected' in seite
    drin.get("/", {"alle": "1"})
    fallmanager.refresh_from_db()
    assert fallmanager.listenfilter["start"] == {"was": "ueberfaellig"}


def test_filter_with_nothing_says_how_to_lift_it(drin, fallmanager):
    make_fall(fallmanager, eingang=date(2026, 10, 1))
    seite = drin.get("/", {"frist": "", "zustand": "beendet"}).content.decode()
    assert "In den Fällen dieses Filters wartet heute nichts auf Sie." in seite
    assert 'href="?alle=1"' in seite


def test_nothing_is_asked_while_nobody_filters(drin, fallmanager):
    make_fall(fallmanager, eingang=date(2026, 10, 1))
    drin.get("/")
    with CaptureQueriesContext(connection) as found:
        seite = drin.get("/").content.decode()
    assert 'href="?filter=1"' in seite
    assert not [f for f in found if "cases_leistungstraeger" in f["sql"]]
    assert 'name="traeger"' in drin.get("/", {"filter": "1"}).content.decode()
