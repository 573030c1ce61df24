"""App configuration of the floor `cases`."""

from django.apps import AppConfig
from django.db.models.signals import pre_migrate


class CasesConfig(AppConfig):
    """People, cases, applications, access, Fristen, letters and their dispatch."""

    name = "cases"
    verbose_name = "Fallakte"

    def ready(self) -> None:
        """Make tabs and steps of this floor known."""
        from cases import erstanlage  # noqa: PLC0415 - app ready
        from cases.access import FALLROLLEN  # noqa: PLC0415 - app ready
        from cases.ready import register  # noqa: PLC0415 - app ready
        from cases.registry import (  # noqa: PLC0415 - app ready
            Reiter,
            register_fallschritte,
            register_reiter,
        )
        from cases.states import Rolle  # noqa: PLC0415 - app ready
        from cases.views.schritte import fallschritte  # noqa: PLC0415 - app ready

        rollen = frozenset(r.value for r in FALLROLLEN)
        register_reiter(
            Reiter("Übersicht", "fall", rollen, 10),
            Reiter("Person", "fall_person", rollen, 15),
            Reiter("Antrag", "fall_antrag", rollen, 17),
            Reiter("Zuständigkeit", "zustaendigkeit", rollen, 18),
            Reiter("Fristen", "fall_fristen", rollen, 20),
            Reiter("Unterlagen", "fall_unterlagen", rollen, 70),
            Reiter("Einwilligungen", "einwilligungen", rollen, 75),
            Reiter("Schreiben", "fall_schreiben", rollen, 80),
            Reiter("Zuständige", "fall_zustaendige", rollen, 85),
            Reiter("Chronik", "fall_chronik", rollen, 90),
            Reiter("Zugriffe", "fall_lesezugriffe", frozenset({Rolle.LEITUNG.value}), 95),
        )
        register_fallschritte(fallschritte)
        register()
        pre_migrate.connect(erstanlage.shorten_first_plan, sender=self)
