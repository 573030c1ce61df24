"""A step about one object leaves the Fristen of every other object of the case alone."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from cases.antrag.queries.zustaendigkeit import antrag_of_case, is_open
from cases.antrag.services.antrag import confirm_zustaendigkeit, record_antrag
from cases.antrag.services.traegerbeteiligung import involve_traeger
from cases.antrag.services.zustaendigkeit import forward, settle_zustaendigkeit
from cases.fall.services.case import determine_zustaendigkeit, end_case
from cases.frist.services.frist import keep_frist, lift_frist, start_frist
from cases.models import Antrag, Case
from cases.services.ereignis import gegenstand_of
from cases.states.tafel import SchrittUnzulaessig
from cases.tisch.queries.arbeitstag import abschnitte_of
from tests.fabriken import EINGANGSFRISTEN, make_fall, make_traeger

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent.parent
A, B = date(2026, 3, 2), date(2026, 3, 9)
TAG = date(2026, 3, 10)
OFFEN = {"F01": "offen", "F04": "offen", "F54": "offen"}


@pytest.fixture
def zwei(fallmanager) -> tuple[Antrag, Antrag]:
    """A new case with an Antrag of 02.03. and another one of 09.03., both open."""
    case = make_fall(fallmanager, eingang=A)
    zweiter = record_antrag(
        case=case,
        eingang=B,
        weg="schriftlich",
        begehren="Ein Hilfsmittel",
        persoenliches_budget=False,
        by=fallmanager,
        tag=B,
    )
    return case.antraege.get(eingang=A), zweiter


def fristen(antrag: Antrag) -> dict[str, str]:
    regeln = (*EINGANGSFRISTEN, "F08")
    rows = antrag.case.fristen.filter(gegenstand=gegenstand_of(antrag), regel__in=regeln)
    return dict(rows.values_list("regel", "state"))


def state_of(antrag: Antrag) -> str:
    return Case.objects.get(pk=antrag.case_id).state


def test_keep_and_lift_touch_one_object(zwei):
    erster, zweiter = zwei
    keep_frist(case=erster.case, gegenstand=erster, regel="F04", tag=TAG, durch="x")
    lift_frist(case=erster.case, gegenstand=erster, regel="F54", tag=TAG, grund="x")
    assert fristen(erster) == {"F01": "offen", "F04": "gewahrt", "F54": "aufgehoben"}
    assert fristen(zweiter) == OFFEN


def test_without_a_rule_all_of_one_object_are_lifted(zwei):
    erster, zweiter = zwei
    assert lift_frist(case=erster.case, gegenstand=erster, tag=TAG, grund="x") >= 3
    assert set(fristen(erster).values()) == {"aufgehoben"}
    assert fristen(zweiter) == OFFEN


@pytest.mark.parametrize(("tag", "stand"), [(2, "aufgehoben"), (3, "offen")])
def test_what_has_run_out_before_bekanntgabe_is_not_lifted(zwei, tag, stand):
    # § 88 Abs. 1 SGG: six months from 02.03.2026 end on 02.09.2026; from then on one may sue.
    erster, _ = zwei
    wartet = {"case": erster.case, "gegenstand": erster, "regel": "F54"}
    lift_frist(**wartet, tag=date(2026, 9, tag), grund="über den Antrag entschieden")
    assert fristen(erster)["F54"] == stand


def test_zustaendigkeit_of_each_antrag_is_found_for_itself(zwei, fallmanager):
    erster, zweiter = zwei
    determine_zustaendigkeit(antrag=erster, begruendung="wohnt hier", by=fallmanager, tag=TAG)
    assert fristen(erster)["F01"] == "gewahrt"
    assert fristen(zweiter) == OFFEN
    zweiter.refresh_from_db()
    assert antrag_of_case(Case.objects.get(pk=zweiter.case_id)) == zweiter
    confirm_zustaendigkeit(antrag=zweiter, begruendung="wie bisher", by=fallmanager, tag=TAG)
    assert fristen(zweiter)["F01"] == "gewahrt"


def test_the_older_antrag_can_be_settled_after_the_newer_one(zwei, fallmanager):
    # The newest one used to count as „the“ Antrag; the older one could not be reached any more.
    erster, zweiter = zwei
    for antrag in (zweiter, erster):
        settle_zustaendigkeit(antrag=antrag, begruendung="wohnt hier", by=fallmanager, tag=TAG)
    assert (fristen(erster)["F01"], fristen(zweiter)["F01"]) == ("gewahrt", "gewahrt")


def _forward(antrag: Antrag, by) -> None:
    rente = make_traeger("rentenversicherung", "Deutsche Rentenversicherung Musterland")
    forward(antrag=antrag, an=rente, grund="Reha", festgestellt_am=TAG, by=by, tag=TAG)


def test_forwarding_one_antrag_leaves_the_case_with_the_other(zwei, fallmanager):
    erster, zweiter = zwei
    _forward(zweiter, fallmanager)
    assert fristen(zweiter) == {"F01": "gewahrt", "F04": "aufgehoben", "F54": "aufgehoben"}
    assert fristen(erster) == OFFEN
    assert state_of(erster) == "antrag_eingegangen"
    erster.refresh_from_db()
    zweiter.refresh_from_db()
    assert (is_open(erster), is_open(zweiter)) == (True, False)
    with pytest.raises(SchrittUnzulaessig, match="bereits weitergeleitet"):
        _forward(zweiter, fallmanager)
    _forward(erster, fallmanager)
    assert state_of(erster) == "weitergeleitet"


@pytest.mark.parametrize(
    ("festgestellt", "stand"), [(TAG, "gewahrt"), (TAG - timedelta(days=4), "versaeumt")]
)
def test_handing_on_says_whether_it_was_at_once(zwei, fallmanager, festgestellt, stand):
    # § 14 Abs. 1 S. 2 SGB IX, BSG 03.11.2011 - B 3 KR 8/11 R: by the next working day.
    antrag = zwei[0]
    rente = make_traeger("rentenversicherung", "Deutsche Rentenversicherung Musterland")
    forward(
        antrag=antrag, an=rente, grund="Reha", festgestellt_am=festgestellt, by=fallmanager, tag=TAG
    )
    frist = antrag.case.fristen.get(regel="F02")
    assert (frist.ausloeser_datum, frist.state) == (festgestellt, stand)
    assert frist.gegenstand == gegenstand_of(antrag)


def test_a_carrier_takes_part_in_one_antrag(zwei, fallmanager):
    # § 15 Abs. 4 S. 1 SGB IX: six weeks from 02.03.2026 end on 13.04.2026.
    erster, zweiter = zwei
    involve_traeger(
        antrag=erster,
        traeger=make_traeger("rentenversicherung", "Deutsche Rentenversicherung Musterland"),
        gruppen=["b_medizinische_rehabilitation"],
        frage="Bedarf?",
        by=fallmanager,
        tag=TAG,
    )
    assert fristen(erster) == {
        "F01": "gewahrt",
        "F04": "aufgehoben",
        "F08": "offen",
        "F54": "offen",
    }
    assert erster.case.fristen.get(regel="F08").ende == date(2026, 4, 13)
    assert fristen(zweiter) == OFFEN


def test_the_end_of_the_case_is_the_one_step_about_all_of_them(zwei, fallmanager, leitung):
    erster, zweiter = zwei
    start_frist(case=erster.case, regel="F51", gegenstand="schreiben:1", ausloeser=TAG, by=leitung)
    end_case(
        case=erster.case,
        grund="zurückgenommen",
        art="antrag_zurueckgenommen",
        by=leitung,
        tag=TAG,
    )
    assert set(fristen(erster).values()) == set(fristen(zweiter).values()) == {"aufgehoben"}
    assert erster.case.fristen.get(regel="F51").state == "offen"


def test_each_row_of_the_desk_leads_to_its_own_antrag(zwei, fallmanager, client):
    erster, zweiter = zwei
    zeilen = [z for a in abschnitte_of(fallmanager, date(2026, 3, 20)) for z in a.zeilen]
    urls = [z.url for z in zeilen if z.titel == "Zuständigkeitsprüfung"]
    ort = reverse("zustaendigkeit", args=[erster.case_id])
    assert urls == [f"{ort}?antrag={erster.pk}", f"{ort}?antrag={zweiter.pk}"]
    client.force_login(fallmanager)
    for antrag, anderer in ((erster, zweiter), (zweiter, erster)):
        text = client.get(f"{ort}?antrag={antrag.pk}").content.decode()
        assert f'href="{ort}?antrag={anderer.pk}"' in text
        assert f'uebernahme/?antrag={antrag.pk}"' in text
        assert f'href="{ort}?antrag={antrag.pk}"' not in text


@pytest.mark.parametrize("wahl", ["0", "x", "9" * 30])
def test_an_antrag_of_nobody_is_not_found(zwei, fallmanager, client, wahl):
    client.force_login(fallmanager)
    ort = reverse("zustaendigkeit", args=[zwei[0].case_id])
    assert client.get(f"{ort}?antrag={wahl}").status_code == 404


def by_case_and_rule(source: str) -> list[str]:
    """Queries for Fristen that name a rule but not the object for which it runs."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        names = {k.arg for k in node.keywords}
        queries = node.func.attr in {"filter", "get", "exclude"}
        genannt = names & {"gegenstand", "gegenstand__in"}
        if queries and names & {"regel", "regel__in"} and not genannt:
            found.append(ast.unparse(node))
    return found


