"""Steps of a Persönliches Budget: begin, change, end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from budget.models import PersoenlichesBudget
from budget.states import BUDGET, Budgetzustand, Verfahrensart
from budget.verfahren import guards
from budget.verfahren.queries import open_budget
from budget.verfahren.schritte import BEGINN, BUDGETSCHRITTE, Beginnlage, Budgetlage
from cases import access
from cases.fall.services.case import lock_case, lock_running_case
from cases.frist.services.frist import keep_frist, lift_frist
from cases.guards import refuse
from cases.models import Antrag, Case, User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan
from recht.fristkennung import Regel

# What the frame is made of, beside the Antrag that it is about.
ANGABEN = (
    "beginn",
    "ende",
    "befristungsgrund",
    "bindung_ab",
    "vergleichssumme",
    "deckel_ausnahme",
    "verfahrensart",
)
# What the form of the frame shows; its mark covers these.
GEZEIGT = ("antrag", *ANGABEN)


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
    case: Case,
    gesamtplan: Gesamtplan,
    antrag: Antrag,
    beginn: date,
    ende: date | None,
    befristungsgrund: str,
) -> None:
    if gesamtplan.case_id != case.pk:
        raise SchrittUnzulaessig("Der Gesamtplan gehört zu einem anderen Fall.")
    if ende is not None and ende < beginn:
        raise SchrittUnzulaessig("Das Ende liegt vor dem Beginn.")
    refuse(guards.gesamtplan_freigegeben(gesamtplan, beginn))
    refuse(guards.antrag_im_fall(antrag, case))
    refuse(guards.beginn_nicht_vor_antragsmonat(antrag, beginn))
    refuse(guards.befristung_begruendet(ende, befristungsgrund))


@transaction.atomic
def start_budget(
    *,
    case: Case,
    gesamtplan: Gesamtplan,
    antrag: Antrag,
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

    `antrag` is the one that its Bescheid will decide about.

    Raises SchrittUnzulaessig when a precondition is missing or another budget is open.
    """
    case = lock_running_case(case.pk)
    BEGINN.require(Beginnlage(by, tag, case, gesamtplan, open_budget(case)), "anlegen")
    _check_angaben(case, gesamtplan, antrag, beginn, ende, befristungsgrund)
    budget = PersoenlichesBudget.objects.create(
        case=case,
        gesamtplan=gesamtplan,
        antrag=antrag,
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
        text=f"Persönliches Budget angelegt ab {beginn:%d.%m.%Y}{bis} auf den {antrag}",
        gegenstand=budget,
    )
    return budget


@transaction.atomic
def update_budget(
    *,
    budget: PersoenlichesBudget,
    antrag: Antrag,
    beginn: date,
    by: User,
    tag: date,
    ende: date | None = None,
    befristungsgrund: str = "",
    bindung_ab: date | None = None,
    vergleichssumme: Decimal | None = None,
    deckel_ausnahme: str = "",
    verfahrensart: str = Verfahrensart.VEREINFACHT,
    gesehen: str = "",
) -> PersoenlichesBudget:
    """Change the frame of a budget while it is being measured; the state stays.

    `gesehen` is the mark of the frame as the form showed it. Raises SchrittUnzulaessig when
    somebody has changed it since, or when a precondition is missing.
    """
    budget = lock_budget(budget)
    BUDGETSCHRITTE.require(Budgetlage(by, tag, budget), "bearbeiten")
    refuse_stale(budget, gesehen=gesehen, jetzt=stand_of(budget, GEZEIGT))
    _check_angaben(budget.case, budget.gesamtplan, antrag, beginn, ende, befristungsgrund)
    if beginn != budget.beginn and budget.teilbudgets.filter(richtwert__isnull=False).exists():
        raise SchrittUnzulaessig(
            "Mit dem Beginn ändert sich der Richtwert. Entfernen Sie zuerst die Teilbudgets, die "
            "mit einem Richtwert verglichen sind.",
            "KVJS-Leitfaden 2010 Anlage 3",
        )
    budget.antrag = antrag
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
    lift_frist(case=budget.case, gegenstand=budget, tag=tag, grund="Persönliches Budget beendet")
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="budget",
        text=f"Persönliches Budget beendet: {grund}",
        gegenstand=budget,
    )
    return budget


def keep_ueberpruefung(case: Case, tag: date) -> None:
    """Meet the first common review of the running budget: the hook of a review of the case."""
    for budget in PersoenlichesBudget.objects.filter(case=case, state=Budgetzustand.LAEUFT):
        keep_frist(
            case=case,
            gegenstand=budget,
            regel=Regel.ERSTE_UEBERPRUEFUNG,
            tag=tag,
            durch="Überprüfung begonnen",
        )
