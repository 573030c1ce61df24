"""What all models share: the database CHECK behind every choices field, and locked rows."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

_FEST = "gehoert zu einer festgeschriebenen Fassung"


def choices_check(
    table: str, field: str, choices: type[models.TextChoices]
) -> models.CheckConstraint:
    """Return a CHECK that lets the database refuse a value outside the choices."""
    return models.CheckConstraint(
        name=f"{table}_{field}_gueltig", condition=Q(**{f"{field}__in": choices.values})
    )


def append_only() -> pgtrigger.Protect:
    """Return a trigger that refuses every UPDATE and DELETE of the table."""
    return pgtrigger.Protect(name="nur_anfuegen", operation=pgtrigger.Update | pgtrigger.Delete)


def frozen_child(
    parent_table: str, parent_column: str, open_states: tuple[str, ...]
) -> pgtrigger.Trigger:
    """Return a trigger that locks child rows once the parent has left its open states."""
    words = ", ".join(f"'{state}'" for state in open_states)
    return pgtrigger.Trigger(
        name="mit_eltern_fest",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("eltern_zustand", "TEXT")],
        func=f"""
            IF TG_OP <> 'INSERT' THEN
                SELECT state INTO eltern_zustand FROM {parent_table} WHERE id = OLD.{parent_column};
                IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ({words}) THEN
                    RAISE EXCEPTION 'Fallwerk: Zeile in % {_FEST}', TG_TABLE_NAME;
                END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            SELECT state INTO eltern_zustand FROM {parent_table} WHERE id = NEW.{parent_column};
            IF eltern_zustand IS NOT NULL AND eltern_zustand NOT IN ({words}) THEN
                RAISE EXCEPTION 'Fallwerk: Zeile in % {_FEST}', TG_TABLE_NAME;
            END IF;
            RETURN NEW;
        """,
    )


class FixedIn(pgtrigger.Condition):
    """True when a row in one of the states has a fixed column changed.

    `columns` names the fixed fields; None means all but `state`.
    """

    def __init__(self, states: tuple[str, ...], columns: tuple[str, ...] | None = None) -> None:
        self.states = states
        self.columns = columns

    def resolve(self, model: type[models.Model]) -> str:
        """Return the SQL of the condition for this table."""
        fields = [f for f in model._meta.concrete_fields if f.name != "state"]
        if self.columns is not None:
            fields = [f for f in fields if f.name in self.columns]
        states = ", ".join(f"'{state}'" for state in self.states)
        changed = " OR ".join(f'OLD."{f.column}" IS DISTINCT FROM NEW."{f.column}"' for f in fields)
        return f'OLD."state" IN ({states}) AND ({changed})'
