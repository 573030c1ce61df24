"""Migrations, and the way they are bundled.

Django renders all models anew after every single operation. With some hundred models and a
thousand operations that takes minutes, although each step only needs the state before and after
the whole bundle. `gebuendelt` groups operations that may share these two states.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db.migrations import operations as ops
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger

_OF_MODEL = (ops.AddField, ops.AddConstraint, ops.AddIndex, ops.AlterField)
_BUNDLED = (ops.CreateModel, AddTrigger, ops.AlterModelOptions, *_OF_MODEL)


class Buendel(Operation):
    """Several operations that are applied with one rendering of all models.

    A model created here is created in its last form, so what the bundle adds to it later is there
    already; triggers come last, when all tables exist.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__qualname__, [], {"operations": self.operations}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change the state without rendering in between."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Apply everything between the two states."""
        created = {o.name_lower for o in self.operations if isinstance(o, ops.CreateModel)}
        added: set[tuple[str, str]] = set()
        ordered = sorted(self.operations, key=lambda o: isinstance(o, AddTrigger))
        for operation in ordered:
            if isinstance(operation, _OF_MODEL) and operation.model_name.lower() in created:
                continue
            if isinstance(operation, ops.AddField):
                added.add((operation.model_name_lower, operation.name_lower))
            # A field that came in this bundle came in its last form.
            elif (
                isinstance(operation, ops.AlterField)
                and (operation.model_name_lower, operation.name_lower) in added
            ):
                continue
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Take everything back step by step."""
        states = [to_state]
        for operation in self.operations:
            after = states[-1].clone()
            operation.state_forwards(app_label, after)
            states.append(after)
        for n in reversed(range(len(self.operations))):
            self.operations[n].database_backwards(
                app_label, schema_editor, states[n + 1], states[n]
            )

    def describe(self) -> str:
        return f"{len(self.operations)} steps at once"


def gebuendelt(operations: Iterable[Operation]) -> list[Operation]:
    """Return the operations with every run of bundleable ones put together."""
    found: list[Operation] = []
    for bundled, group in groupby(operations, key=lambda o: isinstance(o, _BUNDLED)):
        run = list(group)
        found += [Buendel(run)] if bundled else run
    return found
