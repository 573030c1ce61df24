"""The outbox: ordered once, carried out at most once, nothing lost, nothing unnoticed."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import OperationalError, connection, connections, transaction

from cases.models import Auftrag
from cases.registry.auftragsart import Endgueltig, Hinfaellig, Ungewiss, Voruebergehend
from cases.registry.beitrag import registry
from cases.services.auftrag import (
    SPERRE,
    beginn_of,
    cancel,
    claim_due,
    due,
    expire_leases,
    has_begun,
    order,
    run,
    run_due,
    tag_of,
)
from cases.services.auftrag import (
    decide as decide_auftrag,
)
from cases.states.auftrag import Auftragzustand
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import make_user

JETZT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def place(schluessel: str = "probe:1", art: str = "probe", zeitpunkt: datetime = JETZT) -> Auftrag:
    return order(art=art, schluessel=schluessel, gegenstand_id=7, zeitpunkt=zeitpunkt)


@pytest.mark.django_db
def test_ordering_twice_gives_one_row(wirkung):
    assert place().pk == place().pk
    assert Auftrag.objects.count() == 1


@pytest.mark.django_db
def test_order_goes_away_with_the_transaction_that_wrote_it(wirkung):
    with transaction.atomic():
        place()
        transaction.set_rollback(True)
    assert not Auftrag.objects.exists()


@pytest.mark.django_db
def test_running_twice_has_one_effect(wirkung):
    auftrag = place()
    assert [run(auftrag_id=auftrag.pk, now=JETZT) for _ in range(2)] == ["fertig", None]
    assert wirkung.laeufe == [7]
    assert Auftrag.objects.get().fertig == JETZT


@pytest.mark.django_db
def test_order_is_not_started_before_its_time(wirkung):
    auftrag = place(zeitpunkt=JETZT + timedelta(seconds=1))
    assert run(auftrag_id=auftrag.pk, now=JETZT) is None
    assert run(auftrag_id=auftrag.pk, now=JETZT + timedelta(seconds=1)) == "fertig"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fehler", "state", "text"),
    [
        (Voruebergehend("besetzt"), "offen", "besetzt"),
        (Endgueltig("nein"), "fehlgeschlagen", "nein"),
        (Ungewiss("vielleicht"), "ungewiss", "vielleicht"),
        (Hinfaellig("zu spät"), "abgebrochen", "zu spät"),
        (OperationalError("weg"), "offen", "Die Datenbank war nicht erreichbar."),
        (KeyError("Emil Muster"), "fehlgeschlagen", "Unerwarteter Fehler (KeyError)."),
    ],
)
def test_each_outcome_leads_to_its_state(wirkung, fehler, state, text):
    auftrag, wirkung.fehler = place(), fehler
    assert run(auftrag_id=auftrag.pk, now=JETZT) == state
    auftrag.refresh_from_db()
    assert (auftrag.state, auftrag.fehler, auftrag.gesperrt_bis) == (state, text, None)
    assert wirkung.ausgaenge == ([] if state == "offen" else [(7, state, text)])


@pytest.mark.django_db
def test_crash_leaves_a_lease_that_nobody_else_takes(wirkung):
    auftrag, wirkung.fehler = place(), KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run(auftrag_id=auftrag.pk, now=JETZT)
    auftrag.refresh_from_db()
    assert (auftrag.state, auftrag.versuche, auftrag.gesperrt_bis) == (
        "in_arbeit",
        1,
        JETZT + SPERRE,
    )
    assert run(auftrag_id=auftrag.pk, now=JETZT + timedelta(minutes=1)) is None
    assert expire_leases(now=JETZT + SPERRE) == 0


@pytest.mark.django_db
def test_crash_of_an_effect_that_may_have_happened_is_left_to_a_person(wirkung):
    auftrag, wirkung.fehler = place(), KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run(auftrag_id=auftrag.pk, now=JETZT)
    assert expire_leases(now=JETZT + SPERRE + timedelta(seconds=1)) == 1
    assert run_due(limit=9, now=JETZT + timedelta(days=9)) == {}
    auftrag.refresh_from_db()
    assert (auftrag.state, wirkung.laeufe) == ("ungewiss", [7])
    assert wirkung.ausgaenge[0][1] == "ungewiss"


@pytest.mark.django_db
@pytest.mark.parametrize("vergeblich", [0, 4])
def test_poison_is_started_three_times_and_then_fails(wirkung, vergeblich):
    """Attempts that the mail server refused for now are no crashes and do not count as such."""
    place(art="probe_mit_beginn")
    wirkung.fehler, now = Voruebergehend("besetzt"), JETZT
    for _ in range(vergeblich):
        run_due(limit=9, now=now)
        now += timedelta(days=1)
    wirkung.fehler = KeyboardInterrupt()
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            run_due(limit=9, now=now)
        now += SPERRE + timedelta(minutes=1)
        expire_leases(now=now)
        now += timedelta(minutes=30)
    assert run_due(limit=9, now=now) == {}
    auftrag = Auftrag.objects.get()
    assert (auftrag.state, auftrag.abbrueche) == ("fehlgeschlagen", 3)
    assert auftrag.fehler == "Die Ausführung brach 3-mal ab; gesendet ist nichts."
    assert len(wirkung.laeufe) == vergeblich + 3


@pytest.mark.django_db
def test_crash_before_anything_was_sent_begins_again_at_once_without_a_person(wirkung):
    place(art="probe_mit_beginn")
    wirkung.fehler = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run_due(limit=9, now=JETZT)
    later = JETZT + SPERRE + timedelta(seconds=1)
    assert expire_leases(now=later) == 1
    assert Auftrag.objects.get().fehler == "Die Ausführung brach ab; es war noch nichts gesendet."
    wirkung.fehler = None
    assert run_due(limit=9, now=later) == {"fertig": 1}


@pytest.mark.django_db
def test_crash_after_the_effect_began_is_left_to_a_person_of_every_kind(wirkung):
    auftrag = place(art="probe_mit_beginn")
    wirkung.fehler, wirkung.beginnt = KeyboardInterrupt(), True
    with pytest.raises(KeyboardInterrupt):
        run_due(limit=9, now=JETZT)
    auftrag.refresh_from_db()
    assert has_begun(auftrag)
    expire_leases(now=JETZT + SPERRE + timedelta(seconds=1))
    assert run_due(limit=9, now=JETZT + timedelta(days=9)) == {}
    assert (Auftrag.objects.get().state, len(wirkung.laeufe)) == ("ungewiss", 1)


@pytest.mark.django_db
def test_sent_again_by_a_person_the_old_beginning_does_not_count(wirkung):
    auftrag = place(art="probe_mit_beginn")
    wirkung.fehler, wirkung.beginnt = KeyboardInterrupt(), True
    with pytest.raises(KeyboardInterrupt):
        run_due(limit=9, now=JETZT)
    later = JETZT + SPERRE + timedelta(seconds=1)
    expire_leases(now=later)
    _decide("offen", later)
    wirkung.beginnt = False
    with pytest.raises(KeyboardInterrupt):
        run_due(limit=9, now=later)
    auftrag.refresh_from_db()
    assert not has_begun(auftrag)


@pytest.mark.django_db
def test_effect_does_not_begin_when_its_beginning_cannot_be_noted(wirkung, monkeypatch):
    auftrag, wirkung.beginnt = place(art="probe_mit_beginn"), True

    def gone(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("cases.services.auftrag._note_beginn", gone)
    assert run(auftrag_id=auftrag.pk, now=JETZT) == "offen"


def _decide(state: str, now: datetime, by: object = None) -> None:
    decide_auftrag(
        schluessel="probe:1",
        state=Auftragzustand(state),
        now=now,
        by=by or make_user("entscheidet", Rolle.FACHADMINISTRATION),
    )


@pytest.mark.django_db
def test_rows_are_worked_off_one_by_one_up_to_the_limit(wirkung):
    for n in range(5):
        place(f"probe:{n}")
    assert run_due(limit=3, now=JETZT) == {"fertig": 3}
    assert run_due(limit=3, now=JETZT) == {"fertig": 2}
    assert run_due(limit=3, now=JETZT) == {}


@pytest.mark.django_db
def test_kind_of_a_newer_version_is_left_alone(wirkung):
    place(art="aus_der_zukunft")
    assert run_due(limit=9, now=JETZT) == {}
    assert Auftrag.objects.get().state == "offen"


@pytest.mark.django_db
def test_uncertain_order_is_decided_once(wirkung):
    auftrag, wirkung.fehler = place(), Ungewiss("vielleicht")
    run(auftrag_id=auftrag.pk, now=JETZT)
    by = make_user("entscheidet", Rolle.FACHADMINISTRATION)
    _decide("offen", JETZT, by)
    with pytest.raises(SchrittUnzulaessig, match="bereits entschieden"):
        _decide("fertig", JETZT, by)
    wirkung.fehler = None
    assert run(auftrag_id=auftrag.pk, now=JETZT) == "fertig"
    auftrag.refresh_from_db()
    assert (auftrag.entschieden_von, auftrag.entschieden_am) == (by, JETZT)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["offen", "abgebrochen", "fertig"])
def test_failed_order_is_sent_again_or_left_but_never_called_done(wirkung, state):
    auftrag, wirkung.fehler = place(), Endgueltig("nein")
    run(auftrag_id=auftrag.pk, now=JETZT)
    if state == "fertig":
        with pytest.raises(SchrittUnzulaessig, match="bereits entschieden"):
            _decide(state, JETZT)
    else:
        _decide(state, JETZT)
        assert Auftrag.objects.get().state == state


@pytest.mark.django_db
def test_order_wakes_a_worker_when_its_transaction_ends(
    wirkung, monkeypatch, django_capture_on_commit_callbacks
):
    woken: list[tuple[int, int]] = []
    monkeypatch.setattr(registry, "wecker", lambda nummer, rang: woken.append((nummer, rang)))
    with django_capture_on_commit_callbacks(execute=True):
        auftrag = place()
        place()
        assert woken == []
    assert woken == [(auftrag.pk, 0)]


@pytest.mark.django_db
def test_cancelled_order_never_runs(wirkung):
    place()
    assert cancel(schluessel="probe:1", grund="Zurückgenommen.", now=JETZT)
    assert not cancel(schluessel="probe:1", grund="Zurückgenommen.", now=JETZT)
    assert run_due(limit=9, now=JETZT) == {}


@pytest.mark.parametrize(
    ("tag", "zone"),
    [
        (date(2026, 3, 29), 1),
        (date(2026, 3, 30), 2),
        (date(2026, 10, 25), 2),
        (date(2026, 10, 26), 1),
    ],
)
def test_day_begins_at_local_midnight_also_when_the_clock_changes(tag, zone):
    beginn = beginn_of(tag)
    assert beginn.utcoffset() == timedelta(hours=zone)
    assert (tag_of(beginn), tag_of(beginn - timedelta(seconds=1))) == (tag, tag - timedelta(days=1))


def race(work, count: int = 2) -> list[object]:
    """Run the work in threads that start together, each with its own connection."""
    barrier, results = threading.Barrier(count), []

    def one() -> None:
        try:
            barrier.wait(5)
            results.append(work())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return results


@pytest.mark.django_db(transaction=True)
def test_two_workers_have_one_effect(wirkung):
    for n in range(10):
        auftrag = place(f"probe:{n}")
        states = race(lambda pk=auftrag.pk: run(auftrag_id=pk, now=JETZT))
        assert sorted(states, key=str) == [None, "fertig"]
    assert len(wirkung.laeufe) == 10


@pytest.mark.django_db(transaction=True)
def test_two_reconcilers_share_the_work(wirkung):
    for n in range(40):
        order(art="probe", schluessel=f"probe:{n}", gegenstand_id=n, zeitpunkt=JETZT)
    results = race(lambda: run_due(limit=100, now=JETZT))
    assert sum(r["fertig"] for r in results) == 40
    assert sorted(wirkung.laeufe) == list(range(40))


@pytest.mark.django_db(transaction=True)
def test_ordering_the_same_key_at_once_gives_one_row(wirkung):
    assert len(set(race(lambda: place().pk, 4))) == 1


@pytest.mark.django_db(transaction=True)
def test_lease_is_committed_before_the_effect(wirkung):
    seen = []

    def look(gegenstand_id, now):
        def other() -> None:
            seen.append(Auftrag.objects.values_list("state", "versuche").get())
            connections.close_all()

        thread = threading.Thread(target=other)
        thread.start()
        thread.join(10)

    registry.auftragsarten["probe"] = type(registry.auftragsarten["probe"])("probe", "Probe", look)
    assert run(auftrag_id=place().pk, now=JETZT) == "fertig"
    assert seen == [("in_arbeit", 1)]


@pytest.mark.django_db(transaction=True)
def test_row_in_work_is_not_settled_although_its_lease_is_over(wirkung):
    place()
    [claimed] = claim_due(limit=1, now=JETZT)
    with transaction.atomic():
        Auftrag.objects.select_for_update().get(pk=claimed.pk)
        assert race(lambda: expire_leases(now=JETZT + timedelta(hours=1)), 1) == [0]
    assert expire_leases(now=JETZT + timedelta(hours=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_carrying_out_inside_a_transaction_is_a_programming_error(wirkung):
    auftrag = place()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        run(auftrag_id=auftrag.pk, now=JETZT)
    assert wirkung.laeufe == []


@pytest.mark.django_db
def test_due_rows_are_found_by_their_index(wirkung):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "auftrag_faellig" in due(JETZT).explain()
