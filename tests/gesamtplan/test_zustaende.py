"""Every pair of state and step of both tables, taken through the services."""

from __future__ import annotations

from itertools import product

import pytest

from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.bedarf import services as bedarf
from gesamtplan.plan.services import freigabe, gesamtplan
from gesamtplan.states import BEDARFSERMITTLUNG, GESAMTPLAN, Ermittlungszustand, Planzustand
from tests.fabriken import HEUTE
from tests.gesamtplan import bausteine

pytestmark = pytest.mark.django_db


def plan_in(state, by, leitung):
    if state == Planzustand.ENTWURF:
        return bausteine.make_plan(by)
    if state == Planzustand.VORGELEGT:
        return bausteine.make_vorgelegten_plan(by)
    return bausteine.make_freigegebenen_plan(by, leitung)


def take_plan_step(schritt, plan, by, leitung):
    if schritt == "bearbeiten":
        return gesamtplan.update_planinhalt(
            gesamtplan=plan, schluessel="gutachten", text="neu", by=by, tag=HEUTE
        )
    if schritt == "vorlegen":
        return freigabe.submit_gesamtplan(gesamtplan=plan, by=by, tag=HEUTE)
    if schritt == "zurueckgeben":
        return freigabe.return_gesamtplan(gesamtplan=plan, grund="unklar", by=leitung, tag=HEUTE)
    return freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)


PLANPAARE = list(product(Planzustand.values, [u.schritt for u in GESAMTPLAN.uebergaenge]))


@pytest.mark.parametrize(("state", "schritt"), PLANPAARE)
def test_gesamtplan_step_is_taken_only_from_its_states(state, schritt, fallmanager, leitung):
    plan = plan_in(state, fallmanager, leitung)
    row = GESAMTPLAN.uebergang(schritt)
    if state in row.von:
        assert take_plan_step(schritt, plan, fallmanager, leitung).state == row.nach
        return
    with pytest.raises(SchrittUnzulaessig) as caught:
        take_plan_step(schritt, plan, fallmanager, leitung)
    assert caught.value.text == (
        f"„{row.titel}“ ist im Zustand „{Planzustand(state).label}“ nicht möglich."
    )


ERMITTLUNGSPAARE = list(
    product(Ermittlungszustand.values, [u.schritt for u in BEDARFSERMITTLUNG.uebergaenge])
)


@pytest.mark.parametrize(("state", "schritt"), ERMITTLUNGSPAARE)
def test_bedarfsermittlung_step_is_taken_only_from_its_states(state, schritt, fallmanager):
    case = bausteine.make_zustaendigen_fall(fallmanager)
    row = bausteine.make_ermittlung(case, fallmanager)
    if state == Ermittlungszustand.ABGESCHLOSSEN:
        row = bedarf.complete_bedarfsermittlung(bedarfsermittlung=row, by=fallmanager, tag=HEUTE)

    def take():
        if schritt == "bearbeiten":
            return bedarf.update_bedarf(
                bedarfsermittlung=row, befunde={}, by=fallmanager, tag=HEUTE
            )
        return bedarf.complete_bedarfsermittlung(bedarfsermittlung=row, by=fallmanager, tag=HEUTE)

    uebergang = BEDARFSERMITTLUNG.uebergang(schritt)
    if state in uebergang.von:
        assert take().state == uebergang.nach
        return
    with pytest.raises(SchrittUnzulaessig) as caught:
        take()
    assert caught.value.text == f"„{uebergang.titel}“ ist im Zustand „abgeschlossen“ nicht möglich."


def test_tables_have_the_pairs_that_are_tested():
    assert (len(PLANPAARE), len(ERMITTLUNGSPAARE)) == (12, 4)


@pytest.mark.parametrize("schritt", ["freigeben", "zurueckgeben"])
def test_fallmanagement_may_neither_release_nor_return(schritt, fallmanager):
    plan = bausteine.make_vorgelegten_plan(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="ist der Rolle Sachgebietsleitung vorbehalten"):
        take_plan_step(schritt, plan, fallmanager, fallmanager)
