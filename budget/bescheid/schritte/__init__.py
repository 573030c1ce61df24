"""Steps of the Bescheid: the page shows them, the service asks them."""

from __future__ import annotations

from budget.bescheid import guards
from budget.bescheid.schritte.tore import (
    AUSGEFUELLT,
    BEGRUENDUNG,
    FREIGABE,
    TEXTE,
    WUENSCHE,
    Bescheidlage,
    Entscheidungslage,
    aenderung_anderer,
    lage_of,
    lage_of_bescheid,
    zweite_person,
)
from budget.states import BUDGET, Budgetzustand
from budget.states.bescheid import BESCHEID
from budget.zielvereinbarung.schritte import UNTERZEICHNET, unterzeichnet
from cases.registry.schritt import Hindernis, Schritt
from cases.schritte import Folge, Pruefung, Schritttafel, Zeile
from cases.states.rolle import SCHREIBENDE
from gesamtplan.plan.guards import vorlage_der_eigenen_hand

__all__ = [
    "BESCHEIDSCHRITTE",
    "ENTWURFSSCHRITTE",
    "FREIGABE",
    "Bescheidlage",
    "Entscheidungslage",
    "lage_of",
    "lage_of_bescheid",
    "schritte_of_bescheid",
]

ENTWURFSSCHRITTE = Schritttafel[Entscheidungslage](
    BUDGET,
    lambda lage: lage.budget.state,
    lambda lage: [lage.budget.case_id],
    (
        Zeile(
            "bescheid_entwerfen",
            "bescheid_neu",
            (
                Pruefung(lambda lage: guards.noch_kein_bescheid(lage.bescheid), verbirgt=True),
                UNTERZEICHNET,
            ),
            haupt=True,
            noch_nicht=unterzeichnet,
            bald=(Budgetzustand.ZIELVEREINBARUNG,),
        ),
    ),
    folgen=(
        Folge("bewilligen", "Tag der Bekanntgabe des Bescheids"),
        Folge("auszahlen", "Tag der Bekanntgabe des Bescheids"),
        Folge("unwirksam_werden", "Versand: nicht_zugegangen, berichtigen"),
    ),
    stichtag=lambda lage: lage.budget.beginn,
)


def _wartet(lage: Bescheidlage) -> Hindernis:
    am = lage.bescheid.vorgelegt_am
    seit = f" seit dem {am:%d.%m.%Y}" if am else ""
    return Hindernis(
        f"Der Bescheid liegt{seit} bei der Sachgebietsleitung. Nur sie kann ihn freigeben."
    )


def _noetig(lage: Bescheidlage) -> Hindernis | None:
    return guards.mitzeichnung_noetig(lage.bescheid, lage.budget.summe(), lage.grenze)


BESCHEIDSCHRITTE = Schritttafel[Bescheidlage](
    BESCHEID,
    lambda lage: lage.bescheid.state,
    lambda lage: [lage.budget.case_id],
    (
        Zeile(
            "vorlegen",
            "bescheid_vorlegen",
            (BEGRUENDUNG, AUSGEFUELLT, WUENSCHE, TEXTE),
            eingang="Prüfen und zur Freigabe vorlegen",
            methode="post",
            haupt=True,
        ),
        Zeile("bearbeiten", "bescheid_bearbeiten"),
        Zeile(
            "freigeben",
            "bescheid_freigabe",
            FREIGABE,
            eingang="Bescheid prüfen und freigeben",
            knopf="Bescheid freigeben",
            methode="post",
            haupt=True,
            vorbehalt=_wartet,
            sichtbar=SCHREIBENDE,
        ),
        Zeile(
            "mitzeichnen",
            "bescheid_mitzeichnen",
            (
                Pruefung(_noetig, verbirgt=True),
                Pruefung(zweite_person),
                Pruefung(aenderung_anderer),
            ),
            methode="post",
            haupt=True,
        ),
        Zeile("zurueckgeben", "bescheid_zurueckgeben"),
        Zeile(
            "zurueckziehen",
            "bescheid_zurueckziehen",
            (
                Pruefung(
                    lambda lage: (
                        vorlage_der_eigenen_hand(lage.bescheid.vorgelegt_von_id, lage.by)
                        if lage.by
                        else None
                    ),
                    verbirgt=True,
                ),
            ),
            methode="post",
        ),
        Zeile(
            "aufgeben",
            "versand_neu",
            (Pruefung(lambda lage: guards.bescheid_nicht_unterwegs(lage.bescheid), verbirgt=True),),
            knopf="Bescheid versenden",
            haupt=True,
            argumente=lambda lage: [lage.budget.case_id, lage.bescheid.schreiben_id],
        ),
        Zeile(
            "neu_freigeben",
            "bescheid_neu_freigeben",
            (Pruefung(lambda lage: guards.bescheid_nicht_unterwegs(lage.bescheid), verbirgt=True),),
        ),
    ),
    folgen=(
        Folge("bestandskraft", "Ablauf der Widerspruchsfrist (F51, F52)"),
        Folge("zurueckkommen", "Versand: nicht_zugegangen"),
        Folge("wieder_anfechtbar", "Versand: berichtigen"),
    ),
    stichtag=lambda lage: lage.budget.beginn,
)


def schritte_of_bescheid(lage: Bescheidlage) -> list[Schritt]:
    """Return what the page of a Bescheid offers; release and submission have pages of their own."""
    tafel = BESCHEIDSCHRITTE
    steps = [
        tafel.eingang(lage, "vorlegen"),
        tafel.schritt(lage, "bearbeiten"),
        tafel.eingang(lage, "freigeben"),
        tafel.schritt(lage, "zurueckgeben"),
        tafel.schritt(lage, "zurueckziehen"),
        tafel.schritt(lage, "aufgeben"),
        tafel.schritt(lage, "neu_freigeben"),
    ]
    return [step for step in steps if step is not None]
