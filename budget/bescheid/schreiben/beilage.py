"""What follows the Bescheid in its file: Berechnung, Merkblatt, Information zum Datenschutz."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format

from budget.bescheid.schreiben.abzug import (
    Abzug,
    compute_abzug,
    compute_vermoegensgrenze,
    compute_vermoegensgrenze_pflege,
    geld_fuer_beitrag,
    gets_lebensunterhalt,
    has_sozialhilfe,
)
from budget.models import Bescheid, PersoenlichesBudget, Teilbudget
from budget.states import Auszahlungsform, Nachweisart
from budget.states.vereinbarung import Arbeitgebernachweisart
from budget.zielvereinbarung.schreiben import minijob_of
from cases.behoerde.queries.aufbewahrung import dauer_of
from cases.models import Behoerde
from cases.states.verarbeitung import verarbeitung_of
from recht.fehler import RechtFehler
from recht.geld import format_euro, format_schlicht
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand

DSGVO_AB = date(2018, 5, 25)
BERECHNUNG, MERKBLATT, DATENSCHUTZ = (
    "Berechnung Ihres Persönlichen Budgets",
    "Merkblatt zum Persönlichen Budget",
    "Information zum Datenschutz",
)


def beilagen_of(bescheid: Bescheid, behoerde: Behoerde, datum: date) -> dict[str, Any]:
    """Return the data of the three enclosures; each is made of the facts of this case."""
    budget = bescheid.persoenliches_budget
    teilbudgets = sorted(budget.teilbudgets.all(), key=lambda t: t.ergaenzend)
    return {
        "titel": [BERECHNUNG, MERKBLATT, DATENSCHUTZ],
        "berechnung": [_berechnung(t) for t in teilbudgets],
        "einsatz": _einsatz(bescheid, compute_abzug(bescheid)),
        "merkblatt": _merkblatt(bescheid, teilbudgets),
        "datenschutz": _datenschutz(budget, behoerde, datum),
    }


def _berechnung(teilbudget: Teilbudget) -> dict[str, Any]:
    """Return the frozen steps of a Teilbudget and its amount."""
    return {
        "titel": f"{teilbudget.leistung.bezeichnung} ({teilbudget.leistungstraeger.name})",
        "art": str(teilbudget.get_bemessungsart_display()),
        "schritte": [
            {"text": schritt["text"], "norm": schritt.get("norm", ""), "betrag": ""}
            for schritt in teilbudget.rechenweg
        ]
        or [{"text": str(teilbudget.get_bemessungsart_display()), "norm": "", "betrag": ""}],
        "summe": format_schlicht(teilbudget.betrag),
    }


def _einsatz(bescheid: Bescheid, abzug: Abzug) -> list[dict[str, Any]]:
    """Return the steps to what is asked of income and assets, and what is left to be paid."""
    tabellen = []
    if abzug.schritte:
        tabellen.append(_tabelle("Einkommen", abzug.schritte, abzug.betrag, "Abzug im Monat"))
    if bescheid.vermoegen is not None and not gets_lebensunterhalt(bescheid.persoenliches_budget):
        tabellen += _vermoegen(bescheid, abzug)
    return tabellen


def _vermoegen(bescheid: Bescheid, abzug: Abzug) -> list[dict[str, Any]]:
    """Return the limits of the assets, and by month what they pay first."""
    budget = bescheid.persoenliches_budget
    tabellen: list[dict[str, Any]] = []
    pflege = budget.rechtsstand is Rechtsstand.B and has_sozialhilfe(budget)
    grenzen = [] if pflege and not geld_fuer_beitrag(budget) else [compute_vermoegensgrenze]
    if pflege:
        grenzen.append(compute_vermoegensgrenze_pflege)
    for compute in grenzen:
        try:
            grenze = compute(bescheid)
        except RechtFehler:
            return tabellen
        titel = "Vermögen" if compute is compute_vermoegensgrenze else "Vermögen, Hilfe zur Pflege"
        tabellen.append(_tabelle(titel, grenze.rechenweg, grenze.betrag, "frei bleiben"))
    if abzug.verbrauch:
        monate = [
            Schritt(f"{date_format(monat, 'F Y')}: {format_euro(betrag)}")
            for monat, betrag in abzug.verbrauch.items()
        ]
        tabellen.append(
            _tabelle("Was Ihr Vermögen zuerst trägt", monate, abzug.vermoegen, "zusammen")
        )
    return tabellen


def _tabelle(
    titel: str, schritte: Sequence[Schritt], summe: Decimal, summe_text: str
) -> dict[str, Any]:
    return {
        "titel": titel,
        "schritte": [{"text": s.text, "norm": s.norm, "betrag": ""} for s in schritte],
        "summe": format_schlicht(summe),
        "summe_text": summe_text,
    }


def _merkblatt(bescheid: Bescheid, teilbudgets: list[Teilbudget]) -> dict[str, Any]:
    """Return what of the Merkblatt depends on this case."""
    vereinbarung = bescheid.zielvereinbarung
    return {
        "geld": [
            t.leistung.bezeichnung
            for t in teilbudgets
            if t.auszahlungsform == Auszahlungsform.GELD and not t.ergaenzend
        ],
        "nachweise": [
            {
                "bezeichnung": t.leistung.bezeichnung,
                "art": str(t.get_nachweisart_display()),
                "naeher": t.nachweis.strip(),
            }
            for t in teilbudgets
            if t.nachweisart != Nachweisart.KEIN_NACHWEIS
        ],
        "ohne_nachweis": [
            t.leistung.bezeichnung
            for t in teilbudgets
            if t.nachweisart == Nachweisart.KEIN_NACHWEIS
        ],
        "arbeitgeber": _arbeitgeber(bescheid),
        "gespraech_monate": vereinbarung.gespraech_monate if vereinbarung else 0,
        "lebensunterhalt": gets_lebensunterhalt(bescheid.persoenliches_budget),
    }


def _arbeitgeber(bescheid: Bescheid) -> dict[str, Any]:
    """Return what is agreed for who employs helpers herself, and the limit of a Minijob.

    Who is to show the contract of a helper employs her, also without the proofs of the
    Arbeitgebermodell.
    """
    vereinbarung = bescheid.zielvereinbarung
    teilbudgets = bescheid.persoenliches_budget.teilbudgets.all()
    nachweise: list[str] = []
    if vereinbarung is not None and vereinbarung.arbeitgebermodell:
        nachweise = [str(label) for label in Arbeitgebernachweisart.labels]
    elif any(t.nachweisart == Nachweisart.ARBEITSVERTRAG for t in teilbudgets):
        nachweise = [str(Nachweisart.ARBEITSVERTRAG.label)]
    return {
        "nachweise": nachweise,
        "minijob": minijob_of(bescheid.persoenliches_budget.beginn),
    }


def _datenschutz(budget: PersoenlichesBudget, behoerde: Behoerde, datum: date) -> dict[str, Any]:
    """Return who gets the data in this case, and under which law the person is informed."""
    fremde = sorted(
        {
            t.leistungstraeger.name
            for t in budget.teilbudgets.all()
            if not t.leistungstraeger.eigener
        }
    )
    return {
        "dsgvo": datum >= DSGVO_AB,
        "empfaenger": fremde,
        "verantwortlich": (
            f"{behoerde.name}, {behoerde.amt}, {behoerde.strasse}, {behoerde.plz} {behoerde.ort}, "
            f"Telefon {behoerde.telefon}, {behoerde.email}"
        ),
        "beauftragte": behoerde.datenschutzbeauftragte,
        "aufsicht": behoerde.aufsichtsbehoerde,
        "dauer": dauer_of(verarbeitung_of("cases.Case").regel, datum),
    }
