"""When a holiday or an own value changes, running Fristen follow and every difference is seen."""

from __future__ import annotations

from datetime import date

import pytest

from cases.frist.services.fristneuberechnung import (
    fingerprint,
    recompute_fristen,
    recompute_if_changed,
)
from cases.frist.services.fristverlaengerung import extend_frist
from cases.frist.services.handfrist import start_handfrist
from cases.models import Behoerde, Fristaenderung, Fristneuberechnung
from cases.tisch.queries.arbeitstag import fristen_of
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db

# Two weeks later is Fronleichnam (4 June 2026): a holiday in BW, none in BE.
EINGANG = date(2026, 5, 21)
HEUTE = date(2026, 5, 26)


@pytest.fixture
def frist(fallmanager):
    """Only this one runs: what else an Antrag starts is not looked at here."""
    case = make_fall(fallmanager, eingang=EINGANG)
    case.fristen.exclude(regel="F01").delete()
    return case.fristen.get(regel="F01")


def move_to_berlin():
    Behoerde.objects.update(land="BE")


def test_nothing_changes_while_nothing_has_changed(frist):
    ergebnis = recompute_fristen(tag=HEUTE, anlass="Probe", anwenden=True)
    assert (ergebnis.geprueft, ergebnis.geaendert, ergebnis.gescheitert) == (1, 0, 0)
    assert not Fristaenderung.objects.exists()


def test_dry_run_reports_and_stores_nothing(frist):
    move_to_berlin()
    ergebnis = recompute_fristen(tag=HEUTE, anlass="Probe", anwenden=False)
    assert [u.frist.pk for u in ergebnis.unterschiede] == [frist.pk]
    frist.refresh_from_db()
    assert frist.ende == date(2026, 6, 5)
    assert not Fristneuberechnung.objects.exists()


def test_new_land_moves_the_end_and_the_difference_is_listed(frist, fallmanager):
    recompute_if_changed(tag=HEUTE)
    move_to_berlin()
    row = recompute_if_changed(tag=HEUTE)
    assert row is not None
    assert (row.anlass, row.geprueft, row.geaendert) == ("Grundlagen geändert", 1, 1)
    frist.refresh_from_db()
    assert frist.ende == date(2026, 6, 4)
    aenderung = row.fristaenderungen.get()
    assert (aenderung.ende_alt, aenderung.ende_neu) == (date(2026, 6, 5), date(2026, 6, 4))
    found = {f.regel: f.ende_bisher for f in fristen_of(fallmanager, HEUTE)}
    assert found["F01"] == date(2026, 6, 5)


def test_second_run_with_the_same_ground_does_nothing(frist):
    move_to_berlin()
    recompute_if_changed(tag=HEUTE)
    assert recompute_if_changed(tag=HEUTE) is None
    assert Fristneuberechnung.objects.count() == 1


def test_fingerprint_changes_with_the_land_only(behoerde):
    first = fingerprint()
    assert fingerprint() == first
    move_to_berlin()
    assert fingerprint() != first


def test_own_length_and_extension_are_kept(fallmanager):
    case = make_fall(fallmanager, eingang=EINGANG)
    frist = start_handfrist(
        case=case, regel="F57", ausloeser=EINGANG, laenge="10 Tage", by=fallmanager, tag=HEUTE
    )
    extend_frist(
        frist=frist,
        bis=date(2026, 6, 4),
        grund="behoerde",
        mitgeteilt_am=None,
        begruendung="Urlaub der Betreuung",
        by=fallmanager,
        tag=HEUTE,
    )
    frist.refresh_from_db()
    # 4 June is Fronleichnam, in Berlin a working day.
    assert frist.ende == date(2026, 6, 5)
    move_to_berlin()
    recompute_fristen(tag=HEUTE, anlass="Probe", anwenden=True)
    frist.refresh_from_db()
    assert (frist.ende, frist.state) == (date(2026, 6, 4), "offen")


def test_closed_fristen_stay(frist):
    frist.case.fristen.update(state="gewahrt", erledigt_am=HEUTE)
    move_to_berlin()
    assert recompute_fristen(tag=HEUTE, anlass="Probe", anwenden=True).geprueft == 0


def test_frist_that_cannot_be_computed_stays_and_is_named(frist):
    frist.case.fristen.filter(pk=frist.pk).update(angaben={"laenge": "zwei Monde"})
    row = recompute_fristen(tag=HEUTE, anlass="Probe", anwenden=True).neuberechnung
    assert row is not None
    assert (row.geaendert, row.gescheitert) == (0, 1)
    assert row.fristaenderungen.get().fehler != ""
    frist.refresh_from_db()
    assert frist.ende == date(2026, 6, 5)
