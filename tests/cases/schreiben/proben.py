"""Data of sample letters, from empty to everything at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import Case, User
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass

ABSATZ = (
    "Sie haben am 3. November 2026 ein Persönliches Budget beantragt. Wir haben Ihren Bedarf "
    "gemeinsam mit Ihnen ermittelt und bewilligen die Leistungen wie folgt."
)


def make_kopf(**werte: Any) -> dict[str, Any]:
    """Return the head of a letter of the sample authority."""
    return {
        "behoerde": {
            "name": "Landkreis Musterau",
            "traeger_bezeichnung": "Träger der Eingliederungshilfe",
            "amt": "Amt für Teilhabe und Soziales",
            "strasse": "Schlossplatz 1",
            "plz": "70999",
            "ort": "Musterau",
            "telefon": "07999 100-0",
            "email": "teilhabe@landkreis-musterau.example",
            "elektronischer_zugang": "poststelle@landkreis-musterau.example",
        },
        "aktenzeichen": "EH-2026-00042",
        "ihr_zeichen": "",
        "anschrift": ["Erika Łuczyńska", "Lindenweg 12", "70999 Musterau"],
        "datum": "2026-11-21",
        "betreff": "Ihr Persönliches Budget",
        "ansprechpartner": {
            "name": "Hannelore Beispiel",
            "funktion": "Fallmanagement",
            "zimmer": "2.14",
            "telefon": "07999 100-22",
            "email": "hannelore.beispiel@landkreis-musterau.example",
        },
        "grossdruck": False,
    } | werte


def make_zeilen(anzahl: int) -> list[dict[str, str]]:
    """Return rows of a payment table, each with its own day and amount."""
    return [
        {"monat": f"Zahlung {n}", "leistung": "Assistenz in der Wohnung", "betrag": f"{n}.00"}
        for n in range(1, anzahl + 1)
    ]


def make_daten(**werte: Any) -> dict[str, Any]:
    """Return the data of the letter `probe` or the document `dokument`."""
    return {
        "kopf": make_kopf(),
        "name": "Łuczyńska",
        "absaetze": [ABSATZ],
        "zeilen": make_zeilen(3),
        "summe": "6.00",
        "schritte": [
            {"text": "22 Stunden zu 42,00 €", "norm": "§ 118 SGB IX", "betrag": "924.00"},
            {"text": "gerundet", "norm": "", "betrag": ""},
        ],
        "zeichnet": "Hannelore Beispiel",
        "unterzeichner": {"leitung": "", "zusatz": "Im Auftrag"},
        "ziele": [
            {
                "nummer": 1,
                "lebensbereich": "Häusliches Leben",
                "text": "Ich koche dreimal in der Woche selbst.",
                "kriterium": "Drei Mahlzeiten stehen im Wochenplan.",
                "bis": "2027-05-31",
                "leistungen": ["Assistenz, 4 Stunden in der Woche"],
            },
            {"text": "Ich fahre allein mit dem Bus."},
        ],
        "parteien": [
            {"name": "Erika Łuczyńska", "rolle": "leistungsberechtigte Person"},
            {"name": "Landkreis Musterau", "ort": "Musterau", "am": "2026-11-21"},
        ],
    } | werte


def make_anlass(case: Case, by: User, art: str, tag: date, **teile: int) -> Schreibanlass:
    """Return what a letter of this kind is written for, found by the numbers of its URL."""
    finde = registry.schreibenarten[art].finde
    gegenstand = finde(case, teile) if finde else None
    return Schreibanlass(case=case, tag=tag, by=by, gegenstand=gegenstand)
