"""Steps of the Bemessung: set and remove Teilbudgets, close the measuring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from budget.bemessung import guards
from budget.bemessung.queries import (
    planned_rolle,
    planned_schluessel,
    werte_of_teilbudget,
    zuordnung_of,
)
from budget.bemessung.schritte import BEMESSUNGSSCHRITTE, Bemessungslage
from budget.bemessung.services.rechnung import Bemessung, Wunsch, price_teilbudget
from budget.models import PersoenlichesBudget, Teilbudget
from budget.models.angaben import Zusatz
from budget.states import Auszahlungsform, Nachweisart
from budget.verfahren.schritte import BUDGETSCHRITTE, Budgetlage
from budget.verfahren.services import advance_budget, lock_budget
from cases.antrag.services.stellungnahme import note_stellungnahme
from cases.behoerde.queries.eigener_wert import hilfsmittelform
from cases.guards import refuse
from cases.models import User
from cases.models.stand import stand_of
from cases.registry.schritt import Hindernis
from cases.services.ereignis import record_ereignis
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Leistung
from gesamtplan.plan.guards import entscheidung_moeglich, schluessel_passt
from recht.geld import format_euro
from recht.rechenweg import Schritt


def _typed(betrag: Decimal | None, bisher: Teilbudget | None, satz: str) -> Decimal | None:
    """Return the amount that somebody has typed: that of the former rate is none."""
    if bisher is not None and satz and bisher.parameter_schluessel != satz:
        return None if betrag == bisher.betrag else betrag
    return betrag


def _require_leistung(
    budget: PersoenlichesBudget, leistung: Leistung, stellungnahme_vom: date | None, tag: date
) -> None:
    if leistung.gesamtplan_id != budget.gesamtplan_id:
        raise SchrittUnzulaessig("Die Leistung steht nicht im Gesamtplan dieses Budgets.")
    if stellungnahme_vom is not None and stellungnahme_vom > tag:
        raise SchrittUnzulaessig("Das Datum der Stellungnahme liegt in der Zukunft.")


@transaction.atomic
def set_teilbudget(
    *,
    budget: PersoenlichesBudget,
    leistung: Leistung,
    bemessungsart: str,
    by: User,
    tag: date,
    betrag: Decimal | None = None,
    positionen: Sequence[Mapping[str, Any]] = (),
    auszahlungsform: str = "",
    abweichung_grund: str = "",
    parameter_schluessel: str = "",
    satz_grund: str = "",
    katalogschluessel: str = "",
    entscheidung: str = "",
    entscheidung_grund: str = "",
    stellungnahme_vom: date | None = None,
    nachweisart: str = Nachweisart.BELEGE,
    nachweis: str = "",
    zusatz: Zusatz | None = None,
    gesehen: str = "",
) -> Teilbudget:
    """Set the Teilbudget of one Leistung of the plan, per month in euro; again: change it.

    `pauschale` takes the Richtwert of the first day of the budget, `stunden` computes `positionen`
    (hours at a rate, Sachkosten), `individuell` takes `betrag` and asks for a reason where a
    Richtwert says otherwise. `satz` and `gutschein` take the statutory value
    `parameter_schluessel` of that day, unless a lower `betrag` is typed; with another rate the
    amount is computed anew. Without `katalogschluessel` and `entscheidung` those of the plan hold.
    `gesehen` is the mark of the Teilbudget as the form showed it, also while there was none.
    Raises SchrittUnzulaessig.
    """
    budget = lock_budget(budget)
    BUDGETSCHRITTE.require(Budgetlage(by, tag, budget), "bearbeiten")
    bisher = Teilbudget.objects.filter(persoenliches_budget=budget, leistung=leistung).first()
    refuse_stale(bisher, gesehen=gesehen, jetzt=stand_of(werte_of_teilbudget(bisher)))
    _require_leistung(budget, leistung, stellungnahme_vom, tag)
    schluessel = planned_schluessel(leistung, budget.beginn) or katalogschluessel
    refuse(schluessel_passt(schluessel, leistung.leistungstraeger, budget.beginn))
    wunsch = Wunsch(
        schluessel,
        bemessungsart,
        _typed(betrag, bisher, parameter_schluessel),
        positionen,
        parameter_schluessel,
        satz_grund.strip(),
        abweichung_grund.strip(),
        zusatz or Zusatz(),
    )
    ergebnis = price_teilbudget(budget, leistung, wunsch)
    form = ergebnis.form or auszahlungsform or Auszahlungsform.GELD
    refuse(_form_allowed(leistung, schluessel, form, budget.beginn))
    rolle, grund = _role_of(budget, leistung, schluessel, entscheidung, entscheidung_grund)
    teilbudget, neu = Teilbudget.objects.update_or_create(
        persoenliches_budget=budget,
        leistung=leistung,
        defaults={
            **_columns(ergebnis),
            **asdict(wunsch.zusatz),
            "leistungstraeger": leistung.leistungstraeger,
            "katalogschluessel": schluessel,
            "entscheidung": rolle,
            "entscheidung_grund": grund,
            "bemessungsart": bemessungsart,
            "auszahlungsform": form,
            "ergaenzend": leistung.ergaenzend,
            "nachweisart": nachweisart,
            "nachweis": nachweis,
        },
    )
    if stellungnahme_vom is not None and not leistung.leistungstraeger.eigener:
        note_stellungnahme(
            antrag=budget.antrag,
            traeger=leistung.leistungstraeger,
            eingegangen_am=stellungnahme_vom,
            by=by,
            tag=tag,
        )
    _note_set(budget, teilbudget, neu, by, tag)
    return teilbudget


def _note_set(
    budget: PersoenlichesBudget, teilbudget: Teilbudget, neu: bool, by: User, tag: date
) -> None:
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="teilbudget",
        text=f"Teilbudget {'festgesetzt' if neu else 'geändert'}: "
        f"{teilbudget.leistung.bezeichnung}, {format_euro(teilbudget.betrag)} im Monat",
        gegenstand=teilbudget,
    )


def _form_allowed(leistung: Leistung, schluessel: str, form: str, beginn: date) -> Hindernis | None:
    """Ask whether the form is possible, with what the authority has set."""
    art, wert = leistung.leistungstraeger.art, hilfsmittelform(beginn)
    return guards.pflegesachleistung_nur_als_gutschein(art, schluessel, form, wert)


def _columns(ergebnis: Bemessung) -> dict[str, Any]:
    """Return the amount and all that it was computed from, as columns."""
    vergleich = ergebnis.richtwert
    return {
        "betrag": ergebnis.betrag,
        "betrag_eingegeben": ergebnis.eingegeben,
        "positionen": list(ergebnis.positionen),
        "parameter_schluessel": ergebnis.parameter_schluessel,
        "satz_grund": ergebnis.satz_grund,
        "richtwert": vergleich.betrag if vergleich else None,
        "richtwert_ab": vergleich.gueltig_ab if vergleich else None,
        "abweichung_grund": ergebnis.grund,
        "rechenweg": [asdict(schritt) for schritt in ergebnis.rechenweg],
    }


def _role_of(
    budget: PersoenlichesBudget, leistung: Leistung, schluessel: str, rolle: str, grund: str
) -> tuple[str, str]:
    """Return who decides about the Leistung and why; another one than the plan needs a reason."""
    regel, regelgrund = planned_rolle(leistung, schluessel, budget.beginn)
    if not rolle or rolle == regel:
        return regel.value, regelgrund
    zuordnung = zuordnung_of(leistung, schluessel)
    refuse(entscheidung_moeglich(zuordnung, rolle, grund, budget.beginn))
    return rolle, grund.strip()


@dataclass(frozen=True)
class Probe:
    """What an amount would come to beside what is stored; euro a month, nothing is saved.

    `deckel` is what the ceiling says of the budget with this amount in it.
    """

    betrag: Decimal
    rechenweg: Sequence[Schritt]
    bisher: Decimal | None
    summe: Decimal
    summe_bisher: Decimal
    deckel: Hindernis | None

    @property
    def unterschied(self) -> Decimal:
        """Return how far the sum would move."""
        return self.summe - self.summe_bisher


def try_teilbudget(
    budget: PersoenlichesBudget, leistung: Leistung, angaben: Mapping[str, Any]
) -> Probe:
    """Compute what a Teilbudget would be, as `set_teilbudget` would, and store nothing.

    Raises SchrittUnzulaessig where setting it would be refused for its amount.
    """
    teile = list(budget.teilbudgets.all())
    bisher = next((t for t in teile if t.leistung_id == leistung.pk), None)
    planned = planned_schluessel(leistung, budget.beginn)
    satz = angaben.get("parameter_schluessel", "")
    wunsch = Wunsch(
        planned or angaben.get("katalogschluessel", ""),
        angaben["bemessungsart"],
        _typed(angaben.get("betrag"), bisher, satz),
        angaben.get("positionen", ()),
        satz,
        angaben.get("satz_grund", "").strip(),
        angaben.get("abweichung_grund", "").strip(),
        angaben.get("zusatz") or Zusatz(),
    )
    ergebnis = price_teilbudget(budget, leistung, wunsch)
    vorher = bisher.betrag if bisher is not None else None
    summe_bisher = budget.summe(ergaenzende=False)
    bewegt = Decimal("0.00") if leistung.ergaenzend else ergebnis.betrag - (vorher or 0)
    summe = summe_bisher + bewegt
    return Probe(
        ergebnis.betrag,
        ergebnis.rechenweg,
        vorher,
        summe,
        summe_bisher,
        guards.deckel_eingehalten(budget, summe),
    )


@transaction.atomic
def remove_teilbudget(*, teilbudget: Teilbudget, by: User, tag: date) -> None:
    """Take a Teilbudget away while the budget is being measured.

    Raises SchrittUnzulaessig when the budget is past its measuring or `by` only reads.
    """
    budget = lock_budget(teilbudget.persoenliches_budget)
    BUDGETSCHRITTE.require(Budgetlage(by, tag, budget), "bearbeiten")
    bezeichnung = teilbudget.leistung.bezeichnung
    Teilbudget.objects.filter(pk=teilbudget.pk).delete()
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="teilbudget",
        text=f"Teilbudget entfernt: {bezeichnung}",
        gegenstand=budget,
    )


@transaction.atomic
def finish_bemessung(*, budget: PersoenlichesBudget, by: User, tag: date) -> PersoenlichesBudget:
    """Close the measuring: all Teilbudgets are set, within the ceiling, with Stellungnahmen.

    Raises SchrittUnzulaessig with the first of these that does not hold, when the measuring is
    closed already, or `by` only reads.
    """
    budget = lock_budget(budget)
    BEMESSUNGSSCHRITTE.require(Bemessungslage(by, tag, budget), "bemessen")
    advance_budget(budget, "bemessen", by)
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="bemessung",
        text="Teilbudgets bemessen",
        gegenstand=budget,
    )
    return budget
