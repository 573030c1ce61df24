"""The authority gives notice of the Zielvereinbarung (§ 29 Abs. 4 S. 4 SGB IX)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from budget.folge.schreiben.kuendigung import ART, row_of
from budget.folge.schritte import FOLGESCHRITTE, Folgelage
from budget.folge.services.bescheid import lock_folgebescheid, note_folge
from budget.models import Folgebescheid
from budget.states import Bescheidzustand
from cases.models import Schreiben, User
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import write_schreiben


@transaction.atomic
def issue_kuendigung(*, row: Folgebescheid, by: User, tag: date) -> Schreiben:
    """Freeze the notice with its grave reason; it counts from its receipt.

    Raises SchrittUnzulaessig when the authority does not give notice here, has done so already, the
    person is not heard yet (§ 24 Abs. 1 SGB X), the reason is missing, or `by` has written on it
    or is no Sachgebietsleitung.
    """
    row = lock_folgebescheid(row)
    FOLGESCHRITTE.require(Folgelage(by, tag, row), "kuendigen")
    anlass = Schreibanlass(case=row.case, tag=tag, by=by, gegenstand=row, zeichnet=by)
    schreiben = write_schreiben(art=ART, anlass=anlass)
    note_folge(row, by, tag, f"Kündigung geschrieben ({schreiben.nummer})")
    return schreiben


@transaction.atomic
def record_kuendigung(schreiben: Schreiben, am: date | None, user: User | None, tag: date) -> None:
    """Keep the day on which the notice was received with the decision that follows it.

    The hook of its Bekanntgabe; None: it is not known. Raises nothing: once the decision is
    submitted, its day stays as it is.
    """
    row = row_of(schreiben)
    if row is None or row.gekuendigt_am == am:
        return
    row = lock_folgebescheid(row)
    if row.state != Bescheidzustand.ENTWURF:
        return
    row.gekuendigt_am = am
    row.save(update_fields=["gekuendigt_am"])
    note_folge(
        row, user, tag, f"Kündigung zugegangen am {am:%d.%m.%Y}" if am else "Kündigung kam zurück"
    )
