"""Every state, step and role of a Frist: what the page offers is what the service does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.frist import guards
from cases.frist.schritte import FRISTSCHRITTE, Fristlage
from cases.frist.services.fristpause import begin_pause, end_pause
from cases.frist.services.handfrist import end_handfrist, start_handfrist
from cases.frist.views.frist import frist_row
from cases.models import Frist, Fristpause
from cases.states.frist import Fristzustand
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import make_fall, make_user
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
START, HEUTE = date(2026, 11, 2), date(2026, 11, 5)
STEPS = {
    "anhalten": lambda f, u: begin_pause(
        frist=f, von=HEUTE, bis=None, grund="einvernehmen", begruendung="x", by=u, tag=HEUTE
    ),
    "fortsetzen": lambda f, u: end_pause(frist=f, bis=HEUTE, by=u, tag=HEUTE),
    "erledigen": lambda f, u: end_handfrist(frist=f, durch="x", by=u, tag=HEUTE),
}


def _walk(frist, users):
    gesagt = {}
    for state in (Fristzustand.GEHEMMT, Fristzustand.GEWAHRT, Fristzustand.OFFEN):
        if state == Fristzustand.OFFEN:
            frist.fristpausen.all().delete()  # a Frist with an open pause is never open
        force(frist, state, erledigt_am=HEUTE if state == Fristzustand.GEWAHRT else None)
        for schritt, take in STEPS.items():
            for user in users:
                jetzt = Frist.objects.get(pk=frist.pk)
                gesagt[state, schritt, user.username] = agree(
                    FRISTSCHRITTE,
                    Fristlage(user, jetzt),
                    schritt,
                    lambda f=jetzt, u=user, t=take: t(f, u),
                )
                offen = gesagt[state, schritt, user.username] == ""
                assert frist_row(jetzt, HEUTE, user)[schritt] == offen
    return gesagt


@pytest.mark.parametrize("pausiert", [True, False])
def test_steps_of_a_frist_agree(fallmanager, pausiert):
    frist = start_handfrist(
        case=make_fall(fallmanager, eingang=START),
        regel="F33",
        ausloeser=START,
        laenge="",
        by=fallmanager,
        tag=HEUTE,
    )
    if pausiert:
        STEPS["anhalten"](frist, fallmanager)
    gesagt = _walk(frist, [fallmanager, make_user("revision", Rolle.REVISION)])
    assert len(gesagt) == 3 * 3 * 2
    assert gesagt["offen", "erledigen", "fallmanager"] == ""
    assert (gesagt["gehemmt", "fortsetzen", "fallmanager"] == "") == pausiert


def test_frist_by_hand_begins_today_at_the_latest(fallmanager):
    case = make_fall(fallmanager, eingang=START)
    angaben = {"case": case, "regel": "F33", "laenge": "", "by": fallmanager, "tag": HEUTE}
    with pytest.raises(SchrittUnzulaessig, match="Der Auslöser liegt in der Zukunft"):
        start_handfrist(ausloeser=HEUTE + timedelta(days=1), **angaben)
    assert start_handfrist(ausloeser=HEUTE, **angaben).ausloeser_datum == HEUTE


def test_frist_of_the_case_is_neither_paused_nor_settled_by_hand(fallmanager):
    frist = Frist.objects.get(case=make_fall(fallmanager), regel="F01")
    gesagt = _walk(frist, [fallmanager])
    assert "keine Vorschrift" in gesagt["offen", "anhalten", "fallmanager"]
    assert gesagt["offen", "erledigen", "fallmanager"] is None


def test_pause_ohne_ende():
    assert guards.pause_ohne_ende([Fristpause(bis=None)]) is None
    assert "nicht auf unbestimmte Zeit" in guards.pause_ohne_ende([Fristpause(bis=HEUTE)]).text


def test_frist_von_hand():
    assert guards.frist_von_hand(Frist(gegenstand="hand:2026-11-02")) is None
    assert "nicht von Hand" in guards.frist_von_hand(Frist(gegenstand="antrag:1")).text
