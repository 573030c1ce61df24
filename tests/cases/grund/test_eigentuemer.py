"""The owner of the tables migrates without being a superuser; what needs one is done before."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from tests.upgrade import pruefung
from tools.bestand import WURZEL, address, manage, scratch
from werkzeug.dienste import EIGENTUEMER

ROLLEN = (WURZEL / "werkzeug" / "rollen.sql").read_text(encoding="utf-8")


def as_role(url: str, role: str) -> str:
    """Return the address of the same database for another role of the own server."""
    found = pruefung.as_role(url, role)
    if found is None:
        pytest.skip("Auf einem fremden Server haben die Rollen eigene Kennwörter.")
    return found


@pytest.fixture(scope="module", params=["leer", pruefung.VERSIONEN[-1]])
def datenbank(request):
    """An empty database, and one that an earlier version filled as a superuser."""
    name = f"eigentuemer_{os.getpid()}"
    if request.param != "leer":
        made = pruefung.upgraded(request.param)
        with pruefung.copy_of(made, name) as copy:
            yield address(made.url, copy)
        return
    with scratch(os.environ["DATABASE_URL"], name) as url:
        for _ in range(2):
            # It may be run as often as one likes.
            with psycopg.connect(url, autocommit=True) as verwaltung:
                verwaltung.execute(ROLLEN)
        manage(as_role(url, EIGENTUEMER), "migrate", "--verbosity", "0")
        yield url


def test_owner_is_no_superuser_and_owns_all(datenbank):
    with psycopg.connect(as_role(datenbank, EIGENTUEMER), autocommit=True) as owner:
        row = owner.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        assert row == (False, False, False, False)
        fremd = owner.execute(
            "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p', 'S') AND relowner <> current_user::regrole"
        ).fetchall()
        assert fremd == []
        anzahl = owner.execute("SELECT count(*) FROM cases_lesezugriff").fetchone()
        assert anzahl is not None
        for verboten, satz in (
            ("SET session_replication_role = replica", "permission denied"),
            ("CREATE ROLE x SUPERUSER", "must be superuser"),
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match=satz):
                owner.execute(verboten)


def test_program_works_under_this_owner_and_can_do_no_more(datenbank):
    with psycopg.connect(as_role(datenbank, "fallwerk_app"), autocommit=True) as programm:
        darf = programm.execute(
            "SELECT has_table_privilege('cases_lesezugriff', 'INSERT'),"
            " has_table_privilege('cases_lesezugriff', 'UPDATE, DELETE, TRUNCATE'),"
            " has_schema_privilege('public', 'CREATE')"
        ).fetchone()
        assert darf == (True, False, False)
        assert programm.execute("SELECT fallwerk_monate_anlegen()").fetchone() == (0,)


def test_compose_gives_the_superuser_to_the_roles_only():
    text = Path(WURZEL / "docker-compose.yml").read_text(encoding="utf-8")
    assert "postgresql://fallwerk:" not in text
    assert text.count("FALLWERK_DB_ADMIN_PASSWORT:?") == 2
