"""Giving a Frist a later end, also after it has run out, where the law allows it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.frist import guards
from cases.frist.schritte import FRISTSCHRITTE, Fristlage
from cases.frist.services.frist import land, move_frist, recalculate_frist
from cases.guards import refuse
from cases.models import Frist, Fristverlaengerung, User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.frist import Fristzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.fristkatalog import Verlaengerungsgrund


@transaction.atomic
def extend_frist(
    *,
    frist: Frist,
    bis: date,
    grund: str,
    mitgeteilt_am: date | None,
    begruendung: str,
    by: User,
    tag: date,
) -> Fristverlaengerung:
    """Set a later last day; the engine computes the end from it and says so.

    A Frist that had run out runs again until the new end (§ 26 Abs. 7 S. 2 SGB X).

    Raises SchrittUnzulaessig when this Frist cannot be extended, the ground is none of the law,
    the new end is not later, too late, or was not told in time.
    """
    frist = lock_row(Frist.objects.select_related("case"), frist.pk)
    FRISTSCHRITTE.require(Fristlage(by, frist), "verlaengern")
    art = _ground(frist, grund)
    refuse(guards.neues_ende_zulaessig(frist, bis, art))
    refuse(guards.mitteilung_vor_dem_ende(frist, mitgeteilt_am, art, tag))
    zeile = Fristverlaengerung.objects.create(
        frist=frist,
        bis=bis,
        grund=art.text,
        norm=art.norm,
        mitgeteilt_am=mitgeteilt_am,
        begruendung=begruendung,
        verlaengert_von=by,
        verlaengert_am=tag,
    )
    frist.angaben = {**frist.angaben, "verlaengert_bis": bis.isoformat()}
    pausen = [(p.von, p.bis) for p in frist.fristpausen.all() if p.bis is not None]
    werte = recalculate_frist(frist, land(), pausen)
    frist.state = Fristzustand.OFFEN
    frist.erledigt_am, frist.erledigt_durch = None, ""
    frist.save(update_fields=["angaben", "erledigt_am", "erledigt_durch"])
    move_frist(frist, werte, tag, verlaengerung=zeile)
    record_ereignis(
        case=frist.case,
        by=by,
        tag=tag,
        art="frist",
        text=f"{frist.bezeichnung} ({frist.regel}): verlängert bis {frist.anzeige} ({art.norm})",
        gegenstand=frist,
    )
    return zeile


def _ground(frist: Frist, grund: str) -> Verlaengerungsgrund:
    for art in guards.verlaengerungsgruende(frist):
        if art.schluessel == grund:
            return art
    raise SchrittUnzulaessig("Dieser Grund ist für diese Frist nicht vorgesehen.", "§ 190 BGB")
