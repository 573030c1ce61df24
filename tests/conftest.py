"""What all tests share: the authority, and people with their roles."""

from __future__ import annotations

import os

import pgtrigger
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase

from cases.models import Behoerde, User
from tests import fabriken, vorlage


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Copy a database that is migrated already; making one anew takes some seconds."""
    test = connection.settings_dict["TEST"]
    test["TEMPLATE"] = vorlage.template(os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """End connections that threads of a live server left, or the database cannot be dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _fast_tests(settings):
    """Hash passwords quickly, serve static files by plain names, reach no mail server."""
    # A test that wants mail starts its own server; nothing may reach one that happens to run.
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    # The name in the page head is kept for a minute; no count of queries may hit its end.
    cache.set("behoerde", "Landkreis Musterau", None)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session", autouse=True)
def _fresh_logins():
    """A forced login counts as just confirmed; tests of the confirmation take the mark away."""
    plain = Client.force_login

    def fresh(client: Client, user: User, backend: str | None = None) -> None:
        plain(client, user, backend)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": 9_999_999_999}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", fresh)
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptied_tables():
    """Let tests with real transactions empty what the program itself can never empty."""
    teardown = TransactionTestCase._fixture_teardown

    def past_triggers(test: TransactionTestCase) -> None:
        with pgtrigger.ignore():
            teardown(test)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", past_triggers)
        yield


@pytest.fixture
def behoerde(db) -> Behoerde:
    return fabriken.make_behoerde()


@pytest.fixture
def fallmanager(behoerde) -> User:
    return fabriken.make_fallmanager()


@pytest.fixture
def leitung(behoerde) -> User:
    return fabriken.make_leitung()
