"""Two people at the same moment: one effect."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from cases.models import Schreiben
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan
from gesamtplan.plan.services import freigabe, gesamtplan
from tests.fabriken import HEUTE, make_behoerde, make_fallmanager, make_leitung
from tests.gesamtplan.bausteine import make_freigegebenen_plan, make_vorgelegten_plan

pytestmark = pytest.mark.django_db(transaction=True)


def run_together(*steps):
    """Run the steps at the same moment, each on its own connection; return their outcomes."""
    barrier = Barrier(len(steps))

    def run(step):
        try:
            barrier.wait(timeout=20)
            step()
            return "getan"
        except SchrittUnzulaessig as error:
            return error.text
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(steps)) as pool:
        return sorted(pool.map(run, steps))


def test_two_releasers_release_once():
    make_behoerde()
    plan = make_vorgelegten_plan(make_fallmanager())
    leitungen = [make_leitung("leitung1"), make_leitung("leitung2")]

    def release(by):
        return lambda: freigabe.release_gesamtplan(gesamtplan=plan, by=by, tag=HEUTE)

    outcomes = run_together(*(release(by) for by in leitungen))
    assert outcomes == ["getan", "„Freigeben“ ist im Zustand „freigegeben“ nicht möglich."]
    assert Schreiben.objects.filter(art="gesamtplan").count() == 1
    assert plan.case.fristen.filter(regel="F35").count() == 1


def test_two_editors_continue_once():
    make_behoerde()
    editors = [make_fallmanager(), make_fallmanager("kollegin")]
    plan = make_freigegebenen_plan(editors[0], make_leitung())

    def extend(by):
        return lambda: gesamtplan.continue_gesamtplan(
            gesamtplan=plan, anlass="Umzug", datum=HEUTE, by=by, tag=HEUTE
        )

    outcomes = run_together(*(extend(by) for by in editors))
    assert outcomes[0] == "Es gibt schon eine neuere Fassung (Gesamtplan, Version 2), in Arbeit."
    assert outcomes[1] == "getan"
    assert Gesamtplan.objects.filter(case=plan.case).count() == 2
