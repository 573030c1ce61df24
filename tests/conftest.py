"""What all tests share: the authority, and people with their roles."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator
from datetime import datetime

import pgtrigger
import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.test import Client, TransactionTestCase, override_settings

from cases.models import Behoerde, User
from tests import fabriken, gemeinsam, leeren, satz, uhr, vorlage

#: One for each core of a small machine; a run that names files stays in one process.
ARBEITER = 2


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Share a whole run or folder among the workers; single files run as they are."""
    files = [name for name in config.args if ".py" in name]
    return 0 if files or config.option.usepdb else ARBEITER


def pytest_collection_finish() -> None:
    """Look for garbage rarely: what is loaded by now stays, and looking through it takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


@pytest.fixture(autouse=True)
def _uhr(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let every test begin at the one moment of the run; its own clock goes before."""
    with time_machine.travel(uhr.JETZT, tick=True):
        yield


@pytest.fixture(autouse=True)
def _names() -> Iterator[None]:
    """Give the persons of each test the same names."""
    fabriken.restart_names(within_test=True)
    yield
    fabriken.restart_names(within_test=False)


@pytest.fixture(autouse=True)
def _letters(request: pytest.FixtureRequest) -> None:
    """Set letters of the same words once, but for tests about setting them."""
    satz.keep_letters(behalten=satz.SELBST not in request.node.nodeid)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Copy a database that is migrated already; making one anew takes some seconds."""
    test = connection.settings_dict["TEST"]
    test["TEMPLATE"] = vorlage.template(os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Set the clock of the database; in the end, end what threads of a live server left open."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        name = connection.settings_dict["NAME"]
        cursor.execute(uhr.set_datenbank(name, datetime.now(uhr.ZONE)))
        cursor.execute(uhr.set_monate())
    # The setting holds for connections that are opened from now on.
    connection.close()
    yield
    with django_db_blocker.unblock():
        # From beside the database: a connection to it might be one of those that end.
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )


@pytest.fixture(scope="session", autouse=True)
def _fast_tests():
    """Hash passwords quickly, serve static files by plain names, reach no mail server."""
    with override_settings(
        # A test that wants mail starts its own server; nothing may reach one that happens to run.
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=9,
        # Python's clock stands where the test wants it, the database's at the moment of the run.
        UHRVERGLEICH_SEKUNDEN=0,
        **gemeinsam.fast(),
    ):
        yield


@pytest.fixture(autouse=True)
def _fresh_counts():
    """Begin with nothing counted, and with the name of the authority at hand."""
    # Every test begins at the same moment: what an earlier one counted (logins per minute) would
    # never grow old.
    caches["prozess"].clear()
    # The name in the page head is kept for a minute; no count of queries may hit its end.
    caches["prozess"].set("behoerde", "Landkreis Musterau", None)


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
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: leeren.empty_tables())
        yield


_ALS_PROGRAMM = f"SET ROLE {settings.DATENBANKROLLE}"


def _owner_while_off(execute, sql, params, many, context):
    """Whoever plants a row past the triggers is the owner, until they are on again."""
    text = str(sql)
    if "DISABLE TRIGGER" in text or "session_replication_role = replica" in text:
        execute("RESET ROLE", None, False, context)
    result = execute(sql, params, many, context)
    if "ENABLE TRIGGER" in text or "session_replication_role = origin" in text:
        execute(_ALS_PROGRAMM, None, False, context)
    return result


@pytest.fixture(autouse=True)
def _rolle(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let every test work with the rights of the program; `eigentuemer` gives the owner's back."""
    names = set(request.fixturenames)
    uses = names & {"db", "transactional_db"} or request.node.get_closest_marker("django_db")
    if not uses or "eigentuemer" in names:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    with connection.cursor() as cursor:
        cursor.execute(_ALS_PROGRAMM)
        # A request of an earlier test with real transactions has told for whom it works.
        cursor.execute("RESET fallwerk.konto")
    with connection.execute_wrapper(_owner_while_off):
        yield
    with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.fixture(scope="session", autouse=True)
def _schalter():
    """Let a test that switches a trigger off do so as the owner: the program cannot."""
    plain = pgtrigger.ignore

    @contextlib.contextmanager
    def as_owner(*names: str) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            (role,) = cursor.fetchone()
            cursor.execute("RESET ROLE")
        try:
            with plain(*names):
                yield
        finally:
            with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute(f'SET ROLE "{role}"')

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pgtrigger, "ignore", as_owner)
        yield


@pytest.fixture
def eigentuemer(db) -> None:
    """The test plants what only the owner of the tables can do."""


@pytest.fixture
def behoerde(db) -> Behoerde:
    return fabriken.make_behoerde()


@pytest.fixture
def fallmanager(behoerde) -> User:
    return fabriken.make_fallmanager()


@pytest.fixture
def leitung(behoerde) -> User:
    return fabriken.make_leitung()
