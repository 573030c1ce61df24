"""Orders to pay: one per budget and month, taken back only with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from budget.models import Anweisung, Folgebescheid, PersoenlichesBudget, VorlaeufigeAnweisung
from budget.models.zahlung import Zahlanordnung, Zahlungswunsch
from budget.zahlung import guards
from budget.zahlung.queries import (
    Rechnung,
    find_posten,
    list_zahlungen,
    orders_of,
    rueckforderungen_of,
)
from cases.guards import refuse
from cases.models import User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_cases, lock_row
from cases.states.tafel import SchrittUnzulaessig
from recht.geld import format_euro


@transaction.atomic
def record_anweisungen(
    *, wuensche: Iterable[Zahlungswunsch], by: User, tag: date
) -> list[Zahlanordnung]:
    """Order months to be paid, all of them or none.

    Raises SchrittUnzulaessig when `by` is not the Kasse, nothing is chosen, a month is ordered
    already, or another amount is due now than was shown.
    """
    refuse(guards.kasse_weist_an(by))
    gewuenscht = sorted(set(wuensche), key=lambda w: w.schluessel)
    if not gewuenscht:
        raise SchrittUnzulaessig("Bitte wählen Sie mindestens eine Auszahlung aus.")
    _lock_cases(gewuenscht)
    zahlungen, angewiesen = list_zahlungen(by, tag), orders_of(by, tag)
    rueck = rueckforderungen_of(by, tag, zahlungen, angewiesen)
    rechnung = Rechnung(zahlungen, angewiesen, rueck)
    found = []
    for wunsch in gewuenscht:
        refuse(guards.noch_nicht_angewiesen(rechnung.angewiesen.get(wunsch.schluessel)))
        posten = find_posten(rechnung, *wunsch.schluessel)
        refuse(
            guards.noch_faellig(posten.rate.betrag if posten else None, wunsch.betrag, wunsch.monat)
        )
        faellig = posten.rate.faellig if posten else wunsch.monat
        anweisung = _order(wunsch, faellig, by, tag)
        _note(anweisung, by, tag, "angewiesen")
        found.append(anweisung)
    return found


def _lock_cases(wuensche: Iterable[Zahlungswunsch]) -> None:
    """Lock all cases that money is ordered in, at once and in one order."""
    budgets = [w.grund for w in wuensche if not w.vorlaeufig]
    vorlaeufige = [w.grund for w in wuensche if w.vorlaeufig]
    faelle = PersoenlichesBudget.objects.filter(pk__in=budgets).order_by().values_list("case_id")
    vorab = Folgebescheid.objects.filter(pk__in=vorlaeufige).order_by().values_list("case_id")
    lock_cases(fall for (fall,) in (*faelle, *vorab))


def _order(wunsch: Zahlungswunsch, faellig: date, by: User, tag: date) -> Zahlanordnung:
    werte = {
        "monat": wunsch.monat,
        "faellig": faellig,
        "betrag": wunsch.betrag,
        "angewiesen_am": tag,
        "angewiesen_von": by,
    }
    if wunsch.vorlaeufig:
        return VorlaeufigeAnweisung.objects.create(bescheid_id=wunsch.grund, **werte)
    return Anweisung.objects.create(persoenliches_budget_id=wunsch.grund, **werte)


@transaction.atomic
def withdraw_anweisung(
    *, anweisung: Zahlanordnung, grund: str, by: User, tag: date, nicht_gezahlt: bool = False
) -> Zahlanordnung:
    """Take an order back; the month is open again and the order stays on record.

    `nicht_gezahlt` confirms that the money has not left or has come back. Raises SchrittUnzulaessig
    when `by` is not the Kasse, it is taken back already, its day of payment has come without that
    confirmation, or no reason is given.
    """
    refuse(guards.kasse_weist_an(by))
    rows = VorlaeufigeAnweisung.objects if anweisung.vorlaeufig else Anweisung.objects
    anweisung = lock_row(rows.all(), anweisung.pk)
    if anweisung.zurueckgenommen_am is not None:
        refuse(guards.noch_angewiesen(anweisung))
    refuse(guards.geld_nicht_ausgezahlt(anweisung, nicht_gezahlt, tag))
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, warum die Anweisung zurückgenommen wird.")
    anweisung.zurueckgenommen_am, anweisung.zurueckgenommen_von = tag, by
    anweisung.zurueckgenommen_grund = " ".join(grund.split())[:200]
    anweisung.save()
    _note(anweisung, by, tag, f"Anweisung zurückgenommen ({anweisung.zurueckgenommen_grund})")
    return anweisung


def _note(anweisung: Zahlanordnung, by: User, tag: date, was: str) -> None:
    wofuer = "Vorläufige Auszahlung" if anweisung.vorlaeufig else "Auszahlung"
    record_ereignis(
        case=anweisung.case,
        by=by,
        tag=tag,
        art="anweisung",
        text=f"{wofuer} {anweisung.monat:%m/%Y}, {format_euro(anweisung.betrag)}: {was}",
        gegenstand=anweisung,
    )
