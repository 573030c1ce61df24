"""Steps of our part in the budget of another carrier: asked, answered, refunded, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from budget.models import Teilnahme, Traegerforderung
from budget.states.teilnahme import TEILNAHME, Forderungszustand, Teilnahmezustand
from budget.teilnahme import guards
from budget.teilnahme.queries import (
    ANGABEN,
    hoechstens_for,
    teilbudget_of,
    werte_of_teilnahme,
)
from budget.teilnahme.schritte import (
    BEGINN,
    FORDERUNGSSCHRITTE,
    TEILNAHMESCHRITTE,
    Forderungslage,
    Teilnahmebeginn,
    Teilnahmelage,
)
from cases.fall.services.case import lock_case
from cases.frist.services.frist import keep_frist, lift_frist, start_frist
from cases.guards import refuse
from cases.models import Case, Leistungstraeger, Schreiben, User, Versand
from cases.models.stand import stand_of
from cases.registry.schreibenart import Schreibanlass
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkennung import Regel
from recht.geld import format_euro
from recht.nachzahlung import verwaltungskosten
from recht.rechtsstand import Rechtsstand, rechtsstand_am


@transaction.atomic
def record_anforderung(
    *,
    case: Case,
    traeger: Leistungstraeger,
    aktenzeichen: str,
    angefordert_am: date,
    eingegangen_am: date,
    frage: str,
    by: User,
    tag: date,
) -> Teilnahme:
    """Take in that the leistende Träger asks for our findings; our two weeks run (F07b).

    Raises SchrittUnzulaessig when the case has ended, a day does not fit, nothing is asked, or `by`
    only reads.
    """
    case = lock_case(case.pk)
    BEGINN.require(Teilnahmebeginn(by, tag, case), "teilnehmen")
    refuse(guards.tage_der_anforderung(angefordert_am, eingegangen_am, tag))
    if not frage.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, was der leistende Träger wissen will.")
    row = Teilnahme.objects.create(
        case=case,
        traeger=traeger,
        aktenzeichen_dort=" ".join(aktenzeichen.split()),
        angefordert_am=angefordert_am,
        eingegangen_am=eingegangen_am,
        frage=frage.strip(),
        bearbeitet_von=by,
    )
    start_frist(
        case=case,
        regel=Regel.STELLUNGNAHME_BETEILIGT,
        gegenstand=row,
        ausloeser=angefordert_am,
        by=by,
    )
    _note(row, by, tag, f"{traeger.name} ist leistender Träger und fordert unsere Stellungnahme an")
    return row


@transaction.atomic
def update_teilnahme(
    *, row: Teilnahme, angaben: Mapping[str, Any], by: User, tag: date, gesehen: str = ""
) -> Teilnahme:
    """Write our statement and our part; a letter that was frozen before is replaced by it.

    By hours the amount is computed and its steps are kept. Raises SchrittUnzulaessig when it has
    left the house, hours and rate do not go together, an amount says not what it follows from,
    somebody has changed it since, or `by` only reads.
    """
    row = _lock(row)
    TEILNAHMESCHRITTE.require(Teilnahmelage(by, tag, row), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_teilnahme(row)),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )
    for name in ANGABEN:
        if name in angaben:
            setattr(row, name, angaben[name])
    refuse(guards.betrag_hat_grund(row.stunden, row.satz, row.betrag, row.abweichung_grund))
    betrag = teilbudget_of(row.stunden, row.satz, row.betrag, row.leistung_von or tag)
    row.betrag = betrag.betrag if betrag else None
    row.rechenweg = [{"text": s.text, "norm": s.norm} for s in betrag.rechenweg] if betrag else []
    row.schreiben, row.bearbeitet_von = None, by
    row.save()
    _note(row, by, tag, "Stellungnahme bearbeitet")
    return row


def follow_stellungnahme(anlass: Schreibanlass, schreiben: Schreiben) -> None:
    """Keep the frozen letter with its request: the hook of its freezing."""
    row = _lock(anlass.gegenstand)
    row.schreiben = schreiben
    row.save(update_fields=["schreiben"])


@transaction.atomic
def record_abgabe(schreiben: Schreiben, versand: Versand, user: User | None, tag: date) -> None:
    """Follow the posting of our statement: it is given, and our Frist is met or missed.

    Raises nothing: a letter that was replaced changes nothing.
    """
    found = Teilnahme.objects.filter(schreiben=schreiben).first()
    if found is None or versand.aufgabe_am is None:
        return
    row = _lock(found)
    if row.state != Teilnahmezustand.ANGEFRAGT:
        return
    row.state = TEILNAHME.ziel(row.state, "abgeben")
    row.abgegeben_am = versand.aufgabe_am
    row.save(update_fields=["state", "abgegeben_am"])
    keep_frist(
        case=row.case,
        gegenstand=row,
        regel=Regel.STELLUNGNAHME_BETEILIGT,
        tag=versand.aufgabe_am,
        durch="Stellungnahme abgegeben",
    )
    _note(row, user, tag, f"Stellungnahme abgegeben am {versand.aufgabe_am:%d.%m.%Y}")


@transaction.atomic
def finish_teilnahme(*, row: Teilnahme, by: User, tag: date) -> Teilnahme:
    """Close our part: the statement is given and every claim settled.

    Raises SchrittUnzulaessig when a claim is open, no statement has left, or `by` only reads.
    """
    row = _lock(row)
    row.state = TEILNAHMESCHRITTE.require(Teilnahmelage(by, tag, row), "abschliessen")
    row.save(update_fields=["state"])
    _note(row, by, tag, "Teilnahme abgeschlossen")
    return row


@transaction.atomic
def discard_teilnahme(*, row: Teilnahme, by: User, tag: date) -> None:
    """Throw a request away that was taken in by mistake; its Frist is lifted.

    Raises SchrittUnzulaessig when the statement has left, a claim is there, or `by` only reads.
    """
    row = _lock(row)
    TEILNAHMESCHRITTE.require(Teilnahmelage(by, tag, row), "verwerfen")
    if row.forderungen.exists():
        raise SchrittUnzulaessig("Zu dieser Anforderung gibt es schon eine Forderung.")
    lift_frist(case=row.case, gegenstand=row, tag=tag, grund="Anforderung irrtümlich aufgenommen")
    _note(row, by, tag, "Anforderung verworfen")
    row.delete()


@transaction.atomic
def record_forderung(
    *,
    row: Teilnahme,
    eingegangen_am: date,
    von: date,
    bis: date,
    aufwand: Decimal,
    by: User,
    tag: date,
    iban: str = "",
    kassenzeichen: str = "",
) -> Traegerforderung:
    """Take in what the leistende Träger asks back for a time (§ 16 Abs. 2 SGB IX).

    Raises SchrittUnzulaessig when a day does not fit, nothing is asked, it is closed, or `by` only
    reads.
    """
    row = _lock(row)
    TEILNAHMESCHRITTE.require(Teilnahmelage(by, tag, row), "fordern")
    refuse(guards.forderung_nach_beginn(row, von, eingegangen_am, tag))
    if bis < von or aufwand <= 0:
        raise SchrittUnzulaessig("Bitte prüfen Sie Zeitraum und Betrag der Forderung.")
    forderung = Traegerforderung.objects.create(
        teilnahme=row,
        eingegangen_am=eingegangen_am,
        von=von,
        bis=bis,
        aufwand=aufwand,
        iban=iban,
        kassenzeichen=" ".join(kassenzeichen.split()),
        konto_von=by if iban else None,
        erfasst_von=by,
    )
    _note(row, by, tag, f"Forderung über {format_euro(aufwand)} eingegangen")
    return forderung


@transaction.atomic
def accept_forderung(
    *, forderung: Traegerforderung, anerkannt: Decimal, grund: str, by: User, tag: date
) -> Traegerforderung:
    """Acknowledge what is refunded, with the lump sum that the law adds since 2018.

    Raises SchrittUnzulaessig when it is more than our findings carry or than was asked, came after
    its time, is less without a reason, is decided already, or `by` has taken it in or does not
    lead.
    """
    row = _lock_forderung(forderung)
    row.state = FORDERUNGSSCHRITTE.require(Forderungslage(by, tag, row), "anerkennen")
    asked_on = row.teilnahme.angefordert_am
    refuse(guards.erstattung_nach_feststellungen(anerkannt, hoechstens_for(row), asked_on))
    if not Decimal(0) < anerkannt <= row.aufwand:
        raise SchrittUnzulaessig("Anerkannt wird höchstens, was gefordert ist.")
    if anerkannt < row.aufwand and not grund.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, warum Sie weniger anerkennen.")
    row.anerkannt = anerkannt
    if rechtsstand_am(asked_on) is not Rechtsstand.A:
        row.pauschale = verwaltungskosten(anerkannt, row.bis).betrag
    _decide(row, grund, by, tag)
    _note(row.teilnahme, by, tag, f"Erstattung über {format_euro(row.summe)} anerkannt")
    return row


@transaction.atomic
def reject_forderung(
    *, forderung: Traegerforderung, grund: str, by: User, tag: date
) -> Traegerforderung:
    """Refuse a claim with its reason.

    Raises SchrittUnzulaessig without a reason, when it is decided already, or `by` has taken it in
    or does not lead.
    """
    row = _lock_forderung(forderung)
    row.state = FORDERUNGSSCHRITTE.require(Forderungslage(by, tag, row), "ablehnen")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte schreiben Sie, warum Sie die Erstattung ablehnen.")
    _decide(row, grund, by, tag)
    _note(row.teilnahme, by, tag, f"Erstattung über {format_euro(row.aufwand)} abgelehnt")
    return row


@transaction.atomic
def record_konto(
    *, forderung: Traegerforderung, iban: str, kassenzeichen: str, by: User, tag: date
) -> Traegerforderung:
    """Note the account that the carrier has named for a claim.

    A claim that is acknowledged is open again: with the account it is decided anew, by somebody
    else. Raises SchrittUnzulaessig when it is paid or refused, no account is given, or `by` only
    reads.
    """
    row = _lock_forderung(forderung)
    lage = Forderungslage(by, tag, row)
    if row.state == Forderungszustand.ANERKANNT:
        row.state = FORDERUNGSSCHRITTE.require(lage, "konto_aendern")
        _reopen(row)
    else:
        FORDERUNGSSCHRITTE.require(lage, "konto_eintragen")
    if not iban:
        raise SchrittUnzulaessig("Bitte geben Sie die IBAN an.")
    row.iban, row.kassenzeichen = iban, " ".join(kassenzeichen.split())
    row.konto_von = by
    row.save(update_fields=["iban", "kassenzeichen", "konto_von"])
    _note(row.teilnahme, by, tag, f"Konto des Trägers eingetragen, endet auf {iban[-4:]}")
    return row


@transaction.atomic
def record_erstattungszahlung(
    *, forderung: Traegerforderung, by: User, tag: date
) -> Traegerforderung:
    """Order the refund to be paid to the account that the carrier has named; once.

    Raises SchrittUnzulaessig when it is not acknowledged or ordered already, no account is known,
    or `by` is not the Kasse.
    """
    row = _lock_forderung(forderung)
    row.state = FORDERUNGSSCHRITTE.require(Forderungslage(by, tag, row), "zahlen")
    row.gezahlt_am, row.gezahlt_von = tag, by
    row.save(update_fields=["state", "gezahlt_am", "gezahlt_von"])
    _note_zahlung(row, by, tag, "angewiesen")
    return row


@transaction.atomic
def withdraw_erstattungszahlung(
    *, forderung: Traegerforderung, grund: str, by: User, tag: date
) -> Traegerforderung:
    """Take the order of a refund back whose money has not left or has come back.

    Raises SchrittUnzulaessig when it is not ordered, no reason is given, or `by` is not the Kasse.
    """
    row = _lock_forderung(forderung)
    row.state = FORDERUNGSSCHRITTE.require(Forderungslage(by, tag, row), "zahlung_zuruecknehmen")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, warum die Anweisung zurückgenommen wird.")
    # A row that is ordered is fixed: first the state, then what belonged to it.
    row.save(update_fields=["state"])
    row.gezahlt_am = row.gezahlt_von = None
    row.save(update_fields=["gezahlt_am", "gezahlt_von"])
    _note_zahlung(row, by, tag, f"Anweisung zurückgenommen ({' '.join(grund.split())[:200]})")
    return row


def _note_zahlung(row: Traegerforderung, by: User, tag: date, was: str) -> None:
    case, an = row.teilnahme.case, row.teilnahme.traeger.name
    text = f"Erstattung an {an}, {format_euro(row.summe)}: {was}"
    record_ereignis(case=case, by=by, tag=tag, art="anweisung", text=text, gegenstand=row)


def _reopen(row: Traegerforderung) -> None:
    """Take the decision from a claim; what is decided is fixed, so its state goes first."""
    row.entschieden_am = row.entschieden_von = None
    row.save(update_fields=["state", "entschieden_am", "entschieden_von"])
    row.anerkannt, row.pauschale, row.grund = None, None, ""
    row.save(update_fields=["anerkannt", "pauschale", "grund"])


def _decide(row: Traegerforderung, grund: str, by: User, tag: date) -> None:
    row.grund, row.entschieden_am, row.entschieden_von = grund.strip(), tag, by
    row.save()


def _lock(row: Teilnahme) -> Teilnahme:
    rows = Teilnahme.objects.select_related("case", "traeger", "bearbeitet_von")
    return lock_row(rows, row.pk)


def _lock_forderung(row: Traegerforderung) -> Traegerforderung:
    return lock_row(
        Traegerforderung.objects.select_related("teilnahme__case", "teilnahme__traeger"), row.pk
    )


def _note(row: Teilnahme, by: User | None, tag: date, text: str) -> None:
    record_ereignis(case=row.case, by=by, tag=tag, art="budget", text=text, gegenstand=row)
