"""Steps of the Bedarfsermittlung: begin, write, close."""

from __future__ import annotations

from dataclasses import dataclass

from cases.fall.guards.case import verfahren_erst_mit_antrag
from cases.models import Case
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from gesamtplan.bedarf import guards
from gesamtplan.models import Bedarfsermittlung
from gesamtplan.states import BEDARFSBEGINN, BEDARFSERMITTLUNG


@dataclass(frozen=True)
class Beginnlage(Tageslage):
    """A case in which the need would be determined, and what is open of that kind."""

    case: Case
    offen: Bedarfsermittlung | None


@dataclass(frozen=True)
class Bedarfslage(Tageslage):
    """A Bedarfsermittlung of a case."""

    case: Case
    ermittlung: Bedarfsermittlung


BEGINN = Schritttafel[Beginnlage](
    BEDARFSBEGINN,
    lambda lage: lage.case.state,
    lambda lage: [lage.case.pk],
    (
        Zeile(
            "ermitteln",
            "bedarf_neu",
            (Pruefung(lambda lage: guards.keine_offene_ermittlung(lage.offen), verbirgt=True),),
            noch_nicht=lambda lage: verfahren_erst_mit_antrag(lage.case),
        ),
    ),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("ermitteln",),
)


def _closed(lage: Bedarfslage) -> bool:
    return bool(BEDARFSSCHRITTE.hindernisse(lage, "abschliessen"))


BEDARFSSCHRITTE = Schritttafel[Bedarfslage](
    BEDARFSERMITTLUNG,
    lambda lage: lage.ermittlung.state,
    lambda lage: [lage.case.pk, lage.ermittlung.pk],
    (
        Zeile("bearbeiten", "bedarf_bearbeiten", haupt=_closed),
        Zeile(
            "abschliessen",
            "bedarf_abschliessen",
            (
                Pruefung(lambda lage: guards.zustaendigkeit_festgestellt(lage.case)),
                Pruefung(
                    lambda lage: guards.gespraech_nicht_in_der_zukunft(
                        lage.ermittlung.datum, lage.tag
                    )
                ),
                Pruefung(lambda lage: guards.bedarf_festgestellt(lage.ermittlung)),
                Pruefung(lambda lage: guards.pflichtfragen_beantwortet(lage.ermittlung)),
                Pruefung(lambda lage: guards.gutachten_verwertet(lage.case, lage.ermittlung.datum)),
            ),
            haupt=lambda lage: not _closed(lage),
        ),
    ),
    stichtag=lambda lage: lage.ermittlung.datum,
    zu_lebzeiten=("bearbeiten", "abschliessen"),
)
