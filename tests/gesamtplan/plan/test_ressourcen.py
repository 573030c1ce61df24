"""What the talk has found about resources stands in the plan without typing."""

from __future__ import annotations

import pytest

from gesamtplan.bedarf import services as bedarf
from gesamtplan.models.angaben import Befund
from gesamtplan.plan.services import gesamtplan
from tests.fabriken import HEUTE
from tests.gesamtplan import bausteine

pytestmark = pytest.mark.django_db


def plan_with(by, **befunde: Befund) -> str:
    """Return what the plan says about resources after a talk with these findings."""
    case = bausteine.make_zustaendigen_fall(by)
    row = bausteine.make_ermittlung(case, by)
    bedarf.update_bedarf(bedarfsermittlung=row, befunde=befunde, by=by, tag=HEUTE)
    bedarf.complete_bedarfsermittlung(bedarfsermittlung=row, by=by, tag=HEUTE)
    plan = gesamtplan.create_gesamtplan(
        case=case, anlass="Erstantrag", datum=HEUTE, by=by, tag=HEUTE
    )
    return plan.planinhalte.get(schluessel="leistungen_ressourcen").text


def test_resources_and_helpers_come_along_by_area(behoerde, fallmanager):
    text = plan_with(
        fallmanager,
        d6=Befund(
            "Kocht nicht allein.",
            bedarf="Anleitung",
            ressourcen="Kocht gern.",
            foerderfaktoren="Die Schwester.",
        ),
        d5=Befund("Wäscht sich nicht allein.", bedarf="Hilfe am Morgen"),
    )
    assert text == "Häusliches Leben: Kocht gern. Die Schwester."


def test_without_any_the_plan_still_asks(behoerde, fallmanager):
    assert plan_with(fallmanager, d6=Befund("Kocht nicht allein.", bedarf="Anleitung")) == ""
