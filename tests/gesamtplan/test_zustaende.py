"""Every pair of state and step of both tables, taken through the services."""

from __future__ import annotations

from itertools import product

import pytest

from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.bedarf import services as bedarf
from gesamtplan.plan.services import freigabe, gesamtplan, mehrausfertigung, uebergabe
from gesamtplan.states import (
    BEDARFSERMITTLUNG,
    GESAMTPLAN,
    Ermittlungszustand,
    Planzustand,
)
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
        return gesamtplan.update_planinhalte(
            gesamtplan=plan, texte={"gutachten": "neu"}, by=by, tag=HEUTE
        )
    if schritt == "vorlegen":
        return freigabe.submit_gesamtplan(gesamtplan=plan, by=by, tag=HEUTE)
    if schritt == "weitergeben":
        mehrausfertigung.create_mehrausfertigung(
            gesamtplan=plan,
            einwilligung=bausteine.make_planeinwilligung(plan.case, leitung),
            abschnitte=["ziel-1"],
            zweck="Assistenz planen",
            by=by,
            tag=HEUTE,
        )
        return plan
    if schritt == "uebergeben":
        uebergabe.hand_gesamtplan(
            gesamtplan=plan,
            an="Emil Muster",
            am=HEUTE,
            weg="post",
            unterschrieben=False,
            by=by,
            tag=HEUTE,
        )
        return plan
    if schritt == "fortschreiben":
        gesamtplan.continue_gesamtplan(
            gesamtplan=plan, anlass="Umzug", datum=HEUTE, by=by, tag=HEUTE
        )
        plan.refresh_from_db()
        return plan
    if schritt == "zurueckgeben":
        return freigabe.return_gesamtplan(gesamtplan=plan, grund="unklar", by=leitung, tag=HEUTE)
    if schritt == "zurueckziehen":
        return freigabe.withdraw_vorlage(gesamtplan=plan, by=by, tag=HEUTE)
    return freigabe.release_gesamtplan(gesamtplan=plan, by=leitung, tag=HEUTE)


PLANPAARE = list(product(Planzustand.values, [u.schritt for u in GESAMTPLAN.uebergaenge]))


@pytest.mark.parametrize(("state", "schritt"), PLANPAARE)
def test_gesamtplan_step_is_taken_only_from_its_states(state, schritt, fallmanager, leitung):
    plan = plan_in(state, fallmanager, leitung)
    row = GESAMTPLAN.uebergang(schritt)
    if state in row.von:
        assert take_plan_step(schritt, plan, fallmanager, leitung).state == (row.nach or state)
        return
    with pytest.raises(SchrittUnzulaessig) as caught:
        take_plan_step(schritt, plan, fallmanager, leitung)
    stand = f"ist im Zustand „{Planzustand(state).label}“"
    assert caught.value.text == (
        f"Fortgeschrieben wird eine freigegebene Fassung. Diese {stand}."
        if schritt == "fortschreiben"
        else f"„{row.titel}“ {stand} nicht möglich."
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
    assert (len(PLANPAARE), len(ERMITTLUNGSPAARE)) == (24, 4)


@pytest.mark.parametrize(
    ("schritt", "satz"),
    [
        (
            "freigeben",
            r"liegt seit dem 20\.11\.2026 bei der Leitung\. Freigeben muss ihn eine zweite",
        ),
        ("zurueckgeben", "ist der Rolle Sachgebietsleitung vorbehalten"),
    ],
)
def test_fallmanagement_may_neither_release_nor_return(schritt, satz, fallmanager):
    plan = bausteine.make_vorgelegten_plan(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match=satz):
        take_plan_step(schritt, plan, fallmanager, fallmanager)
