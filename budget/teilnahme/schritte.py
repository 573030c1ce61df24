"""Steps of our part in the budget of another carrier: pages show the rows, services ask them."""

from __future__ import annotations

from dataclasses import dataclass

from budget.models import Teilnahme, Traegerforderung
from budget.states.teilnahme import FORDERUNG, TEILNAHME, TEILNAHMEBEGINN
from budget.teilnahme import guards
from budget.teilnahme.queries import open_forderungen
from cases.models import Case
from cases.registry.schritt import Hindernis
from cases.schritte import Folge, Pruefung, Schritttafel, Tageslage, Zeile


@dataclass(frozen=True)
class Teilnahmebeginn(Tageslage):
    """A case in which another carrier asks us."""

    case: Case


@dataclass(frozen=True)
class Teilnahmelage(Tageslage):
    """A request on a day."""

    row: Teilnahme


@dataclass(frozen=True)
class Forderungslage(Tageslage):
    """A claim on a day."""

    row: Traegerforderung


BEGINN = Schritttafel[Teilnahmebeginn](
    TEILNAHMEBEGINN,
    lambda lage: lage.case.state,
    lambda lage: [lage.case.pk],
    (Zeile("teilnehmen", "teilnahme_neu"),),
    stichtag=lambda lage: lage.tag,
)


def _offene_forderungen(lage: Teilnahmelage) -> Hindernis | None:
    return guards.nichts_offen(open_forderungen(lage.row), lage.row.angefordert_am)


TEILNAHMESCHRITTE = Schritttafel[Teilnahmelage](
    TEILNAHME,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.case_id, lage.row.pk],
    (
        Zeile("bearbeiten", "teilnahme_bearbeiten", haupt=True),
        Zeile("fordern", "forderung_neu"),
        Zeile(
            "abschliessen",
            "teilnahme_abschliessen",
            (Pruefung(_offene_forderungen),),
            methode="post",
        ),
        Zeile("verwerfen", "teilnahme_verwerfen", methode="post", gefahr=True),
    ),
    folgen=(Folge("abgeben", "Versand der Stellungnahme"),),
    stichtag=lambda lage: lage.row.angefordert_am,
)


def _zweite_person(lage: Forderungslage) -> Hindernis | None:
    return guards.entscheidung_durch_andere(lage.row, lage.by) if lage.by else None


FORDERUNGSSCHRITTE = Schritttafel[Forderungslage](
    FORDERUNG,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.teilnahme.case_id, lage.row.pk],
    (
        Zeile(
            "anerkennen",
            "forderung_anerkennen",
            (
                Pruefung(_zweite_person),
                Pruefung(lambda lage: guards.forderung_nicht_ausgeschlossen(lage.row)),
            ),
            haupt=True,
        ),
        Zeile("ablehnen", "forderung_ablehnen", (Pruefung(_zweite_person),)),
        Zeile("konto_eintragen", "forderung_konto"),
        Zeile("konto_aendern", "forderung_konto"),
        Zeile(
            "zahlen",
            "forderung_zahlen",
            (Pruefung(lambda lage: guards.konto_genannt(lage.row)),),
            methode="post",
            haupt=True,
            argumente=lambda lage: [lage.row.pk],
        ),
        Zeile(
            "zahlung_zuruecknehmen",
            "forderung_zahlung_zuruecknehmen",
            argumente=lambda lage: [lage.row.pk],
        ),
    ),
    stichtag=lambda lage: lage.row.teilnahme.angefordert_am,
)
