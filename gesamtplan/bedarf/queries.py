"""Reads of Bedarfsermittlungen."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cases.models import Behoerde, Case
from cases.vordruck import rows_of
from gesamtplan.models import Bedarf, Bedarfsermittlung, Lebensbereich
from gesamtplan.states import Ermittlungszustand
from recht.kataloge import instrumente
from recht.rechtsstand import rechtsstand_am


def bedarfsermittlungen_of(case: Case) -> QuerySet[Bedarfsermittlung]:
    """Return the Bedarfsermittlungen of a case with their findings, the newest first."""
    return (
        Bedarfsermittlung.objects.filter(case=case)
        .select_related("erstellt_von", "bearbeitet_von")
        .prefetch_related("bedarfe")
    )


def states_of(fall: int) -> list[Bedarfsermittlung]:
    """Return the Bedarfsermittlungen of a case with their states only, the newest first."""
    return rows_of(_states, fall=fall)


def _states(fall: int) -> QuerySet[Bedarfsermittlung]:
    return Bedarfsermittlung.objects.filter(case_id=fall).only("state")


def bedarfsermittlung_of(case: Case, bedarfsermittlung_id: int) -> Bedarfsermittlung | None:
    """Return one Bedarfsermittlung of the case, None when it belongs to another case."""
    return bedarfsermittlungen_of(case).filter(pk=bedarfsermittlung_id).first()


def latest_abgeschlossene(case: Case) -> Bedarfsermittlung | None:
    """Return the newest closed Bedarfsermittlung."""
    return bedarfsermittlungen_of(case).filter(state=Ermittlungszustand.ABGESCHLOSSEN).first()


def suggested_instrument(stichtag: date) -> str:
    """Return the instrument of the authority's Land on this day, empty where none is known."""
    land = Behoerde.objects.values_list("land", flat=True).get(pk=1)
    gilt = rechtsstand_am(stichtag)
    known = [i.bezeichnung for i in instrumente(land) if gilt in i.rechtsstaende]
    return known[0] if known else ""


def filled_bedarfe(bedarfsermittlung: Bedarfsermittlung) -> list[Bedarf]:
    """Return the Lebensbereiche with an entry, in the order of § 118 Abs. 1 SGB IX."""
    order = {code: index for index, code in enumerate(Lebensbereich.values)}
    rows = [bedarf for bedarf in bedarfsermittlung.bedarfe.all() if bedarf.is_filled]
    return sorted(rows, key=lambda bedarf: order[bedarf.lebensbereich])
