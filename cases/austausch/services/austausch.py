"""Import of existing cases, batch by batch: check, decide, take over, take back.

The work goes in steps of some rows, each in its own transaction behind the lock of the batch: two
workers never do the same, and after a crash the next one goes on where the last one stood.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from cases.austausch.queries.austausch import summen_of
from cases.austausch.queries.woerter import kept_words, words_of_before
from cases.austausch.schritte import STAPELSCHRITTE, Stapellage
from cases.austausch.services.bestandsfall import take_over_cases
from cases.austausch.services.pruefung import ZEILEN_JE_SCHRITT, Pruefer, check_some
from cases.austausch.services.ruecknahme import take_cases_back
from cases.dateien.grenzen import Tabelle
from cases.models import Importprofil, Importstapel, Importzeile, Team, User
from cases.models.stand import stand_of
from cases.services.massenschreiben import write_rows
from cases.services.stand import refuse_stale
from cases.states.austausch import Importentscheidung, Importzeilenstand, Stapelzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.fehler import RechtFehler

_UEBERNOMMEN = (
    "state",
    "fehler",
    "person",
    "person_neu",
    "case",
    "letztes_ereignis",
    "zugaben",
)
# What the form of the offered days shows and stores.
VORLAGE = ("vorlage_ab", "vorlage_bis")
_ZURUECK = ("state", "bleibt_weil", "person", "case", "abrufe", "zugaben")


@transaction.atomic
def create_stapel(
    *,
    tabelle: Tabelle,
    dateiname: str,
    sha256: str,
    profil: Importprofil,
    team: Team,
    soll: dict[str, Any],
    by: User,
    now: datetime,
) -> Importstapel:
    """Keep the rows of a file for checking; nothing becomes a case yet.

    Raises SchrittUnzulaessig when `by` does not lead the team.
    """
    if not by.geleitete_teams.filter(pk=team.pk).exists():
        raise SchrittUnzulaessig("Sie leiten dieses Team nicht.")
    stapel = Importstapel.objects.create(
        profil=profil,
        team=team,
        dateiname=dateiname,
        sha256=sha256,
        gelesen_als=tabelle.gelesen_als,
        kopf=json.dumps(tabelle.kopf),
        woerter=json.dumps({"gilt": words_of_before(profil, team)}),
        soll=soll,
        angelegt_von=by,
        angelegt_am=now,
    )
    Importzeile.objects.bulk_create(
        [
            Importzeile(stapel=stapel, nummer=nummer, roh=json.dumps(zellen))
            for nummer, zellen in tabelle.zeilen
        ],
        batch_size=1000,
    )
    return stapel


@transaction.atomic
def advance_stapel(*, stapel_id: int, pruefer: Pruefer, tag: date) -> bool:
    """Do the next some rows of whatever the batch is at; tell whether there is more.

    Returns False as well when another worker is at it.

    Raises nothing for a bad row: the row keeps what was wrong with it.
    """
    stapel = (
        Importstapel.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("team", "profil", "angelegt_von", "uebernommen_von")
        .filter(pk=stapel_id)
        .first()
    )
    if stapel is None:
        return False
    if stapel.state == Stapelzustand.PRUEFUNG:
        return check_some(stapel, pruefer, tag)
    if stapel.state == Stapelzustand.UEBERNAHME:
        return _take_over_some(stapel, tag)
    if stapel.state == Stapelzustand.RUECKNAHME:
        return _take_back_some(stapel, tag)
    return False


@transaction.atomic
def start_uebernahme(*, stapel: Importstapel, by: User, now: datetime) -> Importstapel:
    """Begin to take over; a second start finds the batch already on its way and is refused.

    Raises SchrittUnzulaessig when it is on its way, a row is undecided or none is left to take
    over.
    """
    row, ziel = begin_step(stapel, by, "uebernehmen")
    row.state, row.uebernommen_von, row.uebernommen_am = ziel, by, now
    row.save(update_fields=["state", "uebernommen_von", "uebernommen_am"])
    return row


def _take_over_some(stapel: Importstapel, tag: date) -> bool:
    gueltig = stapel.zeilen.filter(state=Importzeilenstand.GUELTIG).order_by("nummer")
    zeilen = list(gueltig.select_related("person")[:ZEILEN_JE_SCHRITT])
    if not zeilen:
        stapel.state = Stapelzustand.UEBERNOMMEN
        stapel.summen["uebernommen"] = summen_of(stapel, (Importzeilenstand.UEBERNOMMEN.value,))
        stapel.save(update_fields=["state", "summen"])
        return False
    ausgelassen = [z for z in zeilen if z.entscheidung == Importentscheidung.AUSLASSEN]
    for zeile in ausgelassen:
        zeile.state = Importzeilenstand.AUSGELASSEN
    write_rows(ausgelassen, "state")
    _take_over(stapel, [z for z in zeilen if z not in ausgelassen], tag)
    return True


def _take_over(stapel: Importstapel, zeilen: list[Importzeile], tag: date) -> None:
    """Take rows over together; where one of them cannot be, halve them until it stands alone."""
    if not zeilen:
        return
    by = stapel.uebernommen_von or stapel.angelegt_von
    try:
        with transaction.atomic():
            take_over_cases(stapel=stapel, zeilen=zeilen, by=by, tag=tag)
            for zeile in zeilen:
                zeile.state = Importzeilenstand.UEBERNOMMEN
            write_rows(zeilen, *_UEBERNOMMEN)
        return
    except (SchrittUnzulaessig, RechtFehler) as error:
        text = str(error)
    except IntegrityError:
        text = "Die Zeile widerspricht Angaben, die inzwischen eingetragen wurden."
    for zeile in zeilen:
        _forget(zeile)
    if len(zeilen) == 1:
        zeilen[0].state = Importzeilenstand.FEHLER
        zeilen[0].fehler = json.dumps({"": [text]})
        write_rows(zeilen, *_UEBERNOMMEN)
        return
    mitte = len(zeilen) // 2
    _take_over(stapel, zeilen[:mitte], tag)
    _take_over(stapel, zeilen[mitte:], tag)


def _forget(zeile: Importzeile) -> None:
    """Put a row back to what it was before the try; a person of its own was not made."""
    zeile.case, zeile.letztes_ereignis, zeile.zugaben = None, None, ""
    if zeile.entscheidung != Importentscheidung.VORHANDEN:
        zeile.person = None
    zeile.person_neu = False


@transaction.atomic
def start_ruecknahme(*, stapel: Importstapel, by: User, now: datetime) -> Importstapel:
    """Begin to take back all cases in which nothing was done since.

    Raises SchrittUnzulaessig unless the batch has been taken over.
    """
    row, ziel = begin_step(stapel, by, "zuruecknehmen")
    row.zeilen.filter(state=Importzeilenstand.UEBERNOMMEN).exclude(bleibt_weil="").update(
        bleibt_weil=""
    )
    row.state, row.zurueck_von, row.zurueck_am = ziel, by, now
    row.save(update_fields=["state", "zurueck_von", "zurueck_am"])
    return row


def _take_back_some(stapel: Importstapel, tag: date) -> bool:
    uebernommen = stapel.zeilen.filter(state=Importzeilenstand.UEBERNOMMEN)
    zeilen = list(
        uebernommen.filter(bleibt_weil="")
        .select_related("case__leistungsberechtigte_person")
        .order_by("-nummer")[:ZEILEN_JE_SCHRITT]
    )
    if not zeilen:
        bleiben = uebernommen.exists()
        stapel.state = Stapelzustand.UEBERNOMMEN if bleiben else Stapelzustand.ZURUECKGENOMMEN
        stapel.save(update_fields=["state"])
        return False
    take_cases_back(zeilen, by=stapel.zurueck_von or stapel.angelegt_von, tag=tag)
    write_rows(zeilen, *_ZURUECK)
    return True


@transaction.atomic
def set_woerter(
    *, stapel: Importstapel, woerter: Mapping[str, Mapping[str, str]], by: User
) -> Importstapel:
    """Say what words of the file mean; the rows with faults are checked anew.

    The next file of this origin and team begins with them.

    Raises SchrittUnzulaessig when the batch is not to be decided (any more).
    """
    row, ziel = begin_step(stapel, by, "zuordnen")
    gilt = kept_words(row)
    for feld, worte in woerter.items():
        gilt[feld] = {**gilt.get(feld, {}), **worte}
    row.woerter, row.state = json.dumps({"gilt": gilt}), ziel
    row.save(update_fields=["woerter", "state"])
    row.zeilen.filter(state=Importzeilenstand.FEHLER).update(state=Importzeilenstand.OFFEN)
    return row


@transaction.atomic
def set_vorlage(
    *,
    stapel: Importstapel,
    ab: date | None,
    bis: date | None,
    by: User,
    tag: date,
    gesehen: str = "",
) -> Importstapel:
    """Say between which days running cases without a day of their own come before somebody.

    Without days they get none. Raises SchrittUnzulaessig for a day that has passed, a last day
    before the first, or when the batch is not to be decided (any more).
    `gesehen` is the mark of the days as the form showed them.
    """
    row, _ = begin_step(stapel, by, "vorlegen")
    refuse_stale(row, gesehen=gesehen, jetzt=stand_of(row, VORLAGE))
    if ab is not None and (ab < tag or (bis or ab) < ab):
        raise SchrittUnzulaessig("Der erste Tag liegt vor heute oder nach dem letzten Tag.")
    row.vorlage_ab, row.vorlage_bis = ab, (bis or ab) if ab else None
    row.save(update_fields=["vorlage_ab", "vorlage_bis"])
    return row


@transaction.atomic
def discard_stapel(*, stapel: Importstapel, by: User) -> Importstapel:
    """Drop a batch of which nothing was taken over; its cells are deleted.

    Raises SchrittUnzulaessig once something was taken over.
    """
    row, ziel = begin_step(stapel, by, "verwerfen")
    row.zeilen.all().delete()
    row.state, row.kopf, row.dateiname, row.woerter = ziel, "[]", "", ""
    row.save(update_fields=["state", "kopf", "dateiname", "woerter"])
    return row


def begin_step(stapel: Importstapel, by: User, schritt: str) -> tuple[Importstapel, str]:
    """Lock the row and return it with the state after the step.

    Raises SchrittUnzulaessig when its row of the table does not allow the step.
    """
    row = lock_stapel(stapel)
    return row, STAPELSCHRITTE.require(Stapellage(by, row), schritt)


def lock_stapel(stapel: Importstapel) -> Importstapel:
    """Lock a batch and return the fresh row."""
    return Importstapel.objects.select_for_update().get(pk=stapel.pk)


def save_zeilen(zeilen: list[Importzeile], *felder: str) -> None:
    """Write some fields of many rows at once."""
    if zeilen:
        Importzeile.objects.bulk_update(zeilen, felder, batch_size=500)
