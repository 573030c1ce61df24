"""The report counts what the reader may see, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from berichte.queries import UEBRIGE, Auswahl, Bewegung, bestand, bewegung, fristentreue, total
from cases.fall.services.case import determine_zustaendigkeit
from cases.models import Case, Frist, Listenabruf
from cases.states.rolle import Rolle
from cases.tisch.queries.arbeitstag import UEBERFAELLIG, fristen_of
from tests import uhr
from tests.fabriken import antrag_of, make_fall, make_fallmanager, make_team, make_user

pytestmark = pytest.mark.django_db
STICHTAG = date(2026, 3, 30)
EIN_TAG = timedelta(days=1)


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


@pytest.fixture
def zwei_teams(fallmanager, leitung):
    """One case in the team of the Leitung, one in a second team that it leads as well."""
    sued = make_team("Team Süd")
    leitung.geleitete_teams.add(sued)
    andere = make_fallmanager("andere", sued)
    return make_fall(fallmanager), make_fall(andere), sued


def test_overdue_ones_are_as_many_as_on_the_desk(fallmanager, leitung):
    """Rules that the report does not name count as well: the person has to act in all of them."""
    case = make_fall(fallmanager, eingang=date(2026, 3, 2))
    muster = Frist.objects.get(case=case, regel="F01")
    # A Frist that only runs out is nobody's fault.
    for regel, wirkung in (("F99", "handlung"), ("F98", "ablauf")):
        muster.pk, muster.regel, muster.wirkung = None, regel, wirkung
        muster.save()
    rows = fristentreue(leitung, STICHTAG)
    assert [(z.regel, z.ueberfaellig) for z in rows if z.ueberfaellig][-1] == ("", 1)
    assert rows[-1].bezeichnung == UEBRIGE
    tisch = [f for f in fristen_of(leitung, STICHTAG) if f.gruppe == UEBERFAELLIG]
    assert total(rows, "").ueberfaellig == len(tisch)


def test_period_takes_fristen_by_their_end_both_days_included(fallmanager, leitung):
    case = make_fall(fallmanager, eingang=date(2026, 3, 2))
    ende = Frist.objects.get(case=case, regel="F01").ende
    for von, bis, da in (
        (ende, ende, True),
        (None, ende, True),
        (ende, None, True),
        (ende + EIN_TAG, None, False),
        (None, ende - EIN_TAG, False),
    ):
        rows = fristentreue(leitung, STICHTAG, Auswahl(von, bis))
        assert ("F01" in {z.regel for z in rows}) is da, (von, bis)


def test_team_narrows_cases_and_fristen(leitung, zwei_teams):
    _, _, sued = zwei_teams
    alle, nur = Auswahl(), Auswahl(team=sued.pk)
    assert sum(z.anzahl for z in bestand(leitung, uhr.HEUTE, alle)) == 2
    assert sum(z.anzahl for z in bestand(leitung, uhr.HEUTE, nur)) == 1
    zahlen = [total(fristentreue(leitung, uhr.HEUTE, wahl), "").zahlen for wahl in (alle, nur)]
    assert sum(zahlen[0]) == 2 * sum(zahlen[1]) > 0


def test_foreign_team_shows_nothing(fallmanager, leitung):
    fremd = make_team("Team Fern")
    make_fall(make_fallmanager("fern", fremd))
    wahl = Auswahl(team=fremd.pk)
    assert sum(z.anzahl for z in bestand(leitung, uhr.HEUTE, wahl)) == 0
    assert fristentreue(leitung, uhr.HEUTE, wahl) == []


@pytest.mark.parametrize(
    ("von", "bis", "soll"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), Bewegung(1, 1, 1, 1)),
        (date(2026, 2, 1), None, Bewegung(1, 2, 1, 2)),
        (None, date(2026, 1, 31), Bewegung(0, 1, 0, 1)),
        # The day on which a case ends is one of the period, and none of its stock.
        (date(2026, 2, 20), date(2026, 2, 20), Bewegung(2, 0, 1, 1)),
        (date(2026, 2, 21), date(2026, 2, 21), Bewegung(1, 0, 0, 1)),
    ],
)
def test_cases_come_and_go_within_the_period(fallmanager, leitung, von, bis, soll):
    for eroeffnet, beendet in (
        (date(2026, 1, 15), date(2026, 2, 20)),
        (date(2026, 2, 10), None),
        (date(2026, 3, 5), None),
    ):
        case = make_fall(fallmanager)
        werte = {"state": "beendet", "beendet_am": beendet} if beendet else {}
        Case.objects.filter(pk=case.pk).update(eroeffnet_am=eroeffnet, **werte)
    zahlen = bewegung(leitung, date(2026, 3, 30), Auswahl(von, bis))
    assert zahlen == soll
    assert zahlen.anfang + zahlen.eroeffnet - zahlen.beendet == zahlen.ende


def test_report_needs_the_same_queries_for_one_and_three_cases(
    client, fallmanager, leitung, django_assert_num_queries
):
    client.force_login(leitung)
    client.get(reverse("bericht"))  # the first answer writes the marks of the session
    for _ in range(2):
        make_fall(fallmanager)
        with django_assert_num_queries(6):
            assert client.get(reverse("bericht")).status_code == 200


def test_revision_reads_the_report(client, fallmanager):
    client.force_login(make_user("revision", Rolle.REVISION))
    assert client.get(reverse("bericht")).status_code == 200


def test_page_says_what_is_wrong_and_keeps_what_was_typed(client, leitung):
    client.force_login(leitung)
    antwort = client.get(reverse("bericht"), {"von": "01.03.2026", "bis": "01.02.2026"})
    assert antwort.status_code == 422
    assert "Das Ende liegt vor dem Beginn (01.03.2026)." in antwort.text
    assert 'value="01.02.2026"' in antwort.text
    assert "zusammen" not in antwort.text


def test_page_shows_period_and_team_and_hands_them_on(client, leitung, zwei_teams):
    client.force_login(leitung)
    wahl = {"von": "01.01.2026", "bis": "31.12.2026", "team": str(zwei_teams[2].pk)}
    text = client.get(reverse("bericht"), wahl).text
    assert "Zugang und Abgang im Zeitraum" in text
    assert f"von=01.01.2026&amp;bis=31.12.2026&amp;team={wahl['team']}" in text
    assert f"?zustand=antrag_eingegangen&amp;team={wahl['team']}" in text
    assert "Zugang und Abgang" not in client.get(reverse("bericht")).text


def test_who_leads_one_team_is_not_asked_for_it(client, leitung):
    client.force_login(leitung)
    assert 'name="team"' not in client.get(reverse("bericht")).text


@pytest.mark.parametrize("art", ["csv", "xlsx"])
def test_numbers_go_out_as_a_file_and_that_is_noted(client, leitung, zwei_teams, art):
    client.force_login(leitung)
    wahl = {"von": "01.01.2026", "bis": "31.12.2026", "team": str(zwei_teams[2].pk)}
    antwort = client.get(reverse("bericht_tabelle", args=[art]), wahl)
    assert antwort.status_code == 200
    assert f"bestand-und-fristentreue-{uhr.HEUTE}.{art}" in antwort["Content-Disposition"]
    abruf = Listenabruf.objects.get(art="ausfuhr")
    assert (abruf.user, abruf.route) == (leitung, "bericht_tabelle")
    if art == "csv":
        zeilen = antwort.content.decode("utf-8-sig").splitlines()
        assert zeilen[0] == "Abschnitt;Zeile;Regel;Angabe;Wert"
        assert "Auswahl;Team;;Name;Team Süd" in zeilen
        assert "Auswahl;Zeitraum;;von;01.01.2026" in zeilen
        assert "Zugang und Abgang;eröffnet;;Fälle;1" in zeilen
        assert abruf.anzahl == len(zeilen) - 1


def test_file_of_a_wrong_choice_leads_back_to_its_message(client, leitung):
    client.force_login(leitung)
    antwort = client.get(reverse("bericht_tabelle", args=["csv"]), {"von": "gestern"})
    assert antwort["Location"] == f"{reverse('bericht')}?von=gestern"
    assert client.get(reverse("bericht_tabelle", args=["pdf"])).status_code == 404
