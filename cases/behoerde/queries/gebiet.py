"""The area of the authority on a day: the released list of Gemeindeschlüssel."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

from cases.behoerde.queries.eigener_wert import Wertetafel
from cases.models import EigenerWert
from cases.models.wertschluessel import GEBIET
from cases.states.wert import Wertzustand
from recht.gebiet import read_gebiet


class Gebiete:
    """All released areas, read once where one is asked for; one query."""

    @cached_property
    def _tafel(self) -> Wertetafel:
        return Wertetafel(GEBIET)

    def am(self, tag: date) -> tuple[str, ...]:
        """Return the keys of the area on a day, none where no list holds."""
        wert = self._tafel.get(GEBIET, tag)
        return read_gebiet(wert.text) if wert is not None else ()


def muster_am(tag: Combinable) -> QuerySet[Any, Any]:
    """Return the area on a day of the outer row as one pattern, for a question about many rows."""
    rows = EigenerWert.objects.filter(
        schluessel=GEBIET, state=Wertzustand.FREIGEGEBEN, gueltig_ab__lte=tag
    )
    # What stands between the keys, names and ends of lines, has no figures.
    rand = _replace(F("text"), "^[^0-9]+|[^0-9]+$", "")
    keys = Concat(Value("^("), _replace(rand, "[^0-9]+", "|"), Value(")"))
    return rows.order_by("-gueltig_ab").values(muster=keys)[:1]


def _replace(text: Combinable, was: str, womit: str) -> Func:
    return Func(
        text,
        Value(was),
        Value(womit),
        Value("g"),
        function="regexp_replace",
        output_field=CharField(),
    )