# Counting and showing over all cases; the end of a case and the death of the person; the talks of
# any Zielvereinbarung of the case; the sweep; one model case of the demo. Pages that show all of
# the case. The plan of the case is that of all carriers, whatever the Antrag.
ERLAUBT = {
    "budget/arbeitgeber/queries.py": 1,
    "budget/ueberpruefung/queries.py": 1,
    "budget/ueberpruefung/services/ueberpruefung.py": 1,
    "cases/frist/queries.py": 1,
    "cases/frist/services/frist.py": 1,
    "cases/frist/services/fristenlauf.py": 2,
    "gesamtplan/plan/services/freigabe.py": 1,
    "gesamtplan/teilhabeplan/queries.py": 1,
    "gesamtplan/ueberpruefung/queries/faellig.py": 1,
    "gesamtplan/ueberpruefung/services/ueberpruefung.py": 1,
    "vorfuehrung/management/commands/musterfall.py": 1,
}


def test_no_step_addresses_a_frist_by_case_and_rule():
    found = {}
    for folder in ("cases", "gesamtplan", "budget", "berichte", "config", "vorfuehrung"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and (rows := by_case_and_rule(path.read_text())):
                found[str(path.relative_to(ROOT))] = len(rows)
    assert found == ERLAUBT


def test_finder_sees_a_planted_query():
    assert len(by_case_and_rule('Frist.objects.filter(case=case, regel="F04")')) == 1
    assert by_case_and_rule('Frist.objects.filter(case=c, regel="F04", gegenstand=g)') == []
