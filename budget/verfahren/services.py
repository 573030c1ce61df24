"""Steps of a Persönliches Budget: begin, change, measure, do without agreement, end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from budget import guards
from budget.models import PersoenlichesBudget
from budget.queries import list_leistungen
from budget.states import BUDGET, Budgetzustand, Verfahrensart
from cases import access
from cases.fall.services.case import lock_case, lock_running_case
from cases.frist.services.frist import keep_frist, lift_frist
from cases.guards import refuse
from cases.models import Antrag, Case, User
from cases.services.ereignis import record_ereignis
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan
from recht.fristkennung import Regel


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
    access.require(by, BUDGET, "bemessen", Budgetzustand.BEANTRAGT)
    _check_angaben(case, gesamtplan, antrag, beginn, ende, befristungsgrund)
    if PersoenlichesBudget.objects.filter(case=case).exclude(state=Budgetzustand.BEENDET).exists():
        raise SchrittUnzulaessig("In diesem Fall gibt es schon ein Persönliches Budget.")
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
) -> PersoenlichesBudget:
    """Change the frame of a budget while it is being measured; the state stays."""
    budget = lock_budget(budget)
    access.require(by, BUDGET, "bemessen", budget.state)
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
def finish_bemessung(*, budget: PersoenlichesBudget, by: User, tag: date) -> PersoenlichesBudget:
    """Close the measuring: all Teilbudgets are set, within the ceiling, with Stellungnahmen."""
    budget = lock_budget(budget)
    access.require(by, BUDGET, "bemessen", budget.state)
    check_bemessung(budget)
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


def check_bemessung(budget: PersoenlichesBudget) -> None:
    """Raise the first obstacle of the measuring; asked again by every later step."""
    leistungen = list_leistungen(budget.gesamtplan)
    refuse(guards.teilbudgets_vorhanden(budget, leistungen))
    refuse(guards.deckel_eingehalten(budget))
    for t in budget.teilbudgets.select_related("leistung", "leistungstraeger"):
        refuse(
            guards.pflegesachleistung_nur_als_gutschein(
                t.leistungstraeger.art, t.leistung.norm, t.auszahlungsform
            )
        )
    refuse(guards.stellungnahmen_der_traeger(budget))


@transaction.atomic
def waive_zielvereinbarung(
    *, budget: PersoenlichesBudget, by: User, tag: date
) -> PersoenlichesBudget:
    """Go on without Zielvereinbarung where Pflegekassen alone pay (§ 29 Abs. 4 S. 3 SGB IX)."""
    budget = lock_budget(budget)
    access.require(by, BUDGET, "ohne_vereinbarung", budget.state)
    refuse(guards.nur_pflegekassen(budget))
    if budget.zielvereinbarungen.exclude(state="verworfen").exists():
        raise SchrittUnzulaessig("Es gibt bereits eine Zielvereinbarung.")
    check_bemessung(budget)
    advance_budget(budget, "ohne_vereinbarung", by)
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="zielvereinbarung",
        text="Keine Zielvereinbarung nötig: allein Pflegekassen leisten",
        gegenstand=budget,
    )
    return budget


@transaction.atomic
def end_budget(
    *, budget: PersoenlichesBudget, grund: str, by: User, tag: date
) -> PersoenlichesBudget:
    """End a budget whose time is over; its open Fristen are lifted."""
    budget = lock_budget(budget)
    access.require(by, BUDGET, "beenden", budget.state)
    refuse(guards.bewilligungszeitraum_abgelaufen(budget, tag))
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
