"""Steps of a Widerspruch: pages show the rows, services ask them."""

from __future__ import annotations

from dataclasses import dataclass

from budget.folge.guards import widerspruch as widerspruchsguards
from budget.models import Folgebescheid, Widerspruch
from budget.states import Bescheidzustand
from budget.states.widerspruch import WIDERSPRUCH
from cases.registry.schritt import Hindernis
from cases.schritte import Folge, Pruefung, Schritttafel, Tageslage, Zeile


@dataclass(frozen=True)
class Widerspruchslage(Tageslage):
    """A Widerspruch on a day."""

    widerspruch: Widerspruch


def _offene_entscheidungen(lage: Widerspruchslage) -> Hindernis | None:
    offen = (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT, Bescheidzustand.FREIGEGEBEN)
    rows = Folgebescheid.objects.filter(widerspruch=lage.widerspruch, state__in=offen)
    return widerspruchsguards.keine_entscheidung_in_arbeit(rows.count())


WIDERSPRUCHSCHRITTE = Schritttafel[Widerspruchslage](
    WIDERSPRUCH,
    lambda lage: lage.widerspruch.state,
    lambda lage: [lage.widerspruch.case_id, lage.widerspruch.pk],
    (
        Zeile("bearbeiten", "widerspruch_bearbeiten"),
        Zeile("zuruecknehmen", "widerspruch_zuruecknehmen", (Pruefung(_offene_entscheidungen),)),
        Zeile("ruecknahme_berichtigen", "widerspruch_ruecknahme_berichtigen"),
        Zeile(
            "streichen",
            "widerspruch_streichen",
            (Pruefung(_offene_entscheidungen),),
            gefahr=True,
        ),
        Zeile("klage_vermerken", "widerspruch_klage", haupt=True),
        Zeile("abschliessen", "widerspruch_abschliessen", haupt=True),
    ),
    folgen=(
        Folge("abhelfen", "Bekanntgabe der Abhilfe"),
        Folge("entscheiden", "Bekanntgabe des Widerspruchsbescheids"),
        Folge("unangefochten_bleiben", "Ablauf der Klagefrist (F53)"),
        Folge("klagefrist_laeuft_wieder", "Versand: berichtigen"),
        Folge("wieder_offen", "Versand: nicht_zugegangen"),
    ),
    stichtag=lambda lage: lage.tag,
)
