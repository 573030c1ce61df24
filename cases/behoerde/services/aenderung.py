"""A new address of the authority or of a team: proposed by one, released by another person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from cases.behoerde.guards.aenderung import aenderung_von_anderen_wartet
from cases.behoerde.schritte import AENDERUNGSSCHRITTE, Aenderungslage
from cases.guards import refuse
from cases.models import Behoerde, Behoerdenaenderung, Team, User
from cases.states.behoerdenaenderung import Aenderungsstand

_ERSETZT = "durch eine andere Änderung ersetzt"
_ZURUECK = "zurückgenommen"


def submit_aenderung(
    *,
    ziel: Behoerde | Team,
    felder: Iterable[str],
    angaben: Mapping[str, str],
    by: User,
    tag: date,
) -> Behoerdenaenderung | None:
    """Keep which of `felder` shall have another value; None when none of them shall.

    What is not named stays as it is, or as it waits. The caller has locked `ziel`; what the same
    person has proposed before is replaced. Raises SchrittUnzulaessig when a change of somebody
    else waits.
    """
    team = ziel if isinstance(ziel, Team) else None
    offen = Behoerdenaenderung.objects.select_for_update()
    wartet = offen.filter(team=team, state=Aenderungsstand.WARTET).first()
    gewollt = {**(wartet.neu if wartet else {}), **angaben}
    neu = {
        name: gewollt[name]
        for name in felder
        if name in gewollt and gewollt[name] != getattr(ziel, name)
    }
    if wartet is not None:
        if wartet.neu == neu:
            return wartet
        refuse(aenderung_von_anderen_wartet(wartet, by))
        _decide(wartet, Aenderungsstand.VERWORFEN, by, tag, _ERSETZT if neu else _ZURUECK)
    if not neu:
        return None
    return Behoerdenaenderung.objects.create(
        team=team,
        neu=neu,
        bisher={name: getattr(ziel, name) for name in neu},
        vorgeschlagen_von=by,
        vorgeschlagen_am=tag,
    )


@transaction.atomic
def release_aenderung(*, row: Behoerdenaenderung, by: User, tag: date) -> Behoerdenaenderung:
    """Let the address hold: letters name it from now on.

    Raises SchrittUnzulaessig for who proposed it, when it does not wait any more, or when what it
    replaces has changed meanwhile.
    """
    ziel = _lock_ziel(row)
    row = _lock(row)
    state = AENDERUNGSSCHRITTE.require(Aenderungslage(by, tag, row, ziel), "freigeben")
    for name, wert in row.neu.items():
        setattr(ziel, name, wert)
    ziel.full_clean()
    ziel.save(update_fields=list(row.neu))
    return _decide(row, state, by, tag, "")


@transaction.atomic
def reject_aenderung(
    *, row: Behoerdenaenderung, grund: str, by: User, tag: date
) -> Behoerdenaenderung:
    """Drop a change that waits; it stays on record with the reason.

    Raises SchrittUnzulaessig when it does not wait any more.
    """
    ziel = _lock_ziel(row)
    row = _lock(row)
    state = AENDERUNGSSCHRITTE.require(Aenderungslage(by, tag, row, ziel), "verwerfen")
    return _decide(row, state, by, tag, grund)


def _decide(
    row: Behoerdenaenderung, state: str, by: User, tag: date, grund: str
) -> Behoerdenaenderung:
    row.state, row.grund = state, grund
    row.entschieden_von, row.entschieden_am = by, tag
    row.save(update_fields=["state", "grund", "entschieden_von", "entschieden_am"])
    return row


def _lock_ziel(row: Behoerdenaenderung) -> Behoerde | Team:
    if row.team_id is not None:
        return Team.objects.select_for_update().get(pk=row.team_id)
    return Behoerde.objects.select_for_update().get(pk=1)


def _lock(row: Behoerdenaenderung) -> Behoerdenaenderung:
    return Behoerdenaenderung.objects.select_for_update().get(pk=row.pk)
