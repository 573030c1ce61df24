"""What tests of dispatch share: two kinds of letter, one of them with a Rechtsbehelf."""

from __future__ import annotations

import pytest

from cases.models import Schreiben
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibenart
from tests.cases.schreiben.versand.proben import MIT_RECHTSBEHELF, OHNE_RECHTSBEHELF, make_schreiben
from tests.fabriken import make_fall


@pytest.fixture(autouse=True)
def arten():
    registry.schreibenarten[MIT_RECHTSBEHELF] = Schreibenart(
        MIT_RECHTSBEHELF, "Bescheid", "x.html", rechtsbehelf=True
    )
    registry.schreibenarten[OHNE_RECHTSBEHELF] = Schreibenart(
        OHNE_RECHTSBEHELF, "Mitteilung", "x.html"
    )
    yield
    del registry.schreibenarten[MIT_RECHTSBEHELF], registry.schreibenarten[OHNE_RECHTSBEHELF]


@pytest.fixture
def schreiben(fallmanager) -> Schreiben:
    return make_schreiben(make_fall(fallmanager), fallmanager)
