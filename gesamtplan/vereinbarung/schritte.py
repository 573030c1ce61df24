"""Steps of an agreement beside the plan."""

from __future__ import annotations

from dataclasses import dataclass

from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from gesamtplan.models import Gesamtplan, Planvereinbarung
from gesamtplan.states.vereinbarung import PLANVEREINBARUNG, VEREINBARUNGSBEGINN
from gesamtplan.vereinbarung import guards


@dataclass(frozen=True)
class Beginnlage(Tageslage):
    """A version about which an agreement would be made."""

    plan: Gesamtplan


@dataclass(frozen=True)
class Vereinbarungslage(Tageslage):
    """An agreement with its version, and whether its paper is frozen."""

    row: Planvereinbarung
    festgeschrieben: bool

    @property
    def plan(self) -> Gesamtplan:
        """Return the version that it is about."""
        return self.row.gesamtplan


BEGINN = Schritttafel[Beginnlage](
    VEREINBARUNGSBEGINN,
    lambda lage: lage.plan.state,
    lambda lage: [lage.plan.case_id, lage.plan.version],
    (
        Zeile(
            "vereinbaren",
            "planvereinbarung_neu",
            (Pruefung(lambda lage: guards.noch_keine_vereinbarung(lage.plan), verbirgt=True),),
        ),
    ),
    stichtag=lambda lage: lage.plan.datum,
    zu_lebzeiten=("vereinbaren",),
)
VEREINBARUNGSSCHRITTE = Schritttafel[Vereinbarungslage](
    PLANVEREINBARUNG,
    lambda lage: lage.row.state,
    lambda lage: [lage.plan.case_id, lage.row.pk],
    (
        Zeile(
            "bearbeiten",
            "planvereinbarung_bearbeiten",
            (Pruefung(lambda lage: guards.papier_noch_offen(lage.row, lage.festgeschrieben)),),
        ),
        Zeile("schliessen", "planvereinbarung_schliessen", haupt=True),
        Zeile("aufgeben", "planvereinbarung_aufgeben"),
    ),
    stichtag=lambda lage: lage.plan.datum,
    zu_lebzeiten=("bearbeiten", "schliessen"),
)
