"""The first set-up of a database: the many tables of a migration at once.

Django renders all models anew after every `CreateModel`; with 150 models that point to each
other, an empty database would take minutes on a small machine, all for states in between that
nobody needs. The migrations stay as Django writes them, and every tool of Django sees them so;
only the plan of a first `migrate` is shortened, just before it runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connections
from django.db.migrations import Migration
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class Tabellen(Operation):
    """Tables that stand one after the other in a migration, created with one rendering."""

    def __init__(self, operations: Sequence[CreateModel]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Add all models; what was rendered so far is rendered again when it is asked for."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Create the tables as each operation would; none needs a state in between."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Return the line that `migrate` prints when it fails here."""
        return f"Create {len(self.operations)} models"


def at_once(operations: Iterable[Operation]) -> list[Operation]:
    """Return the operations with neighbouring `CreateModel`s put together."""
    found: list[Operation] = []
    for _, group in groupby(operations, key=lambda each: isinstance(each, CreateModel)):
        run = list(group)
        tables = [each for each in run if isinstance(each, CreateModel)]
        found += [Tabellen(tables)] if len(tables) > 1 else run
    return found


def shorten_first_plan(*, plan: Sequence[tuple[Migration, bool]], using: str, **_: object) -> None:
    """Receive `pre_migrate`; a database that has our tables is migrated step by step."""
    connection = connections[using]
    with connection.cursor() as cursor:
        present = connection.introspection.table_names(cursor)
    if get_user_model()._meta.db_table in present:
        return
    for migration, backwards in plan:
        if not backwards:
            # Every migration object has a list of its own; the class keeps what the file says.
            migration.operations = at_once(migration.operations)  # type: ignore[misc]
