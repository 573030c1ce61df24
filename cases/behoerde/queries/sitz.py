"""Where the authority sits: the Land, and which local holidays hold there from which day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, QuerySet

from cases.models import Behoerde, EigenerWert
from cases.models.wertschluessel import (
    SITZ,
    SITZ_WEITERE,
    JaNein,
    Wertschluessel,
    wertschluessel,
)
from cases.states.wert import Wertzustand
from cases.vordruck import rows_of
from recht.ortsfeiertag import (
    LAENDER_MIT_ORTSFEIERTAG,
    ORTSFEIERTAGE,
    Sitz,
    Sitzangabe,
    arten_in,
    read_ortstage,
)


def sitz() -> Sitz:
    """Return where the authority sits; its holidays decide where a Frist ends.

    Raises Behoerde.DoesNotExist while the authority is not entered.
    """
    for land, hat_weitere in rows_of(_land):
        weitere = rows_of(_weitere) if hat_weitere else ()
        tage = [(ab, read_ortstage(text)) for ab, text in weitere]
        if land not in LAENDER_MIT_ORTSFEIERTAG:
            return Sitz(land, weitere=tage)
        angaben = (
            Sitzangabe(ab, schluessel.removeprefix(SITZ), auswahl == JaNein.JA)
            for schluessel, ab, auswahl in rows_of(_angaben)
        )
        return Sitz(land, angaben, weitere=tage)
    raise Behoerde.DoesNotExist


def _land() -> QuerySet[Behoerde, Any]:
    # Most seats have none: that is told in the same statement.
    weitere = Exists(
        EigenerWert.objects.filter(schluessel=SITZ_WEITERE, state=Wertzustand.FREIGEGEBEN)
    )
    return Behoerde.objects.filter(pk=1).values_list("land", weitere)


def _weitere() -> QuerySet[EigenerWert, Any]:
    rows = EigenerWert.objects.filter(schluessel=SITZ_WEITERE, state=Wertzustand.FREIGEGEBEN)
    return rows.order_by("gueltig_ab", "id").values_list("gueltig_ab", "text")


def _angaben() -> QuerySet[EigenerWert, Any]:
    rows = EigenerWert.objects.filter(schluessel__startswith=SITZ, state=Wertzustand.FREIGEGEBEN)
    return rows.order_by("gueltig_ab", "id").values_list("schluessel", "gueltig_ab", "auswahl")


def offered_keys() -> list[Wertschluessel]:
    """Return what may be set here: of the local holidays only those that the Land has."""
    arten = {f"{SITZ}{art}" for art in arten_in(sitz())}
    alle = wertschluessel().values()
    return [a for a in alle if not a.schluessel.startswith(SITZ) or a.schluessel in arten]


@dataclass(frozen=True)
class Ortszeile:
    """One local holiday of the Land as the page of the authority shows it."""

    schluessel: str
    bezeichnung: str
    stand: str
    norm: str
    offen: bool


def ortszeilen(stichtag: date, hier: Sitz) -> list[Ortszeile]:
    """Return the local holidays of the Land with what holds at the seat on the day."""
    worte = {True: "gilt am Sitz", False: "gilt am Sitz nicht", None: "nicht hinterlegt"}
    return [
        Ortszeile(
            f"{SITZ}{art}",
            ORTSFEIERTAGE[art].bezeichnung,
            worte[hier.gilt(art, stichtag)],
            ORTSFEIERTAGE[art].normen[hier],
            hier.gilt(art, stichtag) is None,
        )
        for art in arten_in(hier)
    ]
