"""The two letters of a Gutachten: experts for the person to choose, and the order to the chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse

from cases.antrag.schreiben.anforderung import GUTACHTEN, VORLAGE, anforderung_daten
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.services.freibrief import absaetze, brief_daten
from cases.states.inhalt import BRIEF, Inhalt
from gesamtplan.gutachten.guards import gutachtennorm_am
from gesamtplan.gutachten.queries import find_gutachten
from gesamtplan.models import Gutachten
from gesamtplan.states.gutachten import Gutachtenstand, Wahldurch
from recht.fristkennung import Regel

WAHL = "gutachterwahl"


def wahl_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return the experts with their addresses, and room for the answer of the person."""
    row: Gutachten = anlass.gegenstand
    return brief_daten(anlass, "Sie können wählen, wer das Gutachten schreibt", an_dritte=False) | {
        "norm": gutachtennorm_am(row.benannt_am or anlass.tag),
        "anlass": absaetze(row.anlass),
        "weniger_grund": absaetze(row.weniger_grund),
        "sachverstaendige": [
            {
                "nummer": eine.nummer,
                "name": eine.name,
                "fachgebiet": eine.fachgebiet,
                "anschrift": eine.briefzeilen[1:],
                "zugang": eine.zugang,
            }
            for eine in row.sachverstaendige.all()
        ],
    }


def auftrag_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return the order with its questions to the chosen expert and how the choice came about."""
    row: Gutachten = anlass.gegenstand
    experte = row.gewaehlt
    angaben = {
        "an": experte.briefzeilen if experte else [],
        "anlass": row.anlass,
        "fragen": row.fragen,
    }
    return anforderung_daten(GUTACHTEN, replace(anlass, angaben=angaben)) | {
        "auswahl": "gewaehlt" if row.wahl_durch == Wahldurch.PERSON else "",
        "norm": gutachtennorm_am(anlass.tag),
    }


def _wahl_pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    if anlass.gegenstand.state != Gutachtenstand.BENANNT:
        yield Hindernis(
            "Zur Wahl gestellt werden Sachverständige, die benannt und noch nicht gewählt sind.",
            gutachtennorm_am(anlass.tag),
        )


def _auftrag_pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    if anlass.gegenstand.state != Gutachtenstand.GEWAEHLT:
        yield Hindernis(
            "Beauftragt wird, wenn die Wahl festgehalten ist, und nur einmal.",
            gutachtennorm_am(anlass.tag),
        )


def _seite(anlass: Schreibanlass) -> str:
    return reverse("gutachten", args=[anlass.case.pk])


SCHREIBENARTEN = (
    Schreibenart(
        WAHL,
        "Sachverständige zur Wahl",
        "gesamtplan/gutachten/schreiben_wahl.html",
        daten=wahl_daten,
        finde=find_gutachten,
        seite=_seite,
        pruefungen=_wahl_pruefungen,
        ausloeser="für die Feststellung des Bedarfs ist ein Gutachten nötig",
        norm="§ 17 Abs. 1 SGB IX",
        inhalte=BRIEF | {Inhalt.GESUNDHEIT},
    ),
    Schreibenart(
        GUTACHTEN,
        "Auftrag für ein Gutachten",
        VORLAGE,
        daten=auftrag_daten,
        finde=find_gutachten,
        seite=_seite,
        pruefungen=_auftrag_pruefungen,
        frei=True,
        eigene_seite="gutachten",
        hilfe="Sachverständige benennen, die Wahl der Person festhalten, beauftragen; mit dem "
        "Versand laufen zwei Wochen (§ 17 Abs. 2 S. 1 SGB IX).",
        ausloeser="die Person hat unter den benannten Sachverständigen gewählt",
        an="Sachverständige",
        norm="§ 17 SGB IX",
        frist=(Regel.GUTACHTEN,),
        an_dritte=True,
        inhalte=BRIEF | {Inhalt.GESUNDHEIT},
    ),
)
