"""Every row of the program that points to an entry of the directory, found without a list.

The foreign keys are read from the models themselves, so that a table of a floor above, or one
that is added later, is moved and counted without a line here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import pghistory.models
from django.db.models import Field, ForeignKey, Model, Q

from cases import access
from cases.models import Case, LeistungsberechtigtePerson, User, Verzeichniseintrag
from cases.verzeichnis.queries.verzeichnis import all_rows

_HOECHSTENS = 4


@cache
def verweisfelder(model: type[Model]) -> tuple[tuple[type[Model], str], ...]:
    """Return (model, name of the field) of each foreign key to this table.

    Hidden ones (related_name „+“) and the tables between two sides of a many-to-many relation
    belong to them; rows of the change history do not: they tell what was.
    """
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        if not (relation.one_to_many or relation.one_to_one):
            continue
        other: Any = relation.related_model
        if issubclass(other, pghistory.models.Event):
            continue
        found.append((other, relation.field.name))  # type: ignore[union-attr]  # a reverse relation has one
    return tuple(sorted(found, key=lambda row: (row[0]._meta.label, row[1])))


@cache
def path_to_case(model: type[Model]) -> tuple[str, type[Model]] | None:
    """Return the shortest chain of foreign keys from this table to the case or the person.

    The chain is empty for the two themselves; None means that no case is concerned.
    """
    queue: deque[tuple[type[Model], tuple[str, ...]]] = deque([(model, ())])
    seen: set[type[Model]] = {model}
    while queue:
        current, steps = queue.popleft()
        if current in (Case, LeistungsberechtigtePerson):
            return "__".join(steps), current
        if len(steps) == _HOECHSTENS:
            continue
        for field in _foreign_keys(current):
            target: Any = field.related_model
            # Whoever wrote a row says nothing about whose case it is.
            if target in seen or target is User or issubclass(target, Verzeichniseintrag):
                continue
            seen.add(target)
            queue.append((target, (*steps, field.name)))
    return None


def _foreign_keys(model: type[Model]) -> Iterable[Field[Any, Any]]:
    return (f for f in model._meta.concrete_fields if isinstance(f, ForeignKey))


def ids_with_merged(eintrag: Verzeichniseintrag) -> list[int]:
    """Return the id of the entry and of those that went into it, also by several steps."""
    ids, layer = [eintrag.pk], [eintrag.pk]
    while layer:
        rows = all_rows(type(eintrag)).filter(zusammengefuehrt_in__in=layer)
        layer = [pk for pk in rows.values_list("pk", flat=True) if pk not in ids]
        ids += layer
    return ids


def count_verwendung(
    eintrag: Verzeichniseintrag, user: User, stichtag: date
) -> list[tuple[str, int]]:
    """Return by kind of row in how many cases the entry is used, visible ones only.

    Released rows keep the name they were released with, so entries that went into this one count
    as well. One query per foreign key of the program.
    """
    ids = ids_with_merged(eintrag)
    result: dict[str, int] = {}
    for model, field in verweisfelder(type(eintrag)):
        path = path_to_case(model)
        if path is None:
            continue
        steps, end = path
        rows = all_rows(model).filter(**{f"{field}__in": ids})
        reached = rows.values(f"{steps}__pk" if steps else "pk")
        wanted = Q(pk__in=reached) if end is Case else Q(leistungsberechtigte_person__in=reached)
        count = access.visible_to(user, stichtag).filter(wanted).distinct().count()
        if count:
            titel = str(model._meta.verbose_name_plural)
            result[titel] = max(count, result.get(titel, 0))
    return sorted(result.items())


def is_referenced(eintrag: Verzeichniseintrag) -> bool:
    """Tell whether any row of the program points to the entry, visible or not."""
    return any(
        all_rows(model).filter(**{field: eintrag.pk}).exists()
        for model, field in verweisfelder(type(eintrag))
    )


def merged_into(model: type[Model]) -> dict[int, int]:
    """Return for each merged entry of a table the one that stayed at the end; one query."""
    steps: dict[int, int] = dict(
        all_rows(model)
        .filter(zusammengefuehrt_in__isnull=False)
        .values_list("pk", "zusammengefuehrt_in")
    )
    result = {}
    for pk in steps:
        end = pk
        while end in steps:
            end = steps[end]
        result[pk] = end
    return result
