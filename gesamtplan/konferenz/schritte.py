"""Steps of a conference: propose, prepare, call, refuse, write down."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Case
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from gesamtplan.konferenz import guards
from gesamtplan.models import Konferenz
from gesamtplan.states.konferenz import KONFERENZ, KONFERENZBEGINN


@dataclass(frozen=True)
class Beginnlage(Tageslage):
    """A case in which a conference would be proposed."""

    case: Case


@dataclass(frozen=True)
class Konferenzlage(Tageslage):
    """A conference with those who take part."""

    row: Konferenz


BEGINN = Schritttafel[Beginnlage](
    KONFERENZBEGINN,
    lambda lage: lage.case.state,
    lambda lage: [lage.case.pk],
    (Zeile("vorschlagen", "konferenz_neu"),),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("vorschlagen",),
)

KONFERENZSCHRITTE = Schritttafel[Konferenzlage](
    KONFERENZ,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.case_id, lage.row.pk],
    (
        Zeile("bearbeiten", "konferenz_bearbeiten"),
        Zeile("einladen", "konferenzteilnahme_neu"),
        Zeile(
            "anberaumen",
            "konferenz_anberaumen",
            (
                Pruefung(lambda lage: guards.person_stimmt_zu(lage.row, lage.tag)),
                Pruefung(lambda lage: guards.zustimmung_zu_beteiligten(lage.row)),
                Pruefung(lambda lage: guards.termin_steht(lage.row)),
            ),
            methode="post",
            haupt=True,
        ),
        Zeile("ablehnen", "konferenz_ablehnen"),
        Zeile(
            "abschliessen",
            "konferenz_abschliessen",
            (
                Pruefung(lambda lage: guards.konferenz_war(lage.row, lage.tag)),
                Pruefung(lambda lage: guards.zustimmung_zu_beteiligten(lage.row)),
                Pruefung(lambda lage: guards.niederschrift_vollstaendig(lage.row)),
            ),
            methode="post",
            haupt=True,
        ),
    ),
    stichtag=lambda lage: lage.row.vorgeschlagen_am,
)
