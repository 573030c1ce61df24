"""What must hold of a decision over a new Beitrag or Einsatz: citation first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from budget.models import Beitragspruefung, Folgebescheid
from budget.states.folge import Folgezeile
from cases.registry.schritt import Hindernis
from recht.geld import format_euro

_NORM = "§ 48 Abs. 1 S. 1 SGB X"


def neuer_beitrag_bestimmt(
    row: Folgebescheid,
    zeile: Folgezeile,
    pruefung: Beitragspruefung | None,
    *,
    gerechnet: Decimal | None,
    fruehestens: date,
) -> Hindernis | None:
    """§ 48 Abs. 1 SGB X: the new sum follows from its review; against the person only ahead.

    `gerechnet` is what the facts of the review give today, `fruehestens` the day on which the
    decision would be made known if it left today.
    """
    if not zeile.berechnet:
        return None
    if pruefung is None or row.wirkt_ab != pruefung.ab:
        return Hindernis(
            "Es fehlt die Prüfung von Beitrag und Vermögen, auf der der Bescheid beruht.", _NORM
        )
    if gerechnet != pruefung.abzug:
        return Hindernis(
            f"Nach den Angaben sind es jetzt {format_euro(gerechnet or Decimal(0))} im Monat, "
            f"nicht {format_euro(pruefung.abzug)}. Bitte öffnen Sie die Angaben der Prüfung und "
            "speichern Sie sie erneut.",
            _NORM,
        )
    if pruefung.belastet and pruefung.ab <= fruehestens:
        return Hindernis(
            f"Der Bescheid mindert die Auszahlung und wirkt deshalb nur für die Zukunft: bei "
            f"Versand heute nach dem {fruehestens:%d.%m.%Y}. Bitte wählen Sie in der Prüfung "
            "einen späteren Monat.",
            _NORM,
        )
    return None
