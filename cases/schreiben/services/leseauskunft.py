"""The letter that tells a person who has read the file (Art. 15 DSGVO, § 83 SGB X)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from cases.behoerde.guards.behoerde import stellen_genannt
from cases.models import Behoerde, Case, Schreiben, User
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.satz.brief import kopf_daten, unterzeichner_daten
from cases.schreiben.services.schreiben import empfaenger_of
from cases.services.ereignis import record_ereignis
from cases.states.rolle import Rolle
from cases.zugang.guards.zugang import leseauskunft_zeitraum, namen_begruendet
from cases.zugang.queries.lesezugriff import GEOEFFNET, auskunft, lesezugriffe, zeilen_of

ART = "leseauskunft"
TITEL = "Auskunft über Zugriffe auf Ihre Akte"


def _daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return what is printed; `angaben` holds von, bis and mit_namen."""
    angaben, by = anlass.angaben, anlass.by
    behoerde = Behoerde.objects.get(pk=1)
    von, bis, mit_namen = angaben["von"], angaben["bis"], angaben["mit_namen"]
    zeilen = auskunft(zeilen_of(lesezugriffe(anlass.case, von=von, bis=bis)), mit_namen=mit_namen)
    return {
        "kopf": kopf_daten(
            case=anlass.case,
            empfaenger=empfaenger_of(anlass.case, anlass.tag),
            datum=anlass.tag,
            ansprechpartner=by,
            betreff=TITEL,
        ),
        "anrede": f"Guten Tag {anlass.case.leistungsberechtigte_person.voller_name}",
        "von": von.isoformat(),
        "bis": bis.isoformat(),
        "mit_namen": mit_namen,
        "zeilen": zeilen,
        "geoeffnet": sum(z["anzahl"] for z in zeilen if z["art"] == GEOEFFNET),
        "gezeigt": sum(z["anzahl"] for z in zeilen if z["art"] != GEOEFFNET),
        "beauftragte": behoerde.datenschutzbeauftragte,
        "aufsicht": behoerde.aufsichtsbehoerde,
        "unterzeichner": unterzeichner_daten(by),
    }


def _pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    """Yield the conditions of the answer; it names whom to complain to (Art. 15 DSGVO).

    Names of staff are given only with a reason (EuGH 22.6.2023, C-579/21): the person has a right
    to know when and what for, not who, unless the name is needed to pursue rights.
    """
    angaben = anlass.angaben
    yield leseauskunft_zeitraum(angaben["von"], angaben["bis"], anlass.tag)
    yield namen_begruendet(angaben["mit_namen"], angaben["begruendung"])
    yield stellen_genannt(Behoerde.objects.get(pk=1), "Art. 15 DSGVO")


def _record(anlass: Schreibanlass, schreiben: Schreiben) -> None:
    angaben = anlass.angaben
    text = (
        f"Auskunft über Zugriffe vom {angaben['von']:%d.%m.%Y} bis {angaben['bis']:%d.%m.%Y} "
        "erstellt"
    )
    if angaben["mit_namen"]:
        text += f", mit Namen: {angaben['begruendung'].strip()}"
    record_ereignis(
        case=anlass.case,
        by=anlass.by,
        tag=anlass.tag,
        art="auskunft",
        text=text,
        gegenstand=schreiben,
    )


SCHREIBENART = Schreibenart(
    ART,
    TITEL,
    "cases/schreiben/lesezugriff/schreiben.html",
    daten=_daten,
    pruefungen=_pruefungen,
    rollen=frozenset({Rolle.LEITUNG.value}),
    vorbehalt="Die Auskunft über Zugriffe erteilt die Sachgebietsleitung.",
    nach_festschreiben=_record,
    # Looking at the preview is itself an access to the file.
    fluechtig=frozenset({"zeilen", "geoeffnet", "gezeigt"}),
    frei=True,
    hilfe="Sagt der Person, wer ihre Akte wann und wozu gelesen hat (Art. 15 DSGVO).",
    eigene_seite="leseauskunft_neu",
    ausloeser="die Person fragt, wer ihre Akte gelesen hat",
    norm="Art. 15 DSGVO, § 83 SGB X",
)


def prepare_leseauskunft(
    *, case: Case, von: date, bis: date, mit_namen: bool, begruendung: str, by: User, tag: date
) -> Schreibanlass:
    """Return what the answer is written for: a period, and why names are given, if they are."""
    angaben = {"von": von, "bis": bis, "mit_namen": mit_namen, "begruendung": begruendung}
    return Schreibanlass(case=case, tag=tag, by=by, angaben=angaben)
