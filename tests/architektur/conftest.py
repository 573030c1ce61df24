"""The addresses are known to every test of the house, whichever comes first."""

from __future__ import annotations

import pytest
from django.urls import get_resolver


@pytest.fixture(autouse=True, scope="session")
def _adressen() -> None:
    """Let the rows of `ROUTES` be there: they come with the patterns."""
    assert get_resolver().url_patterns
