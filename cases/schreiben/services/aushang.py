"""A letter is served by public notice, where nobody knows any more where its addressee lives."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.guards import refuse
from cases.models import Schreiben, User, Versand, Versandweg
from cases.schreiben.guards.versand import (
    oeffentliche_zustellung_begruendet,
    oeffentliche_zustellung_ordnet_die_leitung_an,
    schreiben_versandfaehig,
)
from cases.schreiben.services.bekanntgabe import note_versand
from cases.schreiben.services.versand import record_aufgabe, require_sendable
from cases.services.sperre import lock_row


@transaction.atomic
def record_aushang(
    *, schreiben: Schreiben, am: date, grund: str, by: User, tag: date, ausland: bool = False
) -> Versand:
    """Record that the notice of a letter was published on `am` (§ 10 VwZG).

    The letter counts as served two weeks later. Raises SchrittUnzulaessig when `by` is no
    Sachgebietsleitung, no reason is given, the letter is on its way, its Belehrung does not speak
    of the Zustellung, or `record_aufgabe` refuses the day.
    """
    schreiben = lock_row(Schreiben.objects.all(), schreiben.pk)
    refuse(oeffentliche_zustellung_ordnet_die_leitung_an(by))
    refuse(oeffentliche_zustellung_begruendet(grund))
    require_sendable(schreiben, Versandweg.OEFFENTLICH, by)
    refuse(schreiben_versandfaehig(schreiben, am, ausland, Versandweg.OEFFENTLICH))
    versand = Versand.objects.create(
        schreiben=schreiben,
        weg=Versandweg.OEFFENTLICH,
        an=schreiben.empfaenger,
        ausland=ausland,
        feststellung=grund,
    )
    note_versand(versand, by, tag, f"Öffentliche Zustellung angeordnet: {grund}")
    return record_aufgabe(versand=versand, aufgabe_am=am, by=by, tag=tag)
