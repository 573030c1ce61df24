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
    """What one carrier says to a version; `jetzt` is the mark of its contents as they are now."""

    row: Planabstimmung
    jetzt: str

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
_WIE_GEFRAGT = Pruefung[Abstimmungslage](
    lambda lage: guards.inhalt_wie_gefragt(lage.row, lage.jetzt)
)
ABSTIMMUNGSSCHRITTE = Schritttafel[Abstimmungslage](
    ABSTIMMUNG,
    lambda lage: lage.row.state,
    lambda lage: [lage.plan.case_id, lage.row.pk],
    (
        Zeile("zustimmen", "planabstimmung_zustimmen", (_WIE_GEFRAGT,), haupt=True),
        Zeile("abweichen", "planabstimmung_abweichen", (_WIE_GEFRAGT,)),
        Zeile(
            "schweigen",
            "planabstimmung_schweigen",
            (
                _WIE_GEFRAGT,
                Pruefung(lambda lage: guards.antworttag_vorbei(lage.row, lage.tag)),
            ),
            methode="post",
        ),
        Zeile(
            "erneut_fragen",
            "planabstimmung_erneut",
            (Pruefung(lambda lage: guards.inhalt_geaendert(lage.row, lage.jetzt), verbirgt=True),),
        ),
    ),
    stichtag=lambda lage: lage.plan.datum,
)
