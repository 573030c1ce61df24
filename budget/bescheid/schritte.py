"""Steps of the Bescheid with the gates of its release: the page shows them, the service asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from budget.bemessung.schritte import BEMESSUNG
from budget.bescheid import guards
from budget.bescheid.queries import bescheid_of
from budget.bescheid.schreiben.rechtsbehelf import DECKUNG
from budget.models import Bescheid, PersoenlichesBudget
from budget.states import BESCHEID, BUDGET, Budgetzustand
from budget.verfahren.guards import anschrift_vollstaendig
from budget.verfahren.schritte import GRUNDLAGEN, auf
from budget.zielvereinbarung.queries import zielvereinbarung_of
from budget.zielvereinbarung.schritte import (
    UNTERZEICHNET,
    VEREINBARUNG,
    Vereinbarungslage,
    unterzeichnet,
)
from cases.models import LeistungsberechtigtePerson, User
from cases.registry.schritt import Hindernis, Schritt
from cases.schritte import Folge, Pruefung, Schritttafel, Zeile
from cases.states.rolle import SCHREIBENDE


@dataclass(frozen=True)
class Entscheidungslage(Vereinbarungslage):
    """A budget on its way to the Bescheid, which is None before it is drafted."""

    bescheid: Bescheid | None


@dataclass(frozen=True)
class Bescheidlage(Entscheidungslage):
    """A Bescheid with all that it decides about."""

    bescheid: Bescheid

    @property
    def person(self) -> LeistungsberechtigtePerson:
        """Return the person that the Bescheid is made known to."""
        return self.budget.case.leistungsberechtigte_person


def lage_of(budget: PersoenlichesBudget, by: User, tag: date) -> Entscheidungslage:
    """Return the situation of a budget with Zielvereinbarung and Bescheid, as far as there."""
    return Entscheidungslage(by, tag, budget, zielvereinbarung_of(budget), bescheid_of(budget))


def lage_of_bescheid(bescheid: Bescheid, by: User | None, tag: date) -> Bescheidlage:
    """Return the situation of a Bescheid; `by` is None when the program takes the step."""
    return Bescheidlage(by, tag, bescheid.persoenliches_budget, bescheid.zielvereinbarung, bescheid)


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
        Folge("bewilligen", "Bescheid: aufgeben"),
        Folge("auszahlen", "Bescheid: aufgeben"),
    ),
)


def _wartet(lage: Bescheidlage) -> Hindernis:
    am = lage.bescheid.vorgelegt_am
    seit = f" seit dem {am:%d.%m.%Y}" if am else ""
    return Hindernis(
        f"Der Bescheid liegt{seit} bei der Sachgebietsleitung. Nur sie kann ihn freigeben."
    )


def _zweite_person(lage: Bescheidlage) -> Hindernis | None:
    return guards.freigabe_durch_zweite_person(lage.bescheid, lage.by) if lage.by else None


BEGRUENDUNG: Pruefung[Bescheidlage] = Pruefung(
    lambda lage: guards.begruendung_vorhanden(lage.bescheid),
    "Der Bescheid ist begründet",
    "§ 35 Abs. 1 SGB X",
    auf("bescheid"),
    vorab=True,
)
# In the order of the work: plan, amounts, agreement, recipient, the Bescheid itself.
FREIGABE: tuple[Pruefung[Bescheidlage], ...] = (
    *GRUNDLAGEN,
    *BEMESSUNG,
    *VEREINBARUNG,
    Pruefung(
        lambda lage: guards.konto_vorhanden(
            lage.budget, lage.person, lage.bescheid.erste_auszahlung
        ),
        "Für die Auszahlung ist ein Konto erfasst",
        "§ 47 SGB I",
        auf("fall_person"),
    ),
    Pruefung(
        lambda lage: anschrift_vollstaendig(lage.person, lage.tag),
        "Die Anschrift ist vollständig",
        "§ 37 Abs. 1 SGB X",
        auf("fall_person"),
    ),
    replace(BEGRUENDUNG, vorab=False),
    Pruefung(
        lambda lage: guards.erste_auszahlung_im_zeitraum(
            lage.budget, lage.bescheid.erste_auszahlung
        ),
        "Die erste Auszahlung liegt im Bewilligungszeitraum",
        "§ 41 SGB I",
        auf("bescheid"),
    ),
    Pruefung(
        lambda lage: guards.rechtsbehelfsbelehrung_fuer_den_tag(lage.tag, DECKUNG),
        "Für den Tag liegt eine Rechtsbehelfsbelehrung vor",
        "§ 36 SGB X, § 66 SGG",
        auf("bescheid"),
    ),
    Pruefung(
        lambda lage: guards.fall_bereit_fuer_bescheid(lage.budget.case),
        "Der Stand des Falls passt",
        "§ 120 Abs. 2 SGB IX",
        auf("fall"),
    ),
    Pruefung(
        _zweite_person,
        "Eine zweite Person gibt frei",
        "§ 33 Abs. 3 SGB X",
        auf("bescheid"),
        vorab=True,
    ),
)

BESCHEIDSCHRITTE = Schritttafel[Bescheidlage](
    BESCHEID,
    lambda lage: lage.bescheid.state,
    lambda lage: [lage.budget.case_id],
    (
        Zeile(
            "vorlegen",
            "bescheid_vorlegen",
            (BEGRUENDUNG,),
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
        Zeile("zurueckgeben", "bescheid_zurueckgeben"),
        Zeile(
            "aufgeben",
            "versand_neu",
            (Pruefung(lambda lage: guards.bescheid_nicht_unterwegs(lage.bescheid), verbirgt=True),),
            knopf="Bescheid versenden",
            haupt=True,
            argumente=lambda lage: [lage.budget.case_id, lage.bescheid.schreiben_id],
        ),
    ),
    folgen=(Folge("bestandskraft", "Ablauf der Widerspruchsfrist (F51, F52)"),),
)


def schritte_of_bescheid(lage: Bescheidlage) -> list[Schritt]:
    """Return what the page of a Bescheid offers; release and submission have pages of their own."""
    tafel = BESCHEIDSCHRITTE
    steps = [
        tafel.eingang(lage, "vorlegen"),
        tafel.schritt(lage, "bearbeiten"),
        tafel.eingang(lage, "freigeben"),
        tafel.schritt(lage, "zurueckgeben"),
        tafel.schritt(lage, "aufgeben"),
    ]
    return [step for step in steps if step is not None]
