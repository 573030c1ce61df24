"""Steps of one sending, and of a series of letters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cases.models import Serie, Versand
from cases.person.guards.adressat import email_an_den_adressaten
from cases.registry.schritt import Hindernis
from cases.schreiben.guards import serie as seriengruende
from cases.schreiben.guards.versand import (
    aushang_haengt,
    email_vermerkt_das_programm,
    email_zugang_eroeffnet,
    versand_nicht_im_stapel,
    zugang_war_ungewiss,
)
from cases.schreiben.queries.serie import (
    count_fremde,
    count_seen,
    counts_of,
    sample_of,
    waiting_in,
)
from cases.schritte import Folge, Pruefung, Schritttafel, Tageslage, Zeile
from cases.states.serie import SERIE, Serienbriefstand
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
        Zeile(
            "abnehmen",
            "versand_abnehmen",
            (Pruefung(lambda lage: aushang_haengt(lage.versand), verbirgt=True),),
            haupt=True,
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


@dataclass(frozen=True)
class Serienlage(Tageslage):
    """A series with the numbers of its letters."""

    serie: Serie

    @cached_property
    def zahlen(self) -> dict[str, int]:
        """Return how many letters are in which state."""
        return counts_of(self.serie)


def _zweite_person(lage: Serienlage) -> Hindernis | None:
    return seriengruende.serie_durch_zweite_person(lage.serie, lage.by) if lage.by else None


def _stichprobe(lage: Serienlage) -> Hindernis | None:
    if _zweite_person(lage):
        # Looking at them would not help who made the series.
        return None
    alle = sample_of(lage.serie).count()
    offen = alle - count_seen(lage.serie, lage.by) if lage.by else alle
    return seriengruende.stichprobe_angesehen(offen, alle)


def _fremde(lage: Serienlage) -> Hindernis | None:
    if lage.by is None:
        return None
    return seriengruende.serie_ohne_fremde_faelle(count_fremde(lage.serie, lage.by, lage.tag))


SERIENSCHRITTE = Schritttafel[Serienlage](
    SERIE,
    lambda lage: lage.serie.state,
    lambda lage: [lage.serie.pk],
    (
        Zeile(
            "freigeben",
            "serie_freigeben",
            (
                Pruefung(
                    lambda lage: seriengruende.serie_hat_schreiben(
                        lage.zahlen[Serienbriefstand.GESETZT]
                    )
                ),
                Pruefung(_zweite_person),
                Pruefung(_fremde),
                Pruefung(_stichprobe),
            ),
            methode="post",
            haupt=True,
        ),
        Zeile("herausnehmen", "serie_herausnehmen", methode="post"),
        Zeile("neu_setzen", "serie_neu_setzen", methode="post"),
        Zeile("verwerfen", "serie_verwerfen", methode="post", gefahr=True),
        Zeile(
            "drucken",
            "serie_drucken",
            (
                Pruefung(
                    lambda lage: seriengruende.serie_hat_briefe_zum_druck(
                        waiting_in(lage.serie).count()
                    ),
                    verbirgt=True,
                ),
            ),
            methode="post",
            haupt=True,
        ),
    ),
)
