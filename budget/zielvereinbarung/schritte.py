"""Steps of the Zielvereinbarung, and those by which a budget comes to one or does without."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from budget.bemessung.guards import bemessung_abgeschlossen
from budget.bemessung.schritte import BEMESSUNG, Bemessungslage
from budget.models import PersoenlichesBudget, Zielvereinbarung
from budget.states import BUDGET, ZIELVEREINBARUNG, Budgetzustand
from budget.verfahren.guards import anschrift_vollstaendig
from budget.verfahren.schritte import auf, je_recht
from budget.zielvereinbarung import guards
from budget.zielvereinbarung.queries import leistungen_mit_arbeitsvertrag, zielvereinbarung_of
from budget.zielvereinbarung.schreiben import inhalte_am, texte_of
from cases.models import User
from cases.registry.schritt import Hindernis
from cases.schritte import Folge, Pruefung, Schritttafel, Zeile, passt


@dataclass(frozen=True)
class Vereinbarungslage(Bemessungslage):
    """A budget with the Zielvereinbarung in use, None before there is one."""

    zielvereinbarung: Zielvereinbarung | None


def lage_of(budget: PersoenlichesBudget, by: User, tag: date) -> Vereinbarungslage:
    """Return the situation of a budget with its Zielvereinbarung."""
    return Vereinbarungslage(by, tag, budget, zielvereinbarung_of(budget))


def _inhalte(lage: Vereinbarungslage) -> Hindernis | None:
    if lage.zielvereinbarung is None:
        return None
    return guards.pflichtinhalte_der_zielvereinbarung(lage.zielvereinbarung, lage.budget.beginn)


def _seite(lage: Vereinbarungslage) -> str:
    name = "budget" if lage.zielvereinbarung is None else "zielvereinbarung"
    return reverse(name, args=[lage.budget.case_id])


def _anschrift(lage: Vereinbarungslage) -> Hindernis | None:
    return anschrift_vollstaendig(lage.budget.case.leistungsberechtigte_person, lage.tag)


INHALTE: Pruefung[Vereinbarungslage] = Pruefung(
    _inhalte,
    "Die Zielvereinbarung enthält alles, was das Gesetz verlangt",
    je_recht("§ 4 Abs. 1 BudgetV", "§ 29 Abs. 4 S. 2 SGB IX"),
    _seite,
)
LAUFZEIT: Pruefung[Vereinbarungslage] = Pruefung(
    lambda lage: guards.laufzeit_gleich_zielvereinbarung(lage.budget, lage.zielvereinbarung),
    "Zielvereinbarung und Bewilligung gelten für denselben Zeitraum",
    je_recht("§ 4 Abs. 3 BudgetV", "§ 29 Abs. 4 SGB IX"),
    _seite,
)


def _texte(lage: Vereinbarungslage) -> Hindernis | None:
    if lage.zielvereinbarung is None:
        return None
    namen = {i.schluessel: i.bezeichnung for i in inhalte_am(lage.budget.beginn)}
    texte = texte_of(lage.zielvereinbarung)
    ueberholt = [namen.get(key, key) for key, text in texte.items() if text.ueberholt]
    return guards.texte_folgen_den_angaben(ueberholt)


def _erprobung(lage: Vereinbarungslage) -> Hindernis | None:
    if lage.zielvereinbarung is None:
        return None
    return guards.erprobung_im_zeitraum(lage.zielvereinbarung)


def _arbeitgeber(lage: Vereinbarungslage) -> Hindernis | None:
    row = lage.zielvereinbarung
    if row is None:
        return None
    return guards.arbeitsvertrag_im_arbeitgebermodell(
        row.arbeitgebermodell, leistungen_mit_arbeitsvertrag(lage.budget), row.gueltig_ab
    )


TEXTE: Pruefung[Vereinbarungslage] = Pruefung(
    _texte,
    "Die Texte folgen den Angaben",
    "§ 20 SGB X",
    _seite,
)


def unterzeichnet(lage: Vereinbarungslage) -> Hindernis | None:
    """Return the guard that no decision is taken before both have signed."""
    return guards.zielvereinbarung_unterzeichnet(lage.budget, lage.zielvereinbarung)


UNTERZEICHNET: Pruefung[Vereinbarungslage] = Pruefung(
    unterzeichnet,
    "Die Zielvereinbarung ist von beiden Seiten unterzeichnet",
    je_recht("§ 4 BudgetV", "§ 29 Abs. 4 S. 1 SGB IX"),
    _seite,
)


def _berechtigt(lage: Vereinbarungslage) -> Hindernis | None:
    person = lage.budget.case.leistungsberechtigte_person
    return guards.unterzeichnete_sind_berechtigt(person, lage.zielvereinbarung)


def _vorbehalt(lage: Vereinbarungslage) -> str:
    """Return the Vorbehalt of the person, so that who decides reads it at the gate."""
    row = lage.zielvereinbarung
    return f"unter Vorbehalt: {row.vorbehalt}" if row is not None and row.vorbehalt else ""


# What the decision asks of the agreement.
VEREINBARUNG: tuple[Pruefung[Vereinbarungslage], ...] = (
    INHALTE,
    Pruefung(
        lambda lage: guards.summe_stimmt(lage.budget, lage.zielvereinbarung),
        "Die Teilbudgets ergeben die vereinbarte Summe",
        je_recht("KVJS-Leitfaden 2010 Nr. 3.1", "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX"),
        _seite,
    ),
    replace(UNTERZEICHNET, hinweis=_vorbehalt),
    Pruefung(
        _berechtigt,
        "Wer für die Person unterzeichnet hat, durfte es",
        "§ 11 Abs. 1 SGB X",
        auf("fall_person"),
    ),
    LAUFZEIT,
)
_NEU: Pruefung[Vereinbarungslage] = Pruefung(
    lambda lage: guards.keine_offene_zielvereinbarung(lage.zielvereinbarung), verbirgt=True
)


def _noch_nicht(lage: Vereinbarungslage) -> Hindernis | None:
    return bemessung_abgeschlossen(lage.budget)


WEGSCHRITTE = Schritttafel[Vereinbarungslage](
    BUDGET,
    lambda lage: lage.budget.state,
    lambda lage: [lage.budget.case_id],
    (
        Zeile(
            "vereinbarung_entwerfen",
            "zielvereinbarung_neu",
            (_NEU, *BEMESSUNG),
            methode="post",
            haupt=True,
            noch_nicht=_noch_nicht,
            bald=(Budgetzustand.BEANTRAGT,),
        ),
        Zeile(
            "ohne_vereinbarung",
            "budget_ohne_vereinbarung",
            (
                Pruefung(lambda lage: guards.nur_pflegekassen(lage.budget), verbirgt=True),
                _NEU,
                *BEMESSUNG,
            ),
            methode="post",
            noch_nicht=_noch_nicht,
            bald=(Budgetzustand.BEANTRAGT,),
        ),
        Zeile(
            "sachleistung",
            "budget_sachleistung",
            (Pruefung(lambda lage: guards.noch_nichts_bewilligt(lage.budget), verbirgt=True),),
            gefahr=True,
        ),
    ),
    folgen=(
        Folge("ausfertigen", "Zielvereinbarung: ausfertigen"),
        Folge("unterzeichnen", "Zielvereinbarung: unterzeichnen"),
        Folge("neu_verhandeln", "Zielvereinbarung: verwerfen"),
    ),
    stichtag=lambda lage: lage.budget.beginn,
    zu_lebzeiten=("vereinbarung_entwerfen", "ohne_vereinbarung", "sachleistung"),
)


def _budget(schritt: str) -> Pruefung[Vereinbarungslage]:
    """Return the guard that the budget can follow a step of its Zielvereinbarung."""
    return Pruefung(lambda lage: passt(BUDGET, schritt, lage.budget.state))


VEREINBARUNGSSCHRITTE = Schritttafel[Vereinbarungslage](
    ZIELVEREINBARUNG,
    lambda lage: lage.zielvereinbarung.state if lage.zielvereinbarung else "",
    lambda lage: [lage.budget.case_id],
    (
        Zeile(
            "ausfertigen",
            "zielvereinbarung_ausfertigen",
            (
                _budget("ausfertigen"),
                *BEMESSUNG,
                INHALTE,
                TEXTE,
                LAUFZEIT,
                Pruefung(_erprobung),
                Pruefung(_arbeitgeber),
                Pruefung(_anschrift),
            ),
            methode="post",
            haupt=True,
        ),
        Zeile("bearbeiten", "zielvereinbarung_bearbeiten"),
        Zeile(
            "unterzeichnen",
            "zielvereinbarung_unterschriften",
            (_budget("unterzeichnen"),),
            haupt=True,
        ),
        Zeile("verwerfen", "zielvereinbarung_neu_verhandeln", (_budget("neu_verhandeln"),)),
    ),
    stichtag=lambda lage: lage.budget.beginn,
    zu_lebzeiten=("bearbeiten", "ausfertigen", "unterzeichnen"),
)
