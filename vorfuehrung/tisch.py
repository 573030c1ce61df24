"""What the desk of the demonstration shows: Fristen of others, an extended and an escalated one."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from cases.frist.services.fristverlaengerung import extend_frist
from cases.frist.services.handfrist import start_handfrist
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import Case, User
from cases.states.fall import Fallzustand
from cases.tisch.services.kalenderzugang import renew_kalenderzugang
from recht.fristkennung import Regel


def tell_tisch(faelle: QuerySet[Case], users: dict[str, User], heute: date) -> None:
    """Start Fristen by hand in a few cases, extend one, let one pass its end."""
    by = users["fallmanager"]
    gewaehlt = list(
        faelle.filter(caseworker=by)
        .exclude(state__in=[Fallzustand.BEENDET, Fallzustand.WEITERGELEITET, Fallzustand.ANFRAGE])
        .order_by("pk")[3:8]
    )
    if len(gewaehlt) < 5:
        return
    wartet, ruht, gesetzt, spaet, vorlage = gewaehlt
    _start(wartet, Regel.FESTSTELLUNGEN_TRAEGER, heute - timedelta(days=12), "", by, heute)
    _start(gesetzt, Regel.MITWIRKUNG, heute - timedelta(days=10), "2 Wochen", by, heute)
    _start(spaet, Regel.VORSCHUSS, heute - timedelta(days=80), "", by, heute)
    ruhend = start_handfrist(
        case=ruht,
        regel=Regel.ANHOERUNG,
        ausloeser=heute - timedelta(days=8),
        laenge="2 Wochen",
        by=by,
        tag=heute,
    )
    extend_frist(
        frist=ruhend,
        bis=heute + timedelta(days=20),
        grund="behoerde",
        mitgeteilt_am=heute - timedelta(days=1),
        begruendung="Die Person ist im Krankenhaus; die Betreuung bittet um Aufschub.",
        by=by,
        tag=heute,
    )
    create_wiedervorlage(
        case=vorlage,
        user=by,
        am=heute + timedelta(days=2),
        anlass="Stellungnahme der Pflegekasse ansehen",
        by=by,
        tag=heute,
    )
    renew_kalenderzugang(user=users["leitung"], tag=heute)


def _start(case: Case, regel: str, ausloeser: date, laenge: str, by: User, heute: date) -> None:
    start_handfrist(case=case, regel=regel, ausloeser=ausloeser, laenge=laenge, by=by, tag=heute)
