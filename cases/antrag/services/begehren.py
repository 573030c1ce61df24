"""What is applied for: its words may be put right, not what was decided about them."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.models import Antrag, User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig

# What the form shows and stores.
BEGEHREN = ("begehren",)
_VORBEI = (Fallzustand.WEITERGELEITET, Fallzustand.BEENDET)


@transaction.atomic
def correct_begehren(
    *, antrag: Antrag, begehren: str, grund: str, by: User, tag: date, gesehen: str = ""
) -> Antrag:
    """Put the words of an application right (§ 16 Abs. 3 SGB I); the former ones stay on record.

    `gesehen` is the mark of them as the form showed it. Raises SchrittUnzulaessig when nothing is
    left of them, no reason is given, the case was forwarded or has ended, or somebody has changed
    them since.
    """
    row = lock_row(Antrag.objects.select_related("case"), antrag.pk)
    refuse_stale(row, gesehen=gesehen, jetzt=stand_of(row, BEGEHREN))
    if row.case.state in _VORBEI:
        raise SchrittUnzulaessig(
            f"Der Fall ist „{row.case.get_state_display()}“; sein Antrag bleibt, wie er ist."
        )
    if not begehren.strip() or not grund.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, was beantragt ist und warum Sie es ändern.")
    if begehren.strip() == row.begehren:
        return row
    row.begehren = begehren.strip()
    row.save(update_fields=["begehren"])
    record_ereignis(
        case=row.case,
        by=by,
        tag=tag,
        art="antrag",
        text=f"Wortlaut des Antrags vom {row.eingang:%d.%m.%Y} berichtigt: {grund.strip()}",
        gegenstand=row,
    )
    return row
