"""Holds the button of a step against its service: what the one says, the other does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection, models, transaction

from cases.models import Case
from cases.schritte import Lage, Schritttafel
from cases.schritte.seiten import step_tables
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig


def force(row: models.Model, state: str, **mehr: object) -> None:
    """Put a row into a state past triggers: whether it may get there is tested elsewhere."""
    felder: dict[str, object] = {"state": state, **mehr}
    if row._meta.label == "budget.PersoenlichesBudget" and state == "sachleistung":
        # Who leaves the budget for the Sachleistung says why and at whose wish.
        felder |= {"sachleistung_auf_wunsch": True, "sachleistung_grund": "Lieber die Leistung."}
    if isinstance(row, Case) and state == Fallzustand.BEENDET:
        felder |= {"beendet_am": row.eroeffnet_am, "beendet_art": "sonstiges"}
    elif isinstance(row, Case):
        felder |= {"beendet_am": None, "beendet_art": ""}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        type(row).objects.filter(pk=row.pk).update(**felder)
        cursor.execute("SET LOCAL session_replication_role = origin")


def said_by(take: Callable[[], object]) -> str:
    """Take a step and undo it; return the sentence of the refusal, empty when it was taken."""
    try:
        with transaction.atomic():
            take()
            transaction.set_rollback(True)
    except SchrittUnzulaessig as error:
        return error.text
    return ""


def agree(
    tafel: Schritttafel[Any], lage: Lage, schritt: str, take: Callable[[], object]
) -> str | None:
    """Compare button and service; return what the button says, None where it is not offered."""
    knopf = tafel.schritt(lage, schritt)
    gesagt = said_by(take)
    if knopf is None:
        assert gesagt, f"{schritt} wird nicht angeboten, geht aber"
        return None
    erwartet = knopf.hindernisse[0].text if knopf.hindernisse else ""
    # A guard that finds several obstacles names all of them, the first one first.
    was = f"{knopf.titel}: {gesagt!r} statt {erwartet!r}"
    assert bool(gesagt) == bool(erwartet), was
    assert gesagt.startswith(erwartet), was
    return erwartet


def release_tables() -> list[tuple[str, str, bool]]:
    """Return table, step and mark of all steps by which a second person confirms or releases."""
    return [
        (tafel.tafel.name, zeile.schritt, tafel.tafel.uebergang(zeile.schritt).zweite_person)
        for tafel in step_tables()
        for zeile in tafel.zeilen
        if zeile.schritt in {"freigeben", "bestaetigen"}
    ]
