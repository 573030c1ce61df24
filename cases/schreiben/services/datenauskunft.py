"""The letter that tells a person which data are stored about her (Art. 15 DSGVO, § 83 SGB X)."""

from __future__ import annotations

from typing import Any

from cases.behoerde.queries.aufbewahrung import dauer_of
from cases.models import Behoerde, Schreiben
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.queries.personendaten import papers_of, stored_about
from cases.schreiben.services.freibrief import absaetze, brief_daten
from cases.services.ereignis import record_ereignis
from cases.states.inhalt import Inhalt
from cases.states.rolle import Rolle
from cases.states.verarbeitung import verarbeitungen

ART = "datenauskunft"
TITEL = "Auskunft über Ihre gespeicherten Daten"
_BETROFFEN = "leistungsberechtigte Personen"


def _daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return data, purposes, recipients, times and rights; `angaben` holds verlangt_am and ohne."""
    case, behoerde = anlass.case, Behoerde.objects.get(pk=1)
    return {
        **brief_daten(anlass, TITEL, an_dritte=False),
        "verlangt_am": anlass.angaben["verlangt_am"].isoformat(),
        "ohne": absaetze(anlass.angaben["ohne"]),
        "gruppen": stored_about(case),
        "papiere": papers_of(case),
        "zwecke": [
            {
                "titel": eintrag.titel,
                "zweck": eintrag.zweck,
                "norm": eintrag.norm,
                "empfaenger": eintrag.empfaenger,
                "dauer": dauer_of(eintrag.regel, anlass.tag),
            }
            for eintrag in verarbeitungen()
            if _BETROFFEN in eintrag.betroffene
        ],
        "beauftragte": behoerde.datenschutzbeauftragte,
        "aufsicht": behoerde.aufsichtsbehoerde,
    }


def _record(anlass: Schreibanlass, schreiben: Schreiben) -> None:
    record_ereignis(
        case=anlass.case,
        by=anlass.by,
        tag=anlass.tag,
        art="auskunft",
        text=f"Auskunft über gespeicherte Daten erstellt, verlangt am "
        f"{anlass.angaben['verlangt_am']:%d.%m.%Y}",
        gegenstand=schreiben,
    )


SCHREIBENART = Schreibenart(
    ART,
    TITEL,
    "cases/schreiben/briefe/datenauskunft.html",
    daten=_daten,
    rollen=frozenset({Rolle.LEITUNG.value}),
    vorbehalt="Die Auskunft über gespeicherte Daten erteilt die Sachgebietsleitung.",
    nach_festschreiben=_record,
    frei=True,
    hilfe="Nennt der Person alle Angaben über sie, wozu sie da sind, wer sie bekommt und wie lange "
    "sie bleiben (Art. 15 DSGVO, § 83 SGB X). Zu antworten ist binnen eines Monats.",
    ausloeser="die Person verlangt Auskunft",
    norm="Art. 15 DSGVO, § 83 SGB X",
    # The bank account is printed too; who does not see all of it opens no such letter.
    inhalte=frozenset(Inhalt) - {Inhalt.GESPERRTE_ANSCHRIFT},
)
