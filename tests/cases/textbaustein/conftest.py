"""Two people of the Fachadministration, a leader, and texts as the program writes them."""

from __future__ import annotations

import pytest

from cases.models import User
from cases.states.rolle import Rolle
from tests.fabriken import make_user


@pytest.fixture
def erste(behoerde) -> User:
    return make_user("erste", Rolle.FACHADMINISTRATION)


@pytest.fixture
def zweite(behoerde) -> User:
    return make_user("zweite", Rolle.FACHADMINISTRATION)
