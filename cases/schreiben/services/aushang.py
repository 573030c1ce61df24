"""A letter is served by public notice, where nobody knows any more where its addressee lives.

What hangs for everybody to read names the authority, the addressee with the last known address,
day and Aktenzeichen of the letter and where it lies (§ 10 Abs. 2 S. 2 VwZG), and nothing else.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from cases.guards import refuse
from cases.models import Aushang, Schreiben, User, Versand, Versandweg
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.guards.versand import (
    aushang_lange_genug,
    aushang_stelle_genannt,
    oeffentliche_zustellung_begruendet,
    oeffentliche_zustellung_ordnet_die_leitung_an,
    schreiben_versandfaehig,
)
from cases.schreiben.queries.schreiben import letter_in
from cases.schreiben.satz.brief import kopf_daten
from cases.schreiben.schritte import VERSANDSCHRITTE, Versandlage
from cases.schreiben.services.bekanntgabe import lock_versand, note_versand
from cases.schreiben.services.freibrief import unterzeichner_of
from cases.schreiben.services.schreiben import write_schreiben
from cases.schreiben.services.versand import record_aufgabe, require_sendable
from cases.services.sperre import lock_row
from cases.states.rolle import NUR_LEITUNG

BENACHRICHTIGUNG = "aushangbenachrichtigung"


def _daten(anlass: Schreibanlass) -> dict[str, Any]:
    brief: Schreiben = anlass.gegenstand
    kopf = kopf_daten(
        case=anlass.case,
        empfaenger=list(brief.empfaenger),
        datum=anlass.tag,
        ansprechpartner=anlass.case.caseworker,
        betreff="Benachrichtigung über eine öffentliche Zustellung",
    )
    # Who represents the person, who gets a copy and which office writes is nobody's business on a
    # wall.
    kopf |= {"vertretung": {}, "abdrucke": []}
    kopf["behoerde"] |= {"amt": "", "traeger_bezeichnung": "", "email": ""}
    haus = kopf.get("dienststelle") or kopf["behoerde"]
    zimmer = kopf["ansprechpartner"]["zimmer"]
    return {
        "kopf": kopf,
        "schriftstueck": {
            "datum": brief.datum.isoformat(),
            "aktenzeichen": anlass.case.aktenzeichen,
        },
        "einsicht": [
            kopf["behoerde"]["name"],
            haus["strasse"],
            f"{haus['plz']} {haus['ort']}",
            *([f"Zimmer {zimmer}"] if zimmer else []),
        ],
        "unterzeichner": unterzeichner_of(anlass),
    }


SCHREIBENART = Schreibenart(
    BENACHRICHTIGUNG,
    "Benachrichtigung über eine öffentliche Zustellung",
    "cases/schreiben/briefe/benachrichtigung.html",
    daten=_daten,
    finde=lambda case, teile: letter_in(case, teile["schreiben"]),
    rollen=NUR_LEITUNG,
    vorbehalt="Die öffentliche Zustellung ordnet die Sachgebietsleitung an.",
    einmal=True,
    als_entwurf=False,
    ausloeser="ein Schreiben wird öffentlich zugestellt",
    an="die Öffentlichkeit, durch Aushang",
    norm="§ 10 Abs. 2 S. 2 VwZG",
    an_dritte=True,
)


@transaction.atomic
def record_aushang(
    *,
    schreiben: Schreiben,
    am: date,
    stelle: str,
    grund: str,
    by: User,
    tag: date,
    ausland: bool = False,
    gesehen: str | None = None,
) -> Versand:
    """Record that the notice of a letter hangs since `am` at a place (§ 10 VwZG); it is frozen.

    The letter counts as served two weeks later. `gesehen` is the mark of the notice as it was
    printed, None when nobody asks. Raises SchrittUnzulaessig when `by` is no Sachgebietsleitung,
    place or reason are missing, the letter is on its way, its Belehrung does not speak of the
    Zustellung, the notice was not printed or would say something else now, or `record_aufgabe`
    refuses the day.
    """
    schreiben = lock_row(Schreiben.objects.all(), schreiben.pk)
    refuse(oeffentliche_zustellung_ordnet_die_leitung_an(by))
    refuse(oeffentliche_zustellung_begruendet(grund))
    refuse(aushang_stelle_genannt(stelle))
    require_sendable(schreiben, Versandweg.OEFFENTLICH, by)
    refuse(schreiben_versandfaehig(schreiben, am, ausland, Versandweg.OEFFENTLICH))
    anlass = Schreibanlass(schreiben.case, tag, by, schreiben, zeichnet=by)
    benachrichtigung = write_schreiben(art=BENACHRICHTIGUNG, anlass=anlass, gesehen=gesehen)
    versand = Versand.objects.create(
        schreiben=schreiben,
        weg=Versandweg.OEFFENTLICH,
        an=schreiben.empfaenger,
        ausland=ausland,
        feststellung=grund,
    )
    Aushang.objects.create(versand=versand, benachrichtigung=benachrichtigung, stelle=stelle)
    note_versand(versand, by, tag, f"Öffentliche Zustellung angeordnet: {grund}")
    note_versand(
        versand,
        by,
        tag,
        f"Benachrichtigung {benachrichtigung.nummer} ausgehängt seit {am:%d.%m.%Y}: {stelle}",
    )
    return record_aufgabe(versand=versand, aufgabe_am=am, by=by, tag=tag)


@transaction.atomic
def record_abnahme(*, versand: Versand, am: date, by: User, tag: date) -> Aushang:
    """Record until when the notice hung (§ 10 Abs. 2 S. 5 VwZG).

    Raises SchrittUnzulaessig when none hangs, on a day ahead, or before the two weeks are over.
    """
    versand = lock_versand(versand.pk)
    VERSANDSCHRITTE.require(Versandlage(by, tag, versand), "abnehmen")
    refuse(aushang_lange_genug(versand, am, tag))
    aushang = Aushang.objects.get(versand=versand)
    aushang.bis = am
    aushang.save(update_fields=["bis"])
    note_versand(versand, by, tag, f"Benachrichtigung abgenommen am {am:%d.%m.%Y}")
    return aushang
