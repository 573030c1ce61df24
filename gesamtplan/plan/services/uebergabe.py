"""The person gets the plan (§ 121 Abs. 5 SGB IX)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.frist.services.frist import keep_frist
from cases.models import User
from cases.services.ereignis import record_ereignis
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Planuebergabe
from gesamtplan.plan.schritte import PLANSCHRITTE, Planlage
from gesamtplan.plan.services.gesamtplan import lock_gesamtplan
from recht.fristkennung import Regel


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

    Until 2017 a signed one meets F38: the plan stands in place of the Leistungsabsprache.
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
    if unterschrieben:
        # Until 2017 the signed plan takes the place of the Leistungsabsprache (§ 12 SGB XII).
        keep_frist(
            case=plan.case,
            gegenstand=plan,
            regel=Regel.LEISTUNGSABSPRACHE,
            tag=am,
            durch=f"{plan} unterschrieben",
        )
    text = f"{plan} an {row.an} übergeben ({row.get_weg_display()})"
    record_ereignis(case=plan.case, by=by, tag=tag, art="gesamtplan", text=text, gegenstand=plan)
    return row
