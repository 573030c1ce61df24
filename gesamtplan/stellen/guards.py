"""Preconditions of telling another body something: one function each, citation first."""

from __future__ import annotations

from datetime import date

from cases.models import Case, Einwilligung
from cases.registry.schritt import Hindernis
from gesamtplan.models.uebermittlung import Uebermittlungsgrund, Uebermittlungsrichtung

NORM = "§ 69 Abs. 1 Nr. 1 SGB X"
EINWILLIGUNGSNORM = "§ 67b Abs. 1 SGB X"
ERHEBUNGSNORM = "§ 67a Abs. 2 SGB X"


def gespraech_liegt_zurueck(am: date, tag: date) -> Hindernis | None:
    """§ 69 Abs. 1 Nr. 1 SGB X: on record is what was said, not what is going to be said."""
    if am <= tag:
        return None
    return Hindernis("Der Tag des Gesprächs liegt in der Zukunft.", NORM)


def grundlage_passt(richtung: str, grund: str) -> Hindernis | None:
    """§ 67a Abs. 2 SGB X: to ask somebody has another ground than to tell somebody."""
    if richtung == Uebermittlungsrichtung.AN and grund == Uebermittlungsgrund.ERHEBUNG:
        return Hindernis("Diese Grundlage gilt, wenn Sie etwas erfahren haben.", ERHEBUNGSNORM)
    if richtung == Uebermittlungsrichtung.VON and grund == Uebermittlungsgrund.AUFGABE:
        return Hindernis("Diese Grundlage gilt, wenn Sie etwas mitgeteilt haben.", NORM)
    return None


def einwilligung_traegt(
    case: Case, grund: str, einwilligung: Einwilligung | None, am: date
) -> Hindernis | None:
    """§ 67b Abs. 1 SGB X: a consent of this case that holds on the day, and only where named."""
    if grund != Uebermittlungsgrund.EINWILLIGUNG:
        if einwilligung is None:
            return None
        return Hindernis(
            "Eine Einwilligung gehört nur zur Grundlage „Einwilligung“.", EINWILLIGUNGSNORM
        )
    if einwilligung is None:
        return Hindernis("Bitte wählen Sie die Einwilligung.", EINWILLIGUNGSNORM)
    gueltig = Einwilligung.objects.wirksam_am(am).filter(case=case, pk=einwilligung.pk)
    if gueltig.exists():
        return None
    return Hindernis(
        f"Diese Einwilligung galt am {am:%d.%m.%Y} nicht oder gehört zu einem anderen Fall.",
        EINWILLIGUNGSNORM,
    )
