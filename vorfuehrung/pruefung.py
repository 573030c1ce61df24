"""The review of the goals, told through the services, and the version that follows from it."""

from __future__ import annotations

from datetime import date

from cases.models import Case, User
from gesamtplan.models import Gesamtplan, Ueberpruefung
from gesamtplan.models.angaben import Bewertung, Bewertungsstelle
from gesamtplan.plan.services.gesamtplan import continue_gesamtplan
from gesamtplan.states import Zielstatus
from gesamtplan.states.ueberpruefung import Stimme
from gesamtplan.ueberpruefung.services.ueberpruefung import (
    complete_ueberpruefung,
    start_ueberpruefung,
    update_ueberpruefung,
)


def review_goals(case: Case, by: User, tag: date) -> Ueberpruefung:
    """Talk about every goal; the person and the Fallmanagement see the first one differently."""
    row = start_ueberpruefung(case=case, anlass="erste", by=by, tag=tag)
    bewertungen = {}
    for ziel in row.gesamtplan.teilhabeziele.all():
        erstes = ziel.nummer == 1
        bewertungen[Bewertungsstelle(ziel.kennung, Stimme.PERSON.value)] = Bewertung(
            Zielstatus.ERREICHT if erstes else Zielstatus.TEILWEISE,
            "Das kann ich jetzt." if erstes else "Es geht, wenn jemand mitkommt.",
        )
        bewertungen[Bewertungsstelle(ziel.kennung, Stimme.FALLMANAGEMENT.value)] = Bewertung(
            Zielstatus.TEILWEISE, "Gelingt in etwa der Hälfte der Wochen ohne Erinnerung."
        )
    return update_ueberpruefung(
        ueberpruefung=row,
        bewertungen=bewertungen,
        gespraech_am=tag,
        ort="Hausbesuch",
        beteiligte=f"{row.beteiligte}\n{by.get_full_name()}, Fallmanagement",
        notiz="Die Wohnung passt. Abends wünscht sich die Person mehr Begleitung.",
        by=by,
        tag=tag,
    )


def continue_after(row: Ueberpruefung, by: User, tag: date) -> Gesamtplan:
    """Close the review with its outcome and begin the next version."""
    complete_ueberpruefung(
        ueberpruefung=row,
        ergebnis="fortschreiben",
        grund="Zwei Ziele brauchen andere Schritte; das erste wird neu gefasst.",
        by=by,
        tag=tag,
    )
    return continue_gesamtplan(
        gesamtplan=row.gesamtplan,
        anlass="Ergebnis der ersten Überprüfung",
        datum=tag,
        by=by,
        tag=tag,
    )
