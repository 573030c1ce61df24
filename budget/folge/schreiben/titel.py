"""What the letter of each kind of further decision calls itself."""

from __future__ import annotations

from budget.models import Folgebescheid
from budget.states.faelle import GIBT_WENIGER
from budget.states.folge import Folgeart

_TITEL = {
    Folgeart.ABLEHNUNG: "Ablehnung Ihres Antrags",
    Folgeart.VERSAGUNG: "Versagung der Leistung",
    Folgeart.UNVERAENDERT: "Ihr Persönliches Budget bleibt unverändert",
    Folgeart.AUFHEBUNG: "Aufhebung des Bescheids über Ihr Persönliches Budget",
    Folgeart.AUFHEBUNG_VERGANGEN: "Aufhebung des Bescheids über Ihr Persönliches Budget",
    Folgeart.RUECKNAHME: "Rücknahme des Bescheids über Ihr Persönliches Budget",
    Folgeart.AENDERUNG: "Änderung Ihres Persönlichen Budgets",
    Folgeart.KUENDIGUNG: "Aufhebung des Bescheids über Ihr Persönliches Budget",
    Folgeart.RUECKKEHR: "Ende Ihres Persönlichen Budgets auf Ihren Wunsch",
    Folgeart.ERSTATTUNG: "Erstattung von Leistungen",
    Folgeart.BEITRAG: "Änderung des Bescheids über Ihr Persönliches Budget",
    Folgeart.UNTERBRECHUNG: "Ihr Persönliches Budget ruht zum Teil während einer Unterbrechung",
    Folgeart.VORLAEUFIG: "Vorläufige Leistung bis zur Entscheidung über Ihren Antrag",
    Folgeart.VORLAEUFIG_AENDERUNG: "Änderung der vorläufigen Leistung",
    Folgeart.VORLAEUFIG_ZURUECK: "Erstattung vorläufig erbrachter Leistungen",
    Folgeart.ABHILFE: "Abhilfe auf Ihren Widerspruch",
    Folgeart.WIDERSPRUCHSBESCHEID: "Widerspruchsbescheid",
}


def titel_of(row: Folgebescheid) -> str:
    """Return what the letter calls itself."""
    fall = row.fall_des_gesetzes
    if row.art == Folgeart.VORLAEUFIG_AENDERUNG and fall and fall not in GIBT_WENIGER:
        return "Ende der vorläufigen Leistung"
    return _TITEL[Folgeart(row.art)]
