"""Models of the floor `budget`."""

from budget.models.bescheid import Bescheid
from budget.models.persoenliches_budget import PersoenlichesBudget, Teilbudget
from budget.models.zielvereinbarung import Vereinbarungsinhalt, Zielvereinbarung

__all__ = [
    "Bescheid",
    "PersoenlichesBudget",
    "Teilbudget",
    "Vereinbarungsinhalt",
    "Zielvereinbarung",
]
