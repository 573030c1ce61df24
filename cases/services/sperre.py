"""One order of locks for the whole program: first the case, then what belongs to it.

Two steps that take their locks in different orders wait for each other until the database ends one
of them. So no service locks a row of a case by itself; a test looks for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TypeVar

from django.db.models import ForeignKey, Model, QuerySet

from cases.models import Case
from cases.rechte import allowed_on

RowT = TypeVar("RowT", bound=Model)


def lock_cases(ids: Iterable[int], *, skip_locked: bool = False) -> list[Case]:
    """Lock cases in the order of their ids, as every step with effect does first.

    The key of a case never changes, so rows that point to it may be added meanwhile.
    """
    rows = Case.objects.select_for_update(no_key=True, skip_locked=skip_locked, of=("self",))
    return list(rows.filter(pk__in=set(ids)).order_by("pk"))


def lock_row(rows: QuerySet[RowT], pk: int) -> RowT:
    """Lock the case that a row belongs to, then the row, and return it as `rows` reads it.

    A row that is never changed, a letter for instance, needs no lock of its own. Raises
    `DoesNotExist` of the model when the row is gone.
    """
    lock_cases_of(rows.filter(pk=pk))
    if "UPDATE" in allowed_on(rows.model):
        rows = rows.select_for_update(no_key=True, of=("self",))
    return rows.get(pk=pk)


def lock_cases_of(rows: QuerySet[RowT]) -> None:
    """Lock the cases that the rows belong to; the rows themselves may be locked after that."""
    pfad = f"{path_to_case(rows.model)}_id"
    lock_cases(rows.order_by().values_list(pfad, flat=True))


@cache
def path_to_case(model: type[Model]) -> str:
    """Return the way over foreign keys from a row to its case, the shortest one.

    Raises LookupError for a model that belongs to no case.
    """
    front: list[tuple[type[Model], str]] = [(model, "")]
    for _ in range(4):
        weiter: list[tuple[type[Model], str]] = []
        for each, bisher in front:
            for field in each._meta.concrete_fields:
                if not isinstance(field, ForeignKey) or field.null:
                    continue
                target: type[Model] = field.related_model
                if target is Case:
                    return f"{bisher}{field.name}"
                weiter.append((target, f"{bisher}{field.name}__"))
        front = weiter
    raise LookupError(f"{model.__name__} gehört zu keinem Fall.")
