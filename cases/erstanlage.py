"""The set-up of a database: many changes of tables with one rendering of the models.

Django renders all models anew after every change of a table; with 150 models that point to each
other, an empty database would take minutes on a small machine, all for states in between that
nobody needs. The migrations stay as Django writes them, and every tool of Django sees them so;
only the plan of a `migrate` is shortened, just before it runs:

- Changes that stand one after the other in a migration are made together, always.
- On an empty database neighbouring migrations are made together as well, and what only moves
  rows of earlier versions (`elidable`) is left out: there are none.

`tests/architektur/test_migrationen.py` and `tests/upgrade` hold that both ways and the long one
lead to the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import connections
from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelOptions,
    CreateModel,
    RemoveConstraint,
    RemoveField,
    RemoveIndex,
    RunPython,
    RunSQL,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

# Changes of one table that ask for no rendering in between: each names what it adds or takes.
_AENDERUNGEN = (
    AddField,
    AlterField,
    AlterModelOptions,
    AddConstraint,
    AddConstraintNotValid,
    RemoveConstraint,
    AddIndex,
    RemoveIndex,
    AddTrigger,
    RemoveTrigger,
    RemoveField,
)
# These write and never look at what is there: the server gets their statements together.
_NUR_SCHREIBEN = (CreateModel, AddTrigger)
#: Hint of a `RunPython` that works on tables, not on models: `hints={"ohne_modelle": True}`.
OHNE_MODELLE = "ohne_modelle"

#: An operation with the app whose migration it comes from.
Schritt = tuple[str, Operation]
#: App, table and column.
Spalte = tuple[str, str, str]


class _Dazwischen:
    """The state before an operation of a group: its models as they are named, not rendered."""

    def __init__(self, before: ProjectState) -> None:
        self.stand = before.clone()
        self.stand.__dict__.pop("apps", None)
        self._before = before

    @property
    def models(self) -> Any:
        return self.stand.models

    @property
    def apps(self) -> Any:
        return self._before.apps

    def clear_delayed_apps_cache(self) -> None:
        """Keep what was rendered: `RunPython` asks for this, and no other step may lose it."""


class Tabellen(Operation):
    """Tables, and changes of them, that stand one after the other, made with one rendering."""

    def __init__(self, schritte: Sequence[Schritt]) -> None:
        self.schritte = schritte
        self._neu = {
            (label, operation.name_lower)
            for label, operation in schritte
            if isinstance(operation, CreateModel)
        }

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Take all in; what was rendered so far is rendered again when it is asked for."""
        state.__dict__.pop("apps", None)
        for label, operation in self.schritte:
            operation.state_forwards(label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Do what each operation would; a new table is made in its last form at once."""
        dazwischen: Any = _Dazwischen(from_state)
        gemacht: set[Spalte] = set()
        with _together(schema_editor) as sammeln:
            for label, operation in self.schritte:
                spalte = _spalte(label, operation)
                if _tabelle(label, operation) not in self._neu and spalte not in gemacht:
                    sammeln(type(operation) in _NUR_SCHREIBEN)
                    operation.database_forwards(label, schema_editor, dazwischen, to_state)
                if spalte:
                    gemacht.add(spalte)
                operation.state_forwards(label, dazwischen.stand)

    def describe(self) -> str:
        """Return the line that `migrate` prints when it fails here."""
        return f"Make {len(self.schritte)} tables or changes"


@contextmanager
def _together(schema_editor: Any) -> Iterator[Callable[[bool], None]]:
    """Let the server get in one go what only writes; yield how to say which kind comes next.

    A round trip for each of 3,000 statements costs an empty database some seconds. Who only
    collects, as `sqlmigrate` does, goes on to collect.
    """
    if schema_editor.collect_sql:
        yield lambda _: None
        return
    schema_editor.collected_sql = []

    def send() -> None:
        if schema_editor.collected_sql:
            schema_editor.collect_sql = False
            schema_editor.execute("\n".join(schema_editor.collected_sql), None)
            schema_editor.collected_sql.clear()

    def sammeln(nur_schreiben: bool) -> None:
        if not nur_schreiben:
            send()
        schema_editor.collect_sql = nur_schreiben

    yield sammeln
    # Keys and indexes wait for the end of the migration; their tables are there now.
    schema_editor.collected_sql += [f"{each};" for each in schema_editor.deferred_sql]
    schema_editor.deferred_sql.clear()
    send()
    schema_editor.collect_sql = False


def _tabelle(label: str, operation: Operation) -> tuple[str, str] | None:
    """Return the table that an operation changes; None if it makes one or is plain SQL."""
    if isinstance(operation, AlterModelOptions):
        return label, operation.name_lower
    changed: Any = operation
    return (label, changed.model_name_lower) if type(operation) in _AENDERUNGEN else None


def _spalte(label: str, operation: Operation) -> Spalte | None:
    """Return the column that an operation adds, changes or takes."""
    if isinstance(operation, AddField | AlterField | RemoveField):
        return label, operation.model_name_lower, operation.name_lower
    return None


def _joins(operation: Operation) -> bool:
    """Say whether an operation asks for no rendering of its own."""
    if isinstance(operation, RunSQL):
        return not operation.state_operations
    if isinstance(operation, RunPython):
        return OHNE_MODELLE in operation.hints
    return type(operation) in {CreateModel, *_AENDERUNGEN}


def at_once(schritte: Iterable[Schritt], *, leer: bool = False) -> list[Operation]:
    """Return the operations with neighbouring tables and changes put together.

    A column that changes twice asks for the state in between: there a new group begins. Not so
    in an empty database (`leer`), where no row has to go through that state: the first change
    already brings the last form. Only a column that goes again needs the state with it.
    """
    gruppen: list[list[Schritt]] = []
    spalten: set[Spalte] = set()
    for label, operation in schritte:
        spalte = _spalte(label, operation)
        zweimal = spalte in spalten and (not leer or isinstance(operation, RemoveField))
        if not gruppen or zweimal or not (_joins(operation) and _joins(gruppen[-1][-1][1])):
            gruppen.append([])
            spalten = set()
        gruppen[-1].append((label, operation))
        if spalte:
            spalten.add(spalte)
    return [_group(gruppe) for gruppe in gruppen]


def _group(gruppe: list[Schritt]) -> Operation:
    operation = gruppe[0][1]
    allein = len(gruppe) == 1 and not isinstance(operation, CreateModel)
    return operation if allein else Tabellen(gruppe)


def _schritte(migration: Migration) -> list[Schritt]:
    return [(migration.app_label, operation) for operation in migration.operations]


def _leave_out(migration: Migration) -> None:
    """Take out what only moves rows that an empty database cannot have."""
    kept = [operation for operation in migration.operations if not operation.elidable]
    migration.operations = kept  # type: ignore[misc]  # of this object only


def _is_joinable(migration: Migration) -> bool:
    return not migration.operations or (migration.atomic and all(map(_joins, migration.operations)))


def join(migrations: Iterable[Migration]) -> list[Migration]:
    """Return the migrations of an empty database, neighbours made in one transaction.

    The first of them does the work and is noted under the names of all, as Django notes a
    migration that replaces others. One that calls Python stays alone.
    """
    found: list[Migration] = []
    for joinable, group in groupby(migrations, key=_is_joinable):
        run = list(group)
        if not joinable:
            for each in run:
                each.operations = at_once(_schritte(each), leer=True)  # type: ignore[misc]  # of this object only
            found += run
            continue
        first = run[0]
        if len(run) > 1:
            first.replaces = [  # type: ignore[misc]  # of this object only
                (each.app_label, each.name) for each in run
            ]
        alle = [schritt for each in run for schritt in _schritte(each)]
        first.atomic = True  # type: ignore[misc]  # a first one without steps may say otherwise
        first.operations = at_once(alle, leer=True)  # type: ignore[misc]  # of this object only
        found.append(first)
    return found


def shorten_plan(*, plan: list[tuple[Migration, bool]], using: str, **_: object) -> None:
    """Receive `pre_migrate`; the way back is never shortened."""
    if any(backwards for _, backwards in plan):
        return
    connection = connections[using]
    with connection.cursor() as cursor:
        present = connection.introspection.table_names(cursor)
    # Every migration object has a list of its own; the class keeps what the file says.
    migrations = [migration for migration, _ in plan]
    if get_user_model()._meta.db_table in present:
        for migration in migrations:
            migration.operations = at_once(_schritte(migration))  # type: ignore[misc]  # of this object only
        return
    for migration in migrations:
        _leave_out(migration)
    plan[:] = [(migration, False) for migration in join(migrations)]
