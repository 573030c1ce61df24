"""Reads of conferences, and what one has to talk about."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.frist.queries import fristen_of
from cases.models import Antrag, Case
from cases.states.frist import Fristzustand
from gesamtplan.models import Bedarfsermittlung, Gutachten, Konferenz
from gesamtplan.states.gutachten import FRISTGRUND, Gutachtenstand
from gesamtplan.states.konferenz import Konferenzart, Konferenzstand
from recht.fristkennung import Regel

# The topics of § 119 Abs. 2 SGB IX, in the words of the office.
THEMEN = (
    "Stellungnahmen der beteiligten Träger und gutachtliche Stellungnahmen",
    "Wünsche der Person",
    "Beratungs- und Unterstützungsbedarf",
    "Erbringung der Leistungen",
    "Anteil des Regelsatzes als Barmittel",
)


def konferenzen_of(case: Case) -> QuerySet[Konferenz]:
    """Return the conferences of a case with those who take part, the newest first."""
    rows = Konferenz.objects.filter(case=case).select_related("bearbeitet_von", "case")
    return rows.prefetch_related("teilnahmen")


def konferenz_of(case: Case, konferenz_id: int) -> Konferenz | None:
    """Return one conference of the case, None when it belongs to another case."""
    return konferenzen_of(case).filter(pk=konferenz_id).first()


def suggested_tagesordnung(case: Case) -> str:
    """Return the topics of the law, and the Lebensbereiche in which views differ."""
    letzte = Bedarfsermittlung.objects.filter(case=case).first()
    abweichend = (
        sorted({str(a.get_lebensbereich_display()) for a in letzte.aussagen.all() if a.abweichend})
        if letzte
        else []
    )
    offen = [f"Abweichende Sichtweisen: {bereich}" for bereich in abweichend]
    return "\n".join([*THEMEN, *offen])


def results_for_plan(case: Case) -> str:
    """Return what held conferences have found: a plan takes it over without typing."""
    rows = Konferenz.objects.filter(case=case, state=Konferenzstand.DURCHGEFUEHRT)
    rows = rows.exclude(art__in=(Konferenzart.GESPRAECH, Konferenzart.BUDGET)).order_by(
        "termin", "pk"
    )
    return "\n\n".join(f"{row}: {row.ergebnis}" for row in rows)


def waits_for_gutachten(case: Case, antrag: Antrag) -> bool:
    """Tell whether the Frist to decide on an Antrag rests until an ordered Gutachten is there."""
    gehoben = fristen_of(case, antrag, Regel.ENTSCHEIDUNG).filter(
        state=Fristzustand.AUFGEHOBEN, erledigt_durch=FRISTGRUND
    )
    beauftragt = Gutachten.objects.filter(case=case, state=Gutachtenstand.BEAUFTRAGT)
    return beauftragt.exists() and gehoben.exists()
