"""App configuration of the floor `budget`."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """Persönliches Budget: Teilbudgets, Zielvereinbarung, Bescheid."""

    name = "budget"
    verbose_name = "Persönliches Budget"

    def ready(self) -> None:
        """Make known what this floor adds."""
        from budget.beitrag import BEITRAG  # noqa: PLC0415 - app ready
        from cases.registry.beitrag import registry  # noqa: PLC0415 - app ready

        registry.add(BEITRAG)
