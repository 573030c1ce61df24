"""The Musterfall under both laws, and people who are logged in."""

from __future__ import annotations

import pytest

from tests.budget import fabriken


@pytest.fixture
def akte(db) -> fabriken.Akte:
    return fabriken.make_akte()


@pytest.fixture
def vorgelegt(db) -> fabriken.Akte:
    """A submitted Bescheid of the Musterfall."""
    return fabriken.insert_vorgelegt()
