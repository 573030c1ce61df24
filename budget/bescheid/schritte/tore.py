"""What a Bescheid decides about, and the gates of its submission and release."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.urls import reverse

from budget.bemessung.schritte import BEMESSUNG
from budget.bescheid import guards
from budget.bescheid.queries import bescheid_of
from budget.bescheid.schreiben.abzug import (
    compute_abzug,
    geld_fuer_beitrag,
    geld_fuer_einsatz,
    gets_lebensunterhalt,
    has_sozialhilfe,
)
from budget.bescheid.schreiben.rechtsbehelf import DECKUNG
from budget.bescheid.schreiben.vorschlag import TITEL, texte_of
from budget.bescheid.schreiben.wandel import Wandel, aenderung_of, wandel_of
from budget.bescheid.schreiben.wunsch import offene_wuensche
from budget.models import Bescheid, Folgebescheid, PersoenlichesBudget
from budget.verfahren import guards as verfahrensguards
from budget.verfahren.guards import anschrift_vollstaendig
from budget.verfahren.schritte import GRUNDLAGEN, auf, je_recht
from budget.zielvereinbarung.guards import texte_folgen_den_angaben
from budget.zielvereinbarung.queries import zielvereinbarung_of
from budget.zielvereinbarung.schritte import (
    VEREINBARUNG,
    Vereinbarungslage,
)
from cases.behoerde.queries.eigener_wert import zeichnungsgrenze
from cases.behoerde.queries.sitz import sitz
from cases.models import Behoerde, LeistungsberechtigtePerson, User
from cases.registry.schritt import Hindernis
from cases.schritte import Pruefung
from cases.textbaustein.guards import platzhalter_ausgefuellt
from recht.bekanntgabe import bekanntgabe


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

    @cached_property
    def selbst(self) -> Hindernis | None:
        """Return why the person who asks may not sign; asked once for all its gates."""
        return guards.freigabe_durch_zweite_person(self.bescheid, self.by) if self.by else None

    @cached_property
    def wandel(self) -> Wandel | None:
        """Return what it changes against the grant before it; None for a first one."""
        return wandel_of(self.budget, self.bescheid)

    @cached_property
    def aenderung(self) -> Folgebescheid | None:
        """Return the decision with which the grant before it ends."""
        return aenderung_of(self.budget, self.bescheid)

    @cached_property
    def grenze(self) -> Decimal | None:
        """Return the monthly sum up to which one person releases alone."""
        return zeichnungsgrenze(self.tag)


def lage_of(budget: PersoenlichesBudget, by: User, tag: date) -> Entscheidungslage:
    """Return the situation of a budget with Zielvereinbarung and Bescheid, as far as there."""
    return Entscheidungslage(by, tag, budget, zielvereinbarung_of(budget), bescheid_of(budget))


def lage_of_bescheid(bescheid: Bescheid, by: User | None, tag: date) -> Bescheidlage:
    """Return the situation of a Bescheid; `by` is None when the program takes the step."""
    return Bescheidlage(by, tag, bescheid.persoenliches_budget, bescheid.zielvereinbarung, bescheid)


def zweite_person(lage: Bescheidlage) -> Hindernis | None:
    """Return why this person may not sign: she has written it herself."""
    return lage.selbst


BEGRUENDUNG: Pruefung[Bescheidlage] = Pruefung(
    lambda lage: guards.begruendung_vorhanden(lage.bescheid),
    "Der Bescheid ist begründet",
    "§ 35 Abs. 1 SGB X",
    auf("bescheid"),
    vorab=True,
)
AUSGEFUELLT: Pruefung[Bescheidlage] = Pruefung(
    lambda lage: platzhalter_ausgefuellt(
        "\n".join(
            (
                lage.bescheid.begruendung,
                lage.bescheid.abgelehnte_leistungen,
                lage.bescheid.nebenbestimmungen,
                lage.bescheid.nicht_gefolgte_wuensche,
                lage.bescheid.einkommen_vermoegen,
            )
        )
    ),
    "Kein Platzhalter ist offen",
    "§ 33 Abs. 1 SGB X",
    auf("bescheid"),
)
EINSATZ: Pruefung[Bescheidlage] = Pruefung(
    lambda lage: guards.einkommen_vermoegen_geprueft(
        lage.bescheid, texte_of(lage.bescheid)["einkommen_vermoegen"].gilt
    ),
    "Der Bescheid sagt, was aus Einkommen und Vermögen einzusetzen ist",
    je_recht("§ 19 Abs. 3 SGB XII", "§ 92 SGB IX", "§ 19 Abs. 3 SGB XII"),
    auf("bescheid"),
)


def _abzug(lage: Bescheidlage) -> Hindernis | None:
    abzug = compute_abzug(lage.bescheid)
    return guards.abzug_von_der_auszahlung(
        lage.bescheid,
        beitrag=abzug.beitrag,
        einsatz=abzug.einsatz,
        geld_beitrag=geld_fuer_beitrag(lage.budget),
        geld_einsatz=geld_fuer_einsatz(lage.budget),
    )


ABZUG: Pruefung[Bescheidlage] = Pruefung(
    _abzug,
    "Die Auszahlung ist um Beitrag oder Einsatz gemindert",
    je_recht("§ 19 Abs. 3 SGB XII", "§ 137 Abs. 3 SGB IX", "§ 19 Abs. 3 SGB XII"),
    auf("bescheid"),
)
EINSATZ_BERECHNET: Pruefung[Bescheidlage] = Pruefung(
    lambda lage: guards.einsatz_berechnet(
        lage.bescheid,
        sozialhilfe=has_sozialhilfe(lage.budget) and not gets_lebensunterhalt(lage.budget),
    ),
    "Der Einsatz des Einkommens ist aus den Angaben berechnet",
    "§ 85 SGB XII",
    auf("bescheid"),
)
VERMOEGEN: Pruefung[Bescheidlage] = Pruefung(
    lambda lage: guards.vermoegen_zuerst(
        lage.bescheid, compute_abzug(lage.bescheid).zeilen, lage.budget.beginn
    ),
    "Einzusetzendes Vermögen geht der Auszahlung vor",
    je_recht("§ 90 SGB XII", "§ 140 Abs. 1 SGB IX", "§ 90 SGB XII"),
    auf("bescheid"),
)
WUENSCHE: Pruefung[Bescheidlage] = Pruefung(
    lambda lage: guards.wuensche_beantwortet(offene_wuensche(lage.bescheid)),
    "Zu jedem Wunsch ist gesagt, ob ihm gefolgt wird",
    "§ 35 Abs. 1 SGB X",
    auf("bescheid"),
)
BEHOERDE: Pruefung[Bescheidlage] = Pruefung(
    lambda lage: guards.behoerde_vollstaendig(
        Behoerde.objects.get(pk=1), lage.tag, lage.budget.rechtsstand
    ),
    "Datenschutz und Beratung sind mit Namen angegeben",
    je_recht("§ 14 SGB I", "Art. 13 Abs. 1 DSGVO", "§ 14 SGB I"),
    auf("bescheid"),
)
TEXTE: Pruefung[Bescheidlage] = Pruefung(
    lambda lage: texte_folgen_den_angaben(
        [TITEL[name] for name, text in texte_of(lage.bescheid).items() if text.ueberholt]
    ),
    "Die Texte folgen den Angaben",
    "§ 20 SGB X",
    auf("bescheid"),
)


def _geprueft(lage: Bescheidlage) -> Hindernis | None:
    wandel = lage.wandel
    return verfahrensguards.aenderung_geprueft(
        lage.aenderung,
        lage.budget.beginn,
        ersetzt=wandel is not None and wandel.ersetzt,
        nachteilig=wandel is not None and wandel.nachteilig,
    )


def _zukunft(lage: Bescheidlage) -> Hindernis | None:
    if lage.aenderung is None:
        return None
    return verfahrensguards.aenderung_nur_fuer_die_zukunft(
        lage.aenderung,
        nachteilig=lage.wandel is not None and lage.wandel.nachteilig,
        fruehestens=bekanntgabe(lage.tag, "post", sitz()).bekanntgabe,
    )


def _weitere(lage: Bescheidlage) -> str:
    if lage.aenderung is None:
        return reverse("folgebescheide", args=[lage.budget.case_id])
    return reverse("folgebescheid", args=[lage.budget.case_id, lage.aenderung.pk])


AENDERUNG: tuple[Pruefung[Bescheidlage], ...] = (
    Pruefung(
        _geprueft,
        "Die bisherige Bewilligung endet mit dem Beginn der neuen",
        "§ 48 Abs. 1 SGB X, § 24 Abs. 1 SGB X",
        _weitere,
    ),
    Pruefung(
        _zukunft,
        "Eine Änderung zum Nachteil wirkt nur, soweit das Gesetz es erlaubt",
        "§ 48 Abs. 1 S. 1 SGB X",
        _weitere,
    ),
)


def _ueber_grenze(lage: Bescheidlage) -> Hindernis | None:
    return guards.grenze_der_zeichnung(lage.bescheid, lage.budget.summe(), lage.grenze)


def _dritte(lage: Bescheidlage) -> Hindernis | None:
    return guards.mitzeichnung_durch_dritte(lage.bescheid, lage.by) if lage.by else None


def aenderung_anderer(lage: Bescheidlage) -> Hindernis | None:
    """Return why this person may not sign: she has written why the grant changes."""
    return verfahrensguards.aenderung_durch_andere(lage.aenderung, lage.by) if lage.by else None


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
    AUSGEFUELLT,
    WUENSCHE,
    EINSATZ,
    EINSATZ_BERECHNET,
    ABZUG,
    VERMOEGEN,
    TEXTE,
    BEHOERDE,
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
        lambda lage: guards.fall_bereit_fuer_bescheid(lage.budget.case, lage.budget.beginn),
        "Der Stand des Falls passt",
        je_recht("§ 3 Abs. 5 BudgetV", "§ 120 Abs. 2 SGB IX", "§ 143a Abs. 2 SGB XII"),
        auf("fall"),
    ),
    *AENDERUNG,
    Pruefung(
        _ueber_grenze,
        "Die Höhe bleibt in der Grenze, oder eine weitere Person hat mitgezeichnet",
        "§ 33 Abs. 3 SGB X",
        auf("bescheid_freigabe"),
    ),
    Pruefung(
        _dritte,
        "Wer mitgezeichnet hat, gibt nicht frei",
        "§ 33 Abs. 3 SGB X",
        auf("bescheid_freigabe"),
        vorab=True,
    ),
    Pruefung(
        aenderung_anderer,
        "Wer die Änderung geschrieben hat, gibt nicht frei",
        "§ 33 Abs. 3 SGB X",
        auf("bescheid"),
        vorab=True,
    ),
    Pruefung(
        zweite_person,
        "Eine zweite Person gibt frei",
        "§ 33 Abs. 3 SGB X",
        auf("bescheid"),
        vorab=True,
    ),
)
