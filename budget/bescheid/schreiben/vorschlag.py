"""The texts of a Bescheid that are proposed from its facts, and how they stand to them now."""

from __future__ import annotations

from typing import Any

from budget.bescheid.schreiben.einsatz import first_einsatz
from budget.bescheid.schreiben.grundlage import first_begruendung
from budget.bescheid.schreiben.wunsch import antworten_of, wuensche_of
from budget.models import Bescheid
from budget.states import Bescheidzustand
from cases.models.stand import werte_of
from cases.models.vorschlag import Vorschlagstext

TITEL = {"begruendung": "Begründung", "einkommen_vermoegen": "Einkommen und Vermögen"}
# What a person writes in a draft; its mark covers these.
ANGABEN = (
    "erste_auszahlung",
    "begruendung",
    "abgelehnte_leistungen",
    "wuensche",
    "nicht_gefolgte_wuensche",
    "nebenbestimmungen",
    "einkommen",
    "einkommensart",
    "partner",
    "kinder",
    "minderjaehrige",
    "beitragsfrei",
    "monatseinkommen",
    "unterkunft",
    "angehoerige",
    "einsatz_prozent",
    "einsatz_grund",
    "einkommenseinsatz",
    "vermoegen",
    "vermoegen_erwerb",
    "unterhaltene",
    "einkommen_vermoegen",
    "ausland",
    "zustellung",
)
_OFFEN = (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT)


def vorschlaege_of(bescheid: Bescheid) -> dict[str, str]:
    """Return what the facts propose now, by field; also for a Bescheid that is not stored yet."""
    budget = bescheid.persoenliches_budget
    return {
        "begruendung": first_begruendung(budget),
        "einkommen_vermoegen": first_einsatz(budget, bescheid),
    }


def texte_of(bescheid: Bescheid) -> dict[str, Vorschlagstext]:
    """Return the proposed texts by field; a draft follows the facts, what is submitted stays."""
    stehend = {name: getattr(bescheid, name) for name in TITEL}
    if bescheid.state not in _OFFEN:
        return {n: Vorschlagstext(n, text, None, text, fest=True) for n, text in stehend.items()}
    jetzt = vorschlaege_of(bescheid)
    fest = bescheid.state == Bescheidzustand.VORGELEGT
    return {
        name: Vorschlagstext(name, text, bescheid.vorschlaege.get(name), jetzt[name], fest=fest)
        for name, text in stehend.items()
    }


def werte_of_entwurf(bescheid: Bescheid) -> dict[str, Any]:
    """Return what the form of a draft shows and stores."""
    texte = {name: text.gilt for name, text in texte_of(bescheid).items()}
    return werte_of(bescheid, ANGABEN) | texte | wunschfelder_of(bescheid)


def wunschfelder_of(bescheid: Bescheid) -> dict[str, str]:
    """Return the answers to the wishes as the fields of the form carry them."""
    wuensche = wuensche_of(bescheid.persoenliches_budget)
    felder = {}
    for schluessel, antwort in antworten_of(bescheid, wuensche).items():
        felder[f"antwort_{schluessel}"] = antwort.antwort
        felder[f"grund_{schluessel}"] = antwort.grund
    return felder
