"""The values of the law with those that the authority has entered ahead; one query."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from cases.models import EigenerWert
from cases.models.wertschluessel import GESETZ
from cases.states.wert import Wertzustand
from cases.vordruck import rows_of
from recht.vorgriff import Vorgriff, Wertebestand


def werte_des_rechts() -> Wertebestand:
    """Return what every computation with a value of the law asks: the package and what is ahead."""
    return Wertebestand(
        Vorgriff(schluessel.removeprefix(GESETZ), zahl, ab, quelle, geprueft_am)
        for schluessel, zahl, ab, quelle, geprueft_am in rows_of(_eingegeben)
    )


def _eingegeben() -> QuerySet[EigenerWert, Any]:
    rows = EigenerWert.objects.filter(schluessel__startswith=GESETZ, state=Wertzustand.FREIGEGEBEN)
    return rows.order_by("gueltig_ab", "id").values_list(
        "schluessel", "zahl", "gueltig_ab", "quelle", "geprueft_am"
    )
