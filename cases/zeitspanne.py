"""The days on which something is in force, as PostgreSQL compares them."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models

#: None where the last day lies before the first.
TAGE = "daterange({ab}, GREATEST(COALESCE(LEAST({bis}, {ende}) + 1, 'infinity'::date), {ab}), '[)')"


class InKraft(models.Func):
    """The days on which a grant is in force, of its first day, its end and its last day."""

    output_field = DateRangeField()

    def as_sql(  # type: ignore[override]  # the columns are all there is
        self, compiler: Any, connection: Any, **context: Any
    ) -> Any:
        """Return the SQL; the columns take no parameters."""
        ab, ende, bis = (compiler.compile(part)[0] for part in self.get_source_expressions())
        return TAGE.format(ab=ab, ende=ende, bis=bis), ()
