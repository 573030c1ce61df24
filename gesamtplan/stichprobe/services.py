"""The random sample: draw with the release, note what the second look has found."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.behoerde.queries.eigener_wert import stichprobe_jeder
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan, Planstichprobe
from gesamtplan.states.stichprobe import Stichprobenergebnis
from gesamtplan.stichprobe.queries import is_drawn
from gesamtplan.stichprobe.schritte import STICHPROBENSCHRITTE, Stichprobenlage


def take_stichprobe(*, plan: Gesamtplan, by: User, tag: date) -> Planstichprobe | None:
    """Draw a version that was just released; None when it is not taken.

    Without an own value of the authority nothing is drawn.
    """
    jeder = stichprobe_jeder(tag)
    if jeder is None or not is_drawn(plan, jeder):
        return None
    return Planstichprobe.objects.create(
        gesamtplan=plan, jeder=jeder, gezogen_am=tag, freigegeben_von=by
    )


@transaction.atomic
def record_stichprobe(
    *, stichprobe: Planstichprobe, ergebnis: str, bemerkung: str, by: User, tag: date
) -> Planstichprobe:
    """Note what the second look has found; a fault goes to the desk of the Fallmanagement.

    The released version stays as it is: it is continued, not changed. Raises SchrittUnzulaessig
    once it was looked at, for whoever took part in the plan, and for a fault that is not explained.
    """
    rows = Planstichprobe.objects.select_related("gesamtplan__case__caseworker")
    row = lock_row(rows, stichprobe.pk)
    row.state = STICHPROBENSCHRITTE.require(Stichprobenlage(by, tag, row), "pruefen")
    if ergebnis not in Stichprobenergebnis.values:
        raise SchrittUnzulaessig("Bitte wählen Sie das Ergebnis.")
    if ergebnis == Stichprobenergebnis.MANGEL and not bemerkung.strip():
        raise SchrittUnzulaessig("Bitte sagen Sie, was zu berichtigen ist.")
    row.ergebnis, row.bemerkung = ergebnis, bemerkung.strip()
    row.geprueft_von, row.geprueft_am = by, tag
    row.save()
    plan, wort = row.gesamtplan, str(row.get_ergebnis_display())
    if ergebnis == Stichprobenergebnis.MANGEL:
        create_wiedervorlage(
            case=plan.case,
            user=plan.case.caseworker,
            am=tag,
            anlass=f"Stichprobe zu {plan}: mit Mangel; bitte lesen und den Plan fortschreiben",
            by=by,
            tag=tag,
        )
    record_ereignis(
        case=plan.case,
        by=by,
        tag=tag,
        art="gesamtplan",
        text=f"Stichprobe zu {plan}: {wort}",
        gegenstand=plan,
    )
    return row
