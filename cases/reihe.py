"""Conditions that let PostgreSQL work out a small set of keys once and then use the index."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Field, Lookup, QuerySet
from django.db.models.fields.related import ForeignKey


@Field.register_lookup
@ForeignKey.register_lookup
class InReihe(Lookup):
    """`feld__in_reihe=keys_of(rows)`: equal to one of the keys of a subquery.

    Unlike `__in` the subquery is not joined but worked out first; with a few hundred keys among a
    hundred thousand rows that is the difference between an index and a scan.
    """

    lookup_name = "in_reihe"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", (*left_params, *right_params)


def keys_of(rows: QuerySet[Any, Any], field: str = "pk") -> ArraySubquery:
    """Return the keys of the rows as one array; of a limited number of rows in their order."""
    if not rows.query.is_sliced:
        rows = rows.order_by()
    return ArraySubquery(rows.values(field))
