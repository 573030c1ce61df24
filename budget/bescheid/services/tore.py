"""The gates of the release: one list that the page shows and the release asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from budget import guards
from budget.bescheid.schreiben.rechtsbehelf import DECKUNG
from budget.models import Bescheid, PersoenlichesBudget, Zielvereinbarung
from budget.queries import list_leistungen
from cases.models import User
from cases.registry.schritt import Hindernis
from recht.rechtsstand import Rechtsstand


@dataclass(frozen=True)
class Tor:
    """One gate: open when nothing stands in the way. `seite` is where it can be remedied."""

    titel: str
    norm: str
    seite: str
    hindernis: Hindernis | None

    @property
    def offen(self) -> bool:
        """Tell whether the Bescheid may pass."""
        return self.hindernis is None


def _pflegesachleistung(budget: PersoenlichesBudget) -> Hindernis | None:
    for t in budget.teilbudgets.all():
        hindernis = guards.pflegesachleistung_nur_als_gutschein(
            t.leistungstraeger.art, t.leistung.norm, t.auszahlungsform
        )
        if hindernis is not None:
            return hindernis
    return None


def list_tore(bescheid: Bescheid, by: User, tag: date) -> list[Tor]:
    """Return every gate of the release on the day, open and closed, in the order of the work."""
    budget = bescheid.persoenliches_budget
    alt = budget.rechtsstand is Rechtsstand.A
    return [
        *_rahmen(budget),
        *_bemessung(budget, alt),
        *_vereinbarung(budget, bescheid.zielvereinbarung, alt),
        *_empfang(bescheid, tag),
        *_bescheid(bescheid, by, tag),
    ]


_GESAMTPLAN = {
    Rechtsstand.A: "§ 58 SGB XII",
    Rechtsstand.UE: "§§ 141-145 SGB XII",
    Rechtsstand.B: "§ 120 Abs. 2 SGB IX",
}


def _rahmen(budget: PersoenlichesBudget) -> list[Tor]:
    heutig = budget.rechtsstand is Rechtsstand.B
    return [
        Tor(
            "Der Gesamtplan ist freigegeben",
            _GESAMTPLAN[budget.rechtsstand],
            "gesamtplan",
            guards.gesamtplan_freigegeben(budget.gesamtplan, budget.beginn),
        ),
        Tor(
            "Der Beginn liegt nicht vor dem Monat des Antrags",
            "§ 108 Abs. 1 S. 2 SGB IX" if heutig else "§ 18 SGB XII",
            "budget",
            guards.beginn_nicht_vor_antragsmonat(budget.antrag, budget.beginn),
        ),
        Tor(
            "Eine Befristung ist begründet",
            "§ 32 SGB X, BSG 28.01.2021 - B 8 SO 9/19 R",
            "budget",
            guards.befristung_begruendet(budget.ende, budget.befristungsgrund),
        ),
    ]


def _vereinbarung(
    budget: PersoenlichesBudget, zielvereinbarung: Zielvereinbarung | None, alt: bool
) -> list[Tor]:
    inhalte = (
        guards.pflichtinhalte_der_zielvereinbarung(zielvereinbarung, budget.beginn)
        if zielvereinbarung is not None
        else None
    )
    seite = "zielvereinbarung" if zielvereinbarung is not None else "budget"
    return [
        Tor(
            "Die Zielvereinbarung enthält alles, was das Gesetz verlangt",
            "§ 4 Abs. 1 BudgetV" if alt else "§ 29 Abs. 4 S. 2 SGB IX",
            seite,
            inhalte,
        ),
        Tor(
            "Die Teilbudgets ergeben die vereinbarte Summe",
            "KVJS-Leitfaden 2010 Nr. 3.1" if alt else "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX",
            seite,
            guards.summe_stimmt(budget, zielvereinbarung),
        ),
        Tor(
            "Die Zielvereinbarung ist von beiden Seiten unterzeichnet",
            "§ 4 BudgetV" if alt else "§ 29 Abs. 4 S. 1 SGB IX",
            seite,
            guards.zielvereinbarung_unterzeichnet(budget, zielvereinbarung),
        ),
        Tor(
            "Zielvereinbarung und Bewilligung gelten für denselben Zeitraum",
            "§ 4 Abs. 3 BudgetV" if alt else "§ 29 Abs. 4 SGB IX",
            seite,
            guards.laufzeit_gleich_zielvereinbarung(budget, zielvereinbarung),
        ),
    ]


def _empfang(bescheid: Bescheid, tag: date) -> list[Tor]:
    budget = bescheid.persoenliches_budget
    person = budget.case.leistungsberechtigte_person
    return [
        Tor(
            "Für die Auszahlung ist ein Konto erfasst",
            "§ 47 SGB I",
            "fall_person",
            guards.konto_vorhanden(budget, person, bescheid.erste_auszahlung),
        ),
        Tor(
            "Die Anschrift ist vollständig",
            "§ 37 Abs. 1 SGB X",
            "fall_person",
            guards.anschrift_vollstaendig(person, tag),
        ),
    ]


def _bemessung(budget: PersoenlichesBudget, alt: bool) -> list[Tor]:
    return [
        Tor(
            "Jede Leistung hat ihr Teilbudget",
            "§ 17 Abs. 3 S. 3 SGB IX a.F." if alt else "§ 29 Abs. 2 S. 6 SGB IX",
            "budget",
            guards.teilbudgets_vorhanden(budget, list_leistungen(budget.gesamtplan)),
        ),
        Tor(
            "Die Obergrenze ist eingehalten oder die Ausnahme begründet",
            "§ 17 Abs. 3 S. 4 SGB IX a.F." if alt else "§ 29 Abs. 2 S. 7 SGB IX",
            "budget",
            guards.deckel_eingehalten(budget),
        ),
        Tor(
            "Pflegesachleistungen werden als Gutschein erbracht",
            "§ 35a SGB XI",
            "budget",
            _pflegesachleistung(budget),
        ),
        Tor(
            "Die Stellungnahmen der anderen Leistungsträger liegen vor",
            "§ 3 Abs. 1 BudgetV" if alt else "§ 15 Abs. 2 SGB IX",
            "budget",
            guards.stellungnahmen_der_traeger(budget),
        ),
    ]


def _bescheid(bescheid: Bescheid, by: User, tag: date) -> list[Tor]:
    return [
        Tor(
            "Der Bescheid ist begründet",
            "§ 35 Abs. 1 SGB X",
            "bescheid",
            guards.begruendung_vorhanden(bescheid),
        ),
        Tor(
            "Die erste Auszahlung liegt im Bewilligungszeitraum",
            "§ 41 SGB I",
            "bescheid",
            guards.erste_auszahlung_im_zeitraum(
                bescheid.persoenliches_budget, bescheid.erste_auszahlung
            ),
        ),
        Tor(
            "Für den Tag liegt eine Rechtsbehelfsbelehrung vor",
            "§ 36 SGB X, § 66 SGG",
            "bescheid",
            guards.rechtsbehelfsbelehrung_fuer_den_tag(tag, DECKUNG),
        ),
        Tor(
            "Eine zweite Person gibt frei",
            "§ 33 Abs. 3 SGB X",
            "bescheid",
            guards.freigabe_durch_zweite_person(bescheid, by),
        ),
    ]
