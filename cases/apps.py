"""App configuration of the floor `cases`."""

from django.apps import AppConfig
from django.db.models.signals import pre_migrate


class CasesConfig(AppConfig):
    """People, cases, applications, access, Fristen, letters and their dispatch."""

    name = "cases"
    verbose_name = "Fallakte"

    def ready(self) -> None:
        """Make known what this floor adds."""
        from cases import erstanlage  # noqa: PLC0415 - app ready
        from cases.beitrag import BEITRAG  # noqa: PLC0415 - app ready
        from cases.registry.beitrag import registry  # noqa: PLC0415 - app ready

        registry.add(BEITRAG)
        pre_migrate.connect(erstanlage.shorten_first_plan, sender=self)
