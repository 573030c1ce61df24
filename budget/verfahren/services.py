"""Steps of a Persönliches Budget: begin, change, end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Model

from budget.models import Folgebescheid, PersoenlichesBudget
from budget.states import BUDGET, Bescheidzustand, Budgetzustand, Verfahrensart
from budget.states.folge import Folgeart
from budget.verfahren import guards
from budget.verfahren.queries import open_budget
from budget.verfahren.schritte import BEGINN, BUDGETSCHRITTE, Beginnlage, Budgetlage
from cases import access
from cases.fall.services.case import lock_running_case
from cases.frist.services.frist import keep_frist, lift_frist
from cases.guards import refuse
from cases.models import Antrag, Case, User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan
from recht.fristkennung import Regel

# The ground with which the Fristen of a budget are lifted that has ended by itself.
ENDE = "Persönliches Budget beendet"
# What the frame is made of, beside the Antrag that it is about.
ANGABEN = (
    "beginn",
    "ende",
    "befristungsgrund",
    "bindung_ab",
    "vergleichssumme",
    "sachleistung_daneben",
    "deckel_ausnahme",
    "deckel_ausnahme_art",
    "verfahrensart",
    "absprachen",
)
# What the form of the frame shows; its mark covers these.
GEZEIGT = ("antrag", *ANGABEN)


def lock_budget(budget: PersoenlichesBudget) -> PersoenlichesBudget:
    """Lock case and budget, in this order, and return the fresh row with its case."""
    return lock_row(PersoenlichesBudget.objects.select_related("case"), budget.pk)


def advance_budget(budget: PersoenlichesBudget, schritt: str, by: User | None) -> None:
    """Move a locked budget one step; without a user (worker) only the state is checked.

    Raises SchrittUnzulaessig when the step does not start in its state or is kept for another
    role.
    """
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
    sachleistung_daneben: Decimal | None = None,
    deckel_ausnahme: str = "",
    deckel_ausnahme_art: str = "",
    verfahrensart: str = Verfahrensart.VEREINFACHT,
    absprachen: str = "",
    vorgaenger: PersoenlichesBudget | None = None,
) -> PersoenlichesBudget:
    """Begin a budget on a released plan; `vergleichssumme` and what stays beside it are monthly.

    `antrag` is the one that its Bescheid will decide about, `vorgaenger` the running or ended
    budget whose place it takes.

    Raises SchrittUnzulaessig when a precondition is missing or another budget is open.
    """
    case = lock_running_case(case.pk)
    if vorgaenger is None:
        BEGINN.require(Beginnlage(by, tag, case, gesamtplan, open_budget(case)), "anlegen")
    else:
        vorgaenger = lock_budget(vorgaenger)
        BUDGETSCHRITTE.require(Budgetlage(by, tag, vorgaenger), "nachfolgen")
        refuse(guards.beginn_nach_vorgaenger(vorgaenger, beginn))
    _check_angaben(case, gesamtplan, antrag, beginn, ende, befristungsgrund)
    budget = PersoenlichesBudget.objects.create(
        case=case,
        gesamtplan=gesamtplan,
        antrag=antrag,
        vorgaenger=vorgaenger,
        beginn=beginn,
        ende=ende,
        befristungsgrund=befristungsgrund if ende else "",
        bindung_ab=bindung_ab or beginn,
        vergleichssumme=vergleichssumme,
        sachleistung_daneben=sachleistung_daneben,
        deckel_ausnahme=deckel_ausnahme,
        deckel_ausnahme_art=deckel_ausnahme_art,
        verfahrensart=verfahrensart,
        absprachen=absprachen.strip(),
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
    sachleistung_daneben: Decimal | None = None,
    deckel_ausnahme: str = "",
    deckel_ausnahme_art: str = "",
    verfahrensart: str = Verfahrensart.VEREINFACHT,
    absprachen: str = "",
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
    if budget.vorgaenger is not None:
        refuse(guards.beginn_nach_vorgaenger(budget.vorgaenger, beginn))
        _move_aenderung(budget, beginn, by, tag)
    if beginn != budget.beginn and budget.teilbudgets.filter(richtwert__isnull=False).exists():
        raise SchrittUnzulaessig(
            "Mit dem Beginn ändert sich der Richtwert. Entfernen Sie zuerst die Teilbudgets, die "
            "mit einem Richtwert verglichen sind.",
            "KVJS-Leitfaden 2010 Anlage 3",
        )
    if bindung_ab == budget.bindung_ab == budget.beginn:
        # It followed from the beginning, nobody has chosen it: it follows the new one.
        bindung_ab = beginn
    budget.antrag = antrag
    budget.beginn = beginn
    budget.ende = ende
    budget.befristungsgrund = befristungsgrund if ende else ""
    budget.bindung_ab = bindung_ab or beginn
    budget.vergleichssumme = vergleichssumme
    budget.sachleistung_daneben = sachleistung_daneben
    budget.deckel_ausnahme = deckel_ausnahme
    budget.deckel_ausnahme_art = deckel_ausnahme_art
    budget.verfahrensart = verfahrensart
    budget.absprachen = absprachen.strip()
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


def _move_aenderung(budget: PersoenlichesBudget, beginn: date, by: User, tag: date) -> None:
    """Let the end of the former grant follow the first day of the new one.

    Raises SchrittUnzulaessig when the person has been heard about another day.
    """
    if beginn == budget.beginn:
        return
    row = Folgebescheid.objects.filter(
        budget=budget.vorgaenger_id, art=Folgeart.AENDERUNG, state=Bescheidzustand.ENTWURF
    ).first()
    if row is None:
        return
    if row.anhoerung_schreiben_id is not None:
        raise SchrittUnzulaessig(
            f"Die Person ist zu einer Änderung ab {budget.beginn:%d.%m.%Y} angehört. Ändern Sie "
            "zuerst dort den ersten Tag („Weitere Bescheide“).",
            "§ 24 Abs. 1 SGB X",
        )
    row.wirkt_ab, row.bearbeitet_von, row.datum = beginn, by, tag
    row.save(update_fields=["wirkt_ab", "bearbeitet_von", "datum"])


@transaction.atomic
def end_budget(
    *, budget: PersoenlichesBudget, grund: str, by: User, tag: date
) -> PersoenlichesBudget:
    """End a budget whose time is over, or whose person has died; its open Fristen are lifted.

    Raises SchrittUnzulaessig when the budget does not run, its time is not over, or `by` does not
    lead.
    """
    budget = lock_budget(budget)
    BUDGETSCHRITTE.require(Budgetlage(by, tag, budget), "beenden")
    advance_budget(budget, "beenden", by)
    lift_laufzeit(budget, tag, ENDE)
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="budget",
        text=f"Persönliches Budget beendet{_by_death(budget, tag)}: {grund}",
        gegenstand=budget,
    )
    return budget


def _by_death(budget: PersoenlichesBudget, tag: date) -> str:
    """Name the last day where the death has ended it (§ 39 Abs. 2 SGB X, § 59 S. 1 SGB I)."""
    person = budget.case.leistungsberechtigte_person
    gestorben = person.verstorben_am
    if gestorben is None or gestorben > tag or (budget.ende and budget.ende < gestorben):
        return ""
    return f" mit dem Tod am {gestorben:%d.%m.%Y} (§ 39 Abs. 2 SGB X, § 59 S. 1 SGB I)"


def with_laufzeit(budget: PersoenlichesBudget) -> list[tuple[Model, str]]:
    """Return whose Fristen run as long as the budget does, each with its one rule or with none.

    Itself and its reviews; a review of the plan has let the agreed talks run on.
    """
    eigene = (budget, *budget.beitragspruefungen.all(), *budget.ueberpruefungen.all())
    plan = budget.case.ueberpruefungen.all()
    return [
        *((ding, "") for ding in eigene),
        *((ding, Regel.VERLAUFSGESPRAECH) for ding in plan),
    ]


def lift_laufzeit(budget: PersoenlichesBudget, tag: date, grund: str) -> None:
    """Lift what ran because the budget runs: its own Fristen and those of its reviews."""
    for ding, regel in with_laufzeit(budget):
        lift_frist(case=budget.case, gegenstand=ding, tag=tag, grund=grund, regel=regel)


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
