"""Steps of a Persönliches Budget: begin, change, end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from budget.models import PersoenlichesBudget
from budget.states import BUDGET, Verfahrensart
from budget.verfahren import guards
from budget.verfahren.queries import first_antrag, open_budget
from budget.verfahren.schritte import BEGINN, BUDGETSCHRITTE, Beginnlage, Budgetlage
from cases import access
from cases.fall.services.case import lock_case, lock_running_case
from cases.frist.services.frist import lift_frist
from cases.guards import refuse
from cases.models import Case, User
from cases.services.ereignis import record_ereignis
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan


def lock_budget(budget: PersoenlichesBudget) -> PersoenlichesBudget:
    """Lock case and budget, in this order, and return the fresh row with its case."""
    case = lock_case(budget.case_id)
    locked = PersoenlichesBudget.objects.select_for_update().get(pk=budget.pk)
    locked.case = case
    return locked


def advance_budget(budget: PersoenlichesBudget, schritt: str, by: User | None) -> None:
    """Move a locked budget one step; without a user (worker) only the state is checked."""
    if by is None:
        budget.state = BUDGET.ziel(budget.state, schritt)
    else:
        budget.state = access.require(by, BUDGET, schritt, budget.state)
    budget.save(update_fields=["state"])


def _check_angaben(
    case: Case, gesamtplan: Gesamtplan, beginn: date, ende: date | None, befristungsgrund: str
) -> None:
    if gesamtplan.case_id != case.pk:
        raise SchrittUnzulaessig("Der Gesamtplan gehört zu einem anderen Fall.")
    if ende is not None and ende < beginn:
        raise SchrittUnzulaessig("Das Ende liegt vor dem Beginn.")
    refuse(guards.gesamtplan_freigegeben(gesamtplan, beginn))
    refuse(guards.beginn_nicht_vor_antragsmonat(first_antrag(case), beginn))
    refuse(guards.befristung_begruendet(ende, befristungsgrund))


@transaction.atomic
def start_budget(
    *,
    case: Case,
    gesamtplan: Gesamtplan,
    beginn: date,
    by: User,
    tag: date,
    ende: date | None = None,
    befristungsgrund: str = "",
    bindung_ab: date | None = None,
    vergleichssumme: Decimal | None = None,
    deckel_ausnahme: str = "",
    verfahrensart: str = Verfahrensart.VEREINFACHT,
) -> PersoenlichesBudget:
    """Begin a budget on a released plan; `vergleichssumme` is per month in euro.

    Raises SchrittUnzulaessig when a precondition is missing or another budget is open.
    """
    case = lock_running_case(case.pk)
    BEGINN.require(Beginnlage(by, tag, case, gesamtplan, open_budget(case)), "anlegen")
    _check_angaben(case, gesamtplan, beginn, ende, befristungsgrund)
    budget = PersoenlichesBudget.objects.create(
        case=case,
        gesamtplan=gesamtplan,
        beginn=beginn,
        ende=ende,
        befristungsgrund=befristungsgrund if ende else "",
        bindung_ab=bindung_ab or beginn,
        vergleichssumme=vergleichssumme,
        deckel_ausnahme=deckel_ausnahme,
        verfahrensart=verfahrensart,
    )
    bis = f" bis {ende:%d.%m.%Y}" if ende else ", unbefristet"
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="budget",
        text=f"Persönliches Budget angelegt ab {beginn:%d.%m.%Y}{bis}",
        gegenstand=budget,
    )
    return budget


@transaction.atomic
def update_budget(
    *,
    budget: PersoenlichesBudget,
    beginn: date,
    by: User,
    tag: date,
    ende: date | None = None,
    befristungsgrund: str = "",
    bindung_ab: date | None = None,
    vergleichssumme: Decimal | None = None,
    deckel_ausnahme: str = "",
    verfahrensart: str = Verfahrensart.VEREINFACHT,
) -> PersoenlichesBudget:
    """Change the frame of a budget while it is being measured; the state stays."""
    budget = lock_budget(budget)
    BUDGETSCHRITTE.require(Budgetlage(by, tag, budget), "bearbeiten")
    _check_angaben(budget.case, budget.gesamtplan, beginn, ende, befristungsgrund)
    if beginn != budget.beginn and budget.teilbudgets.filter(richtwert__isnull=False).exists():
        raise SchrittUnzulaessig(
            "Mit dem Beginn ändert sich der Richtwert. Entfernen Sie zuerst die Teilbudgets, die "
            "mit einem Richtwert verglichen sind.",
            "KVJS-Leitfaden 2010 Anlage 3",
        )
    budget.beginn = beginn
    budget.ende = ende
    budget.befristungsgrund = befristungsgrund if ende else ""
    budget.bindung_ab = bindung_ab or beginn
    budget.vergleichssumme = vergleichssumme
    budget.deckel_ausnahme = deckel_ausnahme
    budget.verfahrensart = verfahrensart
    budget.save()
    for entwurf in budget.zielvereinbarungen.filter(state="entwurf"):
        # A draft follows its budget; an issued one no longer can.
        entwurf.gueltig_ab, entwurf.gueltig_bis = beginn, ende
        entwurf.save(update_fields=["gueltig_ab", "gueltig_bis"])
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="budget",
        text="Angaben zum Persönlichen Budget geändert",
        gegenstand=budget,
    )
    return budget


@transaction.atomic
def end_budget(
    *, budget: PersoenlichesBudget, grund: str, by: User, tag: date
) -> PersoenlichesBudget:
    """End a budget whose time is over; its open Fristen are lifted."""
    budget = lock_budget(budget)
    BUDGETSCHRITTE.require(Budgetlage(by, tag, budget), "beenden")
    advance_budget(budget, "beenden", by)
    for regel in ("F30", "F31", "F37"):
        lift_frist(case=budget.case, regel=regel, tag=tag, grund="Persönliches Budget beendet")
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="budget",
        text=f"Persönliches Budget beendet: {grund}",
        gegenstand=budget,
    )
    return budget
