"""App configuration of the floor `budget`."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """Persönliches Budget: Teilbudgets, Zielvereinbarung, Bescheid."""

    name = "budget"
    verbose_name = "Persönliches Budget"
