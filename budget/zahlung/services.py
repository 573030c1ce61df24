"""Orders to pay: one per budget and month, taken back only with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from budget.models import Anweisung, PersoenlichesBudget
from budget.models.zahlung import Zahlungswunsch
from budget.zahlung import guards
from budget.zahlung.queries import find_posten, list_zahlungen, orders_of
from cases.guards import refuse
from cases.models import User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_cases_of, lock_row
from cases.states.tafel import SchrittUnzulaessig
from recht.geld import format_euro


@transaction.atomic
def record_anweisungen(
    *, wuensche: Iterable[Zahlungswunsch], by: User, tag: date
) -> list[Anweisung]:
    """Order months to be paid, all of them or none.

    Raises SchrittUnzulaessig when `by` is not the Kasse, nothing is chosen, a month is ordered
    already, or another amount is due now than was shown.
    """
    refuse(guards.kasse_weist_an(by))
    gewuenscht = sorted(set(wuensche), key=lambda w: (w.budget, w.monat))
    if not gewuenscht:
        raise SchrittUnzulaessig("Bitte wählen Sie mindestens eine Auszahlung aus.")
    lock_cases_of(PersoenlichesBudget.objects.filter(pk__in=[w.budget for w in gewuenscht]))
    zahlungen = list_zahlungen(by, tag)
    angewiesen = orders_of(by, tag)
    stehend = {(a.persoenliches_budget_id, a.monat): a for a in angewiesen}
    found = []
    for wunsch in gewuenscht:
        refuse(guards.noch_nicht_angewiesen(stehend.get((wunsch.budget, wunsch.monat))))
        posten = find_posten(zahlungen, wunsch.budget, wunsch.monat, angewiesen)
        refuse(
            guards.noch_faellig(posten.rate.betrag if posten else None, wunsch.betrag, wunsch.monat)
        )
        anweisung = Anweisung.objects.create(
            persoenliches_budget_id=wunsch.budget,
            monat=wunsch.monat,
            faellig=posten.rate.faellig if posten else wunsch.monat,
            betrag=wunsch.betrag,
            angewiesen_am=tag,
            angewiesen_von=by,
        )
        _note(anweisung, by, tag, "angewiesen")
        found.append(anweisung)
    return found


@transaction.atomic
def withdraw_anweisung(
    *, anweisung: Anweisung, grund: str, by: User, tag: date, nicht_gezahlt: bool = False
) -> Anweisung:
    """Take an order back; the month is open again and the order stays on record.

    `nicht_gezahlt` confirms that the money has not left or has come back. Raises SchrittUnzulaessig
    when `by` is not the Kasse, it is taken back already, its day of payment has come without that
    confirmation, or no reason is given.
    """
    refuse(guards.kasse_weist_an(by))
    anweisung = lock_row(Anweisung.objects.all(), anweisung.pk)
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


def _note(anweisung: Anweisung, by: User, tag: date, was: str) -> None:
    record_ereignis(
        case=anweisung.persoenliches_budget.case,
        by=by,
        tag=tag,
        art="anweisung",
        text=f"Auszahlung {anweisung.monat:%m/%Y}, {format_euro(anweisung.betrag)}: {was}",
        gegenstand=anweisung,
    )
