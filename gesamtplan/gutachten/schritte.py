"""Steps of a Gutachten: prepare, name experts, choose, order, take in, use, give up."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Case
from cases.schritte import Folge, Pruefung, Schritttafel, Tageslage, Zeile
from gesamtplan.gutachten import guards
from gesamtplan.gutachten.queries import vorhandenes_of
from gesamtplan.models import Gutachten
from gesamtplan.states.gutachten import GUTACHTEN, GUTACHTENBEGINN


@dataclass(frozen=True)
class Beginnlage(Tageslage):
    """A case in which a Gutachten would be prepared."""

    case: Case


@dataclass(frozen=True)
class Gutachtenlage(Tageslage):
    """A Gutachten with its experts."""

    row: Gutachten

    @property
    def case(self) -> Case:
        """Return the case that it is about."""
        return self.row.case


BEGINN = Schritttafel[Beginnlage](
    GUTACHTENBEGINN,
    lambda lage: lage.case.state,
    lambda lage: [lage.case.pk],
    (
        Zeile(
            "veranlassen",
            "gutachten_neu",
            (Pruefung(lambda lage: guards.kein_gutachten_offen(lage.case, lage.tag)),),
        ),
    ),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("veranlassen",),
)
GUTACHTENSCHRITTE = Schritttafel[Gutachtenlage](
    GUTACHTEN,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.case_id, lage.row.pk],
    (
        Zeile("bearbeiten", "gutachten_bearbeiten"),
        Zeile(
            "benennen",
            "gutachten_benennen",
            (
                Pruefung(lambda lage: guards.drei_zur_wahl(lage.row, lage.tag)),
                Pruefung(
                    lambda lage: guards.vorhandenes_geprueft(lage.row, vorhandenes_of(lage.case))
                ),
            ),
            methode="post",
            haupt=True,
        ),
        Zeile("waehlen", "gutachten_waehlen", haupt=True),
        Zeile("annehmen", "gutachten_annehmen", haupt=True),
        Zeile(
            "verwerten",
            "gutachten_verwerten",
            (Pruefung(lambda lage: guards.bedarf_in_arbeit(lage.case, lage.tag)),),
            haupt=True,
        ),
        Zeile("entfallen", "gutachten_entfallen"),
    ),
    (
        Folge("beauftragen", "Auftrag für ein Gutachten: zur Post"),
        Folge("auftrag_zurueck", "Auftrag für ein Gutachten: nicht zugegangen"),
    ),
    stichtag=lambda lage: lage.tag,
    zu_lebzeiten=("bearbeiten", "benennen", "waehlen", "annehmen", "verwerten"),
)
