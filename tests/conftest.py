"""What all tests share: the authority, and people with their roles."""

from __future__ import annotations

import pytest

from cases.models import Behoerde, User
from tests import fabriken


@pytest.fixture(autouse=True)
def _fast_tests(settings):
    """Hash passwords quickly and serve static files by their plain names."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def behoerde(db) -> Behoerde:
    return fabriken.make_behoerde()


@pytest.fixture
def fallmanager(behoerde) -> User:
    return fabriken.make_fallmanager()


@pytest.fixture
def leitung(behoerde) -> User:
    return fabriken.make_leitung()
