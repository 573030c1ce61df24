"""Steps of the Bedarfsermittlung (§ 118 SGB IX)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from cases.fall.services.case import advance_case, lock_case, lock_running_case
from cases.frist.services.frist import keep_frist, land, start_frist
from cases.guards import refuse
from cases.models import Case, User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.fall import FALL
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.bedarf.guards import (
    antworten_passen,
    beeintraechtigung_widerspricht_sich_nicht,
    fruehere_wiederholung_begruendet,
    mengen_sind_nachvollziehbar,
)
from gesamtplan.bedarf.queries import latest_abgeschlossene, open_ermittlung
from gesamtplan.bedarf.schritte import BEDARFSSCHRITTE, BEGINN, Bedarfslage, Beginnlage
from gesamtplan.models import (
    Aussage,
    Bedarf,
    Bedarfsermittlung,
    Bedarfsmenge,
    Instrumentantwort,
    Instrumentfassung,
    Lebensbereich,
)
from gesamtplan.models.angaben import Befund, Mengenangabe
from gesamtplan.models.bedarf import BEFUNDFELDER, UEBERNOMMEN, ZEITABSCHNITTE
from gesamtplan.models.stand import (
    werte_of_bedarfsermittlung,
    werte_of_bedarfsmengen,
    werte_of_bogen,
)
from recht.fristkennung import Regel


@transaction.atomic
def start_bedarfsermittlung(
    *,
    case: Case,
    datum: date,
    instrument: str,
    beteiligte: str,
    by: User,
    tag: date,
    grund: str = "",
    uebernehmen: bool = False,
    instrumentfassung: Instrumentfassung | None = None,
) -> Bedarfsermittlung:
    """Begin a Bedarfsermittlung with its nine Lebensbereiche.

    `uebernehmen` fills it with the findings of the last closed one, but not with what was said
    then and how much was needed. `instrumentfassung` is the version in which it is begun and will
    be closed; answers to the same questions are taken over, but for the person's own.

    Raises SchrittUnzulaessig while another one of the case is still open, when the role may not
    write, or when it comes before its time without a `grund`.
    """
    case = lock_running_case(case.pk)
    offen = open_ermittlung(case)
    BEGINN.require(Beginnlage(by, tag, case, offen), "ermitteln")
    letzte = latest_abgeschlossene(case)
    refuse(fruehere_wiederholung_begruendet(letzte, datum, grund, land()))
    ermittlung = Bedarfsermittlung.objects.create(
        case=case,
        datum=datum,
        instrument=str(instrumentfassung) if instrumentfassung else instrument,
        instrumentfassung=instrumentfassung,
        beteiligte=beteiligte,
        vorgaenger=letzte,
        grund=grund.strip(),
        erstellt_von=by,
        bearbeitet_von=by,
    )
    _take_over_answers(ermittlung, letzte)
    frueher = {b.lebensbereich: b for b in letzte.bedarfe.all()} if letzte and uebernehmen else {}
    Bedarf.objects.bulk_create(
        Bedarf(
            bedarfsermittlung=ermittlung,
            lebensbereich=code,
            **{name: getattr(frueher[code], name) for name in UEBERNOMMEN if code in frueher},
        )
        for code in Lebensbereich.values
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
    SchrittUnzulaessig when somebody else has changed it since, when it is closed, or when a
    Lebensbereich is said to be without Beeinträchtigung and has one.
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
        for name, _ in BEFUNDFELDER:
            setattr(row, name, getattr(befund, name).strip())
        row.ohne_beeintraechtigung = befund.ohne_beeintraechtigung
        refuse(beeintraechtigung_widerspricht_sich_nicht(row, ermittlung.datum))
    Bedarf.objects.bulk_update(
        rows.values(), [*(name for name, _ in BEFUNDFELDER), "ohne_beeintraechtigung"]
    )
    ermittlung.datum = datum or ermittlung.datum
    if instrument is not None and ermittlung.instrumentfassung_id is None:
        ermittlung.instrument = instrument
    ermittlung.beteiligte = ermittlung.beteiligte if beteiligte is None else beteiligte
    ermittlung.ergebnis = ermittlung.ergebnis if ergebnis is None else ergebnis.strip()
    ermittlung.bearbeitet_von = by
    ermittlung.save()
    return _lock(ermittlung.pk)


@transaction.atomic
def add_aussage(
    *,
    bedarfsermittlung: Bedarfsermittlung,
    lebensbereich: str,
    stimme: str,
    urheber: str,
    text: str,
    abweichend: bool,
    am: date,
    by: User,
    tag: date,
) -> Aussage:
    """Keep what somebody has said about a Lebensbereich, word for word and for good.

    Raises SchrittUnzulaessig when the Bedarfsermittlung is closed, `by` only reads, nobody is
    named, nothing is said, or the day lies ahead.
    """
    ermittlung = _lock(bedarfsermittlung.pk)
    BEDARFSSCHRITTE.require(Bedarfslage(by, tag, ermittlung.case, ermittlung), "bearbeiten")
    if not urheber.strip() or not text.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie, wer was gesagt hat.")
    if am > tag:
        raise SchrittUnzulaessig("Dieser Tag liegt in der Zukunft.")
    return Aussage.objects.create(
        bedarfsermittlung=ermittlung,
        lebensbereich=lebensbereich,
        stimme=stimme,
        urheber=urheber.strip(),
        text=text.strip(),
        abweichend=abweichend,
        am=am,
        erfasst_von=by,
    )


@transaction.atomic
def set_antworten(
    *,
    bedarfsermittlung: Bedarfsermittlung,
    bogen: int,
    antworten: Mapping[str, str],
    by: User,
    tag: date,
    gesehen: str | None = None,
) -> Bedarfsermittlung:
    """Write the answers of one sheet of the instrument, by key of the question.

    `gesehen` is the mark of the values as the form showed them. Raises SchrittUnzulaessig when
    somebody else has changed them since, it is closed, or a question or grade does not exist.
    """
    ermittlung = _lock(bedarfsermittlung.pk)
    BEDARFSSCHRITTE.require(Bedarfslage(by, tag, ermittlung.case, ermittlung), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_bogen(ermittlung, bogen)),
        zuletzt=ermittlung.bearbeitet_von.get_full_name(),
    )
    refuse(antworten_passen(ermittlung, bogen, antworten))
    ermittlung.antworten.filter(feld__in=antworten).delete()
    Instrumentantwort.objects.bulk_create(
        Instrumentantwort(bedarfsermittlung=ermittlung, feld=feld, wert=wert.strip())
        for feld, wert in antworten.items()
        if wert.strip()
    )
    Bedarfsermittlung.objects.filter(pk=ermittlung.pk).update(bearbeitet_von=by)
    return ermittlung


def _take_over_answers(ermittlung: Bedarfsermittlung, letzte: Bedarfsermittlung | None) -> None:
    """Begin with the last answers to the same questions; what the person says is asked anew."""
    neu, alt = ermittlung.instrumentfassung, letzte.instrumentfassung if letzte else None
    if neu is None or alt is None or letzte is None or neu.schluessel != alt.schluessel:
        return
    werte = {antwort.feld: antwort.wert for antwort in letzte.antworten.all()}
    frueher = {frage: werte.get(feld.schluessel, "") for frage, feld in alt.read().fragen.items()}
    Instrumentantwort.objects.bulk_create(
        Instrumentantwort(bedarfsermittlung=ermittlung, feld=feld.schluessel, wert=wert)
        for frage, feld in neu.read().fragen.items()
        if feld.rolle != "person" and (wert := frueher.get(frage, ""))
    )


@transaction.atomic
def set_bedarfsmengen(
    *,
    bedarfsermittlung: Bedarfsermittlung,
    lebensbereich: str,
    mengen: Sequence[Mengenangabe],
    by: User,
    tag: date,
    gesehen: str | None = None,
) -> list[Bedarfsmenge]:
    """Write how much is needed in one Lebensbereich, in up to three stretches of time.

    `gesehen` is the mark of the values as the form showed them. Raises SchrittUnzulaessig when
    somebody else has changed them since, it is closed, `by` only reads, an amount lacks its reason,
    or the stretches overlap.
    """
    ermittlung = _lock(bedarfsermittlung.pk)
    BEDARFSSCHRITTE.require(Bedarfslage(by, tag, ermittlung.case, ermittlung), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_bedarfsmengen(ermittlung, lebensbereich)),
        zuletzt=ermittlung.bearbeitet_von.get_full_name(),
    )
    refuse(mengen_sind_nachvollziehbar(mengen, ermittlung.datum))
    ermittlung.bedarfsmengen.filter(lebensbereich=lebensbereich).delete()
    rows = [
        Bedarfsmenge.objects.create(
            bedarfsermittlung=ermittlung,
            lebensbereich=lebensbereich,
            zeitabschnitt=nummer,
            von=menge.von,
            bis=menge.bis,
            menge=menge.menge,
            einheit=menge.einheit,
            begruendung=menge.begruendung.strip(),
        )
        for nummer, menge in zip(ZEITABSCHNITTE, mengen, strict=False)
    ]
    Bedarfsermittlung.objects.filter(pk=ermittlung.pk).update(bearbeitet_von=by)
    return rows


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
    rows = Bedarfsermittlung.objects.select_related("bearbeitet_von", "case", "instrumentfassung")
    return lock_row(rows, bedarfsermittlung_id)
