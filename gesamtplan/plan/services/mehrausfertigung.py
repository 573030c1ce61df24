"""A part of the released plan is put together for somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from cases.guards import refuse
from cases.models import Einwilligung, Einwilligungsteil, User
from cases.schreiben.guards.einwilligung import einwilligung_liegt_vor
from cases.services.ereignis import record_ereignis
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Mehrausfertigung
from gesamtplan.plan.queries.ausschnitt import abschnitte_of_daten
from gesamtplan.plan.schritte import PLANSCHRITTE, Planlage
from gesamtplan.plan.services.gesamtplan import lock_gesamtplan

_NORM = "§ 67b Abs. 1 S. 1 SGB X"


@transaction.atomic
def create_mehrausfertigung(
    *,
    gesamtplan: Gesamtplan,
    einwilligung: Einwilligung,
    abschnitte: Sequence[str],
    zweck: str,
    by: User,
    tag: date,
) -> Mehrausfertigung:
    """Choose what of a released version goes to the recipient of a consent.

    Raises SchrittUnzulaessig when the version is not released, `by` only reads, the consent is of
    another case or does not hold, nothing is chosen, a section does not exist, or no purpose is
    named.
    """
    plan = lock_gesamtplan(gesamtplan.pk)
    PLANSCHRITTE.require(Planlage(by, tag, plan, land=""), "weitergeben")
    if einwilligung.case_id != plan.case_id or plan.schreiben is None:
        raise SchrittUnzulaessig("Diese Einwilligung gehört zu einem anderen Fall.", _NORM)
    refuse(
        einwilligung_liegt_vor(
            plan.case,
            [einwilligung.empfaenger_schluessel],
            einwilligung.empfaenger_name,
            Einwilligungsteil.GESAMTPLAN,
            tag,
        )
    )
    bekannt = [key for key, _ in abschnitte_of_daten(plan.schreiben.daten)]
    if not abschnitte or not set(abschnitte) <= set(bekannt):
        raise SchrittUnzulaessig("Bitte wählen Sie Abschnitte dieses Plans.", _NORM)
    if not zweck.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie den Zweck der Übermittlung.", _NORM)
    row = Mehrausfertigung.objects.create(
        gesamtplan=plan,
        einwilligung=einwilligung,
        abschnitte=[key for key in bekannt if key in abschnitte],
        zweck=zweck.strip(),
        am=tag,
        von=by,
    )
    text = f"Auszug aus {plan} für {einwilligung.empfaenger_name} zusammengestellt"
    record_ereignis(case=plan.case, by=by, tag=tag, art="gesamtplan", text=text, gegenstand=plan)
    return row
