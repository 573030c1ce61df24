"""App configuration of the floor `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """People, cases, applications, access, Fristen, letters and their dispatch."""

    name = "cases"
    verbose_name = "Fallakte"

    def ready(self) -> None:
        """Make tabs and steps of this floor known."""
        from cases.access import FALLROLLEN  # noqa: PLC0415 - app ready
        from cases.ready import register  # noqa: PLC0415 - app ready
        from cases.registry import (  # noqa: PLC0415 - app ready
            Reiter,
            register_fallschritte,
            register_reiter,
        )
        from cases.views.schritte import fallschritte  # noqa: PLC0415 - app ready

        rollen = frozenset(r.value for r in FALLROLLEN)
        register_reiter(
            Reiter("Übersicht", "fall", rollen),
            Reiter("Fristen", "fall_fristen", rollen),
            Reiter("Chronik", "fall_chronik", rollen),
            Reiter("Schreiben", "fall_schreiben", rollen),
        )
        register_fallschritte(fallschritte)
        register()
