"""Rows of the desk that need few columns, gathered from many tables in one query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from cases import access
from cases.models import User
from cases.queries.augenpaar import own_accounts
from cases.registry.tisch import Arbeitszeile, Kurzzeile

# A kind shows no more than this many rows.
ZEILEN = 50


@dataclass(frozen=True)
class Kurzquelle:
    """A kind of row: its query (None for roles that it does not concern), and how a row reads."""

    abfrage: Callable[[User, date], QuerySet[Any, Any] | None]
    zeile: Callable[[Kurzzeile, User, date], Arbeitszeile]


def columns(
    rows: QuerySet[Any],
    *,
    seit: str | Combinable,
    nummer: str = "pk",
    fall: str = "",
    person: str = "",
    aktenzeichen: str = "",
    text: str | Combinable = "",
    marke: str | Combinable = "",
) -> QuerySet[Any, Any]:
    """Return the rows with the columns of a Kurzzeile; each is a path or an expression.

    `person` is the path of somebody with a first and a last name.
    """
    vorname, nachname = "first_name", "last_name"
    if person.endswith("leistungsberechtigte_person"):
        vorname, nachname = "vorname", "nachname"
    spalten: dict[str, Any] = {
        "z_nummer": Cast(F(nummer), BigIntegerField()),
        "z_fall": Cast(F(fall) if fall else Value(None), BigIntegerField()),
        "z_aktenzeichen": _text(aktenzeichen),
        "z_vorname": _text(f"{person}__{vorname}" if person else ""),
        "z_nachname": _text(f"{person}__{nachname}" if person else ""),
        "z_seit": Cast(seit, DateField()),
        "z_text": _text(text),
        "z_marke": _text(marke),
    }
    return rows.annotate(**spalten).values_list(*spalten)[:ZEILEN]


def _text(wert: str | Combinable) -> Combinable:
    if wert == "":
        return Cast(Value(""), CharField())
    return Cast(wert, CharField())


def rows_of(quellen: Sequence[Kurzquelle], user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return the rows of all sources in their order; one query, whatever their number.

    What is about a person stands there once, in the first of her cases.
    """
    found = access.ask(_Vereint(tuple(quellen)), user, stichtag, konten=own_accounts(user))
    einmal: dict[tuple[int, int], Any] = {}
    for row in sorted(found, key=lambda row: (row[-1], row[5], row[0], row[1] or 0)):
        einmal.setdefault((row[-1], row[0]), row)
    sortiert = einmal.values()
    return [quellen[row[-1]].zeile(Kurzzeile(*row[:-1]), user, stichtag) for row in sortiert]


@dataclass(frozen=True)
class _Vereint:
    """The question to all sources at once; equal for the same sources."""

    quellen: tuple[Kurzquelle, ...]

    def __call__(self, user: User, stichtag: date) -> QuerySet[Any, Any]:
        fragen = [
            _numbered(frage, stelle, user, stichtag)
            for stelle, quelle in enumerate(self.quellen)
            if (frage := quelle.abfrage(user, stichtag)) is not None
        ]
        if not fragen:
            return User.objects.none()
        erste, *weitere = fragen
        return erste.union(*weitere, all=True) if weitere else erste


def _numbered(
    frage: QuerySet[Any, Any], stelle: int, user: User, stichtag: date
) -> QuerySet[Any, Any]:
    """Say of each row from which source it comes; keep those of visible cases and of none.

    No source has to think of it: what was lost (moved, protected, a Vertretung that ended) is in no
    row. The cases are looked up for these rows only.
    """
    felder = frage.query.values_select or ()
    schmal = frage.all()
    low, high = schmal.query.low_mark, schmal.query.high_mark
    schmal.query.clear_limits()
    spalten = [*felder, *frage.query.annotation_select]
    sichtbar = access.visible_to(user, stichtag).filter(pk__in=schmal.order_by().values("z_fall"))
    schmal = schmal.filter(Q(z_fall__isnull=True) | Q(z_fall__in=sichtbar.values("pk")))
    schmal = schmal.annotate(z_quelle=Value(stelle)).values_list(*spalten, "z_quelle")
    return schmal[low:high]
