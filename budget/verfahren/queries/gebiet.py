"""In whose area a person lives: for her move and for a change of the carrier the same answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from budget.models import PersoenlichesBudget
from budget.states.umzug import Gebiet
from cases.behoerde.queries.gebiet import Gebiete
from cases.models import Anschrift, Anschriftzweck
from recht.gebiet import liegt_im_gebiet

KREIS = 5


class Ort(NamedTuple):
    """What of an address tells in whose area it lies; `ags` is the Gemeindeschlüssel."""

    land: str
    plz: str
    ort: str
    ags: str


def area_of(bisher: Ort, neu: Ort, gebiet: Sequence[str] = ()) -> str:
    """Return where a new address lies; empty where nobody but a person can tell.

    The area of the authority on the day (`gebiet`) tells it first. Without that list the first five
    figures of the Gemeindeschlüssel do: they are those of the Kreis.
    """
    if neu.land != bisher.land:
        return Gebiet.AUSSERHALB
    if gebiet and neu.ags:
        return Gebiet.INNERHALB if liegt_im_gebiet(neu.ags, gebiet) else Gebiet.AUSSERHALB
    if bisher.ags and neu.ags:
        gleich = bisher.ags[:KREIS] == neu.ags[:KREIS]
        return Gebiet.INNERHALB if gleich else Gebiet.AUSSERHALB
    return Gebiet.INNERHALB if bisher.ort.casefold() == neu.ort.casefold() else ""


def ort_of(row: Anschrift) -> Ort:
    """Return what of an address tells its area."""
    return Ort(row.land, row.plz, row.ort, row.gemeindeschluessel)


def area_on(budget: PersoenlichesBudget, tag: date) -> str:
    """Return where the person lives on a day, seen from her home at the beginning of the budget.

    Empty where nobody but a person can tell. Who has not moved lives in the area, unless the list
    of the authority says something else. Two queries.
    """
    rows = Anschrift.objects.filter(
        leistungsberechtigte_person=budget.case.leistungsberechtigte_person_id,
        verwendung=Anschriftzweck.WOHNUNG,
        gueltig_ab__lte=tag,
    ).order_by("gueltig_ab")
    anschriften = list(rows)
    if not anschriften:
        return ""
    anfang = [row for row in anschriften if row.gueltig_ab <= budget.beginn]
    bisher, neu = anfang[-1] if anfang else anschriften[0], anschriften[-1]
    return area_of(ort_of(bisher), ort_of(neu), Gebiete().am(tag))
