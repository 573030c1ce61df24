"""Documents: file, correct, mark as filed by mistake, check for malware, read back.

Nothing is deleted. The bytes are encrypted, bound to their row and checked against their hash
whenever they are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Sum, Value
from django.utils import timezone

from cases import access
from cases.crypto import decrypt_bytes, encrypt_bytes
from cases.dateien.annahme import Annahme
from cases.dateien.clamav import NichtErreichbar, scan
from cases.dateien.name import stem_of
from cases.fall.services.case import lock_case
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import (
    Case,
    Pruefstand,
    Unterlage,
    Unterlagenart,
    Unterlagendatei,
    Unterlagentext,
    User,
)
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig

# More stems than this do not fit into one row of the index.
_INDEX_BYTE = 500_000
# What is known about a document; the mark of its form covers these.
ANGABEN = ("art", "titel", "datum", "verfasser", "eingegangen_am", "gueltig_bis")


@dataclass(frozen=True)
class Unterlagenangaben:
    """What is known about a document; `vorlauf_tage` asks for a Wiedervorlage before it ends."""

    art: str
    titel: str
    datum: date
    eingegangen_am: date
    verfasser: str = ""
    gueltig_bis: date | None = None
    vorlauf_tage: int | None = None


def _require_write(by: User) -> None:
    if not access.may_write(by):
        raise SchrittUnzulaessig("Unterlagen legt ab und ändert, wer Fälle bearbeitet.")


@transaction.atomic
def file_unterlagen(
    *,
    case: Case,
    dateien: Sequence[Annahme],
    angaben: Unterlagenangaben,
    by: User,
    zeitpunkt: datetime,
) -> list[Unterlage]:
    """File checked files, each as a document of its own.

    Raises SchrittUnzulaessig when the same file is in this case already, or when the case would
    hold more than it may.
    """
    _require_write(by)
    case = lock_case(case.pk)
    _refuse_too_much(case, dateien)
    rows: list[Unterlage] = []
    for nummer, datei in enumerate(dateien, start=1):
        _refuse_known(case, datei)
        titel = angaben.titel.strip() or stem_of(datei.name)
        if len(dateien) > 1 and angaben.titel.strip():
            titel = f"{titel} ({nummer} von {len(dateien)})"
        rows.append(_file_one(case, datei, angaben, titel[:200], by, zeitpunkt))
    if rows and angaben.vorlauf_tage is not None:
        _set_reminder(rows[0], angaben.vorlauf_tage, by, zeitpunkt)
    return rows


def _refuse_too_much(case: Case, dateien: Sequence[Annahme]) -> None:
    """Hold the sum of all files of the case, locked ones included; the case is locked."""
    liegt = case.unterlagen.aggregate(summe=Sum("groesse"))["summe"] or 0
    neu = sum(len(datei.pruefung.inhalt) for datei in dateien)
    if liegt + neu > settings.FALL_MB * 1_000_000:
        raise SchrittUnzulaessig(
            f"Die Akte dieses Falls fasst {settings.FALL_MB} MB an Dateien; belegt sind "
            f"{liegt // 1_000_000} MB, dazu kämen {neu // 1_000_000} MB. Bitte verkleinern Sie die "
            "Datei oder wenden Sie sich an die Fachadministration."
        )


def _refuse_known(case: Case, datei: Annahme) -> None:
    known = case.unterlagen.filter(
        original_sha256=datei.original_sha256, irrtuemlich_am__isnull=True
    ).first()
    if known is not None:
        raise SchrittUnzulaessig(
            f"„{datei.name}“ liegt schon in dieser Akte: „{known.titel}“ vom "
            f"{known.datum:%d.%m.%Y}, abgelegt am {timezone.localtime(known.hochgeladen):%d.%m.%Y}."
        )


def _file_one(
    case: Case,
    datei: Annahme,
    angaben: Unterlagenangaben,
    titel: str,
    by: User,
    zeitpunkt: datetime,
) -> Unterlage:
    fund = datei.pruefung
    row = Unterlage.objects.create(
        case=case,
        art=angaben.art,
        titel=titel,
        datum=angaben.datum,
        verfasser=angaben.verfasser,
        gueltig_bis=angaben.gueltig_bis,
        eingegangen_am=angaben.eingegangen_am,
        hochgeladen_von=by,
        pruefstand=Pruefstand.SAUBER if datei.geprueft else Pruefstand.UNGEPRUEFT,
        geprueft_am=zeitpunkt if datei.geprueft else None,
        originalname=datei.name,
        dateiart=fund.art,
        groesse=len(fund.inhalt),
        seiten=fund.seiten,
        mit_text=bool(fund.text.strip()),
        sha256=datei.sha256,
        original_sha256=datei.original_sha256,
        bereinigt=fund.bereinigt,
        signiert=fund.signiert,
    )
    Unterlagendatei.objects.create(
        unterlage=row, inhalt=encrypt_bytes(fund.inhalt, _purpose(row.pk))
    )
    _index(row, _searchable(fund.text))
    _record(row, by, zeitpunkt, "abgelegt")
    return row


def _purpose(pk: int) -> str:
    return f"unterlage.datei.{pk}"


def _searchable(text: str) -> str:
    """Return the text without characters that the database or the excerpt cannot carry."""
    rein = "".join(z for z in text if z >= " " or z in "\n\t")
    return "".join(z for z in rein if not "\ue000" <= z <= "\uf8ff")


def _index(row: Unterlage, text: str) -> None:
    """Write what can be searched: title and author above the text."""
    kurz = text.encode()[:_INDEX_BYTE].decode(errors="ignore")
    woerter = SearchVector(
        Value(f"{row.titel} {row.verfasser}"), config="german", weight="A"
    ) + SearchVector(Value(kurz), config="german", weight="B")
    Unterlagentext.objects.update_or_create(
        unterlage=row, defaults={"text": text, "woerter": woerter}
    )


def _record(row: Unterlage, by: User | None, zeitpunkt: datetime, was: str) -> None:
    art = Unterlagenart(row.art).label
    record_ereignis(
        case=row.case,
        by=by,
        tag=timezone.localtime(zeitpunkt).date(),
        art="unterlage",
        text=f"Unterlage {was}: {art}",
        gegenstand=row,
    )


def _set_reminder(row: Unterlage, tage: int, by: User, zeitpunkt: datetime) -> None:
    heute = timezone.localtime(zeitpunkt).date()
    if row.gueltig_bis is None:
        raise SchrittUnzulaessig("Für die Wiedervorlage fehlt, bis wann die Unterlage gilt.")
    create_wiedervorlage(
        case=row.case,
        user=by,
        am=max(row.gueltig_bis - timedelta(days=tage), heute),
        anlass=f"{Unterlagenart(row.art).label} gilt bis {row.gueltig_bis:%d.%m.%Y}"[:200],
        by=by,
        tag=heute,
    )


def _lock(unterlage: Unterlage) -> Unterlage:
    return lock_row(Unterlage.objects.select_related("case"), unterlage.pk)


@transaction.atomic
def correct_unterlage(
    *,
    unterlage: Unterlage,
    angaben: Unterlagenangaben,
    by: User,
    zeitpunkt: datetime,
    gesehen: str = "",
) -> Unterlage:
    """Correct what is known about a document; the earlier words stay in the change history.

    `gesehen` is the mark of what is known as the form showed it.

    Raises SchrittUnzulaessig when `by` only reads or the document is marked as filed by
    mistake.
    """
    _require_write(by)
    row = _lock(unterlage)
    if row.irrtuemlich_am is not None:
        raise SchrittUnzulaessig("Die Unterlage ist als irrtümlich abgelegt vermerkt.")
    refuse_stale(row, gesehen=gesehen, jetzt=stand_of(row, ANGABEN))
    geaendert = [name for name in ANGABEN if getattr(row, name) != getattr(angaben, name)]
    for name in geaendert:
        setattr(row, name, getattr(angaben, name))
    if geaendert:
        row.save(update_fields=geaendert)
        text = Unterlagentext.objects.filter(unterlage=row).first()
        _index(row, text.text if text else "")
        felder = ", ".join(
            str(getattr(Unterlage._meta.get_field(n), "verbose_name", n)) for n in geaendert
        )
        _record(row, by, zeitpunkt, f"berichtigt ({felder})")
    if angaben.vorlauf_tage is not None:
        _set_reminder(row, angaben.vorlauf_tage, by, zeitpunkt)
    return row


@transaction.atomic
def mark_irrtuemlich(
    *, unterlage: Unterlage, grund: str, by: User, zeitpunkt: datetime
) -> Unterlage:
    """Mark a document as filed by mistake: locked and out of the search, but not lost.

    Raises SchrittUnzulaessig when `by` only reads or gives no reason.
    """
    _require_write(by)
    row = _lock(unterlage)
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, warum die Unterlage nicht hierher gehört.")
    if row.irrtuemlich_am is None:
        row.irrtuemlich_am, row.irrtuemlich_von, row.irrtuemlich_grund = (
            zeitpunkt,
            by,
            grund.strip(),
        )
        row.save(update_fields=["irrtuemlich_am", "irrtuemlich_von", "irrtuemlich_grund"])
        _record(row, by, zeitpunkt, "als irrtümlich abgelegt vermerkt")
    return row


@transaction.atomic
def take_back_irrtum(*, unterlage: Unterlage, by: User, zeitpunkt: datetime) -> Unterlage:
    """Open a document again; only a supervisor or whoever marked it may.

    Raises SchrittUnzulaessig when somebody else has marked it, or the same file was filed
    again.
    """
    _require_write(by)
    row = _lock(unterlage)
    if row.irrtuemlich_am is None:
        return row
    if by.pk != row.irrtuemlich_von_id and not by.has_rolle(Rolle.LEITUNG):
        raise SchrittUnzulaessig(
            "Den Vermerk nimmt zurück, wer ihn gesetzt hat, oder die Sachgebietsleitung."
        )
    doppelt = Unterlage.objects.filter(
        case=row.case, original_sha256=row.original_sha256, irrtuemlich_am__isnull=True
    ).exclude(original_sha256="")
    if doppelt.exists():
        raise SchrittUnzulaessig("Dieselbe Datei ist inzwischen erneut abgelegt worden.")
    row.irrtuemlich_am, row.irrtuemlich_von, row.irrtuemlich_grund = None, None, ""
    row.save(update_fields=["irrtuemlich_am", "irrtuemlich_von", "irrtuemlich_grund"])
    _record(row, by, zeitpunkt, "wieder geöffnet")
    return row


def content_of(unterlage: Unterlage) -> bytes:
    """Return the bytes of a document. Raises SchrittUnzulaessig when it is locked or altered."""
    if unterlage.pruefstand == Pruefstand.BEFALLEN:
        raise SchrittUnzulaessig("Die Unterlage ist gesperrt: In ihr wurde Schadsoftware gefunden.")
    if unterlage.irrtuemlich_am is not None:
        raise SchrittUnzulaessig("Die Unterlage ist als irrtümlich abgelegt vermerkt und gesperrt.")
    if settings.CLAMD and unterlage.pruefstand == Pruefstand.UNGEPRUEFT:
        raise SchrittUnzulaessig(
            "Die Unterlage ist noch nicht auf Schadsoftware geprüft, weil der Virenscanner beim "
            "Ablegen nicht geantwortet hat. Die Prüfung wird alle zehn Minuten nachgeholt; bis "
            "dahin bleibt die Datei geschlossen."
        )
    return _bytes_of(unterlage)


def _bytes_of(unterlage: Unterlage) -> bytes:
    datei = Unterlagendatei.objects.filter(unterlage=unterlage).first()
    if datei is None:
        raise SchrittUnzulaessig("Zu dieser Unterlage ist keine Datei abgelegt.")
    try:
        data = decrypt_bytes(bytes(datei.inhalt), _purpose(unterlage.pk))
    except ValueError:
        data = b""
    if hashlib.sha256(data).hexdigest() != unterlage.sha256:
        raise SchrittUnzulaessig(
            "Die abgelegte Datei lässt sich nicht unverändert lesen und wird nicht ausgegeben. "
            "Bitte verständigen Sie die Fachadministration."
        )
    return data


def text_of(unterlage: Unterlage) -> str:
    """Return the text layer of a document that is not locked, empty when there is none."""
    if unterlage.gesperrt:
        return ""
    row = Unterlagentext.objects.filter(unterlage=unterlage).first()
    return row.text if row else ""


def scan_pending(*, clamd: str, now: datetime, grenze: int = 50) -> int:
    """Check documents that no scanner has seen; returns how many were checked.

    Stops at the first sign that the scanner is not there: all others stay as they are.

    Raises nothing: a document that is locked or altered is passed over.
    """
    if not clamd:
        return 0
    offen = Unterlage.objects.filter(pruefstand=Pruefstand.UNGEPRUEFT).exclude(dateiart="keine")
    erledigt = 0
    for row in offen.order_by("geprueft_am", "pk")[:grenze]:
        try:
            fund = scan(_bytes_of(row), clamd).fund
        except NichtErreichbar:
            break
        except SchrittUnzulaessig:
            continue
        record_verdict(unterlage=row, fund=fund, zeitpunkt=now)
        erledigt += 1
    return erledigt


@transaction.atomic
def record_verdict(*, unterlage: Unterlage, fund: str, zeitpunkt: datetime) -> Unterlage:
    """Write what the scanner said; malware locks the document at once.

    Raises nothing of its own; an unknown document is an error of the program.
    """
    row = _lock(unterlage)
    row.pruefstand = Pruefstand.BEFALLEN if fund else Pruefstand.SAUBER
    row.befund, row.geprueft_am = fund[:200], zeitpunkt
    row.save(update_fields=["pruefstand", "befund", "geprueft_am"])
    if fund:
        _record(row, None, zeitpunkt, "wegen Schadsoftware gesperrt")
    return row
