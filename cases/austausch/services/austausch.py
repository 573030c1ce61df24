"""Import of existing cases, batch by batch: check, decide, take over, take back.

The work goes in steps of some rows, each in its own transaction behind the lock of the batch: two
workers never do the same, and after a crash the next one goes on where the last one stood.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from cases.austausch.queries import cells_of, summen_of, taken_aktenzeichen, werte_of
from cases.austausch.schritte import STAPELSCHRITTE, Stapellage
from cases.austausch.services.bestandsfall import reasons_to_stay, remove_case, take_over_case
from cases.dateien.tabelle import Tabelle
from cases.models import (
    Importprofil,
    Importstapel,
    Importzeile,
    LeistungsberechtigtePerson,
    Team,
    User,
)
from cases.person.queries.aehnlich import FREMDE_AKTE, Aehnlich, aehnliche_personen
from cases.states.austausch import Importentscheidung, Importzeilenstand, Stapelzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.fehler import RechtFehler

Pruefer = Callable[[dict[str, str]], tuple[dict[str, Any], dict[str, list[str]]]]
ZEILEN_JE_SCHRITT = 50
# From here on a hit is the same person as far as a machine can tell, and worth a question.
_GLEICH, _FRAGLICH = 100, 80


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
        return _check_some(stapel, pruefer, tag)
    if stapel.state == Stapelzustand.UEBERNAHME:
        return _take_over_some(stapel, tag)
    if stapel.state == Stapelzustand.RUECKNAHME:
        return _take_back_some(stapel)
    return False


def _check_some(stapel: Importstapel, pruefer: Pruefer, tag: date) -> bool:
    offen = stapel.zeilen.filter(state=Importzeilenstand.OFFEN).order_by("nummer")
    zeilen = list(offen[:ZEILEN_JE_SCHRITT])
    if not zeilen:
        _compare_rows(stapel)
        stapel.state = Stapelzustand.GEPRUEFT
        gelesen = (Importzeilenstand.GUELTIG.value,)
        stapel.summen = {"geprueft": summen_of(stapel, gelesen)}
        stapel.save(update_fields=["state", "summen"])
        return False
    kopf = {name.casefold(): stelle for stelle, name in enumerate(json.loads(stapel.kopf))}
    spalten = {
        feld: kopf[name.casefold()]
        for feld, name in stapel.profil.zuordnung.items()
        if name.casefold() in kopf
    }
    for zeile in zeilen:
        zellen = cells_of(zeile)
        werte, fehler = pruefer({feld: zellen[stelle] for feld, stelle in spalten.items()})
        zeile.werte = json.dumps(werte) if werte else ""
        zeile.fehler = json.dumps(fehler) if fehler else ""
        zeile.state = Importzeilenstand.FEHLER if fehler else Importzeilenstand.GUELTIG
    gueltig = [zeile for zeile in zeilen if zeile.state == Importzeilenstand.GUELTIG]
    _refuse_taken(gueltig)
    for zeile in gueltig:
        if zeile.state == Importzeilenstand.GUELTIG:
            _propose(zeile, stapel.angelegt_von, tag)
    save_zeilen(zeilen, "state", "werte", "fehler", "entscheidung", "vorschlag", "aehnlich")
    return True


def _refuse_taken(zeilen: list[Importzeile]) -> None:
    """Mark rows whose Aktenzeichen a case carries already; one query."""
    vergeben = taken_aktenzeichen({werte_of(z)["aktenzeichen"] for z in zeilen})
    for zeile in zeilen:
        if werte_of(zeile)["aktenzeichen"] in vergeben:
            _refuse(zeile, "Dieses Aktenzeichen ist in Fallwerk schon vergeben.")


def _refuse(zeile: Importzeile, text: str) -> None:
    zeile.state = Importzeilenstand.FEHLER
    zeile.fehler = json.dumps({"aktenzeichen": [text]})


def _propose(zeile: Importzeile, by: User, tag: date) -> None:
    """Look for persons who may be the same; without one the row is a new person."""
    werte = werte_of(zeile)
    treffer = [
        hit
        for hit in aehnliche_personen(
            user=by,
            vorname=werte["vorname"],
            nachname=werte["nachname"],
            geburtsdatum=date.fromisoformat(werte["geburtsdatum"]),
            stichtag=tag,
        )
        if hit.staerke >= _FRAGLICH or hit.fremd
    ]
    zeile.vorschlag = zeile.entscheidung = Importentscheidung.NEU
    if not treffer:
        return
    gleich = treffer[0].staerke >= _GLEICH and treffer[0].person_id is not None
    zeile.vorschlag = Importentscheidung.VORHANDEN if gleich else Importentscheidung.AUSLASSEN
    zeile.entscheidung = Importentscheidung.OFFEN
    zeile.aehnlich = json.dumps([_hit(hit) for hit in treffer])


def _hit(hit: Aehnlich) -> dict[str, Any]:
    return {
        "person": hit.person_id,
        "name": FREMDE_AKTE if hit.fremd else hit.name,
        "geburtsdatum": hit.geburtsdatum.isoformat() if hit.geburtsdatum else "",
        "gruende": list(hit.gruende),
        "faelle": [case.aktenzeichen for case in hit.faelle],
    }


def _compare_rows(stapel: Importstapel) -> None:
    """Hold the rows of the file against each other, in one pass over all of them.

    An Aktenzeichen stands once; two cases of one person in the file become two cases of one
    person here.
    """
    nummern: dict[str, int] = {}
    personen: dict[tuple[str, str, str], int] = {}
    betroffen = []
    gueltig = stapel.zeilen.filter(state=Importzeilenstand.GUELTIG).order_by("nummer")
    for zeile in gueltig.defer("roh", "aehnlich").iterator(chunk_size=1000):
        werte = werte_of(zeile)
        if werte["aktenzeichen"] in nummern:
            wo = nummern[werte["aktenzeichen"]]
            _refuse(zeile, f"Dieses Aktenzeichen steht schon in Zeile {wo}.")
            betroffen.append(zeile)
            continue
        nummern[werte["aktenzeichen"]] = zeile.nummer
        wer = (werte["vorname"].casefold(), werte["nachname"].casefold(), werte["geburtsdatum"])
        zeile.wie_zeile = personen.setdefault(wer, zeile.nummer)
        if zeile.wie_zeile != zeile.nummer:
            betroffen.append(zeile)
    save_zeilen(betroffen, "state", "fehler", "wie_zeile")


# Decide -------------------------------------------------------------------------------------


# Take over ----------------------------------------------------------------------------------


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
    for zeile in zeilen:
        zeile.stapel = stapel
        if zeile.entscheidung == Importentscheidung.AUSLASSEN:
            zeile.state = Importzeilenstand.AUSGELASSEN
        else:
            _take_over(zeile, tag)
        save_zeilen([zeile], "state", "fehler", "person", "person_neu", "case", "letztes_ereignis")
    return True


def _take_over(zeile: Importzeile, tag: date) -> None:
    by = zeile.stapel.uebernommen_von or zeile.stapel.angelegt_von
    try:
        with transaction.atomic():
            take_over_case(
                werte=werte_of(zeile), person=_person_of(zeile), zeile=zeile, by=by, tag=tag
            )
        zeile.state = Importzeilenstand.UEBERNOMMEN
    except (SchrittUnzulaessig, RechtFehler) as error:
        _mark(zeile, str(error))
    except IntegrityError:
        _mark(zeile, "Die Zeile widerspricht Angaben, die inzwischen eingetragen wurden.")


def _mark(zeile: Importzeile, text: str) -> None:
    zeile.case, zeile.person_neu, zeile.letztes_ereignis = None, False, None
    zeile.state = Importzeilenstand.FEHLER
    zeile.fehler = json.dumps({"": [text]})


def _person_of(zeile: Importzeile) -> LeistungsberechtigtePerson | None:
    if zeile.entscheidung == Importentscheidung.VORHANDEN:
        return zeile.person
    if zeile.wie_zeile is None:
        return None
    gleiche = zeile.stapel.zeilen.filter(nummer=zeile.wie_zeile).select_related("person").first()
    return gleiche.person if gleiche else None


@transaction.atomic
def start_ruecknahme(*, stapel: Importstapel, by: User, now: datetime) -> Importstapel:
    """Begin to take back all cases in which nothing was done since.

    Raises SchrittUnzulaessig unless the batch has been taken over.
    """
    row, ziel = begin_step(stapel, by, "zuruecknehmen")
    row.zeilen.exclude(bleibt_weil="").update(bleibt_weil="")
    row.state, row.zurueck_von, row.zurueck_am = ziel, by, now
    row.save(update_fields=["state", "zurueck_von", "zurueck_am"])
    return row


def _take_back_some(stapel: Importstapel) -> bool:
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
    gruende = reasons_to_stay([zeile for zeile in zeilen if zeile.case_id])
    for zeile in zeilen:
        if zeile.case is None:
            zeile.bleibt_weil = "Der Fall besteht nicht mehr."
        else:
            zeile.bleibt_weil = gruende.get(zeile.case.pk) or remove_case(zeile, zeile.case)
        if not zeile.bleibt_weil:
            zeile.state = Importzeilenstand.ZURUECKGENOMMEN
        save_zeilen([zeile], "state", "bleibt_weil", "person", "case", "abrufe")
    return True


@transaction.atomic
def discard_stapel(*, stapel: Importstapel, by: User) -> Importstapel:
    """Drop a batch of which nothing was taken over; its cells are deleted.

    Raises SchrittUnzulaessig once something was taken over.
    """
    row, ziel = begin_step(stapel, by, "verwerfen")
    row.zeilen.all().delete()
    row.state, row.kopf, row.dateiname = ziel, "[]", ""
    row.save(update_fields=["state", "kopf", "dateiname"])
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
