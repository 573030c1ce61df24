"""An Anfrage: advice on record (§ 106 SGB IX) that becomes an application or ends as such."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from cases.antrag.schritte import ANTRAGSSCHRITTE
from cases.antrag.services.antrag import record_antrag
from cases.behoerde.services.aktenzeichen import next_aktenzeichen
from cases.fall.schritte import Falllage
from cases.fall.services.case import lock_case, lock_running_case
from cases.models import Antrag, Beratung, Case, LeistungsberechtigtePerson, Team, User
from cases.models.case import Endeart
from cases.services.ereignis import record_ereignis
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.rechtsstand import norm_am

AUSKUNFT_ERTEILT = "Auskunft erteilt"


@transaction.atomic
def open_anfrage(
    *,
    leistungsberechtigte_person: LeistungsberechtigtePerson,
    team: Team,
    caseworker: User,
    am: date,
    inhalt: str,
    by: User,
    tag: date,
) -> Case:
    """Open a case for advice only: no application, so no Frist of the authority runs.

    Raises SchrittUnzulaessig when no Aktenzeichen can be made.
    """
    case = Case.objects.create(
        aktenzeichen=next_aktenzeichen(am.year, team),
        leistungsberechtigte_person=leistungsberechtigte_person,
        team=team,
        caseworker=caseworker,
        eroeffnet_am=am,
        state=Fallzustand.ANFRAGE,
    )
    _record(case, am, inhalt, by, tag)
    return case


@transaction.atomic
def record_beratung(*, case: Case, am: date, inhalt: str, by: User, tag: date) -> Beratung:
    """Note a counselling, before or after the application.

    Raises SchrittUnzulaessig when the case has ended or the day lies in the future.
    """
    case = lock_case(case.pk)
    if case.state == Fallzustand.BEENDET:
        raise SchrittUnzulaessig("Der Fall ist beendet.")
    return _record(case, am, inhalt, by, tag)


def _record(case: Case, am: date, inhalt: str, by: User, tag: date) -> Beratung:
    if am > tag:
        raise SchrittUnzulaessig(f"Die Beratung am {am:%d.%m.%Y} liegt in der Zukunft.")
    norm = norm_am(am, "§ 11 SGB XII", "§ 106 SGB IX", ue="§ 11 SGB XII")
    beratung = Beratung.objects.create(case=case, am=am, inhalt=inhalt, beraten_von=by)
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="beratung",
        text=f"Beratung am {am:%d.%m.%Y} ({norm})",
        gegenstand=beratung,
    )
    return beratung


@transaction.atomic
def submit_antrag(*, case: Case, by: User, tag: date, **angaben: Any) -> Antrag:
    """Turn an Anfrage into an application with its own day of receipt.

    In a case that already has one it is a further application, with Fristen of its own.
    `angaben` are those of `record_antrag`.

    Raises SchrittUnzulaessig when it would have come in before the Anfrage, the case has ended,
    or `record_antrag` refuses.
    """
    case = lock_case(case.pk)
    if case.state == Fallzustand.ANFRAGE:
        erste = case.beratungen.order_by("am").first()
        if erste is not None and angaben["eingang"] < erste.am:
            raise SchrittUnzulaessig(
                f"Die Anfrage besteht seit dem {erste.am:%d.%m.%Y}; der Antrag kann nicht davor "
                "eingegangen sein."
            )
        case.state = ANTRAGSSCHRITTE.require(Falllage(by, tag, case), "antrag_stellen")
        case.save(update_fields=["state"])
    else:
        case = lock_running_case(case.pk)
    return record_antrag(case=case, by=by, tag=tag, **angaben)


@transaction.atomic
def end_beratung(*, case: Case, ergebnis: str, by: User, tag: date) -> Case:
    """End an Anfrage without an application: „Auskunft erteilt“.

    Raises SchrittUnzulaessig while no counselling is on record (§ 106 Abs. 1 SGB IX).
    """
    case = lock_case(case.pk)
    ziel = ANTRAGSSCHRITTE.require(Falllage(by, tag, case), "beratung_abschliessen")
    case.state = ziel
    case.beendet_am = tag
    case.beendet_art = Endeart.ANFRAGE_BEANTWORTET
    case.beendet_grund = AUSKUNFT_ERTEILT
    case.save(update_fields=["state", "beendet_am", "beendet_art", "beendet_grund"])
    case.wiedervorlagen.filter(erledigt_am=None).update(erledigt_am=tag)
    record_ereignis(case=case, by=by, tag=tag, art="ende", text=f"{AUSKUNFT_ERTEILT}: {ergebnis}")
    return case
