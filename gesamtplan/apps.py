"""App configuration of the floor `gesamtplan`."""

from django.apps import AppConfig


class GesamtplanConfig(AppConfig):
    """Needs, plan versions, goals."""

    name = "gesamtplan"
    verbose_name = "Gesamtplanung"

    def ready(self) -> None:
        """Make known what this floor adds."""
        from cases.registry.beitrag import registry  # noqa: PLC0415 - app ready
        from gesamtplan.beitrag import BEITRAG  # noqa: PLC0415 - app ready

        registry.add(BEITRAG)
