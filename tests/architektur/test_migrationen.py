"""The migrations lead to what the models name, stay as they were handed out, and are quick."""

from __future__ import annotations

import ast
import os
import resource

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import CreateModel

from cases import erstanlage
from tools import einfrieren
from tools.bestand import WURZEL, manage, scratch

OWN = [m for a in ("cases", "gesamtplan", "budget") for m in apps.get_app_config(a).get_models()]


def names(sql: str, *values: object) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {row[0] for row in cursor.fetchall()}


def test_there_are_models_to_look_at():
    assert len(OWN) > 60


@pytest.mark.django_db
@pytest.mark.parametrize("model", OWN, ids=lambda m: m.__name__)
def test_table_has_what_the_model_names(model):
    table = model._meta.db_table
    columns = names(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped",
        table,
    )
    assert columns == {field.column for field in model._meta.local_concrete_fields}
    have = names("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass", table)
    have |= names("SELECT indexname FROM pg_indexes WHERE tablename = %s", table)
    wanted = {c.name for c in model._meta.constraints} | {i.name for i in model._meta.indexes}
    assert wanted - have == set()


@pytest.mark.django_db
def test_every_trigger_is_installed():
    seen = 0
    for model, trigger in pgtrigger.registered():
        if model._meta.app_label in {"cases", "gesamtplan", "budget"}:
            seen += 1
            status, _ = trigger.get_installation_status(model)
            assert status == "INSTALLED", (model.__name__, trigger.name)
    assert seen > 100


def test_frozen_migrations_are_as_they_were_handed_out():
    frozen = einfrieren.entries()
    assert len(frozen) >= 7
    assert einfrieren.faults(frozen, dict(einfrieren.migrations())) == []


def test_a_changed_and_a_vanished_migration_are_named():
    changed, gone, *others = einfrieren.entries()
    present = {each.path: each.sha256 for each in others} | {changed.path: "0" * 64}
    assert einfrieren.faults([changed, gone, *others], present) == [
        f"{changed.path} gehört zu {changed.version} und wurde geändert.",
        f"{gone.path} gehört zu {gone.version} und fehlt.",
    ]


def test_migrations_import_nothing_of_the_program_but_field_and_lookup_classes():
    found, seen = set(), 0
    for path in WURZEL.glob("*/migrations/[0-9]*.py"):
        seen += 1
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add(node.module)
    own = {name for name in found if (WURZEL / name.partition(".")[0]).is_dir()}
    assert seen >= 7
    assert own == {"cases.crypto", "cases.laut"}


@pytest.fixture
def executor(db):
    return MigrationExecutor(connection)


def sql_of(executor, key, *, at_once: bool) -> list[str]:
    """The statements of a migration, as `sqlmigrate` would show them."""
    migration = executor.loader.get_migration(*key)
    if at_once:
        migration.operations = erstanlage.at_once(migration.operations)
        assert len(migration.operations) == 1
    state = executor.loader.project_state(key, at_end=False)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(state, editor, collect_sql=True)
    return [line for line in editor.collected_sql if not line.startswith("--")]


@pytest.mark.parametrize("app", ["gesamtplan", "budget"])
def test_tables_at_once_are_the_same_tables(executor, app):
    key = (app, "0001_initial")
    plain = sql_of(executor, key, at_once=False)
    short = sql_of(executor, key, at_once=True)
    assert len(plain) > 100
    assert short == plain


def plan_of(executor, *, backwards: bool):
    return [(executor.loader.get_migration("gesamtplan", "0001_initial"), backwards)]


def test_only_the_plan_of_an_empty_database_is_shortened(executor, monkeypatch):
    plan = plan_of(executor, backwards=False)
    erstanlage.shorten_first_plan(plan=plan, using="default")
    assert all(isinstance(each, CreateModel) for each in plan[0][0].operations)
    monkeypatch.setattr(connection.introspection, "table_names", lambda cursor: [])
    erstanlage.shorten_first_plan(plan=plan, using="default")
    assert [type(each) for each in plan[0][0].operations] == [erstanlage.Tabellen]


def test_the_way_back_is_never_shortened(executor, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", lambda cursor: [])
    plan = plan_of(executor, backwards=True)
    erstanlage.shorten_first_plan(plan=plan, using="default")
    assert all(isinstance(each, CreateModel) for each in plan[0][0].operations)


def test_an_empty_database_takes_under_ten_seconds_of_cpu():
    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    with scratch(os.environ["DATABASE_URL"], f"leer_{os.getpid()}") as url:
        manage(url, "migrate", "--verbosity", "0")
    assert 0.5 < spent() - before < 10
