"""Loading in stages: what is there after a cut goes on, and two processes tell the same as one."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected

from cases.models import Case, Schreiben, User
from tests import uhr
from tests.vorfuehrung.conftest import other_loader
from vorfuehrung import laden
from vorfuehrung.erzaehlen import in_transaction
from vorfuehrung.laden import LaeuftSchon, is_complete, load_demo
from vorfuehrung.models import ErzaehlterFall, Ladestand

HEUTE = uhr.HEUTE
KENNWORT = "Teilhabe-Probe-2026"


class Getoetet(BaseException):
    """What a killed process would not live to see."""


def facts() -> list[tuple[object, ...]]:
    """What must not depend on who told a case, or in how many goes."""
    rows = []
    for case in Case.objects.select_related("leistungsberechtigte_person").order_by("aktenzeichen"):
        fristen = case.fristen.values_list("regel", "ende", "state", "stufe")
        briefe = case.schreiben_liste.values_list("nummer", "art", "datum", "pdf_sha256")
        rows.append(
            (
                case.aktenzeichen,
                case.leistungsberechtigte_person.voller_name,
                case.state,
                sorted(fristen),
                sorted(briefe),
                sorted(case.ereignisse.values_list("art", "text")),
            )
        )
    return rows


def told_in_one_go() -> list[tuple[object, ...]]:
    """Load, take the facts, and leave no trace."""
    with transaction.atomic():
        load_demo(password=KENNWORT, heute=HEUTE)
        found = facts()
        transaction.set_rollback(True)
    return found


def cut_after(cases: int, monkeypatch) -> None:
    """Let the load die in the story of the case after so many."""
    go_on, seen = laden.tell_place, []

    def die(fall, users, heute):
        seen.append(fall)
        if len(seen) > cases:
            raise Getoetet
        return go_on(fall, users, heute)

    with monkeypatch.context() as patch:
        patch.setattr(laden, "tell_place", die)
        with pytest.raises(Getoetet):
            load_demo(password=KENNWORT, heute=HEUTE)


@pytest.mark.django_db
def test_a_load_that_was_cut_off_goes_on_and_doubles_nothing(kurze_reihe, monkeypatch):
    erwartet = told_in_one_go()
    cut_after(4, monkeypatch)
    assert ErzaehlterFall.objects.filter(erzaehlt=True).count() == 4
    assert ErzaehlterFall.objects.filter(erzaehlt=False).count() == 1
    assert not is_complete()
    # The day of the first load counts, whenever it goes on.
    assert load_demo(password=KENNWORT, heute=HEUTE + timedelta(days=2)) == kurze_reihe
    assert is_complete()
    assert facts() == erwartet
    assert len(erwartet) == kurze_reihe + 4
    assert Schreiben.objects.count() == 1


@pytest.mark.django_db
def test_cut_between_two_steps_behind_the_cases(kurze_reihe, monkeypatch):
    erwartet = told_in_one_go()
    with monkeypatch.context() as patch:
        patch.setattr("vorfuehrung.beilagen.sweep", _die)
        with pytest.raises(Getoetet):
            load_demo(password=KENNWORT, heute=HEUTE)
    assert "anfragen" in Ladestand.objects.get().schritte
    load_demo(password=KENNWORT, heute=HEUTE)
    assert facts() == erwartet


def _die(**_: object) -> None:
    raise Getoetet


@pytest.mark.django_db
def test_complete_demonstration_is_left_alone(kurze_reihe):
    load_demo(password=KENNWORT, heute=HEUTE)
    before, passwords = facts(), set(User.objects.values_list("password", flat=True))
    out = StringIO()
    call_command("demo", laden=True, stdout=out)
    assert "vollständig" in out.getvalue()
    assert facts() == before
    assert set(User.objects.values_list("password", flat=True)) == passwords


@pytest.mark.django_db
def test_database_with_cases_of_others_is_left_alone(fallmanager):
    from tests.fabriken import make_fall

    make_fall(fallmanager)
    out = StringIO()
    call_command("demo", laden=True, stdout=out)
    assert "schon Fälle vorhanden" in out.getvalue()
    assert Ladestand.objects.count() == 0


@pytest.mark.django_db
def test_a_load_that_goes_on_takes_the_password_of_its_start(kurze_reihe, monkeypatch):
    cut_after(1, monkeypatch)
    load_demo(password="Ein-anderes-Kennwort-7", heute=HEUTE)
    assert User.objects.get(username="leitung").check_password("Ein-anderes-Kennwort-7")


@pytest.mark.django_db
def test_second_loader_is_told_that_one_is_at_work(kurze_reihe):
    with other_loader():
        with pytest.raises(LaeuftSchon):
            load_demo(password=KENNWORT, heute=HEUTE)
        with pytest.raises(CommandError, match="gerade schon geladen"):
            call_command("demo", laden=True, prozesse=1, stdout=StringIO())
    assert Ladestand.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_processes_tell_the_same_as_one(kurze_reihe):
    erwartet = told_in_one_go()
    assert load_demo(password=KENNWORT, heute=HEUTE, prozesse=2) == kurze_reihe
    assert facts() == erwartet


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_helper_left_is_told_to_its_end(kurze_reihe, monkeypatch):
    erwartet, eltern, tell_place = told_in_one_go(), os.getpid(), laden.tell_place

    def die_in_helper(fall, users, heute):
        if os.getpid() != eltern:
            os.kill(os.getpid(), signal.SIGKILL)
        return tell_place(fall, users, heute)

    monkeypatch.setattr(laden, "tell_place", die_in_helper)
    load_demo(password=KENNWORT, heute=HEUTE, prozesse=2)
    assert facts() == erwartet
    assert is_complete()


def test_a_deadlock_is_tried_again_and_another_error_is_not(db):
    versuche = []

    def deadlock_once() -> None:
        versuche.append(1)
        if len(versuche) == 1:
            raise OperationalError from DeadlockDetected()

    in_transaction(deadlock_once)
    assert len(versuche) == 2
    with pytest.raises(OperationalError, match="server closed"):
        in_transaction(_lose_the_server)
    assert len(versuche) == 2


def _lose_the_server() -> None:
    raise OperationalError("server closed the connection")
