"""One case after the other: the Antrag comes in, then its story is told, each in a transaction.

Whoever tells takes the next place under the lock of the one `Ladestand`. So the Aktenzeichen follow
the order of the places, however many processes tell, and nobody waits longer for the counter
than one Antrag takes. The story itself holds nothing but its own case.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected

from budget.folge.services.nachfolge import start_nachfolge
from budget.states import Budgetzustand
from budget.verfahren.services import end_budget
from budget.zielvereinbarung.services import end_with_sachleistung
from cases.fall.services.case import end_case, forward_antrag, lock_case
from cases.frist.services.fristenlauf import sweep
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import (
    Case,
    Endeart,
    LeistungsberechtigtePerson,
    Leistungstraeger,
    User,
    Zuweisung,
)
from cases.person.services.schutz import decide_schutz, set_schutz
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from cases.states.schutz import Schutzgrund
from cases.states.tafel import SchrittUnzulaessig
from recht.laenge import plus_monate
from vorfuehrung.antrag import fill_model_form
from vorfuehrung.geschichte import Geschichte, begin, go_on
from vorfuehrung.models import ErzaehlterFall, Ladestand
from vorfuehrung.person import fill_person
from vorfuehrung.reihe import Fallaufgabe, plaetze_der_musterfaelle, reihe

logger = logging.getLogger("fallwerk.vorfuehrung")

VERSUCHE = 3


def in_transaction(step: Callable[[], None]) -> None:
    """Run the step in one transaction, anew when PostgreSQL ended it for a deadlock.

    People at work and a second process lock rows in an order of their own.
    """
    for versuch in range(VERSUCHE):
        try:
            with transaction.atomic():
                return step()
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected) or versuch == VERSUCHE - 1:
                raise
    return None


def take_place(users: dict[str, User], ende: int) -> ErzaehlterFall | None:
    """Let the Antrag of the next place before `ende` come in; None when there is none left."""
    with transaction.atomic():
        stand = Ladestand.objects.select_for_update().get(pk=1)
        platz = stand.naechster
        if platz >= min(ende, stand.faelle):
            return None
        aufgabe = reihe()[platz]
        geschichte = begin(
            aufgabe.vorlage(stand.tag),
            fallmanager=users[aufgabe.fallmanager],
            person=_person_of_model_case() if aufgabe.muster else None,
        )
        stand.naechster = platz + 1
        stand.save(update_fields=["naechster"])
        return ErzaehlterFall.objects.create(platz=platz, case=geschichte.case)


def _person_of_model_case() -> LeistungsberechtigtePerson | None:
    """The model case is one person under two laws."""
    erster = ErzaehlterFall.objects.filter(platz__in=plaetze_der_musterfaelle()).first()
    return erster.case.leistungsberechtigte_person if erster else None


def tell_place(fall: ErzaehlterFall, users: dict[str, User], heute: date) -> bool:
    """Tell the story of a taken place; False when somebody was faster and it stays as it is."""

    def story() -> None:
        case = lock_case(fall.case_id)
        if case.state != Fallzustand.ANTRAG_EINGEGANGEN:
            raise SchrittUnzulaessig("Der Fall ist nicht mehr am Anfang.")
        _tell(case, reihe()[fall.platz], users, heute)
        ErzaehlterFall.objects.filter(pk=fall.pk).update(erzaehlt=True)

    try:
        in_transaction(story)
    except SchrittUnzulaessig as error:
        # The program is open while the cases are told: what a person did counts.
        logger.warning("Fall %s bleibt, wie er ist: %s", fall.case_id, error.text)
        ErzaehlterFall.objects.filter(pk=fall.pk).update(erzaehlt=True)
        return False
    return True


def _tell(case: Case, aufgabe: Fallaufgabe, users: dict[str, User], heute: date) -> None:
    vorlage = aufgabe.vorlage(heute)
    geschichte = go_on(
        Geschichte(case, case.antraege.earliest("pk")),
        vorlage,
        fallmanager=users[aufgabe.fallmanager],
        leitung=users["leitung"],
        bis=aufgabe.bis,
    )
    if aufgabe.nummer is not None:
        _afterwards(geschichte, aufgabe.nummer, users, heute)
        fill_person(case, vorlage.person.nachname, heute)
    elif vorlage.zeit.ende is not None:
        _end_old_case(geschichte, users["leitung"])
    else:
        fill_model_form(case, users[aufgabe.fallmanager])


def _end_old_case(geschichte: Geschichte, leitung: User) -> None:
    assert geschichte.budget is not None
    tag = date(2007, 12, 3)
    sweep(tag=tag)
    end_budget(
        budget=geschichte.budget, grund="Ende des Bewilligungszeitraums", by=leitung, tag=tag
    )
    end_case(
        case=geschichte.case,
        grund="Ende des Bewilligungszeitraums",
        art=Endeart.LEISTUNG_BEENDET,
        by=leitung,
        tag=tag,
    )


def _protect(case: Case, users: dict[str, User], heute: date) -> None:
    """A person in danger, protected by the caseworker and confirmed by the Leitung."""
    schutz = set_schutz(
        case=case,
        grund=Schutzgrund.GEFAHR,
        begruendung="Bedrohung durch einen früheren Partner, Schutzanordnung liegt vor",
        gueltig_ab=heute,
        gueltig_bis=None,
        by=case.caseworker,
        tag=heute,
    )
    decide_schutz(schutz=schutz, case=case, schritt="bestaetigen", by=users["leitung"], tag=heute)


def _prepare_change(geschichte: Geschichte, heute: date) -> None:
    """The running budget is to become more: the next one is prepared beside it."""
    budget = geschichte.budget
    assert budget is not None
    budget.refresh_from_db()
    if budget.state != Budgetzustand.LAEUFT:
        return
    start_nachfolge(
        vorgaenger=budget,
        beginn=plus_monate(heute.replace(day=1), 2),
        sachverhalt="Die Schwester kann am Wochenende nicht mehr helfen. Im Gespräch vom "
        f"{heute - timedelta(days=3):%d.%m.%Y} ist deshalb mehr Assistenz besprochen.",
        by=geschichte.case.caseworker,
        tag=heute,
    )


def prefer_sachleistung(geschichte: Geschichte, heute: date) -> None:
    """The person thinks better of it before anything is agreed."""
    assert geschichte.budget is not None
    end_with_sachleistung(
        budget=geschichte.budget,
        auf_wunsch=True,
        grund=f"Im Gespräch vom {heute - timedelta(days=1):%d.%m.%Y} möchte die Person die "
        "Assistenz lieber von einem Dienst, der mit uns abrechnet.",
        by=geschichte.case.caseworker,
        tag=heute,
    )


def _afterwards(geschichte: Geschichte, nummer: int, users: dict[str, User], heute: date) -> None:
    """Vary what the states alone do not show: forwarding, protection, deputies, reminders."""
    case, by = geschichte.case, geschichte.case.caseworker
    if nummer in {1, 2}:
        forward_antrag(
            antrag=geschichte.antrag,
            an=Leistungstraeger.objects.get(name="Deutsche Rentenversicherung Musterland"),
            grund="Medizinische Rehabilitation steht im Vordergrund.",
            by=by,
            tag=heute - timedelta(days=1),
        )
    if nummer in {4, 11}:
        end_case(
            case=case,
            grund="Antrag zurückgenommen",
            art=Endeart.ANTRAG_ZURUECKGENOMMEN,
            by=users["leitung"],
            tag=heute,
        )
    if nummer == 8:
        _protect(case, users, heute)
    if nummer in {20, 23}:
        Zuweisung.objects.create(
            case=case,
            user=users["fachdienst"],
            rolle=Rolle.FACHDIENST,
            von=heute - timedelta(days=5),
            bis=heute + timedelta(days=25),
            grund="Stellungnahme zum Hilfebedarf",
        )
    if nummer == 47:
        prefer_sachleistung(geschichte, heute)
    if geschichte.budget is not None and case.state == Fallzustand.LEISTUNG_LAEUFT:
        _prepare_change(geschichte, heute)
    if nummer % 6 == 0 and case.state != "beendet":
        create_wiedervorlage(
            case=case,
            user=by,
            am=heute + timedelta(days=nummer % 5),
            anlass="Rückruf: ärztlichen Bericht anfordern",
            by=by,
            tag=heute,
        )
