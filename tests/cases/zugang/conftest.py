"""People and cases for tests of access."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from cases.models import Case
from cases.states.rolle import Rolle
from tests.fabriken import make_fall, make_fallmanager, make_team, make_user

# A Friday; the fifth working day after it is the 27th.
JETZT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def uhr():
    with time_machine.travel(JETZT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def fremd(behoerde):
    """A Fallmanagerin of another team."""
    return make_fallmanager("fremd", make_team("Team Süd"))


@pytest.fixture
def datenschutz(behoerde):
    return make_user("datenschutz", Rolle.DATENSCHUTZ)


@pytest.fixture
def erste(behoerde):
    return make_user("erste", Rolle.BERECHTIGUNG)


@pytest.fixture
def zweite(behoerde):
    return make_user("zweite", Rolle.BERECHTIGUNG)


@pytest.fixture
def case(fallmanager) -> Case:
    return make_fall(fallmanager)
