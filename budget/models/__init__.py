"""Models of the floor `budget`."""

from budget.models.arbeitgeber import Arbeitgebernachweis
from budget.models.bescheid import Bescheid
from budget.models.folge import Folgebescheid
from budget.models.persoenliches_budget import PersoenlichesBudget
from budget.models.pruefung import Beitragspruefung
from budget.models.teilbudget import Teilbudget
from budget.models.teilnahme import Teilnahme, Traegerforderung
from budget.models.traegerwechsel import Traegerwechsel
from budget.models.ueberpruefung import Budgetueberpruefung, Verwendungsnachweis
from budget.models.umzug import Umzug
from budget.models.unterbrechung import Unterbrechung
from budget.models.vorschlag import Budgetvorschlag
from budget.models.widerspruch import Widerspruch
from budget.models.zahlung import Anweisung, VorlaeufigeAnweisung
from budget.models.zielvereinbarung import (
    Vereinbarungsinhalt,
    Vereinbarungsunterschrift,
    Zielvereinbarung,
)

__all__ = [
    "Anweisung",
    "Arbeitgebernachweis",
    "Beitragspruefung",
    "Bescheid",
    "Budgetueberpruefung",
    "Budgetvorschlag",
    "Folgebescheid",
    "PersoenlichesBudget",
    "Teilbudget",
    "Teilnahme",
    "Traegerforderung",
    "Traegerwechsel",
    "Umzug",
    "Unterbrechung",
    "Vereinbarungsinhalt",
    "Vereinbarungsunterschrift",
    "Verwendungsnachweis",
    "VorlaeufigeAnweisung",
    "Widerspruch",
    "Zielvereinbarung",
]
