"""Each guard of the Bedarfsermittlung: open, then closed with its sentence and citation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gesamtplan.bedarf import guards
from gesamtplan.bedarf import services as bedarf
from tests.fabriken import HEUTE, make_fall
from tests.gesamtplan.bausteine import (
    make_ermittlung,
    make_zustaendigen_fall,
)

pytestmark = pytest.mark.django_db


def test_bedarf_festgestellt(fallmanager):
    case = make_zustaendigen_fall(fallmanager)
    row = bedarf.start_bedarfsermittlung(
        case=case, datum=HEUTE, instrument="BEI_BW", beteiligte="Emil", by=fallmanager, tag=HEUTE
    )
    assert guards.bedarf_festgestellt(row).norm == "§ 118 Abs. 1 SGB IX"
    row.ergebnis = "Es besteht kein Bedarf."
    assert guards.bedarf_festgestellt(row) is None


def test_zustaendigkeit_festgestellt(fallmanager):
    offen = guards.zustaendigkeit_festgestellt(make_fall(fallmanager))
    assert offen.norm == "§ 14 Abs. 2 S. 1 SGB IX"
    assert guards.zustaendigkeit_festgestellt(make_zustaendigen_fall(fallmanager)) is None


def test_gespraech_nicht_in_der_zukunft(behoerde):
    assert guards.gespraech_nicht_in_der_zukunft(HEUTE, HEUTE) is None
    morgen = guards.gespraech_nicht_in_der_zukunft(HEUTE + timedelta(days=1), HEUTE)
    assert morgen.text.startswith("Das Gespräch am 21.11.2026 liegt in der Zukunft.")


def test_keine_offene_ermittlung(fallmanager):
    assert guards.keine_offene_ermittlung(None) is None
    row = make_ermittlung(make_zustaendigen_fall(fallmanager), fallmanager)
    assert guards.keine_offene_ermittlung(row).norm == "§ 118 SGB IX"
