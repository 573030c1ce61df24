"""Steps of a case that this room takes; those about its application stand in `antrag`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cases.fall.guards.case import (
    weiterleitung_innerhalb_der_frist,
    weiterleitung_nicht_gebunden,
    wiederaufnahme_nicht_nach_weiterleitung,
)
from cases.fall.queries.abschluss import all_hindernisse, state_after_reopening
from cases.fall.queries.fall import antraege_hier
from cases.models import Antrag, Case, User
from cases.registry.schritt import Hindernis, Schritt
from cases.schritte import Folge, Pruefung, Schritttafel, Tageslage, Zeile
from cases.states.fall import FALL, WIEDERAUFNAHME, Fallzustand


@dataclass(frozen=True)
class Falllage(Tageslage):
    """A case; a step about one of its applications names it."""

    case: Case
    antrag: Antrag | None = None

    @cached_property
    def wieder(self) -> str:
        """Return the state in which an ended case would go on, empty when it was forwarded."""
        return state_after_reopening(self.case)

    @property
    def wiederaufnahme(self) -> str:
        """Return the step by which the case would go on."""
        return f"wieder_{self.wieder or Fallzustand.ZUSTAENDIG}"


def _weitergeleitet(lage: Falllage) -> Hindernis | None:
    return wiederaufnahme_nicht_nach_weiterleitung(lage.case, lage.wieder)


def _bleibt_hier(lage: Falllage) -> Hindernis | None:
    """Each application is bound by its own Frist; without a choice one that may go is enough."""
    antraege = [lage.antrag] if lage.antrag else antraege_hier(lage.case)
    found = [
        weiterleitung_nicht_gebunden(antrag) or weiterleitung_innerhalb_der_frist(antrag, lage.tag)
        for antrag in antraege
    ]
    return found[0] if found and all(found) else None


FALLSCHRITTE = Schritttafel[Falllage](
    FALL,
    lambda lage: lage.case.state,
    lambda lage: [lage.case.pk],
    (
        Zeile("zustaendigkeit_feststellen", "zustaendigkeit", haupt=True),
        Zeile(
            "weiterleiten",
            "weiterleiten",
            (Pruefung(_bleibt_hier),),
        ),
        Zeile("ueberpruefen", "ueberpruefung"),
        Zeile("fortfuehren", "fortfuehren"),
        Zeile(
            "beenden",
            "beenden",
            (Pruefung(lambda lage: all_hindernisse(lage.case, lage.tag)),),
            gefahr=True,
        ),
        *(
            Zeile(
                f"wieder_{ziel}",
                "wiederaufnehmen",
                (Pruefung(_weitergeleitet),),
                noch_nicht=_weitergeleitet,
                bald=(Fallzustand.WEITERGELEITET,),
            )
            for ziel in dict.fromkeys(WIEDERAUFNAHME.values())
        ),
    ),
    folgen=(
        Folge("bedarf_feststellen", "Bedarfsermittlung: abschliessen"),
        Folge("gesamtplan_freigeben", "Gesamtplan: freigeben"),
        Folge("fortschreibung_freigeben", "Gesamtplan: freigeben"),
        Folge("weiter_bewilligen", "Tag der Bekanntgabe des Bescheids"),
        Folge("bewilligen", "Tag der Bekanntgabe des Bescheids"),
        Folge("leistung_beginnen", "Tag der Bekanntgabe des Bescheids"),
        Folge("unwirksam_werden", "Versand: nicht_zugegangen, berichtigen"),
    ),
    stichtag=lambda lage: lage.antrag.eingang if lage.antrag else lage.tag,
    zu_lebzeiten=("ueberpruefen", "fortfuehren"),
)


def fallschritte(case: Case, user: User, stichtag: date) -> list[Schritt]:
    """Return the steps of the case's own table that this role may take in this state."""
    lage = Falllage(user, stichtag, case)
    wieder = []
    if case.state in (Fallzustand.BEENDET, Fallzustand.WEITERGELEITET):
        wieder = FALLSCHRITTE.schritte(lage, lage.wiederaufnahme)
    return [
        *wieder,
        *FALLSCHRITTE.schritte(
            lage,
            "zustaendigkeit_feststellen",
            "weiterleiten",
            "ueberpruefen",
            "fortfuehren",
            "beenden",
        ),
    ]
