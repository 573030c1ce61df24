"""Steps of the Bedarfsermittlung (§ 118 SGB IX)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from cases.fall.services.case import advance_case, lock_case, lock_running_case
from cases.frist.services.frist import keep_frist, start_frist
from cases.models import Case, User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.stand import refuse_stale
from cases.states.fall import FALL
from gesamtplan.bedarf.schritte import BEDARFSSCHRITTE, BEGINN, Bedarfslage, Beginnlage
from gesamtplan.models import Bedarf, Bedarfsermittlung, Lebensbereich
from gesamtplan.models.angaben import Befund
from gesamtplan.models.stand import werte_of_bedarfsermittlung
from gesamtplan.states import Ermittlungszustand
from recht.fristkennung import Regel


@transaction.atomic
def start_bedarfsermittlung(
    *, case: Case, datum: date, instrument: str, beteiligte: str, by: User, tag: date
) -> Bedarfsermittlung:
    """Begin a Bedarfsermittlung with its nine Lebensbereiche.

    Raises SchrittUnzulaessig while another one of the case is still open, or when the role may
    not write.
    """
    case = lock_running_case(case.pk)
    offen = case.bedarfsermittlungen.filter(state=Ermittlungszustand.ENTWURF).first()
    BEGINN.require(Beginnlage(by, tag, case, offen), "ermitteln")
    ermittlung = Bedarfsermittlung.objects.create(
        case=case,
        datum=datum,
        instrument=instrument,
        beteiligte=beteiligte,
        erstellt_von=by,
        bearbeitet_von=by,
    )
    Bedarf.objects.bulk_create(
        Bedarf(bedarfsermittlung=ermittlung, lebensbereich=code) for code in Lebensbereich.values
    )
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="bedarf",
        text=f"Bedarfsermittlung begonnen, Gespräch am {datum:%d.%m.%Y}",
        gegenstand=ermittlung,
    )
    return ermittlung


@transaction.atomic
def update_bedarf(
    *,
    bedarfsermittlung: Bedarfsermittlung,
    befunde: Mapping[str, Befund],
    by: User,
    tag: date,
    datum: date | None = None,
    instrument: str | None = None,
    beteiligte: str | None = None,
    ergebnis: str | None = None,
    gesehen: str | None = None,
) -> Bedarfsermittlung:
    """Write findings by code of the Lebensbereich ("d1" to "d9"); what is not named stays.

    `gesehen` is the mark of the values as the form showed it. Raises
    SchrittUnzulaessig when somebody else has changed it since, or when it is closed.
    """
    ermittlung = _lock(bedarfsermittlung.pk)
    BEDARFSSCHRITTE.require(Bedarfslage(by, tag, ermittlung.case, ermittlung), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_bedarfsermittlung(ermittlung)),
        zuletzt=ermittlung.bearbeitet_von.get_full_name(),
    )
    rows = {bedarf.lebensbereich: bedarf for bedarf in ermittlung.bedarfe.all()}
    for code, befund in befunde.items():
        row = rows[code]
        row.beeintraechtigung = befund.beeintraechtigung.strip()
        row.ressourcen = befund.ressourcen.strip()
        row.wunsch = befund.wunsch.strip()
        row.bedarf = befund.bedarf.strip()
    Bedarf.objects.bulk_update(
        rows.values(), ["beeintraechtigung", "ressourcen", "wunsch", "bedarf"]
    )
    ermittlung.datum = datum or ermittlung.datum
    ermittlung.instrument = ermittlung.instrument if instrument is None else instrument
    ermittlung.beteiligte = ermittlung.beteiligte if beteiligte is None else beteiligte
    ermittlung.ergebnis = ermittlung.ergebnis if ergebnis is None else ergebnis.strip()
    ermittlung.bearbeitet_von = by
    ermittlung.save()
    return _lock(ermittlung.pk)


@transaction.atomic
def complete_bedarfsermittlung(
    *, bedarfsermittlung: Bedarfsermittlung, by: User, tag: date
) -> Bedarfsermittlung:
    """Close a Bedarfsermittlung: it is fixed, the two years run from its day, the case moves on.

    A case that already gets its Leistung, or whose plan is being made, stays where it is. Raises
    SchrittUnzulaessig when no need and no summary is written, when the talk
    lies ahead, or while the Zuständigkeit is open.
    """
    case = lock_case(bedarfsermittlung.case_id)
    ermittlung = _lock(bedarfsermittlung.pk)
    zustand = BEDARFSSCHRITTE.require(Bedarfslage(by, tag, case, ermittlung), "abschliessen")
    ermittlung.state = zustand
    ermittlung.abgeschlossen_am = tag
    ermittlung.bearbeitet_von = by
    ermittlung.save()
    if case.state in FALL.uebergang("bedarf_feststellen").von:
        advance_case(case=case, schritt="bedarf_feststellen", by=by)
    for frueher in case.bedarfsermittlungen.filter(state=zustand).exclude(pk=ermittlung.pk):
        keep_frist(
            case=case,
            gegenstand=frueher,
            regel=Regel.BEDARF_WIEDERHOLEN,
            tag=tag,
            durch="Bedarf erneut ermittelt",
        )
    start_frist(
        case=case,
        regel=Regel.BEDARF_WIEDERHOLEN,
        gegenstand=ermittlung,
        ausloeser=ermittlung.datum,
        by=by,
    )
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="bedarf",
        text=f"{ermittlung} abgeschlossen ({ermittlung.instrument})",
        gegenstand=ermittlung,
    )
    return ermittlung


def _lock(bedarfsermittlung_id: int) -> Bedarfsermittlung:
    return (
        Bedarfsermittlung.objects.select_for_update(of=("self",))
        .select_related("bearbeitet_von", "case")
        .get(pk=bedarfsermittlung_id)
    )
