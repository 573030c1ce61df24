"""Steps of the Teilhabeplan: ask a carrier, note what it says."""

from __future__ import annotations

from dataclasses import dataclass

from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from gesamtplan.models import Gesamtplan, Planabstimmung
from gesamtplan.models.planabstimmung import Traegerstand
from gesamtplan.states.teilhabeplan import ABSTIMMUNG, ABSTIMMUNGSBEGINN
from gesamtplan.teilhabeplan import guards


@dataclass(frozen=True)
class Anfragelage(Tageslage):
    """A version of the plan and a carrier that takes part."""

    plan: Gesamtplan
    zeile: Traegerstand


@dataclass(frozen=True)
class Abstimmungslage(Tageslage):
    """What one carrier says to a version."""

    row: Planabstimmung

    @property
    def plan(self) -> Gesamtplan:
        """Return the version that it is about."""
        return self.row.gesamtplan


ANFRAGE = Schritttafel[Anfragelage](
    ABSTIMMUNGSBEGINN,
    lambda lage: lage.plan.state,
    lambda lage: [lage.plan.case_id, lage.plan.version, lage.zeile.traeger.pk],
    (Zeile("abstimmen", "planabstimmung_neu"),),
    stichtag=lambda lage: lage.plan.datum,
)
ABSTIMMUNGSSCHRITTE = Schritttafel[Abstimmungslage](
    ABSTIMMUNG,
    lambda lage: lage.row.state,
    lambda lage: [lage.plan.case_id, lage.row.pk],
    (
        Zeile("zustimmen", "planabstimmung_zustimmen", haupt=True),
        Zeile("abweichen", "planabstimmung_abweichen"),
        Zeile(
            "schweigen",
            "planabstimmung_schweigen",
            (Pruefung(lambda lage: guards.antworttag_vorbei(lage.row, lage.tag)),),
            methode="post",
        ),
    ),
    stichtag=lambda lage: lage.plan.datum,
)
