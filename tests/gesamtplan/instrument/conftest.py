"""Two people who look after instruments."""

from __future__ import annotations

import pytest

from cases.states.rolle import Rolle
from tests.fabriken import make_user


@pytest.fixture
def erste(behoerde):
    return make_user("erste", Rolle.FACHADMINISTRATION)


@pytest.fixture
def zweite(behoerde):
    return make_user("zweite", Rolle.FACHADMINISTRATION)
