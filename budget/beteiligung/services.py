"""Steps about the other carriers of a budget; what they answer the Zuständigkeit keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from budget.beteiligung.queries import Brettzeile, board_of
from budget.beteiligung.schritte import TRAEGERSCHRITTE, Traegerlage
from budget.models import PersoenlichesBudget
from budget.verfahren.services import lock_budget
from cases.antrag.services import stellungnahme as antworten
from cases.antrag.services.stellungnahme import Stellungnahme
from cases.antrag.services.traegerbeteiligung import involve_traeger
from cases.einwilligung.queries import schluessel_von
from cases.guards import refuse
from cases.models import Leistungstraeger, Traegerbeteiligung, User
from cases.models.einwilligung import Einwilligungsteil
from cases.models.stand import stand_of
from cases.schreiben.guards.einwilligung import einwilligung_liegt_vor
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig


def _row(budget: PersoenlichesBudget, traeger: int, tag: date) -> Brettzeile:
    for zeile in board_of(budget, tag):
        if zeile.traeger.pk == traeger:
            return zeile
    raise SchrittUnzulaessig("Dieser Träger ist an diesem Budget nicht beteiligt.")


def _lock(
    budget: PersoenlichesBudget, traeger: int, by: User, tag: date
) -> tuple[PersoenlichesBudget, Traegerlage]:
    """Lock the budget; return it with the situation of one carrier."""
    budget = lock_budget(budget)
    return budget, Traegerlage(by, tag, budget, _row(budget, traeger, tag))


@transaction.atomic
def involve_budgettraeger(
    *,
    budget: PersoenlichesBudget,
    traeger: Leistungstraeger,
    gruppen: Sequence[str],
    frage: str,
    zustimmung_am: date | None,
    by: User,
    tag: date,
) -> Traegerbeteiligung:
    """Let a carrier of the plan take part in the budget; its letter is the next step.

    Raises SchrittUnzulaessig when it takes part already, is none of this budget, the case is
    decided elsewhere, or the person has not consented where she must.
    """
    budget, lage = _lock(budget, traeger.pk, by, tag)
    TRAEGERSCHRITTE.require(lage, "beteiligen")
    return involve_traeger(
        antrag=budget.antrag,
        traeger=traeger,
        gruppen=gruppen,
        frage=frage,
        zustimmung_am=zustimmung_am,
        by=by,
        tag=tag,
    )


@transaction.atomic
def save_stellungnahme(
    *,
    budget: PersoenlichesBudget,
    beteiligung: Traegerbeteiligung,
    angaben: Stellungnahme,
    by: User,
    tag: date,
    gesehen: str = "",
) -> Traegerbeteiligung:
    """Take in what a carrier says about need, amount, agreement and advice.

    Raises SchrittUnzulaessig when `by` only reads, somebody else has changed it since, or the days
    do not fit.
    """
    budget, lage = _lock(budget, beteiligung.traeger_id, by, tag)
    TRAEGERSCHRITTE.require(lage, "stellungnahme")
    jetzt = stand_of(lage.zeile.beteiligung, antworten.GEZEIGT)
    refuse_stale(beteiligung, gesehen=gesehen, jetzt=jetzt)
    return antworten.record_stellungnahme(
        beteiligung=beteiligung,
        angaben=angaben,
        bedarf_seit=budget.gesamtplan.datum,
        by=by,
        tag=tag,
    )


@transaction.atomic
def determine_bedarf(
    *,
    budget: PersoenlichesBudget,
    beteiligung: Traegerbeteiligung,
    text: str,
    by: User,
    tag: date,
) -> Traegerbeteiligung:
    """Find the need in place of a Rehabilitationsträger that is late (§ 15 Abs. 2 S. 3 SGB IX).

    Raises SchrittUnzulaessig when it is not late, is no Rehabilitationsträger, or nothing is found.
    """
    budget, lage = _lock(budget, beteiligung.traeger_id, by, tag)
    TRAEGERSCHRITTE.require(lage, "selbst")
    return antworten.record_eigene_feststellung(beteiligung=beteiligung, text=text, by=by, tag=tag)


@transaction.atomic
def record_unterlagen(
    *,
    budget: PersoenlichesBudget,
    beteiligung: Traegerbeteiligung,
    am: date,
    umfang: str,
    by: User,
    tag: date,
    gesehen: str = "",
) -> Traegerbeteiligung:
    """Note which part of the Antragsunterlagen went to a carrier, by consent of the person.

    Raises SchrittUnzulaessig without a consent for the part „Antrag“ on that day, when the day lies
    ahead, it is not said what was sent, or somebody else has changed it since.
    """
    budget, lage = _lock(budget, beteiligung.traeger_id, by, tag)
    TRAEGERSCHRITTE.require(lage, "unterlagen")
    jetzt = stand_of(lage.zeile.beteiligung, antworten.UNTERLAGEN)
    refuse_stale(beteiligung, gesehen=gesehen, jetzt=jetzt)
    refuse(
        einwilligung_liegt_vor(
            budget.case,
            schluessel_von(beteiligung.traeger),
            beteiligung.traeger.name,
            Einwilligungsteil.ANTRAG,
            am,
        )
    )
    return antworten.record_unterlagen(
        beteiligung=beteiligung, am=am, umfang=umfang, by=by, tag=tag
    )
