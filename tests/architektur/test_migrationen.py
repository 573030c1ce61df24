"""The migrations lead to what the models name, stay as they were handed out, and are quick."""

from __future__ import annotations

import ast
from collections import Counter

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddField,
    AlterField,
    DeleteModel,
    RemoveField,
    RunPython,
    RunSQL,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder

from cases import erstanlage
from cases.models import User
from tools import einfrieren
from tools.bestand import WURZEL

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
    assert own == {"cases.chiffre", "cases.crypto", "cases.laut", "cases.zeitspanne"}


@pytest.fixture
def executor(db):
    return MigrationExecutor(connection)


def grouped(migration) -> list[Operation]:
    return erstanlage.at_once([(migration.app_label, each) for each in migration.operations])


def sql_of(executor, key, *, at_once: bool) -> list[str]:
    """The statements of a migration, as `sqlmigrate` would show them."""
    migration = executor.loader.get_migration(*key)
    if at_once:
        migration.operations = grouped(migration)
        assert [type(each) for each in migration.operations] == [erstanlage.Tabellen]
    state = executor.loader.project_state(key, at_end=False)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(state, editor, collect_sql=True)
    return [line for line in editor.collected_sql if not line.startswith("--")]


@pytest.mark.parametrize(
    "key",
    [
        ("gesamtplan", "0001_initial"),
        ("gesamtplan", "0002_schluessel_und_entscheidung"),
        ("budget", "0001_initial"),
        ("budget", "0004_bescheid_ausland_und_sachleistung"),
    ],
    ids=".".join,
)
def test_tables_at_once_are_the_same_tables(executor, key):
    plain = sql_of(executor, key, at_once=False)
    short = sql_of(executor, key, at_once=True)
    assert len(plain) > 10
    assert short == plain


def kinds(operations) -> list[list[str]]:
    """The names of the operations, those made together in one list."""
    return [
        [type(step).__name__ for _, step in each.schritte]
        if isinstance(each, erstanlage.Tabellen)
        else [type(each).__name__]
        for each in operations
    ]


def column(table: str, name: str, change=AddField):
    return change(table, name, models.IntegerField(null=True))


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        # Other columns of one table, and plain SQL between them, ask for no state in between.
        (
            [column("fall", "eins"), RunSQL("SELECT 1"), column("fall", "zwei")],
            [["AddField", "RunSQL", "AddField"]],
        ),
        # The same column twice does, also across tables of other names.
        (
            [column("fall", "eins"), column("team", "eins"), column("fall", "eins", AlterField)],
            [["AddField", "AddField"], ["AlterField"]],
        ),
        # Python and what says something about the state stand alone.
        (
            [column("fall", "eins"), RunPython(RunPython.noop), column("fall", "zwei")],
            [["AddField"], ["RunPython"], ["AddField"]],
        ),
        (
            [column("fall", "eins"), RunSQL("SELECT 1", state_operations=[]), DeleteModel("team")],
            [["AddField", "RunSQL"], ["DeleteModel"]],
        ),
        (
            [RunSQL("SELECT 1", state_operations=[DeleteModel("team")]), column("fall", "eins")],
            [["RunSQL"], ["AddField"]],
        ),
    ],
)
def test_what_is_made_together(operations, expected):
    assert kinds(erstanlage.at_once([("cases", each) for each in operations])) == expected


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        # No row goes through the state in between: the first change brings the last form.
        (
            [column("fall", "eins"), column("fall", "eins", AlterField)],
            [["AddField", "AlterField"]],
        ),
        # A column that comes and goes again has no last form.
        (
            [column("fall", "eins"), RemoveField("fall", "eins"), column("fall", "zwei")],
            [["AddField"], ["RemoveField", "AddField"]],
        ),
        # Python that works on tables asks for no models; all other Python stands alone.
        (
            [
                column("fall", "eins"),
                RunPython(RunPython.noop, hints={"ohne_modelle": True}),
                column("fall", "zwei"),
                RunPython(RunPython.noop),
            ],
            [["AddField", "RunPython", "AddField"], ["RunPython"]],
        ),
    ],
)
def test_what_is_made_together_in_an_empty_database(operations, expected):
    steps = [("cases", each) for each in operations]
    assert kinds(erstanlage.at_once(steps, leer=True)) == expected


def migration(name: str, *operations: Operation, atomic: bool = True) -> Migration:
    made = Migration(name, "cases")
    made.operations, made.atomic = list(operations), atomic
    return made


def shortened(monkeypatch, *migrations: Migration, present: bool, backwards: bool = False):
    """The plan after the signal: names, what each is noted as, and its operations."""
    tables = [User._meta.db_table] if present else []
    monkeypatch.setattr(connection.introspection, "table_names", lambda cursor: tables)
    plan = [(each, backwards) for each in migrations]
    erstanlage.shorten_plan(plan=plan, using="default")
    return [
        (each.name, [name for _, name in each.replaces], kinds(each.operations)) for each, _ in plan
    ]


def some_migrations() -> list[Migration]:
    return [
        migration("a", column("fall", "eins")),
        migration("b", RunPython(RunPython.noop, elidable=True), column("fall", "zwei")),
        migration("c", RunPython(RunPython.noop)),
        migration("d", column("fall", "drei"), atomic=False),
        migration("e", column("fall", "vier")),
    ]


@pytest.mark.django_db
def test_the_plan_of_an_empty_database_joins_neighbours_and_moves_no_rows(monkeypatch):
    assert shortened(monkeypatch, *some_migrations(), present=False) == [
        ("a", ["a", "b"], [["AddField", "AddField"]]),
        ("c", [], [["RunPython"]]),
        ("d", [], [["AddField"]]),
        ("e", [], [["AddField"]]),
    ]


@pytest.mark.django_db
def test_the_plan_of_an_upgrade_keeps_every_migration_and_moves_rows(monkeypatch):
    assert shortened(monkeypatch, *some_migrations(), present=True) == [
        ("a", [], [["AddField"]]),
        ("b", [], [["RunPython"], ["AddField"]]),
        ("c", [], [["RunPython"]]),
        ("d", [], [["AddField"]]),
        ("e", [], [["AddField"]]),
    ]


@pytest.mark.django_db
def test_the_way_back_is_never_shortened(monkeypatch):
    found = shortened(monkeypatch, *some_migrations(), present=False, backwards=True)
    assert [name for name, _, _ in found] == ["a", "b", "c", "d", "e"]
    assert found[1] == ("b", [], [["RunPython"], ["AddField"]])


@pytest.mark.django_db
def test_a_new_database_notes_every_migration_once():
    noted = Counter(MigrationRecorder.Migration.objects.values_list("app", "name"))
    assert set(noted) == set(MigrationLoader(None).disk_migrations)
    assert set(noted.values()) == {1}


@pytest.mark.django_db
def test_the_first_migrate_asks_for_few_states_of_all_models(monkeypatch, executor):
    """Each group renders all models once, which is what costs; `make bench` has the seconds."""
    executor.loader.applied_migrations = {}
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    before = sum(len(migration.operations) for migration, _ in plan)
    monkeypatch.setattr(connection.introspection, "table_names", lambda cursor: [])
    erstanlage.shorten_plan(plan=plan, using="default")
    assert before > 1000
    assert sum(len(migration.operations) for migration, _ in plan) < 60
