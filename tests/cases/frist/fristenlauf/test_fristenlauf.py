"""The daily sweep: each edge, outages, repetition, failures of single rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.frist.services import fristenlauf
from cases.frist.services.fristenlauf import Laufergebnis, sweep
from cases.models import Case, Ereignis, Frist
from cases.registry.beitrag import registry
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db

# Wiedervorlage 9.3., Ende 16.3. (Montag), Eskalation 20.3.2026.
ENDE = date(2026, 3, 16)


@pytest.fixture
def case(fallmanager) -> Case:
    case = make_fall(fallmanager, eingang=date(2026, 3, 2))
    case.fristen.all().delete()
    return case


def make_frist(case: Case, nummer: int = 1, **felder: object) -> Frist:
    """Return an open Frist with round days; the sweep does not ask how they were computed."""
    werte: dict[str, object] = {
        "regel": "F51",
        "bezeichnung": "Probefrist",
        "gegenstand": f"probe:{nummer}",
        "ausloeser_datum": ENDE - timedelta(days=14),
        "ende_rechnerisch": ENDE,
        "ende": ENDE,
        "anzeige": "16.03.2026",
        "wiedervorlage": ENDE - timedelta(days=7),
        "eskalation": ENDE + timedelta(days=4),
        "norm": "§ 14 Abs. 1 S. 1 SGB IX",
        "rechtsstand": "B",
        "wirkung": "handlung",
    }
    return Frist.objects.create(case=case, **(werte | felder))


def make_ablauf(case: Case, nummer: int = 1, **felder: object) -> Frist:
    return make_frist(case, nummer, wirkung="ablauf", eskalation=None, **felder)


@pytest.mark.parametrize(
    ("tag", "stufe"),
    [
        (date(2026, 3, 8), "geplant"),
        (date(2026, 3, 9), "bevorstehend"),
        (date(2026, 3, 15), "bevorstehend"),
        (date(2026, 3, 16), "faellig"),
        (date(2026, 3, 17), "ueberfaellig"),
        (date(2026, 3, 19), "ueberfaellig"),
        (date(2026, 3, 20), "eskaliert"),
        (date(2026, 4, 20), "eskaliert"),
    ],
)
@pytest.mark.parametrize("taeglich", [True, False])
def test_stage_on_each_day_around_each_edge(case, tag, stufe, taeglich):
    frist = make_frist(case)
    start = date(2026, 3, 6) if taeglich else tag
    for n in range((tag - start).days + 1):
        sweep(tag=start + timedelta(days=n))
    frist.refresh_from_db()
    assert (frist.stufe, frist.state) == (stufe, "offen")


@pytest.mark.parametrize(
    ("tag", "stufe", "state"),
    [
        (date(2026, 3, 15), "bevorstehend", "offen"),
        (date(2026, 3, 16), "faellig", "offen"),
        (date(2026, 3, 17), "geplant", "abgelaufen"),
    ],
)
def test_frist_without_action_runs_out_the_day_after_its_end(case, tag, stufe, state):
    frist = make_ablauf(case)
    sweep(tag=tag)
    frist.refresh_from_db()
    assert (frist.stufe, frist.state) == (stufe, state)


def test_second_sweep_of_a_day_moves_nothing(case):
    make_frist(case)
    make_ablauf(case, 2)
    assert sweep(tag=date(2026, 3, 17)) == Laufergebnis(ueberfaellig=1, abgelaufen=1)
    assert sweep(tag=date(2026, 3, 17)) == Laufergebnis()
    assert Ereignis.objects.filter(art="frist").count() == 1


def test_sweep_of_an_earlier_day_moves_nothing_back(case):
    frist = make_frist(case)
    sweep(tag=date(2026, 3, 20))
    assert sweep(tag=date(2026, 3, 10)) == Laufergebnis()
    frist.refresh_from_db()
    assert frist.stufe == "eskaliert"


@pytest.mark.parametrize("state", ["gewahrt", "versaeumt", "gehemmt", "aufgehoben"])
def test_closed_and_paused_fristen_stay_as_they_are(case, state):
    make_frist(case, state=state)
    make_ablauf(case, 2, state=state)
    assert sweep(tag=date(2026, 5, 1)) == Laufergebnis()


def test_end_of_a_frist_tells_the_chronik_and_who_waits_for_it(case, monkeypatch):
    called: list[tuple[int, str, date]] = []
    monkeypatch.setitem(
        registry.nach_fristablauf, "F51", lambda f, tag: called.append((f.pk, f.state, tag))
    )
    frist = make_ablauf(case)
    sweep(tag=date(2026, 3, 20))
    frist.refresh_from_db()
    assert called == [(frist.pk, "abgelaufen", date(2026, 3, 20))]
    assert (frist.erledigt_am, frist.erledigt_durch) == (ENDE, "durch Zeitablauf")
    texte = Ereignis.objects.filter(art="frist").values_list("text", flat=True)
    assert list(texte) == ["Probefrist: Frist am 16.03.2026 abgelaufen"]


def test_failure_of_one_row_leaves_it_open_and_the_others_done(case, monkeypatch):
    monkeypatch.setattr(fristenlauf, "_STAPEL", 2)
    rows = [make_ablauf(case, n) for n in range(5)]

    def fail_on_third(frist, tag):
        if frist.pk == rows[2].pk:
            raise LookupError("Emil Muster")

    monkeypatch.setitem(registry.nach_fristablauf, "F51", fail_on_third)
    assert sweep(tag=date(2026, 3, 17)) == Laufergebnis(abgelaufen=4, gescheitert=1)
    states = list(Frist.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["abgelaufen", "abgelaufen", "offen", "abgelaufen", "abgelaufen"]
    monkeypatch.delitem(registry.nach_fristablauf, "F51")
    assert sweep(tag=date(2026, 3, 18)) == Laufergebnis(abgelaufen=1)


@pytest.mark.parametrize(("anzahl", "queries"), [(1, 20), (9, 20)])
def test_stages_move_by_statements_not_by_rows(
    case, django_assert_max_num_queries, anzahl, queries
):
    for n in range(anzahl):
        make_frist(case, n)
    with django_assert_max_num_queries(queries):
        assert sweep(tag=date(2026, 3, 16)).faellig == anzahl


@pytest.mark.parametrize(
    "ende", [date(2026, 3, 29), date(2026, 10, 25), date(2024, 2, 29), date(2026, 12, 31)]
)
def test_clock_change_leap_day_and_turn_of_the_year_are_days_like_others(case, ende):
    frist = make_frist(
        case,
        ende=ende,
        wiedervorlage=ende - timedelta(days=1),
        eskalation=ende + timedelta(days=1),
    )
    seen = []
    for n in (-2, -1, 0, 1):
        sweep(tag=ende + timedelta(days=n))
        frist.refresh_from_db()
        seen.append(frist.stufe)
    assert seen == ["geplant", "bevorstehend", "faellig", "eskaliert"]
