"""Emergency access: opened with a reason, told at once, ended by the clock, reviewed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from cases import access
from cases.frist.services.frist import land
from cases.guards import freigaben_ruhen, refuse
from cases.models import Case, Meldungsanlass, Notfallzugriff, User, Zugriffsverweigerung
from cases.queries.zugangsgrenze import grenze
from cases.services.auftrag import tag_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.zugangsmeldung import datenschutz, tell
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.states.zugang import Pruefergebnis
from cases.zugang.guards.zugang import (
    ROUTE_NOTFALL,
    notfall_begruendet,
    notfall_durch_andere_geprueft,
    notfall_nicht_geraten,
    notfall_nicht_zu_oft,
)
from recht.feiertag import EIN_TAG, naechster_werktag

DAUER = timedelta(minutes=60)
ARBEITSTAGE = 5


@transaction.atomic
def open_notfallzugriff(
    *, aktenzeichen: str, grund: str, by: User, zeitpunkt: datetime
) -> Notfallzugriff:
    """Open a foreign case for reading for sixty minutes, and tell those who must know.

    Supervisors of the team, the responsible person and the Datenschutz are told.

    Raises SchrittUnzulaessig when the need is not put into words, when the case is
    visible anyway, or when it happens too often.
    """
    if not by.has_rolle(*access.TAGESROLLEN):
        raise SchrittUnzulaessig("Einen Notfallzugriff eröffnet, wer Fälle bearbeitet.")
    # One row per person is locked: two requests at once must not both pass the daily limit.
    User.objects.select_for_update().get(pk=by.pk)
    refuse(notfall_begruendet(grund))
    refuse(notfall_nicht_geraten(by, zeitpunkt))
    refuse(
        notfall_nicht_zu_oft(by, grenze("zugang.notfaelle_je_tag", tag_of(zeitpunkt)), zeitpunkt)
    )
    case = _case(aktenzeichen)
    if access.visible_to(by, tag_of(zeitpunkt)).filter(pk=case.pk).exists():
        raise SchrittUnzulaessig(
            "Diesen Fall sehen Sie auch ohne Notfallzugriff. Öffnen Sie ihn über die Suche."
        )
    if access.running_notfall(by, case.pk, zeitpunkt) is not None:
        raise SchrittUnzulaessig("Für diesen Fall läuft Ihr Notfallzugriff noch.")
    row = Notfallzugriff.objects.create(
        case=case,
        user=by,
        grund=grund.strip(),
        beginn=zeitpunkt,
        ende=zeitpunkt + DAUER,
        geschuetzt=case.geschuetzt,
        pruefen_bis=review_due(tag_of(zeitpunkt)),
    )
    record_ereignis(
        case=case,
        by=by,
        tag=tag_of(zeitpunkt),
        art="notfallzugriff",
        text="Notfallzugriff für 60 Minuten eröffnet",
        gegenstand=row,
    )
    _tell(row, zeitpunkt)
    return row


def _case(aktenzeichen: str) -> Case:
    case = Case.objects.filter(aktenzeichen__iexact=aktenzeichen.strip()).first()
    if case is None:
        raise SchrittUnzulaessig("Unter diesem Aktenzeichen gibt es keinen Fall.")
    return case


def note_unknown(*, aktenzeichen: str, by: User) -> None:
    """Log an attempt with an Aktenzeichen that does not exist; written before the form answers."""
    if not Case.objects.filter(aktenzeichen__iexact=aktenzeichen.strip()).exists():
        Zugriffsverweigerung.objects.create(user=by, route=ROUTE_NOTFALL)


def review_due(tag: date) -> date:
    """Return the last day for the review: the fifth working day after the access."""
    for _ in range(ARBEITSTAGE):
        tag = naechster_werktag(tag + EIN_TAG, land())
    return tag


def _tell(row: Notfallzugriff, zeitpunkt: datetime) -> None:
    """Tell supervisors of the team, the responsible person and the Datenschutz."""
    wer = Q(groups__name=Rolle.LEITUNG, geleitete_teams=row.case.team_id)
    wer |= Q(pk=row.case.caseworker_id)
    users = User.objects.filter(wer, is_active=True).exclude(pk=row.user_id).distinct()
    tell(
        users=[*users, *datenschutz().exclude(pk=row.user_id)],
        anlass=Meldungsanlass.NOTFALL,
        text="In Fallwerk wurde ein Notfallzugriff eröffnet. Die Leitung des Teams prüft ihn "
        f"bis zum {row.pruefen_bis:%d.%m.%Y}.",
        zeitpunkt=zeitpunkt,
        notfall=row,
    )


@transaction.atomic
def review_notfallzugriff(
    *, notfall: Notfallzugriff, ergebnis: str, bemerkung: str, by: User, zeitpunkt: datetime
) -> Notfallzugriff:
    """Record what the review found; once, and never by the reader.

    Raises SchrittUnzulaessig when it was reviewed already or `by` is the reader.
    """
    row = lock_row(Notfallzugriff.objects.select_related("case"), notfall.pk)
    if row.ergebnis:
        raise SchrittUnzulaessig("Dieser Notfallzugriff ist bereits geprüft.")
    refuse(freigaben_ruhen(by))
    refuse(notfall_durch_andere_geprueft(row, by))
    row.ergebnis = Pruefergebnis(ergebnis).value
    row.bemerkung = bemerkung
    row.geprueft_von, row.geprueft_am = by, zeitpunkt
    row.save(update_fields=["ergebnis", "bemerkung", "geprueft_von", "geprueft_am"])
    record_ereignis(
        case=row.case,
        by=by,
        tag=tag_of(zeitpunkt),
        art="notfallzugriff",
        text=f"Notfallzugriff geprüft: {Pruefergebnis(ergebnis).label}",
        gegenstand=row,
    )
    if row.ergebnis == Pruefergebnis.NICHT_BERECHTIGT:
        tell(
            users=datenschutz(),
            anlass=Meldungsanlass.NOTFALL,
            text="Die Prüfung eines Notfallzugriffs ergab: Der Zugriff war nicht berechtigt.",
            zeitpunkt=zeitpunkt,
            notfall=row,
        )
    return row
