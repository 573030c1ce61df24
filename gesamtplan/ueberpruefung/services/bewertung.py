"""What the voices say about the goals of a review, written for the talk and for a report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from cases.guards import refuse
from cases.models import User
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Ueberpruefung, Verlaufsbericht, Zielbewertung
from gesamtplan.models.angaben import Bewertung, Bewertungsstelle
from gesamtplan.states.ueberpruefung import Stimme
from gesamtplan.ueberpruefung import guards
from gesamtplan.ueberpruefung.queries import sprecher_of, with_parts

Bewertungen = Mapping[Bewertungsstelle, Bewertung]


def write_bewertungen(
    row: Ueberpruefung, bewertungen: Bewertungen, tag: date, bericht: Verlaufsbericht | None = None
) -> None:
    """Write what the voices say about the goals; whose report it is may speak about each of them.

    Raises SchrittUnzulaessig for a goal of another plan, half a rating, a voice that is not heard
    about that goal, and one of the person or the authority before the talk.
    """
    ziele = {ziel.kennung: ziel for ziel in row.gesamtplan.teilhabeziele.all()}
    gehoert = sprecher_of(row)
    eigen = bericht.leistungserbringer_id if bericht is not None else None
    for stelle, eine in bewertungen.items():
        if stelle.kennung not in ziele:
            raise SchrittUnzulaessig("Dieses Ziel steht nicht im überprüften Plan.")
        rows = _at(row, stelle)
        if not eine.status and not eine.grund.strip():
            rows.delete()
            continue
        ziel, sprecher = ziele[stelle.kennung], gehoert[stelle.kennung]
        if eigen is None or stelle.leistungserbringer != eigen:
            refuse(guards.stimme_wird_gehoert(stelle, ziel, sprecher, tag))
        _refuse_half(eine, ziel.nummer, Stimme(stelle.stimme), tag)
        if stelle.stimme in guards.UNVERZICHTBAR and (found := guards.gespraech_gefuehrt(row, tag)):
            raise SchrittUnzulaessig(found.text, found.norm)
        werte = {"status": eine.status, "grund": eine.grund.strip()}
        if eine.getan is not None:
            werte["getan"] = eine.getan.strip()
        if not rows.update(**werte):
            Zielbewertung.objects.create(
                ueberpruefung=row,
                kennung=stelle.kennung,
                stimme=stelle.stimme,
                leistungserbringer_id=stelle.leistungserbringer,
                **werte,
            )


def _refuse_half(eine: Bewertung, nummer: int, stimme: Stimme, tag: date) -> None:
    if eine.status and eine.grund.strip():
        return
    fehlt = "die Begründung" if eine.status else "die Einschätzung"
    raise SchrittUnzulaessig(
        f"Ziel {nummer}, {stimme.label}: Es fehlt {fehlt}.", guards.pruefnorm_am(tag)
    )


def _at(row: Ueberpruefung, stelle: Bewertungsstelle) -> QuerySet[Zielbewertung]:
    rows = Zielbewertung.objects.filter(
        ueberpruefung=row, kennung=stelle.kennung, stimme=stelle.stimme
    )
    if stelle.leistungserbringer is None:
        return rows.filter(leistungserbringer__isnull=True)
    return rows.filter(leistungserbringer=stelle.leistungserbringer)


def lock_ueberpruefung(ueberpruefung_id: int) -> Ueberpruefung:
    """Lock a review and return it with its parts."""
    lock_row(Ueberpruefung.objects.all(), ueberpruefung_id)
    return with_parts(Ueberpruefung.objects.all()).get(pk=ueberpruefung_id)


def record_step(row: Ueberpruefung, by: User, tag: date, text: str) -> None:
    """Write a line about a review into the Chronik of its case."""
    record_ereignis(case=row.case, by=by, tag=tag, art="gesamtplan", text=text, gegenstand=row)
