"""Instruments as data: taken from what is delivered, completed, released by a second person."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from cases.guards import refuse
from cases.models import User
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.instrument import guards
from gesamtplan.instrument.queries import werte_of_instrument
from gesamtplan.instrument.schritte import INSTRUMENTSCHRITTE, Instrumentlage
from gesamtplan.models import Instrumentfassung

# So many letters of the name make the key; a number finds room behind them.
_SCHLUESSEL = 50


@dataclass(frozen=True)
class Instrumentangaben:
    """What one version is; `aufbau` is in the notation of `recht.instrumente`."""

    bezeichnung: str
    fassung: str
    land: str
    gueltig_ab: date
    gueltig_bis: date | None
    vollstaendig: bool
    quelle: str
    aufbau: str


@transaction.atomic
def create_instrument(*, angaben: Instrumentangaben, by: User, tag: date) -> Instrumentfassung:
    """Write the first version of an instrument.

    Raises SchrittUnzulaessig for what cannot be read, and for a name that another one bears.
    """
    if not by.has_rolle(Rolle.FACHADMINISTRATION):
        raise SchrittUnzulaessig("Instrumente pflegt die Fachadministration.")
    return _create(_new_key(angaben.bezeichnung), angaben, by, tag)


@transaction.atomic
def continue_instrument(
    *, fassung: Instrumentfassung, angaben: Instrumentangaben, by: User, tag: date
) -> Instrumentfassung:
    """Write the next version; surveys that were begun finish in theirs.

    Raises SchrittUnzulaessig for what cannot be read or exists already.
    """
    row = _lock(fassung)
    INSTRUMENTSCHRITTE.require(Instrumentlage(by, tag, row), "fortschreiben")
    return _create(row.schluessel, angaben, by, tag)


@transaction.atomic
def update_instrument(
    *,
    fassung: Instrumentfassung,
    angaben: Instrumentangaben,
    by: User,
    tag: date,
    gesehen: str | None = None,
) -> Instrumentfassung:
    """Change a draft; whoever does so does not release it.

    `gesehen` is the mark of the values as the form showed it. Raises SchrittUnzulaessig when
    somebody else has changed it since, when it cannot be read, or for a name that another
    instrument bears.
    """
    row = _lock(fassung)
    INSTRUMENTSCHRITTE.require(Instrumentlage(by, tag, row), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_instrument(row)),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )
    refuse(guards.aufbau_lesbar(angaben.aufbau))
    refuse(guards.bezeichnung_einmal(angaben.bezeichnung, row.schluessel, tag))
    if angaben.fassung != row.fassung:
        refuse(guards.fassung_einmal(row.schluessel, angaben.fassung, tag))
    for name, wert in asdict(angaben).items():
        setattr(row, name, wert)
    row.bearbeitet_von = by
    row.save()
    return row


@transaction.atomic
def release_instrument(*, fassung: Instrumentfassung, by: User, tag: date) -> Instrumentfassung:
    """Let surveys begin with a version; nobody who has written on it may do this.

    Raises SchrittUnzulaessig for who has written on it, and for one that is called complete and
    leaves a Lebensbereich out.
    """
    row = _lock(fassung)
    row.state = INSTRUMENTSCHRITTE.require(Instrumentlage(by, tag, row), "freigeben")
    row.freigegeben_von, row.freigegeben_am = by, tag
    row.save(update_fields=["state", "freigegeben_von", "freigegeben_am"])
    return row


@transaction.atomic
def reject_instrument(
    *, fassung: Instrumentfassung, grund: str, by: User, tag: date
) -> Instrumentfassung:
    """Drop a draft; it stays on record with the reason.

    Raises SchrittUnzulaessig when it is no draft any more.
    """
    row = _lock(fassung)
    row.state = INSTRUMENTSCHRITTE.require(Instrumentlage(by, tag, row), "verwerfen")
    row.verworfen_grund = grund
    row.save(update_fields=["state", "verworfen_grund"])
    return row


@transaction.atomic
def end_instrument(
    *, fassung: Instrumentfassung, letzter_tag: date, grund: str, by: User, tag: date
) -> Instrumentfassung:
    """Write down on which day a version ends without a successor; it counts once confirmed.

    Surveys that were begun finish in it. Raises SchrittUnzulaessig for a day that has passed or
    lies before its first, without a reason, and when an end is written down already.
    """
    row = _lock(fassung)
    INSTRUMENTSCHRITTE.require(Instrumentlage(by, tag, row), "beenden")
    refuse(guards.ende_nicht_vorbei(letzter_tag, row, tag))
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie den Grund.")
    row.ende_am, row.ende_grund, row.ende_von = letzter_tag, grund.strip(), by
    row.save(update_fields=["ende_am", "ende_grund", "ende_von"])
    return row


@transaction.atomic
def confirm_instrumentende(*, fassung: Instrumentfassung, by: User, tag: date) -> Instrumentfassung:
    """Let an end count: from the next day on no survey begins with this instrument any more.

    Raises SchrittUnzulaessig when none waits, for who has written it down, and once its day has
    passed.
    """
    row = _lock(fassung)
    INSTRUMENTSCHRITTE.require(Instrumentlage(by, tag, row), "ende_bestaetigen")
    row.ende_bestaetigt_von = by
    row.save(update_fields=["ende_bestaetigt_von"])
    return row


@transaction.atomic
def withdraw_instrumentende(
    *, fassung: Instrumentfassung, by: User, tag: date
) -> Instrumentfassung:
    """Drop an end that nobody has confirmed; it stays in the change history.

    Raises SchrittUnzulaessig when none waits.
    """
    row = _lock(fassung)
    INSTRUMENTSCHRITTE.require(Instrumentlage(by, tag, row), "ende_zuruecknehmen")
    row.ende_am, row.ende_grund, row.ende_von = None, "", None
    row.save(update_fields=["ende_am", "ende_grund", "ende_von"])
    return row


def _new_key(bezeichnung: str) -> str:
    """Return a key that no other instrument has: names that differ in dots only do not meet."""
    anfang = slugify(bezeichnung)[:_SCHLUESSEL].strip("-_") or "instrument"
    vergeben = Instrumentfassung.objects.filter(schluessel__startswith=anfang)
    belegt = set(vergeben.values_list("schluessel", flat=True))
    return next(
        key
        for key in (anfang, *(f"{anfang}-{nummer}" for nummer in range(2, len(belegt) + 3)))
        if key not in belegt
    )


def _create(schluessel: str, angaben: Instrumentangaben, by: User, tag: date) -> Instrumentfassung:
    refuse(guards.aufbau_lesbar(angaben.aufbau))
    refuse(guards.bezeichnung_einmal(angaben.bezeichnung, schluessel, tag))
    refuse(guards.fassung_einmal(schluessel, angaben.fassung, tag))
    return Instrumentfassung.objects.create(
        schluessel=schluessel,
        erstellt_von=by,
        erstellt_am=tag,
        bearbeitet_von=by,
        **asdict(angaben),
    )


def _lock(fassung: Instrumentfassung) -> Instrumentfassung:
    rows = Instrumentfassung.objects.select_for_update().filter(schluessel=fassung.schluessel)
    return next(row for row in rows.order_by("pk") if row.pk == fassung.pk)
