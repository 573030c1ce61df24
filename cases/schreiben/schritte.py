"""Steps of one sending: note that it has left, send again, take back."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Versand
from cases.person.guards.adressat import email_an_den_adressaten
from cases.registry.schritt import Hindernis
from cases.schreiben.guards.versand import (
    email_vermerkt_das_programm,
    email_zugang_eroeffnet,
    versand_nicht_im_stapel,
    zugang_war_ungewiss,
)
from cases.schritte import Folge, Pruefung, Schritttafel, Tageslage, Zeile
from cases.states.versand import VERSAND


@dataclass(frozen=True)
class Versandlage(Tageslage):
    """A sending with its letter and the person."""

    versand: Versand


def _zugang(lage: Versandlage) -> Hindernis | None:
    person = lage.versand.schreiben.case.leistungsberechtigte_person
    return email_zugang_eroeffnet(person, lage.tag, lage.versand.an[0])


def _adressat(lage: Versandlage) -> Hindernis | None:
    return email_an_den_adressaten(
        lage.versand.schreiben.case.leistungsberechtigte_person, lage.tag
    )


VERSANDSCHRITTE = Schritttafel[Versandlage](
    VERSAND,
    lambda lage: lage.versand.state,
    lambda lage: [lage.versand.schreiben.case_id, lage.versand.pk],
    (
        Zeile("als_versandt_vermerken", "versand_vermerken", haupt=True),
        Zeile(
            "erneut_senden",
            "versand_erneut",
            (Pruefung(_zugang), Pruefung(_adressat)),
            methode="post",
        ),
        Zeile("als_nicht_versandt_vermerken", "versand_nicht_versandt", methode="post"),
        Zeile(
            "aufgeben",
            "versand_vermerken",
            (
                Pruefung(
                    lambda lage: email_vermerkt_das_programm(lage.versand) if lage.by else None,
                    verbirgt=True,
                ),
            ),
            knopf="Aufgabe zur Post vermerken",
            haupt=True,
        ),
        Zeile(
            "zuruecknehmen",
            "versand_zuruecknehmen",
            (Pruefung(lambda lage: versand_nicht_im_stapel(lage.versand)),),
            methode="post",
        ),
        Zeile("berichtigen", "versand_berichtigen", knopf="Zugang oder Belehrung berichtigen"),
        Zeile(
            "nicht_zugegangen",
            "versand_nicht_zugegangen",
            (Pruefung(lambda lage: zugang_war_ungewiss(lage.versand), verbirgt=True),),
            knopf="Brief kam zurück oder ging nicht zu",
        ),
    ),
    folgen=(
        Folge("scheitern", "Auftrag: die E-Mail ging nicht hinaus"),
        Folge("ungewiss_werden", "Auftrag: der Ausgang ist ungewiss"),
        Folge("anhalten", "Einwilligung: Widerruf"),
    ),
)
