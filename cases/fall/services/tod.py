"""The death of a person: one fact that every case, letter, Frist and payment of hers follows."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases import access
from cases.fall.guards.tod import todestag_moeglich
from cases.fall.services.case import lock_case
from cases.frist.services.frist import lift_gruppen, run_again
from cases.frist.services.wiedervorlage import create_wiedervorlage, end_wiedervorlage
from cases.guards import refuse
from cases.models import Case, LeistungsberechtigtePerson, Todesquelle, User
from cases.models.stand import stand_of
from cases.registry.beitrag import registry
from cases.services.ereignis import record_ereignis
from cases.services.stand import refuse_stale
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig

GRUND = "Person verstorben"
_FELDER = ("verstorben_am", "verstorben_quelle")
# What only makes sense for somebody who lives; open decisions go on with the heirs.
_GEGENSTANDSLOS = frozenset({"laufzeit", "statistik"})
_AUFGABE = (
    "Person verstorben: Erben klären, laufende Leistungen beenden, Überzahlung prüfen, Fall "
    "abschließen"
)


@transaction.atomic
def record_death(
    *, case: Case, am: date, quelle: str, by: User, tag: date, gesehen: str = ""
) -> None:
    """Record that the person has died; all her cases know it from now on.

    Each gets a line in its Chronik; in those that are open the Fristen of the running help end and
    whoever is responsible is reminded. Correcting day or source reminds nobody again.

    Raises SchrittUnzulaessig when `by` only reads, the day lies ahead or before the birth, or
    somebody has changed the fact since.
    """
    person = _lock(case, by, gesehen)
    refuse(todestag_moeglich(person, am, tag))
    neu = person.verstorben_am is None
    person.verstorben_am, person.verstorben_quelle = am, quelle
    person.save(update_fields=_FELDER)
    text = f"{GRUND} am {am:%d.%m.%Y} ({Todesquelle(quelle).label})"
    for row in _cases(person):
        record_ereignis(case=row, by=by, tag=tag, art="person", text=text)
        if neu and row.state not in (Fallzustand.BEENDET, Fallzustand.WEITERGELEITET):
            lift_gruppen(case=row, gruppen=_GEGENSTANDSLOS, tag=tag, grund=GRUND)
            create_wiedervorlage(
                case=row, user=row.caseworker, am=tag, anlass=_AUFGABE, by=by, tag=tag
            )


@transaction.atomic
def withdraw_death(*, case: Case, grund: str, by: User, tag: date, gesehen: str = "") -> None:
    """Take back a death that was recorded by mistake; what it has lifted runs again.

    The reminders that it has brought are done with it.

    Raises SchrittUnzulaessig when `by` only reads, none is recorded, or somebody has changed the
    fact since.
    """
    person = _lock(case, by, gesehen)
    if person.verstorben_am is None:
        raise SchrittUnzulaessig("Es ist kein Tod eingetragen.")
    person.verstorben_am, person.verstorben_quelle = None, ""
    person.save(update_fields=_FELDER)
    for row in _cases(person):
        run_again(case=row, grund=GRUND)
        # Nobody shall end the help of somebody who lives, because an old reminder says so.
        for vorlage in row.wiedervorlagen.filter(anlass=_AUFGABE, erledigt_am__isnull=True):
            end_wiedervorlage(wiedervorlage=vorlage, by=by, tag=tag)
        text = f"Eintrag „verstorben“ zurückgenommen: {grund}"
        record_ereignis(case=row, by=by, tag=tag, art="person", text=text)
        for follow in registry.nach_todesruecknahme:
            follow(row, tag)


def _lock(case: Case, by: User, gesehen: str) -> LeistungsberechtigtePerson:
    if not access.may_write(by):
        raise SchrittUnzulaessig("Den Tod einer Person trägt ein, wer Fälle bearbeitet.")
    rows = LeistungsberechtigtePerson.objects.select_for_update()
    person = rows.get(pk=case.leistungsberechtigte_person_id)
    refuse_stale(person, gesehen=gesehen, jetzt=stand_of(person, _FELDER))
    return person


def _cases(person: LeistungsberechtigtePerson) -> list[Case]:
    """Lock all cases of the person, in the order of their numbers."""
    return [lock_case(pk) for pk in person.faelle.order_by("pk").values_list("pk", flat=True)]
