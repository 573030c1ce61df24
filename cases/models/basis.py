"""What all models share: the database CHECK behind every choices field, and locked rows."""

from __future__ import annotations

import pgtrigger
from django.core.exceptions import FieldDoesNotExist
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


def label_of(model: models.Model | type[models.Model], name: str) -> str:
    """Return how a field is called on the pages; raises FieldDoesNotExist for no field of its own.

    The other end of a relation has no name.
    """
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise FieldDoesNotExist(name)
    return str(field.verbose_name)


def append_only() -> list[pgtrigger.Trigger]:
    """Return triggers that refuse every UPDATE and DELETE of the table, and to empty it."""
    protect = pgtrigger.Protect(name="nur_anfuegen", operation=pgtrigger.Update | pgtrigger.Delete)
    return [protect, never_emptied()]


def never_emptied() -> pgtrigger.Trigger:
    """Return a trigger that refuses TRUNCATE, which goes past the triggers of the rows."""
    return pgtrigger.Trigger(
        name="nicht_leeren",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'Fallwerk: Tabelle % wird nicht geleert', TG_TABLE_NAME;",
    )


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


def same_case(column: str, table: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses a reference into another case; a foreign key cannot."""
    return pgtrigger.Trigger(
        name="gleicher_fall",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM {table} WHERE id = NEW.{column} AND case_id = NEW.case_id
            ) THEN
                RAISE EXCEPTION 'Fallwerk: % verweist in einen anderen Fall', TG_TABLE_NAME;
            END IF;
            RETURN NEW;
        """,
    )


class TurnsBack(pgtrigger.Condition):
    """True when a row goes from one of the closed states back to one of the open ones."""

    def __init__(self, closed: tuple[str, ...], opened: tuple[str, ...]) -> None:
        self.closed = closed
        self.opened = opened

    def resolve(self, model: type[models.Model]) -> str:
        """Return the SQL of the condition for this table."""
        closed, opened = (
            ", ".join(f"'{state}'" for state in states) for states in (self.closed, self.opened)
        )
        return f'OLD."state" IN ({closed}) AND NEW."state" IN ({opened})'


def second_person(event_table: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses a release by anybody who has ever written on the row.

    The row only names its author and its last editor; the change history names all of them.
    """
    return pgtrigger.Trigger(
        name="zweite_person",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__freigegeben_von__df=pgtrigger.F("new__freigegeben_von")),
        func=f"""
            IF EXISTS (
                SELECT 1 FROM {event_table}
                WHERE pgh_obj_id = NEW.id AND bearbeitet_von_id = NEW.freigegeben_von_id
            ) THEN
                RAISE EXCEPTION 'Fallwerk: wer mitgeschrieben hat, gibt nicht frei';
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
