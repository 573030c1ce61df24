"""The person gets the plan (§ 121 Abs. 5 SGB IX)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.models import User
from cases.services.ereignis import record_ereignis
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Planuebergabe
from gesamtplan.plan.schritte import PLANSCHRITTE, Planlage
from gesamtplan.plan.services.gesamtplan import lock_gesamtplan


@transaction.atomic
def hand_gesamtplan(
    *,
    gesamtplan: Gesamtplan,
    an: str,
    am: date,
    weg: str,
    unterschrieben: bool,
    by: User,
    tag: date,
) -> Planuebergabe:
    """Note when and how a released version reached the person; it may happen more than once.

    Raises SchrittUnzulaessig when the version is not released, `by` only reads, nobody is named,
    or the day lies ahead or before the release.
    """
    plan = lock_gesamtplan(gesamtplan.pk)
    PLANSCHRITTE.require(Planlage(by, tag, plan, land=""), "uebergeben")
    if not an.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie, wer den Plan bekommen hat.")
    if am > tag:
        raise SchrittUnzulaessig("Der Tag der Übergabe liegt in der Zukunft.")
    if plan.freigegeben_am is not None and am < plan.freigegeben_am:
        raise SchrittUnzulaessig(
            f"Freigegeben ist der Plan seit dem {plan.freigegeben_am:%d.%m.%Y}; übergeben werden "
            "kann er erst danach."
        )
    row = Planuebergabe.objects.create(
        gesamtplan=plan, an=an.strip(), am=am, weg=weg, unterschrieben=unterschrieben, von=by
    )
    text = f"{plan} an {row.an} übergeben ({row.get_weg_display()})"
    record_ereignis(case=plan.case, by=by, tag=tag, art="gesamtplan", text=text, gegenstand=plan)
    return row
